using CampusCare.Domain.Replay;
using CampusCare.Grains.Journals;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Cli.Replay;

/// <summary><c>./campuscare simulate --replay</c>: makes a span's journaled decisions again, docs/replay.md.</summary>
internal static class ReplayRun
{
    private const int Differs = 1;
    private const int Unusable = 2;

    /// <summary>0 when every decision that can be compared came out the same, 1 when one didn't, 2 when there is nothing to replay.</summary>
    public static async Task<int> Run(
        IServiceProvider services, ReplaySpan span, string? campus, FileInfo? policyFile, FileInfo? json, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        try
        {
            var policy = ReadPolicy(policyFile, errors);
            if (policyFile is not null && policy is null) return Unusable;
            if (json is { Directory.Exists: false }) throw new DirectoryNotFoundException($"{json.DirectoryName}: there is no such folder.");
            var reports = await ReadAndReplay(services, span, campus, policy, errors, stop);
            if (reports is null) return Unusable;
            foreach (var (name, report) in reports) new ReplayTable(output).Write(name, span, report);
            if (json is not null) await File.WriteAllBytesAsync(json.FullName, ReplayJson.Write(span, reports), stop);
            return reports.Any(static entry => entry.Report.Count(Verdict.Different) > 0) ? Differs : 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StorageUnavailableException or InvalidDataException or ArgumentException)
        {
            errors.WriteLine(failure.Message);
            return Unusable;
        }
    }

    private static async Task<IReadOnlyList<(string Campus, ReplayReport Report)>?> ReadAndReplay(
        IServiceProvider services, ReplaySpan span, string? campus, ChangedPolicy? policy, TextWriter errors, CancellationToken stop)
    {
        var staff = services.GetRequiredService<IStaffJournal>();
        var reader = new HistoryReader(services.GetRequiredService<ITicketHistory>(), staff);
        var reports = new List<(string, ReplayReport)>();
        foreach (var name in campus is null ? await staff.Campuses(stop) : [campus])
        {
            if (await reader.Read(name, span.From, span.To, stop) is not { } history)
            {
                errors.WriteLine($"{name}: the span has more than {HistoryReader.MaximumEvents:N0} events. Choose a shorter one.");
                return null;
            }
            reports.Add((name, ReplayReport.Of(history, policy)));
        }
        if (reports.Any(static entry => entry.Item2.Decisions.Count > 0)) return reports;
        errors.WriteLine($"{services.GetRequiredService<StorageDatabase>().Location}: no decision was journaled in this span{(campus is null ? "" : $" on campus {campus}")}.");
        return null;
    }

    private static ChangedPolicy? ReadPolicy(FileInfo? file, TextWriter errors)
    {
        if (file is null) return null;
        var reading = PolicyFile.Read(File.ReadAllBytes(file.FullName));
        foreach (var problem in reading.Problems) errors.WriteLine($"{file.Name}: {problem}");
        return reading.Policy;
    }
}
