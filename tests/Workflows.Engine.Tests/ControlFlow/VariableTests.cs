using System.Text.Json.Nodes;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.ControlFlow;

public class VariableTests
{
    [Fact]
    public void An_inner_variable_hides_the_outer_of_the_same_name_60()
    {
        var inner = Sequence("inner", WriteJs("a", "getX()"));
        inner["variables"] = new JsonArray(new JsonObject { ["id"] = "v_inner", ["name"] = "X", ["typeName"] = "String", ["value"] = "in" });
        var instance = Instance.Started(Sequence("s", inner, WriteJs("b", "getX()")), ("variables", new JsonArray(Var("X", "String", "out"))));
        Assert.Equal("in out", instance.Lines);
    }

    [Fact]
    public void Setting_an_undefined_name_creates_it_on_the_nearest_container_62()
    {
        var inner = Sequence("inner", Act("r", "RunJavaScript", ("script", Lit("setVariable('New', 7)"))), WriteJs("a", "getNew()"));
        var instance = Instance.Started(Sequence("s", inner, WriteJs("b", "getVariable('New') == null ? 'gone' : 'there'")));
        Assert.Equal("7 gone", instance.Lines);
    }

    [Theory]
    [InlineData("Int32", "5", "typeof getV() + getV()", "number5")]
    [InlineData("Boolean", "true", "typeof getV() + getV()", "booleantrue")]
    [InlineData("Object[]", "[1,2]", "getV().length", "2")]
    [InlineData("JsonObject", "{\"a\":3}", "getV().a", "3")]
    [InlineData("Decimal", "1.5", "getV()*2", "3")]
    [InlineData("Int32", "abc", "getV()", "0")]
    public void Default_values_are_read_as_their_type_68(string type, string value, string script, string line) =>
        Assert.Equal(line, Instance.Started(Sequence("s", WriteJs("w", script)), ("variables", new JsonArray(Var("V", type, value)))).Lines);

    [Fact]
    public void Values_survive_a_burst_by_type_and_a_variable_without_driver_does_not()
    {
        var lost = Var("M", "Int32", "1");
        lost["storageDriverTypeName"] = null;
        var root = Sequence(
            "s", SetVar("s1", "D", Js("({a:[1,{b:'中'}]})")), SetVar("s2", "N", Js("2.5")), SetVar("s3", "T", Lit("2026-12-01T00:00:00Z")), SetVar("s4", "M", Lit(9, "Int32")), Block("B"),
            WriteJs("w1", "getD().a[1].b"), WriteJs("w2", "getN()"), WriteJs("w3", "getT().getTime()"), WriteJs("w4", "getM()"));
        var instance = Instance.Started(root, ("variables", new JsonArray(Var("D"), Var("N", "Double"), Var("T", "DateTimeOffset"), lost)));
        Assert.Equal("中 2.5 1796083200000 1", instance.Resume("B").Lines);
    }

    [Fact]
    public void Container_variables_begin_anew_with_each_execution()
    {
        var body = Sequence("body", SetVar("i", "C", Js("getC()+1")), WriteJs("w", "getC()"));
        body["variables"] = new JsonArray(Var("C", "Int32", "0"));
        Assert.Equal("1 1", Instance.Started(Act("e", "ForEach", ("items", Js("[1,2]")), ("body", body))).Lines);
    }

