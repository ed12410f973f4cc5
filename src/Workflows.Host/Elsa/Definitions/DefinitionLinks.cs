using System.Text.Json.Nodes;
using Workflows.Storage.Definitions;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>What may be done with a definition. Studio makes read-only what carries no link <c>publish</c>, and a list without <c>bulk-publish</c>.</summary>
internal static class DefinitionLinks
{
    private const string Place = "/workflow-definitions";

    /// <summary>Links of one definition.</summary>
    /// <param name="definition">The version.</param>
    /// <param name="mayWrite">Whether the caller changes definitions.</param>
    public static JsonArray Of(DefinitionSummary definition, bool mayWrite)
    {
        var own = $"{Place}/{Uri.EscapeDataString(definition.DefinitionId)}";
        var links = new JsonArray(Link($"{own}", "self", "GET"), Link($"{own}/versions", "versions", "GET"), Link($"{own}/export", "export", "GET"));
        if (!mayWrite)
            return links;
        links.Add((JsonNode)Link($"{own}/bulk-dispatch", "bulk-dispatch", "POST"));
        links.Add((JsonNode)Link($"{own}/dispatch", "dispatch", "POST"));
        links.Add((JsonNode)Link($"{own}/execute", "execute", "POST"));
        if (definition.IsReadonly)
            return links;
        links.Add((JsonNode)Link($"{own}/publish", "publish", "POST"));
        links.Add((JsonNode)Link($"{own}/retract", "retract", "POST"));
        links.Add((JsonNode)Link(own, "delete", "DELETE"));
        links.Add((JsonNode)Link($"{own}/import", "import", "PUT"));
        links.Add((JsonNode)Link($"{own}/update-references", "update-references", "POST"));
        return links;
    }

    /// <summary>Links of a list.</summary>
    /// <param name="mayWrite">Whether the caller changes definitions.</param>
    public static JsonArray OfList(bool mayWrite)
    {
        var links = new JsonArray(
            Link(Place, "self", "GET"), Link($"{Place}/validation/is-name-unique", "is-name-unique", "GET"), Link($"{Place}/query/count", "count", "GET"),
            Link($"{Place}/many-by-id", "many-by-id", "GET"));
        if (!mayWrite)
            return links;
        links.Add((JsonNode)Link("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete-by-definition-id", "POST"));
        links.Add((JsonNode)Link("/bulk-actions/delete/workflow-definitions/by-id", "bulk-delete-by-id", "POST"));
        links.Add((JsonNode)Link("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"));
        links.Add((JsonNode)Link("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"));
        links.Add((JsonNode)Link($"{Place}/import", "import", "POST"));
        links.Add((JsonNode)Link($"{Place}/import-files", "import-files", "POST"));
        links.Add((JsonNode)Link(Place, "create", "POST"));
        return links;
    }

    private static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };
}
