using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using CampusCare.Contracts.Queues;
using CampusCare.Grains;
using CampusCare.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CampusCare.Silo.Tests;

public sealed class SiloWatchTests
{
    [Fact]
    public async Task A_line_that_its_campus_no_longer_has_ends_no_silo_and_keeps_no_other_asleep()
    {
        var woken = new List<string>();
        var grains = Fake.Of<IGrainFactory>((_, args) => Fake.Of<IQueueGrain>((_, _) =>
        {
            lock (woken) woken.Add((string)args[0]!);
            return (string)args[0]! == "north/gone"
                ? Task.FromException<ImmutableArray<QueuePlace>>(new InvalidOperationException("Campus 'north' has no queue 'gone'."))
                : Task.FromResult<ImmutableArray<QueuePlace>>([]);
        }));
        var rows = Fake.Of<ITicketReadModel>((_, _) => Task.FromResult<IReadOnlyList<QueueLoad>>([new("north", "gone", 1), new("north", "delivery", 1)]));
        using var watch = new SiloWatch(new Once(), new KnownGateways(TimeProvider.System), rows, grains, TimeProvider.System, NullLogger<SiloWatch>.Instance);

        await watch.StartAsync(CancellationToken.None);
        await watch.ExecuteTask!;

        woken.ShouldBe(["north/gone", "north/delivery"], ignoreOrder: true, "each once");
    }

    private sealed class Once : IMembershipNews
    {
        public async IAsyncEnumerable<bool> Changes([EnumeratorCancellation] CancellationToken stop)
        {
            await Task.CompletedTask;
            yield return true;
        }
    }

    /// <summary>An object of an interface whose every call is handed on.</summary>
    public class Fake : DispatchProxy
    {
        private Func<MethodInfo, object?[], object> _call = null!;

        public static T Of<T>(Func<MethodInfo, object?[], object> call) where T : class
        {
            var made = Create<T, Fake>();
            ((Fake)(object)made)._call = call;
            return made;
        }

        protected override object? Invoke(MethodInfo? method, object?[]? args) => _call(method!, args ?? []);
    }
}
