using System.Text.Json.Nodes;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Supervision.Tests;

namespace Workflows.Activities.Tests.Definitions;

/// <summary>Limits and ladders are judged when a definition is validated, not first by a case that runs into them.</summary>
public sealed class DefinitionCheckTests
{
    private static readonly ActivityRegistry s_registry = new ActivityRegistry().RegisterFrom(typeof(HumanStep).Assembly);

    [Theory]
    [InlineData("plan.json")]
    [InlineData("case.json")]
    public void The_shipped_diagrams_are_clean(string file) =>
        Assert.Empty(DefinitionValidator.Validate(WorkflowDefinition.Parse(RepositoryFiles.Read("workflow-definitions/esports-hotel/" + file)), s_registry));

    [Theory]
    [MemberData(nameof(ShippedDiagrams))]
    public void Whatever_a_person_chooses_leads_on_in_the_shipped_diagrams(string file)
    {
        // A supervision order that was answered is over: its limit watches the answer.
        string[] ends = file.EndsWith("case.json", StringComparison.Ordinal) ? ["InspectionReplySupervisionOrder 已回复", "ReinspectionReplySupervisionOrder 已回复"] : [];
        Assert.Equal(ends, Notices(RepositoryFiles.Read("workflow-definitions/" + file)).Select(n => $"{n.ActivityId} {n.Property}").Order(StringComparer.Ordinal));
    }

    public static TheoryData<string> ShippedDiagrams => new(
        Directory.GetDirectories(Path.Combine(RepositoryFiles.Root, "workflow-definitions")).SelectMany(folder => Directory.GetFiles(folder, "*.json")).Where(file => !file.EndsWith("scenario.json", StringComparison.Ordinal))
            .Select(file => $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal));

    [Fact]
    public void An_outcome_that_leads_nowhere_while_others_lead_on_is_noticed_but_keeps_nothing_from_being_published()
    {
        var json = JsonNode.Parse(RepositoryFiles.Read("workflow-definitions/home-renovation/demolition.json"))!;
        var lines = json["root"]!["connections"]!.AsArray();
        lines.Remove(lines.Single(line => line!["source"]!["activity"]!.GetValue<string>() == "VerifySelf" && line["source"]!["port"]!.GetValue<string>() == "未履行"));

        var notice = Assert.Single(Notices(json.ToJsonString()));
        Assert.Equal(("VerifySelf", "未履行", ValidationCodes.OutcomeUnconnected), (notice.ActivityId, notice.Property, notice.Code));
        Assert.Contains("“核实自行拆除”的出口“未履行”", notice.Message, StringComparison.Ordinal);
        Assert.Empty(DefinitionValidator.Validate(WorkflowDefinition.Parse(json.ToJsonString()), s_registry));
    }

    [Fact]
    public void A_step_behind_which_nothing_is_drawn_may_end_its_branch_by_any_outcome()
    {
        var json = JsonNode.Parse(RepositoryFiles.Read("workflow-definitions/home-renovation/demolition.json"))!;
        var lines = json["root"]!["connections"]!.AsArray();
        foreach (var line in lines.Where(line => line!["source"]!["activity"]!.GetValue<string>() == "PowerCut").ToList())
            lines.Remove(line);

        Assert.Empty(Notices(json.ToJsonString()));
    }

    [Fact]
    public void A_sound_limit_with_its_ladder_has_no_problem() => Assert.Empty(Problems(Good));

