using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Workflows.Supervision.Audit;

/// <summary>
/// The seal of a day over all chains: the heads of the chains that grew since the seal before, chained to that seal. A
/// chain or the end of a chain that is removed later is missed by name. Its hash is what an organ publishes or deposits.
/// </summary>
/// <param name="Day">The local day that was sealed.</param>
/// <param name="PreviousHash">Hash of the seal before; <see cref="Beginning"/> for the first.</param>
/// <param name="Heads">Heads of the chains that grew, in ordinal order of their keys.</param>
/// <param name="Hash">SHA-256 over all above, lower-case hexadecimal.</param>
public sealed record DailyRoot(DateOnly Day, string PreviousHash, ImmutableArray<AuditHead> Heads, string Hash)
{
    /// <summary>What stands before the first seal.</summary>
    public static string Beginning { get; } = AuditEntry.HashOf("workflows-audit-root-v1");

    /// <summary>Seals a day.</summary>
    /// <param name="day">The local day.</param>
    /// <param name="previousHash">Hash of the seal before, or <see cref="Beginning"/>.</param>
    /// <param name="heads">Current heads of the chains that grew since then, in any order.</param>
    public static DailyRoot Seal(DateOnly day, string previousHash, IEnumerable<AuditHead> heads)
    {
        var root = new DailyRoot(day, previousHash, [.. heads.OrderBy(h => h.CaseKey, StringComparer.Ordinal)], "");
        return root with { Hash = root.ComputeHash() };
    }

    internal string ComputeHash() => AuditEntry.HashOf(AuditData.Write(writer =>
    {
        writer.WriteStartObject();
        WriteMembers(writer);
        writer.WriteEndObject();
    }));

    internal void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("day", Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("previous", PreviousHash);
        writer.WriteStartArray("heads");
        foreach (var head in Heads)
        {
            writer.WriteStartObject();
            writer.WriteString("case", head.CaseKey);
            writer.WriteNumber("seq", head.Sequence);
            writer.WriteString("hash", head.Hash);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
