using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflows.Engine.Expressions;

/// <summary>The short type names of definitions (Elsa's aliases); <c>T[]</c> for arrays.</summary>
public static class TypeAliases
{
    private static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["Object"] = typeof(object),
        ["String"] = typeof(string),
        ["Boolean"] = typeof(bool),
        ["Int16"] = typeof(short),
        ["Int32"] = typeof(int),
        ["Int64"] = typeof(long),
        ["Single"] = typeof(float),
        ["Double"] = typeof(double),
        ["Decimal"] = typeof(decimal),
        ["Guid"] = typeof(Guid),
        ["DateTime"] = typeof(DateTime),
        ["DateTimeOffset"] = typeof(DateTimeOffset),
        ["DateOnly"] = typeof(DateOnly),
        ["TimeOnly"] = typeof(TimeOnly),
        ["TimeSpan"] = typeof(TimeSpan),
        ["Uri"] = typeof(Uri),
        ["ByteArray"] = typeof(byte[]),
        ["JSON"] = typeof(JsonNode),
        ["JsonElement"] = typeof(JsonElement),
        ["JsonNode"] = typeof(JsonNode),
        ["JsonObject"] = typeof(JsonObject),
        ["JsonArray"] = typeof(JsonArray),
        ["ExpandoObject"] = typeof(JsonNode),
        ["StringDictionary"] = typeof(IDictionary<string, string>),
        ["StringMap"] = typeof(IDictionary<string, string>),
        ["ObjectDictionary"] = typeof(IDictionary<string, object>),
        ["ObjectMap"] = typeof(IDictionary<string, object>),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> Names = Types
        .GroupBy(pair => pair.Value)
        .ToFrozenDictionary(group => group.Key, group => group.First().Key);

    /// <summary>The type of an alias; unknown names mean <see cref="object"/>.</summary>
    public static Type Resolve(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return typeof(object);
        if (name.EndsWith("[]", StringComparison.Ordinal))
            return Resolve(name[..^2]) is var item && item == typeof(object) ? typeof(object[]) : item.MakeArrayType();
        return Types.GetValueOrDefault(name, typeof(object));
    }

    /// <summary>Whether the alias is known.</summary>
    public static bool IsKnown(string name) =>
        Types.ContainsKey(name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name);

    /// <summary>The alias of a type.</summary>
    public static string NameOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Names.TryGetValue(type, out var name))
            return name;
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (!type.IsGenericType)
            return type.Name;
        var generic = type.GetGenericTypeDefinition();
        return generic == typeof(IDictionary<,>) || generic == typeof(Dictionary<,>) ? "ObjectDictionary"
            : type.GetGenericArguments().Length == 1 ? NameOf(type.GetGenericArguments()[0]) + "[]" : "Object";
    }
}
