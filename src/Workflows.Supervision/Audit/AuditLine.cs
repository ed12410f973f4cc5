using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Workflows.Supervision.Audit;

/// <summary>One line of an export, read but not verified.</summary>
internal sealed record AuditLine(AuditEntry? Entry, DailyRoot? Root, AuditEnd? End)
{
    /// <summary>Reads a line; null if it has not the form of one.</summary>
    public static AuditLine? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 20 });
            var root = document.RootElement;
            return root.GetProperty("type").GetString() switch
            {
                "entry" => new AuditLine(ReadEntry(root), null, null),
                "root" => new AuditLine(null, ReadRoot(root), null),
                "end" => new AuditLine(null, null, new AuditEnd(root.GetProperty("roots").GetInt64(), root.GetProperty("entries").GetInt64(), Text(root, "digest"))),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or DomainRuleException)
        {
            return null;
        }
    }

    private static AuditEntry ReadEntry(JsonElement row) => new(
        Text(row, "case"),
        row.GetProperty("seq").GetInt64(),
        DateTimeOffset.Parse(Text(row, "at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        Text(row, "actor"),
        row.GetProperty("department").GetString(),
        Text(row, "kind"),
        row.GetProperty("activityId").GetString(),
        AuditData.Canonical(row.GetProperty("data")),
        Text(row, "previous"),
        Text(row, "hash"));

    private static DailyRoot ReadRoot(JsonElement row) => new(
        DateOnly.ParseExact(Text(row, "day"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Text(row, "previous"),
        [.. row.GetProperty("heads").EnumerateArray().Select(h => new AuditHead(Text(h, "case"), h.GetProperty("seq").GetInt64(), Text(h, "hash"), DateTimeOffset.MinValue))],
        Text(row, "hash"));

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? throw new FormatException(name);
}

/// <summary>The closing line of an export.</summary>
internal sealed record AuditEnd(long Roots, long Entries, string Digest);
