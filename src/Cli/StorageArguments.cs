using System.CommandLine;
using CampusCare.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CampusCare.Cli;

/// <summary>The options that say which database a command works on, over appsettings.json and the environment.</summary>
internal sealed class StorageArguments
{
    private readonly Option<DirectoryInfo?> _data = new("--data") { Description = "Folder of the SQLite file." };
    private readonly Option<StorageProvider?> _provider = new("--provider") { Description = "Sqlite or PostgreSql." };
    private readonly Option<string?> _connection = new("--connection") { Description = "Connection string of the database." };

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_provider);
        command.Options.Add(_connection);
    }

    /// <summary>The storage of the database that was named.</summary>
    public ServiceProvider Open(ParseResult parsed)
    {
        var named = new Dictionary<string, string?>();
        if (parsed.GetValue(_data) is { } folder)
            named["Storage:Path"] = Path.Combine(folder.FullName, StorageOptions.FileName);
        if (parsed.GetValue(_provider) is { } provider)
            named["Storage:Provider"] = provider.ToString();
        if (parsed.GetValue(_connection) is { } connection)
            named["Storage:ConnectionString"] = connection;
        return Open(named);
    }

    /// <summary>A demo's database.</summary>
    public static IReadOnlyDictionary<string, string?> Sqlite(DirectoryInfo data) =>
        new Dictionary<string, string?> { ["Storage:Provider"] = nameof(StorageProvider.Sqlite), ["Storage:Path"] = Path.Combine(data.FullName, StorageOptions.FileName) };

    /// <summary>A server's.</summary>
    public static IReadOnlyDictionary<string, string?> PostgreSql(string connection) =>
        new Dictionary<string, string?> { ["Storage:Provider"] = nameof(StorageProvider.PostgreSql), ["Storage:ConnectionString"] = connection };

    /// <summary>The storage that these settings name, over appsettings.json and the environment.</summary>
    public static ServiceProvider Open(IReadOnlyDictionary<string, string?> named)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(named)
            .Build();
        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true))
            .AddCampusCareStorage(configuration)
            .BuildServiceProvider();
    }
}
