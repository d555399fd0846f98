namespace CampusCare.Domain.Triage;

/// <summary>
/// The yes/no questions that the model answers about a message, one linear classifier each: is it about a category, what
/// mood and urgency has it, and does a category lead, that is, would a person name it first?
/// </summary>
internal static class TriageHeads
{
    public const int Categories = 14;
    public const int FirstSentiment = Categories;
    public const int Sentiments = 3;
    public const int FirstUrgency = FirstSentiment + Sentiments;
    public const int Urgencies = 4;
    public const int FirstLead = FirstUrgency + Urgencies;
    public const int Count = FirstLead + Categories;

    private const double AboutPooling = 0.6;

    /// <summary>Whether the answer to a question about a labelled text is yes.</summary>
    public static bool Truth(LabelledText text, int head)
    {
        if (head < FirstSentiment) return text.Categories.Contains((Category)head);
        if (head < FirstUrgency) return (int)text.Sentiment == head - FirstSentiment;
        if (head < FirstLead) return (int)text.Urgency == head - FirstUrgency;
        return (int)text.Categories[0] == head - FirstLead;
    }

    /// <summary>
    /// Joins the margin of a whole message with the strongest margin among its clauses, so that one clause about a worm
    /// isn't drowned by ten about the weather. Mood, urgency and what leads are those of the whole.
    /// </summary>
    public static double Pool(int head, double whole, double strongestClause) =>
        head < Categories ? whole + (AboutPooling * (strongestClause - whole)) : whole;
}
