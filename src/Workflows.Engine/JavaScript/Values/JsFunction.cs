using Workflows.Engine.JavaScript.Library;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>Code of a built-in function.</summary>
internal delegate JsValue Native(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments);

/// <summary>Something that can be called.</summary>
internal abstract class JsFunction : JsObject
{
    public abstract string Name { get; }

    public abstract int Arity { get; }

    public abstract string Source { get; }

    public override string ClassName => "Function";

    public override MethodTable Methods => FunctionMethods.Table;

    public override IEnumerable<string> HiddenKeys => ["length", "name"];

    public abstract JsValue Call(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments);

    public override bool TryGetOwn(Evaluation evaluation, string key, out JsValue value)
    {
        if (base.TryGetOwn(evaluation, key, out value))
        {
            return true;
        }

        switch (key)
        {
            case "name":
                value = Name;
                return true;
            case "length":
                value = Arity;
                return true;
            default:
                return false;
        }
    }

    public override void Set(Evaluation evaluation, string key, JsValue value)
    {
        if (key is not ("name" or "length"))
        {
            base.Set(evaluation, key, value);
        }
    }
}

/// <summary>A built-in function. Those of the language are shared by all evaluations and frozen for that reason.</summary>
internal class NativeFunction : JsFunction
{
    private readonly Native _code;

    public NativeFunction(string name, int arity, Native code)
    {
        Name = name;
        Arity = arity;
        _code = code;
        Integrity = Integrity.Frozen;
    }

    public override string Name { get; }

    public override int Arity { get; }

    public override string Source => $"function {Name}() {{ [native code] }}";

    public override JsValue Call(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments) => _code(evaluation, self, arguments);
}

/// <summary>A built-in that makes objects (<c>Date</c>, <c>Map</c>, <c>Error</c> …) and may have functions of its own (<c>Array.from</c>).</summary>
internal sealed class Constructor : NativeFunction
{
    private readonly Native _construct;
    private readonly Func<JsObject, bool> _isInstance;

    public Constructor(string name, int arity, Native call, Native construct, Func<JsObject, bool> isInstance, MethodTable? statics = null)
        : base(name, arity, call)
    {
        _construct = construct;
        _isInstance = isInstance;
        foreach (var function in statics?.Functions ?? [])
        {
            Define(function.Name, function);
        }
    }

    public override List<string> Keys(Evaluation evaluation) => [];

    public bool IsInstance(JsObject value) => _isInstance(value);

    public JsValue Construct(Evaluation evaluation, ReadOnlySpan<JsValue> arguments) => _construct(evaluation, default, arguments);

    public Constructor With(string name, JsValue constant)
    {
        Define(name, constant);
        return this;
    }
}

/// <summary>The methods that all values of a type share.</summary>
internal sealed class MethodTable(MethodTable? parent = null)
{
    private readonly Dictionary<string, NativeFunction> _functions = new(StringComparer.Ordinal);

    public IEnumerable<NativeFunction> Functions => _functions.Values;

    public MethodTable Add(string name, int arity, Native code)
    {
        _functions.Add(name, new NativeFunction(name, arity, code));
        return this;
    }

    public MethodTable Add(NativeFunction function)
    {
        _functions.Add(function.Name, function);
        return this;
    }

    public NativeFunction? Find(string name) =>
        _functions.TryGetValue(name, out var function) ? function : parent?.Find(name);
}

/// <summary>Reads of arguments that may be missing.</summary>
internal static class ArgumentReading
{
    public static JsValue At(this ReadOnlySpan<JsValue> arguments, int index) => index < arguments.Length ? arguments[index] : default;
}
