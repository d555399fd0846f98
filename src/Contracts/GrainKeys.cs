using CampusCare.Contracts.Agents;
using CampusCare.Contracts.ApiKeys;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Channels;
using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Knowledge;
using CampusCare.Contracts.LanguageModels;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Regions;
using CampusCare.Contracts.Remedies;
using CampusCare.Contracts.Retention;
using CampusCare.Contracts.Reviews;
using CampusCare.Contracts.Supervision;
using CampusCare.Contracts.Tickets;
using CampusCare.Contracts.Webhooks;

namespace CampusCare.Contracts;

/// <summary>
/// The one place where grain keys are made: <c>campus/id</c>. The campus is part of every key, so that one campus's
/// data can't be reached with another's ids. Every key has a slash: the ADO.NET stores take a key that looks like a
/// number for that number, so that <c>7</c> and <c>007</c> would share a row.
/// </summary>
public static class GrainKeys
{
    /// <summary>The ticket's grain.</summary>
    public static ITicketGrain Ticket(this IGrainFactory grains, string campus, string ticketId) => grains.GetGrain<ITicketGrain>(Key(campus, ticketId));

    /// <summary>The grain of one skill group's waiting line.</summary>
    public static IQueueGrain Queue(this IGrainFactory grains, string campus, string queue) => grains.GetGrain<IQueueGrain>(Key(campus, queue));

    /// <summary>The agent's grain. An agent of another campus, who was lent, is written <c>campus/id</c>.</summary>
    public static IAgentGrain Agent(this IGrainFactory grains, string campus, string agentId) =>
        grains.GetGrain<IAgentGrain>(agentId.Contains('/') ? agentId : Key(campus, agentId));

    /// <summary>The customer's grain.</summary>
    public static ICustomerGrain Customer(this IGrainFactory grains, string campus, string customerId) => grains.GetGrain<ICustomerGrain>(Key(campus, customerId));

    /// <summary>The grain that brings a ticket's replies to the customer's channel.</summary>
    public static ICourierGrain Courier(this IGrainFactory grains, string campus, string ticketId) => grains.GetGrain<ICourierGrain>(Key(campus, ticketId));

    /// <summary>The grain that knows whose an address on a channel is; <paramref name="name"/> stands for the address and doesn't tell it.</summary>
    public static IAddressGrain Address(this IGrainFactory grains, string campus, string name) => grains.GetGrain<IAddressGrain>(Key(campus, name));

    /// <summary>The grain that knows which addresses are linked to a customer.</summary>
    public static IAddressBookGrain AddressBook(this IGrainFactory grains, string campus, string customerId) => grains.GetGrain<IAddressBookGrain>(Key(campus, customerId));

    /// <summary>The campus's grain.</summary>
    public static ICampusGrain Campus(this IGrainFactory grains, string campus) => grains.GetGrain<ICampusGrain>(Key("campus", campus));

    /// <summary>The grain that erases what a campus keeps no longer.</summary>
    public static IRetentionGrain Retention(this IGrainFactory grains, string campus) => grains.GetGrain<IRetentionGrain>(Key("retention", campus));

    /// <summary>The grain of a campus's API keys.</summary>
    public static IApiKeysGrain ApiKeys(this IGrainFactory grains, string campus) => grains.GetGrain<IApiKeysGrain>(Key("campus", campus));

    /// <summary>The grain of a campus's audit log.</summary>
    public static IAuditGrain Audit(this IGrainFactory grains, string campus) => grains.GetGrain<IAuditGrain>(Key("campus", campus));

    /// <summary>The grain that shows a campus's tickets to its supervisors.</summary>
    public static ICampusHistoryGrain History(this IGrainFactory grains, string campus) => grains.GetGrain<ICampusHistoryGrain>(Key("campus", campus));

    /// <summary>The grain that tells how many contacts a campus will get.</summary>
    public static IForecastGrain Forecast(this IGrainFactory grains, string campus) => grains.GetGrain<IForecastGrain>(Key("forecast", campus));

