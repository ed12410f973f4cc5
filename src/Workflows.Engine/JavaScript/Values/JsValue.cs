using System.Diagnostics;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>
/// A script value in 16 bytes: a reference that is the value itself (string, <see cref="Rope"/>, <see cref="JsObject"/>)
/// or a tag that says how to read the number beside it. The default value is <c>undefined</c>.
/// </summary>
[DebuggerDisplay("{Ref} {Num}")]
internal readonly struct JsValue
{
    private static readonly object NumberTag = new();
    private static readonly object NullTag = new();
    private static readonly object BooleanTag = new();
    private static readonly object HoleTag = new();
    private static readonly object DeadTag = new();
    private static readonly object ShortTag = new();

    public readonly object? Ref;
    public readonly double Num;

    private JsValue(object? reference, double number)
    {
        Ref = reference;
        Num = number;
    }

    public static JsValue Undefined => default;

    public static JsValue Null => new(NullTag, 0);

    public static JsValue True => new(BooleanTag, 1);

    public static JsValue False => new(BooleanTag, 0);

    public static JsValue NaN => new(NumberTag, double.NaN);

    /// <summary>An element of an array that is not there.</summary>
    public static JsValue Hole => new(HoleTag, 0);

    /// <summary>A binding whose declaration has not run yet.</summary>
    public static JsValue Dead => new(DeadTag, 0);

    /// <summary>The value of a <c>?.</c> chain that has stopped.</summary>
    public static JsValue Stopped => new(ShortTag, 0);

    public bool IsUndefined => Ref is null;

    public bool IsNull => ReferenceEquals(Ref, NullTag);

    public bool IsNullish => Ref is null || ReferenceEquals(Ref, NullTag);

    public bool IsNumber => ReferenceEquals(Ref, NumberTag);

    public bool IsBoolean => ReferenceEquals(Ref, BooleanTag);

    public bool IsHole => ReferenceEquals(Ref, HoleTag);

    public bool IsDead => ReferenceEquals(Ref, DeadTag);

    public bool IsStopped => ReferenceEquals(Ref, ShortTag);

    public bool IsString => Ref is string or Rope;

    public bool IsObject => Ref is JsObject;

    public bool IsTrue => Num != 0;

    public string Text => Ref as string ?? ((Rope)Ref!).ToString();

    public int TextLength => Ref is string text ? text.Length : ((Rope)Ref!).Length;

    public JsObject? AsObject => Ref as JsObject;

    public JsFunction? AsFunction => Ref as JsFunction;

    public JsArray? AsArray => Ref as JsArray;

    public static implicit operator JsValue(double number) => new(NumberTag, number);

    public static implicit operator JsValue(bool value) => new(BooleanTag, value ? 1 : 0);

    public static implicit operator JsValue(string text) => new(text, 0);

    public static implicit operator JsValue(Rope text) => new(text, 0);

    public static implicit operator JsValue(JsObject value) => new(value, 0);

    /// <summary>A hole reads as <c>undefined</c>.</summary>
    public JsValue Filled() => IsHole ? default : this;
}
