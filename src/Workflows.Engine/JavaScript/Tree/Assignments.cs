using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

internal sealed class AssignNode(Node target, Node value, Node original) : Node
{
    /// <summary>The left side as it was read, before it became a pattern; a pattern's default is read as an assignment first.</summary>
    public Node Original => original;

    public Node Value => value;

    public override JsValue Eval(Frame frame)
    {
        if (target is AccessNode access)
        {
            var receiver = access.Target.Eval(frame);
            var key = access.Key(frame);
            var assigned = value.Eval(frame);
            access.Write(frame, receiver, key, assigned);
            return assigned;
        }

        var result = value.Eval(frame);
        target.Store(frame, result);
        return result;
    }
}

/// <summary><c>+=</c> and its like; with <c>??=</c>, <c>||=</c> and <c>&amp;&amp;=</c> the right side may be left out.</summary>
internal sealed class CompoundAssignNode(BinaryOperator operation, Node target, Node value) : Node
{
    public override JsValue Eval(Frame frame)
    {
        if (target is not AccessNode access)
        {
            var old = target.Eval(frame);
            if (Stops(old))
            {
                return old;
            }

            var result = Combine(frame, old);
            target.Store(frame, result);
            return result;
        }

        var receiver = access.Target.Eval(frame);
        var key = access.Key(frame);
        var before = access.Read(frame, receiver, key);
        if (Stops(before))
        {
            return before;
        }

        var after = Combine(frame, before);
        access.Write(frame, receiver, key, after);
        return after;
    }

    private bool Stops(JsValue old) => BinaryOperation.IsLogical(operation) && BinaryOperation.Settles(operation, old);

    private JsValue Combine(Frame frame, JsValue old)
    {
        var right = value.Eval(frame);
        return BinaryOperation.IsLogical(operation) ? right : BinaryOperation.Apply(frame.Evaluation, operation, old, right, Position);
    }
}

/// <summary><c>++</c> and <c>--</c>, before or behind.</summary>
internal sealed class UpdateNode(Node target, double change, bool isPrefix) : Node
{
    public override JsValue Eval(Frame frame)
    {
        if (target is not AccessNode access)
        {
            var old = Conversions.ToNumber(frame.Evaluation, target.Eval(frame));
            target.Store(frame, old + change);
            return isPrefix ? old + change : old;
        }

        var receiver = access.Target.Eval(frame);
        var key = access.Key(frame);
        var before = Conversions.ToNumber(frame.Evaluation, access.Read(frame, receiver, key));
        access.Write(frame, receiver, key, before + change);
        return isPrefix ? before + change : before;
    }
}
