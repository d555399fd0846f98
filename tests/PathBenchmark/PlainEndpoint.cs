using CampusCare.ClientKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CampusCare.PathBenchmark;

/// <summary>
/// What one would write in an afternoon: an endpoint that stores a ticket and gives it to the least loaded of the agents
/// with the skill, in one durable commit. No events, order, offers or people at the other end.
/// </summary>
internal static class PlainEndpoint
{
    public const string Path = "/tickets";
    public const string HubPath = "/words";
    public const int Skills = 8;

    private const int MaximumConnections = 48;

    private static readonly string Schema = $"""
        drop table if exists plain_ticket, plain_agent;
        create table plain_agent (agent_id int primary key, skills int[] not null, load int not null default 0, last_at timestamptz not null default 'epoch') with (fillfactor = 50);
        insert into plain_agent (agent_id, skills) select n, array[1 + n % {Skills}, 1 + (3 * n + 1) % {Skills}, 1 + (5 * n + 2) % {Skills}] from generate_series(1, {PathRun.Agents}) n;
        create table plain_ticket (ticket_id bigserial primary key, subject text not null, skill int not null, agent_id int, opened_at timestamptz not null default clock_timestamp());
        """;

    private const string Statement = """
        with chosen as (
          select agent_id from plain_agent where skills @> array[$2] order by load, last_at limit 1 for update skip locked
        ), taken as (
          update plain_agent set load = load + 1, last_at = clock_timestamp() from chosen where plain_agent.agent_id = chosen.agent_id returning plain_agent.agent_id
        )
        insert into plain_ticket (subject, skill, agent_id) values ($1, $2, (select agent_id from taken)) returning ticket_id
        """;

    private sealed record Request(string Subject, int Skill);

    /// <summary>Serves until it is stopped.</summary>
    public static async Task<int> Serve(string connection, string url)
    {
        await PrivatePostgres.Execute(connection, Schema);
        await using var source = new NpgsqlSlimDataSourceBuilder($"{connection};Maximum Pool Size={MaximumConnections};Max Auto Prepare=10;Auto Prepare Min Usages=1").Build();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<BareHub>(HubPath);
        app.MapPost(Path, async (Request request) =>
        {
            await using var command = source.CreateCommand(Statement);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Subject });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = request.Skill });
            var id = (long)(await command.ExecuteScalarAsync())!;
            return Results.Json(new { id, request.Subject }, statusCode: StatusCodes.Status201Created);
        });
        await app.RunAsync();
        return 0;
    }

    /// <summary>Starts it in a process of its own and puts load on it.</summary>
    public static async Task<Figure> Measure(string program, PrivatePostgres postgres, PathSize size, int connections)
    {
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        await using var server = ServerProcess.Start(program, ["bench", PathCommand.PlainName, "--connection", postgres.Connection, "--urls", url.ToString()]);
        await server.Until(() => Listening.At(url), PathRun.StartTimeout);
        return await HttpLoad.Measure(
            $"do-it-yourself endpoint over HTTP, {connections} at once", url, size, connections,
            async (http, i) => await http.Post(Path, "", $$"""{"subject":"{{Texts.Of(i)}}","skill":{{1 + i % Skills}}}"""),
            server.Id, postgres, static () => Task.CompletedTask);
    }
}
