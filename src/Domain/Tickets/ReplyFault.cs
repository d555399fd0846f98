namespace CampusCare.Domain.Tickets;

/// <summary>Why a reply did not reach the customer's channel, by name.</summary>
public enum ReplyFault
{
    /// <summary>The provider could not be reached, or did not answer in time.</summary>
    Unreachable,

    /// <summary>The provider answered that it is broken or busy.</summary>
    ProviderFailed,

    /// <summary>The provider takes no more at this moment, or today.</summary>
    QuotaUsedUp,

    /// <summary>The provider doesn't know us: credentials are wrong or expired.</summary>
    CredentialsRefused,

    /// <summary>The customer wrote too long ago: the channel takes no reply any more.</summary>
    OutsideWindow,

    /// <summary>The customer must write again before the channel takes another reply.</summary>
    NoReplyLeft,

    /// <summary>Nobody can be reached at the address, or nobody wants to be.</summary>
    AddressRefused,

    /// <summary>The provider refuses what the reply says.</summary>
    ContentRefused,

    /// <summary>The reply is longer than the channel takes.</summary>
    TooLong,

    /// <summary>The campus has no such channel set up.</summary>
    NotConfigured,

    /// <summary>The provider took it, and told later that it did not arrive.</summary>
    NotDelivered,

    /// <summary>A machine wrote; machines are not answered, or the two would go on for ever.</summary>
    AutomaticSender,
}

/// <summary>How an attempt to bring a reply to the customer's channel ended.</summary>
public enum ReplyEnd
{
    /// <summary>The provider has it.</summary>
    Sent,

    /// <summary>Not now: try again.</summary>
    Later,

    /// <summary>Trying again would not help.</summary>
    Never,
}
