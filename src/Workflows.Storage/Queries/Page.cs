using System.Globalization;
using System.Text;

namespace Workflows.Storage.Queries;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Size">Items on it, 1–500.</param>
/// <param name="After">What <see cref="Page{T}.Next"/> of the page before said; null for the first.</param>
/// <param name="NewestFirst">Whether the newest comes first.</param>
public sealed record PageRequest(int Size = 50, string? After = null, bool NewestFirst = true)
{
    internal const int MaxSize = 500;

    internal int Limit => Math.Clamp(Size, 1, MaxSize);

    internal static string TokenOf(long ticks, string id) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ticks}|{id}"))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <exception cref="FormatException">The token was not given out by this service.</exception>
    internal (long Ticks, string Id)? Position()
    {
        if (After is null)
            return null;
        string padded = After.Replace('-', '+').Replace('_', '/');
        string text = Encoding.UTF8.GetString(Convert.FromBase64String(padded.PadRight((padded.Length + 3) / 4 * 4, '=')));
        int bar = text.IndexOf('|', StringComparison.Ordinal);
        return bar > 0 && long.TryParse(text.AsSpan(0, bar), NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            ? (ticks, text[(bar + 1)..])
            : throw new FormatException("after：分页标记无效，请从第一页重新查询。");
    }
}
