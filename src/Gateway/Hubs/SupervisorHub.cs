using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Hubs;

/// <summary><c>/hubs/supervisor</c>: those who watch the whole campus.</summary>
[Authorize(Access.Supervisors)]
internal sealed class SupervisorHub(IHubContext<SupervisorHub, ISupervisorClient> hub, Wallboards wallboards, IOptions<GatewayOptions> options)
    : ConnectedHub<ISupervisorClient>(options)
{
    protected override ISupervisorClient Client => hub.Clients.Client(Context.ConnectionId);

    protected override Action<LiveConnection> Refresh => wallboards.Refresh;

    /// <summary>The campus's figures, and from then on those of each second.</summary>
    public Task<Reply<Wallboard>> Watch() => wallboards.Watch(Connection);

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        wallboards.Leave(Connection);
        return Task.CompletedTask;
    }
}
