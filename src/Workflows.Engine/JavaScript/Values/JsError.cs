using Workflows.Engine.JavaScript.Library;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>An <c>Error</c> or one of its kinds; <c>message</c>, <c>cause</c> and <c>stack</c> are not enumerable, as in V8.</summary>
internal sealed class JsError(string kind, string? message, int position) : JsObject
{
    /// <summary><c>Error</c>, <c>TypeError</c> …</summary>
    public string Kind { get; } = kind;

    public JsValue? Message { get; set; } = message is null ? default(JsValue?) : (JsValue)message;

    public JsValue? Cause { get; set; }

    public JsArray? Errors { get; init; }

    /// <summary>Explanation for the people who wrote the script, where the evaluator itself raised the error.</summary>
    public string? Chinese { get; init; }

    /// <summary>A bound of the evaluation raised it, though one that a script may catch as in V8.</summary>
    public bool IsBound { get; init; }

    public override string ClassName => "Error";

    public override MethodTable Methods => ErrorFunctions.Methods;

    public override IEnumerable<string> HiddenKeys
    {
        get
        {
            yield return "stack";
            if (Message is not null)
            {
                yield return "message";
            }

            if (Cause is not null)
            {
                yield return "cause";
            }
        }
    }

    public override JsValue Get(Evaluation evaluation, string key)
    {
        if (TryGetOwn(evaluation, key, out var value))
        {
            return value;
        }

        return key switch
        {
            "name" => Kind,
            "message" => "",
            _ => base.Get(evaluation, key),
        };
    }

    public override bool TryGetOwn(Evaluation evaluation, string key, out JsValue value)
    {
        switch (key)
        {
            case "message" when Message is not null:
                value = Message.Value;
                return true;
            case "cause" when Cause is not null:
                value = Cause.Value;
                return true;
            case "errors" when Errors is not null:
                value = Errors;
                return true;
            case "stack" when !base.TryGetOwn(evaluation, key, out _):
                var (line, column) = evaluation.Script.Locate(position);
                value = $"{ErrorFunctions.Describe(evaluation, this)}\n    at <script>:{line}:{column}";
                return true;
            default:
                return base.TryGetOwn(evaluation, key, out value);
        }
    }

    public override void Set(Evaluation evaluation, string key, JsValue value)
    {
        if (key == "message" && Message is not null && Integrity != Integrity.Frozen)
        {
            Message = value;
            return;
        }

        base.Set(evaluation, key, value);
    }
}
