namespace CampusCare.Domain.Triage;

/// <summary>Chooses the leading category of a message from the log odds of all heads.</summary>
internal static class LeadChoice
{
    /// <summary>How much the question "does it lead?" counts beside "is it about?".</summary>
    private const double LeadShare = 0.7;

    private const int Safety = (int)Category.FoodSafety;
    private const int Other = (int)Category.Other;

    /// <summary>Food safety leads whenever a message is about it; "other" only when it is about nothing else.</summary>
    public static int Choose(ReadOnlySpan<double> odds)
    {
        if (IsAbout(odds, Safety)) return Safety;
        var anything = Best(odds, otherToo: true);
        if (anything != Other) return anything;
        var specific = Best(odds, otherToo: false);
        for (var category = 0; category < TriageHeads.Categories; category++)
        {
            if (category != Other && IsAbout(odds, category)) return specific;
        }
        return Other;
    }

    /// <summary>Whether a message is about a category.</summary>
    public static bool IsAbout(ReadOnlySpan<double> odds, int category) =>
        Calibration.Probability(odds[category]) >= (category == Safety ? TriageModel.SafetyThreshold : TriageModel.Threshold);

    private static int Best(ReadOnlySpan<double> odds, bool otherToo)
    {
        var best = 0;
        for (var category = 1; category < TriageHeads.Categories; category++)
        {
            if ((otherToo || category != Other) && Strength(odds, category) > Strength(odds, best)) best = category;
        }
        return best;
    }

    private static double Strength(ReadOnlySpan<double> odds, int category) =>
        (LeadShare * odds[TriageHeads.FirstLead + category]) + ((1 - LeadShare) * odds[category]);
}
