using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;

namespace Workflows.Host.Tests.Elsa.Instances;

[Collection(SharedElsaDistrict.Name)]
public sealed class PrivacyTests(ElsaDistrict district)
{
    [Fact]
    public async Task Nothing_that_Studio_can_read_of_a_real_case_names_people_targets_or_findings()
    {
        var story = await district.Journey.StoryAsync("supervisor");
        var findings = story["findings"]!.AsArray().Select(finding => finding!["facts"]!.GetValue<string>()).ToArray();
        var target = story["case"]!["target"]!;
        var team = await district.Journey.TeamAsync();
        string[] secrets =
        [
            target["name"]!.GetValue<string>(),
            .. new[] { "address", "contact", "phone", "identityNumber" }.Select(member => target[member]?.ToString()).OfType<string>().Where(text => text.Length > 3),
            .. DistrictJourney.Departments.SelectMany(code => team.OfficersOf(code)).Select(officer => officer.Name),
            .. findings,
            "样例人乙", "样例路1号",
        ];
        Assert.True(secrets.Length > 10);
        Assert.NotEmpty(findings);
        foreach (var instance in new[] { district.CaseInstance, district.PlanInstance })
        {
            string[] paths =
            [
                $"/workflow-instances?pageSize=500", $"/workflow-instances/{instance}", $"/workflow-instances/{instance}/journal", $"/workflow-instances/{instance}/variables",
                $"/activity-executions/list?workflowInstanceId={instance}", $"/workflow-instances/{instance}/execution-state",
            ];
            foreach (var path in paths)
            {
                var text = Unescaped(await district.AskAsync(HttpMethod.Get, path));
                Assert.StartsWith("{\"", text, StringComparison.Ordinal);
                foreach (var secret in secrets)
                    Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{path} tells {secret}");
            }
        }
    }

    private static string Unescaped(JsonObject answer) => answer.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
