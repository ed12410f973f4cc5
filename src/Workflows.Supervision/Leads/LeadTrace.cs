using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Supervision.Leads;

/// <summary>What is kept of a lead to recognise its duplicates.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="At">When it happened, or else came in, UTC.</param>
/// <param name="Place">Where.</param>
/// <param name="Matter">Matter, or null.</param>
/// <param name="Source">Source.</param>
/// <param name="Sketch">Sketch of its words, see <see cref="LeadText"/>.</param>
public sealed record LeadTrace(string LeadId, DateTimeOffset At, LeadPlace Place, string? Matter, string Source, IReadOnlyList<uint> Sketch);

/// <summary>Why a lead is probably a duplicate of an earlier one.</summary>
/// <param name="LeadId">The other lead.</param>
/// <param name="Ground">Why.</param>
/// <param name="Metres">How far apart they lie, in metres; null where one has no coordinates.</param>
/// <param name="Similarity">Share of common words, 0–1.</param>
/// <param name="SecondsApart">How far apart in time.</param>
public sealed record LeadLink(string LeadId, LinkGround Ground, double? Metres, double Similarity, int SecondsApart);

/// <summary>
/// When two leads are one. Exact: the same source and number, or the same words, place and time. Near: the same matter and place, or
/// much the same words, within a quarter of an hour. Near ones meet in common buckets, so that nothing is ever looked through.
/// </summary>
public static class LeadLikeness
{
    /// <summary>Within which time two reports may be of one event.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Keys that no two leads share; one or two.</summary>
    internal static IReadOnlyList<string> KeysOf(NewLead lead)
    {
        var keys = new List<string>(2);
        if (lead.ExternalNumber is { } number)
        {
            keys.Add(NumberKey(lead.Source, number));
        }

        // Without the time of the event the same words may be a second event.
        if (lead.OccurredAt is { } at)
        {
            keys.Add("c:" + Hash(string.Create(CultureInfo.InvariantCulture, $"{lead.MatterCode}\n{LeadText.Plain(lead.Text)}\n{lead.Place().Canonical()}\n{at.UtcTicks}")));
        }

        return keys;
    }

    /// <summary>Key of a number at a source.</summary>
    internal static string NumberKey(string source, string number) => "n:" + Hash($"{source}\n{number}");

    /// <summary>Buckets in which a lead is found by later ones.</summary>
    internal static IReadOnlyList<string> BucketsOf(LeadTrace trace, HashSet<uint> pairs) => [.. Buckets(trace, pairs, 0, 0)];

    /// <summary>Buckets in which a lead finds earlier ones: its own, those of the neighbouring cells, of the quarter before and the quarter after.</summary>
    internal static IReadOnlyList<string> NeighboursOf(LeadTrace trace, HashSet<uint> pairs) => [.. Buckets(trace, pairs, 1, 1)];

    /// <summary>The link between two leads, or null where they have nothing in common.</summary>
    /// <param name="later">The one that comes in.</param>
    /// <param name="earlier">The one that is there.</param>
    public static LeadLink? Between(LeadTrace later, LeadTrace earlier)
    {
        var apart = (later.At - earlier.At).Duration();
        var samePlace = later.Place.IsSameAs(earlier.Place);
        if (apart > Window || samePlace == false)
        {
            return null;
        }

        var similarity = LeadText.Similarity(later.Sketch, earlier.Sketch);
        var metres = later.Place.MetresTo(earlier.Place);
        if (samePlace == true && later.Matter is not null && later.Matter == earlier.Matter)
        {
            return new LeadLink(earlier.LeadId, LinkGround.SameMatterAndPlace, metres, similarity, (int)apart.TotalSeconds);
        }

        var mayBeOne = samePlace == true || (later.Place.MayBeIn(earlier.Place) && (later.Matter is null || earlier.Matter is null || later.Matter == earlier.Matter));
        return mayBeOne && similarity >= LeadText.Similar
            ? new LeadLink(earlier.LeadId, LinkGround.SimilarText, metres, similarity, (int)apart.TotalSeconds)
            : null;
    }

    // By district: one source names the town, the other only the district.
    private static IEnumerable<string> Buckets(LeadTrace trace, HashSet<uint> pairs, int cells, int slots)
    {
        var quarter = trace.At.UtcTicks / Window.Ticks;
        for (var slot = quarter - slots; slot <= quarter + slots; slot++)
        {
            if (trace.Matter is not null && trace.Place.Cell is var (x, y))
            {
                for (var i = -cells; i <= cells; i++)
                {
                    for (var j = -cells; j <= cells; j++)
                    {
                        yield return string.Create(CultureInfo.InvariantCulture, $"g|{trace.Matter}|{x + i}|{y + j}|{slot}");
                    }
                }
            }

            if (trace.Matter is not null && trace.Place.PlainAddress is { } address)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"a|{trace.Matter}|{trace.Place.District}|{Hash(address)[..32]}|{slot}");
            }

            foreach (var (band, value) in LeadText.Bands(pairs).Index())
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"t|{trace.Place.District}|{band}|{value:x8}|{slot}");
            }
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Where leads are recognised: by unique keys and by buckets, never by looking through leads.</summary>
public interface ILeadIndex
{
    /// <summary>The lead behind each key that is known.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> FindKeysAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default);

    /// <summary>What lies in each of the buckets.</summary>
    ValueTask<ILookup<string, LeadTrace>> FindTracesAsync(IReadOnlyCollection<string> buckets, CancellationToken cancellationToken = default);

    /// <summary>Notes keys of a lead; a key that another stimulus has noted meanwhile lets this one run again.</summary>
    void AddKeys(string leadId, IReadOnlyCollection<string> keys);

    /// <summary>Puts a lead into its buckets.</summary>
    void AddTrace(LeadTrace trace, IReadOnlyCollection<string> buckets);
}
