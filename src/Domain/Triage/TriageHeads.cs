namespace CampusCare.Domain.Triage;

/// <summary>The yes/no questions that the model answers about a message, one linear classifier each.</summary>
internal static class TriageHeads
{
    public const int Categories = 14;
    public const int Sentiments = 3;
    public const int Urgencies = 4;
    public const int FirstSentiment = Categories;
    public const int FirstUrgency = FirstSentiment + Sentiments;
    public const int Count = FirstUrgency + Urgencies;

    /// <summary>Whether the answer to a question about a labelled text is yes.</summary>
    public static bool Truth(LabelledText text, int head)
    {
        if (head < FirstSentiment) return text.Categories.Contains((Category)head);
        if (head < FirstUrgency) return (int)text.Sentiment == head - FirstSentiment;
        return (int)text.Urgency == head - FirstUrgency;
    }
}