    [Fact]
    public void Outputs_and_the_last_result_live_in_one_burst_only()
    {
        var upper = Act("U", "Test.Upper", ("text", Lit("x")));
        var instance = Instance.Started(Sequence("s", upper, WriteJs("a", "getOutputFrom('U')"), Block("B"), WriteJs("b", "String(getOutputFrom('U')) + String(getLastResult())")));
        Assert.Equal("X", instance.Lines);
        Assert.DoesNotContain("X", instance.Resume("B").Lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_are_found_by_name_with_modern_tools_and_by_id_with_older_ones_63b_63c()
    {
        JsonObject Root() => Sequence("s", Named(Act("U", "Test.Upper", ("text", Lit("x"))), "U1"), WriteJs("a", "getResultFromU1()"));
        Assert.Equal("X", Instance.Started(Root(), ("toolVersion", "3.8.2.0")).Lines);
        Assert.Equal("Faulted", Instance.Started(Root()).Status);
    }

    [Fact]
    public void Workflow_inputs_with_a_storage_driver_survive_a_burst_and_others_do_not()
    {
        var inputs = new JsonArray(
            new JsonObject { ["name"] = "Kept", ["type"] = "String", ["storageDriverType"] = "WorkflowInstanceStorageDriver" },
            new JsonObject { ["name"] = "Lost", ["type"] = "String" });
        var root = Sequence("s", WriteJs("a", "getInput('Kept')+getLost()"), Block("B"), WriteJs("b", "getKept()+String(getInput('Lost') ?? '-')"));
        var instance = new Instance(Definition(root, ("inputs", inputs))).Start(input: new() { ["Kept"] = "k", ["Lost"] = "l" });
        Assert.Equal("kl", instance.Lines);
        Assert.Equal("k-", instance.Resume("B").Lines);
    }

    [Fact]
    public void Outputs_names_and_correlation_reach_the_state()
    {
        var root = Sequence("s", Act("o", "SetOutput", ("outputName", Lit("Total")), ("outputValue", Js("6*7"))), Act("n", "SetName", ("value", Lit("案件一"))), Act("c", "Correlate", ("correlationId", Lit("C-1"))), WriteJs("w", "getCorrelationId()+getWorkflowInstanceId()"));
        var instance = Instance.Started(root);
        Assert.Equal(("42", "案件一", "C-1", "C-1i1"), (instance.State.Output["Total"]!.ToJsonString(), instance.State.Name, instance.State.CorrelationId, instance.Lines));
    }

    [Fact]
    public void Script_identifiers_and_times_repeat_with_the_burst()
    {
        var definition = Definition(Sequence("s", WriteJs("a", "newGuid()+Math.random()+Date.now()")));
        Assert.Equal(new Instance(definition).Start().Lines, new Instance(definition).Start().Lines);
        Assert.EndsWith(Instance.Begin.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), new Instance(definition).Start().Lines, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_chooses_outcomes()
    {
        var root = Chart("f", [Act("r", "RunJavaScript", ("script", Lit("setOutcome('B'); 5")), ("possibleOutcomes", Obj("[\"A\",\"B\"]"))), Write("a"), WriteJs("b", "'b'+getLastResult()")], "r:A->a", "r:B->b");
        Assert.Equal("b5", Instance.Started(root).Lines);
    }

    [Theory]
    [InlineData("""{"typeName":null,"expression":{"type":"Literal","value":"x"},"memoryReference":null}""", "x")]
    [InlineData("""{"typeName":"String","expression":{"value":"x"}}""", "x")]
    [InlineData("""{"expression":{"type":"Literal","value":"x"}}""", "")]
    [InlineData("""{"typeName":"String","memoryReference":{"id":"v_V"}}""", "val")]
    [InlineData("""{"typeName":"String","expression":{"type":"Variable","value":"{\"id\":\"v_V\",\"name\":\"V\"}"}}""", "val")]
    [InlineData("""{"typeName":"String","expression":{"type":"Variable","value":{"id":"v_V","name":"V"}}}""", "val")]
    [InlineData("""{"typeName":"String","expression":{"type":"Liquid","value":"x"}}""", "")]
    [InlineData("true", "True")]
    [InlineData("null", "")]
    public void Every_form_of_inputs_is_read_65_67(string input, string line)
    {
        var root = Sequence("s", Act("w", "WriteLine", ("text", JsonNode.Parse(input))));
        var instance = Instance.Started(root, ("variables", new JsonArray(Var("V", "String", "val"))));
        Assert.Equal((line, "Finished"), (instance.Lines, instance.Status));
    }

    private static JsonObject Named(JsonObject activity, string name)
    {
        activity["name"] = name;
        return activity;
    }
}
