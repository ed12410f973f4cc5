using System.CommandLine;
using System.Text.Json;
using Workflows.Engine.Conformance;
using Workflows.Engine.JavaScript;
using Workflows.Supervision.Drawing;
using Workflows.Supervision.Time;
using Workflows.Templates.Conformance;

namespace Workflows.Host.CommandLine;

/// <summary><c>conformance elsa|scriban|javascript|calendar|draw FILE</c>: runs a file of cases and says which of them fail.</summary>
/// <param name="environment">Gives the value of an environment variable or null.</param>
internal sealed class ConformanceVerb(Func<string, string?> environment) : IVerb
{
    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("conformance", "逐例核对符合性文件，打印不符的用例和合计；有不符的用例时退出码为 1");
        foreach (var (name, help, run) in Suites())
        {
            var file = new Argument<string>("FILE") { Description = "用例文件" };
            var suite = new Command(name, help) { file };
            suite.SetAction(parsed => Report(run(parsed.GetRequiredValue(file)), output));
            command.Add(suite);
        }

        return command;
    }

    private (string Name, string Help, Func<string, Tally> Run)[] Suites() =>
    [
        ("elsa", "流程引擎：与 Elsa 3 的行为核对", Elsa),
        ("scriban", "模板语言：与 Scriban 的输出核对", Scriban),
        ("javascript", "表达式：与 V8 的结果核对", JavaScript),
        ("calendar", "期限：与逐日推算的结果核对", Calendar),
        ("draw", "抽取：与独立实现的结果核对", DrawVectors),
    ];

    private static int Report(Tally tally, TextWriter output)
    {
        foreach (var failure in tally.Failures)
        {
            output.WriteLine(failure);
        }

        output.WriteLine($"{tally.Passed} passed, {tally.Failures.Count} failed");
        return tally.Failures.Count == 0 ? 0 : 1;
    }

    private static Tally Elsa(string path)
    {
        var report = OfJson(path, ElsaConformance.Run);
        return new Tally(report.Passed, [.. report.Failures.Select(f => $"{f.Case}{(f.Step > 0 ? $" 第 {f.Step} 步" : "")}：{f.Difference}")]);
    }

    private static Tally Scriban(string path)
    {
        var report = OfJson(path, ScribanConformance.Run);
        return new Tally(report.Total - report.Failures.Count, [.. report.Failures.Select(f => $"{f.Name}：{f.Reason}")]);
    }

    private static Tally JavaScript(string path)
    {
        var report = OfJson(path, JavaScriptConformance.Run);
        return new Tally(report.Passed, [.. report.Failures.Select(f => $"{f.Name}：{f.Reason}")]);
    }

    private static Tally DrawVectors(string path)
    {
        var report = OfJson(path, json =>
        {
            var root = json.RootElement;
            IEnumerable<JsonElement> vectors = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : [root];
            return vectors.All(v => v.ValueKind == JsonValueKind.Object && v.TryGetProperty("poolText", out _))
                ? DrawConformance.Run(json)
                : throw new FormatException("缺少 poolText");
        });
        return new Tally(report.Passed, [.. report.Failures.Select(f => $"{f.Place}：{f.Problem}")]);
    }

    private Tally Calendar(string path)
    {
        var text = InputFile.ReadText(path, "FILE");
        var calendar = HomeFolder.ReadCalendar(HomeFolder.Find(environment), DateOnly.MinValue);
        using var reader = new StringReader(text);
        var report = CalendarConformance.Run(reader, calendar);
        // The first line is the header: whatever is wrong there, nothing was run.
        return report.Failures.FirstOrDefault(f => f.Place == "第 1 行") is { } header
            ? throw new BadInputException($"FILE：“{path}”不是期限用例文件。{header.Problem}")
            : new Tally(report.Passed, [.. report.Failures.Select(f => $"{f.Place}：{f.Problem}")]);
    }

    private static T OfJson<T>(string path, Func<JsonDocument, T> run)
    {
        using var json = InputFile.ReadJson(path, "FILE");
        try
        {
            return run(json);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new BadInputException($"FILE：“{path}”不是这一类的用例文件，请核对文件和命令。");
        }
    }

    private sealed record Tally(int Passed, IReadOnlyList<string> Failures);
}
