using System.Globalization;

namespace CampusCare.Contracts.Reviews;

/// <summary>A review's id: its day, the ticket, and the seq of the decision, so that finding it needs no table.</summary>
public static class ReviewIds
{
    private const string Day = "yyyyMMdd";

    /// <summary>The id of a decision.</summary>
    public static string Of(Review review) =>
        string.Create(CultureInfo.InvariantCulture, $"{review.At.UtcDateTime.ToString(Day, CultureInfo.InvariantCulture)}-{review.TicketId}-{review.Seq}");

    /// <summary>What an id names; null for one that was never given.</summary>
    public static (DateOnly Day, ReviewName Name)? Read(string? id) =>
        id?.Split('-') is [{ Length: 8 } day, { Length: > 0 } ticket, { Length: > 0 } seq]
        && DateOnly.TryParseExact(day, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (date, new ReviewName(ticket, number))
            : null;
}
