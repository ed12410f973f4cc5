using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Workflows.Supervision.Audit;

/// <summary>
/// Canonical JSON of audit entries: members in ordinal order of their names, no white space, Chinese unescaped, numbers as
/// they were written. Stores keep it as text; a column type that reorders members would break the hashes.
/// </summary>
public static class AuditData
{
    private const int Deepest = 16;

    internal static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = false };

    /// <summary>Canonical text of named values.</summary>
    public static string Canonical(IReadOnlyDictionary<string, string?> data) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in data.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    });

    /// <summary>Canonical text of a JSON object.</summary>
    /// <exception cref="DomainRuleException">Not an object, deeper than 16 levels or a name stands twice (<c>audit-data-invalid</c>).</exception>
    public static string Canonical(JsonElement data) => data.ValueKind == JsonValueKind.Object
        ? Write(writer => Copy(data, writer, 0))
        : throw new DomainRuleException("audit-data-invalid", "审计内容应为对象。", "data");

    internal static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Copy(JsonElement value, Utf8JsonWriter writer, int depth)
    {
        if (depth > Deepest)
        {
            throw new DomainRuleException("audit-data-invalid", $"审计内容嵌套超过 {Deepest} 层。", "data");
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            string? last = null;
            foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
            {
                if (member.Name == last)
                {
                    throw new DomainRuleException("audit-data-invalid", $"审计内容的“{member.Name}”出现两次。", member.Name);
                }

                last = member.Name;
                writer.WritePropertyName(member.Name);
                Copy(member.Value, writer, depth + 1);
            }

            writer.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
            {
                Copy(item, writer, depth + 1);
            }

            writer.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.String)
        {
            writer.WriteStringValue(value.GetString());
        }
        else
        {
            writer.WriteRawValue(value.GetRawText());
        }
    }
}
