namespace CampusCare.Storage.Tests;

public sealed class SqliteGrainTableTests : GrainTableTests<Sqlite>;

public sealed class PostgresGrainTableTests : GrainTableTests<PostgreSql>;

/// <summary>States and reminders of grains on the embedded engine.</summary>
public abstract class GrainTableTests<TKind>
    where TKind : IBedKind
{
    [SkippableFact]
    public async Task A_state_is_written_over_the_version_that_was_read()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var states = new GrainStateTable(bed.Database);

        (await states.Read("agent", "a1")).ShouldBeNull();
        (await states.Write("agent", "a1", "{\"name\":\"小王\"}", 0)).ShouldBe(1);
        (await states.Write("agent", "a1", "{}", 0)).ShouldBeNull("someone wrote it meanwhile");
        (await states.Write("agent", "a1", "{}", 2)).ShouldBeNull("there is no such version");
        (await states.Read("agent", "a1")).ShouldBe(new StoredGrainState("{\"name\":\"小王\"}", 1));
        (await states.Write("agent", "a1", "{}", 1)).ShouldBe(2);
        (await states.Write("agent", "a2", "{}", 1)).ShouldBeNull("it was never written");
        (await states.Read("profile", "a1")).ShouldBeNull("another name is another state");
    }

    [SkippableFact]
    public async Task A_cleared_state_keeps_its_version()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var states = new GrainStateTable(bed.Database);
        await states.Write("agent", "a1", "{}", 0);

        (await states.Write("agent", "a1", null, 1)).ShouldBe(2);

        (await states.Read("agent", "a1")).ShouldBe(new StoredGrainState(null, 2));
        (await states.Write("agent", "a1", "{}", 1)).ShouldBeNull("it was cleared meanwhile");
        (await states.Write("agent", "a1", "{}", 2)).ShouldBe(3);
    }

    [SkippableFact]
    public async Task Of_many_writers_of_one_version_one_wins()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var states = new GrainStateTable(bed.Database);
        for (var version = 0L; version < 5; version++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => states.Write("agent", "a1", $"{i}", version))));
            results.Count(result => result is not null).ShouldBe(1);
            (await states.Read("agent", "a1")).ShouldBe(new StoredGrainState($"{Array.FindIndex(results, result => result is not null)}", version + 1));
        }
    }

    [SkippableFact]
    public async Task Reminders_are_found_by_grain_and_by_range_of_the_ring()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var reminders = new ReminderRows(bed.Database);
        var rows = new[] { 0u, 10u, 0x8000_0000u, uint.MaxValue }
            .Select(hash => new ReminderRow($"g{hash}", "wake", hash, Samples.Noon.AddMicroseconds(3).ToUniversalTime(), TimeSpan.FromMinutes(90)))
            .ToArray();
        foreach (var row in rows)
            (await reminders.Write(row)).ShouldBe(1);

        (await reminders.OfGrain("g10")).ShouldBe([rows[1] with { Version = 1 }]);
        (await reminders.Find("g10", "wake")).ShouldBe(rows[1] with { Version = 1 });
        (await reminders.Find("g10", "sleep")).ShouldBeNull();
        (await Hashes(reminders, 0, 0)).ShouldBe([0u, 10u, 0x8000_0000u, uint.MaxValue]);
        (await Hashes(reminders, 0, 10)).ShouldBe([10u]);
        (await Hashes(reminders, 10, uint.MaxValue)).ShouldBe([0x8000_0000u, uint.MaxValue]);
        (await Hashes(reminders, 0x8000_0000u, 5)).ShouldBe([0u, uint.MaxValue]);
    }

    [SkippableFact]
    public async Task A_reminder_is_removed_in_the_version_that_was_read()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var reminders = new ReminderRows(bed.Database);
        var row = new ReminderRow("g1", "wake", 7, Samples.Noon, TimeSpan.FromDays(60));
        await reminders.Write(row);
        (await reminders.Write(row with { Period = TimeSpan.FromDays(61) })).ShouldBe(2);

        (await reminders.Remove("g1", "wake", 1)).ShouldBeFalse();
        (await reminders.Find("g1", "wake"))!.Period.ShouldBe(TimeSpan.FromDays(61));
        (await reminders.Remove("g1", "wake", 2)).ShouldBeTrue();
        (await reminders.OfGrain("g1")).ShouldBeEmpty();
        await reminders.Write(row);
        await reminders.Clear();
        (await reminders.OfGrain("g1")).ShouldBeEmpty();
    }

    private static async Task<IEnumerable<uint>> Hashes(ReminderRows reminders, uint begin, uint end) =>
        (await reminders.InRange(begin, end)).Select(row => row.Hash).Order();
}
