using System.Collections.Immutable;
using CampusCare.Contracts.Remedies;
using CampusCare.Domain.Remedies;

namespace CampusCare.Grains.Remedies;

/// <summary>Doubts as messages carry them.</summary>
internal static class Doubts
{
    public static DoubtView View(this RemedyDoubt doubt) => new(doubt.Sign, doubt.Level, doubt.TicketId);

    public static RemedyDoubt Doubt(this DoubtView view) => new(view.Sign, view.Level, view.TicketId);

    public static ImmutableArray<DoubtView> View(this ImmutableArray<RemedyDoubt> doubts) => [.. doubts.Select(View)];
}
