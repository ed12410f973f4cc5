using System.Text.Json.Nodes;

namespace Workflows.Engine.Definitions;

/// <summary>A declared input or output of a workflow (Elsa concept).</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Alias of its type.</param>
/// <param name="Id">Id by which an output is bound; by default its name.</param>
public sealed record ArgumentDefinition(string Name, string TypeName, string Id)
{
    /// <summary>Name that people see.</summary>
    public string? DisplayName { get; init; }

    /// <summary>One sentence of help.</summary>
    public string? Description { get; init; }

    /// <summary>Value where the stimulus brings none, or null.</summary>
    public JsonNode? DefaultValue { get; init; }

    /// <summary>Kept with the instance over bursts: the input names a workflow storage driver.</summary>
    public bool IsPersistent { get; init; }
}
