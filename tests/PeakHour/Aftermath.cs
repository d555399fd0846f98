using System.Collections.Concurrent;
using CampusCare.Client;
using CampusCare.ClientKit;

namespace CampusCare.PeakHour;

/// <summary>What comes after the last contact was sent.</summary>
internal sealed class Aftermath(Ledger ledger, TimeProvider time, TextWriter log)
{
    private const int ReadsAtOnce = 16;
    private const int Reads = 20;

    private static readonly TimeSpan ReadAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>Lets agents finish, as long as they get on with it.</summary>
    /// <param name="stall">With no progress for so long they are not waited for.</param>
    /// <param name="stop">Gives up.</param>
    public async Task Drain(TimeSpan stall, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < PeakLimits.Drain)
        {
            var next = ledger.NextResolved;
            if (ledger.AllResolved) return;
            try
            {
                await next.WaitAsync(stall, time, stop);
            }
            catch (TimeoutException)
            {
                log.WriteLine($"nothing was resolved for {stall.TotalSeconds:0} s: giving up on the rest");
                return;
            }
        }
    }

    /// <summary>The journals of all acknowledged tickets; those that can't be read are missing.</summary>
    /// <param name="gateway">Where to ask.</param>
    /// <param name="who">By ticket: its campus, and the token of somebody who may read it.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<IReadOnlyDictionary<string, TicketHistory>> ReadBack(GatewayClient gateway, Func<string, (string Campus, string Token)> who, CancellationToken stop)
    {
        var journals = new ConcurrentDictionary<string, TicketHistory>();
        var ids = ledger.Everything().Select(ticket => ticket.TicketId).Distinct();
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = stop }, async (id, token) =>
        {
            var (campus, supervisor) = who(id);
            var answer = await gateway.Events(supervisor, campus, id, stop: token);
            for (var attempt = 1; answer.Problem is { IsPassing: true } && attempt < Reads; attempt++)
            {
                await Task.Delay(ReadAgain, time, token);
                answer = await gateway.Events(supervisor, campus, id, stop: token);
            }
            if (answer.Value is { } journal) journals[id] = journal;
            else log.WriteLine($"  {id}: {answer.Problem?.Status} {answer.Problem?.Code}");
        });
        return journals;
    }
}