    [Theory]
    [InlineData("""[]""", "rungs")]
    [InlineData("""{"offset":1}""", "rungs")]
    [InlineData("""[7]""", "rungs[0]")]
    [InlineData("""[{"offset":0,"action":"Urge","recipients":["handler"]},{"offset":1.5,"action":"YellowCard","recipients":["handler"]}]""", "rungs[1].offset")]
    [InlineData("""[{"action":"Urge","recipients":["handler"]}]""", "rungs[0].offset")]
    [InlineData("""[{"offset":0,"unit":"Weeks","action":"Urge","recipients":["handler"]}]""", "rungs[0].unit")]
    [InlineData("""[{"offset":0,"action":"Shout","recipients":["handler"]}]""", "rungs[0].action")]
    [InlineData("""[{"offset":0,"action":"Urge","recipients":[]}]""", "rungs[0].recipients")]
    [InlineData("""[{"offset":0,"action":"Urge","recipients":["handler","nobody"]}]""", "rungs[0].recipients[1]")]
    [InlineData("""[{"offset":0,"action":"Urge","recipients":["role:king"]}]""", "rungs[0].recipients[0]")]
    [InlineData("""[{"offset":0,"action":"Urge","recipients":["handler"],"colour":"red"}]""", "rungs[0].colour")]
    [InlineData("""[{"offset":0,"action":"RiskPreNotice","recipients":["party"],"title":"提醒"}]""", "rungs[0].action")]
    [InlineData("""[{"offset":0,"action":"Urge","recipients":["handler"],"title":"催促"}]""", "rungs[0].title")]
    [InlineData("""[{"offset":-1,"action":"YellowCard","recipients":["handler"]}]""", "rungs[0].offset")]
    [InlineData("""[{"offset":-5,"action":"Remind","recipients":["handler"]}]""", "rungs[0].offset")]
    [InlineData("""[{"offset":900,"action":"Urge","recipients":["handler"]}]""", "rungs[0].offset")]
    [InlineData("""[{"offset":3,"action":"RedCard","recipients":["handler"]},{"offset":4,"action":"YellowCard","recipients":["handler"]}]""", "rungs[1].offset")]
    [InlineData("""[{"offset":4,"action":"YellowCard","recipients":["handler"]},{"offset":3,"action":"RedCard","recipients":["handler"]}]""", "rungs[0].offset")]
    [InlineData("""[{"offset":0,"action":"Urge","recipients":["handler"]},{"offset":0,"action":"Urge","recipients":["unit-head"]}]""", "rungs[1]")]
    [InlineData("""[{"offset":30,"unit":"Minutes","action":"Urge","recipients":["handler"]}]""", "rungs[0].unit")]
    public void A_rung_that_is_none_is_reported_with_its_place(string rungs, string property)
    {
        var problem = Assert.Single(Problems(root => Activity(root, "Ladder")["rungs"] = Object(rungs)));
        Assert.Equal(("Ladder", property, "invalid-rung"), (problem.ActivityId, problem.Property, problem.Code));
        Assert.Matches("[\u4e00-\u9fff]", problem.Message);
    }

    [Theory]
    [InlineData("0 工作日 催办 承办单位\\n+1 工作日 黄牌 单位负责人", null)]
    [InlineData("0 工作日 催办 承办单位\\n+3 工作日 蓝牌 单位负责人", "rungs[2]")]
    [InlineData("+3 工作日 到期复查 当事人", "rungs[0].title")]
    [InlineData("-1 工作日 红牌 承办单位", "rungs[0].offset")]
    [InlineData("0 工作日 催办", "rungs[0].recipients")]
    [InlineData("30 分钟 催办 承办单位", "rungs[0].unit")]
    [InlineData("0 工作日 催办 role:king", "rungs[0].recipients[0]")]
    public void Rungs_written_as_lines_are_judged_alike(string lines, string? property) => Assert.Equal(
        property is null ? [] : [property],
        Problems(root => Activity(root, "Ladder")["rungs"] = Literal($"\"{lines}\"")).Select(p => p.Property).Take(1));

    [Fact]
    public void Every_rung_is_reported_at_once() =>
        Assert.Equal(
            ["rungs[0].action", "rungs[1].recipients[0]", "rungs[2].offset"],
            Problems(root => Activity(root, "Ladder")["rungs"] = Object(
                """[{"offset":0,"action":"Shout","recipients":["handler"]},{"offset":1,"action":"Urge","recipients":["x"]},{"offset":"3","action":"RedCard","recipients":["handler"]}]"""))
                .Select(p => p.Property));

    [Theory]
    [InlineData("length", "0", "length")]
    [InlineData("length", "-2", "length")]
    [InlineData("length", "99999", "length")]
    [InlineData("unit", "\"工作日\"", "unit")]
    [InlineData("startsFrom", "\"Yesterday\"", "startsFrom")]
    [InlineData("ruleCode", "\"APL-999\"", "ruleCode")]
    public void A_limit_that_the_law_does_not_know_is_reported(string input, string json, string property)
    {
        var problem = Assert.Single(Problems(root => Activity(root, "Limit")[input] = Literal(json)));
        Assert.Equal(("Limit", property, "invalid-time-limit"), (problem.ActivityId, problem.Property, problem.Code));
    }

