using System.Diagnostics;

namespace FhirTrials.Benchmarks;

/// <summary>What an action costs on this thread, warmed up, in the quickest of some rounds: what else the machine does
/// only adds to the others.</summary>
/// <param name="Seconds">Of one action, on average.</param>
/// <param name="Bytes">Allocated by one action.</param>
readonly record struct Cost(double Seconds, double Bytes);

static class Meter
{
    const int Rounds = 5;

    /// <summary>Runs an action for half the time to warm up, then for the time in all rounds.</summary>
    public static Cost Measure(TimeSpan time, Action action)
    {
        Run(time / 2, action);
        GC.Collect();
        return Enumerable.Range(0, Rounds).Select(_ => Run(time / Rounds, action)).MinBy(cost => cost.Seconds);
    }

    static Cost Run(TimeSpan time, Action action)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var count = 0;
        do
        {
            action();
            count++;
        }
        while (watch.Elapsed < time);
        return new(
            watch.Elapsed.TotalSeconds / count, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)count);
    }
}
