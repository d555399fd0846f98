using CampusCare.ClientKit;

namespace CampusCare.PeakHour;

/// <summary>One load run against a gateway: students ask at the set rate, agents answer, then the journals are read back.</summary>
public sealed class PeakRun(PeakOptions options, IReadOnlyList<TextLine> lines, Uri url, TimeProvider time, TextWriter log)
{
    private readonly Ledger _ledger = new(time);
    private readonly Random _chance = new(options.Seed);

    // Contacts are idempotent by their id: without a mark of its own a second run would meet the first one's tickets.
    private readonly string _run = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x");

    /// <summary>Told with each acknowledged contact how many there are by now.</summary>
    public Action<int>? Opened { get; init; }

    public async Task<PeakReport> Go(CancellationToken stop)
    {
        using var gateway = new GatewayClient(url, PeakLimits.Connections);
        log.WriteLine($"signing in: {Math.Min(lines.Count, PeakLimits.Students)} students, {options.Agents} agents at {url} ({options.Campus})");
        await using var crowd = await Crowd.SignIn(gateway, options, Math.Min(lines.Count, PeakLimits.Students), stop);
        await crowd.BringAgents(gateway, options, _ledger, time, stop);

        log.WriteLine($"opening {lines.Count} contacts, {options.Rate:0.#} a second");
        var began = time.GetTimestamp();
        await OpenAll(gateway, crowd, stop);
        var sending = time.GetElapsedTime(began);
        var aftermath = new Aftermath(_ledger, time, log);
        await aftermath.Drain(PeakLimits.Stall, stop);
        var all = time.GetElapsedTime(began);

        log.WriteLine("reading the journals back");
        var journals = await aftermath.ReadBack(gateway, _ => (options.Campus, crowd.SupervisorToken), stop);
        var verdict = Truth.Judge(_ledger.Everything(), journals, crowd.Capacities);
        foreach (var finding in verdict.Findings.Take(20)) log.WriteLine($"  {finding}");
        return Report(verdict, sending, all);
    }

    private Task OpenAll(GatewayClient gateway, Crowd crowd, CancellationToken stop)
    {
        var students = Enumerable.Range(0, lines.Count).Select(_ => _chance.Next(crowd.StudentTokens.Count)).ToArray();
        return new OpenLoop(time, options.Rate, PeakLimits.InFlight).Run(lines.Count, (i, due) => Open(gateway, crowd.StudentTokens[students[i]], lines[i], due, stop), stop);
    }

    private async Task Open(GatewayClient gateway, string token, TextLine line, long due, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(PeakLimits.Request);
        try
        {
            var answer = await gateway.Open(token, options.Campus, $"{_run}-{line.Id}", line.Text, stop: patience.Token);
            if (answer.Value is { } opened)
            {
                _ledger.Acknowledged(opened.Ticket.TicketId, line.Text, due);
                Opened?.Invoke(_ledger.Opened);
            }
            else _ledger.Refused(answer.Problem?.Code ?? $"http {answer.Problem?.Status}");
        }
        catch (HttpRequestException e)
        {
            _ledger.Refused(e.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            _ledger.Refused("no answer");
        }
    }

    private PeakReport Report(Verdict verdict, TimeSpan sending, TimeSpan all) => new(
        Opened: _ledger.Opened,
        Offered: verdict.Offered,
        Resolved: verdict.Resolved,
        Lost: verdict.Lost,
        Doubled: verdict.Doubled,
        DoubleAssigned: verdict.DoubleAssigned,
        OverCapacity: verdict.OverCapacity,
        OpenToAck: _ledger.OpenToAck,
        AckToOffer: _ledger.AckToOffer,
        Unfinished: verdict.Unfinished,
        Refused: _ledger.Refusals.Values.Sum(),
        Refusals: _ledger.Refusals,
        AgentFailures: _ledger.Failures,
        Contacts: lines.Count,
        Agents: options.Agents,
        Capacity: options.Capacity,
        Rate: options.Rate,
        SentPerSecond: Math.Round(lines.Count / sending.TotalSeconds, 1),
        Seconds: Math.Round(all.TotalSeconds, 2),
        Campus: options.Campus,
        Url: url.ToString(),
        Seed: options.Seed);
}
