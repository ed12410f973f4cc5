using System.Collections.Frozen;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>The language's own global names. All of it is frozen and shared by all evaluations.</summary>
internal static class StandardLibrary
{
    private static readonly FrozenDictionary<string, JsValue> Names = Make();

    public static bool TryFind(string name, out JsValue value) => Names.TryGetValue(name, out value);

    /// <summary>A frozen object that only holds functions and constants; they are not enumerable.</summary>
    public static JsObject Namespace(string name, MethodTable functions, params (string Name, JsValue Value)[] constants)
    {
        var result = new NamespaceObject(name);
        foreach (var function in functions.Functions)
        {
            result.Define(function.Name, function);
        }

        foreach (var (constant, value) in constants)
        {
            result.Define(constant, value);
        }

        return result;
    }

    private static FrozenDictionary<string, JsValue> Make()
    {
        var names = new Dictionary<string, JsValue>(StringComparer.Ordinal)
        {
            ["undefined"] = default,
            ["NaN"] = double.NaN,
            ["Infinity"] = double.PositiveInfinity,
            ["Object"] = ObjectFunctions.Type,
            ["Array"] = ArrayFunctions.Type,
            ["String"] = StringFunctions.Type,
            ["Number"] = NumberMethods.Type,
            ["Boolean"] = NumberMethods.BooleanType,
            ["Date"] = DateFunctions.Type,
            ["RegExp"] = RegExpMethods.Type,
            ["Map"] = CollectionMethods.MapType,
            ["Set"] = CollectionMethods.SetType,
            ["Math"] = MathFunctions.Instance,
            ["JSON"] = JsonFunctions.Instance,
            ["console"] = GlobalFunctions.Console,
        };
        foreach (var type in ErrorFunctions.Types)
        {
            names.Add(type.Name, type);
        }

        foreach (var function in GlobalFunctions.Table.Functions)
        {
            names.Add(function.Name, function);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private sealed class NamespaceObject : JsObject
    {
        public NamespaceObject(string name)
        {
            ClassName = name;
            Integrity = Integrity.Frozen;
        }

        public override string ClassName { get; }

        public override List<string> Keys(Evaluation evaluation) => [];
    }
}
