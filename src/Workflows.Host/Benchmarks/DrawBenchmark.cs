using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflows.Supervision.Drawing;

namespace Workflows.Host.Benchmarks;

/// <summary>Measures a whole draw: freezing and hashing the roster, the tickets of every target, order, winners and alternates.</summary>
internal static class DrawBenchmark
{
    /// <summary>Draws once, with weights 1 to 8 in turn.</summary>
    /// <param name="targets">Size of the roster.</param>
    /// <param name="drawn">How many are drawn.</param>
    /// <returns>One JSON line.</returns>
    public static string Run(int targets, int drawn)
    {
        var candidates = new DrawCandidate[targets];
        for (var i = 0; i < targets; i++)
        {
            candidates[i] = new DrawCandidate(string.Create(CultureInfo.InvariantCulture, $"330203-{i:0000000}"), "B", 1 + (i % 8));
        }

        var terms = new DrawTerms("bench", "bench", "1", "bench", drawn, Alternates: drawn / 10);
        var began = Stopwatch.GetTimestamp();
        var pool = DrawPool.Freeze(candidates);
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes("bench"));
        var outcome = Draw.Run(terms, pool, seed);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return BenchmarkLine.Of(new { Bench = "draw", Targets = targets, Drawn = outcome.Winners.Length, Seconds = Math.Round(seconds, 3) });
    }
}
