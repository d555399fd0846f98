using CampusCare.Domain;
using CampusCare.Domain.Tickets;

namespace CampusCare.Simulation;

/// <summary>Replies to channels outside of the pages, as the stored events and the provider tell them.</summary>
internal sealed class RunningReplies(TimeProvider time)
{
    // After the next attempt was due, for the reply or for one before it: how long a line of failures is, chance decides.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> _outside = [];
    private readonly HashSet<(string Ticket, long Seq)> _taken = [];
    private readonly Dictionary<(string Ticket, long Seq), DateTimeOffset> _underWay = [];
    private readonly Dictionary<string, DateTimeOffset> _nextTry = [];

    /// <summary>A provider took a reply.</summary>
    public void Taken(string ticketId, long seq) => _taken.Add((ticketId, seq));

    /// <summary>Takes an event; in words what is wrong with a reply that ended, null when nothing is.</summary>
    public string? See(string ticket, TicketEvent happened, long seq)
    {
        switch (happened)
        {
            case Opened { Personal.ReplyTo: not null }:
                _outside.Add(ticket);
                return null;
            case MessagePosted { Author: Author.Customer, Channel: not null, Personal.ReplyTo: null }:
                _outside.Remove(ticket);
                foreach (var moot in _underWay.Keys.Where(reply => reply.Ticket == ticket).ToList()) _underWay.Remove(moot);
                return null;
            case MessagePosted { Author: not Author.Customer } when _outside.Contains(ticket):
                _underWay.Add((ticket, seq), time.GetUtcNow());
                return null;
            case ReplySent e when !_taken.Contains((ticket, e.ReplySeq)):
                return $"{ticket}: nobody took reply {e.ReplySeq}.";
            case ReplySent e:
                return End(ticket, e.ReplySeq);
            case ReplyFailed e:
                return End(ticket, e.ReplySeq);
            case ReplyDelayed e:
                _nextTry[ticket] = e.NextAt;
                return null;
            default:
                return null;
        }
    }

    /// <summary>A reply that was forgotten, in words.</summary>
    public string? Overdue()
    {
        var now = time.GetUtcNow();
        return _underWay.FirstOrDefault(reply => now - reply.Value > Longest && now - _nextTry.GetValueOrDefault(reply.Key.Ticket) > Longest) is { Key.Ticket: { } ticket } late
            ? $"{ticket}: reply {late.Key.Seq} is under way since {late.Value:mm:ss}."
            : null;
    }

    // The next one of the ticket has its turn now.
    private string? End(string ticket, long seq)
    {
        _nextTry[ticket] = time.GetUtcNow();
        return _underWay.Remove((ticket, seq)) ? null : $"{ticket}: reply {seq} ended twice.";
    }
}
