using CampusCare.PeakHour;
using CampusCare.PeakHour.Profiles;

namespace CampusCare.Cli.Tests.Peak;

/// <summary>Rushes as files: what is in them, who comes when, and what the report makes of it.</summary>
public sealed class ProfileTests
{
    private static readonly Profile Steady = new("steady", "x", 2, 100, "12:00", "13:40", 10, [new("12:00", 1)], new Staff(1, 3, 0), new Targets());

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Path.Combine(Home, "deploy/profiles"), "*.json").Select(path => Path.GetFileName(path))];

    [Theory, MemberData(nameof(Shipped))]
    public void A_shipped_profile_can_be_read_and_is_judged(string file)
    {
        var profile = Read(file);
        Arrivals.Expected(profile).ShouldBeInRange(100, PeakLimits.Contacts);
        ProfileReport.Judge(profile.Targets, 1, Figures()).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("campus-day.json", "18:00", "14:30", 8)]
    [InlineData("campus-day.json", "12:00", "14:30", 6)]
    [InlineData("rain-day.json", "18:00", "14:30", 14)]
    [InlineData("flash-crowd.json", "18:00.5", "18:00.1", 10)]
    public void A_peak_is_so_many_times_the_base(string file, string peak, string quiet, double times)
    {
        var profile = Read(file);
        (Arrivals.Rate(profile, profile.At(peak)) / profile.Base).ShouldBe(times, 1e-9);
        (Arrivals.Rate(profile, profile.At(quiet)) / profile.Base).ShouldBeLessThan(1.5);
    }

    [Fact]
    public void A_flash_crowd_is_there_within_five_seconds()
    {
        var profile = Read("flash-crowd.json");
        (profile.At("18:00.3333") - profile.At("18:00.25")).TotalSeconds.ShouldBe(5, 0.01);
    }

    [Fact]
    public void On_a_rainy_evening_most_is_about_deliveries()
    {
        var profile = Read("rain-day.json");
        var evening = Arrivals.Of(profile, seed: 1).Where(arrival => arrival.Due > profile.At("17:10") && arrival.Due < profile.At("18:40")).ToList();
        evening.Count(arrival => arrival.Text.StartsWith("下雨天", StringComparison.Ordinal)).ShouldBeGreaterThan(evening.Count / 2);
    }

    [Fact]
    public void People_come_as_the_curve_says_and_the_same_seed_brings_the_same()
    {
        var arrivals = Arrivals.Of(Steady, seed: 3);
        ((double)arrivals.Count).ShouldBe(1000, 150);
        arrivals.ShouldBe(Arrivals.Of(Steady, seed: 3));
        arrivals.ShouldNotBe(Arrivals.Of(Steady, seed: 4));
        arrivals.Select(static arrival => arrival.Due).ShouldBeInOrder();
        arrivals.Count(static arrival => arrival.Campus == 0).ShouldBeInRange(400, 600);

        var rising = Steady with { Curve = [new("12:00", 0), new("13:40", 2)] };
        Arrivals.Expected(rising).ShouldBe(1000, 1);
        var second = Arrivals.Of(rising, seed: 3).Count(static arrival => arrival.Due.TotalSeconds > 50);
        ((double)second).ShouldBe(750, 120);
    }

    [Theory]
    [InlineData("\"campuses\":201", "campuses must be 1–200")]
    [InlineData("\"seconds\":4000", "seconds must be 1–3600")]
    [InlineData("\"from\":\"25:00\"", "'25:00' is no time of day")]
    [InlineData("\"to\":\"11:00\"", "from must be before to")]
    [InlineData("\"curve\":[]", "curve must have points")]
    [InlineData("\"curve\":[{\"at\":\"12:10\",\"times\":1},{\"at\":\"12:05\",\"times\":1}]", "one after the other")]
    [InlineData("\"agents\":{\"perCampus\":1001,\"capacity\":3,\"thinkMilliseconds\":0}", "agents of all campuses together must be 1–1000")]
    [InlineData("\"agents\":{\"perCampus\":1,\"capacity\":30,\"thinkMilliseconds\":0}", "agents.capacity must be 1–20")]
    [InlineData("\"base\":5000", "contacts are more than")]
    [InlineData("\"turns\":[{\"at\":\"12:10\",\"campus\":1,\"leave\":true}]", "a turn names a campus that there isn't")]
    [InlineData("\"texts\":[{\"text\":\"a\",\"share\":1,\"from\":\"12:00\",\"to\":\"12:10\"}]", "one of texts must be for the whole time")]
    [InlineData("\"surprise\":1", "surprise")]
    public void A_profile_that_is_none_says_why(string instead, string why)
    {
        var key = instead[..instead.IndexOf(':')];
        var parts = new Dictionary<string, string>
        {
            ["\"name\""] = "\"name\":\"n\"",
            ["\"what\""] = "\"what\":\"w\"",
            ["\"campuses\""] = "\"campuses\":1",
            ["\"seconds\""] = "\"seconds\":100",
            ["\"from\""] = "\"from\":\"12:00\"",
            ["\"to\""] = "\"to\":\"13:00\"",
            ["\"base\""] = "\"base\":10",
            ["\"curve\""] = "\"curve\":[{\"at\":\"12:00\",\"times\":1}]",
            ["\"agents\""] = "\"agents\":{\"perCampus\":1,\"capacity\":3,\"thinkMilliseconds\":0}",
            ["\"targets\""] = "\"targets\":{}",
        };
        ProfileFile.Read($"{{{string.Join(',', parts.Values)}}}").Name.ShouldBe("n");
        parts[key] = key == "\"base\"" ? "\"base\":5000" : instead;
        Should.Throw<InvalidDataException>(() => ProfileFile.Read($"{{{string.Join(',', parts.Values)}}}")).Message.ShouldContain(why);
    }

    [Fact]
    public void The_timeline_tells_who_waited_when()
    {
        TicketTimes[] tickets = [Ticket(0.5, 0.6, 0.7, 0.8, 1.5), Ticket(0.9, 1.0, 3.2, 3.3, 3.9), Ticket(2.1, 2.2, null, null, null)];
        var samples = new[] { Sample(0.1, 2, 1, 100), Sample(1.1, 3, 1.5, 200), Sample(2.1, 3, 2.5, 300), Sample(3.1, 3, 0.5, 50) };
        var profile = Steady with { Targets = new Targets(ServiceSeconds: 1) };
        var line = Timeline.Of(profile, TimeSpan.FromSeconds(4), tickets, [new(Seconds(1.2), Seconds(1.25)), new(Seconds(1.3), null)], samples);

        line.Select(static bucket => bucket.Arrivals).ShouldBe([2, 0, 1, 0]);
        line.Select(static bucket => bucket.Waiting).ShouldBe([0, 1, 2, 1]);
        line.Select(static bucket => bucket.InHand).ShouldBe([1, 0, 0, 0]);
        line.Select(static bucket => bucket.ServiceLevel).ShouldBe([0.5, null, 0, null]);
        line.Select(static bucket => bucket.AtWork).ShouldBe([2, 3, 3, 3]);
        line[0].AckToOffer.Max.ShouldBe(2200);
        line[1].MessageToDelivered.ShouldBe(new Latency(50, 50, 50, 50));
        line[1].Cpu["silo"].ShouldBe(0.5);
        // It began anew: what it used since then.
        line[3].Cpu["silo"].ShouldBe(0.5);
        line[3].Megabytes["silo"].ShouldBe(50);
    }

    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0, 90, 0)]
    [InlineData(1, 0, 0, 0, 0, 0, 90, 1)]
    [InlineData(0, 1, 0, 0, 0, 0, 90, 1)]
    [InlineData(0, 0, 1, 0, 0, 0, 90, 1)]
    [InlineData(0, 0, 0, 1, 0, 0, 90, 1)]
    [InlineData(0, 0, 0, 0, 1, 0, 90, 1)]
    [InlineData(0, 0, 0, 0, 0, 1, 90, 2)]
    [InlineData(0, 0, 0, 0, 0, 0, 101, 3)]
    public void The_exit_code_says_whether_it_was_true_and_whether_it_was_good(int lost, int doubled, int twice, int over, int broken, int unfinished, double ackMs, int code)
    {
        var report = Report(ackMs) with { Lost = lost, Doubled = doubled, AssignedTwice = twice, OverCapacity = over, Chains = new Chains(9, broken), Unfinished = unfinished };
        report.ExitCode.ShouldBe(code);
        var said = new StringWriter();
        report.Print(said);
        said.ToString().ShouldContain(code switch { 0 => "good", 1 => "WRONG", 2 => "NOT TOLD", _ => "TOO SLOW" });
    }

    [Fact]
    public void Each_target_is_judged_by_itself()
    {
        var targets = new Targets(OpenToAckP99: 100, AckToOfferP99: 100, MessageToDeliveredP99: 100, ServiceSeconds: 20, ServiceLevel: 0.8, RefusedShare: 0.1);
        ProfileReport.Judge(targets, 10, Figures(100)).ShouldAllBe(static judgement => judgement.Met);
        ProfileReport.Judge(targets, 10, Figures(101) with { AckToOffer = Of(101), MessageToDelivered = Of(101), ServiceLevel = 0.79, Refusals = new Dictionary<string, int> { ["http 502"] = 2 } })
            .ShouldAllBe(static judgement => !judgement.Met);
        ProfileReport.Judge(new Targets(), 10, Figures()).ShouldBeEmpty();
    }

    [Fact]
    public void The_page_needs_nothing_from_elsewhere_and_shows_every_plot()
    {
        var page = ReportPage.Of(Report(90) with { Name = "<b>&" });
        page.ShouldContain("&lt;b&gt;&amp;");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("src=");
        page.ShouldNotContain("href=");
        page.ShouldNotContain("@import");
        page.ShouldNotContain("url(");
        page.Split("<svg").Length.ShouldBe(1 + 9);
        foreach (var title in new[] { "Arrivals", "Waiting", "Open → ack", "Ack → offer", "Message → delivered", "Service level", "Agents", "Processors", "Memory" }) page.ShouldContain($"<figcaption>{title}");
        page.ShouldContain("silo-1");
        page.ShouldNotContain("NaN");
    }

    [Theory]
    [InlineData("--profile a.json --texts b.csv")]
    [InlineData("--json a.json")]
    [InlineData("--texts a.csv --cluster")]
    [InlineData("--texts a.csv --html a.html")]
    [InlineData("--profile a.json --url http://localhost:1 --cluster")]
    public void What_does_not_go_together_is_refused(string arguments) => Errors(arguments).ShouldNotBeEmpty();

    [Theory]
    [InlineData("--profile a.json")]
    [InlineData("--profile a.json --cluster --html a.html --json a.json")]
    [InlineData("--profile a.json --cluster /tmp/x")]
    [InlineData("--profile a.json --url http://localhost:1")]
    public void What_goes_together_is_taken(string arguments) => Errors(arguments).ShouldBeEmpty();

    private static IEnumerable<string> Errors(string arguments) => PeakCommand.Create("program").Parse(arguments).Errors.Select(static error => error.Message);

    private static ProfileReport Report(double ackMs)
    {
        var line = Timeline.Of(Steady, Seconds(3), [Ticket(0.5, 0.6, 0.7, 0.8, 1.5)], [new(Seconds(1.2), Seconds(1.25))], [Sample(0.1, 2, 1, 100) with { Processes = new Dictionary<string, Usage> { ["silo-1"] = new(1, 1) } }]);
        var figures = Figures(ackMs);
        return new("n", "w", "http://localhost:1", 1, 1, 10, 3, 0, 0, 0, 0, new Chains(9, 0), 10, 10, 0, figures, [.. ProfileReport.Judge(new Targets(OpenToAckP99: 100), 10, figures)], line);
    }

    private static Measured Figures(double ackMs = 1) =>
        new(10, new Dictionary<string, int>(), 0, new Dictionary<string, int>(), Of(ackMs), Of(ackMs), Of(ackMs), 5, 0, 0.9);

    private static Latency Of(double ms) => new(ms, ms, ms, ms);

    private static TicketTimes Ticket(double due, double? acked, double? offered, double? accepted, double? resolved) =>
        new(Seconds(due), Maybe(acked), Maybe(offered), Maybe(accepted), Maybe(resolved));

    private static Sample Sample(double at, int atWork, double cpu, long megabytes) => new(Seconds(at), atWork, new Dictionary<string, Usage> { ["silo"] = new(cpu, megabytes * 1_000_000) });

    private static TimeSpan? Maybe(double? seconds) => seconds is { } some ? Seconds(some) : null;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static Profile Read(string file) => ProfileFile.Read(File.ReadAllText(Path.Combine(Home, "deploy/profiles", file)));

    private static string Home
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "CampusCare.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }
}
