namespace CampusCare.Domain.Forecasting;

/// <summary>What a day is on the campus; a weekend within term is told by its date.</summary>
public enum DayKind
{
    /// <summary>Lectures.</summary>
    Term,

    /// <summary>Examinations: late evenings, meals at other times.</summary>
    Exam,

    /// <summary>No lectures: most students are away.</summary>
    Holiday,
}
