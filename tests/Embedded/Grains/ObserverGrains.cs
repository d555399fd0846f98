namespace CampusCare.Embedded.Tests.Grains;

/// <summary>Someone outside who hears of news.</summary>
[Alias("tests.listener")]
public interface IListener : IGrainObserver
{
    /// <summary>Nobody waits for what becomes of it.</summary>
    [Alias("News")]
    void News(string what);

    [Alias("Ask")]
    Task<string> Ask(string question);

    [Alias("AskInVain")]
    Task AskInVain();
}

/// <summary>Keeps listeners and tells them.</summary>
[Alias("tests.newspaper")]
public interface INewspaperGrain : IGrainWithStringKey
{
    [Alias("Subscribe")]
    Task Subscribe(IListener listener);

    [Alias("Publish")]
    Task Publish(string what);

    [Alias("Ask")]
    Task<string> Ask(string question);

    [Alias("AskInVain")]
    Task AskInVain();
}

public sealed class NewspaperGrain : Grain, INewspaperGrain
{
    private readonly List<IListener> _listeners = [];

    public Task Subscribe(IListener listener)
    {
        _listeners.Add(listener);
        return Task.CompletedTask;
    }

    public Task Publish(string what)
    {
        _listeners.ForEach(listener => listener.News(what));
        return Task.CompletedTask;
    }

    public Task<string> Ask(string question) => _listeners[0].Ask(question);

    public Task AskInVain() => _listeners[0].AskInVain();
}
