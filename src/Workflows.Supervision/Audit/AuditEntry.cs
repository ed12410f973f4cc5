using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Workflows.Supervision.Audit;

/// <summary>What happened, before it has its place in a chain.</summary>
/// <param name="At">Instant (UTC); kept to the millisecond, which every store preserves.</param>
/// <param name="Actor">Who did it: the id of a user or of a part of the service.</param>
/// <param name="Department">Department code of the actor, or null.</param>
/// <param name="Kind">What kind of act.</param>
/// <param name="ActivityId">Activity of the definition that caused it, or null.</param>
/// <param name="Data">Canonical JSON object, see <see cref="AuditData"/>.</param>
public sealed record AuditEvent(DateTimeOffset At, string Actor, string? Department, string Kind, string? ActivityId, string Data);

/// <summary>The end of a chain: all that is needed to append to it.</summary>
/// <param name="CaseKey">Key of the case.</param>
/// <param name="Sequence">Number of the last entry; 0 for an empty chain.</param>
/// <param name="Hash">Its hash, or the chain's beginning.</param>
/// <param name="At">Its instant (UTC).</param>
public sealed record AuditHead(string CaseKey, long Sequence, string Hash, DateTimeOffset At)
{
    /// <summary>The head of a chain without entries; its hash is derived from the key, so that chains cannot be exchanged.</summary>
    public static AuditHead Empty(string caseKey) => new(caseKey, 0, AuditEntry.Beginning(caseKey), DateTimeOffset.MinValue);
}

/// <summary>An entry of the audit trail, chained by hash to the entry before it in the same case.</summary>
/// <param name="CaseKey">Key of the case.</param>
/// <param name="Sequence">Number within the case, from 1 without gaps.</param>
/// <param name="At">Instant (UTC).</param>
/// <param name="Actor">Who.</param>
/// <param name="Department">Department code, or null.</param>
/// <param name="Kind">What kind of act.</param>
/// <param name="ActivityId">Activity of the definition, or null.</param>
/// <param name="Data">Canonical JSON object.</param>
/// <param name="PreviousHash">Hash of the entry before, or the chain's beginning.</param>
/// <param name="Hash">SHA-256 over all other fields, lower-case hexadecimal.</param>
public sealed record AuditEntry(
    string CaseKey, long Sequence, DateTimeOffset At, string Actor, string? Department, string Kind, string? ActivityId, string Data, string PreviousHash, string Hash)
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The head that this entry makes.</summary>
    public AuditHead Head => new(CaseKey, Sequence, Hash, At);

    /// <summary>Appends to a chain. The time of a chain never runs back: an earlier instant is noted as that of the entry before.</summary>
    public static AuditEntry Append(AuditHead head, AuditEvent what)
    {
        var at = what.At.ToUniversalTime();
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
        var entry = new AuditEntry(
            head.CaseKey, head.Sequence + 1, at < head.At ? head.At : at,
            what.Actor, what.Department, what.Kind, what.ActivityId, what.Data, head.Hash, "");
        return entry with { Hash = entry.ComputeHash() };
    }

    /// <summary>The hash at which the chain of a case begins.</summary>
    public static string Beginning(string caseKey) => HashOf($"workflows-audit-v1\n{caseKey}");

    internal string ComputeHash() => HashOf(AuditData.Write(writer =>
    {
        writer.WriteStartObject();
        WriteMembers(writer);
        writer.WriteEndObject();
    }));

    internal void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("case", CaseKey);
        writer.WriteNumber("seq", Sequence);
        writer.WriteString("at", FormatTime(At));
        writer.WriteString("actor", Actor);
        writer.WriteString("department", Department);
        writer.WriteString("kind", Kind);
        writer.WriteString("activityId", ActivityId);
        writer.WritePropertyName("data");
        writer.WriteRawValue(Data);
        writer.WriteString("previous", PreviousHash);
    }

    internal static string FormatTime(DateTimeOffset at) => at.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    internal static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
