using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CampusCare.Embedded.Tests.Grains;

/// <summary>Something stored.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tests.diary")]
public sealed record Diary([property: Id(0)] string Last, [property: Id(1)] int Entries);

/// <summary>Keeps a diary.</summary>
[Alias("tests.diarist")]
public interface IDiaristGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task Write(string entry);

    [Alias("Read")]
    Task<Diary?> Read();

    [Alias("Exists")]
    Task<bool> Exists();

    [Alias("Burn")]
    Task Burn();

    [Alias("Leave")]
    Task Leave();
}

[GrainType("diarist-of-tests")]
public sealed class DiaristGrain([PersistentState("diary", "shelf")] IPersistentState<Diary> diary) : Grain, IDiaristGrain
{
    public Task Write(string entry)
    {
        diary.State = new Diary(entry, diary.State.Entries + 1);
        return diary.WriteStateAsync();
    }

    public Task<Diary?> Read() => Task.FromResult<Diary?>(diary.State);

    public Task<bool> Exists() => Task.FromResult(diary.RecordExists);

    public Task Burn() => diary.ClearStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

/// <summary>Tells what it was constructed with.</summary>
[Alias("tests.constructed")]
public interface IConstructedGrain : IGrainWithStringKey
{
    [Alias("Drinks")]
    Task<string> Drinks();

    [Alias("HasLoggerAndClock")]
    Task<bool> HasLoggerAndClock();

    [Alias("HasOwnScope")]
    Task<bool> HasOwnScope(string other);

    [Alias("Thing")]
    Task<int> Thing();

    [Alias("ContextKnowsMe")]
    Task<bool> ContextKnowsMe();
}

public sealed class ConstructedGrain(
    IGrainContext context,
    [FromKeyedServices("tea")] Drink tea,
    [FromKeyedServices("milk")] Drink milk,
    ILogger<ConstructedGrain> log,
    TimeProvider time,
    ScopedThing thing,
    IGrainFactory grains) : Grain, IConstructedGrain
{
    public Task<string> Drinks() => Task.FromResult($"{tea.Name} with {milk.Name}");

    public Task<bool> HasLoggerAndClock() => Task.FromResult(log is not null && time is not null);

    public async Task<bool> HasOwnScope(string other) =>
        await grains.GetGrain<IConstructedGrain>(other).Thing() != await Thing()
        && ReferenceEquals(thing, ServiceProvider.GetRequiredService<ScopedThing>());

    public Task<int> Thing() => Task.FromResult(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(thing));

    public Task<bool> ContextKnowsMe() => Task.FromResult(
        ReferenceEquals(context, GrainContext) && ReferenceEquals(context.GrainInstance, this) && context.GrainId == this.GetGrainId());
}

/// <summary>Sets reminders.</summary>
[Alias("tests.forgetful")]
public interface IForgetfulGrain : IGrainWithStringKey
{
    [Alias("RemindEvery")]
    Task RemindEvery(string name, TimeSpan period);

    [Alias("Forget")]
    Task Forget(string name);

    [Alias("HasReminder")]
    Task<bool> HasReminder(string name);

    [Alias("CountReminders")]
    Task<int> CountReminders();
}

public sealed class ForgetfulGrain(Probe probe) : Grain, IForgetfulGrain, IRemindable
{
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        probe.Tell($"reminded of {reminderName}");
        return Task.CompletedTask;
    }

    public Task RemindEvery(string name, TimeSpan period) => this.RegisterOrUpdateReminder(name, TimeSpan.Zero, period);

    public async Task Forget(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task<bool> HasReminder(string name) => await this.GetReminder(name) is { } reminder && reminder.ReminderName == name;

    public async Task<int> CountReminders() => (await this.GetReminders()).Count;
}

/// <summary>A grain that is known by a number.</summary>
[Alias("tests.numbered")]
public interface INumberedGrain : IGrainWithIntegerKey
{
    [Alias("Number")]
    Task<long> Number();
}

public sealed class NumberedGrain : Grain, INumberedGrain
{
    public Task<long> Number() => Task.FromResult(this.GetPrimaryKeyLong());
}

/// <summary>A grain that is known by a GUID.</summary>
[Alias("tests.unique")]
public interface IUniqueGrain : IGrainWithGuidKey
{
    [Alias("Unique")]
    Task<Guid> Unique();
}

public sealed class UniqueGrain : Grain, IUniqueGrain
{
    public Task<Guid> Unique() => Task.FromResult(this.GetPrimaryKey());
}
