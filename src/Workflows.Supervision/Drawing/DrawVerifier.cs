using System.Collections.Immutable;
using System.Text.Json;

namespace Workflows.Supervision.Drawing;

/// <summary>
/// Verifies the record of a draw without database or network: hashes, commitment, seed, times, and a full replay of order,
/// winners, alternates, teams and substitutions. It reports every problem with its place.
/// </summary>
public static class DrawVerifier
{
    private const int LongestList = 20;

    /// <summary>Verifies a record.</summary>
    /// <param name="recordJson">The exported JSON.</param>
    /// <param name="roster">The roster as somebody else kept it, to compare; or null.</param>
    /// <param name="published">The commitment as it was published, to compare; or null.</param>
    public static VerificationReport Verify(Stream recordJson, IEnumerable<DrawCandidate>? roster = null, DrawCommitment? published = null)
    {
        DrawRecord record;
        try
        {
            record = DrawRecord.Read(recordJson);
        }
        catch (JsonException e)
        {
            return new VerificationReport(0, [new VerificationProblem(e.Path ?? "$", "不是有效的抽取记录，无法读取。")]);
        }

        var problems = new List<VerificationProblem>();
        try
        {
            if (DrawRecordShape.Problem(record) is { } broken)
            {
                problems.Add(broken);
            }
            else
            {
                Verify(record, roster, published, problems);
            }
        }
        catch (DomainRuleException e)
        {
            problems.Add(new VerificationProblem(e.Field ?? "$", e.Message));
        }

        return new VerificationReport(record.Order.IsDefault ? 0 : record.Order.Length, [.. problems]);
    }

    private static void Verify(DrawRecord record, IEnumerable<DrawCandidate>? roster, DrawCommitment? published, List<VerificationProblem> problems)
    {
        void Report(string place, string problem) => problems.Add(new VerificationProblem(place, problem));
        var commitment = record.Commitment;
        if (record.Format != DrawRecord.CurrentFormat || commitment.Algorithm != Draw.Algorithm)
        {
            Report("format", $"记录格式“{record.Format}”或算法“{commitment.Algorithm}”不受支持。");
            return;
        }

        if (published is not null && DrawRecordJson.Hash(published) != DrawRecordJson.Hash(commitment))
        {
            Report("commitment", "记录中的承诺与当时公布的承诺不一致。");
        }

        if (record.ComputeHash() != record.Hash)
        {
            Report("hash", "记录摘要不符，记录在生成后被改动。");
        }

        commitment.Terms.Require();
        var pool = DrawPool.Freeze(record.Pool);
        if (pool.Hash != commitment.PoolHash)
        {
            Report("pool", $"对象名录或权重在承诺后被改动：承诺 {commitment.PoolHash}，记录 {pool.Hash}。");
        }

        if (roster is not null)
        {
            CompareRoster(record.Pool, roster, Report);
        }

        if (Draw.HashExclusions(record.Exclusions) != commitment.ExclusionsHash)
        {
            Report("exclusions", "排除名单在承诺后被改动。");
        }

        var excluded = record.Exclusions.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var winner in record.Winners.Where(w => excluded.Contains(w.Id)))
        {
            Report($"winners {winner.Id}", "已排除的对象被抽中。");
        }

        if (DrawOfficer.HashRoster(record.Officers) != commitment.OfficersHash)
        {
            Report("officers", "执法人员名录在承诺后被改动。");
        }

        if (commitment.CommittedAt >= record.PublicValue.KnownAt)
        {
            Report("publicValue.knownAt", "承诺时间不早于公开值产生的时间，抽取人可能事先知道公开值。");
        }

        VerifySeed(record, Report);
        if (record.Seed is { Length: 64 } && record.Seed.All(char.IsAsciiHexDigit))
        {
            DrawReplay.Verify(record, pool, Convert.FromHexString(record.Seed), Report);
        }
    }

    private static void VerifySeed(DrawRecord record, Action<string, string> report)
    {
        var commitment = record.Commitment;
        DrawSecret secret;
        try
        {
            secret = DrawSecret.FromHex(record.Secret);
        }
        catch (DomainRuleException e)
        {
            report("secret", e.Message);
            return;
        }

        if (secret.Commitment != commitment.Commitment)
        {
            report("secret", "密值与承诺不符，密值被更换。");
        }

        var seed = Draw.Seed(commitment.Terms.DrawId, commitment.PoolHash, record.Secret, record.PublicValue.Text);
        if (Convert.ToHexStringLower(seed) != record.Seed)
        {
            report("seed", "种子不能由抽取编号、名录摘要、密值和公开值算出：密值、公开值或种子被改动。");
        }
    }

    private static void CompareRoster(ImmutableArray<DrawCandidate> pool, IEnumerable<DrawCandidate> roster, Action<string, string> report)
    {
        var expected = new Dictionary<string, DrawCandidate>(StringComparer.Ordinal);
        foreach (var candidate in roster)
        {
            expected[candidate.Id] = candidate;
        }

        var found = 0;
        void Limited(string id, string problem)
        {
            if (++found <= LongestList)
            {
                report($"pool {id}", problem);
            }
        }

        foreach (var candidate in pool)
        {
            if (!expected.Remove(candidate.Id, out var own))
            {
                Limited(candidate.Id, "记录中有、所给名录中没有的对象。");
            }
            else if (own.Line != candidate.Line)
            {
                Limited(candidate.Id, $"与所给名录不同：名录为“{own.Line.TrimEnd()}”，记录为“{candidate.Line.TrimEnd()}”。");
            }
        }

        foreach (var missing in expected.Keys.Order(StringComparer.Ordinal))
        {
            Limited(missing, "所给名录中有、记录中没有的对象。");
        }

        if (found > LongestList)
        {
            report("pool", $"另有 {found - LongestList} 处名录差异未列出。");
        }
    }
}
