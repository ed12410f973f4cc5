using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary><c>Error</c> and its kinds.</summary>
internal static class ErrorFunctions
{
    public static readonly MethodTable Methods = new MethodTable(ObjectMethods.Table)
        .Add("toString", 0, static (e, self, _) => Describe(e, Conversions.ToObject(e, self, "Error.prototype.toString")));

    public static IEnumerable<Constructor> Types { get; } =
    [
        .. new[] { "Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError" }.Select(Kind),
        new Constructor(
            "AggregateError",
            2,
            static (e, _, a) => Make(e, "AggregateError", a[Math.Min(1, a.Length)..], ErrorList(e, a.At(0))),
            static (e, _, a) => Make(e, "AggregateError", a[Math.Min(1, a.Length)..], ErrorList(e, a.At(0))),
            static o => o is JsError { Kind: "AggregateError" }),
    ];

    /// <summary>Name and message as <c>String(error)</c> gives them.</summary>
    public static string Describe(Evaluation evaluation, JsObject error)
    {
        var name = error.Get(evaluation, "name");
        var message = error.Get(evaluation, "message");
        var head = name.IsUndefined ? "Error" : Conversions.ToText(evaluation, name);
        var text = message.IsUndefined ? "" : Conversions.ToText(evaluation, message);
        return text.Length == 0 ? head : head.Length == 0 ? text : $"{head}: {text}";
    }

    private static Constructor Kind(string kind)
    {
        JsValue Construct(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments) => Make(evaluation, kind, arguments, null);
        return new Constructor(kind, 1, Construct, Construct, o => o is JsError error && (kind == "Error" || error.Kind == kind));
    }

    private static JsArray ErrorList(Evaluation evaluation, JsValue source)
    {
        var list = new JsArray();
        var items = Iteration.Of(evaluation, source, null);
        while (items.Next(evaluation, out var item))
        {
            list.Add(evaluation, item);
        }

        return list;
    }

    private static JsError Make(Evaluation evaluation, string kind, ReadOnlySpan<JsValue> arguments, JsArray? errors)
    {
        evaluation.Charge(160);
        var message = arguments.At(0);
        var error = new JsError(kind, message.IsUndefined ? null : Conversions.ToText(evaluation, message), evaluation.Position) { Errors = errors };
        if (arguments.At(1).AsObject is { } options && options.TryGetOwn(evaluation, "cause", out var cause))
        {
            error.Cause = cause;
        }

        return error;
    }
}
