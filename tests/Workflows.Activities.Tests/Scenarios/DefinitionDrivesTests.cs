using System.Text.Json.Nodes;
using Workflows.Engine.Definitions;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Whoever edits the diagram changes what happens, and nothing else does: each test edits a copy of case.json only.</summary>
public sealed class DefinitionDrivesTests
{
    [Fact]
    public async Task A_rung_moved_from_three_to_four_working_days_gives_its_card_a_day_later()
    {
        var definition = Edited(root =>
        {
            var expression = Find(root, "ReinspectionLadder")["rungs"]!["expression"]!;
            expression["value"] = expression["value"]!.GetValue<string>().Replace("+3 工作日", "+4 工作日", StringComparison.Ordinal);
        });
        var run = await LateAsync(definition);

        // T is Tue 12-15: three working days later is Fri 12-18, four is Mon 12-21; a card falls when its day has passed.
        Assert.Equal("2026-12-21T16:00:00", Assert.Single(run.All<WarningCard>(), c => c.Colour == CardColour.Red).Created.At.UtcDateTime.ToString("s"));
        Assert.Equal("2026-12-18T16:00:00", Assert.Single((await LateAsync(null)).All<WarningCard>(), c => c.Colour == CardColour.Red).Created.At.UtcDateTime.ToString("s"));
    }

    [Fact]
    public async Task A_connection_taken_away_leaves_out_what_it_led_to()
    {
        var definition = Edited(root =>
        {
            var connections = FindChart(root, "ReinspectionRegion")["connections"]!.AsArray();
            connections.Remove(connections.First(c => c!["source"]!["port"]!.GetValue<string>() == "督办单"));
        });
        var run = await LateAsync(definition);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "supervision.sign");
        Assert.Contains((await LateAsync(null)).Tasks(), t => t.Kind == "supervision.sign");
    }

    [Fact]
    public async Task A_step_taken_out_no_longer_happens()
    {
        var definition = Edited(root =>
        {
            var chart = FindChart(root, "CaseFlow");
            chart["activities"]!.AsArray().Remove(Find(root, "IssueInspectionNotice"));
            foreach (var connection in chart["connections"]!.AsArray().ToList())
            {
                if (connection!["source"]!["activity"]!.GetValue<string>() == "IssueInspectionNotice")
                {
                    chart["connections"]!.AsArray().Remove(connection);
                }
                else if (connection["target"]!["activity"]!.GetValue<string>() == "IssueInspectionNotice")
                {
                    connection["target"]!["activity"] = "Arrival";
                }
            }
        });
        var run = await new CaseRun(definition).StartAsync();
        await run.VisitAsync([]);
        Assert.DoesNotContain(run.All<Supervision.Documents.OfficialDocument>(), d => d.Form == "inspection-notice");
        Assert.Contains(run.All<Supervision.Documents.OfficialDocument>(), d => d.Form == "inspection-record");
    }

    [Fact]
    public async Task A_delay_put_before_the_visit_holds_it_back()
    {
        var definition = Edited(root =>
        {
            var chart = FindChart(root, "CaseFlow");
            chart["activities"]!.AsArray().Add(JsonNode.Parse(
                """{"id":"Pause","type":"Elsa.Delay","version":1,"timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"1.00:00:00"}},"customProperties":{},"metadata":{}}"""));
            chart["connections"]!.AsArray().First(c => c!["target"]!["activity"]!.GetValue<string>() == "Arrival")!["target"]!["activity"] = "Pause";
            chart["connections"]!.AsArray().Add(JsonNode.Parse("""{"source":{"activity":"Pause","port":"Done"},"target":{"activity":"Arrival","port":"In"}}"""));
        });
        var run = await new CaseRun(definition).StartAsync();
        await run.DoAsync("team.recusal-declaration", People.Officer("CUL"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("CUL"), "批准", new { note = "同意" });
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "visit.arrive");
        await run.UntilAsync(12, 2, 9);
        Assert.Contains(run.Tasks(), t => t.Kind == "visit.arrive");
    }

    [Fact]
    public async Task A_connection_moved_sends_the_case_another_way()
    {
        var definition = Edited(root => FindChart(root, "CaseFlow")["connections"]!.AsArray()
            .First(c => c!["source"]!["activity"]!.GetValue<string>() == "RouteArrival" && c["source"]!["port"]!.GetValue<string>() == "无法联系")!["target"]!["activity"] = "TellRegistrar");
        var run = await new CaseRun(definition).StartAsync();
        await run.DoAsync("team.recusal-declaration", People.Officer("CUL"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("CUL"), "批准", new { note = "同意" });
        await run.DoAsync("visit.arrive", People.Officer("CUL"), "找不到对象", new { notFound = new { note = "大门紧闭", evidenceIds = new[] { "E1" } } });
        await run.UntilAsync(12, 3);
        await run.DoAsync("visit.second", People.Officer("CUL"), "仍未找到", new { notFound = new { note = "仍无人", evidenceIds = new[] { "E2" }, gridConfirmation = "网格员核实已搬离" } });
        Assert.DoesNotContain(run.All<Supervision.Documents.OfficialDocument>(), d => d.Form == "not-found-certificate");
        Assert.Contains(run.All<Supervision.Work.Notice>(), n => n.Created.ActivityId == "TellRegistrar");
    }

    private static async Task<CaseRun> LateAsync(WorkflowDefinition? definition)
    {
        var run = await new CaseRun(definition).StartAsync();
        await run.VisitAsync([], People.Breach(run, "EH-20"));
        await run.DoAsync("order.prepare", People.Officer("CUL"), null, new { });
        await run.DoAsync("order.approve", People.Head("HEA"), "批准", new { note = "同意" });
        await run.DoAsync("document.serve", People.Officer("HEA"), "已送达", People.Served(run, "HEA"));
        await run.UntilAsync(12, 24);
        return run;
    }

    private static WorkflowDefinition Edited(Action<JsonObject> edit)
    {
        var json = JsonNode.Parse(CaseRun.Definition().ToJson().ToString())!.AsObject();
        edit(json);
        return WorkflowDefinition.Parse(json);
    }

    private static JsonObject FindChart(JsonObject json, string id) => Find(json, id);

    private static JsonObject Find(JsonNode json, string id)
    {
        var open = new Stack<JsonNode?>([json]);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case JsonObject found when found["type"] is not null && found["id"]?.GetValue<string>() == id:
                    return found;
                case JsonObject members:
                    foreach (var (_, member) in members)
                    {
                        open.Push(member);
                    }

                    break;
                case JsonArray items:
                    foreach (var item in items)
                    {
                        open.Push(item);
                    }

                    break;
                default:
                    break;
            }
        }

        throw new InvalidOperationException($"no activity {id}");
    }
}
