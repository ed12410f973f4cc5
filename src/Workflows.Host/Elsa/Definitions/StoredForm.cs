using System.Text.Json.Nodes;
using Workflows.Activities.Escalation;
using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>
/// Definitions as they are stored, from what Studio or a file sends. Studio knows only members of its own, so that whatever else the
/// version before it holds is carried over: nothing is lost by opening and saving.
/// </summary>
internal sealed class StoredForm(ActivityRegistry registry, WorkflowEngine engine)
{
    private static readonly string[] Decided = ["id", "version", "isLatest", "isPublished", "createdAt", "links", "isSystem", "materializerName", "providerName", "isMaterializerAvailable"];

    // What Studio sends of a definition, of its options and of its arguments: absent there means taken away, not unknown.
    private static readonly HashSet<string> KnownMembers = new(StringComparer.Ordinal)
    {
        "id", "definitionId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs", "outcomes", "customProperties",
        "isReadonly", "isSystem", "isLatest", "isPublished", "options", "root", "links", "tenantId",
    };

    private static readonly HashSet<string> KnownOptions = new(StringComparer.Ordinal)
    {
        "activationStrategyType", "usableAsActivity", "autoUpdateConsumingWorkflows", "activityCategory", "incidentStrategyType", "commitStrategyName",
    };

    private static readonly HashSet<string> KnownArguments = new(StringComparer.Ordinal)
    {
        "id", "name", "type", "typeName", "isArray", "value", "displayName", "description", "category", "uiHint", "storageDriverType", "storageDriverTypeName",
    };

    /// <summary>The stored form.</summary>
    /// <param name="model">The definition as it was sent; used up.</param>
    /// <param name="before">The latest version as it is stored, or null for a new definition.</param>
    /// <param name="definitionId">Logical id.</param>
    /// <exception cref="DefinitionFormatException">The diagram exceeds a bound.</exception>
    public JsonObject Of(JsonObject model, JsonObject? before, string definitionId)
    {
        foreach (var name in Decided)
            model.Remove(name);
        foreach (var name in model.Where(member => member.Value is null).Select(member => member.Key).ToList())
            model.Remove(name);
        var stored = new JsonObject { ["definitionId"] = definitionId };
        model.Remove("definitionId");
        var root = model.Take("root") as JsonObject;
        foreach (var name in model.Select(member => member.Key).ToList())
            stored[name] = model.Take(name);
        if (before is not null)
            CarryOver(stored, before);
        if (root is not null)
        {
            DiagramLadder.HideCaptions(root);
            root = Diagram.FromStudio(root);
            new Diagram(registry, engine.Options).Settle(root);
            stored["root"] = root;
        }

        return stored;
    }

    private static void CarryOver(JsonObject stored, JsonObject before)
    {
        CarryUnknown(stored, before, KnownMembers);
        // How scripts find outputs depends on the tool that made the definition, not on the one that saved it last.
        if (before["toolVersion"] is { } tool)
            stored["toolVersion"] = tool.DeepClone();
        else
            stored.Remove("toolVersion");
        if (before["options"] is JsonObject options)
        {
            stored["options"] ??= new JsonObject();
            if (stored["options"] is JsonObject own)
                CarryUnknown(own, options, KnownOptions);
        }

        foreach (var (list, key) in new[] { ("variables", "id"), ("inputs", "name"), ("outputs", "name") })
        {
            var earlier = Diagram.List(before[list]?.DeepClone()).OfType<JsonObject>().Where(item => item.Text(key) is not null)
                .GroupBy(item => item.Text(key)!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
            foreach (var item in (stored[list] as JsonArray)?.OfType<JsonObject>() ?? [])
            {
                if (item.Text(key) is not { } name || !earlier.TryGetValue(name, out var was))
                    continue;
                CarryUnknown(item, was, KnownArguments);
                KeepValue(item, was);
            }
        }
    }

    private static void CarryUnknown(JsonObject target, JsonObject source, HashSet<string> known)
    {
        foreach (var (name, value) in source)
        {
            if (!known.Contains(name) && value is not null && !target.ContainsKey(name))
                target[name] = value.DeepClone();
        }
    }

    /// <summary>A value that came back as the text by which it was shown is what it was.</summary>
    private static void KeepValue(JsonObject item, JsonObject was)
    {
        if (was["value"] is { } value && item.Text("value") is { } text && !(value is JsonValue plain && plain.TryGetValue(out string? _)) && VariableText.Of(value) == text)
            item["value"] = value.DeepClone();
    }
}
