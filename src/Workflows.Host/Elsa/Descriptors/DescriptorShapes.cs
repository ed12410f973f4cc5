using System.Text.Json.Nodes;
using Workflows.Engine.Activities;

namespace Workflows.Host.Elsa.Descriptors;

/// <summary>A port as Studio draws it.</summary>
/// <param name="Name">Outcome or slot, as connections name it.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Type">Circle at the side, or slot for a nested activity.</param>
/// <param name="IsBrowsable">Whether it is drawn.</param>
internal sealed record PortShape(string Name, string DisplayName, PortKind Type, bool IsBrowsable = true);

/// <summary>An input as Studio edits it.</summary>
internal sealed record InputShape
{
    public required string Name { get; init; }

    public required string TypeName { get; init; }

    public required string DisplayName { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }

    public float Order { get; init; }

    public bool IsBrowsable { get; init; } = true;

    public bool IsSerializable { get; init; } = true;

    /// <summary>Kept under a name of the definition's own rather than in a property of a class.</summary>
    public bool IsSynthetic { get; init; }

    public bool IsWrapped { get; init; } = true;

    public required string UiHint { get; init; }

    public JsonNode? DefaultValue { get; init; }

    public string DefaultSyntax { get; init; } = "Literal";

    public bool IsReadOnly { get; init; }

    public bool IsSensitive { get; init; }

    public bool AutoEvaluate { get; init; } = true;

    public JsonObject? UiSpecifications { get; init; }
}

/// <summary>An output that a variable may receive.</summary>
internal sealed record OutputShape(string Name, string TypeName, string DisplayName, string? Description, float Order, bool IsBrowsable = true, bool IsSerializable = true, bool IsSynthetic = false);

/// <summary>An activity as Studio knows it.</summary>
internal sealed record ActivityShape
{
    public required string TypeName { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required int Version { get; init; }

    public required string Category { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<InputShape> Inputs { get; init; }

    public required IReadOnlyList<OutputShape> Outputs { get; init; }

    public ActivityKind Kind { get; init; }

    public bool RunAsynchronously { get; init; }

    public required IReadOnlyList<PortShape> Ports { get; init; }

    public JsonObject CustomProperties { get; init; } = [];

    /// <summary>What a newly dropped activity begins with.</summary>
    public JsonObject ConstructionProperties { get; init; } = [];

    public bool IsContainer { get; init; }

    public bool IsBrowsable { get; init; }

    public bool IsStart { get; init; }

    public bool IsTerminal { get; init; }
}

/// <summary>A list as the API answers it.</summary>
/// <param name="Items">Its items.</param>
/// <param name="Count">How many.</param>
internal sealed record ElsaList<T>(IReadOnlyList<T> Items, int Count)
{
    /// <summary>A list of these.</summary>
    public static ElsaList<T> Of(IReadOnlyList<T> items) => new(items, items.Count);
}
