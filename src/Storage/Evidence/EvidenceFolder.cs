using Microsoft.Extensions.Options;

namespace CampusCare.Storage;

/// <summary>Evidence files in a folder: <c>campus/ticket/hash</c>.</summary>
internal sealed class EvidenceFolder(IOptions<EvidenceOptions> options) : IEvidenceFiles
{
    private readonly string _root = Path.GetFullPath(options.Value.Path);

    // Under another name until all is on the disk: a file that has its name is whole.
    public async Task Keep(EvidenceName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var path = PathOf(name);
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(bytes, cancellation);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

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

    private string PathOf(EvidenceName name) => Path.Combine(_root, Safe(name.Campus), Safe(name.TicketId), Safe(name.Hash));

    // Names come from checked requests; a path is no place to rely on that.
    private static string Safe(string part) => part.Length > 0 && part.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? part
        : throw new ArgumentException($"'{part}' is no part of an evidence file's name.");
}
