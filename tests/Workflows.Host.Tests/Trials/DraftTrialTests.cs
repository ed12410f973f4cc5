using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Trials;

/// <summary>Trials of drafts as analysts change them: a further department, a step put in between.</summary>
public sealed class DraftTrialTests(TrialBench bench) : IClassFixture<TrialBench>
{
    [Fact]
    public async Task A_department_without_items_of_its_own_takes_part_and_the_cases_go_on()
    {
        using var analyst = await bench.AnalystAsync();
        var read = await bench.GetAsync("/api/scenarios/esports-hotel/files/scenario.json");
        var scenario = JsonNode.Parse(read["text"]!.GetValue<string>())!;
        scenario["departments"]!.AsArray().Add(JsonNode.Parse("""{ "code": "TBX", "name": "烟草专卖局直属分局", "numberName": "烟直", "role": "Participating", "officers": 2 }"""));
        using var save = new HttpRequestMessage(HttpMethod.Put, new Uri("/api/scenarios/esports-hotel/files/scenario.json", UriKind.Relative)) { Content = JsonContent.Create(new { text = scenario.ToJsonString() }) };
        save.Headers.Add("If-Match", $"\"{read["hash"]!.GetValue<string>()}\"");
        using (var saved = await analyst.SendAsync(save))
            saved.EnsureSuccessStatusCode();

        var id = await bench.DoneAsync("/api/trials", new { scenario = "esports-hotel", version = "draft", from = "2026-12-01", days = 30, targets = 3, seed = 1 });

        Assert.Empty(await bench.ListAsync($"/api/trials/{id}/problems?kind=refused"));
        Assert.Empty(await bench.ListAsync($"/api/trials/{id}/problems?kind=incident"));
        var record = (await bench.ListAsync($"/api/trials/{id}/documents?form=inspection-record"))[0];
        using var answer = await analyst.GetAsync(new Uri($"/api/trials/{id}/documents/{record["id"]!.GetValue<string>()}/html", UriKind.Relative));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("烟草专卖局直属分局检查事项", html, StringComparison.Ordinal);
        Assert.Contains("本机关无单列检查事项", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interview_put_before_the_filing_is_held_before_a_case_is_filed()
    {
        await bench.DraftAsync("case.json", root =>
        {
            var region = TrialBench.Chart(root, "OverdueFiling");
            foreach (var step in new[] { "CallInterview", "IssueInterviewNotice", "HoldInterview" })
            {
                var copy = TrialBench.Activity(root, step).DeepClone().AsObject();
                copy["id"] = "Before" + step;
                copy["nodeId"] = "Before" + step;
                copy["name"] = "Before" + step;
                region["activities"]!.AsArray().Add((JsonNode)copy);
            }

            TrialBench.Connection(root, "RouteAfterRound", "立案")["target"]!["activity"] = "BeforeCallInterview";
            var held = TrialBench.Chart(root, "HoldInterview")["connections"]!.AsArray()
                .Where(connection => connection!["source"]!["activity"]!.GetValue<string>() == "HoldInterview").Select(connection => connection!["source"]!["port"]!.GetValue<string>()).Distinct().ToList();
            foreach (var (source, port, target) in held.Select(port => ("BeforeHoldInterview", port, "OverdueFiling"))
                .Prepend(("BeforeIssueInterviewNotice", "Done", "BeforeHoldInterview")).Prepend(("BeforeCallInterview", "已确定", "BeforeIssueInterviewNotice")))
            {
                region["connections"]!.AsArray().Add((JsonNode)new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = source, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" }, ["vertices"] = new JsonArray(),
                });
            }
        });

        var id = await bench.DoneAsync("/api/trials", new { scenario = "esports-hotel", version = "draft", from = "2026-12-01", days = 90, targets = 24, seed = 1 });

        Assert.Empty(await bench.ListAsync($"/api/trials/{id}/problems?kind=incident"));
        var branches = await bench.ListAsync($"/api/trials/{id}/coverage?definition=esports-hotel-case");
        int Count(string activity) => branches.Single(line => line["activityId"]!.GetValue<string>() == activity && line["port"] is null)["count"]!.GetValue<int>();
        Assert.True(Count("BeforeHoldInterview") > 0);
        Assert.True(Count("OverdueFiling") > 0);
        Assert.True(Count("OverdueFiling") <= Count("BeforeHoldInterview"));
    }
}
