using Microsoft.Extensions.Options;

namespace CampusCare.Storage;

/// <summary>Evidence files in a folder: <c>campus/ticket/hash</c>.</summary>
internal sealed class EvidenceFolder(IOptions<EvidenceOptions> options, TimeProvider time) : IEvidenceFiles
{
    private readonly string _root = Path.GetFullPath(options.Value.Path);

    // Under another name until all is on the disk: a file that has its name is whole.
    public async Task Keep(EvidenceName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var path = PathOf(name);
        if (MakeYoung(path)) return;
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(bytes, cancellation);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
            MakeYoung(path);
            folder.LastWriteTimeUtc = time.GetUtcNow().UtcDateTime;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public bool Has(EvidenceName name) => File.Exists(PathOf(name));

    public Stream? Open(EvidenceName name)
    {
        try
        {
            return new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public int Delete(string campus, string ticketId)
    {
        var folder = Path.Combine(_root, Safe(campus), Safe(ticketId));
        if (!Directory.Exists(folder)) return 0;
        var files = Directory.GetFiles(folder).Length;
        Directory.Delete(folder, recursive: true);
        return files;
    }

    public int DeleteOrphans(string campus, string ticketId, IReadOnlyCollection<string> named, DateTimeOffset before)
    {
        var folder = new DirectoryInfo(Path.Combine(_root, Safe(campus), Safe(ticketId)));
        if (!folder.Exists) return 0;
        var files = folder.GetFiles();
        var orphans = files.Where(file => !named.Contains(file.Name) && file.LastWriteTimeUtc < before.UtcDateTime).ToList();
        foreach (var orphan in orphans) orphan.Delete();
        if (orphans.Count == files.Length) DeleteEmpty(folder);
        return orphans.Count;
    }

    // A campus may have very many tickets: looking at all of them is no work for the thread of a grain.
    public Task<IReadOnlyList<string>> Changed(string campus, DateTimeOffset since, string after, int limit) => Task.Run<IReadOnlyList<string>>(() =>
    {
        var home = new DirectoryInfo(Path.Combine(_root, Safe(campus)));
        if (!home.Exists) return [];
        return
        [
            .. home.EnumerateDirectories()
                .Where(folder => string.CompareOrdinal(folder.Name, after) > 0 && IsSafe(folder.Name) && folder.LastWriteTimeUtc >= since.UtcDateTime)
                .Select(static folder => folder.Name).Order(StringComparer.Ordinal).Take(limit),
        ];
    });

    // Somebody may keep a file in it at this moment: then it isn't empty any more, and stays.
    private static void DeleteEmpty(DirectoryInfo folder)
    {
        try
        {
            folder.Delete();
        }
        catch (IOException)
        {
            // It has a file again.
        }
    }

    private bool MakeYoung(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private string PathOf(EvidenceName name) => Path.Combine(_root, Safe(name.Campus), Safe(name.TicketId), Safe(name.Hash));

    // Names come from checked requests; a path is no place to rely on that.
    private static string Safe(string part) => IsSafe(part)
        ? part
        : throw new ArgumentException($"'{part}' is no part of an evidence file's name.");

    private static bool IsSafe(string part) => part.Length > 0 && part.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
