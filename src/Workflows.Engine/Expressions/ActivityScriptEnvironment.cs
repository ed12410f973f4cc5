using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Engine.JavaScript;

namespace Workflows.Engine.Expressions;

/// <summary>What a script of an activity sees: variables in scope, workflow inputs, outputs of this burst, and Elsa's functions.</summary>
internal sealed class ActivityScriptEnvironment(ActivityExecutionContext context) : ScriptEnvironment
{
    private const string From = "From";

    private WorkflowExecutionContext Run => context.WorkflowExecutionContext;

    public override IEnumerable<string> VariableNames
    {
        get
        {
            for (var scope = context; scope is not null; scope = scope.ParentActivityExecutionContext)
            {
                foreach (var block in scope.Variables ?? [])
                    yield return block.Declaration.Name;
            }
        }
    }

    public override bool TryGetVariable(string name, out object? value)
    {
        var block = Find(name);
        value = block?.Value;
        return block is not null;
    }

    public override void SetVariable(string name, object? value) => context.SetVariable(Find(name)?.Declaration.Name ?? name, FromScript(value));

    public override bool TryGetInput(string name, out object? value)
    {
        value = context.GetInputValue(name) ?? context.GetInputValue(JsonReading.Camel(name));
        return value is not null || Run.Workflow.Inputs.Any(i => i.Name == name || JsonReading.Pascal(i.Name) == name);
    }

    public override bool TryGetGlobal(string name, out object? value)
    {
        value = FunctionNamed(name) ?? OutputGetter(name);
        return value is not null;
    }

    /// <summary>Lists and objects of a script as JSON; everything else as it is.</summary>
    internal static object? FromScript(object? value) => value switch
    {
        ScriptUndefined => null,
        long number when number is >= int.MinValue and <= int.MaxValue => (int)number,
        null or string or bool or long or double or DateTimeOffset or byte[] => value,
        _ => ValueConversion.ToJson(value),
    };

    private HostFunction? FunctionNamed(string name) => name switch
    {
        "getOutputFrom" => a => OutputFrom(TextAt(a, 0), TextAt(a, 1)),
        "getLastResult" => _ => Run.LastResult,
        "getWorkflowInstanceId" => _ => Run.Id,
        "getWorkflowDefinitionId" => _ => Run.Workflow.DefinitionId,
        "getWorkflowDefinitionVersionId" => _ => Run.Workflow.VersionId,
        "getWorkflowDefinitionVersion" => _ => Run.Workflow.Version,
        "getWorkflowInstanceName" => _ => Run.Name,
        "setWorkflowInstanceName" => a => Run.Name = TextAt(a, 0),
        "getCorrelationId" => _ => Run.CorrelationId,
        "setCorrelationId" => a => Run.CorrelationId = TextAt(a, 0),
        "newGuid" or "newGuidString" => _ => NewGuid().ToString(),
        "newShortGuid" => _ => Convert.ToBase64String(NewGuid().ToByteArray()).Replace('/', '_').Replace('+', '-').TrimEnd('='),
        "setOutcome" => a => Choose([TextAt(a, 0) ?? ""]),
        "setOutcomes" => a => Choose(a.Count > 0 ? ValueConversion.To<string[]>(FromScript(a[0])) ?? [] : []),
        _ => null,
    };

    /// <summary><c>get{Output}From{Activity}()</c>: by activity name in definitions of modern tools, by id in older ones.</summary>
    private HostFunction? OutputGetter(string name)
    {
        if (!name.StartsWith("get", StringComparison.Ordinal) || Find(name[3..]) is not null)
            return null;
        var workflow = context.Node.Workflow;
        for (var at = name.IndexOf(From, 4, StringComparison.Ordinal); at > 0; at = name.IndexOf(From, at + 1, StringComparison.Ordinal))
        {
            var output = name[3..at];
            var activity = name[(at + From.Length)..];
            var node = workflow.UsesModernTooling
                ? workflow.FindByName(activity) ?? workflow.FindByName(JsonReading.Camel(activity))
                : workflow.FindById(activity) ?? workflow.FindById(JsonReading.Camel(activity));
            if (node is not null && Array.Exists(node.Outputs, o => o.Name == output))
                return _ => Run.OutputOf(node, output);
        }

        return null;
    }

    private object? OutputFrom(string? idOrName, string? output) =>
        idOrName is not null && context.Node.Workflow.FindByIdOrName(idOrName) is { } node ? Run.OutputOf(node, output) : null;

    private VariableBlock? Find(string name) => name.Length == 0 ? null : context.FindVariable(name) ?? (char.IsUpper(name[0]) ? context.FindVariable(JsonReading.Camel(name)) : null);

    private object? Choose(string[] outcomes)
    {
        Run.ChosenOutcomes = outcomes;
        return null;
    }

    private Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Run.Burst.Ids.Fill(bytes);
        // Version 4, so that it looks like any other random Guid.
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    private static string? TextAt(IReadOnlyList<object?> arguments, int index) =>
        index < arguments.Count && arguments[index] is not (null or ScriptUndefined) ? ValueConversion.To<string>(arguments[index]) : null;
}
