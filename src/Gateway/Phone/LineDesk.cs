using CampusCare.Channels;
using CampusCare.Channels.Phone;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Phone;

/// <summary>A call's contact.</summary>
/// <param name="Campus">Whose number was dialled.</param>
/// <param name="CustomerId">Who calls.</param>
/// <param name="TicketId">The ticket that it opened.</param>
internal sealed record LineContact(string Campus, string CustomerId, string TicketId);

/// <summary>What calls from the telephone network do to tickets; each may be repeated, and is while the system doesn't answer.</summary>
internal sealed class LineDesk(Cluster cluster, OpenContact contacts, TimeProvider time)
{
    /// <summary>Attempts before a command is given up.</summary>
    public const int MaximumAttempts = 5;

    /// <summary>What the next agent, and the one who did not pick up, is told.</summary>
    public const string NotAnswered = "坐席电话无人接听 · the agent's telephone was not answered";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Stores the contact of a call; the same channel opens the same ticket. Null: it can't be stored.</summary>
    public async Task<LineContact?> Open(string campus, LineCall call, string topic, CancellationToken stop)
    {
        // Whoever withholds the number is somebody else each time, and nobody who has a number that looks like the channel's.
        var address = call.Number.Length > 0 ? call.Number : string.Concat(call.ChannelId.Select(static c => $"{(int)c:000}"));
        var name = Addresses.NameOf(campus, Channel.Phone, address);
        var owner = await Try(() => cluster.Read(cluster.Grains.Address(campus, name).Owner(), owner => (Reply<string>)(owner ?? name)), stop);
        if (owner.Value is not { } customer) return null;
        var caller = new Caller(campus, customer, ReceiveContact.UnknownName, Role.Customer, CustomerRole.Student, call.Number.Length > 0 ? call.Number : null);
        var request = new ContactRequest(topic, Channel: Channel.Phone, ContactId: Addresses.IdOf(call.ChannelId));
        return (await Try(() => contacts.Open(caller, request, Channel.Phone), stop)).Value is { } receipt ? new LineContact(campus, customer, receipt.Ticket.TicketId) : null;
    }

    /// <summary>The caller wants to be called back.</summary>
    public Task<Reply<TicketView>> KeepPlace(LineContact contact, CancellationToken stop) =>
        Try(() => cluster.Command(Ticket(contact).KeepPlace(new KeepPlace(contact.CustomerId, Channel.Phone))), stop);

    /// <summary>The caller went: before anybody was there, and gave up; or from an agent, who has the after-contact work then. Who is called back is not gone.</summary>
    public Task<Reply<TicketView>> Leave(LineContact contact, CancellationToken stop) => Try(
        async () =>
        {
            var reply = await cluster.Read(Ticket(contact).Get());
            return reply.Value switch
            {
                { Phase: TicketPhase.Assigned } => await cluster.Command(Ticket(contact).MoveCall(new MoveCall(Author.Customer, contact.CustomerId, CallStep.Ended))),
                { Phase: TicketPhase.Waiting or TicketPhase.Offered, PlaceIsKept: false } => await cluster.Command(Ticket(contact).Close(new CloseTicket(contact.CustomerId))),
                _ => reply,
            };
        },
        stop);

    /// <summary>Something happened to the sound, on the agent's side.</summary>
    public Task<Reply<TicketView>> Move(LineContact contact, string agentId, CallStep step, CancellationToken stop) =>
        Try(() => cluster.Command(Ticket(contact).MoveCall(new MoveCall(Author.Agent, agentId, step))), stop);

    /// <summary>
    /// The agent did not pick up: gets nothing more for now, which a person at the desk undoes with one click, and the ticket
    /// waits again at the head of its line.
    /// </summary>
    public async Task<Reply<TicketView>> GiveBack(LineContact contact, string agentId, CancellationToken stop)
    {
        var slash = agentId.IndexOf('/');
        var agent = slash < 0 ? cluster.Grains.Agent(contact.Campus, agentId) : cluster.Grains.Agent(agentId[..slash], agentId[(slash + 1)..]);
        if ((await cluster.Read(agent.Desk())).Value is { Status: AgentStatus.Available }) await Try(() => cluster.Command(agent.SetStatus(new SetStatus(AgentStatus.Busy, NotAnswered))), stop);
        return await Try(
            async () => (await cluster.Read(Ticket(contact).Get())).Value is { } ticket
                ? await cluster.Command(Ticket(contact).Transfer(new TransferTicket(agentId, ticket.Queue, null, NotAnswered)))
                : ProblemOf.Refusal(RefusalCode.Overloaded, "The ticket can't be read now."),
            stop);
    }

    private ITicketGrain Ticket(LineContact contact) => cluster.Grains.Ticket(contact.Campus, contact.TicketId);

    private async Task<Reply<T>> Try<T>(Func<Task<Reply<T>>> command, CancellationToken stop) where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var reply = await command();
            if (reply.Problem is not { Status: 429 or >= 500 } || attempt == MaximumAttempts) return reply;
            await Task.Delay(FirstPause * (1 << (attempt - 1)), time, stop);
        }
    }
}
