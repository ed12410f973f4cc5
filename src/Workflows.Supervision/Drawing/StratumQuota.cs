using System.Collections.Immutable;
using System.Numerics;

namespace Workflows.Supervision.Drawing;

/// <summary>How many winners a stratum gives, and how the figure was rounded.</summary>
/// <param name="Stratum">Name of the stratum.</param>
/// <param name="Size">Number of its candidates.</param>
/// <param name="Share">Its share in the plan: the quota is proportional to size times share.</param>
/// <param name="ExactNumerator">The exact quota is this …</param>
/// <param name="ExactDenominator">… divided by this.</param>
/// <param name="Quota">The quota by the method of largest remainders, at most the size.</param>
public sealed record StratumQuota(string Stratum, int Size, int Share, string ExactNumerator, string ExactDenominator, int Quota)
{
    /// <summary>
    /// Distributes winners over strata by the method of largest remainders (Hamilton), in integers only; equal remainders
    /// go to the stratum whose name is first in ordinal order.
    /// </summary>
    /// <param name="winners">Number of winners to distribute.</param>
    /// <param name="sizes">Candidates in each stratum.</param>
    /// <param name="shares">Share of each stratum, 1 to 1000; 1 where none is given.</param>
    /// <param name="atLeast">Winners that each stratum gets first, as far as it has candidates.</param>
    /// <exception cref="DomainRuleException">The minimum alone needs more winners than there are (<c>draw-quota-too-small</c>).</exception>
    public static ImmutableArray<StratumQuota> Distribute(
        int winners, IReadOnlyDictionary<string, int> sizes, IReadOnlyDictionary<string, int>? shares = null, int atLeast = 0)
    {
        var names = sizes.Keys.Order(StringComparer.Ordinal).ToArray();
        int Share(string name) => shares is not null && shares.TryGetValue(name, out var share) ? share : 1;
        var quota = names.ToDictionary(n => n, n => Math.Min(atLeast, sizes[n]), StringComparer.Ordinal);
        var left = Math.Min(winners, sizes.Values.Sum()) - quota.Values.Sum();
        if (left < 0)
        {
            throw new DomainRuleException("draw-quota-too-small", $"抽取数 {winners} 不足以使每层至少抽取 {atLeast} 个，请增加抽取数或减少每层最低数。", "k");
        }

        var toShare = left;
        while (left > 0)
        {
            var open = names.Where(n => quota[n] < sizes[n]).ToArray();
            BigInteger total = open.Aggregate(BigInteger.Zero, (sum, n) => sum + ((BigInteger)sizes[n] * Share(n)));
            var parts = open.Select(n => (Name: n, Exact: (BigInteger)left * sizes[n] * Share(n))).ToArray();
            var given = 0;
            foreach (var (name, exact) in parts)
            {
                var floor = (int)BigInteger.Min(exact / total, sizes[name] - quota[name]);
                quota[name] += floor;
                given += floor;
            }

            var rest = left - given;
            foreach (var (name, _) in parts.Where(p => quota[p.Name] < sizes[p.Name])
                .OrderByDescending(p => p.Exact % total).ThenBy(p => p.Name, StringComparer.Ordinal).Take(rest).ToArray())
            {
                quota[name]++;
                rest--;
            }

            left = rest;
        }

        var whole = names.Aggregate(BigInteger.Zero, (sum, n) => sum + ((BigInteger)sizes[n] * Share(n)));
        return [.. names.Select(n => new StratumQuota(
            n, sizes[n], Share(n), ((BigInteger)toShare * sizes[n] * Share(n)).ToString(), whole.ToString(), quota[n]))];
    }
}
