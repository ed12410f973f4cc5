using System.Security.Cryptography;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

public partial class DrawTests
{
    private static readonly Arbitrary<(DrawCandidate[] Pool, byte[] Seed, int K)> Pools = Arb.From(
        from count in Gen.Choose(2, 30)
        from weights in Gen.ArrayOf(Gen.Choose(1, 12), count)
        from seed in Gen.ArrayOf(Gen.Choose(0, 255).Select(b => (byte)b), 32)
        from k in Gen.Choose(1, count - 1)
        select (weights.Select((w, i) => new DrawCandidate($"T{i:00}", "B", w)).ToArray(), seed, k));

    private static string[] Winners(IEnumerable<DrawCandidate> pool, byte[] seed, int k) =>
        [.. Draw.Run(Draws.Terms(k, 0), DrawPool.Freeze(pool), seed).Winners.Select(w => w.Id)];

    [Fact]
    public void The_order_of_the_roster_does_not_matter() => Prop.ForAll(Pools, p =>
        Winners(p.Pool, p.Seed, p.K).SequenceEqual(Winners(p.Pool.Reverse(), p.Seed, p.K))
        && DrawPool.Freeze(p.Pool).Hash == DrawPool.Freeze(p.Pool.Reverse()).Hash).QuickCheckThrowOnFailure();

    [Fact]
    public void More_tickets_never_make_a_target_less_likely() => Prop.ForAll(Pools, Arb.From(Gen.Choose(0, 29)), (p, which) =>
    {
        var raised = p.Pool.ToArray();
        var i = which % raised.Length;
        raised[i] = raised[i] with { Weight = raised[i].Weight + 3 };
        return !Winners(p.Pool, p.Seed, p.K).Contains(raised[i].Id) || Winners(raised, p.Seed, p.K).Contains(raised[i].Id);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Drawing_one_more_keeps_those_drawn() => Prop.ForAll(Pools, p =>
        Winners(p.Pool, p.Seed, p.K + 1).Take(p.K).SequenceEqual(Winners(p.Pool, p.Seed, p.K))).QuickCheckThrowOnFailure();

    [Fact]
    public void With_the_seed_held_fixed_those_not_drawn_do_not_matter() => Prop.ForAll(Pools, p =>
    {
        var winners = Winners(p.Pool, p.Seed, p.K);
        var loser = p.Pool.First(c => !winners.Contains(c.Id));
        return Winners(p.Pool.Where(c => c != loser), p.Seed, p.K).SequenceEqual(winners);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Alternates_follow_the_winners_in_the_same_order()
    {
        var outcome = Draw.Run(Draws.Terms(3, 2), DrawPool.Freeze(Draws.Targets), new byte[32]);
        Assert.Equal(outcome.Orders[0].First(5).Select(r => r.Id), outcome.Winners.Concat(outcome.Alternates).Select(t => t.Id));
    }

    [Fact]
    public void Chances_agree_with_the_exact_probabilities()
    {
        const int draws = 10_000;
        using var document = JsonDocument.Parse(VectorText);
        var exact = document.RootElement.GetProperty("exactInclusionProbability_k3").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble());
        var included = exact.Keys.ToDictionary(id => id, _ => 0);
        var first = exact.Keys.ToDictionary(id => id, _ => 0);
        var pool = DrawPool.Freeze(Draws.Targets);
        for (var i = 0; i < draws; i++)
        {
            var outcome = Draw.Run(Draws.Terms(3, 0), pool, SHA256.HashData(BitConverter.GetBytes(i)));
            first[outcome.Winners[0].Id]++;
            foreach (var winner in outcome.Winners)
            {
                included[winner.Id]++;
            }
        }

        // The first winner is multinomial with w/Σw: χ² with 7 degrees of freedom, 24.32 at p = 0.001.
        var total = Draws.Targets.Sum(t => t.Weight);
        var chi = Draws.Targets.Sum(t => Math.Pow(first[t.Id] - (draws * t.Weight / (double)total), 2) / (draws * t.Weight / (double)total));
        Assert.InRange(chi, 0.01, 24.32);
        foreach (var (id, p) in exact)
        {
            var z = (included[id] - (draws * p)) / Math.Sqrt(draws * p * (1 - p));
            Assert.InRange(z, -3.9, 3.9);
        }
    }

    [Fact]
    public void A_uniform_share_gives_everyone_the_same_chance_and_is_marked()
    {
        var pool = DrawPool.Freeze(Enumerable.Range(0, 100).Select(i => new DrawCandidate($"T{i:000}", "A", i == 0 ? 64 : 1)));
        var terms = Draws.Terms(10, 3) with { UniformPercent = 20 };
        var favoured = 0;
        for (var i = 0; i < 300; i++)
        {
            var outcome = Draw.Run(terms, pool, SHA256.HashData(BitConverter.GetBytes(i)));
            Assert.Equal(["uniform", "uniform", .. Enumerable.Repeat("weighted", 8)], outcome.Winners.Select(w => w.By));
            Assert.Equal(13, outcome.Winners.Concat(outcome.Alternates).Select(w => w.Id).Distinct().Count());
            favoured += outcome.Winners.Any(w => w.Id == "T000" && w.By == "uniform") ? 1 : 0;
        }

        // 300 draws at 2 of 100: six expected; with its weight it would be nearly always.
        Assert.InRange(favoured, 0, 20);
    }
}
