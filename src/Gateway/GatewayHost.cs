using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CampusCare.Channels;
using CampusCare.Gateway.Draining;
using CampusCare.Gateway.Evidence;
using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.Mail;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Pages;
using CampusCare.Gateway.Phone;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.Rest;
using CampusCare.Gateway.UseCases;
using CampusCare.Gateway.Voice;
using CampusCare.Storage;
using CampusCare.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway;

/// <summary>Puts the gateway into a host: its own process, or one that runs the grains too. The host brings an <c>IGrainFactory</c>.</summary>
public static class GatewayHost
{
    /// <summary>The JSON of REST, hubs and tests.</summary>
    public static JsonSerializerOptions Json { get; } = NewJson();

    /// <summary>Registers everything; the configuration's sections <c>Gateway</c> and <c>Identity</c> set it up.</summary>
    public static IServiceCollection AddCampusCareGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddCampusCareTelemetry(configuration);
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.Section));
        services.AddOptions<IdentityOptions>().Bind(configuration.GetSection(IdentityOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IdentityOptions>, IdentityRules>();
        // Addresses of hubs carry tokens: the log must not have them.
        services.AddLogging(static log => log.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        services.AddIdentity();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Load>();
        services.AddSingleton<HubDoor>();
        services.AddSingleton<Polls>();
        services.AddCampusCareChannels(configuration);
        services.AddOptions<SmtpOptions>().Bind(configuration.GetSection(SmtpOptions.Section));
        services.AddHostedService<MailDoor>();
        services.AddOptions<VoiceOptions>().Bind(configuration.GetSection(VoiceOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VoiceOptions>, VoiceRules>();
        services.AddSingleton<IceServers>();
        services.AddPhoneLines(configuration);
        services.AddEvidenceFiles(configuration);
        services.AddDrain();
        services.AddUseCases();
        services.AddLive();
        services.AddHealth();
        services.AddApiDocument();
        services.AddServer();
        return services;
    }

    /// <summary>Maps routes, hubs and pages. The first to handle a request, so that every refusal is a problem with safe headers.</summary>
    public static WebApplication MapCampusCareGateway(this WebApplication app)
    {
        app.UseSafeHeaders();
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseProblemDetails();
        app.UseDrain();
        app.UseWebFiles();
        app.UseMethods();
        app.UseCors();
        app.UseAuthentication();
        app.UseDoor();
        app.UsePolls();
        app.UseAuthorization();
        app.UseOnBehalf();

        app.MapWebPages();
        app.MapHealth();
        app.MapApiDocument();
        app.MapDocs();
        app.MapCampuses();
        app.MapRoster();
        app.MapTickets();
        app.MapSupervision();
        app.MapRemedies();
        app.MapIncidents();
        app.MapReviews();
        app.MapLanguageModel();
        app.MapHistory();
        app.MapKnowledge();
        app.MapWebhooks();
        app.MapChannels();
        app.MapEvidence();
        app.MapVoice();
        app.MapCustomers();
        app.MapApiKeys();
        app.MapAudit();
        app.MapIdentity();
        if (app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value.DemoIssuer)
        {
            app.MapBuiltInIssuer();
            app.MapDemo();
        }
        var connections = ConnectionOptions(app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value);
        app.MapHub<CustomerHub>("/hubs/customer", connections);
        app.MapHub<AgentHub>("/hubs/agent", connections);
        app.MapHub<SupervisorHub>("/hubs/supervisor", connections);
        return app;
    }

    /// <summary>The generated metadata of a type that crosses the wire.</summary>
    internal static JsonTypeInfo<T> GetTypeInfo<T>(this JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    private static Action<HttpConnectionDispatcherOptions> ConnectionOptions(GatewayOptions gateway) => options =>
    {
        options.CloseOnAuthenticationExpiration = true;
        options.TransportSendTimeout = gateway.SendTimeout;
    };

    private static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<CampusKeys>();
        services.AddSingleton<StaffClaims>();
        services.AddSingleton<BuiltInIssuer>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<SignInCodes>();
        services.AddSingleton<TokenCache>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, TokenSchemes>();
        services.AddAuthentication(CallerHandler.Name)
            .AddScheme<AuthenticationSchemeOptions, CallerHandler>(CallerHandler.Name, null)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null)
            .AddJwtBearer(TokenSchemes.Customers, static _ => { })
            .AddJwtBearer(TokenSchemes.Staff, static _ => { });
        services.AddAuthorization(Access.Configure);
    }

    private static void AddDrain(this IServiceCollection services)
    {
        services.AddSingleton<HubConnections>();
        services.AddSingleton(static provider => new Drain(
            provider.GetRequiredService<HubConnections>(), provider.GetRequiredService<Load>(), provider.GetRequiredService<IOptions<GatewayOptions>>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Drain>>()));
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
    }

    private static void UseDrain(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<Drain>();
        app.Use((http, next) => drain.Pass(http, next));
    }

    private static void UsePolls(this WebApplication app)
    {
        var polls = app.Services.GetRequiredService<Polls>();
        app.Use((http, next) => polls.Pass(http, next));
    }

    private static void AddUseCases(this IServiceCollection services)
    {
        services.AddSingleton<Cluster>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<CampusFacts>();
        services.AddSingleton<Roster>();
        services.AddSingleton<OpenAlerts>();
        services.AddSingleton<CampusOrigins>();
        services.AddSingleton<ManageKeys>();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<OpenContact>();
        services.AddSingleton<ReceiveContact>();
        services.AddSingleton<WriteMessage>();
        services.AddSingleton<Calls>();
        services.AddSingleton<ReadTickets>();
        services.AddSingleton<EndTicket>();
        services.AddSingleton<Supervise>();
        services.AddSingleton<UseRemedies>();
        services.AddSingleton<PictureEye>();
        services.AddSingleton<UseIncidents>();
        services.AddSingleton<LiveRooms>();
        services.AddSingleton<ReadForecast>();
        services.AddSingleton<SearchHistory>();
        services.AddSingleton<ReviewDecisions>();
        services.AddSingleton<UseLanguageModel>();
        services.AddSingleton<UseKnowledge>();
        services.AddSingleton<AgentWork>();
        services.AddSingleton<CustomerData>();
        services.AddSingleton<AttachEvidence>();
    }

    private static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<ObserverReference>();
        services.AddSingleton<GatewayObserver>();
        services.AddSingleton<Follows>();
        services.AddSingleton<QueueLines>();
        services.AddSingleton<TicketWatches>();
        services.AddSingleton<AgentDesks>();
        services.AddSingleton<Wallboards>();
        services.AddSingleton<ListeningRooms>();
        services.AddSingleton<IncidentBoards>();
        services.AddSingleton<LineTickets>();
        services.AddSingleton<Renewals>().AddHostedService(static services => services.GetRequiredService<Renewals>());
    }

    private static void AddServer(this IServiceCollection services)
    {
        services.AddSingleton<ICorsPolicyProvider, CampusCors>();
        services.AddCors();
        services.AddHsts(static hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        services.ConfigureHttpJsonOptions(static json => GatewayJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = true);
        services.AddSignalR(static hubs =>
        {
            hubs.AddFilter<HubConnections>();
            hubs.AddFilter<Polls>();
            hubs.AddFilter<HubDoor>();
        }).AddJsonProtocol(static json => GatewayJson.Configure(json.PayloadSerializerOptions));
        services.AddOptions<HubOptions>().Configure(static (HubOptions hubs, IOptions<GatewayOptions> gateway) =>
            hubs.MaximumReceiveMessageSize = gateway.Value.MaxHubMessageBytes);
        services.AddOptions<KestrelServerOptions>().Configure(static (KestrelServerOptions kestrel, IOptions<GatewayOptions> gateway) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = gateway.Value.MaxRequestBytes;
        });
    }

    private static JsonSerializerOptions NewJson()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        GatewayJson.Configure(json);
        json.MakeReadOnly();
        return json;
    }
}
