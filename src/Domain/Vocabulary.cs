namespace CampusCare.Domain;

/// <summary>In which role somebody contacts us.</summary>
public enum CustomerRole { Student, Rider, Merchant }

/// <summary>What a customer was promised: a VIP has a lane and targets of its own.</summary>
public enum CustomerTier { Standard, Vip }

/// <summary>The way a contact reached us; Proactive: nobody asked, we wrote first.</summary>
public enum Channel { Web, Rest, MiniProgram, Phone, Email, Sms, WeChat, Webhook, Proactive, Voice }

/// <summary>How a contact keeps an agent busy: several chats at once, one call, forms in between.</summary>
public enum Medium { Chat, Call, Form }

/// <summary>The media of the channels.</summary>
public static class Media
{
    /// <summary>Which medium a contact of a channel is.</summary>
    public static Medium Of(Channel channel) => channel switch
    {
        Channel.Web or Channel.MiniProgram or Channel.WeChat or Channel.Proactive => Medium.Chat,
        Channel.Phone or Channel.Voice => Medium.Call,
        Channel.Rest or Channel.Email or Channel.Sms or Channel.Webhook => Medium.Form,
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "No such channel."),
    };
}

/// <summary>Who wrote a message.</summary>
public enum Author { Customer, Agent, System, Bot, Supervisor }

/// <summary>What an agent chose (a person's word, not the system's).</summary>
public enum AgentStatus { Offline, Available, Busy, Break, Training }

/// <summary>What the system computed about an agent: nothing to do, an offer pending, in conversation, or finishing after-contact work.</summary>
public enum RoutingState { Idle, Reserved, Working, WrappingUp }

/// <summary>Where a ticket stands. Every acknowledged ticket is in exactly one phase, and it is never <see cref="New"/>.</summary>
public enum TicketPhase { New, Waiting, Offered, Assigned, Resolved, Closed }

/// <summary>How an offer of one ticket to one agent stands or ended.</summary>
public enum ReservationState { Pending, Accepted, Rejected, TimedOut, Rescinded, Canceled, Wrapping, Completed }

/// <summary>What a customer says about the bot's answer: it helped, it didn't, or a person shall come.</summary>
public enum AnswerVerdict { Helped, NotHelped, Person }

/// <summary>Why a ticket was closed.</summary>
public enum ClosingReason { Confirmed, Rated, GivenUp, Silent, Erasure }

/// <summary>Why the words, names and numbers of a ticket were erased: the campus keeps them no longer, or the customer asked for it.</summary>
public enum ErasureReason { Retention, Request }

/// <summary>What is done with all data of one customer.</summary>
public enum DataRequestKind { Export, Erasure }

/// <summary>Every "no" that a caller can hear, by name.</summary>
public enum RefusalCode
{
    /// <summary>No such thing, or not of this campus (the two are not told apart on purpose).</summary>
    NotFound,
    /// <summary>A field of the request can't be used; the refusal names it.</summary>
    Invalid,
    /// <summary>The caller may not do this.</summary>
    Forbidden,
    /// <summary>The contact id was used before, with another content.</summary>
    ContactIdReused,
    /// <summary>The message id was used before, with another content.</summary>
    MessageIdReused,
    /// <summary>The ticket is closed: open a new contact.</summary>
    TicketClosed,
    /// <summary>The offer timed out, was taken back or answered before.</summary>
    OfferGone,
    /// <summary>The ticket is with another agent, or with none.</summary>
    NotYourTicket,
    /// <summary>Only a resolved ticket can be rated, confirmed or wrapped up.</summary>
    NotResolved,
    /// <summary>The ticket was rated before.</summary>
    AlreadyRated,
    /// <summary>The ticket's waiting ended: it is resolved or with an agent.</summary>
    NotWaiting,
    /// <summary>The agent has no free slot.</summary>
    NoRoom,
    /// <summary>The store refused (read-only, full or away). Nothing was kept; try again later.</summary>
    StorageUnavailable,
    /// <summary>Too many requests wait to be stored. Nothing was kept; try again in a moment.</summary>
    Overloaded,
    /// <summary>The store's answer was lost. Repeat the same command with the same id: it will not be done twice.</summary>
    OutcomeUnknown,
    /// <summary>The ticket isn't over: only what is over can be erased.</summary>
    TicketOpen,
    /// <summary>What is to be changed was changed since the caller read it: read it again.</summary>
    PreconditionFailed,
    /// <summary>Nobody talks just now: the ticket waits, or is over. There is nothing to whisper into, to join or to take over.</summary>
    NotLive,
    /// <summary>A supervisor has to join a conversation before the customer can be written to.</summary>
    NotJoined,
    /// <summary>The campus's policy gives nothing here, or not this.</summary>
    NoRemedy,
    /// <summary>The remedy is paid, on its way, or over: there is nothing to approve or to take back.</summary>
    RemedySettled,
    /// <summary>Whoever granted it can't approve it.</summary>
    SecondPerson,
    /// <summary>Somebody else judged it before: one verdict is kept.</summary>
    AlreadyReviewed,
    /// <summary>The time for judging it is over.</summary>
    ReviewLapsed,
    /// <summary>There is no language model, it gave no answer in time, or the day's budget is used.</summary>
    NoSuggestion,
    /// <summary>The agent still has conversations in hand: they are handed over first.</summary>
    HasConversations,
}

/// <summary>A skill at a level from 1 (can help) to 5 (knows best).</summary>
public readonly record struct SkillLevel(string Skill, int Level);
