using System.Collections.Immutable;

namespace CampusCare.Embedded.Tests.Grains;

/// <summary>What a message should look like.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tests.order")]
public sealed record Order(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<string> Dishes,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] Guid Customer,
    [property: Id(4)] decimal Price);

/// <summary>Something that its holder can change.</summary>
[GenerateSerializer]
[Alias("tests.basket")]
public sealed class Basket
{
    [Id(0)]
    public List<string> Dishes { get; set; } = [];
}

[Alias("tests.message")]
public interface IMessageGrain : IGrainWithStringKey
{
    [Alias("Echo")]
    Task<Order> Echo(Order order);

    /// <summary>Changes what it was given.</summary>
    [Alias("Spoil")]
    Task Spoil(Basket basket);

    /// <summary>Gives what it keeps.</summary>
    [Alias("Give")]
    Task<Basket> Give();

    [Alias("ValueOf")]
    ValueTask<int> ValueOf(int a, string? b, Guid c, DayOfWeek day);

    /// <summary>Waits until the token is canceled, tells, and fails with it.</summary>
    [Alias("Wait")]
    Task Wait(string name, CancellationToken token);

    /// <summary>Sets a value in the request context, and ends without an await.</summary>
    [Alias("Leak")]
    Task Leak(string key);

    /// <summary>What the request context holds under this key, here and in a grain called from here.</summary>
    [Alias("Carried")]
    Task<string> Carried(string key, int hops);
}

public sealed class MessageGrain(Probe probe) : Grain, IMessageGrain
{
    private readonly Basket _basket = new() { Dishes = ["rice"] };

    public Task<Order> Echo(Order order) => Task.FromResult(order);

    public Task Spoil(Basket basket)
    {
        basket.Dishes.Add("poison");
        return Task.CompletedTask;
    }

    public Task<Basket> Give() => Task.FromResult(_basket);

    public ValueTask<int> ValueOf(int a, string? b, Guid c, DayOfWeek day) =>
        new(a + (b?.Length ?? 0) + (c == Guid.Empty ? 0 : 100) + (int)day);

    public async Task Wait(string name, CancellationToken token)
    {
        probe.Tell($"{name} waits");
        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        finally
        {
            probe.Tell($"{name} stops, canceled: {token.IsCancellationRequested}");
        }
    }

    public Task Leak(string key)
    {
        RequestContext.Set(key, "leaked");
        return Task.CompletedTask;
    }

    public async Task<string> Carried(string key, int hops) => hops == 0
        ? RequestContext.Get(key) as string ?? "nothing"
        : await GrainFactory.GetGrain<IMessageGrain>($"carried {hops}").Carried(key, hops - 1);
}
