using System.Text.Json.Nodes;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Activities;

/// <summary>Declares a variable of a workflow or of a container (Elsa concept).</summary>
public class Variable
{
    /// <summary>Declares a variable.</summary>
    /// <param name="name">Name under which expressions find it.</param>
    /// <param name="typeName">Alias of its type, such as <c>Int32</c>.</param>
    /// <param name="value">Default value; text is converted to the type.</param>
    /// <param name="id">Key of its value; by default the name.</param>
    public Variable(string name, string typeName = "Object", object? value = null, string? id = null)
    {
        Name = name;
        TypeName = typeName;
        Type = TypeAliases.Resolve(typeName);
        Id = id ?? name;
        DefaultValue = ValueConversion.To(value, Type);
        if (DefaultValue is JsonNode node)
            ValueConversion.Materialize(node);
    }

    /// <summary>Key of its value.</summary>
    public string Id { get; internal set; }

    /// <summary>Name under which expressions find it.</summary>
    public string Name { get; }

    /// <summary>Alias of its type.</summary>
    public string TypeName { get; }

    /// <summary>Its type.</summary>
    public Type Type { get; }

    /// <summary>Value that each execution of its container begins with.</summary>
    public object? DefaultValue { get; }

    /// <summary>Kept in the instance state (default); otherwise lost at the end of the burst (memory driver or no driver).</summary>
    public bool IsPersistent { get; init; } = true;
}

/// <summary>A variable of type <typeparamref name="T"/> (workflows built in C#).</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="name">Name under which expressions find it.</param>
/// <param name="value">Default value.</param>
public sealed class Variable<T>(string name, T? value = default) : Variable(name, TypeAliases.NameOf(typeof(T)), value);
