using System.Text.Json.Nodes;

namespace Workflows.Engine.Activities;

/// <summary>How a port of an activity leads on (Elsa concept).</summary>
public enum PortKind
{
    /// <summary>An outcome that connections start from.</summary>
    Flow,

    /// <summary>A slot that holds a nested activity.</summary>
    Embedded,
}

/// <summary>A port of an activity type.</summary>
/// <param name="Name">Outcome, or name of the property that holds the nested activity.</param>
/// <param name="DisplayName">Name that people see.</param>
/// <param name="Kind">Outcome or slot.</param>
/// <param name="MeansTimeLimitPassed">Whether the outcome says that a time limit has passed.</param>
public sealed record PortDescriptor(string Name, string DisplayName, PortKind Kind, bool MeansTimeLimitPassed = false);

/// <summary>One choice of an input.</summary>
/// <param name="Text">What people see.</param>
/// <param name="Value">What is stored.</param>
public sealed record InputOption(string Text, string Value);

/// <summary>An input of an activity type, as Studio needs it.</summary>
public sealed record InputDescriptor
{
    /// <summary>Name of the property; in JSON its first letter is lower case.</summary>
    public required string Name { get; init; }

    /// <summary>Alias of the value's type, such as <c>String</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>Type of the value.</summary>
    public required Type Type { get; init; }

    /// <summary>Name that people see.</summary>
    public required string DisplayName { get; init; }

    /// <summary>One sentence of help.</summary>
    public string? Description { get; init; }

    /// <summary>Tab or group.</summary>
    public string? Category { get; init; }

    /// <summary>Studio's control.</summary>
    public required string UIHint { get; init; }

    /// <summary>Position among the inputs.</summary>
    public float Order { get; init; }

    /// <summary>Applied when the definition gives no value.</summary>
    public JsonNode? DefaultValue { get; init; }

    /// <summary>Syntax that the editor offers first.</summary>
    public string DefaultSyntax { get; init; } = "Literal";

    /// <summary>Fixed choices; empty for none.</summary>
    public IReadOnlyList<InputOption> Options { get; init; } = [];

    /// <summary>Type of the provider that is asked for choices, or null.</summary>
    public Type? OptionsProvider { get; init; }

    /// <summary>The value stands in the definition as <c>{typeName, expression}</c>; otherwise as plain JSON.</summary>
    public bool IsWrapped { get; init; }

    /// <summary>A definition has to give it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the editor shows it.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether the editor disables it.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Kept out of state and records.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Evaluated before the activity executes.</summary>
    public bool AutoEvaluate { get; init; } = true;
}

/// <summary>An output of an activity type.</summary>
/// <param name="Name">Name of the property; in JSON its first letter is lower case.</param>
/// <param name="TypeName">Alias of the value's type.</param>
/// <param name="DisplayName">Name that people see.</param>
/// <param name="Description">One sentence of help, or null.</param>
/// <param name="IsBrowsable">Whether the editor shows it.</param>
public sealed record OutputDescriptor(string Name, string TypeName, string DisplayName, string? Description, bool IsBrowsable);

/// <summary>What Studio and the validator know of an activity type (Elsa concept).</summary>
public sealed record ActivityDescriptor
{
    /// <summary>Key in definitions, such as <c>Elsa.Delay</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>Version of the type.</summary>
    public int Version { get; init; } = 1;

    /// <summary>First part of the type name.</summary>
    public required string Namespace { get; init; }

    /// <summary>Last part of the type name; base of generated ids.</summary>
    public required string Name { get; init; }

    /// <summary>Group in the toolbox.</summary>
    public required string Category { get; init; }

    /// <summary>Name that people see.</summary>
    public required string DisplayName { get; init; }

    /// <summary>One sentence of help.</summary>
    public required string Description { get; init; }

    /// <summary>Kind of work.</summary>
    public ActivityKind Kind { get; init; }

    /// <summary>Outcomes and slots; empty means the single outcome <c>Done</c>.</summary>
    public IReadOnlyList<PortDescriptor> Ports { get; init; } = [];

    /// <summary>Inputs in order.</summary>
    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    /// <summary>Outputs.</summary>
    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>Holds a list of activities and variables.</summary>
    public bool IsContainer { get; init; }

    /// <summary>Marks the beginning of a flowchart.</summary>
    public bool IsStart { get; init; }

    /// <summary>Ends its container (Elsa's terminal nodes).</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether the toolbox shows it.</summary>
    public bool IsBrowsable { get; init; } = true;
}
