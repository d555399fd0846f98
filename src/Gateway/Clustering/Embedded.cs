namespace CampusCare.Gateway.Clustering;

/// <summary>How a stand-alone gateway reaches the grains: on the embedded engine it can't, as that runs in one process.</summary>
internal static class Grains
{
    /// <summary>Why this build can't run as a process of its own; null when it can.</summary>
    public static string? WhyNot => "This gateway was built on the Embedded engine, which runs the grains and the gateway in one process: "
        + "start ./campuscare demo (or serve) instead. For a gateway of its own, build on Orleans: -p:GrainEngine=Orleans.";

    /// <summary>Adds what reaches the grains.</summary>
    public static void AddGrainClient(this WebApplicationBuilder builder) => throw new InvalidOperationException(WhyNot);
}
