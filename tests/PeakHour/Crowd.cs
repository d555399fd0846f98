using CampusCare.Client;
using CampusCare.ClientKit;

namespace CampusCare.PeakHour;

/// <summary>The people of a run: students with their tokens, agents at their desks.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int SignInsAtOnce = 16;

    private static readonly string[] Answers =
    [
        "您好，已收到您的反馈，我马上为您核实订单情况。",
        "非常抱歉给您带来不便，我这边已经联系商家处理，请您稍等。",
        "您好，骑手已经联系上了，预计十分钟内送达。",
        "感谢反馈，退款已经提交，预计一个工作日内原路退回。",
        "您好，已为您登记并补发优惠券，祝您用餐愉快。",
    ];

    private static readonly string[] Dispositions = ["solved", "refunded", "compensated", "redelivered", "answered"];

    private readonly List<SimulatedAgent> _agents = [];
    private int _atWork;

    public required IReadOnlyList<string> StudentTokens { get; init; }
    public required string SupervisorToken { get; init; }

    /// <summary>Capacity by agent id, as their desks say.</summary>
    public Dictionary<string, Desks> Capacities { get; } = [];

    public static async Task<Crowd> SignIn(GatewayClient gateway, PeakOptions options, int students, CancellationToken stop)
    {
        var tokens = new string[students];
        await Parallel.ForEachAsync(Enumerable.Range(0, students), AtOnce(stop), async (i, token) =>
            tokens[i] = (await gateway.SignIn(new(options.Campus, "Customer", $"peak-student-{i}", $"同学{i}", "Student"), token)).Yes.Value);
        var supervisor = (await gateway.SignIn(new(options.Campus, "Supervisor", "peak-supervisor", "值班主管"), stop)).Yes.Value;
        return new() { StudentTokens = tokens, SupervisorToken = supervisor };
    }

    public async Task BringAgents(GatewayClient gateway, PeakOptions options, IAgentDiary diary, TimeProvider time, CancellationToken stop)
    {
        var manners = new AgentManners(
            BeforeAccept: _ => options.Think,
            BeforeReply: _ => options.Think,
            Replies: (_, chance) => [Answers[chance.Next(Answers.Length)]],
            Disposition: (_, chance) => Dispositions[chance.Next(Dispositions.Length)]);
        for (var i = 0; i < options.Agents; i++)
        {
            var person = new Person(options.Campus, "Agent", $"peak-{options.Campus}-{i:000}", $"坐席{i:000}");
            var enrolled = (await gateway.Enroll(person, options.Capacity, stop)).Yes;
            var token = (await gateway.SignIn(enrolled, stop)).Yes.Value;
            var agent = new SimulatedAgent(new AgentClient(gateway.Gateway, token), manners, diary, time, options.Seed);
            _agents.Add(agent);
            var desk = await agent.Start(stop);
            Interlocked.Increment(ref _atWork);
            Capacities[desk.AgentId] = new Desks(desk.Capacity, desk.Calls, desk.Forms);
        }
    }

    /// <summary>Agents at work.</summary>
    public int AtWork => Volatile.Read(ref _atWork);

    /// <summary>Everybody goes home; what lies on their desks stays there until they come back.</summary>
    public async Task SendAgentsHome()
    {
        Volatile.Write(ref _atWork, 0);
        await Task.WhenAll(_agents.Select(static agent => agent.DisposeAsync().AsTask()));
        _agents.Clear();
    }

    /// <summary>Everybody goes home, so that nobody is left at a desk without a person.</summary>
    public async ValueTask DisposeAsync() => await SendAgentsHome();

    private static ParallelOptions AtOnce(CancellationToken stop) => new() { MaxDegreeOfParallelism = SignInsAtOnce, CancellationToken = stop };
}
