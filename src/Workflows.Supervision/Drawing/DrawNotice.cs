using System.Collections.Immutable;

namespace Workflows.Supervision.Drawing;

/// <summary>
/// What the public sees of a draw: hashes, figures and the public value at once; targets only when their notices are
/// served, for many visits are unannounced; officers never.
/// </summary>
/// <param name="Commitment">As it was published before the public value.</param>
/// <param name="PublicValue">The public value.</param>
/// <param name="RecordHash">Hash of the whole record, substitutions included.</param>
/// <param name="PoolSize">How many targets took part.</param>
/// <param name="ExclusionsByCode">How many were left out on each ground.</param>
/// <param name="Drawn">How many were drawn.</param>
/// <param name="Substituted">How many later changes there were.</param>
/// <param name="ServedTargets">The drawn targets whose notices are served, in order.</param>
public sealed record DrawNotice(
    DrawCommitment Commitment,
    PublicValue PublicValue,
    string RecordHash,
    int PoolSize,
    ImmutableSortedDictionary<string, int> ExclusionsByCode,
    int Drawn,
    int Substituted,
    ImmutableArray<string> ServedTargets)
{
    /// <summary>Makes the notice of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isServed">Whether the notice of a target has been served.</param>
    public static DrawNotice Of(DrawRecord record, Func<string, bool> isServed) => new(
        record.Commitment,
        record.PublicValue,
        record.LatestHash,
        record.Pool.Length,
        record.Exclusions.GroupBy(e => e.Code, StringComparer.Ordinal).ToImmutableSortedDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
        record.Winners.Length,
        record.Substitutions.Length,
        [.. record.CurrentTargets.Where(isServed)]);
}
