using CampusCare.ClientKit;

namespace CampusCare.Cli.Tests;

/// <summary>The job of deploy/kubernetes: the silo's own program brings the schema up to date.</summary>
public sealed class SiloMigrateTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("campuscare-migrate-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task The_silo_s_program_migrates_and_ends()
    {
        (await Migrate()).ShouldNotContain("applied: 0");
        (await Migrate()).ShouldContain("applied: 0");
    }

    private async Task<string> Migrate()
    {
        await using var job = ServerProcess.Start(
            Path.Combine(AppContext.BaseDirectory, "CampusCare.Silo.dll"), ["migrate"], new Dictionary<string, string> { ["Storage__Path"] = Path.Combine(_data.FullName, "campuscare.db") });
        (await job.Ended()).ShouldBe(0, job.LastWords);
        job.LastWords.ShouldContain("Schema scripts applied");
        return job.LastWords;
    }
}
