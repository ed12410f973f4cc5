using System.Text;
using Workflows.Engine.JavaScript.Library;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

internal sealed class Constant(JsValue value) : Node
{
    public JsValue Value => value;

    public override JsValue Eval(Frame frame) => value;

    public override string Describe() => value.IsString ? $"\"{value.Text}\"" : value.IsNumber ? NumberText.Shortest(value.Num) : value.IsNull ? "null" : value.IsTrue ? "true" : "false";
}

internal sealed class SelfNode : Node
{
    public override JsValue Eval(Frame frame) => frame.Self;

    public override string Describe() => "this";
}

/// <summary>A template: texts with values between them.</summary>
internal sealed class TemplateNode(string[] texts, Node[] values) : Node
{
    public override JsValue Eval(Frame frame)
    {
        JsValue result = texts[0];
        for (var i = 0; i < values.Length; i++)
        {
            frame.Evaluation.Position = Position;
            result = Rope.Join(frame.Evaluation, result, Conversions.ToText(frame.Evaluation, values[i].Eval(frame)));
            result = Rope.Join(frame.Evaluation, result, texts[i + 1]);
        }

        return result;
    }
}

/// <summary>A regular expression; translated once, an object of its own at each evaluation.</summary>
internal sealed class RegexNode(RegexProgram program) : Node
{
    public override JsValue Eval(Frame frame)
    {
        frame.Evaluation.Charge(96);
        return new JsRegExp(program);
    }
}

/// <summary><c>...x</c> in an array, a call or an object.</summary>
internal sealed class SpreadNode(Node inner) : Node
{
    public Node Inner => inner;

    public override JsValue Eval(Frame frame) => inner.Eval(frame);
}

/// <summary>An array; a missing element is null.</summary>
internal sealed class ArrayNode(Node?[] elements) : Node
{
    public IReadOnlyList<Node?> Elements => elements;

    public override JsValue Eval(Frame frame)
    {
        var evaluation = frame.Evaluation;
        evaluation.ChargeElements(elements.Length);
        var array = new JsArray(elements.Length);
        foreach (var element in elements)
        {
            if (element is SpreadNode spread)
            {
                var iteration = Iteration.Of(evaluation, spread.Eval(frame), spread.Inner);
                while (iteration.Next(evaluation, out var item))
                {
                    array.Add(evaluation, item);
                }
            }
            else
            {
                array.Add(evaluation, element?.Eval(frame) ?? JsValue.Hole);
            }
        }

        return array;
    }
}

/// <summary>A property of an object literal.</summary>
/// <param name="Key">A fixed key, or null where it is computed.</param>
/// <param name="Computed">The key's expression where it is computed.</param>
/// <param name="Value">The value; a <see cref="SpreadNode"/> for <c>...x</c>.</param>
internal sealed record PropertyNode(string? Key, Node? Computed, Node Value);

/// <summary>An object literal.</summary>
internal sealed class ObjectNode(PropertyNode[] properties) : Node
{
    public IReadOnlyList<PropertyNode> Properties => properties;

    public override string Describe() => properties.Length == 0 ? "{}" : "{(intermediate value)}";

    public override JsValue Eval(Frame frame)
    {
        var evaluation = frame.Evaluation;
        evaluation.Charge(96);
        var result = new JsObject();
        foreach (var property in properties)
        {
            if (property.Value is SpreadNode spread)
            {
                ObjectFunctions.CopyProperties(evaluation, result, spread.Eval(frame));
                continue;
            }

            var key = property.Key ?? Conversions.ToKey(evaluation, property.Computed!.Eval(frame));
            var value = property.Value.Eval(frame);
            if (property.Computed is not null && property.Value is FunctionNode { IsAnonymousFunction: true } && value.Ref is ScriptFunction function)
            {
                function.Define("name", key);
            }

            result.Set(evaluation, key, value);
        }

        return result;
    }
}
