using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Supervision.Drawing;

/// <summary>A drawn target.</summary>
/// <param name="Id">Id of the target.</param>
/// <param name="By"><c>weighted</c> or <c>uniform</c>.</param>
/// <param name="Stratum">Stratum, or null.</param>
public sealed record DrawnTarget(string Id, string By, string? Stratum);

/// <summary>What a draw gave.</summary>
/// <param name="Seed">Seed, lower-case hexadecimal.</param>
/// <param name="Orders">The whole order, or one for each stratum.</param>
/// <param name="Quotas">Winners of each stratum; empty in an unstratified draw.</param>
/// <param name="Winners">The drawn targets, in order.</param>
/// <param name="Alternates">Those who stand by, in order.</param>
public sealed record DrawOutcome(
    string Seed,
    ImmutableArray<DrawOrder> Orders,
    ImmutableArray<StratumQuota> Quotas,
    ImmutableArray<DrawnTarget> Winners,
    ImmutableArray<DrawnTarget> Alternates);

/// <summary>
/// The draw by hashed tickets under commit and reveal: the roster and a secret are fixed and their hashes published, then a
/// public value becomes known, and both together decide. Integers only; the same inputs give the same result on every
/// machine, and each row can be checked alone. Successive smallest tickets are weighted sampling without replacement,
/// the law of Efraimidis and Spirakis (2006), without floating point.
/// </summary>
public static class Draw
{
    /// <summary>Id of the algorithm; it stands at the head of the seed's text.</summary>
    public const string Algorithm = "SSF-DRAW-v1";

    /// <summary>Fixes the roster, the exclusions and the secret.</summary>
    /// <param name="terms">What the draw is to do.</param>
    /// <param name="pool">The frozen targets.</param>
    /// <param name="exclusions">Targets left out, with reasons.</param>
    /// <param name="officers">The frozen officers; empty if officers are matched elsewhere.</param>
    /// <param name="secret">The secret, to be kept sealed.</param>
    /// <param name="at">Instant of the commitment.</param>
    /// <exception cref="DomainRuleException">The terms are invalid, the pool is empty (<c>draw-pool-empty</c>) or an excluded target stands in it (<c>draw-excluded-in-pool</c>).</exception>
    public static DrawCommitment Commit(
        DrawTerms terms, DrawPool pool, IReadOnlyList<Exclusion> exclusions, IReadOnlyList<DrawOfficer> officers, DrawSecret secret, DateTimeOffset at)
    {
        terms.Require();
        DrawTerms.Check(pool.Count > 0, "draw-pool-empty", "没有可抽取的对象，请检查名录和排除名单。", "pool");
        DrawTerms.Check(
            terms.UniformPercent == 0 || pool.Candidates[0].Stratum is null,
            "draw-terms-invalid", "分层抽取不能同时设置均等抽取比例，请二选一。", "uniformPercent");
        var excluded = exclusions.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        if (excluded.Count > 0 && pool.Candidates.FirstOrDefault(c => excluded.Contains(c.Id)) is { } both)
        {
            throw new DomainRuleException("draw-excluded-in-pool", $"对象 {both.Id} 同时在名录和排除名单中，请核对。", both.Id);
        }

        return new DrawCommitment(
            terms, Algorithm, secret.Commitment, pool.Hash, HashExclusions(exclusions), DrawOfficer.HashRoster(officers), at.ToUniversalTime());
    }

    /// <summary>Draws, after checking that nothing was exchanged since the commitment.</summary>
    /// <exception cref="DomainRuleException">Roster or secret differ from the commitment, or the public value is not later than it.</exception>
    public static DrawOutcome Reveal(DrawCommitment commitment, DrawPool pool, DrawSecret secret, PublicValue publicValue)
    {
        DrawTerms.Check(commitment.Algorithm == Algorithm, "draw-algorithm-unknown", $"不支持抽取算法“{commitment.Algorithm}”。", "algorithm");
        DrawTerms.Check(commitment.PoolHash == pool.Hash, "draw-roster-changed", "对象名录在承诺后被改动，不得抽取；请恢复名录，或说明理由、经批准后重新承诺。", "pool");
        DrawTerms.Check(commitment.Commitment == secret.Commitment, "draw-secret-changed", "抽取密值与承诺不符，不得抽取。", "secret");
        DrawTerms.Check(publicValue.Text.Length is >= 1 and <= 2000, "draw-public-value-invalid", "公开值应为 1 至 2000 个字符。", "publicValue");
        DrawTerms.Check(
            publicValue.KnownAt > commitment.CommittedAt, "draw-public-value-too-early", "公开值应当在承诺公布之后产生，请改用之后产生的公开值。", "publicValue.knownAt");
        return Run(commitment.Terms, pool, Seed(commitment.Terms.DrawId, pool.Hash, secret.Reveal(), publicValue.Text));
    }

