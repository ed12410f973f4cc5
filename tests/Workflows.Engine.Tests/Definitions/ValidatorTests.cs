using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Conformance;
using Workflows.Engine.Definitions;
using Workflows.Engine.Tests.Kit;
using static Workflows.Engine.Tests.Kit.Json;

namespace Workflows.Engine.Tests.Definitions;

public class ValidatorTests
{
    private static readonly ActivityRegistry Registry = ElsaConformance.Registry().Register<LimitStep>();

    [Fact]
    public void A_sound_definition_has_no_problems()
    {
        var root = Chart(
            "f", [Act("S", "Start"), Act("L", "Test.LimitStep", ("limit", Lit("3.00:00:00", "TimeSpan"))), Write("late"), WriteJs("done", "'done '+getN()"), Act("e", "End")],
            "S->L", "L:办结->done", "L:逾期未办->late", "late->e", "done->e");
        Assert.Empty(Validate(Definition(root, ("variables", new JsonArray(Var("N"))))));
    }

    [Fact]
    public void Twelve_planted_faults_are_twelve_problems_at_once()
    {
        var root = Chart(
            "f",
            [
                Act("S", "Start"),
                Write("twice"),
                Write("twice"),
                Act("unknown", "Nope.Missing"),
                Act("noTime", "Delay"),
                WriteJs("broken", "1 +* 2"),
                Act("liquid", "WriteLine", ("text", Expr("Liquid", "{{ x }}", "String"))),
                Act("badTime", "Delay", ("timeSpan", Lit("bald", "TimeSpan"))),
                Act("limit", "Test.LimitStep", ("limit", Lit("1.00:00:00", "TimeSpan"))),
                SetVar("noVariable", "Undeclared", Lit("1")),
                Decide("D", true),
                Write("island"),
                Sequence("seq", Chart("empty", [])),
            ],
            "S->twice", "twice->unknown", "unknown->noTime", "noTime->broken", "broken->liquid", "liquid->badTime", "badTime->limit", "limit:办结->noVariable", "noVariable->D", "D:True->seq", "D:Yes->seq", "seq->nowhere");
        // The second activity with the same id shares its lines; it is its own fault, not an island besides.
        var problems = Validate(Definition(root));
        Assert.Equal(
            [
                ("D", "unknown-port"), ("badTime", "invalid-value"), ("broken", "invalid-expression"), ("empty", "no-start"), ("island", "unreachable"), ("limit", "time-limit-port-unconnected"),
                ("liquid", "unsupported-syntax"), ("noTime", "missing-input"), ("noVariable", "unknown-variable"), ("seq", "dangling-connection"), ("twice", "duplicate-id"), ("unknown", "unknown-type"),
            ],
            problems.Select(p => (p.ActivityId!, p.Code)).OrderBy(p => p.Item1, StringComparer.Ordinal));
        Assert.All(problems, p => Assert.Matches("[\u4e00-\u9fff]", p.Message));
        Assert.Equal("timeSpan", problems.Single(p => p.ActivityId == "noTime").Property);
        Assert.Equal("connections[11]", problems.Single(p => p.ActivityId == "seq").Property);
    }

    [Fact]
    public void A_flowchart_in_which_everything_has_an_inbound_line_has_no_start() =>
        Assert.Equal("no-start", Assert.Single(Validate(Definition(Chart("f", [Tick("A"), Tick("B")], "A->B", "B->A")))).Code);

    [Fact]
    public void A_definition_without_root_says_so() =>
        Assert.Equal("no-root", Assert.Single(Validate(new JsonObject { ["definitionId"] = "x" })).Code);

    [Fact]
    public void An_invalid_loop_names_its_line() =>
        Assert.Equal(("C", "connections[4]", "invalid-loop"), Problem(Chart("f", [Tick("S"), Tick("A"), Tick("B"), Tick("C")], "S->A", "S->B", "A->B", "B->C", "C->A")));

    [Fact]
    public void A_limit_outside_a_flowchart_cannot_be_connected() =>
        Assert.Equal(("L", "逾期未办", "time-limit-port-unconnected"), Problem(Sequence("s", Act("L", "Test.LimitStep", ("limit", Lit("1.00:00:00", "TimeSpan"))))));

