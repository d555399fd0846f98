namespace CampusCare.Domain.Simulation;

/// <summary>The 97.5 % point of Student's t distribution: half the width of a 95 % interval, in standard errors.</summary>
internal static class StudentT
{
    private const double Normal = 1.959963984540054;

    // Abramowitz and Stegun, table 26.10, to more digits; below 31 degrees of freedom the expansion is too coarse.
    private static readonly double[] Small =
    [
        12.706204736175, 4.302652729749, 3.182446305284, 2.776445105198, 2.570581835636, 2.446911851145,
        2.364624251593, 2.306004135204, 2.262157162798, 2.228138851986, 2.200985160083, 2.178812829667,
        2.160368656461, 2.144786687916, 2.131449545560, 2.119905299221, 2.109815577833, 2.100922040241,
        2.093024054408, 2.085963447266, 2.079613844728, 2.073873067904, 2.068657610419, 2.063898561628,
        2.059538552753, 2.055529438643, 2.051830516480, 2.048407141795, 2.045229642133, 2.042272456301,
    ];

    /// <param name="degrees">Degrees of freedom, 1 or more.</param>
    public static double Point975(long degrees)
    {
        if (degrees <= Small.Length) return Small[degrees - 1];
        // Cornish and Fisher's expansion in 1/ν: Abramowitz and Stegun 26.7.5.
        const double X = Normal, X2 = X * X;
        const double G1 = X * (X2 + 1) / 4;
        const double G2 = X * ((5 * X2 + 16) * X2 + 3) / 96;
        const double G3 = X * (((3 * X2 + 19) * X2 + 17) * X2 - 15) / 384;
        const double G4 = X * ((((79 * X2 + 776) * X2 + 1482) * X2 - 1920) * X2 - 945) / 92160;
        var inverse = 1.0 / degrees;
        return X + inverse * (G1 + inverse * (G2 + inverse * (G3 + inverse * G4)));
    }
}
