using System.Net;
using CampusCare.ClientKit;

namespace CampusCare.Browser.Tests;

/// <summary>One test's people. Closing it sends its agents off duty and closes its tickets: nothing is left that a later test could meet.</summary>
public sealed class TestCampus(Demo demo, string id, int number) : IAsyncDisposable
{
    private readonly List<Side> _sides = [];
    private readonly List<string> _customers = [];

    /// <summary>The campus's id.</summary>
    public string Id => id;

    /// <summary>A customer on the student page.</summary>
    public async Task<CustomerSide> Customer(string language, Screen screen, string name = "小测", string kind = "Student")
    {
        var side = new CustomerSide(await demo.NewContext(screen), demo.Url);
        _sides.Add(side);
        var person = new Person(id, "Customer", $"browser-{number}-{_sides.Count}", name, kind);
        var token = await demo.Token(person);
        _customers.Add(token);
        await side.Open($"?campus={id}&lang={language}", token);
        return side;
    }

    /// <summary>A customer in a campus app's page, with the widget still closed.</summary>
    public async Task<WidgetSide> Widget(string language, Screen screen, string name = "小测", string attributes = "", string? token = null)
    {
        var side = new WidgetSide(await demo.NewContext(screen), demo.Url);
        _sides.Add(side);
        var good = await demo.Token(new(id, "Customer", $"browser-{number}-{_sides.Count}", name, "Student"));
        _customers.Add(good);
        await side.Open(demo.HostPage.Address(id, $"data-lang=\"{language}\" {attributes}"), token ?? good);
        return side;
    }

    /// <summary>The token of the customer who came last.</summary>
    public string LastToken => _customers[^1];

    /// <summary>The id of the agent who came last.</summary>
    public string LastAgent { get; private set; } = "";

    /// <summary>An agent in the workspace, who serves every queue and is still off duty.</summary>
    public async Task<AgentSide> Agent(string language, Screen screen, int capacity = 4, string name = "小客")
    {
        var side = new AgentSide(await demo.NewContext(screen), demo.Url);
        _sides.Add(side);
        var person = new Person(id, "Agent", $"browser-{number}-{_sides.Count}", name);
        await demo.Enroll(person, capacity);
        LastAgent = person.Sub;
        await side.Open($"agent?lang={language}", await demo.Token(person));
        return side;
    }

    /// <summary>A supervisor before the wallboard.</summary>
    public async Task<Side> Supervisor(string language, Screen screen)
    {
        var side = await Visitor(screen);
        await side.Open($"supervisor?lang={language}", await demo.Token(new(id, "Supervisor", $"browser-{number}", "主管")));
        return side;
    }

    /// <summary>An inspector before what waits for a look.</summary>
    public async Task<Side> Inspector(string language, Screen screen)
    {
        var side = await Visitor(screen);
        await side.Open($"review?lang={language}", await demo.Token(new(id, "QualityInspector", $"browser-{number}-{_sides.Count}", "质检员")));
        return side;
    }

    /// <summary>An administrator on the page of settings, at a place of it such as <c>/keys</c>.</summary>
    public async Task<Side> Admin(string language, Screen screen, string place)
    {
        var side = await Visitor(screen);
        await side.Open($"admin?lang={language}", await demo.Token(new(id, "CampusAdmin", $"browser-{number}-{_sides.Count}", "管理员")));
        await Side.Sees(side.Get("queues"));
        await side.Page.EvaluateAsync("place => { location.hash = place }", place);
        return side;
    }

    /// <summary>Whether a server of the campus that comes with this key may see who answers.</summary>
    public async Task<HttpStatusCode> AgentsBy(string key)
    {
        using var http = new HttpClient { BaseAddress = demo.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return (await http.GetAsync(new Uri($"api/v1/campuses/{id}/agents", UriKind.Relative))).StatusCode;
    }

    /// <summary>Somebody without a link.</summary>
    public async Task<Side> Visitor(Screen screen)
    {
        var side = new Side(await demo.NewContext(screen), demo.Url);
        _sides.Add(side);
        return side;
    }

    /// <summary>Every customer's tickets are closed, as another tab would do it.</summary>
    public async Task CloseTickets()
    {
        foreach (var customer in _customers) await demo.CloseTickets(id, customer);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var side in _sides) await side.DisposeAsync();
        await CloseTickets();
    }
}