    [Theory]
    [InlineData("INS-PUB", 20, "WorkingDays", null)]
    [InlineData("INS-PUB", 21, "WorkingDays", "length")]
    [InlineData("INS-PUB", 20, "CalendarDays", "unit")]
    [InlineData("ACL-19", 24, "Hours", null)]
    [InlineData("ACL-19", 25, "Hours", "length")]
    [InlineData("APL-60", 90, "CalendarDays", null)]
    [InlineData("APL-60", 91, "CalendarDays", "length")]
    public void A_limit_of_law_may_be_kept_short_and_never_drawn_out(string code, int length, string unit, string? property)
    {
        var problems = Problems(root =>
        {
            var limit = Activity(root, "Limit");
            (limit["ruleCode"], limit["length"], limit["unit"]) = (Literal($"\"{code}\""), Literal($"{length}"), Literal($"\"{unit}\""));
            Activity(root, "Ladder")["rungs"] = Object("""[{"offset":0,"action":"Urge","recipients":["handler"]}]""");
        });
        Assert.Equal(property is null ? [] : [property], problems.Select(p => p.Property));
    }

    [Fact]
    public void A_limit_that_follows_another_date_has_no_length_of_its_own()
    {
        Assert.Equal("length", Assert.Single(Problems(root => Activity(root, "Limit")["startsFrom"] = Literal("\"PlanWindow\""))).Property);
        Assert.Empty(Problems(root => (Activity(root, "Limit")["startsFrom"], Activity(root, "Limit")["length"]) = (Literal("\"PlanWindow\""), Literal("0"))));
    }

    [Fact]
    public void A_limit_without_ladder_needs_a_reason()
    {
        void Away(JsonObject root) => Remove(root, "Ladder");

        var problem = Assert.Single(Problems(Away));
        Assert.Equal(("Limit", "withoutLadder", "time-limit-without-ladder"), (problem.ActivityId, problem.Property, problem.Code));
        Assert.Empty(Problems(root =>
        {
            Away(root);
            Activity(root, "Limit")["withoutLadder"] = Literal("\"届满即自动解除\"");
        }));
        Assert.Single(Problems(root =>
        {
            Away(root);
            Activity(root, "Limit")["withoutLadder"] = Literal("\"  \"");
        }));
    }