    /// <summary>The grain of what is broken at a campus.</summary>
    public static IIncidentsGrain Incidents(this IGrainFactory grains, string campus) => grains.GetGrain<IIncidentsGrain>(Key("incidents", campus));

    /// <summary>The grain of a campus's subscription.</summary>
    public static IWebhookGrain Webhook(this IGrainFactory grains, string campus, string id) => grains.GetGrain<IWebhookGrain>(Key(campus, id));

    /// <summary>The library that all campuses share, written where a campus's name stands.</summary>
    public const string SharedLibrary = "";

    /// <summary>A campus's library of articles, or the shared one.</summary>
    public static IKnowledgeGrain Knowledge(this IGrainFactory grains, string campus) => grains.GetGrain<IKnowledgeGrain>(Key("knowledge", campus));

    /// <summary>The grain that answers from a campus's articles.</summary>
    public static IKnowledgeDeskGrain KnowledgeDesk(this IGrainFactory grains, string campus) => grains.GetGrain<IKnowledgeDeskGrain>(Key("knowledge", campus));

    /// <summary>The grain that counts how a campus's articles did.</summary>
    public static IKnowledgeUseGrain KnowledgeUse(this IGrainFactory grains, string campus) => grains.GetGrain<IKnowledgeUseGrain>(Key("knowledge", campus));

    /// <summary>The grain that knows what a customer was given.</summary>
    public static IRemedyAccountGrain RemedyAccount(this IGrainFactory grains, string campus, string customerId) => grains.GetGrain<IRemedyAccountGrain>(Key(campus, customerId));

    /// <summary>The grain that knows what customers of a campus are usually given.</summary>
    public static IRemedyNormGrain RemedyNorm(this IGrainFactory grains, string campus) => grains.GetGrain<IRemedyNormGrain>(Key("remedies", campus));

    /// <summary>The grain of the cases that people look at before something is given.</summary>
    public static IDoubtDeskGrain DoubtDesk(this IGrainFactory grains, string campus) => grains.GetGrain<IDoubtDeskGrain>(Key("remedies", campus));

    /// <summary>The grain of a place where traces meet: <c>picture-…</c> or <c>link-…</c>.</summary>
    public static ITraceGrain Trace(this IGrainFactory grains, string campus, string place) => grains.GetGrain<ITraceGrain>(Key(campus, place));

    /// <summary>The grain that knows what a campus gave on a day.</summary>
    public static IRemedyBudgetGrain RemedyBudget(this IGrainFactory grains, string campus, DateOnly day) =>
        grains.GetGrain<IRemedyBudgetGrain>(Key(campus, Of(day)));

    /// <summary>The grain of what a campus decided by itself on a day and people look at.</summary>
    public static IReviewDayGrain ReviewDay(this IGrainFactory grains, string campus, DateOnly day) => grains.GetGrain<IReviewDayGrain>(Key(campus, Of(day)));

    /// <summary>The grain that asks a language model about a campus's tickets.</summary>
    public static ILanguageDeskGrain LanguageDesk(this IGrainFactory grains, string campus) => grains.GetGrain<ILanguageDeskGrain>(Key("language", campus));

    /// <summary>The grain that counts what a campus asks of a language model on a day.</summary>
    public static ILanguageBudgetGrain LanguageBudget(this IGrainFactory grains, string campus, DateOnly day) => grains.GetGrain<ILanguageBudgetGrain>(Key(campus, Of(day)));

    /// <summary>The region's grain.</summary>
    public static IRegionGrain Region(this IGrainFactory grains, string region) => grains.GetGrain<IRegionGrain>(Key("region", region));

    /// <summary>The campus and the id that a key was made of.</summary>
    public static (string Campus, string Id) Split(string key)
    {
        var slash = key.IndexOf('/');
        return slash < 0 ? (key, "") : (key[..slash], key[(slash + 1)..]);
    }

    private static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Key(string campus, string id) => string.Concat(campus, "/", id);
}
