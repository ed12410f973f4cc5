using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Compilation;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Tests.Descriptors;

public sealed class DefaultValueTests
{
    private static readonly ActivityRegistry Registry = new();

    [Fact]
    public void What_the_editor_shows_where_nothing_was_entered_is_what_the_activity_does()
    {
        var compared = 0;
        foreach (var descriptor in Registry.Descriptors)
        {
            var type = Registry.Find(descriptor.TypeName, descriptor.Version)!;
            var activity = new ActivityReader(Registry, new WorkflowEngineOptions()).Read(new JsonObject { ["id"] = "a", ["type"] = descriptor.TypeName, ["version"] = descriptor.Version });
            foreach (var input in type.Inputs)
            {
                var applied = input.Property.GetValue(activity) as Input;
                applied?.CompileLeniently(new ExpressionCompiler([]));
                var shown = input.Descriptor.DefaultValue is { } value ? ValueConversion.To(ValueConversion.FromJson(value), input.Descriptor.Type) : null;
                Assert.True(
                    JsonNode.DeepEquals(ValueConversion.ToJson(shown), ValueConversion.ToJson(applied is { IsConstant: true } ? applied.ConstantValue : null)),
                    $"{descriptor.TypeName}.{input.Descriptor.Name}");
                compared += shown is null ? 0 : 1;
            }
        }

        Assert.InRange(compared, 10, 1000);
    }

    [Theory]
    [InlineData("Elsa.FlowJoin", "Mode", "\"WaitAny\"")]
    [InlineData("Elsa.For", "Step", "1")]
    [InlineData("Elsa.Fault", "Category", "\"General\"")]
    [InlineData("Elsa.WriteHttpResponse", "StatusCode", "200")]
    [InlineData("Elsa.HttpEndpoint", "SupportedMethods", "[\"GET\"]")]
    [InlineData("Elsa.Fork", "JoinMode", "\"WaitAll\"")]
    public void The_defaults_of_Elsa_are_shown(string type, string input, string expected)
    {
        Assert.True(Registry.TryGet(type, null, out var descriptor));
        Assert.Equal(expected, descriptor.Inputs.Single(i => i.Name == input).DefaultValue?.ToJsonString());
    }
}
