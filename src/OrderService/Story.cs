namespace CampusCare.OrderService;

/// <summary>What becomes of an order.</summary>
public enum Story
{
    /// <summary>It arrives in time.</summary>
    OnTime,

    /// <summary>It is on its way, and in time.</summary>
    OnItsWay,

    /// <summary>It rains, and it arrived 40 minutes late.</summary>
    Late,

    /// <summary>The rider has a flat tyre: it is late, and still on its way.</summary>
    Stranded,

    /// <summary>The kitchen closed: canceled, and the money is not back.</summary>
    Canceled,

    /// <summary>Canceled, and the money is back.</summary>
    Refunded,

    /// <summary>It stands ready, and no rider comes.</summary>
    NoRider,
}
