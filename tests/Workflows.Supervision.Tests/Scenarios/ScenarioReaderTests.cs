using System.Text;
using System.Text.Json.Nodes;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Tests.Scenarios;

public sealed class ScenarioReaderTests
{
    private static byte[] Shipped => File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions/esports-hotel/scenario.json"));

    [Fact]
    public void The_shipped_scenario_has_no_problem()
    {
        var reading = ScenarioReader.Read(Shipped);

        Assert.Empty(reading.Problems);
        Assert.Equal("CUL", reading.Scenario!.Lead.Code);
    }

    private static IReadOnlyList<ScenarioProblem> ProblemsAfter(Action<JsonObject> change)
    {
        var json = JsonNode.Parse(Shipped)!.AsObject();
        change(json);
        return ScenarioReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString())).Problems;
    }

    [Fact]
    public void All_planted_faults_are_reported_at_once_with_their_paths()
    {
        var problems = ProblemsAfter(s =>
        {
            s.Remove("name");
            s["colour"] = "red";
            s["departments"]![0]!["officers"] = 1;
            s["departments"]![1]!["code"] = "CUL";
            s["items"]![0]!["department"] = "XXX";
            s["items"]![1]!["severity"] = "Horrible";
            s["items"]![2]!["Title"] = "wrong case";
            s["ladders"]!["internal"]![3]!["offset"] = -9;
            s["publication"]!["maskIndividuals"] = false;
            s["rectification"]!["extension"]!["maxShareOfOriginal"] = 1.5;
        });

        string[] expected =
        [
            "$.name", "$.colour", "$.departments[0].officers", "$.departments[1].code", "$.items[0].department", "$.items[1].severity",
            "$.items[2].Title", "$.ladders.internal[3].offset", "$.publication.maskIndividuals", "$.rectification.extension.maxShareOfOriginal",
        ];
        Assert.All(expected, path => Assert.Contains(problems, p => p.Path == path));
        Assert.All(problems, p => Assert.NotEmpty(p.Message));
        Assert.Contains(problems, p => p is { Path: "$.items[2].Title", Message: var m } && m.Contains("“title”", StringComparison.Ordinal));
    }

    [Fact]
    public void A_limit_that_no_service_reads_is_refused_with_the_names_of_those_that_are()
    {
        var problem = Assert.Single(ProblemsAfter(s => s["limits"]!["firstReply"] = JsonNode.Parse("""{"length":2,"unit":"WorkingDays"}""")));

        Assert.Equal("$.limits.firstReply", problem.Path);
        Assert.All(["recusal", "milestoneConfirmation", "contactMinutes", "arrivalMinutes"], name => Assert.Contains(name, problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_published_with_a_name_that_nothing_reads_any_more_is_still_read_and_no_other_fault_is_let_through()
    {
        var json = JsonNode.Parse(Shipped)!.AsObject();
        json["limits"]!["firstReply"] = JsonNode.Parse("""{"length":2,"unit":"WorkingDays"}""");
        json["minorFound"] = new JsonObject { ["items"] = new JsonArray("EH-05") };
        var published = ScenarioReader.ReadPublished(Encoding.UTF8.GetBytes(json.ToJsonString()));
        Assert.Empty(published.Problems);
        Assert.Equal("CUL", published.Scenario!.Lead.Code);

        json.Remove("departments");
        Assert.Null(ScenarioReader.ReadPublished(Encoding.UTF8.GetBytes(json.ToJsonString())).Scenario);
    }

    // The share is 0.08 and the least 1: three of forty would be too few, and nobody draws more than there are.
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(25, 1, 2)]
    [InlineData(40, 1, 4)]
    [InlineData(40, 6, 6)]
    [InlineData(3, 6, 3)]
    public void Where_a_plan_does_not_say_how_many_the_usual_share_is_rounded_up(int targets, int least, int drawn) =>
        Assert.Equal(drawn, (ScenarioReader.Require(Shipped).Draw with { MinimumDrawn = least }).UsualCount(targets));

    [Theory]
    [InlineData("COMPLAINT_90", true)]
    [InlineData("NEAR_SCHOOL", true)]
    [InlineData("NO_CHECK_12M", false)]
    [InlineData("SELF_CHECK", false)]
    public void A_factor_looks_back_only_where_a_period_decides(string code, bool refused)
    {
        var problems = ProblemsAfter(s =>
        {
            var factor = s["draw"]!["factors"]!.AsArray().Single(f => f!["code"]!.GetValue<string>() == code)!;
            factor["within"] = JsonNode.Parse("""{"length":3,"unit":"Months"}""");
        });

        Assert.Equal(refused, problems.Any(p => p.Path.StartsWith("$.draw.factors[", StringComparison.Ordinal) && p.Path.EndsWith("].within", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0, "conditions", """{"factsClear":true,"fineOfPerson":201,"fineOfOrganisation":3000}""", "$.procedures[0].conditions")]
    [InlineData(0, "conditions", """{"factsClear":false,"fineOfPerson":200,"fineOfOrganisation":3000}""", "$.procedures[0].conditions")]
    [InlineData(0, "conditions", """{"factsClear":true,"fineOfPerson":200}""", "$.procedures[0].conditions")]
    [InlineData(1, "conditions", """{"factsClear":true}""", "$.procedures[1].conditions")]
    [InlineData(1, "way", "\"Simple\"", "$.procedures[1].way")]
    [InlineData(2, "conditions", """{"factsClear":true}""", "$.procedures[2].conditions")]
    [InlineData(2, "way", "\"Fast\"", "$.procedures[2].way")]
    public void A_way_that_the_law_does_not_leave_to_the_scenario_is_named(int way, string field, string value, string path)
    {
        var problems = ProblemsAfter(s => s["procedures"]![way]![field] = JsonNode.Parse(value));

        Assert.Contains(problems, p => p.Path == path);
    }

    [Theory]
    [InlineData("EH-01", "leniency", """{"firstOffence":true,"minorOffence":false,"matter":"x"}""", "$.items[0].leniency")]
    [InlineData("EH-01", "rectification", """{"mode":"TimeLimited","default":{"length":9,"unit":"WorkingDays"},"min":{"length":1,"unit":"WorkingDays"},"max":{"length":5,"unit":"WorkingDays"}}""", "$.items[0].rectification.default")]
    [InlineData("EH-01", "rectification", """{"mode":"TimeLimited","default":{"length":3,"unit":"Fortnights"},"min":{"length":1,"unit":"WorkingDays"},"max":{"length":5,"unit":"WorkingDays"}}""", "$.items[0].rectification.default.unit")]
    [InlineData("EH-01", "targetTags", """["无此标签"]""", "$.items[0].targetTags[0]")]
    [InlineData("EH-01", "violates", "[]", "$.items[0].violates")]
    [InlineData("EH-01", "askedWhen", """{"item":"EH-02","answers":["不符合"]}""", "$.items[0].askedWhen.item")]
    [InlineData("EH-01", "askedWhen", """{"item":"EH-01","answers":["不符合"]}""", "$.items[0].askedWhen.item")]
    [InlineData("EH-01", "askedWhen", """{"item":"EH-02","answers":["也许"]}""", "$.items[0].askedWhen.answers[0]")]
    public void An_item_that_contradicts_the_law_or_the_file_is_named(string code, string field, string value, string path)
    {
        var problems = ProblemsAfter(s =>
        {
            var item = s["items"]!.AsArray().First(i => (string)i!["code"]! == code)!;
            item[field] = JsonNode.Parse(value);
        });

        Assert.Contains(problems, p => p.Path == path);
    }

    [Fact]
    public void Broken_json_is_named_by_line()
    {
        var problem = Assert.Single(ScenarioReader.Read(Encoding.UTF8.GetBytes("{\n\"code\": \n}")).Problems);

        Assert.Contains("第 3 行", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_stands_twice_is_a_problem()
    {
        var text = Encoding.UTF8.GetString(Shipped).Replace("\"name\": \"电竞酒店\"", "\"name\": \"电竞酒店\", \"name\": \"另一个\"", StringComparison.Ordinal);

        Assert.Contains(ScenarioReader.Read(Encoding.UTF8.GetBytes(text)).Problems, p => p.Path == "$.name");
    }

    [Fact]
    public void Require_refuses_with_every_problem_in_the_message()
    {
        var refusal = Assert.Throws<RuleViolationException>(() => ScenarioReader.Require("{}"u8.ToArray()));

        Assert.Equal("scenario-invalid", refusal.Code);
        Assert.Contains("$.items", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("$.departments", refusal.Message, StringComparison.Ordinal);
    }
}
