using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Activities.Escalation;
using Workflows.Activities.Deadlines;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Host.Elsa.Differences;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa;

/// <summary>What an analyst did to 电竞酒店 is told back in the words of an analyst.</summary>
public class DefinitionDifferenceTests
{
    private static readonly ActivityRegistry Registry = new ActivityRegistry().RegisterFrom(typeof(TimeLimit).Assembly);
    private static readonly string Case = File.ReadAllText(Path.Combine(ServiceUnderTest.HomeFolder(), "workflow-definitions", "esports-hotel", "case.json"));

    [Fact]
    public async Task A_longer_limit_is_one_sentence_with_both_lengths() =>
        Assert.Equal(["时限“补办批准时限”由24小时改为48小时"], await SentencesAsync(edited => Set(Step(edited, "MeasureLimit"), "length", 48)));

    [Fact]
    public async Task A_limit_in_another_unit_names_both_units()
    {
        var sentences = await SentencesAsync(edited =>
        {
            Set(Step(edited, "MeasureLimit"), "length", 2);
            Set(Step(edited, "MeasureLimit"), "unit", "WorkingDays");
        });
        Assert.Equal(["时限“补办批准时限”由24小时改为2个工作日"], sentences);
    }

    [Fact]
    public async Task A_step_put_between_two_others_is_told_with_its_connections()
    {
        var sentences = await SentencesAsync(edited =>
        {
            var root = edited["root"]!.AsObject();
            root["activities"]!.AsArray().Add(JsonNode.Parse("""{"id":"Talk","type":"Supervision.HoldInterview","version":1,"name":"立案前约谈","metadata":{"designer":{"position":{"x":1,"y":2}}}}"""));
            var connection = root["connections"]!.AsArray().Select(node => node!.AsObject())
                .Single(node => node["source"]!["activity"]!.GetValue<string>() == "CloseCase");
            var target = connection["target"]!["activity"]!.GetValue<string>();
            connection["target"]!["activity"] = "Talk";
            root["connections"]!.AsArray().Add(JsonNode.Parse($$$"""{"source":{"activity":"Talk","port":"已约谈"},"target":{"activity":"{{{target}}}","port":"In"}}"""));
        });

        Assert.Collection(
            sentences,
            first => Assert.Equal("增加步骤“立案前约谈”（约谈）", first),
            second => Assert.Matches("^“结案”的出口“完成”由通向“.+”改为通向“立案前约谈”$", second),
            third => Assert.Matches("^增加连线：“立案前约谈”的出口“已约谈”通向“.+”$", third));
    }

    [Fact]
    public async Task A_removed_step_takes_its_connections_with_it()
    {
        var sentences = await SentencesAsync(edited =>
        {
            var root = edited["root"]!.AsObject();
            root["activities"]!.AsArray().Remove(Step(edited, "UpdateScore"));
            foreach (var connection in root["connections"]!.AsArray().ToList())
            {
                if (connection!.ToJsonString().Contains("\"UpdateScore\"", StringComparison.Ordinal))
                    root["connections"]!.AsArray().Remove(connection);
            }
        });

        Assert.Equal("删除步骤“更新监管评分”（更新监管评分）", sentences[0]);
        Assert.All(sentences.Skip(1), sentence => Assert.Contains("取消连线", sentence, StringComparison.Ordinal));
        Assert.True(sentences.Count >= 2);
    }

    [Fact]
    public async Task Rungs_are_compared_one_by_one()
    {
        var sentences = await SentencesAsync(edited => Set(Step(edited, "PartyLadder"), "rungs",
            """[{"title":"提示","offset":-5,"unit":"WorkingDays","action":"RiskPreNotice","recipients":["party"]},{"title":"提示","offset":-1,"unit":"WorkingDays","action":"RiskPreNotice","recipients":["party"]},{"title":"到期复查","offset":1,"unit":"WorkingDays","action":"Reinspection","recipients":["handler","unit-head"]},{"title":"约谈","offset":3,"unit":"WorkingDays","action":"Interview","recipients":["party"]}]"""));

        Assert.Equal(
            [
                "“督促整改阶梯”的梯级“提示”由到期前3个工作日改为到期前5个工作日",
                "“督促整改阶梯”的梯级“到期复查”的告知对象由承办单位改为承办单位、承办单位负责人",
                "“督促整改阶梯”增加梯级“约谈”：到期后3个工作日，约谈，告知当事人",
            ],
            sentences);
    }

    [Fact]
    public async Task Who_does_a_step_is_told_by_role_and_department_names()
    {
        var sentences = await SentencesAsync(edited =>
        {
            Set(Step(edited, "ReviewProof"), "role", "legal-reviewer");
            Step(edited, "ReviewProof")["metadata"]!["displayText"] = "整改材料审核";
        });

        Assert.Equal(["步骤“材料审核”改名为“整改材料审核”", "“整改材料审核”的“承办角色”由“（空）”改为“法制审核员”"], sentences);
    }

