using System.Text.Json;
using Workflows.Engine.JavaScript;

namespace Workflows.Engine.Tests.JavaScript;

/// <summary>Short ways to run a script.</summary>
internal static class Scripts
{
    public static string? Json(string source, ScriptEnvironment? environment = null) => Run(source, environment).ToJson();

    public static ScriptValue Run(string source, ScriptEnvironment? environment = null, ScriptLimits? limits = null) =>
        Script.Parse(source, limits).Evaluate(environment ?? new TestEnvironment());

    public static ScriptException Fails(string source, ScriptLimits? limits = null) =>
        Assert.Throws<ScriptException>(() => Script.Parse(source, limits).Evaluate(new TestEnvironment()));

    public static ScriptException Refused(string source, ScriptLimits? limits = null) =>
        Assert.Throws<ScriptException>(() => Script.Parse(source, limits));
}

/// <summary>Variables and inputs in dictionaries, a clock that stands still.</summary>
internal sealed class TestEnvironment : ScriptEnvironment
{
    public TestEnvironment() => Clock = new StillClock();

    public Dictionary<string, object?> Variables { get; } = [];

    public Dictionary<string, object?> Inputs { get; } = [];

    public Dictionary<string, object?> Globals { get; } = [];

    public List<string> Log { get; } = [];

    public override IEnumerable<string> VariableNames => Variables.Keys;

    public override bool TryGetVariable(string name, out object? value)
    {
        Log.Add(name);
        return Variables.TryGetValue(name, out value);
    }

    public override void SetVariable(string name, object? value) => Variables[name] = value;

    public override bool TryGetInput(string name, out object? value) => Inputs.TryGetValue(name, out value);

    public override bool TryGetGlobal(string name, out object? value) => Globals.TryGetValue(name, out value);

    private sealed class StillClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
    }
}
