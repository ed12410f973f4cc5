using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Workflows.Supervision.Drawing;

/// <summary>
/// The frozen roster of a draw: eligible candidates in ordinal order of their ids, with the hash that is published before
/// the public value is known.
/// </summary>
public sealed class DrawPool
{
    private readonly DrawCandidate[] _candidates;

    private DrawPool(DrawCandidate[] candidates)
    {
        _candidates = candidates;
        Hash = CanonicalText.Hash(candidates.Select(c => c.Line));
    }

    /// <summary>Candidates in ordinal order of their ids.</summary>
    public ImmutableArray<DrawCandidate> Candidates => ImmutableCollectionsMarshal.AsImmutableArray(_candidates);

    /// <summary>Number of candidates.</summary>
    public int Count => _candidates.Length;

    /// <summary>SHA-256 of the canonical text (one line <c>id|class|weight</c>, or <c>id|class|weight|stratum</c>), lower-case hexadecimal.</summary>
    public string Hash { get; }

    internal ReadOnlySpan<DrawCandidate> Span => _candidates;

    /// <summary>Freezes candidates given in any order.</summary>
    /// <exception cref="DomainRuleException">An id or a weight is invalid, an id stands twice (<c>draw-id-twice</c>), or only some have a stratum (<c>draw-strata-incomplete</c>).</exception>
    public static DrawPool Freeze(IEnumerable<DrawCandidate> candidates)
    {
        var sorted = candidates.ToArray();
        if (!IsSorted(sorted))
        {
            Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        }

        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i].Require();
            if (i > 0 && sorted[i].Id == sorted[i - 1].Id)
            {
                throw new DomainRuleException("draw-id-twice", $"对象 {sorted[i].Id} 在名录中出现两次，请先去重。", sorted[i].Id);
            }

            if ((sorted[i].Stratum is null) != (sorted[0].Stratum is null))
            {
                throw new DomainRuleException("draw-strata-incomplete", $"对象 {sorted[i].Id} 与其他对象不一致：要么全部注明分层，要么全部不注明。", sorted[i].Id);
            }
        }

        return new DrawPool(sorted);
    }

    private static bool IsSorted(DrawCandidate[] candidates)
    {
        for (var i = 1; i < candidates.Length; i++)
        {
            if (string.CompareOrdinal(candidates[i - 1].Id, candidates[i].Id) > 0)
            {
                return false;
            }
        }

        return true;
    }
}
