using System.Globalization;
using System.Text.Json;
using Workflows.Supervision.Scenarios;

namespace Workflows.Supervision.LegalBases;

/// <summary>What reading a catalogue brought.</summary>
/// <param name="Catalogue">The catalogue; null if there is any problem.</param>
/// <param name="Problems">Every problem, in the order of the file.</param>
public sealed record LegalCatalogueReading(LegalCatalogue? Catalogue, IReadOnlyList<ScenarioProblem> Problems);

/// <summary>
/// Reads <c>legal-bases.json</c> strictly, at most 1 MiB: <c>schemaVersion bases[code title provisions[law documentNumber article
/// paragraph item effectiveFrom effectiveTo text verify note]]</c>. Provisions of one code stand in order of time and do not overlap;
/// <c>verify</c> needs a <c>note</c> that says what is to be checked.
/// </summary>
public static class LegalCatalogueReader
{
    private const int LongestFile = 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    public static LegalCatalogueReading Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > LongestFile)
        {
            return Refuse($"文件有 {json.Length} 字节，超过上限 {LongestFile}，请精简");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            var problems = new List<ScenarioProblem>();
            var bases = JsonNodeReader.Read(document.RootElement, "$", problems, r =>
            {
                r.Ignore("$comment");
                r.Constant("schemaVersion", 1);
                return r.List("bases", true, (e, p) => r.Nested(e, p, Base), 5_000);
            });
            Check(bases, problems);
            return new LegalCatalogueReading(
                problems.Count == 0 ? new LegalCatalogue(bases.ToDictionary(b => b.Code, b => b.Provisions, StringComparer.Ordinal)) : null, problems);
        }
        catch (JsonException broken)
        {
            return Refuse($"第 {broken.LineNumber + 1} 行第 {broken.BytePositionInLine + 1} 字节处不是合法的 JSON，请检查括号、逗号和引号");
        }
    }

    private static LegalCatalogueReading Refuse(string message) => new(null, [new ScenarioProblem("$", message)]);

    private static CodedProvisions Base(JsonNodeReader r)
    {
        var code = r.Text("code", 40);
        r.Text("title", 200);
        return new CodedProvisions(code, r.List("provisions", true, (e, p) => r.Nested(e, p, Provision), 50));
    }

    private static CataloguedProvision Provision(JsonNodeReader r)
    {
        var (law, number) = (r.Text("law", 200), r.OptionalText("documentNumber", 60));
        var (article, paragraph, item) = (r.OptionalNumber("article", 1, 9999), r.OptionalNumber("paragraph", 1, 99), r.OptionalNumber("item", 1, 99));
        var (from, to) = (Date(r, "effectiveFrom", r.Text("effectiveFrom")) ?? DateOnly.MinValue, Date(r, "effectiveTo", r.OptionalText("effectiveTo")));
        var (text, doubtful, note) = (r.OptionalText("text"), r.Flag("verify"), r.OptionalText("note"));
        if (article is null && (paragraph ?? item) is not null)
        {
            r.ReportAt("article", "填写了款、项而没有条，请补充");
        }

        if (to < from)
        {
            r.ReportAt("effectiveTo", "失效日期早于施行日期，请核对");
        }

        if (doubtful != note is not null)
        {
            r.ReportAt("note", doubtful ? "标为待核对（verify）的依据须写明核对什么" : "有核对说明的依据须标为待核对（verify: true）");
        }

        return new CataloguedProvision(
            law, number, article is { } a ? new ArticleReference(a, Paragraph: paragraph, Item: item) : null, from, to, text, doubtful ? note : null);
    }

    private static DateOnly? Date(JsonNodeReader r, string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            r.ReportAt(name, $"“{text}”不是日期，应形如 2026-11-21");
            return null;
        }

        return date;
    }

    private static void Check(IReadOnlyList<CodedProvisions> bases, List<ScenarioProblem> problems)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < bases.Count; i++)
        {
            if (!codes.Add(bases[i].Code))
            {
                problems.Add(new($"$.bases[{i}].code", $"代码“{bases[i].Code}”重复，请合并到同一代码的 provisions 中"));
            }

            for (var n = 1; n < bases[i].Provisions.Count; n++)
            {
                if (bases[i].Provisions[n - 1].EffectiveTo is not { } ended || ended >= bases[i].Provisions[n].EffectiveFrom)
                {
                    problems.Add(new($"$.bases[{i}].provisions[{n}].effectiveFrom", "与前一条款在时间上重叠或者次序颠倒，请填写前一条款的失效日期"));
                }
            }
        }
    }

    private sealed record CodedProvisions(string Code, IReadOnlyList<CataloguedProvision> Provisions);
}
