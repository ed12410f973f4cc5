using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

public partial class DrawTests
{
    [Fact]
    public void Largest_remainders_fill_the_quotas()
    {
        // 7 of 10+6+4 = 20: 3.5, 2.1, 1.4, so the last seat goes to the first.
        var quotas = StratumQuota.Distribute(7, new Dictionary<string, int> { ["甲"] = 10, ["乙"] = 6, ["丙"] = 4 });
        Assert.Equal([("丙", 1), ("乙", 2), ("甲", 4)], quotas.Select(q => (q.Stratum, q.Quota)));
        Assert.Equal(("70", "20"), (quotas[2].ExactNumerator, quotas[2].ExactDenominator));
    }

    [Fact]
    public void Shares_and_minimum_are_kept_and_no_stratum_gives_more_than_it_has()
    {
        var sizes = new Dictionary<string, int> { ["A"] = 100, ["D"] = 3, ["E"] = 1 };
        Assert.Equal([6, 3, 1], StratumQuota.Distribute(10, sizes, new Dictionary<string, int> { ["D"] = 1000 }, 1).Select(q => q.Quota));
        Assert.Equal("draw-quota-too-small", Assert.Throws<DomainRuleException>(() => StratumQuota.Distribute(2, sizes, null, 1)).Code);
    }

    [Fact]
    public void Quotas_always_add_up() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Choose(1, 50)).Where(a => a.Length > 0)), Arb.From(Gen.Choose(1, 400)), (sizes, winners) =>
        {
            var quotas = StratumQuota.Distribute(winners, sizes.Select((s, i) => (s, i)).ToDictionary(x => $"S{x.i}", x => x.s));
            return quotas.Sum(q => q.Quota) == Math.Min(winners, sizes.Sum()) && quotas.All(q => q.Quota <= q.Size)
                && quotas.All(q => q.Quota >= Math.Min(q.Size, (int)((long)Math.Min(winners, sizes.Sum()) * q.Size / sizes.Sum())));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tickets_of_a_stratum_carry_its_name()
    {
        var pool = DrawPool.Freeze(Draws.Targets.Select((t, i) => t with { Stratum = i % 2 == 0 ? "石碶街道" : "高桥镇" }));
        var seed = new byte[32];
        var outcome = Draw.Run(Draws.Terms(4, 1), pool, seed);
        Assert.Equal(["石碶街道", "石碶街道", "高桥镇", "高桥镇"], outcome.Winners.Select(w => w.Stratum));
        Assert.Equal(2, outcome.Alternates.Length);
        foreach (var row in outcome.Orders.SelectMany(o => o.Rows()))
        {
            Assert.Equal(SmallestByPlatform(seed, $"target|{row.Stratum}|", pool.Candidates.First(c => c.Id == row.Id)), row.Score);
        }

        Assert.NotEqual(DrawPool.Freeze(Draws.Targets).Hash, pool.Hash);
    }
}
