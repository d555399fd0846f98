using CampusCare.Contracts;
using CampusCare.Contracts.LanguageModels;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What a language model is there for.</summary>
/// <param name="Suggests">Whether agents can ask it for a reply.</param>
public sealed record LanguageModelView(bool Suggests);

/// <summary>What agents ask of a language model. What it says goes nowhere by itself.</summary>
internal sealed class UseLanguageModel(Cluster cluster, RateLimits limits)
{
    /// <summary>Whether there is one.</summary>
    public Task<Reply<LanguageModelView>> Look(Caller caller) =>
        cluster.Read(cluster.Grains.LanguageDesk(caller.Campus).IsThere(), static there => (Reply<LanguageModelView>)new LanguageModelView(there));

    /// <summary>A reply that the agent who has the ticket may send.</summary>
    public async Task<Reply<SuggestedReply>> Suggest(Caller caller, string ticketId)
    {
        if ((Check.Ticket(caller, ticketId) ?? limits.Write(caller)) is { } no) return no;
        var (campus, id) = caller.Ticket(ticketId);
        return await cluster.Read(cluster.Grains.LanguageDesk(campus).Suggest(id, caller.NameOn(campus)));
    }
}
