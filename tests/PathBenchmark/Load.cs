using System.Diagnostics;

namespace CampusCare.PathBenchmark;

/// <summary>So many at once, one after the other each, until all is done.</summary>
internal static class Load
{
    /// <summary>Does a thing <paramref name="count"/> times; how long each took, in milliseconds.</summary>
    /// <param name="atOnce">How many do it side by side.</param>
    /// <param name="work">What number <c>worker</c> of them does for the <c>i</c>th time of all; both from 0.</param>
    public static async Task<double[]> Run(int count, int atOnce, Func<int, int, Task> work)
    {
        var waits = new double[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(worker => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                var began = Stopwatch.GetTimestamp();
                await work(worker, i);
                waits[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        })));
        return waits;
    }
}
