namespace Workflows.Engine.Activities;

/// <summary>What kind of work an activity is (Elsa concept); Studio shows it.</summary>
public enum ActivityKind
{
    /// <summary>Runs within the burst.</summary>
    Action,

    /// <summary>Can start a workflow.</summary>
    Trigger,

    /// <summary>Runs in the background.</summary>
    Job,

    /// <summary>May be asked to run in the background.</summary>
    Task,
}

/// <summary>Names an activity type: <c>Namespace.ClassName</c> is its type name in definitions (Elsa concept).</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ActivityAttribute : Attribute
{
    /// <summary>Names the type.</summary>
    /// <param name="namespace">First part of the type name, such as <c>Elsa</c>.</param>
    /// <param name="category">Group in the toolbox, in the users' language.</param>
    /// <param name="description">One sentence of help, in the users' language.</param>
    public ActivityAttribute(string @namespace, string? category = null, string? description = null)
    {
        Namespace = @namespace;
        Category = category;
        Description = description;
    }

    /// <summary>First part of the type name.</summary>
    public string Namespace { get; }

    /// <summary>Group in the toolbox.</summary>
    public string? Category { get; }

    /// <summary>One sentence of help.</summary>
    public string? Description { get; }

    /// <summary>Name that people see; by default the class name.</summary>
    public string? DisplayName { get; set; }

    /// <summary>Second part of the type name; by default the class name.</summary>
    public string? Type { get; set; }

    /// <summary>Version of the type, 1 or more.</summary>
    public int Version { get; set; } = 1;

    /// <summary>What kind of work it is.</summary>
    public ActivityKind Kind { get; set; }

    /// <summary>Whether the toolbox shows it.</summary>
    public bool IsBrowsable { get; set; } = true;
}

/// <summary>Describes an input of an activity: a property of type <see cref="Input{T}"/>, or a plain property that is kept as raw JSON value.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Name that people see.</summary>
    public string? DisplayName { get; set; }

    /// <summary>One sentence of help.</summary>
    public string? Description { get; set; }

    /// <summary>Tab or group.</summary>
    public string? Category { get; set; }

    /// <summary>Studio's control: <c>singleline</c>, <c>multiline</c>, <c>checkbox</c>, <c>dropdown</c>, <c>checklist</c>, <c>multitext</c>, <c>json-editor</c> …; by default chosen from the type.</summary>
    public string? UIHint { get; set; }

    /// <summary>Position among the inputs.</summary>
    public float Order { get; set; }

    /// <summary>Used when the definition gives no value.</summary>
    public object? DefaultValue { get; set; }

    /// <summary>Syntax that the editor offers first.</summary>
    public string DefaultSyntax { get; set; } = "Literal";

    /// <summary>Fixed options: a string array, each entry a value or <c>value=text</c>.</summary>
    public string[]? Options { get; set; }

    /// <summary>A type that implements <see cref="IInputOptionsProvider"/>, asked for options at each request.</summary>
    public Type? OptionsProvider { get; set; }

    /// <summary>Validation reports a definition that leaves it empty.</summary>
    public bool IsRequired { get; set; }

    /// <summary>Whether the editor shows it.</summary>
    public bool IsBrowsable { get; set; } = true;

    /// <summary>Whether the editor disables it.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Kept out of the state and of the execution records.</summary>
    public bool IsSensitive { get; set; }

    /// <summary>Evaluated before the activity executes (default); otherwise the activity evaluates it itself.</summary>
    public bool AutoEvaluate { get; set; } = true;
}

/// <summary>Describes an output of an activity: a property of type <see cref="Output{T}"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>Name that people see.</summary>
    public string? DisplayName { get; set; }

    /// <summary>One sentence of help.</summary>
    public string? Description { get; set; }

    /// <summary>Whether the editor shows it.</summary>
    public bool IsBrowsable { get; set; } = true;
}

/// <summary>Declares the outcomes of an activity as ports of its node (Elsa concept).</summary>
/// <param name="ports">Names of the outcomes, compared ordinally with the connections.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FlowNodeAttribute(params string[] ports) : Attribute
{
    /// <summary>Names of the outcomes.</summary>
    public IReadOnlyList<string> Ports { get; } = ports;
}

/// <summary>Declares one outcome of an activity as a port, with what it means.</summary>
/// <param name="name">Name of the outcome.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class PortAttribute(string name) : Attribute
{
    /// <summary>Name of the outcome, compared ordinally with the connections.</summary>
    public string Name { get; } = name;

    /// <summary>Name that people see; by default the outcome's.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The outcome says that a time limit has passed: a definition that leaves the port unconnected is reported.</summary>
    public bool MeansTimeLimitPassed { get; set; }
}
