using CampusCare.Contracts.Channels;
using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.LanguageModels;
using CampusCare.Contracts.Queues;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Tickets;

/// <summary>One matter of one customer, from the first contact to the closing. The journal is its only truth.</summary>
[Alias("Ticket")]
public interface ITicketGrain : IGrainWithStringKey
{
    /// <summary>Opens the ticket, understands the text, and puts it into its queue. Repeating it is harmless.</summary>
    Task<Outcome<Receipt>> Open(OpenTicket command);

    /// <summary>Opens the ticket of an order that went wrong, when policy gives something for it without a person. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> Foresee(TroubledOrder order);

    /// <summary>The ticket as it stands.</summary>
    Task<Outcome<TicketView>> Get();

    /// <summary>The ticket as it stands, and its events after a seq, oldest first (0: all).</summary>
    Task<Outcome<TicketHistory>> History(long afterSeq);

    /// <summary>Adds a message. A customer's message to a resolved ticket reopens it. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> Post(PostMessage command);

    /// <summary>The agent takes the offered ticket.</summary>
    Task<Outcome<TicketView>> Accept(AnswerOffer command);

    /// <summary>The agent declines the offered ticket; it goes on waiting at its place.</summary>
    Task<Outcome<TicketView>> Reject(AnswerOffer command);

    /// <summary>The agent declares the matter solved. With a disposition the after-contact work is done too.</summary>
    Task<Outcome<TicketView>> Resolve(ResolveTicket command);

    /// <summary>The agent ends the after-contact work.</summary>
    Task<Outcome<TicketView>> WrapUp(ResolveTicket command);

    /// <summary>The agent hands the ticket to another queue or agent.</summary>
    Task<Outcome<TicketView>> Transfer(TransferTicket command);

    /// <summary>The agent asks a colleague, by a ticket of its own that is queued and offered like any; the agent keeps this one.</summary>
    Task<Outcome<TicketView>> Consult(ConsultColleague command);

    /// <summary>The agent promises the customer to come back by a time.</summary>
    Task<Outcome<TicketView>> Promise(MakePromise command);

    /// <summary>The agent who has the ticket looks at the customer's phone number; the journal says who looked.</summary>
    Task<Outcome<PhoneNumber>> ShowPhone(string agentId);

    /// <summary>Staff write for colleagues only. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> Note(WriteNote command);

    /// <summary>A supervisor begins to read along; the journal keeps it once for each supervisor.</summary>
    Task<Outcome<TicketView>> Listen(SupervisorRef supervisor);

    /// <summary>A supervisor writes to the agent alone. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> Whisper(WhisperToAgent command);

    /// <summary>A supervisor joins, the customer sees it, and from then on the supervisor may write. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> Join(SupervisorRef supervisor);

    /// <summary>A supervisor who had joined leaves. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> Leave(SupervisorRef supervisor);

    /// <summary>A supervisor takes the conversation from its agent, whose slot is free then: for the own desk, or for another queue or agent. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> TakeOver(TakeOverTicket command);

    /// <summary>Passes a word of one browser on to the other one of a call, while both are in it. It is not kept; a lost one is said again.</summary>
    Task<Outcome<TicketView>> Signal(SendSignal command);

    /// <summary>Something happened to the sound of a call. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> MoveCall(MoveCall command);

    /// <summary>The customer goes, keeps the place, and is called back.</summary>
    Task<Outcome<TicketView>> KeepPlace(KeepPlace command);

    /// <summary>The customer rates a resolved ticket, which closes it.</summary>
    Task<Outcome<TicketView>> Rate(RateTicket command);

    /// <summary>The customer says whether the bot's answer helped, or asks for a person. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> Judge(JudgeAnswer command);

    /// <summary>The customer says that it is solved, or no longer wanted.</summary>
    Task<Outcome<TicketView>> Close(CloseTicket command);

    /// <summary>A picture was kept: puts it on record. The same one is added once.</summary>
    Task<Outcome<TicketView>> AddEvidence(AddEvidence command);

    /// <summary>Deletes pictures that were kept before a time and that the ticket doesn't name: whoever sent them was cut off. Repeating it is harmless.</summary>
    /// <returns>How many were deleted.</returns>
    Task<int> DropOrphans(DateTimeOffset before);

    /// <summary>
    /// Erases words, names, numbers and evidence files, from the journal and from memory, and those of the questions to colleagues about it.
    /// The hash chain still holds. Repeating it is harmless.
    /// </summary>
    Task<Outcome<ErasedTicket>> Erase(EraseTicket command);

    /// <summary>Tells this gateway of new events until the time is over (<see cref="FollowTimes.Lifetime"/>); renew before.</summary>
    Task Follow(string gatewayId, IGatewayObserver gateway);

    /// <summary>The agent grants what policy gives; what needs a second person waits for one. The same rule is granted once for an order.</summary>
    Task<Outcome<TicketView>> GrantRemedy(GrantRemedy command);

    /// <summary>A supervisor approves what an agent granted. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> ApproveRemedy(ApproveRemedy command);

    /// <summary>What waits for approval is taken back. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> TakeRemedyBack(TakeRemedyBack command);

    /// <summary>A supervisor looked at the doubts of what is proposed, and found nothing in them; policy is asked again then. Repeating it is harmless.</summary>
    Task<Outcome<TicketView>> ClearDoubts(ClearDoubts command);

    /// <summary>The ticket's own hint: something may be given, by what it knows now.</summary>
    [OneWay] Task ConsiderRemedy();

    /// <summary>The ticket's own hint: how an attempt to pay ended.</summary>
    [OneWay] Task RemedyTried(RemedyTried attempt);

    /// <summary>The language desk's hint: a summary of what was handed on.</summary>
    [OneWay] Task Summarized(ModelSummary summary);

    /// <summary>The language desk's hint: what the ticket is about.</summary>
    [OneWay] Task Categorized(ModelCategory said);

    /// <summary>A queue's hint: this agent granted a reservation for you.</summary>
    [OneWay] Task ReservationGranted(Reservation reservation);

    /// <summary>A queue's hint: the reservation's time is over.</summary>
    [OneWay] Task ReservationExpired(string reservationId);

    /// <summary>A lending queue's hint: its own customers need the agent; take the offer back, unless it was accepted.</summary>
    [OneWay] Task ReservationRecalled(string reservationId);

    /// <summary>An agent's hint: the time for the after-contact work is over.</summary>
    [OneWay] Task WrapUpExpired(string reservationId);

    /// <summary>An agent's hint: the person is gone, and will not finish this.</summary>
    [OneWay] Task AgentGone(string agentId, string reservationId);

    /// <summary>A queue's hint: a clock ran out.</summary>
    [OneWay] Task ClocksDue();

    /// <summary>The order system's answer, which came after the ticket went on without it.</summary>
    [OneWay] Task OrderFound(OrderView order);

    /// <summary>A courier's hint: how an attempt to bring a reply to the customer's channel ended.</summary>
    [OneWay] Task ReplyTried(ReplyTried attempt);

    /// <summary>A provider's word: a reply that it took did not arrive.</summary>
    Task ReplyReturned(long replySeq);

    /// <summary>What came of a question to a colleague, for the ticket that asks; null while it is open.</summary>
    Task<ConsultAnswer?> AnswerOfConsult();

    /// <summary>Something that the customer may have come because of is known, or over. Told once, however often it is said.</summary>
    Task<Outcome<TicketView>> HearIncident(IncidentWord word);

    /// <summary>A consultation's hint: the colleague solved it.</summary>
    [OneWay] Task ConsultAnswered(ConsultAnswer answer);
}
