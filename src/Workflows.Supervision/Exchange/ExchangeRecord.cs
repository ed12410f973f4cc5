using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Exchange;

/// <summary>All lines of one number: what a platform hands in at once.</summary>
public sealed class ExchangeRecord
{
    private ExchangeRecord(ExchangeKind kind, string number, IReadOnlyList<ExchangeRow> rows)
    {
        Kind = kind;
        Number = number;
        Rows = rows;
        var read = ExchangeFields.Of(kind).Where(field => field.Read).ToList();
        Content = ContentOf(rows, read.Where(field => !field.Personal));
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ContentOf(rows, read))));
    }

    /// <summary>What it is.</summary>
    public ExchangeKind Kind { get; }

    /// <summary>Number of ours or, for what comes from outside, theirs.</summary>
    public string Number { get; }

    /// <summary>Its lines.</summary>
    public IReadOnlyList<ExchangeRow> Rows { get; }

    /// <summary>What was handed in and is read, as canonical JSON, without who reported.</summary>
    public string Content { get; }

    /// <summary>SHA-256 of all that is read, who reported included, lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>The number under which it is taken once: the platform's own where it gives one.</summary>
    public string ExternalId => With("platformNumber").Text("platformNumber") ?? Number;

    /// <summary>Whether anything is wrong with one of its lines.</summary>
    public bool HasProblem => Rows.Any(row => row.HasProblem);

    /// <summary>
    /// Groups lines by number, in the order of the file. What all lines of a number share may stand on one of them; where two differ it is reported.
    /// </summary>
    public static IReadOnlyList<ExchangeRecord> Group(ExchangeKind kind, IReadOnlyList<ExchangeRow> rows)
    {
        var needed = ExchangeFields.Of(kind).Where(field => field is { Needed: true, Blank: false }).ToList();
        var shared = ExchangeFields.Of(kind).Where(field => field.Shared).ToList();
        foreach (var row in rows)
        {
            needed.ForEach(field => row.Needed(field.Name));
        }

        var (records, known) = (new List<ExchangeRecord>(), new Dictionary<string, ExchangeRecord>(StringComparer.Ordinal));
        foreach (var group in rows.GroupBy(row => row.Text("number") ?? "", StringComparer.Ordinal).Where(group => group.Key.Length > 0))
        {
            var lines = group.ToList();
            foreach (var field in shared)
            {
                var first = lines.Find(row => row.Text(field.Name) is not null);
                foreach (var other in lines.Where(row => row.Text(field.Name) is { } text && text != first!.Text(field.Name)))
                {
                    other.Report(field.Name, other.Text(field.Name)!, $"与第{first!.Line}行不一致。", "同一编号的各行须一致，请核对。");
                }
            }

            var record = new ExchangeRecord(kind, group.Key, lines);
            if (!known.TryAdd(record.ExternalId, record))
            {
                var twin = known[record.ExternalId];
                record.Rows[0].Report("platformNumber", record.ExternalId, $"与第{twin.Rows[0].Line}行的编号“{twin.Number}”使用了同一平台编号。", "一个平台编号只能用于一项任务，请核对。");
            }

            records.Add(record);
        }

        return records;
    }

    /// <summary>The line on which a shared field stands, or the first.</summary>
    public ExchangeRow With(string field) => Rows.FirstOrDefault(row => row.Text(field) is not null) ?? Rows[0];

    private static string ContentOf(IReadOnlyList<ExchangeRow> rows, IEnumerable<ExchangeField> fields)
    {
        var kept = fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var lines = rows.Select(row => new JsonObject(
            row.Values.Where(pair => kept.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))).ToJsonString(SupervisionJson.Options));

        // People sort sheets; the same lines in another order are the same.
        return $"[{string.Join(',', lines.Order(StringComparer.Ordinal))}]";
    }
}
