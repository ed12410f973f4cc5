using System.Collections.Immutable;

namespace Workflows.Supervision.Drawing;

/// <summary>A candidate's place in the order of a draw.</summary>
/// <param name="Rank">Place within its stratum (or in the whole draw), from 1.</param>
/// <param name="Id">Id of the candidate.</param>
/// <param name="Score">Its smallest ticket, 64 hexadecimal digits.</param>
/// <param name="Stratum">Stratum, or null.</param>
public sealed record DrawnRow(int Rank, string Id, string Score, string? Stratum = null);

/// <summary>
/// All candidates of a draw, or of one stratum, sorted by score, ties by id. Scores and places are kept compactly; rows
/// are made when they are asked for.
/// </summary>
public sealed class DrawOrder
{
    private const int Chunk = 4096;
    private readonly DrawCandidate[] _candidates;
    private readonly TicketScore[] _scores;
    private readonly int[] _places;

    private DrawOrder(string? stratum, DrawCandidate[] candidates, TicketScore[] scores, int[] places)
    {
        Stratum = stratum;
        _candidates = candidates;
        _scores = scores;
        _places = places;
    }

    /// <summary>The stratum that was ordered, or null.</summary>
    public string? Stratum { get; }

    /// <summary>Number of candidates.</summary>
    public int Count => _places.Length;

    /// <summary>The row at a place, from 0.</summary>
    public DrawnRow this[int place] =>
        new(place + 1, _candidates[_places[place]].Id, _scores[_places[place]].ToString(), Stratum);

    /// <summary>The id at a place, from 0.</summary>
    public string IdAt(int place) => _candidates[_places[place]].Id;

    /// <summary>Every row, best first.</summary>
    public IEnumerable<DrawnRow> Rows() => Enumerable.Range(0, Count).Select(i => this[i]);

    /// <summary>The first rows.</summary>
    public ImmutableArray<DrawnRow> First(int count) => [.. Enumerable.Range(0, Math.Min(count, Count)).Select(i => this[i])];

    /// <summary>Orders candidates by their smallest ticket.</summary>
    /// <param name="hasher">Hasher that holds the seed.</param>
    /// <param name="stratum">Stratum that stands in the tickets' message, or null.</param>
    /// <param name="candidates">Candidates in ordinal order of ids.</param>
    internal static DrawOrder Of(TicketHasher hasher, string? stratum, DrawCandidate[] candidates)
    {
        var label = stratum is null ? "target|" : $"target|{stratum}|";
        var scores = new TicketScore[candidates.Length];
        Parallel.For(0, (candidates.Length + Chunk - 1) / Chunk, chunk =>
        {
            var begin = chunk * Chunk;
            var length = Math.Min(Chunk, candidates.Length - begin);
            hasher.Smallest(label, candidates.AsSpan(begin, length), scores.AsSpan(begin, length));
        });
        return new DrawOrder(stratum, candidates, scores, Places(scores));
    }

    /// <summary>Orders candidates by one ticket each, whatever their weight.</summary>
    internal static DrawOrder Uniform(TicketHasher hasher, DrawCandidate[] candidates)
    {
        var scores = new TicketScore[candidates.Length];
        Parallel.For(0, candidates.Length, i => scores[i] = hasher.Single($"uniform|{candidates[i].Id}"));
        return new DrawOrder(null, candidates, scores, Places(scores));
    }

    private static int[] Places(TicketScore[] scores)
    {
        var keys = new ulong[scores.Length];
        var places = new int[scores.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            keys[i] = scores[i].First;
            places[i] = i;
        }

        Array.Sort(keys, places);

        // Equal leading words are settled by the whole score and then by id, which is the candidates' order.
        for (var begin = 0; begin < places.Length;)
        {
            var end = begin + 1;
            while (end < places.Length && keys[end] == keys[begin])
            {
                end++;
            }

            if (end - begin > 1)
            {
                places.AsSpan(begin, end - begin).Sort((a, b) =>
                    scores[a].CompareTo(scores[b]) is var order and not 0 ? order : a.CompareTo(b));
            }

            begin = end;
        }

        return places;
    }
}
