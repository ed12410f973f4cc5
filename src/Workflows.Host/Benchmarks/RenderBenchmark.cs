using System.Diagnostics;
using System.Text.Json.Nodes;
using Workflows.Activities.Documents;
using Workflows.Templates;

namespace Workflows.Host.Benchmarks;

/// <summary>Measures the rendering of an order of the usual size: one page of text, twelve items, escaping on, compiled once.</summary>
internal static class RenderBenchmark
{
    private const int Items = 12;
    private const int RenderingsPerClockReading = 32;

    private const string Source = """
        <!DOCTYPE html><html lang="zh-CN"><head><title>{{ document.title }}</title></head><body>
        <h1>{{ organ.name }}</h1><h2>{{ document.title }}</h2><p>{{ document.number }}</p>
        <p>{{ party.name }}（地址：{{ party.address }}）：</p>
        <p>经查，你单位于{{ order.foundAt | cn.datetime }}存在下列问题：</p>
        <table>{{ for item in order.items }}<tr><td>{{ for.index + 1 }}</td><td>{{ item.requirement }}</td><td>{{ item.proof }}</td>
        <td>{{ if item.immediate }}立即改正{{ else }}{{ item.due | cn.date }}前{{ end }}</td></tr>
        {{ end }}</table><p>{{ organ.name }}　{{ document.issuedOn | cn.date_upper }}</p></body></html>
        """;

    /// <summary>Renders for a while on one core, after a warm-up of a quarter of it.</summary>
    /// <returns>One JSON line.</returns>
    public static string Run(TimeSpan duration)
    {
        var template = Template.Parse(Source, "bench");
        var model = TemplateModel.From(Model());
        var options = new RenderOptions { Escaping = Escaping.Html, Functions = DocumentFunctions.Create() };
        RunFor(template, model, options, duration / 4);
        var rate = RunFor(template, model, options, duration);
        return BenchmarkLine.Of(new { Bench = "render", DocumentsPerSecond = BenchmarkLine.Rate(rate), Characters = template.Render(model, options).Length });
    }

    private static double RunFor(Template template, TemplateModel model, RenderOptions options, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        var rendered = 0L;
        TimeSpan elapsed;
        do
        {
            for (var i = 0; i < RenderingsPerClockReading; i++)
            {
                template.Render(model, options);
            }

            rendered += RenderingsPerClockReading;
            elapsed = Stopwatch.GetElapsedTime(began);
        }
        while (elapsed < duration);
        return rendered / elapsed.TotalSeconds;
    }

    private static JsonObject Model() => new()
    {
        ["document"] = new JsonObject { ["title"] = "责令限期改正通知书", ["number"] = "甬海曙消责改〔2026〕12号", ["issuedOn"] = "2026-12-08" },
        ["organ"] = new JsonObject { ["name"] = "宁波市海曙区消防救援大队" },
        ["party"] = new JsonObject { ["name"] = "样例电竞酒店<一号>", ["address"] = "宁波市海曙区样例路1号" },
        ["order"] = new JsonObject
        {
            ["foundAt"] = "2026-12-08T02:05:00Z",
            ["items"] = new JsonArray([.. Enumerable.Range(1, Items).Select(i => new JsonObject
            {
                ["requirement"] = $"第{i}项：疏散通道保持畅通，应急照明完好有效，常闭式防火门保持关闭",
                ["proof"] = "整改后照片和检测报告",
                ["immediate"] = i % 4 == 0,
                ["due"] = "2026-12-29",
            })]),
        },
    };
}