    [Fact]
    public void Triggers_may_begin_in_several_places()
    {
        JsonObject Trigger(string id)
        {
            var o = Act(id, "Event", ("eventName", Lit(id)));
            o["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
            return o;
        }

        Assert.Empty(Validate(Definition(Chart("f", [Trigger("a"), Trigger("b"), Write("w")], "a->w", "b->w"))));
    }

    [Fact]
    public void Ten_thousand_activities_are_validated_and_compiled()
    {
        var activities = Enumerable.Range(0, 10_000).Select(i => (JsonNode)Write($"a{i}")).ToArray();
        var lines = Enumerable.Range(1, 9_999).Select(i => $"a{i - 1}->a{i}").ToArray();
        var definition = Definition(Chart("f", activities, lines));
        Assert.Empty(Validate(definition));
        Assert.Equal(10_000, new Instance(definition).Start().Last.Lines.Count);
    }

    [Fact]
    public void More_activities_than_allowed_are_one_problem()
    {
        var definition = Definition(Sequence("s", [.. Enumerable.Range(0, 200).Select(i => (JsonNode)Tick($"a{i}"))]));
        var problem = Assert.Single(DefinitionValidator.Validate(WorkflowDefinition.Parse(definition), Registry, new WorkflowEngineOptions { MaxActivities = 100 }));
        Assert.Equal("bound-exceeded", problem.Code);
    }

    [Fact]
    public void Tangled_lines_are_refused_instead_of_holding_the_engine_up()
    {
        var activities = Enumerable.Range(0, 400).Select(i => (JsonNode)Tick($"a{i}")).ToArray();
        var lines = Enumerable.Range(0, 160_000).Select(i => $"a{i / 400}->a{i % 400}").ToArray();
        var definition = WorkflowDefinition.Parse(Definition(Chart("f", activities, lines)));
        Assert.Contains(DefinitionValidator.Validate(definition, Registry), p => p.Code == "bound-exceeded");
        Assert.Throws<DefinitionFormatException>(() => new WorkflowEngine(Registry).Compile(definition));
    }

    [Fact]
    public void A_depth_of_a_thousand_is_refused_cleanly()
    {
        var text = string.Concat(Enumerable.Range(0, 1000).Select(i => $$"""{"id":"s{{i}}","type":"Elsa.Sequence","version":1,"activities":[""")) + string.Concat(Enumerable.Repeat("]}", 1000));
        Assert.Contains("400", Assert.Throws<DefinitionFormatException>(() => WorkflowDefinition.Parse($$"""{"definitionId":"d","root":{{text}}}""")).Message, StringComparison.Ordinal);
        var inner = Sequence("leaf");
        for (var i = 0; i < 150; i++)
            inner = Sequence($"s{i}", inner);
        var definition = WorkflowDefinition.Parse(Definition(inner));
        Assert.Equal("bound-exceeded", Assert.Single(DefinitionValidator.Validate(definition, Registry)).Code);
        Assert.Throws<DefinitionFormatException>(() => new WorkflowEngine(Registry).Compile(definition));
    }

    [Fact]
    public void Huge_texts_are_refused()
    {
        Assert.Equal(("w", "text", "bound-exceeded"), Problem(Act("w", "WriteLine", ("text", Lit(new string('x', 300_000))))));
        Assert.Throws<DefinitionFormatException>(() => WorkflowDefinition.Parse(new string(' ', WorkflowDefinition.MaxJsonLength + 1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"root":{"id":"a","id":"b"}}""")]
    public void What_is_no_definition_is_refused(string text) => Assert.Throws<DefinitionFormatException>(() => WorkflowDefinition.Parse(text));

    [Theory]
    [InlineData("""{"root":5}""")]
    [InlineData("""{"root":{"type":"Elsa.Flowchart","activities":5,"connections":"x"}}""")]
    [InlineData("""{"root":{"type":"Elsa.Flowchart","activities":[5,null,{"id":1}],"connections":[1,null,{}]}}""")]
    [InlineData("""{"variables":5,"inputs":{"a":1},"options":[],"root":{"type":"Elsa.Sequence"}}""")]
    [InlineData("""{"root":{"type":"Elsa.FlowSwitch","cases":[{"condition":{"type":5}}],"mode":{"typeName":"x","expression":7}}}""")]
    [InlineData("""{"root":{"type":"Elsa.SetVariable","variable":"{broken","value":{"typeName":"x","expression":{"type":"Variable","value":"{broken"}}}}""")]
    [InlineData("""{"root":{"id":{"x":1},"type":"Elsa.Delay","version":"one","timeSpan":[],"customProperties":7}}""")]
    public void Malformed_parts_are_reported_or_ignored_but_never_thrown(string text)
    {
        var definition = WorkflowDefinition.Parse(text);
        _ = DefinitionValidator.Validate(definition, Registry);
    }

    [Fact]
    public void Workflows_that_use_each_other_in_a_circle_are_found()
    {
        WorkflowDefinition Uses(string id, string used) => WorkflowDefinition.Parse(new JsonObject
        {
            ["definitionId"] = id,
            ["root"] = Sequence("s", Act("u", "Company." + used, ("workflowDefinitionId", used))),
        });
        var all = new Dictionary<string, WorkflowDefinition> { ["a"] = Uses("a", "b"), ["b"] = Uses("b", "c"), ["c"] = Uses("c", "a") };
        var problem = Assert.Single(DefinitionValidator.Validate(all["a"], Registry, null, r => all.GetValueOrDefault(r.DefinitionId!)));
        Assert.Equal("workflow-cycle", problem.Code);
        Assert.Contains("a → b → c → a", problem.Message, StringComparison.Ordinal);
        Assert.Contains(DefinitionValidator.Validate(Uses("x", "gone"), Registry, null, _ => null), p => p.Code == "unknown-workflow");
    }

    private static IReadOnlyList<ValidationProblem> Validate(JsonObject definition) => DefinitionValidator.Validate(WorkflowDefinition.Parse(definition), Registry);

    private static (string?, string?, string) Problem(JsonObject root)
    {
        var problem = Assert.Single(Validate(Definition(root)));
        return (problem.ActivityId, problem.Property, problem.Code);
    }
}
