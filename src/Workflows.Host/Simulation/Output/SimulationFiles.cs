using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflows.Storage.Audit;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Planning;

namespace Workflows.Host.Simulation.Output;

/// <summary>Writes what a simulation came to: JSON lines, the documents as they were issued, the records of the draws and the audit trail.</summary>
internal static class SimulationFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonSerializerOptions Indented = new(Json) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes all files; what an earlier run left under the same names is replaced.</summary>
    public static async Task WriteAsync(SimulationWorld world, SimulationRun run, SimulationReport report, string folder, CancellationToken cancellationToken)
    {
        var rows = report.Rows;
        foreach (var name in new[] { "documents", "draws" })
        {
            var place = Path.Combine(folder, name);
            if (Directory.Exists(place))
            {
                Directory.Delete(place, recursive: true);
            }

            Directory.CreateDirectory(place);
        }

        await LinesAsync(folder, "cases.jsonl", CaseLines.Of(rows, run), cancellationToken);
        if (rows.Leads.Count > 0)
        {
            await LinesAsync(folder, "leads.jsonl", LeadLines.Of(rows, run), cancellationToken);
        }

        await LinesAsync(folder, "timeline.jsonl", await Timeline.ReadAsync(rows, run, cancellationToken), cancellationToken);
        await LinesAsync(folder, "clocks.jsonl", await ClockLines.ReadAsync(rows, cancellationToken), cancellationToken);
        await DocumentsAsync(rows, folder, cancellationToken);
        foreach (var draw in await rows.AllAsync<DrawFile>(cancellationToken))
        {
            await TextAsync(Path.Combine(folder, "draws", draw.DrawId + ".json"), draw.Json, cancellationToken);
        }

        await using (var audit = File.Create(Path.Combine(folder, "audit.jsonl")))
        {
            await world.Service<AuditTrail>().ExportAsync(audit, null, cancellationToken);
        }

        await TextAsync(Path.Combine(folder, "report.json"), JsonSerializer.Serialize(report.Content, Indented) + "\n", cancellationToken);
    }

    private static async Task DocumentsAsync(SimulationRows rows, string folder, CancellationToken cancellationToken)
    {
        var lines = new List<object>();
        foreach (var document in await rows.AllAsync<OfficialDocument>(cancellationToken))
        {
            var file = $"{document.Form}-{document.Id}.html";
            await TextAsync(Path.Combine(folder, "documents", file), document.Html, cancellationToken);
            lines.Add(new
            {
                document.Number,
                Organ = document.Series.Organ,
                document.Form,
                Series = document.Series.Form,
                document.Series.Year,
                document.Serial,
                Case = rows.Names.GetValueOrDefault(document.CaseKey),
                ActivityId = document.Created.ActivityId,
                IssuedAt = document.Created.At,
                document.IssuedOn,
                document.Subject,
                TemplateHash = document.TemplateSha256,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.Html))),
                File = $"documents/{file}",
            });
        }

        await LinesAsync(folder, "documents.jsonl", lines, cancellationToken);
    }

    private static async Task LinesAsync<T>(string folder, string name, IReadOnlyList<T> lines, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(JsonSerializer.Serialize<object>(line!, Json)).Append('\n');
        }

        await TextAsync(Path.Combine(folder, name), text.ToString(), cancellationToken);
    }

    private static Task TextAsync(string path, string text, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, text, new UTF8Encoding(false), cancellationToken);
}
