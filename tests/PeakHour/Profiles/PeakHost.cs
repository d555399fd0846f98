namespace CampusCare.PeakHour.Profiles;

/// <summary>What the program that this tool hangs in knows, beside the public API.</summary>
/// <param name="Campus">A campus's id, by its number from 0.</param>
/// <param name="Cluster">The cluster in a folder, or in the usual one (<c>./campuscare cluster</c>).</param>
/// <param name="Verify">Walks the chains of the journal in a demo's folder.</param>
/// <param name="DemoCampuses">How many campuses a demo has.</param>
public sealed record PeakHost(Func<int, string> Campus, Func<DirectoryInfo?, Surroundings> Cluster, Func<DirectoryInfo, CancellationToken, Task<Chains>> Verify, int DemoCampuses);
