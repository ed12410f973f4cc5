using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

public partial class DrawTests
{
    private static readonly Arbitrary<(byte[] Seed, DrawCandidate[] Candidates)> Tickets = Arb.From(
        from seed in Gen.ArrayOf(Gen.Choose(0, 255).Select(b => (byte)b), 32)
        from count in Gen.Choose(1, 40)
        from lengths in Gen.ArrayOf(Gen.Choose(1, 70), count)
        from weights in Gen.ArrayOf(Gen.Choose(1, 64), count)
        select (seed, lengths.Select((l, i) => new DrawCandidate(string.Concat(Enumerable.Repeat(i % 3 == 0 ? "酒" : "x", l)) + i, "A", weights[i])).ToArray()));

    [Fact]
    public void Lanes_and_the_platform_give_the_same_smallest_tickets() => Prop.ForAll(Tickets, t =>
    {
        var lanes = new TicketScore[t.Candidates.Length];
        new TicketHasher(t.Seed).Smallest("target|", t.Candidates, lanes);
        return t.Candidates.Select((c, i) => lanes[i].ToString() == SmallestByPlatform(t.Seed, "target|", c)).All(same => same);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_wide_vectors_the_scores_are_the_same()
    {
        var candidates = Enumerable.Range(0, 100).Select(i => new DrawCandidate($"T{i:000}", "B", 1 + (i % 8))).ToArray();
        var fast = new TicketScore[candidates.Length];
        var slow = new TicketScore[candidates.Length];
        new TicketHasher(new byte[32]).Smallest("target|", candidates, fast);
        new TicketHasher(new byte[32], allowLanes: false).Smallest("target|", candidates, slow);
        Assert.Equal(slow, fast);
    }

    private static string SmallestByPlatform(byte[] seed, string label, DrawCandidate candidate) =>
        Enumerable.Range(1, candidate.Weight)
            .Select(j => Convert.ToHexStringLower(HMACSHA256.HashData(seed, Encoding.UTF8.GetBytes($"{label}{candidate.Id}|{j}"))))
            .Min(StringComparer.Ordinal)!;
}
