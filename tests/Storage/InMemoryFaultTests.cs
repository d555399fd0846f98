using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

/// <summary>The faults that a simulation asks for.</summary>
public sealed class InMemoryFaultTests
{
    [Theory]
    [InlineData(AppendFault.Refused, typeof(AppendResult.Refused), false)]
    [InlineData(AppendFault.UnknownNotStored, typeof(AppendResult.OutcomeUnknown), false)]
    [InlineData(AppendFault.UnknownButStored, typeof(AppendResult.OutcomeUnknown), true)]
    public async Task A_fault_hits_the_next_append_alone(AppendFault fault, Type result, bool stored)
    {
        var journal = new InMemoryJournal(Salt());
        journal.FailNext(fault);

        (await journal.Append(Open("t1"))).ShouldBeOfType(result);
        (await journal.Append(Open("t2"))).ShouldBeOfType<AppendResult.Committed>();

        (await journal.Read("north", "t1", 0)).Count.ShouldBe(stored ? 1 : 0);
        (await journal.ReadModel.Find("north", "t1") is not null).ShouldBe(stored);
        (await journal.Verifier.Verify()).First.ShouldBeNull();
    }

    [Fact]
    public async Task A_seed_may_decide_on_every_append()
    {
        var journal = new InMemoryJournal(Salt()) { Faults = append => append.TicketId == "t1" ? AppendFault.Refused : AppendFault.None };

        (await journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.Refused>();
        (await journal.Append(Open("t2"))).ShouldBeOfType<AppendResult.Committed>();
    }

    [Fact]
    public async Task An_append_whose_seq_is_taken_is_not_made_unknown()
    {
        var journal = new InMemoryJournal(Salt());
        await journal.Append(Open("t1"));
        journal.FailNext(AppendFault.UnknownButStored);

        (await journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.SeqTaken>();
    }
}
