using System.Diagnostics;
using System.Text.Json;

namespace CampusCare.Client.Tests;

/// <summary>People of the TypeScript package, in a Node process: talk.mjs.</summary>
internal sealed class NodeTalk : IAsyncDisposable
{
    private const string Campus = "north";
    private const int Agents = 3;
    private const int CustomersEach = 2;

    private static readonly string Package = Path.Combine(Home(), "src/Web/packages/client/dist/index.js");
    /// <summary>The package's sample, which uses it as built.</summary>
    public static readonly string Sample = Path.Combine(Home(), "src/Web/packages/client/samples/conversation.mjs");

    private static readonly int[] BackoffMs = [5, 10, 20, 40, 80];

    private readonly Process _node;
    private readonly Task<string> _lastWords;

    private NodeTalk(Process node) => (_node, _lastWords) = (node, node.StandardError.ReadToEndAsync());

    /// <summary>Why there can't be such a talk here; null when there can.</summary>
    public static string? WhyNot =>
        !File.Exists(Package) ? "The package is not built: cd src/Web && npm ci && npm run build -w @campuscare/client."
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node"))) ? null
        : "node is missing.";

    public static async Task<NodeTalk> Begin(GatewayClient rest, IReadOnlyDictionary<Transport, CuttingProxy> networks)
    {
        var people = new List<object>();
        for (var i = 0; i < Agents; i++) people.Add(await Person(rest, networks, "Agent", i));
        for (var i = 0; i < networks.Count * CustomersEach; i++) people.Add(await Person(rest, networks, "Customer", i));
        var plan = JsonSerializer.Serialize(new { package = Package, campus = Campus, backoff = BackoffMs, people });
        return new NodeTalk(Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "talk.mjs"), plan])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>Everybody goes on until all of that is done. What fails meanwhile ends it at once.</summary>
    public async Task Until(Task[] done)
    {
        var ended = _node.WaitForExitAsync();
        var left = done.ToList();
        while (left.Count > 0)
        {
            var next = await Task.WhenAny([.. left, ended]);
            if (next == ended) throw new InvalidOperationException($"Node ended: {await _lastWords}");
            await next;
            left.Remove(next);
        }
    }

    /// <summary>They stop writing: what was acknowledged, and the tickets that somebody follows.</summary>
    public Task<NodeWritten> Stop() => Ask<NodeWritten>("over");

    /// <summary>What everybody saw, once all saw so much of each ticket.</summary>
    public async Task<NodeView[]> Seen(IReadOnlyDictionary<string, long> truth) => (await Ask<NodeSeen>(JsonSerializer.Serialize(truth))).Seen;

    public async ValueTask DisposeAsync()
    {
        if (!_node.HasExited) _node.Kill();
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    private async Task<T> Ask<T>(string line)
    {
        await _node.StandardInput.WriteLineAsync(line);
        var answer = await _node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"Node ended: {await _lastWords}");
        return JsonSerializer.Deserialize<T>(answer, JsonSerializerOptions.Web)!;
    }

    private static async Task<object> Person(GatewayClient rest, IReadOnlyDictionary<Transport, CuttingProxy> networks, string role, int number)
    {
        var transport = (Transport)(number % networks.Count);
        var person = new Person(Campus, role, $"node-{role}-{number}", role, role == "Customer" ? "Student" : null);
        if (role == "Agent") (await rest.Enroll(person, networks.Count * CustomersEach)).Problem.ShouldBeNull();
        return new
        {
            role,
            who = person.Sub,
            gateway = networks[transport].Url,
            token = (await rest.SignIn(person)).Yes.Value,
            transport = JsonNamingPolicy.CamelCase.ConvertName($"{transport}"),
        };
    }

    private static string Home()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CampusCare.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

/// <summary>What was written and acknowledged, by message id, and the tickets that somebody follows.</summary>
internal sealed record NodeWritten(string[] Written, string[] Tickets);

/// <summary>What everybody saw.</summary>
internal sealed record NodeSeen(NodeView[] Seen);

/// <summary>What one person saw of one ticket, as it came.</summary>
internal sealed record NodeView(string Who, string Transport, string TicketId, long[] Seqs);
