namespace CampusCare.Domain.Triage;

/// <summary>What a message is about. A message can be about several.</summary>
public enum Category
{
    LateDelivery,
    MissingItem,
    WrongItem,
    FoodQuality,
    FoodSafety,
    Packaging,
    RefundAndPayment,
    OrderCanceled,
    RiderConduct,
    MerchantConduct,
    AddressAndContact,
    AppFault,
    Praise,
    Other,
}

/// <summary>How soon a person should look: Critical means health or safety is at stake.</summary>
public enum Urgency
{
    Low,
    Normal,
    High,
    Critical,
}

/// <summary>The mood of a message.</summary>
public enum Sentiment
{
    Negative,
    Neutral,
    Positive,
}

/// <summary>The kind of a fact found in a message.</summary>
public enum EntityKind
{
    OrderNumber,
    Phone,
    Amount,
    Place,
    Time,
    Dish,
}

/// <summary>A fact found in a message.</summary>
/// <param name="Kind">What kind of fact.</param>
/// <param name="Text">The words as the customer wrote them.</param>
/// <param name="Value">The same in one form: digits of a number, yuan with two decimals, HH:mm or minutes ("95m").</param>
/// <param name="Start">Index of the first UTF-16 unit in the message.</param>
public sealed record Entity(EntityKind Kind, string Text, string Value, int Start);

/// <summary>How sure the model is that a message is about a category.</summary>
/// <param name="Category">The category.</param>
/// <param name="Probability">In [0, 1], calibrated. Categories are independent: probabilities of one message need not sum to one.</param>
public sealed record CategoryProbability(Category Category, double Probability);

/// <summary>What triage understood of one message.</summary>
/// <param name="Category">The main category.</param>
/// <param name="Confidence">
/// How probable it is that the message is about the main category, in [0, 1], calibrated on choices. It is a little lower
/// than that category's own probability: the one that won is more often overrated than one at random.
/// </param>
/// <param name="Categories">Everything that the message is about, the main category first.</param>
/// <param name="Probabilities">One for each category, in the order of the enum.</param>
/// <param name="Urgency">How soon a person should look.</param>
/// <param name="Sentiment">The mood.</param>
/// <param name="SentimentScore">From −1 (certainly negative) to +1 (certainly positive).</param>
/// <param name="Entities">Facts in the order in which they stand in the message.</param>
public sealed record TriageResult(
    Category Category,
    double Confidence,
    IReadOnlyList<Category> Categories,
    IReadOnlyList<CategoryProbability> Probabilities,
    Urgency Urgency,
    Sentiment Sentiment,
    double SentimentScore,
    IReadOnlyList<Entity> Entities);
