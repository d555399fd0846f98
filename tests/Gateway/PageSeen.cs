using CampusCare.Client;

namespace CampusCare.Gateway.Tests;

/// <summary>The events that a page was given, as they came.</summary>
internal sealed class PageSeen
{
    private readonly List<TicketEvent> _events = [];
    private readonly Dictionary<string, TaskCompletionSource> _messages = [];

    /// <summary>How many times something was told.</summary>
    public int News { get; private set; }

    public void Take(TicketHistory news)
    {
        lock (_events)
        {
            News++;
            _events.AddRange(news.Events);
            foreach (var happened in news.Events.Where(static happened => happened.Type == "message")) Done(happened.Text!).TrySetResult();
        }
    }

    public Task Message(string text)
    {
        lock (_events) return Done(text).Task.WaitAsync(GatewayProcess.Patience);
    }

    public void AreEachOnceInOrder()
    {
        lock (_events) _events.Select(static happened => happened.Seq).ShouldBe(Enumerable.Range(1, _events.Count).Select(static seq => (long)seq));
    }

    private TaskCompletionSource Done(string text) =>
        _messages.TryGetValue(text, out var done) ? done : _messages[text] = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
