using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Knowledge;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Triage;
using CampusCare.Silo;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Grains.Tests;

public sealed class KnowledgeTests
{
    private const string Question = "我的退款几天能到账呀";

    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "knowledge.json");

    private static readonly ArticleContent Content = new(ArticleLevel.Case, [Category.RefundAndPayment])
    {
        Zh = new ArticleWords("退款什么时候到账", "本校区退款当天到账。") { Asks = ["退款几天到账"] },
    };

    // As it comes with another request.
    private static ArticleContent Again() => Content with { Categories = [.. Content.Categories], Zh = Content.Zh! with { Asks = [.. Content.Zh.Asks] } };

    private static async Task<CampusHost> WithBot(Action<IServiceCollection>? services = null)
    {
        var campus = await CampusHost.Start(services: services);
        (await campus.Grains.TakeInArticles(GrainKeys.SharedLibrary, File)).ShouldBeGreaterThan(60);
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureBot(new BotSettings(On: true))).Refusal.ShouldBeNull();
        return campus;
    }

    [Fact]
    public async Task A_known_question_is_answered_at_once_and_stands_in_the_journal_with_article_and_version()
    {
        await using var campus = await WithBot();
        var receipt = (await campus.Ask("c1", Question)).Value!;

        receipt.Ticket.Phase.ShouldBe(TicketPhase.Resolved);
        receipt.Ticket.WaitingSince.ShouldBe(receipt.Ticket.OpenedAt);
        receipt.Ticket.Bot.ShouldBe(new BotView("refund-time", 1, Asks: true, null, null) { Choices = receipt.Ticket.Bot!.Choices });
        var events = (await campus.Ticket(receipt.Ticket.TicketId).History(0)).Value!.Events;
        events.Select(static e => e.Type).ShouldBe(["opened", "message", "answered"]);
        (events[1].Author, events[2].Detail).ShouldBe((Author.Bot, "refund-time@1"));

        var helped = (await campus.Ticket(receipt.Ticket.TicketId).Judge(new JudgeAnswer("s1", AnswerVerdict.Helped))).Value!;
        (helped.Phase, helped.Bot!.Helped, helped.Bot.Asks).ShouldBe((TicketPhase.Resolved, true, false));
        (await campus.Ask("c1", Question)).Value!.IsNew.ShouldBeFalse();
    }

    [Fact]
    public async Task What_did_not_help_goes_to_a_person_with_a_summary_also_after_the_memory_is_lost()
    {
        await using var campus = await WithBot();
        await campus.Agent("a1");
        var id = (await campus.Ask("c1", Question)).Value!.Ticket.TicketId;

        await campus.Restart();
        await campus.Agent("a1");
        (await campus.Ticket(id).Post(new PostMessage("m1", Author.Customer, "s1", "没用"))).Value!.Bot!.HandedOver.ShouldBe(HandOverReason.NotHelped);
        var offer = await campus.Gateway.Offer();
        offer.Ticket.TicketId.ShouldBe(id);
        var events = (await campus.Ticket(id).History(0)).Value!.Events;
        events.Single(static e => e.Type == TicketEventTypes.HandedOver).Text!.ShouldContain(Question);
        (await campus.Ticket(id).Accept(new AnswerOffer("a1", offer.Reservation.ReservationId))).Value!.Phase.ShouldBe(TicketPhase.Assigned);
    }

    [Fact]
    public async Task A_campus_without_the_switch_and_one_without_articles_go_on_as_before()
    {
        await using var campus = await CampusHost.Start();
        (await campus.Ask("c1", Question)).Value!.Ticket.Phase.ShouldBe(TicketPhase.Waiting);
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureBot(new BotSettings(On: true))).Refusal.ShouldBeNull();
        var receipt = (await campus.Ask("c2", Question, customer: "s2")).Value!;
        (receipt.Ticket.Phase, receipt.Ticket.Bot).ShouldBe((TicketPhase.Waiting, null));
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureBot(new BotSettings(On: true, Confidence: double.NaN))).Refusal!.Field.ShouldBe("bot.confidence");
    }

    [Fact]
    public async Task A_call_and_a_colleagues_question_are_never_answered_by_the_bot()
    {
        await using var campus = await WithBot();
        var call = await campus.Grains.Customer(CampusHost.Campus, "s1").Contact(new OpenTicket("c1", new CustomerRef("s1", "小林", CustomerRole.Student, "13800000000"), Channel.Phone, Question));
        call.Value!.Ticket.Phase.ShouldBe(TicketPhase.Waiting);
    }

    [Fact]
    public async Task An_edit_is_reviewed_by_another_and_published_and_then_told_in_place_of_the_shared_article()
    {
        await using var campus = await WithBot();
        var library = campus.Grains.Knowledge(CampusHost.Campus);
        var draft = (await library.Write(new WriteArticle("refund-time", Content, "admin", 0))).Value!;
        (draft.Revision, draft.Versions.Single().State).ShouldBe((1, ArticleState.Draft));

        (await library.Write(new WriteArticle("refund-time", Again(), "admin", 0))).Value!.Versions.Length.ShouldBe(1, "repeating is harmless");
        (await library.Write(new WriteArticle("refund-time", Content with { NeedsPerson = true }, "admin", 0))).Refusal!.Code.ShouldBe(RefusalCode.PreconditionFailed);
        (await library.Move(new MoveArticle("refund-time", 1, ArticleMove.Publish, "admin"))).Refusal!.Code.ShouldBe(RefusalCode.Invalid);
        (await library.Move(new MoveArticle("refund-time", 1, ArticleMove.Review, "admin"))).Refusal!.Detail.ShouldContain("Somebody else");
        (await library.Move(new MoveArticle("refund-time", 1, ArticleMove.Review, "expert"))).Value!.Versions.Single().ReviewedBy.ShouldBe("expert");
        (await library.Move(new MoveArticle("refund-time", 1, ArticleMove.Publish, "admin"))).Value!.Versions.Single().State.ShouldBe(ArticleState.Published);
        (await library.Write(new WriteArticle("refund-time", Content with { Zh = Content.Zh! with { Title = "" } }, "admin"))).Refusal!.Field.ShouldBe("zh.title");
        (await library.Write(new WriteArticle("refund-time", Content, "admin"))).Value!.Versions.Select(static version => version.State).ShouldBe([ArticleState.Published, ArticleState.Draft]);

        // A desk that begins now has it, and so has the one of another process after a restart.
        await campus.Restart();
        var id = (await campus.Ask("c9", Question, customer: "s9")).Value!.Ticket.TicketId;
        (await campus.Ticket(id).History(0)).Value!.Events[1].Text!.ShouldContain("本校区退款当天到账");
        (await campus.Grains.Knowledge(CampusHost.Campus).List(null, 10)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Use_is_counted_and_unanswered_questions_gather()
    {
        await using var campus = await CampusHost.Start();
        var use = campus.Grains.KnowledgeUse(CampusHost.Campus);
        var now = DateTimeOffset.UtcNow;
        QuestionAsked recent = new("退款呢", now), old = new("钱呢", now.AddDays(-30));
        await use.Add(new UseNews(3, 2, 1, 1, 1) { Articles = [new ArticleUse("refund-time", 2, 1, 1) { Asked = [old, recent] }], Unanswered = ["空调坏了找谁修", "宿舍空调坏了找谁修"] });
        await use.Add(new UseNews(1, 1, 0, 0, 0) { Articles = [new ArticleUse("refund-time", 1)] });
        await campus.Restart();

        var report = await campus.Grains.KnowledgeUse(CampusHost.Campus).Report();
        var day = report.Days.Single();
        (day.Contacts, day.Answered, day.Helped, day.NotHelped, day.HandedOver).ShouldBe((4, 3, 1, 1, 1));
        var article = report.Articles.Single();
        (article.Shown, article.Helped, article.NotHelped).ShouldBe((3, 1, 1));
        article.Asked.ShouldBe([recent]); // nobody's words stay longer than a month
        report.Gaps.Single().Count.ShouldBe(2);
    }
}
