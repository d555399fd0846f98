using System.Data.Common;
using System.Diagnostics.Metrics;
using CampusCare.Contracts;
using CampusCare.Domain;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Storage;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.UseCases;

/// <summary>Asks grains, within the time limit, and gives what can go wrong on the way a name.</summary>
internal sealed partial class Cluster(IGrainFactory grains, IOptions<GatewayOptions> options, TimeProvider time, IMeterFactory meters, ILogger<Cluster> log)
{
    private const string Silent = "silent", Storage = "storage";

    private static readonly Problem NoAnswer =
        ProblemOf.Refusal(RefusalCode.Overloaded, "The system didn't answer in time. Try again in a moment.");

    private static readonly Problem NobodyKnows =
        ProblemOf.Refusal(RefusalCode.OutcomeUnknown, "The system didn't answer in time, so the outcome is unknown. Repeat the same request with the same id: it will not be done twice.");

    private static readonly Problem NoStorage =
        ProblemOf.Refusal(RefusalCode.StorageUnavailable, "The store can't be reached now. Nothing was changed; try again in a moment.");

    private readonly TimeSpan _limit = options.Value.CallTimeout;

    private readonly Tally _unanswered = new(
        meters.Create(Load.MeterName), "campuscare.gateway.unanswered", "{call}", "Calls of grains without an answer, by cause", "cause", Silent, Storage);

    /// <summary>The grains themselves, for calls that are no requests of a client.</summary>
    public IGrainFactory Grains => grains;

    /// <summary>Waits for a command.</summary>
    public Task<Reply<T>> Command<T>(Task<Outcome<T>> call) where T : class => Wait(call, Of, NobodyKnows);

    /// <summary>Waits for an answer that changes nothing.</summary>
    public Task<Reply<T>> Read<T>(Task<Outcome<T>> call) where T : class => Wait(call, Of, NoAnswer);

    /// <summary>Waits for an answer that changes nothing and is never refused.</summary>
    public Task<Reply<TResult>> Read<T, TResult>(Task<T> call, Func<T, Reply<TResult>> map) where TResult : class => Wait(call, map, NoAnswer);

    /// <summary>Waits for a call without an answer; null when it is done.</summary>
    public async Task<Problem?> Done(Task call) =>
        (await Wait(Finished(call), static done => (Reply<Done>)done, NoAnswer)).Problem;

    private static async Task<Done> Finished(Task call)
    {
        await call;
        return Problems.Done.Value;
    }

    private async Task<Reply<TResult>> Wait<T, TResult>(Task<T> call, Func<T, Reply<TResult>> map, Problem timeout) where TResult : class
    {
        try
        {
            return map(await call.WaitAsync(_limit, time));
        }
        catch (Exception error) when (error is TimeoutException or OrleansException)
        {
            Failed(error, typeof(T));
            _unanswered.Add(Silent);
            return timeout;
        }
        catch (Exception error) when (error is StorageUnavailableException or DbException)
        {
            Failed(error, typeof(T));
            _unanswered.Add(Storage);
            return NoStorage;
        }
    }

    private static Reply<T> Of<T>(Outcome<T> outcome) where T : class =>
        outcome.Value is { } value ? value : ProblemOf.Refusal(outcome.Refusal!);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A grain's answer ({Answer}) did not come.")]
    private partial void Failed(Exception error, Type answer);
}