    [Theory]
    [InlineData("Gone", "不在图中")]
    [InlineData("Approve", "不是时限")]
    public void A_ladder_that_names_no_limit_is_reported_and_so_is_the_limit_left_alone(string id, string because)
    {
        var problems = Problems(root => Activity(root, "Ladder")["timeLimitId"] = Literal($"\"{id}\""));
        Assert.Equal([("Ladder", "unknown-step"), ("Limit", "time-limit-without-ladder")], problems.Select(p => (p.ActivityId!, p.Code)).Order());
        Assert.Contains(because, problems.Single(p => p.ActivityId == "Ladder").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ladder_without_limit_id_lacks_a_required_input() =>
        Assert.Contains(Problems(root => Activity(root, "Ladder").Remove("timeLimitId")), p => (p.ActivityId, p.Property, p.Code) == ("Ladder", "timeLimitId", "missing-input"));

    [Fact]
    public void The_ladder_for_officials_does_not_climb_on_the_limit_of_the_party()
    {
        var problems = Problems(root =>
        {
            var limit = Activity(root, "Limit");
            (limit["type"], limit["startsFrom"], limit["length"]) = ("Supervision.RectificationLimit", Literal("\"RectificationItems\""), Literal("0"));
            foreach (var connection in root["connections"]!.AsArray().Where(c => c!["source"]!["port"]!.GetValue<string>() == "超期未办"))
            {
                connection!["source"]!["port"] = "逾期未改正";
            }
        });
        Assert.Equal(("Ladder", "timeLimitId", "invalid-rung"), Assert.Single(problems.Select(p => (p.ActivityId, p.Property, p.Code))));
    }

    [Fact]
    public void Steps_that_are_named_have_to_be_there()
    {
        var problems = Problems(root =>
        {
            Activity(root, "Ladder")["watches"] = Object("""["Approve","Gone"]""");
            Activity(root, "Limit")["watches"] = Object("""["Gone"]""");
            Activity(root, "Approve")["timeLimitId"] = Literal("\"Gone\"");
            Activity(root, "Approve")["endsWith"] = Object("""["Limit","Gone"]""");
            Activity(root, "Approve")["dueIn"] = Literal("0");
            Activity(root, "Late")["recipient"] = Literal("\"somebody\"");
        });
        Assert.Equal(
            ["Approve dueIn invalid-value", "Approve endsWith[1] unknown-step", "Approve timeLimitId unknown-step", "Ladder watches[1] unknown-step", "Late recipient invalid-value", "Limit watches[0] unknown-step"],
            problems.Select(p => $"{p.ActivityId} {p.Property} {p.Code}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_script_computes_is_left_to_the_run()
    {
        static JsonObject Script(string type) => new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "variables.X" } };

        Assert.Empty(Problems(root =>
        {
            (Activity(root, "Limit")["length"], Activity(root, "Limit")["ruleCode"], Activity(root, "Limit")["unit"]) = (Script("Int32"), Script("String"), Script("String"));
            (Activity(root, "Ladder")["timeLimitId"], Activity(root, "Ladder")["rungs"]) = (Script("String"), Script("Object"));
        }));
    }

    private static void Good(JsonObject root)
    {
    }

    private static IReadOnlyList<ValidationProblem> Notices(string json) => DefinitionValidator.Notices(WorkflowDefinition.Parse(json), s_registry);

    private static IReadOnlyList<ValidationProblem> Problems(Action<JsonObject> edit)
    {
        var json = JsonNode.Parse("""
            {"definitionId":"t","root":{"id":"Flow","type":"Elsa.Flowchart","version":1,"activities":[
              {"id":"Fork","type":"Elsa.FlowFork","version":1,"branches":{"typeName":"String[]","expression":{"type":"Object","value":"[\"计时\",\"督办\",\"办理\"]"}}},
              {"id":"Limit","type":"Supervision.TimeLimit","version":1,"ruleCode":{"typeName":"String","expression":{"type":"Literal","value":"审批"}},"length":{"typeName":"Int32","expression":{"type":"Literal","value":3}},"unit":{"typeName":"String","expression":{"type":"Literal","value":"WorkingDays"}},"watches":{"typeName":"String[]","expression":{"type":"Object","value":"[\"Approve\"]"}}},
              {"id":"Late","type":"Supervision.Notify","version":1,"recipient":{"typeName":"String","expression":{"type":"Literal","value":"unit-head"}},"kind":{"typeName":"String","expression":{"type":"Literal","value":"催办"}}},
              {"id":"Ladder","type":"Supervision.InternalLadder","version":1,"timeLimitId":{"typeName":"String","expression":{"type":"Literal","value":"Limit"}},"rungs":{"typeName":"Object","expression":{"type":"Object","value":"[{\"offset\":-2,\"action\":\"Remind\",\"recipients\":[\"handler\"]},{\"offset\":0,\"action\":\"Urge\",\"recipients\":[\"handler\",\"unit-head\"]},{\"offset\":3,\"action\":\"SupervisionOrder\",\"recipients\":[\"supervisor\"]},{\"offset\":3,\"action\":\"RedCard\",\"recipients\":[\"department:FIR\",\"role:leader\"]}]"}},"watches":{"typeName":"String[]","expression":{"type":"Object","value":"[\"Approve\"]"}}},
              {"id":"Approve","type":"Supervision.ApprovePlan","version":1,"timeLimitId":{"typeName":"String","expression":{"type":"Literal","value":"Limit"}}}],
             "connections":[
              {"source":{"activity":"Fork","port":"计时"},"target":{"activity":"Limit","port":"In"}},
              {"source":{"activity":"Fork","port":"督办"},"target":{"activity":"Ladder","port":"In"}},
              {"source":{"activity":"Fork","port":"办理"},"target":{"activity":"Approve","port":"In"}},
              {"source":{"activity":"Limit","port":"超期未办"},"target":{"activity":"Late","port":"In"}}]}}
            """)!.AsObject();
        edit(json["root"]!.AsObject());
        return DefinitionValidator.Validate(WorkflowDefinition.Parse(json), s_registry);
    }

    private static JsonObject Activity(JsonObject root, string id) => root["activities"]!.AsArray().Single(a => a!["id"]!.GetValue<string>() == id)!.AsObject();

    private static void Remove(JsonObject root, string id)
    {
        root["activities"]!.AsArray().Remove(Activity(root, id));
        var connections = root["connections"]!.AsArray();
        connections.Remove(connections.Single(c => c!["target"]!["activity"]!.GetValue<string>() == id));
    }

    private static JsonObject Literal(string json) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = JsonNode.Parse(json) } };

    private static JsonObject Object(string json) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = json } };
}
