using CampusCare.Contracts;
using CampusCare.Gateway.Draining;
using CampusCare.Gateway.UseCases;
using CampusCare.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/health/live</c>: the process runs. <c>/health/ready</c>: it can serve, or says what is missing.</summary>
internal static class HealthRoutes
{
    private const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<StaysHere>("process", tags: [Ready])
        .AddCheck<GrainsAnswer>("grains", tags: [Ready])
        .AddCheck<StorageAnswers>("storage", tags: [Ready]);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = static check => check.Tags.Contains(Ready), ResponseWriter = Write }).AllowAnonymous();
    }

    private static Task Write(HttpContext http, HealthReport report) => http.Response.WriteAsync(
        string.Concat(report.Entries.Select(static entry => $"{entry.Key}: {entry.Value.Status}. {entry.Value.Description}\n")));
}

/// <summary>Whether the process goes on.</summary>
internal sealed class StaysHere(Drain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        drain.Begun.IsCancellationRequested ? HealthCheckResult.Unhealthy("Draining: this process is about to stop.") : HealthCheckResult.Healthy("It runs."));
}

/// <summary>Whether a grain answers: any campus will do, also one that nobody set up.</summary>
internal sealed class GrainsAnswer(Cluster cluster) : IHealthCheck
{
    private const string AnyCampus = "health";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await cluster.Done(cluster.Grains.Campus(AnyCampus).Settings()) is { } problem ? HealthCheckResult.Unhealthy(problem.Detail) : HealthCheckResult.Healthy("Grains answer.");
}

/// <summary>Whether the read model answers, where the process has one; a stand-alone gateway reaches storage through grains alone.</summary>
internal sealed class StorageAnswers(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (services.GetService<ITicketReadModel>() is not { } storage) return HealthCheckResult.Healthy("Not asked: the silos have it.");
        try
        {
            await storage.Find("health", "health", cancellationToken);
            return HealthCheckResult.Healthy("Storage answers.");
        }
        catch (StorageUnavailableException error)
        {
            return HealthCheckResult.Unhealthy("Storage can't be read now.", error);
        }
    }
}
