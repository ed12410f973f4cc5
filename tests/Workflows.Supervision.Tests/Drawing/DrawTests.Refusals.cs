using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

public partial class DrawTests
{
    private static string Refused(Action act) => Assert.Throws<DomainRuleException>(act).Code;

    [Fact]
    public void A_pool_refuses_what_would_make_its_text_ambiguous()
    {
        Assert.Equal("draw-id-invalid", Refused(() => DrawPool.Freeze([new DrawCandidate("T|1", "A", 1)])));
        Assert.Equal("draw-id-invalid", Refused(() => DrawPool.Freeze([new DrawCandidate("T1\n", "A", 1)])));
        Assert.Equal("draw-id-invalid", Refused(() => DrawPool.Freeze([new DrawCandidate("𠮷", "A", 1)])));
        Assert.Equal("draw-id-invalid", Refused(() => DrawPool.Freeze([new DrawCandidate("", "A", 1)])));
        Assert.Equal("draw-weight-out-of-range", Refused(() => DrawPool.Freeze([new DrawCandidate("T1", "A", 0)])));
        Assert.Equal("draw-weight-out-of-range", Refused(() => DrawPool.Freeze([new DrawCandidate("T1", "A", 65)])));
        Assert.Equal("draw-id-twice", Refused(() => DrawPool.Freeze([new DrawCandidate("T1", "A", 1), new DrawCandidate("T1", "B", 2)])));
        Assert.Equal("draw-strata-incomplete", Refused(() => DrawPool.Freeze([new DrawCandidate("T1", "A", 1, "甲"), new DrawCandidate("T2", "B", 2)])));
    }

    [Fact]
    public void A_commitment_refuses_an_empty_pool_an_excluded_target_and_bad_terms()
    {
        var pool = DrawPool.Freeze(Draws.Targets);
        DrawCommitment Commit(DrawTerms terms, DrawPool p, params Exclusion[] e) => Draw.Commit(terms, p, e, [], Draws.Secret, Draws.Committed);
        Assert.Equal("draw-pool-empty", Refused(() => Commit(Draws.Terms(), DrawPool.Freeze([]))));
        Assert.Equal("draw-excluded-in-pool", Refused(() => Commit(Draws.Terms(), pool, new Exclusion("T003", ExclusionCode.Closed, "停业", "照片"))));
        Assert.Equal("draw-terms-invalid", Refused(() => Commit(Draws.Terms(0), pool)));
        Assert.Equal("draw-terms-invalid", Refused(() => Commit(Draws.Terms() with { UniformPercent = 101 }, pool)));
        Assert.Equal("draw-terms-invalid", Refused(() => Commit(
            Draws.Terms() with { UniformPercent = 20 }, DrawPool.Freeze(Draws.Targets.Select(t => t with { Stratum = "甲" })))));
    }

    [Fact]
    public void A_reveal_refuses_whatever_differs_from_the_commitment()
    {
        var pool = DrawPool.Freeze(Draws.Targets);
        var commitment = Draw.Commit(Draws.Terms(), pool, [], [], Draws.Secret, Draws.Committed);
        var other = DrawPool.Freeze(Draws.Targets.Select(t => t.Id == "T001" ? t with { Weight = 2 } : t));
        Assert.Equal("draw-roster-changed", Refused(() => Draw.Reveal(commitment, other, Draws.Secret, Draws.Value)));
        Assert.Equal("draw-secret-changed", Refused(() => Draw.Reveal(commitment, pool, DrawSecret.FromBytes(new byte[32]), Draws.Value)));
        Assert.Equal("draw-public-value-too-early", Refused(() => Draw.Reveal(commitment, pool, Draws.Secret, Draws.Value with { KnownAt = Draws.Committed })));
        Assert.Equal("draw-public-value-invalid", Refused(() => Draw.Reveal(commitment, pool, Draws.Secret, Draws.Value with { Text = "" })));
        Assert.Equal("draw-exclusions-changed", Refused(() => DrawRecord.Create(commitment, pool, Draws.Excluded, [], Draws.Secret, Draws.Value, [], Draws.Visit)));
        Assert.Equal("draw-officers-changed", Refused(() => DrawRecord.Create(commitment, pool, [], Draws.Officers, Draws.Secret, Draws.Value, [], Draws.Visit)));
        Assert.Equal("draw-secret-invalid", Refused(() => DrawSecret.FromHex("zz")));
        Assert.DoesNotContain("000102", Draws.Secret.ToString(), StringComparison.Ordinal);
    }
}
