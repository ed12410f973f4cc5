using System.Text;

namespace Workflows.Supervision.Leads;

/// <summary>
/// The words of a lead as a set of character pairs (Chinese has no blanks between words), kept as the 32 smallest of their mixed
/// values: similarity of two sets is read off these sketches (bottom-k, Broder 1997), exactly where both sets are small.
/// </summary>
internal static class LeadText
{
    /// <summary>Share of common pairs from which two texts say much the same.</summary>
    public const double Similar = 0.6;

    /// <summary>Pairs of which a text must consist before its likeness means anything.</summary>
    public const int FewestPairs = 6;

    private const int SketchSize = 32;
    private static readonly uint[] BandSeeds = [0x9E3779B9, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F];

    /// <summary>Letters and digits alone, in one width and case.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Narrow(c) is var narrow && char.IsLetterOrDigit(narrow))
            {
                plain.Append(char.ToLowerInvariant(narrow));
            }
        }

        return plain.ToString();
    }

    /// <summary>Distinct pairs of neighbouring characters of a plain text.</summary>
    public static HashSet<uint> Pairs(string plain)
    {
        var pairs = new HashSet<uint>();
        for (var i = 0; i + 1 < plain.Length; i++)
        {
            pairs.Add(((uint)plain[i] << 16) | plain[i + 1]);
        }

        return pairs;
    }

    /// <summary>The sketch of a set of pairs: its smallest mixed values, ascending.</summary>
    public static uint[] Sketch(HashSet<uint> pairs) => [.. pairs.Select(Mix).Order().Take(SketchSize)];

    /// <summary>
    /// Values by which similar texts find each other: the smallest under each of four mixings. Sets that share 80 % of their pairs
    /// have one in common with a probability of 99.8 %.
    /// </summary>
    public static IReadOnlyList<uint> Bands(HashSet<uint> pairs) =>
        pairs.Count < FewestPairs ? [] : [.. BandSeeds.Select(seed => pairs.Min(pair => Mix(pair ^ seed)))];

    /// <summary>Share of common pairs, 0–1; 0 for texts that are too short to tell.</summary>
    public static double Similarity(IReadOnlyList<uint> one, IReadOnlyList<uint> other)
    {
        if (one.Count < FewestPairs || other.Count < FewestPairs)
        {
            return 0;
        }

        var (i, j, union, common) = (0, 0, 0, 0);
        while (union < SketchSize && (i < one.Count || j < other.Count))
        {
            union++;
            if (j == other.Count || (i < one.Count && one[i] < other[j]))
            {
                i++;
            }
            else if (i == one.Count || other[j] < one[i])
            {
                j++;
            }
            else
            {
                common++;
                i++;
                j++;
            }
        }

        return (double)common / union;
    }

    // Full-width forms of letters, digits and signs, as Chinese keyboards make them.
    private static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;

    // A permutation of 32-bit values (the finaliser of MurmurHash3): distinct pairs stay distinct.
    private static uint Mix(uint value)
    {
        value ^= value >> 16;
        value *= 0x85EBCA6B;
        value ^= value >> 13;
        value *= 0xC2B2AE35;
        return value ^ (value >> 16);
    }
}
