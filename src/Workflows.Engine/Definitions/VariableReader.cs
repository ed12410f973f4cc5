using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Definitions;

/// <summary>Reads declarations of variables.</summary>
internal static class VariableReader
{
    public static IEnumerable<Variable> Read(JsonObject owner, string property, string ownerId)
    {
        var index = 0;
        foreach (var json in owner.List(property).OfType<JsonObject>())
        {
            index++;
            yield return Read(json, $"{ownerId}:variable-{index}");
        }
    }

    public static Variable Read(JsonObject json, string defaultId)
    {
        var typeName = json.Text("typeName") ?? "Object";
        if (json.Flag("isArray") && !typeName.EndsWith("[]", StringComparison.Ordinal))
            typeName += "[]";
        return new Variable(json.Text("name") ?? "", typeName, DefaultValue(json.Get("value"), typeName), json.Text("id") ?? defaultId)
        {
            IsPersistent = IsPersistent(json.Text("storageDriverTypeName") ?? json.Text("storageDriverType")),
        };
    }

    /// <summary>A named driver other than the memory's keeps the value; no driver does not.</summary>
    public static bool IsPersistent(string? driver) => !string.IsNullOrEmpty(driver) && !driver.Contains("MemoryStorageDriver", StringComparison.Ordinal);

    private static object? DefaultValue(JsonNode? value, string typeName)
    {
        var plain = ValueConversion.FromJson(value);
        // Text of an untyped variable that is JSON stays text, as Elsa keeps it.
        return plain is string { Length: 0 } && typeName != "String" ? null : plain;
    }
}
