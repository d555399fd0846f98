using System.ComponentModel.DataAnnotations;

namespace CampusCare.Storage;

/// <summary>The configuration section <c>Evidence</c>.</summary>
public sealed class EvidenceOptions
{
    public const string Section = "Evidence";

    /// <summary>The folder of the files; all gateways and silos need the same one.</summary>
    [Required]
    public string Path { get; set; } = "data/evidence";

    /// <summary>The largest file, in bytes.</summary>
    [Range(1_024, 64 * 1024 * 1024)]
    public int MaxFileBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>The most pixels of a picture: a small file can unfold to a huge one.</summary>
    [Range(1, 200_000_000)]
    public int MaxPixels { get; set; } = 50_000_000;

    /// <summary>Files of one customer in any day, through this process; 0 for no limit.</summary>
    [Range(0, 10_000)]
    public int PerCustomerPerDay { get; set; } = 40;

    /// <summary>Files that a process looks into at once; more wait.</summary>
    [Range(1, 256)]
    public int MaxAtOnce { get; set; } = 4;
}
