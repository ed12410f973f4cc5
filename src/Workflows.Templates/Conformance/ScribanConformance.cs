using System.Text.Json;

namespace Workflows.Templates.Conformance;

/// <summary>A conformance case that does not hold.</summary>
/// <param name="Name">The case's name.</param>
/// <param name="Reason">What was expected and what came instead.</param>
public sealed record CaseFailure(string Name, string Reason);

/// <summary>The outcome of a conformance file.</summary>
/// <param name="Total">Number of cases.</param>
/// <param name="Failures">The cases that do not hold, in file order.</param>
public sealed record ConformanceResult(int Total, IReadOnlyList<CaseFailure> Failures);

/// <summary>
/// Runs conformance files of the language: an array of cases with <c>name</c>, <c>template</c>, <c>model</c> and either <c>expected</c> (compared byte
/// for byte) or <c>error</c> (<c>parse</c> or <c>runtime</c>, with <c>line</c> and <c>column</c> where given).
/// </summary>
public static class ScribanConformance
{
    // The bounds that Scriban itself has by default, so that its own limit errors are met too.
    private static readonly TemplateLimits ScribanLimits = TemplateLimits.Default with { LoopIterations = 1000, RecursionDepth = 100 };

    /// <summary>Runs all cases of a file. A case that is not well formed is reported as failed, with the reason.</summary>
    /// <exception cref="FormatException">The document is not an array of cases.</exception>
    public static ConformanceResult Run(JsonDocument cases)
    {
        if (cases.RootElement.ValueKind != JsonValueKind.Array) throw new FormatException("文件应当是用例的 JSON 数组");
        var failures = new List<CaseFailure>();
        var total = 0;
        foreach (var item in cases.RootElement.EnumerateArray())
        {
            total++;
            var name = item.ValueKind == JsonValueKind.Object && Text(item, "name") is { } given ? given : $"第 {total} 个用例";
            if (Check(item) is { } reason) failures.Add(new CaseFailure(name, reason));
        }
        return new ConformanceResult(total, failures);
    }

    private static string? Check(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) return "用例应当是 JSON 对象";
        if (Text(item, "name") is null) return "用例缺少 name";
        if (Text(item, "template") is not { } source) return "用例缺少 template";
        var (expected, error) = (Text(item, "expected"), Text(item, "error"));
        if ((expected is null) == (error is null)) return "用例应当有 expected 或 error 之一";
        if (error is not (null or "parse" or "runtime")) return $"不认识的错误种类 {error}";
        var model = TemplateModel.Empty;
        if (item.TryGetProperty("model", out var data))
        {
            if (data.ValueKind != JsonValueKind.Object) return "用例的 model 应当是 JSON 对象";
            model = TemplateModel.From(data);
        }
        try
        {
            var text = Template.Parse(source, "case").Render(model, RenderOptions.Default with { Limits = ScribanLimits });
            if (error is not null) return $"应当报告 {error} 错误，却输出了 {Quote(text)}";
            return text == expected ? null : $"应当输出 {Quote(expected!)}，却输出了 {Quote(text)}";
        }
        catch (TemplateException e)
        {
            return error is null ? $"应当输出 {Quote(expected!)}，却报告了错误：{e.Message}" : Compare(item, error, e);
        }
    }

    private static string? Compare(JsonElement item, string expected, TemplateException actual)
    {
        var kind = actual.Kind == TemplateErrorKind.Parse ? "parse" : "runtime";
        if (kind != expected) return $"应当报告 {expected} 错误，却是 {kind}：{actual.Message}";
        if (Number(item, "line") is { } line && line != actual.Line) return $"错误应当在第 {line} 行，却在第 {actual.Line} 行：{actual.Message}";
        if (Number(item, "column") is { } column && column != actual.Column) return $"错误应当在第 {column} 列，却在第 {actual.Column} 列：{actual.Message}";
        return null;
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static string Quote(string text) => JsonSerializer.Serialize(text.Length > 400 ? text[..400] + "…" : text, Readable);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
