using CampusCare.Contracts.Knowledge;
using CampusCare.Domain.Knowledge;

namespace CampusCare.Grains.Knowledge;

/// <summary>Knowledge as Domain knows it, and as it crosses grain calls.</summary>
public static class KnowledgeWords
{
    /// <summary>For Domain.</summary>
    public static Article Article(this ArticleContent content, string id) => new(id, content.Level, content.Categories)
    {
        Roles = content.Roles,
        Zh = Text(content.Zh),
        En = Text(content.En),
        Facts = [.. content.Facts.Select(static fact => new ArticleFact(fact.Name, fact.Zh, fact.En))],
        Steps =
        [
            .. content.Steps.Select(static step => new TreeStep(step.Id, step.Zh, step.En)
            {
                Choices = [.. step.Choices.Select(static choice => new TreeChoice(choice.Zh, choice.En, choice.Next))],
                When = step.When, Then = step.Then, Else = step.Else, Unknown = step.Unknown, ToPerson = step.ToPerson,
            }),
        ],
        ValidFrom = content.ValidFrom,
        ValidUntil = content.ValidUntil,
        StaffOnly = content.StaffOnly,
        NeedsPerson = content.NeedsPerson,
    };

    /// <summary>For grains.</summary>
    public static ArticleContent Content(this Article article) => new(article.Level, article.Categories)
    {
        Roles = article.Roles,
        Zh = Words(article.Zh),
        En = Words(article.En),
        Facts = [.. article.Facts.Select(static fact => new FactContent(fact.Name, fact.Zh, fact.En))],
        Steps =
        [
            .. article.Steps.Select(static step => new StepContent(step.Id, step.Zh, step.En)
            {
                Choices = [.. step.Choices.Select(static choice => new ChoiceContent(choice.Zh, choice.En, choice.Next))],
                When = step.When, Then = step.Then, Else = step.Else, Unknown = step.Unknown, ToPerson = step.ToPerson,
            }),
        ],
        ValidFrom = article.ValidFrom,
        ValidUntil = article.ValidUntil,
        StaffOnly = article.StaffOnly,
        NeedsPerson = article.NeedsPerson,
    };

    /// <summary>For Domain.</summary>
    public static PublishedArticle Entry(this PublishedVersion version) => new(version.Content.Article(version.ArticleId), version.Version);

    /// <summary>For Domain.</summary>
    public static ArticleRecord Record(this ArticleUse use) => new(use.ArticleId, use.Shown, use.Helped, use.NotHelped, use.Inserted) { Asked = [.. use.Asked.Select(static question => new AskedQuestion(question.Text, question.Last))] };

    /// <summary>For grains.</summary>
    internal static ArticleUse Use(this ArticleRecord record) => new(record.ArticleId, record.Shown, record.Helped, record.NotHelped, record.Inserted)
    {
        Asked = [.. record.Asked.Select(static question => new QuestionAsked(question.Text, question.Last))],
    };

    /// <summary>Both together; of the questions the latest.</summary>
    internal static ArticleUse Plus(this ArticleUse before, ArticleUse news) => news.Record().Asked.Aggregate(
        new ArticleRecord(before.ArticleId, before.Shown + news.Shown, before.Helped + news.Helped, before.NotHelped + news.NotHelped, before.Inserted + news.Inserted) { Asked = before.Record().Asked },
        static (record, question) => record.Learn(question)).Use();

    /// <summary>For grains.</summary>
    public static BotSaid Said(this BotTalk talk) => new(talk.ArticleId, talk.Version, talk.Language, talk.Step, talk.Misses) { Tried = talk.Tried, Helped = talk.Helped };

    /// <summary>For Domain.</summary>
    public static BotTalk Talk(this BotSaid said) => new(said.ArticleId, said.Version, said.Language) { Step = said.Step, Misses = said.Misses, Tried = said.Tried, Helped = said.Helped };

    /// <summary>For Domain.</summary>
    public static BotTurn Turn(this BotReply reply) => new(reply.Does, reply.Language, reply.Text)
    {
        ArticleId = reply.ArticleId,
        Version = reply.Version,
        Confidence = reply.Confidence,
        Step = reply.Step,
        Choices = reply.Choices,
        Reason = reply.Reason,
    };

    /// <summary>For grains.</summary>
    public static BotReply Reply(this BotTurn turn) => new(turn.Does, turn.Language, turn.Text)
    {
        ArticleId = turn.ArticleId,
        Version = turn.Version,
        Confidence = turn.Confidence,
        Step = turn.Step,
        Choices = turn.Choices,
        Reason = turn.Reason,
    };

    private static ArticleText? Text(ArticleWords? words) => words is null ? null : new(words.Title, words.Body) { Asks = words.Asks };

    private static ArticleWords? Words(ArticleText? text) => text is null ? null : new(text.Title, text.Body) { Asks = text.Asks };
}
