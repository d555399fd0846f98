using CampusCare.PeakHour;

namespace CampusCare.Cli.Tests.Peak;

public sealed class LedgerTests
{
    private readonly Ledger _ledger = new(TimeProvider.System);

    [Fact]
    public void Only_what_was_acknowledged_counts_as_done()
    {
        _ledger.Acknowledged("t1", "送错了", 0);
        _ledger.Resolved("li", "t2"); // its acknowledgement got lost
        _ledger.AllResolved.ShouldBeFalse();

        _ledger.Resolved("li", "t1");
        _ledger.Resolved("li", "t1");
        _ledger.AllResolved.ShouldBeTrue();

        _ledger.Acknowledged("t2", "少送了", 0); // repeated, and answered this time
        _ledger.AllResolved.ShouldBeTrue();
        _ledger.ResolvedSoFar.ShouldBe(2);
    }
}
