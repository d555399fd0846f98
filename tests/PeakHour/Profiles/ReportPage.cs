using System.Globalization;
using System.Net;
using System.Text;

namespace CampusCare.PeakHour.Profiles;

/// <summary>A run's report as one page that needs nothing else: no script, no font, no picture from elsewhere.</summary>
public static class ReportPage
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1c2430;--paper:#fff;--line:#d5dbe3;--soft:#5b6776;--good:#11734b;--bad:#b3261e}
        @media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--paper:#14181f;--line:#343c48;--soft:#9aa6b5;--good:#5fce9b;--bad:#ff8a80}}
        body{font:15px/1.5 system-ui,"Noto Sans SC",sans-serif;color:var(--ink);background:var(--paper);margin:2rem auto;max-width:64rem;padding:0 1rem}
        table{border-collapse:collapse;margin:1rem 0}td,th{border-bottom:1px solid var(--line);padding:.25rem .9rem .25rem 0;text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums}
        .good{color:var(--good)}.bad{color:var(--bad)}figure{margin:1.5rem 0}figcaption{font-weight:600}.legend span{margin-right:1rem;font-size:13px}
        svg{width:100%;height:auto}svg text{fill:var(--soft);font-size:11px}svg .grid{stroke:var(--line)}h1 small{font-weight:400;color:var(--soft);font-size:60%}
        """;

    /// <summary>The page, UTF-8.</summary>
    public static string Of(ProfileReport report)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text(report.Name)}</title><style>{Style}</style>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(report.Name)} <small>{Text(report.What)}</small></h1>");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"{(report.ExitCode == 0 ? "good" : "bad")}\"><strong>{Word(report.ExitCode)}</strong></p>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{report.Contacts} contacts · 接触, {report.Campuses} campuses · 校区, {report.Seconds:0.0} s, {Text(report.Url)}, seed {report.Seed}</p>");
        Tables(page, report);
        foreach (var plot in Plots(report)) page.Append(Plot.Draw(plot, [.. report.Timeline.Select(static bucket => bucket.Clock)]));
        return page.Append("</html>").ToString();
    }

    private static string Word(int exitCode) => exitCode switch
    {
        0 => "Good: nothing is wrong, every target was met · 合格：无差错，全部达标",
        1 => "WRONG: what was acknowledged isn't what the journals say · 有差错：确认过的与日志不符",
        2 => "NOT TOLD: tickets were left unfinished, or none was opened · 无法判定：有工单未完成，或没有工单",
        _ => "TOO SLOW: nothing is wrong, but a target was missed · 未达标：无差错，但有指标未达到",
    };

    private static void Tables(StringBuilder page, ProfileReport r)
    {
        page.Append("<table><tr><th>target · 目标<th>wanted · 要求<th>got · 实测<th></tr>");
        foreach (var judgement in r.Judgements)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(judgement.What)}<td class=n>{judgement.Wanted:0.####}<td class=n>{judgement.Got:0.####}<td class={(judgement.Met ? "good>met · 达标" : "bad>missed · 未达标")}</tr>");
        page.Append("</table><table><tr><th>by the journal · 按日志<th></tr>");
        Row("lost · 丢失", r.Lost, 0);
        Row("doubled · 重复", r.Doubled, 0);
        Row("assigned twice · 重复派单", r.AssignedTwice, 0);
        Row("over capacity · 超出并发上限", r.OverCapacity, 0);
        if (r.Chains is { } chains) Row($"broken chains of {chains.Tickets} · 断链", chains.Broken, 0);
        else page.Append("<tr><td>chains · 哈希链<td>not walked · 未核验</tr>");
        Row("opened · 已受理", r.Measured.Opened);
        Row("resolved · 已解决", r.Resolved);
        Row("unfinished · 未完成", r.Unfinished, 0);
        Row("refused · 被拒", r.Measured.Refusals.Values.Sum());
        Row("repeated requests · 重试", r.Measured.Repeated);
        Row("messages watched · 跟踪消息", r.Measured.MessagesWatched);
        Row("of these undelivered · 其中未送达", r.Measured.MessagesUndelivered, 0);
        page.Append("</table><table><tr><th>ms<th>p50<th>p95<th>p99<th>max</tr>");
        foreach (var (name, l) in new[] { ("open → ack · 受理确认", r.Measured.OpenToAck), ("ack → offer · 派单", r.Measured.AckToOffer), ("message → delivered · 消息送达", r.Measured.MessageToDelivered) })
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{name}<td class=n>{l.P50:0.0}<td class=n>{l.P95:0.0}<td class=n>{l.P99:0.0}<td class=n>{l.Max:0.0}</tr>");
        foreach (var bare in r.Bare ?? [])
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(bare.What)}, bare · 裸测<td class=n>{bare.Took.P50:0.0}<td class=n>{bare.Took.P95:0.0}<td class=n>{bare.Took.P99:0.0}<td class=n>{bare.Took.Max:0.0}</tr>");
        page.Append("</table>");

        void Row(string name, long value, long? wanted = null) =>
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{name}<td class=\"n{(wanted is null ? "" : value == wanted ? " good" : " bad")}\">{value}</tr>");
    }

    private static IEnumerable<Plot> Plots(ProfileReport r)
    {
        var line = r.Timeline;
        yield return new("Arrivals · 到达", "contacts a piece", [new("due · 到达", [.. line.Select(static b => (double?)b.Arrivals)])]);
        yield return new("Waiting and in hand · 排队与处理中", "tickets", [new("waiting · 排队", [.. line.Select(static b => (double?)b.Waiting)]), new("with agents · 处理中", [.. line.Select(static b => (double?)b.InHand)])]);
        yield return Latencies("Open → ack · 受理确认", static b => b.OpenToAck);
        yield return Latencies("Ack → offer · 派单", static b => b.AckToOffer);
        yield return Latencies("Message → delivered · 消息送达", static b => b.MessageToDelivered);
        yield return new("Service level · 服务水平", "share", [new("in time · 及时率", [.. line.Select(static b => b.ServiceLevel)])]);
        yield return new("Agents at work · 在岗坐席", "agents", [new("at work · 在岗", [.. line.Select(static b => (double?)b.AtWork)])]);
        var processes = line.SelectMany(static b => b.Megabytes.Keys).Distinct().ToList();
        if (processes.Count == 0) yield break;
        yield return new("Processors in use · 处理器", "cores", [.. processes.Select(name => new Series(name, [.. line.Select(b => b.Cpu.TryGetValue(name, out var cores) ? cores : (double?)null)]))]);
        yield return new("Memory · 内存", "MB", [.. processes.Select(name => new Series(name, [.. line.Select(b => b.Megabytes.TryGetValue(name, out var mb) ? mb : (double?)null)]))]);

        Plot Latencies(string title, Func<Bucket, Latency> of) => new(title, "ms",
        [
            new("p50", [.. line.Select(b => Some(of(b).P50))]), new("p95", [.. line.Select(b => Some(of(b).P95))]), new("p99", [.. line.Select(b => Some(of(b).P99))]),
        ]);
    }

    // A piece in which nothing was measured has all zeros.
    private static double? Some(double milliseconds) => milliseconds > 0 ? milliseconds : null;

    internal static string Text(string text) => WebUtility.HtmlEncode(text);
}
