using System.Collections.Frozen;
using Workflows.Templates.Values;

namespace Workflows.Templates.Builtins;

/// <summary>The built-in names of the language.</summary>
internal static class Builtin
{
    private static readonly FrozenDictionary<string, object> Names = Create();

    public static object? Find(string name) => Names.GetValueOrDefault(name);

    /// <summary>
    /// Declares a function. Parameters are written <c>name</c>, <c>name?</c> when optional (null when left out) and <c>name...</c> when any number may follow.
    /// </summary>
    public static BuiltinFunction Function(string name, BuiltinBody body, params string[] parameters)
    {
        var variadic = parameters.Length > 0 && parameters[^1].EndsWith("...", StringComparison.Ordinal);
        var declared = parameters.Select(p => p.TrimEnd('?', '.')).ToArray();
        return new BuiltinFunction(name, body, [.. declared.Select((p, i) => new Parameter(p, parameters[i] != p))], variadic);
    }

    private static FrozenDictionary<string, object> Create()
    {
        var names = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["empty"] = EmptyValue.Instance,
            ["blank"] = EmptyValue.Instance,
            ["include"] = Function("include", Includes.Include, "name", "arguments..."),
            ["include_join"] = Function("include_join", Includes.Join, "names", "separator", "begin?", "end?"),
        };
        foreach (var group in new[]
        {
            StringFunctions.Create(), ArrayFunctions.Create(), MathFunctions.Create(), ObjectFunctions.Create(),
            RegexFunctions.Create(), HtmlFunctions.Create(), DateFunctions.Create(), TimeSpanFunctions.Create(),
        })
        {
            names[group.Name] = group;
        }
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
