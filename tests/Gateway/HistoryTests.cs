using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Gateway.Exports;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Tests.Channels;

namespace CampusCare.Gateway.Tests;

/// <summary>A campus's history: searched page by page, and as tables that spreadsheets open as they are meant.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private const string History = "/api/v1/campuses/north/history";
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    private string Boss => _gateway.Token("boss", Role.Supervisor);

    [Fact]
    public async Task Tickets_are_found_by_what_is_asked_for_page_by_page()
    {
        await using var agent = await _gateway.AtWork("li");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Insert(0, await _gateway.Open($"s{i}", i == 3 ? "骑手骂人，态度很差" : "我的外卖一个小时了还没到"));
        await agent.Take(ids[4]);
        await agent.Do("Resolve", ids[4], "solved", null);
        (await _gateway.Post($"/api/v1/campuses/north/tickets/{ids[4]}/rating", _gateway.Token("s0"), new { stars = 2 })).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.Open("s9", campus: GatewayProcess.OtherCampus);

        (await Found("")).ShouldBe(ids);
        (await Found("limit=2")).ShouldBe(ids, "page by page");
        (await Found("phase=closed")).ShouldBe([ids[4]]);
        (await Found("agent=li&leastStars=1&mostStars=2&role=student")).ShouldBe([ids[4]]);
        (await Found("category=riderConduct")).ShouldBe([ids[1]]);
        (await Found($"number={ids[2][..12].ToUpperInvariant()}")).ShouldBe([ids[2]]);
        (await Found($"from={DateTimeOffset.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBeEmpty();
        (await Found("to=2020-01-01T00:00:00Z")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2020-01-01T00:00:00Z", "from")]
    [InlineData("category=nonsense", "category")]
    [InlineData("role=7", "role")]
    [InlineData("phase=gone", "phase")]
    [InlineData("leastStars=6", "leastStars")]
    [InlineData("number=a%20b", "number")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=%21", "cursor")]
    public async Task What_can_t_be_asked_is_named(string query, string field) => (await _gateway.Get($"{History}?{query}", Boss)).ShouldBeProblem(400, "invalid", field);

    [Theory]
    [InlineData("format=doc", "format")]
    [InlineData("language=fr", "language")]
    [InlineData("offset=5000", "offset")]
    [InlineData("mostStars=x", "mostStars")]
    public async Task Nor_is_a_table_made_of_it(string query, string field) => (await _gateway.Get($"{History}/export?{query}", Boss)).ShouldBeProblem(400, "invalid", field);

    [Fact]
    public async Task A_table_in_CSV_opens_in_Chinese_and_starts_no_formula_and_it_is_on_record_who_took_it()
    {
        // More than one page of rows.
        for (var i = 0; i < 12; i++) await _gateway.Open($"s{i % 4}", i == 7 ? "=HYPERLINK(\"http://evil\",\"点我\"), 汤洒了" : "汤洒了");
        var bytes = await Bytes("format=csv&offset=480");
        bytes[..3].ShouldBe(Encoding.UTF8.GetPreamble());
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(13);
        lines[0].ShouldStartWith("工单号,状态,");
        lines[0].ShouldContain("提交时间 (UTC+08:00)");
        lines.Count(static line => line.Contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"点我\"\"), 汤洒了\"")).ShouldBe(1);
        (await _gateway.Grains.Audit("north").Read(new AuditQuery(0, 9, "boss", AuditActions.HistoryExported))).Single().What.Detail.ShouldBe("csv");
    }

    [Fact]
    public async Task A_workbook_has_texts_as_texts_and_times_as_times()
    {
        await _gateway.Open("s1", "=1+1 _x0041_ <汤> & \u0001 🍜");
        using var zip = new ZipArchive(new MemoryStream(await Bytes("format=xlsx&language=en")));
        foreach (var part in zip.Entries)
        {
            await using var stream = part.Open();
            XDocument.Load(stream).Root.ShouldNotBeNull(part.FullName);
        }
        await using var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        XNamespace ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var rows = XDocument.Load(sheet).Descendants(ns + "row").ToList();
        rows.Count.ShouldBe(2);
        rows[0].Descendants(ns + "t").First().Value.ShouldBe("Ticket");
        var cells = rows[1].Elements(ns + "c").ToDictionary(static cell => (string)cell.Attribute("r")!);
        (cells["N2"].Value, (string?)cells["N2"].Attribute("t")).ShouldBe(("=1+1 _x005F_x0041_ <汤> & \ufffd 🍜", "inlineStr"));
        DateTime.FromOADate(double.Parse(cells["O2"].Value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(DateTime.UtcNow, TimeSpan.FromMinutes(5));
        rows[1].Descendants(ns + "f").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("汤洒了", "汤洒了")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("说\"你好\"", "\"说\"\"你好\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  @SUM(A1)", "'  @SUM(A1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("一行\n二行", "\"一行\n二行\"")]
    [InlineData(5, "5")]
    [InlineData(null, "")]
    public void A_cell_says_what_it_said_and_does_nothing(object? value, string cell) => CsvTable.Cell(value).ShouldBe(cell);

    [Fact]
    public async Task Why_this_agent_and_why_this_wait_is_answered_from_history()
    {
        await using var agent = await _gateway.AtWork("li");
        var id = await _gateway.Open("s1");
        await agent.Take(id);
        var story = (await _gateway.Get($"/api/v1/campuses/north/tickets/{id}/decisions", Boss)).Json;
        story.GetProperty("decisions").EnumerateArray().Single().GetProperty("agentId").GetString().ShouldBe("li");
        story.GetProperty("waits").GetArrayLength().ShouldBe(1);
    }

    private async Task<List<string>> Found(string query)
    {
        var found = new List<string>();
        for (var next = $"{History}?{query}"; next is not null;)
        {
            var heard = await _gateway.Get(next, Boss);
            heard.Status.ShouldBe(HttpStatusCode.OK, heard.Body);
            found.AddRange(heard.Json.EnumerateArray().Select(static line => line.GetProperty("ticketId").GetString()!));
            next = heard.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }
        return found;
    }

    private async Task<byte[]> Bytes(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{History}/export?{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Boss);
        using var response = await _gateway.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull();
        return await response.Content.ReadAsByteArrayAsync();
    }
}
