using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.ApiKeys;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Knowledge;
using CampusCare.Contracts.LanguageModels;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Remedies;
using CampusCare.Contracts.Supervision;
using CampusCare.Contracts.Tickets;
using CampusCare.Contracts.Webhooks;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.Rest;
using CampusCare.Gateway.UseCases;
using CampusCare.Gateway.Voice;

namespace CampusCare.Gateway;

/// <summary>The JSON of REST and hubs, from generated code: camelCase, enums by name, no number in place of a name.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(CampusView))]
[JsonSerializable(typeof(ContactRequest))]
[JsonSerializable(typeof(MessageRequest))]
[JsonSerializable(typeof(RatingRequest))]
[JsonSerializable(typeof(HoldRequest))]
[JsonSerializable(typeof(ClockAlert))]
[JsonSerializable(typeof(ClockAlert[]))]
[JsonSerializable(typeof(CampusSettings))]
[JsonSerializable(typeof(QueueSettings))]
[JsonSerializable(typeof(RetentionSettings))]
[JsonSerializable(typeof(BotSettings))]
[JsonSerializable(typeof(RemedySettings))]
[JsonSerializable(typeof(DoubtCase[]))]
[JsonSerializable(typeof(RemedyRequest))]
[JsonSerializable(typeof(OrderTroubleRequest))]
[JsonSerializable(typeof(IncidentRequest))]
[JsonSerializable(typeof(Incident[]))]
[JsonSerializable(typeof(IncidentNotice[]))]
[JsonSerializable(typeof(LanguageModelView))]
[JsonSerializable(typeof(SuggestedReply))]
[JsonSerializable(typeof(ReviewSettings))]
[JsonSerializable(typeof(ReviewLine[]))]
[JsonSerializable(typeof(ReviewSheet))]
[JsonSerializable(typeof(ReviewFigures))]
[JsonSerializable(typeof(JudgementRequest))]
[JsonSerializable(typeof(VerdictRequest))]
[JsonSerializable(typeof(ArticleContent))]
[JsonSerializable(typeof(ArticleView))]
[JsonSerializable(typeof(ArticleLine[]))]
[JsonSerializable(typeof(ArticleHit[]))]
[JsonSerializable(typeof(UseReport))]
[JsonSerializable(typeof(ErasureRequest))]
[JsonSerializable(typeof(Reply<ErasureReceipt>))]
[JsonSerializable(typeof(Colleague[]))]
[JsonSerializable(typeof(AgentProfile[]))]
[JsonSerializable(typeof(AgentRequest))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(WebhookSecret))]
[JsonSerializable(typeof(WebhookView[]))]
[JsonSerializable(typeof(WebhookTried))]
[JsonSerializable(typeof(DeadLetter[]))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(DemoAgent))]
[JsonSerializable(typeof(OpenIdDocument))]
[JsonSerializable(typeof(OpenIdKeys))]
[JsonSerializable(typeof(OpenIdTokens))]
[JsonSerializable(typeof(SignInView))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(IssuedKey))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(ApiKey[]))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(OriginsRequest))]
[JsonSerializable(typeof(TicketNews))]
[JsonSerializable(typeof(TicketNewsForAgent))]
[JsonSerializable(typeof(Wallboard))]
[JsonSerializable(typeof(CampusForecast))]
[JsonSerializable(typeof(HistoryLine[]))]
[JsonSerializable(typeof(LiveRoom))]
[JsonSerializable(typeof(Reply<LiveRoom>))]
[JsonSerializable(typeof(WhisperRequest))]
[JsonSerializable(typeof(TakeOverRequest))]
[JsonSerializable(typeof(Reply<ContactReceipt>))]
[JsonSerializable(typeof(Reply<TicketView>))]
[JsonSerializable(typeof(Reply<TicketHistory>))]
[JsonSerializable(typeof(RoutingStory))]
[JsonSerializable(typeof(Reply<TicketSummary[]>))]
[JsonSerializable(typeof(Reply<QueuePlace>))]
[JsonSerializable(typeof(Reply<PhoneNumber>))]
[JsonSerializable(typeof(Reply<AgentDesk>))]
[JsonSerializable(typeof(Reply<Wallboard>))]
[JsonSerializable(typeof(Reply<Done>))]
[JsonSerializable(typeof(ReceivedContact[]))]
[JsonSerializable(typeof(AgentStatus))]
[JsonSerializable(typeof(VoiceSetup))]
[JsonSerializable(typeof(CallSignal))]
[JsonSerializable(typeof(CallStep))]
[JsonSerializable(typeof(HeardSignal))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
internal sealed partial class GatewayJson : JsonSerializerContext
{
    /// <summary>Makes a server's options speak as we do.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.TypeInfoResolverChain.Insert(0, Default);
    }
}
