using Microsoft.AspNetCore.SignalR;

namespace CampusCare.PathBenchmark;

/// <summary>Hands words on to everybody else, and does nothing else: what SignalR alone takes.</summary>
internal sealed class BareHub : Hub
{
    public const string Said = nameof(Said);

    public Task Say(int number, string text) => Clients.Others.SendAsync(Said, number, text);
}
