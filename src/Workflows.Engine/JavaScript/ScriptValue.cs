using Workflows.Engine.JavaScript.Hosting;
using Workflows.Engine.JavaScript.Library;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript;

/// <summary><c>undefined</c> as a .NET value: what a script gives that ends without a value.</summary>
public sealed class ScriptUndefined
{
    private ScriptUndefined()
    {
    }

    /// <summary>The only instance.</summary>
    public static ScriptUndefined Value { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "undefined";
}

/// <summary>
/// The result of a script. Into scripts go: strings, booleans, all numbers (as doubles), null, dates with time (as
/// <c>Date</c>; without a zone they are local to the environment), lists (as arrays), dictionaries with string keys and
/// JSON (as objects), bytes; dates without time, time spans, Guids and enumerations as text; any other object as its JSON.
/// Out of scripts come: what <see cref="ToObject"/> and <see cref="ToJson"/> say.
/// </summary>
public readonly struct ScriptValue
{
    private readonly Evaluation _evaluation;
    private readonly JsValue _value;

    internal ScriptValue(Evaluation evaluation, JsValue value)
    {
        _evaluation = evaluation;
        _value = value;
    }

    /// <summary>True for <c>undefined</c>.</summary>
    public bool IsUndefined => _value.IsUndefined;

    /// <summary>True for <c>null</c>.</summary>
    public bool IsNull => _value.IsNull;

    /// <summary>The number, or null where the value is not of type number.</summary>
    public double? Number => _value.IsNumber ? _value.Num : null;

    /// <summary>The text, or null where the value is not of type string.</summary>
    public string? Text => _value.IsString ? _value.Text : null;

    /// <summary>What a condition makes of the value: false for <c>false</c>, 0, NaN, empty text, <c>null</c> and <c>undefined</c>.</summary>
    public bool ToBoolean() => Conversions.ToBoolean(_value);

    /// <summary>
    /// The value in .NET: null; string; bool; long for whole numbers up to 2^53, else double; <see cref="DateTimeOffset"/>
    /// (null where invalid) for dates; <see cref="List{T}"/> of object for arrays and sets; <see cref="Dictionary{TKey,TValue}"/>
    /// of string and object for objects and maps; bytes; <see cref="ScriptUndefined"/> for <c>undefined</c> and functions,
    /// which inside objects are left out and inside lists become null.
    /// </summary>
    /// <returns>The value.</returns>
    /// <exception cref="ScriptException">The value is nested too deeply, refers to itself, or is too large.</exception>
    public object? ToObject()
    {
        var value = _value;
        return _evaluation.Guarded(e => Exchange.ToHost(e, value));
    }

    /// <summary>The value as <c>JSON.stringify</c> writes it.</summary>
    /// <returns>JSON, or null where the value has none (<c>undefined</c>, functions).</returns>
    /// <exception cref="ScriptException">The value refers to itself or is too large.</exception>
    public string? ToJson()
    {
        var value = _value;
        return _evaluation.Guarded(e => JsonFunctions.Write(e, value));
    }

    /// <summary>The value as <c>String(value)</c> gives it.</summary>
    public override string ToString()
    {
        var value = _value;
        return _evaluation.Guarded(e => Conversions.ToText(e, value));
    }
}
