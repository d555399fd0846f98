namespace CampusCare.PeakHour.Profiles;

/// <summary>When things happened to one contact, since the run began; null for what never did.</summary>
/// <param name="Due">It was due.</param>
/// <param name="Acked">The gateway acknowledged it.</param>
/// <param name="Offered">An agent saw it.</param>
/// <param name="Accepted">An agent was told to have it.</param>
/// <param name="Resolved">An agent was told that it is resolved.</param>
public sealed record TicketTimes(TimeSpan Due, TimeSpan? Acked, TimeSpan? Offered, TimeSpan? Accepted, TimeSpan? Resolved);

/// <summary>A message of an agent to a customer who was looking.</summary>
/// <param name="Sent">When it was sent.</param>
/// <param name="Delivered">When the customer's connection had it; null when it never had.</param>
public sealed record MessageTimes(TimeSpan Sent, TimeSpan? Delivered);

/// <summary>One look at the agents and processes.</summary>
/// <param name="At">When.</param>
/// <param name="AtWork">Agents at work.</param>
/// <param name="Processes">By name.</param>
public sealed record Sample(TimeSpan At, int AtWork, IReadOnlyDictionary<string, Usage> Processes);

/// <summary>A piece of the run.</summary>
/// <param name="At">When it began, in seconds.</param>
/// <param name="Clock">Which time of day that is in the profile.</param>
/// <param name="Arrivals">Contacts that were due in it.</param>
/// <param name="Waiting">Contacts acknowledged and with no agent at its end.</param>
/// <param name="InHand">Tickets with agents at its end.</param>
/// <param name="AtWork">Agents at work at its end.</param>
/// <param name="OpenToAck">Of the contacts that were due in it.</param>
/// <param name="AckToOffer">Of the contacts that were due in it.</param>
/// <param name="MessageToDelivered">Of the messages sent in it.</param>
/// <param name="ServiceLevel">Of the contacts due in it, the share that an agent had in time; null when there were none.</param>
/// <param name="Cpu">Processors in use, by process.</param>
/// <param name="Megabytes">Memory, by process.</param>
public sealed record Bucket(
    double At, string Clock, int Arrivals, int Waiting, int InHand, int AtWork, Latency OpenToAck, Latency AckToOffer, Latency MessageToDelivered, double? ServiceLevel,
    IReadOnlyDictionary<string, double> Cpu, IReadOnlyDictionary<string, double> Megabytes);

/// <summary>Cuts what happened into pieces of one length.</summary>
public static class Timeline
{
    /// <summary>As many pieces as a plot can show.</summary>
    public const int Most = 120;

    /// <summary>From the acknowledgement to the first offer; nothing when the offer came first.</summary>
    public static TimeSpan? AckToOffer(TicketTimes ticket) =>
        ticket is { Acked: { } acked, Offered: { } offered } ? offered > acked ? offered - acked : TimeSpan.Zero : null;

    /// <summary>Whether an agent had it within so many seconds from when it was due.</summary>
    public static bool InTime(TicketTimes ticket, double seconds) => ticket.Accepted is { } accepted && (accepted - ticket.Due).TotalSeconds <= seconds;

    public static IReadOnlyList<Bucket> Of(Profile profile, TimeSpan length, IReadOnlyList<TicketTimes> tickets, IReadOnlyList<MessageTimes> messages, IReadOnlyList<Sample> samples)
    {
        var width = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(length.TotalSeconds / Most)));
        var due = tickets.ToLookup(ticket => (int)(ticket.Due / width));
        var sent = messages.ToLookup(message => (int)(message.Sent / width));
        return [.. Enumerable.Range(0, (int)Math.Ceiling(length / width)).Select(i => One(i))];

        Bucket One(int i)
        {
            var (begin, end) = (i * width, (i + 1) * width);
            var mine = due[i].ToList();
            var last = samples.LastOrDefault(sample => sample.At < end);
            var before = samples.LastOrDefault(sample => sample.At < begin);
            return new(
                begin.TotalSeconds, profile.ClockAt(begin), mine.Count,
                tickets.Count(ticket => ticket.Acked < end && !(ticket.Accepted < end)), tickets.Count(ticket => ticket.Accepted < end && !(ticket.Resolved < end)), last?.AtWork ?? 0,
                Latency.Of(mine.Where(static ticket => ticket.Acked is not null).Select(static ticket => ticket.Acked!.Value - ticket.Due)),
                Latency.Of(mine.Select(AckToOffer).OfType<TimeSpan>()),
                Latency.Of(sent[i].Where(static message => message.Delivered is not null).Select(static message => message.Delivered!.Value - message.Sent)),
                mine.Count == 0 ? null : Math.Round((double)mine.Count(ticket => InTime(ticket, profile.Targets.ServiceSeconds)) / mine.Count, 4),
                Cpu(before, last), Memory(last));
        }
    }

    private static Dictionary<string, double> Memory(Sample? sample) =>
        sample?.Processes.ToDictionary(static process => process.Key, static process => Math.Round(process.Value.Bytes / 1e6, 1)) ?? [];

    // A process that began anew in between counts from its start.
    private static Dictionary<string, double> Cpu(Sample? before, Sample? last)
    {
        if (before is null || last is null || last.At <= before.At) return [];
        return last.Processes.Where(process => before.Processes.ContainsKey(process.Key)).ToDictionary(static process => process.Key, process =>
        {
            var spent = process.Value.CpuSeconds - before.Processes[process.Key].CpuSeconds;
            return Math.Round((spent < 0 ? process.Value.CpuSeconds : spent) / (last.At - before.At).TotalSeconds, 3);
        });
    }
}
