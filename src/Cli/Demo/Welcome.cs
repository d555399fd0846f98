using CampusCare.ClientKit;

namespace CampusCare.Cli.Demo;

/// <summary>What the demo says at start: which engine runs, and a link for a person of each role.</summary>
internal static class Welcome
{
    public static async Task Print(TextWriter output, GatewayClient gateway, string engine, DirectoryInfo data)
    {
        var campus = DemoCampuses.All[0];
        output.WriteLine($"""

            CampusCare · {campus.Settings.NameZh} {campus.Settings.NameEn}, 南苑, 湖畔
            grain engine  {engine}
            data          {data.FullName}
            pages         {gateway.Gateway}

            Open one link per browser tab:
            """);
        foreach (var kind in new[] { "Student", "Rider", "Merchant" })
        {
            var customer = campus.Customers.First(customer => customer.Kind == kind);
            await Link(kind.ToLowerInvariant(), customer.Name, "/?campus=north", new(campus.Settings.Campus, "Customer", customer.Id, customer.Name, kind));
        }
        var agent = campus.Agents[0];
        await Link("agent", agent.Name, "/agent", new(campus.Settings.Campus, "Agent", agent.AgentId, agent.Name));
        await Link("supervisor", "值班主管", "/supervisor", new(campus.Settings.Campus, "Supervisor", "north-supervisor", "值班主管"));
        await Link("knowledge", "校区管理员", "/knowledge", new(campus.Settings.Campus, "CampusAdmin", "north-campusadmin", "校区管理员"));
        await Link("admin", "校区管理员", "/admin", new(campus.Settings.Campus, "CampusAdmin", "north-campusadmin", "校区管理员"));
        await Link("inspector", "质检员", "/review", new(campus.Settings.Campus, "QualityInspector", "north-qualityinspector", "质检员"));
        output.WriteLine("""

            Ctrl-C stops; the next start finds everything as it was.

            """);

        async Task Link(string role, string name, string page, Person person)
        {
            var token = (await gateway.SignIn(person)).Yes.Value;
            output.WriteLine($"  {role,-12}{name}\n    {new Uri(gateway.Gateway, page)}#token={token}");
        }
    }
}
