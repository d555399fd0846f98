using System.Diagnostics;
using CampusCare.ClientKit;
using CampusCare.Silo.Hosting;
using Npgsql;

namespace CampusCare.Cli.Cluster;

/// <summary>Starts, changes and stops a cluster of this machine. Whatever can't be done is said, with what to do about it.</summary>
internal sealed class ClusterRun(ClusterFolder folder, string home, TextWriter output)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private readonly Launcher _launcher = new(folder, home);

    /// <summary>Null when this build can have a cluster; else why not.</summary>
    public static string? WhyNot => GrainEngine.Name == "Orleans" ? null
        : $"A cluster needs the Orleans engine; this program was built with the engine {GrainEngine.Name}, which runs in one process. " +
          "Build it with -p:GrainEngine=Orleans (docs/engine.md); ./campuscare demo runs on either.";

    /// <summary>Starts a cluster, or goes on with one that was stopped.</summary>
    public async Task Up(int silos, int gateways, int campuses, int port, CancellationToken stop)
    {
        var found = folder.Find();
        if (found is not null && found.Members.Any(folder.IsRunning))
            throw new CannotRunException($"A cluster runs in {folder.Path} already ({found.Proxy.Url}). ./campuscare cluster status shows it, cluster down stops it; --dir starts another one elsewhere.");
        if (folder.IsSomebodyElses) throw new CannotRunException($"{folder.Path} holds something that is no cluster. Name an empty folder, or one that isn't there yet, with --dir.");
        Directory.CreateDirectory(folder.Path);
        var state = found ?? await Create(silos, gateways, campuses, port);
        if (found is not null) output.WriteLine($"going on with the cluster in {folder.Path}: {Count(found)}, as it was set up (cluster down --delete forgets it)");
        try
        {
            // All at once: they may come up in any order.
            stop.ThrowIfCancellationRequested();
            foreach (var member in state.Members.Where(member => !folder.IsRunning(member))) await _launcher.Start(state, member);
            await UntilReady(state, stop);
        }
        catch
        {
            output.WriteLine($"stopping what was started; logs stay in {folder.Path}");
            await StopAll(state);
            throw;
        }
        output.WriteLine($"""
            {state.Proxy.Url} is ready: {Count(state)}, {state.Campuses} campuses.
            ./campuscare cluster status   what runs, as the cluster sees it
            ./campuscare cluster down     stops it
            """);
    }

    /// <summary>One more silo or gateway.</summary>
    public async Task Add(MemberKind kind, CancellationToken stop)
    {
        var state = Up();
        var member = Launcher.New(kind, state.Of(kind).Max(static member => member.Number) + 1);
        await _launcher.Start(state, member);
        state = state with { Members = [.. state.Members, member] };
        folder.Write(state);
        await UntilReady(state, stop);
        output.WriteLine($"{member.Name} is there.");
    }

    /// <summary>Starts a member that was stopped or killed, where it was.</summary>
    public async Task Start(MemberKind kind, int number, CancellationToken stop)
    {
        var (state, member) = Find(kind, number);
        if (folder.IsRunning(member)) throw new CannotRunException($"{member.Name} runs already (process {folder.PidOf(member).Running}).");
        await _launcher.Start(state, member);
        if (kind == MemberKind.Silo) await Until(state, member, async () => (await Members(state)).Any(row => row.Port == member.Port && row.IsActive), stop);
        else if (kind == MemberKind.Gateway) await Until(state, member, () => IsReady(member.Url), stop);
        output.WriteLine($"{member.Name} is there again.");
    }

    /// <summary>Sends one process of ours a signal; nobody else gets one.</summary>
    public async Task Send(MemberKind kind, int number, Signal signal, CancellationToken stop)
    {
        var (_, member) = Find(kind, number);
        var pid = folder.PidOf(member);
        var running = pid.Running;
        if (running is null || !pid.Send(signal)) throw new CannotRunException($"{member.Name} doesn't run. ./campuscare cluster start {kind.ToString().ToLowerInvariant()} {number} starts it.");
        if (signal is Signal.Terminate or Signal.Kill && !await pid.Ended(StopTimeout, stop))
            throw new CannotRunException($"{member.Name} (process {running}) was told to stop and still runs after {StopTimeout.TotalSeconds:0} s. Its log is {folder.LogOf(member)}; ./campuscare cluster kill ends it.");
        output.WriteLine($"{member.Name} (process {running}) got SIG{Word(signal)}.");
    }

    /// <summary>Stops everything, the database last.</summary>
    public async Task Down(bool delete)
    {
        var state = folder.Read();
        await StopAll(state);
        if (delete) folder.Delete(state.Members);
        output.WriteLine(delete ? $"Stopped; {folder.Path} is deleted." : $"Stopped. Its data stay in {folder.Path}: cluster up goes on with them, cluster down --delete deletes them.");
    }

    private async Task<ClusterState> Create(int silos, int gateways, int campuses, int port)
    {
        output.WriteLine($"a database in {folder.DatabaseFolder}");
        var (connection, postgres) = await _launcher.CreateDatabase();
        await File.WriteAllBytesAsync(folder.In(ClusterFolder.Campuses), ClusterCampuses.File(campuses));
        Member[] members =
        [
            postgres,
            .. Enumerable.Range(1, silos).Select(static number => Launcher.New(MemberKind.Silo, number)),
            .. Enumerable.Range(1, gateways).Select(static number => Launcher.New(MemberKind.Gateway, number)),
            new Member(MemberKind.Proxy, 1, port > 0 ? port : Ports.Free()),
        ];
        var state = new ClusterState(connection, campuses, members, ClusterCampuses.Keys(campuses));
        folder.Write(state);
        return state;
    }

    private async Task StopAll(ClusterState state)
    {
        foreach (var kind in new[] { MemberKind.Gateway, MemberKind.Silo, MemberKind.Proxy, MemberKind.Postgres })
            await Task.WhenAll(state.Of(kind).Select(member => StopOne(folder.PidOf(member))));
    }

    private static async Task StopOne(PidFile pid)
    {
        pid.Send(Signal.Continue);
        pid.Send(Signal.Terminate);
        if (!await pid.Ended(StopTimeout))
        {
            pid.Send(Signal.Kill);
            await pid.Ended(StopTimeout);
        }
        pid.Remove();
    }

    private async Task UntilReady(ClusterState state, CancellationToken stop)
    {
        foreach (var silo in state.Of(MemberKind.Silo).Where(folder.IsRunning))
            await Until(state, silo, async () => (await Members(state)).Any(row => row.Port == silo.Port && row.IsActive), stop);
        foreach (var gateway in state.Of(MemberKind.Gateway).Where(folder.IsRunning)) await Until(state, gateway, () => IsReady(gateway.Url), stop);
        await Until(state, state.Proxy, () => IsReady(state.Proxy.Url), stop);
    }

    private async Task Until(ClusterState state, Member member, Func<Task<bool>> holds, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            foreach (var needed in new[] { member, state.Postgres })
                if (!folder.IsRunning(needed)) throw new CannotRunException($"{needed.Name} ended. The last lines of {folder.LogOf(needed)}:{Environment.NewLine}{folder.LastWords(needed)}");
            if (Stopwatch.GetElapsedTime(began) > StartTimeout)
                throw new CannotRunException($"{member.Name} is not ready after {StartTimeout.TotalMinutes:0} minutes. The last lines of {folder.LogOf(member)}:{Environment.NewLine}{folder.LastWords(member)}");
            await Task.Delay(LookAgain, stop);
        }
    }

    private static async Task<bool> IsReady(Uri url)
    {
        using var gateway = new GatewayClient(url);
        return await gateway.IsReady();
    }

    private static async Task<IReadOnlyList<MembershipRow>> Members(ClusterState state)
    {
        try
        {
            return await Membership.Read(state.Connection);
        }
        catch (NpgsqlException)
        {
            return []; // Not up yet, or no tables yet.
        }
    }

    private ClusterState Up()
    {
        var state = folder.Read();
        return folder.IsRunning(state.Postgres) ? state : throw new CannotRunException($"The cluster in {folder.Path} doesn't run. ./campuscare cluster up starts it.");
    }

    private (ClusterState State, Member Member) Find(MemberKind kind, int number)
    {
        var state = folder.Read();
        var member = state.Of(kind).FirstOrDefault(member => member.Number == number);
        var known = string.Join(", ", state.Of(kind).Select(static member => member.Number));
        return (state, member ?? throw new CannotRunException($"There is no {kind.ToString().ToLowerInvariant()} {number}; there is {known}."));
    }

    private static string Count(ClusterState state) => $"{state.Of(MemberKind.Silo).Count()} silos, {state.Of(MemberKind.Gateway).Count()} gateways";

    private static string Word(Signal signal) => signal switch
    {
        Signal.Kill => "KILL",
        Signal.Terminate => "TERM",
        Signal.Stop => "STOP",
        _ => "CONT",
    };
}