    [Fact]
    public async Task A_long_value_stands_beside_the_sentence()
    {
        var script = "const a = 1;\nreturn a;";
        var change = Assert.Single(await ChangesAsync(edited => Step(edited, "ReviewProof")["title"]!["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script }));

        Assert.Equal("“材料审核”的“标题”已修改", change.Sentence);
        Assert.Equal("ReviewProof", change.ActivityId);
        Assert.Equal("材料审核", change.Before);
        Assert.Equal("JavaScript 表达式 " + script, change.After);
    }

    [Fact]
    public async Task Variables_and_the_name_of_the_process_are_compared()
    {
        var sentences = await SentencesAsync(edited =>
        {
            edited["name"] = "电竞酒店联合检查（试行）";
            edited["variables"]!.AsArray().Add(JsonNode.Parse("""{"id":"v9","name":"visitCount","typeName":"Int32","isArray":false,"value":"0"}"""));
        });

        Assert.Equal(["增加变量“visitCount”（Int32）", "流程名称由“电竞酒店联合检查”改为“电竞酒店联合检查（试行）”"], sentences);
    }

    [Fact]
    public async Task What_studio_writes_differently_without_meaning_it_is_no_difference()
    {
        var sentences = await SentencesAsync(edited =>
        {
            var limit = Step(edited, "MeasureLimit");
            Set(limit, "length", "24");
            limit["metadata"]!["designer"]!["position"]!["x"] = 12345.5;
            limit["nodeId"] = "Workflow1:a:b";
            limit["customProperties"] = new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false, ["notFoundConnections"] = new JsonArray() };
            // The default that the descriptor states.
            Step(edited, "ReviewLeniency")["dueIn"] = JsonNode.Parse("""{"typeName":null,"expression":{"type":"Literal","value":"5"},"memoryReference":null}""");
            // Rungs as lines and as list.
            var ladder = Step(edited, "PartyLadder")["rungs"]!["expression"]!;
            ladder["type"] = "Object";
            ladder["value"] = DiagramLadder.ToJson(DiagramLadder.Read(ladder["value"], out _)).ToJsonString();
            edited["root"]!["connections"]!.AsArray().Add(edited["root"]!["connections"]!.AsArray()[0]!.DeepClone());
            edited["toolVersion"] = "3.8.2.0";
        });

        Assert.Empty(sentences);
    }

    [Theory]
    [InlineData("""{"definitionId":"x"}""")]
    [InlineData("""{"definitionId":"x","root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"a"},{"type":"T"},7,null],"connections":[{},{"source":{}},{"source":{"activity":"a"},"target":{"activity":"b"}}]},"variables":[{},{"name":"v"}]}""")]
    [InlineData("""{"definitionId":"x","root":{"id":"r","type":"Unknown.Type","rungs":{"expression":{"type":"Object","value":"[broken"}},"customProperties":{"x":{"y":1}}}}""")]
    public async Task A_strange_definition_is_compared_as_far_as_it_goes(string strange)
    {
        var changes = await DefinitionDifference.BetweenAsync(WorkflowDefinition.Parse(Case), WorkflowDefinition.Parse(strange), Registry, Nothing(), CancellationToken.None);
        Assert.Contains(changes, change => change.Kind == ChangeKind.StepRemoved);

        var back = await DefinitionDifference.BetweenAsync(WorkflowDefinition.Parse(strange), WorkflowDefinition.Parse(Case), Registry, Nothing(), CancellationToken.None);
        Assert.Contains(back, change => change.Kind == ChangeKind.StepAdded);
    }

    private static async Task<IReadOnlyList<string>> SentencesAsync(Action<JsonObject> edit) => [.. (await ChangesAsync(edit)).Select(change => change.Sentence)];

    private static async Task<IReadOnlyList<DefinitionChange>> ChangesAsync(Action<JsonObject> edit)
    {
        var edited = JsonNode.Parse(Case)!.AsObject();
        edit(edited);
        return await DefinitionDifference.BetweenAsync(WorkflowDefinition.Parse(Case), WorkflowDefinition.Parse(edited), Registry, Nothing(), CancellationToken.None);
    }

    private static ServiceProvider Nothing() => new ServiceCollection().BuildServiceProvider();

    private static JsonObject Step(JsonNode node, string id) => Find(node, id) ?? throw new InvalidOperationException($"No step {id}.");

    private static JsonObject? Find(JsonNode? node, string id) => node switch
    {
        JsonObject found when found["type"] is not null && found["id"] is JsonValue value && value.GetValue<string>() == id => found,
        JsonObject other => other.Select(member => Find(member.Value, id)).FirstOrDefault(found => found is not null),
        JsonArray list => list.Select(item => Find(item, id)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static void Set(JsonObject step, string input, JsonNode value) => step[input] = new JsonObject
    {
        ["typeName"] = "String",
        ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value },
    };
}
