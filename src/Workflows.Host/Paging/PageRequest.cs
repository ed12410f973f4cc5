using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Workflows.Host.Problems;

namespace Workflows.Host.Paging;

/// <summary>Where a page begins: behind the row with this creation time and id.</summary>
/// <param name="CreatedAt">Creation time of the last row of the page before, UTC.</param>
/// <param name="Id">Its id.</param>
internal sealed record Cursor(DateTimeOffset CreatedAt, string Id)
{
    /// <summary>As it stands in <c>?after=</c>: opaque, URL-safe.</summary>
    public string Encode() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{CreatedAt.UtcTicks}|{Id}")));

    /// <summary>Reads what <see cref="Encode"/> wrote; refuses anything else (400).</summary>
    public static Cursor? Decode(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 2);
            if (parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                && ticks <= DateTimeOffset.MaxValue.Ticks)
                return new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), parts[1]);
        }
        catch (FormatException)
        {
            // Falls through to the one refusal for every unreadable cursor.
        }

        throw new RefusedException(new Refusal(400, "bad-cursor", "after", "翻页位置无效：请使用上一页返回的 next 值，或不带 after 从头查询。"));
    }
}

/// <summary>A keyset page as asked for by <c>?after=&amp;take=</c>.</summary>
internal sealed record PageRequest
{
    /// <summary>Rows of a page where none is asked.</summary>
    public const int DefaultTake = 50;

    /// <summary>Most rows of a page.</summary>
    public const int MaximumTake = 200;

    /// <summary>The first and longest page.</summary>
    public static PageRequest Longest { get; } = new() { Take = MaximumTake };

    /// <summary>The first and longest page of the newest rows.</summary>
    public static PageRequest LongestOfNewest { get; } = new() { Take = MaximumTake, Newest = true };

    /// <summary>The row behind which it begins, or null for the beginning.</summary>
    public Cursor? After { get; private init; }

    /// <summary>Rows, 1–200.</summary>
    public int Take { get; private init; } = DefaultTake;

    /// <summary>Whether the newest rows come first; else the oldest.</summary>
    public bool Newest { get; private init; }

    /// <summary>The page behind the one whose <see cref="Page{T}.Next"/> is given.</summary>
    public PageRequest Behind(string next) => this with { After = Cursor.Decode(next) };

    /// <summary>Reads <c>after</c>, <c>take</c> and <c>order</c> (<c>newest</c> or <c>oldest</c>) of the query; refuses what is out of range (400).</summary>
    public static ValueTask<PageRequest?> BindAsync(HttpContext context)
    {
        var take = DefaultTake;
        if (context.Request.Query["take"].ToString() is { Length: > 0 } asked
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out take) || take is < 1 or > MaximumTake))
            throw new RefusedException(new Refusal(400, "bad-take", "take", $"每页条数应在1至{MaximumTake}之间。"));
        var order = context.Request.Query["order"].ToString();
        if (order is not ("" or "newest" or "oldest"))
            throw new RefusedException(new Refusal(400, "bad-order", "order", "order 只能为 newest（新的在前）或 oldest（旧的在前）。"));
        return ValueTask.FromResult<PageRequest?>(new PageRequest { After = Cursor.Decode(context.Request.Query["after"]), Take = take, Newest = order == "newest" });
    }

    /// <summary>Makes the page of rows that were asked for with one more than <see cref="Take"/>, which tells whether there is a next page.</summary>
    public Page<TShape> Shape<TRow, TShape>(IReadOnlyList<TRow> rows, Func<TRow, Cursor> position, Func<TRow, TShape> shape) => new(
        [.. rows.Take(Take).Select(shape)],
        rows.Count > Take ? position(rows[Take - 1]).Encode() : null);
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Next">Value for <c>?after=</c> of the next page; null on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
