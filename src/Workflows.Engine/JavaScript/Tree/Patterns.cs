using Workflows.Engine.JavaScript.Library;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

/// <summary>A place that takes a value apart.</summary>
internal abstract class PatternNode : Node
{
    /// <summary>What is taken apart, for messages.</summary>
    public Node? Source { get; set; }

    public override JsValue Eval(Frame frame) => throw new InvalidOperationException("A pattern is stored to, never read.");

    protected string What(JsValue value) => Source?.Describe() is { } text && text != "(intermediate value)" ? text : value.IsNull ? "null" : "undefined";
}

/// <summary><c>target = value</c> within a pattern: the value for <c>undefined</c>.</summary>
internal sealed class DefaultNode(Node target, Node value) : PatternNode
{
    public Node Target => target;

    public override void Store(Frame frame, JsValue given) => target.Store(frame, given.IsUndefined ? value.Eval(frame) : given);
}

internal sealed class ArrayPattern(Node?[] elements, Node? rest) : PatternNode
{
    public override void Store(Frame frame, JsValue value)
    {
        var evaluation = frame.Evaluation;
        evaluation.Position = Position;
        var iteration = Iteration.Of(evaluation, value, Source);
        foreach (var element in elements)
        {
            iteration.Next(evaluation, out var item);
            element?.Store(frame, item);
        }

        if (rest is null)
        {
            return;
        }

        evaluation.ChargeElements(0);
        var others = new JsArray();
        while (iteration.Next(evaluation, out var item))
        {
            others.Add(evaluation, item);
        }

        rest.Store(frame, others);
    }
}

internal sealed class ObjectPattern((string? Key, Node? Computed, Node Target)[] properties, Node? rest) : PatternNode
{
    public override void Store(Frame frame, JsValue value)
    {
        var evaluation = frame.Evaluation;
        evaluation.Position = Position;
        if (value.IsNullish)
        {
            var kind = value.IsNull ? "null" : "undefined";
            throw evaluation.TypeError(
                properties is [{ Key: { } first }, ..]
                    ? $"Cannot destructure property '{first}' of '{What(value)}' as it is {kind}."
                    : $"Cannot destructure '{What(value)}' as it is {kind}.",
                $"不能从 {kind} 中解构属性，请先判断是否为空或给出默认值。");
        }

        var taken = rest is null ? null : new HashSet<string>(StringComparer.Ordinal);
        foreach (var (fixedKey, computed, target) in properties)
        {
            var key = fixedKey ?? Conversions.ToKey(evaluation, computed!.Eval(frame));
            taken?.Add(key);
            target.Store(frame, Properties.Get(evaluation, value, key));
        }

        if (rest is not null)
        {
            evaluation.Charge(96);
            var others = new JsObject();
            ObjectFunctions.CopyProperties(evaluation, others, value, taken);
            rest.Store(frame, others);
        }
    }
}
