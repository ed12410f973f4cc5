using System.Security.Cryptography;
using System.Text;

namespace Workflows.Supervision.Audit;

/// <summary>
/// Writes the audit trail as JSON lines: first the daily seals in order of day, then the entries in ordinal order of case
/// and sequence, then one closing line with the counts and a digest of all lines before it, so that a cut file shows.
/// </summary>
public static class AuditExport
{
    /// <summary>Writes an export; memory does not grow with it.</summary>
    /// <param name="stream">Receives UTF-8.</param>
    /// <param name="roots">Daily seals in order of day.</param>
    /// <param name="entries">Entries in ordinal order of case key, then sequence.</param>
    /// <exception cref="InvalidOperationException">Seals or entries come out of order: a fault of the caller's query.</exception>
    public static void Write(Stream stream, IEnumerable<DailyRoot> roots, IEnumerable<AuditEntry> entries)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Line(string line)
        {
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            digest.AppendData(bytes);
            stream.Write(bytes);
        }

        var rootCount = 0L;
        DailyRoot? lastRoot = null;
        foreach (var root in roots)
        {
            Require(lastRoot is null || lastRoot.Day < root.Day);
            Line(Format(root));
            lastRoot = root;
            rootCount++;
        }

        var entryCount = 0L;
        AuditEntry? last = null;
        foreach (var entry in entries)
        {
            Require(last is null || (string.CompareOrdinal(last.CaseKey, entry.CaseKey) is var order
                && (order < 0 || (order == 0 && last.Sequence < entry.Sequence))));
            Line(Format(entry));
            last = entry;
            entryCount++;
        }

        var digestHex = Convert.ToHexStringLower(digest.GetHashAndReset());
        Line(AuditData.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "end");
            writer.WriteNumber("roots", rootCount);
            writer.WriteNumber("entries", entryCount);
            writer.WriteString("digest", digestHex);
            writer.WriteEndObject();
        }));
    }

    private static string Format(AuditEntry entry) => AuditData.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "entry");
        entry.WriteMembers(writer);
        writer.WriteString("hash", entry.Hash);
        writer.WriteEndObject();
    });

    private static string Format(DailyRoot root) => AuditData.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "root");
        root.WriteMembers(writer);
        writer.WriteString("hash", root.Hash);
        writer.WriteEndObject();
    });

    private static void Require(bool ordered)
    {
        if (!ordered)
        {
            throw new InvalidOperationException("Audit rows must come in ordinal order of case key and sequence, seals in order of day.");
        }
    }
}
