using System.Collections.Immutable;
using CampusCare.Contracts.Tickets;

namespace CampusCare.Architecture.Tests;

public sealed class CrossingTypesTests
{
    [Fact]
    public void Everything_that_crosses_a_grain_call_or_is_stored_is_an_immutable_serializable_record()
    {
        var walk = new CrossingTypes().Walk(typeof(ITicketGrain).Assembly).Walk(System.Reflection.Assembly.Load("CampusCare.Grains"));
        walk.Seen.ShouldContain(typeof(TicketView));
        walk.Wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(typeof(IGood), null)]
    [InlineData(typeof(INotSealed), "is not a sealed record")]
    [InlineData(typeof(IClass), "is not a sealed record")]
    [InlineData(typeof(INoSerializer), "lacks [GenerateSerializer]")]
    [InlineData(typeof(INotImmutable), "lacks [Immutable]")]
    [InlineData(typeof(INoAlias), "lacks an [Alias]")]
    [InlineData(typeof(INoInterfaceAlias), "lacks an [Alias]")]
    [InlineData(typeof(INoId), "B lacks [Id]")]
    [InlineData(typeof(ISameId), "uses an [Id] twice")]
    [InlineData(typeof(ISettable), "A can be changed")]
    [InlineData(typeof(IField), "has the bare field _a")]
    [InlineData(typeof(IArray), "mutable or unknown")]
    [InlineData(typeof(IList), "mutable or unknown")]
    [InlineData(typeof(INested), "lacks [Immutable]")]
    [InlineData(typeof(IGeneric), "ends in its arity")]
    [InlineData(typeof(StatefulGrain), "lacks [Immutable]")]
    public void It_would_be_seen_otherwise(Type grain, string? wrong)
    {
        var walk = new CrossingTypes().Walk(grain);
        if (wrong is null) walk.Wrong.ShouldBeEmpty();
        else walk.Wrong.ShouldContain(said => said.Contains(wrong));
    }

    [Fact]
    public void A_shared_alias_is_seen() => new CrossingTypes().Walk(typeof(IGood)).Walk(typeof(ISameAlias)).Wrong.ShouldContain(said => said.Contains("share the alias"));

    // Samples, each with one thing wrong; some of it Orleans' own analyzers see, too, where they are at work.
#pragma warning disable ORLEANS0004, ORLEANS0011, ORLEANS0012

    [Alias("s.IGood")] public interface IGood : IGrainWithStringKey { Task<Good?> Get(ImmutableArray<Good> some, int? number, DayOfWeek day, IGood other); }
    [Alias("s.INotSealed")] public interface INotSealed : IGrainWithStringKey { Task<Open> Get(); }
    [Alias("s.IClass")] public interface IClass : IGrainWithStringKey { Task<Plain> Get(); }
    [Alias("s.INoSerializer")] public interface INoSerializer : IGrainWithStringKey { Task<Unserialized> Get(); }
    [Alias("s.INotImmutable")] public interface INotImmutable : IGrainWithStringKey { Task Put(Mutable it); }
    [Alias("s.INoAlias")] public interface INoAlias : IGrainWithStringKey { ValueTask<Nameless> Get(); }
    public interface INoInterfaceAlias : IGrainWithStringKey { Task Go(); }
    [Alias("s.INoId")] public interface INoId : IGrainWithStringKey { Task<Unnumbered> Get(); }
    [Alias("s.ISameId")] public interface ISameId : IGrainWithStringKey { Task<TwiceNumbered> Get(); }
    [Alias("s.ISettable")] public interface ISettable : IGrainWithStringKey { Task<Settable> Get(); }
    [Alias("s.IField")] public interface IField : IGrainWithStringKey { Task<Fielded> Get(); }
    [Alias("s.IArray")] public interface IArray : IGrainWithStringKey { Task<int[]> Get(); }
    [Alias("s.IList")] public interface IList : IGrainWithStringKey { Task Put(List<string> some); }
    [Alias("s.INested")] public interface INested : IGrainWithStringKey { Task<Holder> Get(); }
    [Alias("s.IGeneric")] public interface IGeneric : IGrainWithStringKey { Task<Box<Good>> Get(); }
    [Alias("s.ISameAlias")] public interface ISameAlias : IGrainWithStringKey { Task<Twin> Get(); }

    public sealed class StatefulGrain([PersistentState("s")] IPersistentState<Mutable> state)
    {
        public Mutable State => state.State;
    }

    [GenerateSerializer, Immutable, Alias("s.Good")] public sealed record Good([property: Id(0)] int A);
    [GenerateSerializer, Immutable, Alias("s.Open")] public record Open([property: Id(0)] int A);
    [GenerateSerializer, Immutable, Alias("s.Plain")] public sealed class Plain { [Id(0)] public int A { get; init; } }
    [Immutable, Alias("s.Unserialized")] public sealed record Unserialized([property: Id(0)] int A);
    [GenerateSerializer, Alias("s.Mutable")] public sealed record Mutable([property: Id(0)] int A);
    [GenerateSerializer, Immutable] public sealed record Nameless([property: Id(0)] int A);
    [GenerateSerializer, Immutable, Alias("s.Unnumbered")] public sealed record Unnumbered([property: Id(0)] int A, int B);
    [GenerateSerializer, Immutable, Alias("s.TwiceNumbered")] public sealed record TwiceNumbered([property: Id(0)] int A, [property: Id(0)] int B);
    [GenerateSerializer, Immutable, Alias("s.Settable")] public sealed record Settable { [Id(0)] public int A { get; set; } }
    [GenerateSerializer, Immutable, Alias("s.Fielded")] public sealed record Fielded { private readonly int _a = 1; [Id(0)] public int B { get; init; } public int Sum() => _a + B; }
    [GenerateSerializer, Immutable, Alias("s.Box")] public sealed record Box<T>([property: Id(0)] T? A);
    [GenerateSerializer, Immutable, Alias("s.Holder")] public sealed record Holder([property: Id(0)] ImmutableArray<Mutable> Some);
    [GenerateSerializer, Immutable, Alias("s.Good")] public sealed record Twin([property: Id(0)] int A);
}
