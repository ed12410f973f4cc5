using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Workflows.Storage.Commit;

/// <summary>Rows as a JSON array of arrays, for the databases that take them so.</summary>
internal static class RowsAsJson
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlySpan<byte> Write(TableMap table, IReadOnlyList<object> rows)
    {
        var buffer = new ArrayBufferWriter<byte>(256 * rows.Count);
        using var json = new Utf8JsonWriter(buffer, Writing);
        json.WriteStartArray();
        foreach (object row in rows)
        {
            json.WriteStartArray();
            foreach (ColumnMap column in table.Columns)
            {
                switch (column.Value(row))
                {
                    case null: json.WriteNullValue(); break;
                    case string text: json.WriteStringValue(text); break;
                    case long number: json.WriteNumberValue(number); break;
                    case int number: json.WriteNumberValue(number); break;
                    case bool flag: json.WriteNumberValue(flag ? 1 : 0); break;
                }
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan;
    }
}
