using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Activities.Escalation;
using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Host.Elsa.Descriptors;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>
/// Definitions as Studio reads them: node ids on every activity, no explicit nulls where Studio fails on them, and nothing on the
/// canvas that it cannot draw. <see cref="StoredForm"/> is the way back.
/// </summary>
internal sealed class StudioForm(ActivityRegistry registry, WorkflowEngine engine, DescriptorCatalogue descriptors)
{
    // Lists and objects that are written even when they are empty.
    private static readonly string[] Lists = ["variables", "inputs", "outputs", "outcomes"];
    private static readonly string[] Objects = ["customProperties", "options"];
    private static readonly string[] Decided = ["id", "definitionId", "name", "description", "createdAt", "version", "toolVersion", "isLatest", "isPublished", "isReadonly", "isSystem", "root", "links", .. Lists, .. Objects];

    /// <summary>A version as Studio reads it.</summary>
    /// <param name="row">The version.</param>
    /// <param name="mayWrite">Whether the caller changes definitions; decides the links.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DefinitionFormatException">The stored diagram exceeds a bound.</exception>
    public async ValueTask<JsonObject> OfAsync(WorkflowDefinitionRow row, bool mayWrite, CancellationToken cancellationToken) =>
        Of(row, mayWrite, await descriptors.CurrentAsync(cancellationToken));

    /// <summary>Whether two stored definitions are one to Studio and mean the same.</summary>
    /// <exception cref="DefinitionFormatException">A diagram exceeds a bound.</exception>
    public async ValueTask<bool> SameAsync(JsonObject one, JsonObject other, CancellationToken cancellationToken)
    {
        var known = await descriptors.CurrentAsync(cancellationToken);
        return DefinitionContent.Same(one, Content(one.DeepClone().AsObject(), known), other, Content(other.DeepClone().AsObject(), known));
    }

    /// <summary>The activities of a version as Studio reads them, each at its place.</summary>
    /// <exception cref="DefinitionFormatException">The stored diagram exceeds a bound.</exception>
    public async ValueTask<IReadOnlyList<PlacedActivity>> PlacesAsync(WorkflowDefinitionRow row, CancellationToken cancellationToken) =>
        (await OfAsync(row, mayWrite: false, cancellationToken))["root"] is JsonObject root ? DefinitionGraph.Place(root, registry, engine.Options) : [];

    private JsonObject Of(WorkflowDefinitionRow row, bool mayWrite, DescriptorSnapshot known)
    {
        var stored = JsonNode.Parse(row.Json, documentOptions: DefinitionBody.Reading)!.AsObject();
        var studio = Content(stored, known);
        studio["id"] = row.VersionId;
        studio["definitionId"] = row.DefinitionId;
        studio["name"] = row.Name;
        studio["createdAt"] = row.CreatedAt;
        studio["version"] = row.Version;
        studio["isLatest"] = row.IsLatest;
        studio["isPublished"] = row.IsPublished;
        studio["isReadonly"] = row.IsReadonly;
        studio["isSystem"] = false;
        studio["links"] = DefinitionLinks.Of(DefinitionSummary.Of(row), mayWrite);
        return studio;
    }

    /// <summary>The content of a definition as Studio reads it, without what its row says. The stored JSON is used up.</summary>
    private JsonObject Content(JsonObject stored, DescriptorSnapshot known)
    {
        // Members come in this order so that answers read like Elsa's.
        var studio = new JsonObject { ["id"] = null, ["definitionId"] = null, ["name"] = null, ["description"] = null };
        if (stored.Text("description") is { } description)
            studio["description"] = description;
        else
            studio.Remove("description");
        if (stored.Text("toolVersion") is { } tool && Version.TryParse(tool, out _))
            studio["toolVersion"] = tool;
        foreach (var name in Lists)
            studio[name] = WithoutNulls(Diagram.List(stored.Take(name)));
        foreach (var name in Objects)
            studio[name] = stored.Take(name) as JsonObject ?? [];
        Diagram.KeepReadable((JsonObject)studio["customProperties"]!);
        foreach (var variable in ((JsonArray)studio["variables"]!).OfType<JsonObject>())
            VariableText.ToText(variable);
        if (stored.Take("root") is JsonObject root && root["type"] is not null)
        {
            var shown = new Diagram(registry, engine.Options).ToStudio(root, known);
            DiagramLadder.ShowCaptions(shown);
            studio["root"] = shown;
        }

        foreach (var name in stored.Where(member => member.Value is not null && !Decided.Contains(member.Key)).Select(member => member.Key).ToList())
            studio[name] = stored.Take(name);

        return studio;
    }

    /// <summary>A version in a list.</summary>
    /// <param name="definition">The version.</param>
    /// <param name="mayWrite">Whether the caller changes definitions; decides the links.</param>
    public static JsonObject Summary(DefinitionSummary definition, bool mayWrite)
    {
        var summary = new JsonObject
        {
            ["id"] = definition.VersionId,
            ["definitionId"] = definition.DefinitionId,
            ["name"] = definition.Name,
            ["version"] = definition.Version,
            ["isLatest"] = definition.IsLatest,
            ["isPublished"] = definition.IsPublished,
            ["providerName"] = definition.Source == "files" ? "Files" : "Studio",
            ["materializerName"] = "Json",
            ["createdAt"] = definition.CreatedAt,
            ["isReadonly"] = definition.IsReadonly,
            ["isSystem"] = false,
            ["isMaterializerAvailable"] = true,
            ["links"] = DefinitionLinks.Of(definition, mayWrite),
        };
        if (definition.Description is { } description)
            summary["description"] = description;
        return summary;
    }

    private static JsonArray WithoutNulls(JsonArray list)
    {
        foreach (var item in list.OfType<JsonObject>())
        {
            foreach (var name in item.Where(member => member.Value is null).Select(member => member.Key).ToList())
                item.Remove(name);
        }

        return list;
    }
}

/// <summary>Values of variables: Studio edits them as text, definitions may hold any JSON.</summary>
internal static class VariableText
{
    /// <summary>Turns a value that is no text into the text that Studio shows.</summary>
    public static void ToText(JsonObject variable)
    {
        if (variable["value"] is { } value && !(value is JsonValue plain && plain.TryGetValue(out string? _)))
            variable["value"] = Of(value);
    }

    /// <summary>The text of a value.</summary>
    public static string Of(JsonNode value) => value is JsonValue plain && plain.TryGetValue(out decimal number)
        ? number.ToString(CultureInfo.InvariantCulture)
        : value.ToJsonString(ElsaJson.Options);
}
