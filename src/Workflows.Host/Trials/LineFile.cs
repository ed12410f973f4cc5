using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflows.Host.Paging;

namespace Workflows.Host.Trials;

/// <summary>A result list in a file of JSON lines, read in pages by position; only the places where lines begin are in memory.</summary>
/// <typeparam name="T">Shape of a line.</typeparam>
internal sealed class LineFile<T>
{
    // What is read is what was written here: a member that is null is left out.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;
    private readonly long[] _starts;

    private LineFile(string path, long[] starts) => (_path, _starts) = (path, starts);

    /// <summary>Lines.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Writes a list.</summary>
    public static async Task<LineFile<T>> WriteAsync(string path, IEnumerable<T> lines, CancellationToken cancellationToken)
    {
        var starts = new List<long> { 0 };
        await using var file = File.Create(path);
        foreach (var line in lines)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(line, Json);
            await file.WriteAsync(bytes, cancellationToken);
            file.WriteByte((byte)'\n');
            starts.Add(starts[^1] + bytes.Length + 1);
        }

        return new LineFile<T>(path, [.. starts]);
    }

    /// <summary>One page.</summary>
    /// <param name="page">Where it begins and how long it is.</param>
    /// <param name="wanted">Which lines are wanted; null for all.</param>
    /// <param name="first">Position of the first line where the page does not begin behind another, from 0.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<Page<T>> PageAsync(PageRequest page, Func<T, bool>? wanted, int first, CancellationToken cancellationToken)
    {
        var at = page.After is { } after ? PositionOf(after) : Math.Clamp(first, 0, Count);
        var items = new List<T>();
        await using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 << 10, useAsync: true);
        file.Seek(_starts[at], SeekOrigin.Begin);
        for (; at < Count; at++)
        {
            if (items.Count == page.Take)
                return new Page<T>(items, CursorOf(at).Encode());
            var bytes = new byte[_starts[at + 1] - _starts[at]];
            await file.ReadExactlyAsync(bytes, cancellationToken);
            var line = JsonSerializer.Deserialize<T>(bytes, Json)!;
            if (wanted?.Invoke(line) ?? true)
                items.Add(line);
        }

        return new Page<T>(items, null);
    }

    private static Cursor CursorOf(int position) => new(DateTimeOffset.MinValue, position.ToString(CultureInfo.InvariantCulture));

    private int PositionOf(Cursor cursor) =>
        int.TryParse(cursor.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? Math.Min(position, Count) : 0;
}
