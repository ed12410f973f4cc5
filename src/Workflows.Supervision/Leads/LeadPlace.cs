using System.Globalization;
using System.Text.Json.Serialization;

namespace Workflows.Supervision.Leads;

/// <summary>Where something was seen.</summary>
/// <param name="Area">Division code: nine digits of a town, or six of a district where the town is not known.</param>
/// <param name="Grid">Code of the grid, or null.</param>
/// <param name="Address">Address in words, or null.</param>
/// <param name="Latitude">Degrees north (WGS 84 or GCJ-02, one per source), 3–54; null where unknown.</param>
/// <param name="Longitude">Degrees east, 73–136; null where unknown.</param>
public sealed record LeadPlace(string Area, string? Grid = null, string? Address = null, double? Latitude = null, double? Longitude = null)
{
    /// <summary>How far apart two reports of one place may lie, in metres.</summary>
    public const double SamePlaceMetres = 100;

    private const double MetresPerLatitude = 110_574;
    private const double MetresPerLongitude = 111_320;

    // No less than 110 m in either direction anywhere in China: whatever is within 100 m lies in the same cell or the next.
    private const double CellLatitude = 0.001;
    private const double CellLongitude = 0.002;

    /// <summary>The district in which it lies.</summary>
    [JsonIgnore]
    public string District => Area.Length > 6 ? Area[..6] : Area;

    /// <summary>The address without what people write differently: blanks, punctuation, width; null for none.</summary>
    [JsonIgnore]
    internal string? PlainAddress => Address is { } address && LeadText.Plain(address) is { Length: > 0 } plain ? plain : null;

    /// <summary>Cell of the grid in which the coordinates lie, or null.</summary>
    [JsonIgnore]
    internal (int X, int Y)? Cell => Latitude is { } north && Longitude is { } east
        ? ((int)Math.Floor(east / CellLongitude), (int)Math.Floor(north / CellLatitude))
        : null;

    /// <summary>Distance in metres, exact to a few centimetres over some kilometres; null where one has no coordinates.</summary>
    public double? MetresTo(LeadPlace other)
    {
        if (Latitude is not { } north || Longitude is not { } east || other.Latitude is not { } otherNorth || other.Longitude is not { } otherEast)
        {
            return null;
        }

        var x = (east - otherEast) * MetresPerLongitude * Math.Cos((north + otherNorth) / 2 * Math.PI / 180);
        var y = (north - otherNorth) * MetresPerLatitude;
        return Math.Sqrt((x * x) + (y * y));
    }

    /// <summary>Whether both are one place: within 100 m, or the same address in the same area; null where that cannot be told.</summary>
    public bool? IsSameAs(LeadPlace other) =>
        MetresTo(other) is { } metres ? metres <= SamePlaceMetres
        : PlainAddress is { } address && other.PlainAddress is { } another ? MayBeIn(other) && address == another
        : null;

    /// <summary>Whether both may lie in the same town: the same code, or one names only the district of the other.</summary>
    internal bool MayBeIn(LeadPlace other) => Area.StartsWith(other.Area, StringComparison.Ordinal) || other.Area.StartsWith(Area, StringComparison.Ordinal);

    /// <summary>All that tells the place apart from others, as one text.</summary>
    internal string Canonical() => string.Create(CultureInfo.InvariantCulture, $"{Area}|{PlainAddress}|{Latitude:F6}|{Longitude:F6}");
}
