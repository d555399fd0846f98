using CampusCare.Domain.LanguageModels;

namespace CampusCare.Grains.LanguageModels;

/// <summary>What a model answered.</summary>
/// <param name="Text">The words, as they came.</param>
/// <param name="Tokens">What it took, question and answer.</param>
public sealed record ModelAnswer(string Text, int Tokens);

/// <summary>A large language model.</summary>
public interface ILanguageModel
{
    /// <summary>Whether there is one.</summary>
    bool IsThere { get; }

    /// <summary>Most calls of a campus and day; 0: any number.</summary>
    int CallsPerDay { get; }

    /// <summary>Most tokens of a campus and day; 0: any number.</summary>
    long TokensPerDay { get; }

    /// <summary>Asks. Null: it gave no answer in its time, or none that can be used. Never throws.</summary>
    Task<ModelAnswer?> Ask(ModelQuestion question);
}

/// <summary>No model is configured.</summary>
public sealed class NoLanguageModel : ILanguageModel
{
    public bool IsThere => false;

    public int CallsPerDay => 0;

    public long TokensPerDay => 0;

    public Task<ModelAnswer?> Ask(ModelQuestion question) => Task.FromResult<ModelAnswer?>(null);
}
