using System.Security.Cryptography;

namespace CampusCare.Browser.Tests;

/// <summary>Campuses besides the demo's, for what happens at none of those.</summary>
internal static class SpecialCampuses
{
    /// <summary>Here the first response is overdue after a second.</summary>
    public const string Hasty = "hasty";

    /// <summary>Here it is night, for three days to come.</summary>
    public const string Night = "night";

    /// <summary>Here a bot answers.</summary>
    public const string Answering = "answering";

    /// <summary>Here a bot answers, and people look at all that is decided without one.</summary>
    public const string Reviewed = "reviewed";

    /// <summary>Here quick responders alone may take anything, and there is none.</summary>
    public const string Choosy = "choosy";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Hasty, Night, Answering, Reviewed, Choosy];

    private const int KeyBytes = 48, DaysToMorning = 3;

    /// <summary>Has the host, which is started next, set them up.</summary>
    public static void AddTo(DirectoryInfo data)
    {
        var file = Path.Combine(data.FullName, "campuses.json");
        var opens = DateTime.UtcNow.AddDays(DaysToMorning).DayOfWeek.ToString();
        File.WriteAllText(file, "[" + Campus(Hasty, """ "targets": { "firstResponseSeconds": 1 } """) + ","
            + Campus(Night, $$""" "calendar": { "utcOffsetMinutes": 0, "week": [{ "day": "{{char.ToLowerInvariant(opens[0])}}{{opens[1..]}}", "fromMinute": 540, "toMinute": 1200 }] } """) + ","
            + Campus(Answering, """ "stickySeconds": 0 """, """ "bot": { "on": true }, """) + ","
            + Campus(Reviewed, """ "stickySeconds": 0 """, """ "bot": { "on": true }, "reviews": { "percent": 100 }, """) + ","
            + Campus(Choosy, """ "skillRules": [{ "skill": "pod:quick", "hard": true }] """) + "]");
        Environment.SetEnvironmentVariable("Campuses__File", file);
        foreach (var campus in All)
            Environment.SetEnvironmentVariable($"Identity__CampusKeys__{campus}", Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
    }

    private static string Campus(string id, string rules, string also = "") => $$"""
        { "settings": { "campus": "{{id}}", "nameZh": "{{id}}", "nameEn": "{{id}}", "region": "alone", {{also}}"queues": [
          { "queue": "general", "nameZh": "综合", "nameEn": "General", "categories": ["other"], {{rules}} }] }, "agents": [] }
        """;
}
