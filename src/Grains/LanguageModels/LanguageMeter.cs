using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CampusCare.Domain.LanguageModels;

namespace CampusCare.Grains.LanguageModels;

/// <summary>The meter <c>CampusCare.LanguageModel</c>: what this process asked of a language model. Each figure is told from the start, as 0.</summary>
public static class LanguageMeter
{
    /// <summary>Its name.</summary>
    public const string Name = "CampusCare.LanguageModel";

    private const string Done = "answered", Fault = "failed", NotAsked = "refused";

    private static readonly Meter Meter = new(Name);
    private static readonly ConcurrentDictionary<(ModelUse Use, string Outcome), long> Calls = new();
    private static readonly ConcurrentDictionary<ModelUse, long> Tokens = new();

    static LanguageMeter()
    {
        foreach (var use in Enum.GetValues<ModelUse>())
        {
            Tokens[use] = 0;
            foreach (var outcome in new[] { Done, Fault, NotAsked }) Calls[(use, outcome)] = 0;
        }
        Meter.CreateObservableCounter("campuscare.language.calls", static () => Calls.Select(static call => new Measurement<long>(call.Value, Use(call.Key.Use), new("outcome", call.Key.Outcome))), "{call}", "Questions to the language model, by use and outcome");
        Meter.CreateObservableCounter("campuscare.language.tokens", static () => Tokens.Select(static used => new Measurement<long>(used.Value, Use(used.Key))), "{token}", "Tokens of answered questions, by use");
    }

    /// <summary>Has the figures told from now on.</summary>
    public static void Begin()
    {
        // Coming here made the meter.
    }

    /// <summary>A question was answered.</summary>
    public static void Answered(ModelUse use, int tokens)
    {
        Count(use, Done);
        Tokens.AddOrUpdate(use, tokens, (_, before) => before + tokens);
    }

    /// <summary>A question got no answer, or none that can be used.</summary>
    public static void Failed(ModelUse use) => Count(use, Fault);

    /// <summary>A question was not asked: the campus's budget is used.</summary>
    public static void Refused(ModelUse use) => Count(use, NotAsked);

    private static void Count(ModelUse use, string outcome) => Calls.AddOrUpdate((use, outcome), 1, static (_, before) => before + 1);

    private static KeyValuePair<string, object?> Use(ModelUse use) => new("use", use.ToString().ToLowerInvariant());
}
