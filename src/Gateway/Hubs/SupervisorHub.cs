using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace CampusCare.Gateway.Hubs;

/// <summary><c>/hubs/supervisor</c>: those who watch the whole campus.</summary>
[Authorize(Access.Supervisors)]
internal sealed class SupervisorHub(Wallboards wallboards) : Hub<ISupervisorClient>
{
    private Caller Caller => Caller.Of(Context.User);

    /// <summary>The campus's figures, and from then on those of each second.</summary>
    public Task<Reply<Wallboard>> Watch() => wallboards.Watch(Caller.Campus, Context.ConnectionId);

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        wallboards.Leave(Caller.Campus, Context.ConnectionId);
        return Task.CompletedTask;
    }
}
