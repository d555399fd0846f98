using System.Diagnostics;

namespace CampusCare.PathBenchmark;

/// <summary>So many at once, one after the other each, until all is done.</summary>
internal static class Load
{
    /// <summary>Does a thing <paramref name="count"/> times, or as often as there is time for; how long each took, in milliseconds.</summary>
    /// <param name="count">How often at most.</param>
    /// <param name="atMost">After this nothing more is begun.</param>
    /// <param name="atOnce">How many do it side by side.</param>
    /// <param name="work">What number <c>worker</c> of them does for the <c>i</c>th time of all; both from 0.</param>
    public static async Task<double[]> Run(int count, TimeSpan atMost, int atOnce, Func<int, int, Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        var waits = new double[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(worker => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < atMost && Interlocked.Increment(ref next) is var i && i < count)
            {
                var began = Stopwatch.GetTimestamp();
                await work(worker, i);
                waits[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        })));
        return waits[..Math.Min(count, next + 1)];
    }
}
