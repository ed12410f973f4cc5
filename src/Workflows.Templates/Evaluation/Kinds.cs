using System.Numerics;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <summary>Names of the kinds of value, as <c>object.kind</c> and <c>object.typeof</c> give them.</summary>
internal static class Kinds
{
    public static string? Detailed(object? value) => value switch
    {
        null => null,
        string or TrustedMarkup => "string",
        bool => "bool",
        int => "int",
        long => "long",
        BigInteger => "bigint",
        double => "double",
        float => "float",
        decimal => "decimal",
        DateTime => "datetime",
        TimeSpan => "timespan",
        ScriptRange => "range",
        ScriptArray => "array",
        ScriptFunction => "function",
        _ => "object",
    };

    public static string? General(object? value) => value switch
    {
        null => null,
        string or TrustedMarkup => "string",
        bool => "boolean",
        ScriptRange => "iterator",
        ScriptArray => "array",
        _ => Numbers.IsNumber(value) ? "number" : "object",
    };

    /// <summary>The kind of a value for messages.</summary>
    public static string Of(object? value) => Detailed(value) ?? "null";
}