    /// <summary>The seed: SHA-256 over algorithm, draw, roster hash, secret and public value, joined by line feeds.</summary>
    public static byte[] Seed(string drawId, string poolHash, string secretHex, string publicText) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Algorithm}\n{drawId}\n{poolHash}\n{secretHex}\n{publicText}"));

    /// <summary>The draw itself, for a seed that is already known.</summary>
    /// <param name="terms">What the draw is to do.</param>
    /// <param name="pool">The candidates.</param>
    /// <param name="seed">32 bytes.</param>
    public static DrawOutcome Run(DrawTerms terms, DrawPool pool, byte[] seed)
    {
        var hasher = new TicketHasher(seed);
        var seedHex = Convert.ToHexStringLower(seed);
        return pool.Count > 0 && pool.Candidates[0].Stratum is not null
            ? Stratified(terms, pool, hasher, seedHex)
            : Unstratified(terms, pool, hasher, seedHex);
    }

    internal static string HashExclusions(IEnumerable<Exclusion> exclusions) =>
        CanonicalText.Hash(exclusions.Select(e => e.Line).Order(StringComparer.Ordinal));

    private static DrawOutcome Unstratified(DrawTerms terms, DrawPool pool, TicketHasher hasher, string seedHex)
    {
        var candidates = pool.Span.ToArray();
        var order = DrawOrder.Of(hasher, null, candidates);
        var wanted = Math.Min(terms.Winners, order.Count);
        var equal = (int)(((long)wanted * terms.UniformPercent + 99) / 100);
        var winners = ImmutableArray.CreateBuilder<DrawnTarget>(wanted);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<DrawOrder> orders = [order];
        if (equal > 0)
        {
            var uniform = DrawOrder.Uniform(hasher, candidates);
            orders = [order, uniform];
            winners.AddRange(uniform.First(equal).Select(r => new DrawnTarget(r.Id, "uniform", null)));
            taken.UnionWith(winners.Select(w => w.Id));
        }

        var place = 0;
        foreach (var id in Following(order, taken, ref place, wanted - winners.Count))
        {
            winners.Add(new DrawnTarget(id, "weighted", null));
        }

        var alternates = Following(order, taken, ref place, terms.Alternates).Select(id => new DrawnTarget(id, "weighted", null));
        return new DrawOutcome(seedHex, orders, [], winners.ToImmutable(), [.. alternates]);
    }

    private static List<string> Following(DrawOrder order, HashSet<string> taken, ref int place, int count)
    {
        var ids = new List<string>();
        for (; place < order.Count && ids.Count < count; place++)
        {
            if (order.IdAt(place) is var id && !taken.Contains(id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static DrawOutcome Stratified(DrawTerms terms, DrawPool pool, TicketHasher hasher, string seedHex)
    {
        var strata = pool.Candidates.GroupBy(c => c.Stratum!, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        var quotas = StratumQuota.Distribute(
            terms.Winners, strata.ToDictionary(s => s.Key, s => s.Value.Length, StringComparer.Ordinal), terms.StratumShares, terms.AtLeastPerStratum);
        var orders = quotas.Select(q => DrawOrder.Of(hasher, q.Stratum, strata[q.Stratum])).ToImmutableArray();
        var winners = ImmutableArray.CreateBuilder<DrawnTarget>();
        var alternates = ImmutableArray.CreateBuilder<DrawnTarget>();
        foreach (var (quota, order) in quotas.Zip(orders))
        {
            var rows = order.First(quota.Quota + terms.Alternates);
            winners.AddRange(rows.Take(quota.Quota).Select(r => new DrawnTarget(r.Id, "weighted", r.Stratum)));
            alternates.AddRange(rows.Skip(quota.Quota).Select(r => new DrawnTarget(r.Id, "weighted", r.Stratum)));
        }

        return new DrawOutcome(seedHex, orders, quotas, winners.ToImmutable(), alternates.ToImmutable());
    }
}
