using System.Text;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;

namespace Workflows.Host.Elsa.Descriptors;

/// <summary>Workflows that serve as steps of other workflows, as descriptors (Elsa's WorkflowDefinitionActivity).</summary>
internal static class WorkflowActivities
{
    private const string Group = "子流程";

    /// <summary>The descriptors of all versions; the toolbox shows the published one.</summary>
    /// <param name="versions">What is known of the definitions.</param>
    /// <param name="taken">Type names that other activities bear.</param>
    public static IEnumerable<ActivityShape> Describe(IEnumerable<KnownVersion> versions, IReadOnlySet<string> taken)
    {
        var names = new HashSet<(string, int)>();
        foreach (var version in versions.Where(v => v.Facts.Definition?.UsableAsActivity == true).OrderBy(v => v.DefinitionId, StringComparer.Ordinal).ThenBy(v => v.Version))
        {
            var type = TypeName(version.Facts.Definition!.Name is { Length: > 0 } name ? name : version.DefinitionId);
            // Two workflows of one name, or one named like an activity, are told apart by their id.
            if (taken.Contains(type) || !names.Add((type, version.Version)))
                type = "Workflow." + version.DefinitionId;
            if (names.Add((type, version.Version)) || !type.StartsWith("Workflow.", StringComparison.Ordinal))
                yield return Describe(version, version.Facts.Definition!, type);
        }
    }

    /// <summary>The name as Elsa writes it into an activity: words joined, each with a capital.</summary>
    public static string TypeName(string name)
    {
        var text = new StringBuilder(name.Length);
        var starts = true;
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
                text.Append(starts ? char.ToUpperInvariant(c) : c);
            starts = !char.IsLetterOrDigit(c);
        }

        return text.Length > 0 ? text.ToString() : "Workflow";
    }

    private static ActivityShape Describe(KnownVersion version, WorkflowDefinition definition, string type) => new()
    {
        TypeName = type,
        Namespace = "Workflows",
        Name = type,
        Version = version.Version,
        Category = definition.Options["activityCategory"] is JsonValue value && value.TryGetValue(out string? category) && category.Trim().Length > 0 ? category : Group,
        DisplayName = version.Name,
        Description = definition.Description is { Length: > 0 } description ? description : $"执行流程“{version.Name}”，等它完成后继续。",
        Inputs = [.. definition.Inputs.Select(Input)],
        Outputs = [.. definition.Outputs.Select((output, at) => new OutputShape(output.Name, output.TypeName, Text(output.DisplayName, output.Name), output.Description, at, IsSynthetic: true))],
        Kind = ActivityKind.Task,
        Ports = definition.Outcomes.Count > 0
            ? [.. definition.Outcomes.Distinct(StringComparer.Ordinal).Select(outcome => new PortShape(outcome, PortNames.Of(outcome), PortKind.Flow))]
            : [new PortShape(PortNames.Done, PortNames.Of(PortNames.Done), PortKind.Flow)],
        CustomProperties = new JsonObject
        {
            ["RootType"] = "WorkflowDefinitionActivity",
            ["WorkflowDefinitionId"] = version.DefinitionId,
            ["WorkflowDefinitionVersionId"] = version.VersionId,
        },
        ConstructionProperties = new JsonObject
        {
            ["WorkflowDefinitionId"] = version.DefinitionId,
            ["WorkflowDefinitionVersionId"] = version.VersionId,
        },
        IsBrowsable = version.IsPublished,
    };

    private static InputShape Input(ArgumentDefinition input, int at) => new()
    {
        Name = input.Name,
        TypeName = input.TypeName,
        DisplayName = Text(input.DisplayName, input.Name),
        Description = Text(input.Description, $"交给流程的输入“{Text(input.DisplayName, input.Name)}”。"),
        Order = at,
        IsSynthetic = true,
        UiHint = input.TypeName switch { "Boolean" => "checkbox", "String[]" => "multitext", "ObjectDictionary" => "dictionary", "DateTimeOffset" or "DateTime" => "datetime-picker", _ => "singleline" },
        DefaultValue = input.DefaultValue?.DeepClone(),
    };

    private static string Text(string? text, string otherwise) => string.IsNullOrWhiteSpace(text) ? otherwise : text;
}
