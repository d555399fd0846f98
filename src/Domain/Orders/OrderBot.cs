using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Orders;

/// <summary>What the bot answers from an order's facts, before it looks for an article.</summary>
public static class OrderBot
{
    /// <summary>Where the order is, for a customer who asks that; null when it is not for the bot to say.</summary>
    /// <param name="policy">What the bot of the campus may do.</param>
    /// <param name="order">The customer's order; null when none is known.</param>
    /// <param name="question">The customer's words.</param>
    /// <param name="language">In which language it speaks.</param>
    public static BotTurn? Answer(BotPolicy policy, OrderFacts? order, BotQuestion question, string language)
    {
        if (order is null || question.Role != CustomerRole.Student || !OrderQuestions.AsksWhere(question.Text)) return null;
        if (CustomerWords.WantsPerson(question.Text) || question.Urgency == Urgency.Critical || question.Category == Category.FoodSafety || policy.NotFor.Contains(question.Category)) return null;
        // Who misses what the order system says was delivered, or money, needs somebody who looks into it.
        if (order.State == OrderState.Delivered && question.Sentiment == Sentiment.Negative) return null;
        if (OrderAnomalies.Find(order, question.Now).Any(static seen => seen.Kind is OrderAnomaly.MoneyNotBack)) return null;
        var text = BotTexts.WithEmpathy(OrderTexts.Status(order, question.Now, language), question, language);
        return new BotTurn(BotDoes.Answer, language, question.Outside ? BotTexts.WithoutButtons(text, [], language) : text)
        {
            ArticleId = OrderTexts.ArticleId,
            Version = 1,
            Confidence = 1,
        };
    }
}
