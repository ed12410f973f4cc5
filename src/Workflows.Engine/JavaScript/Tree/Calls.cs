using Workflows.Engine.JavaScript.Library;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

/// <summary>A call, of a function or of a method.</summary>
internal sealed class CallNode(Node callee, Node[] arguments, bool isOptional) : Node
{
    // (a?.b)() calls b on a, but does not stop with it.
    private readonly Node _place = StackGuard.Bare(callee) is ChainNode chain ? StackGuard.Bare(chain.Inner) : StackGuard.Bare(callee);
    private readonly bool _endsChain = StackGuard.Bare(callee) is ChainNode;

    public override JsValue Eval(Frame frame)
    {
        JsValue self = default;
        JsValue target;
        if (_place is AccessNode access)
        {
            if (!access.Receive(frame, out self))
            {
                if (!_endsChain)
                {
                    return JsValue.Stopped;
                }

                target = default;
            }
            else
            {
                target = access.Read(frame, self);
            }
        }
        else
        {
            target = callee.Eval(frame);
            if (target.IsStopped)
            {
                return target;
            }
        }

        if (isOptional && target.IsNullish)
        {
            return JsValue.Stopped;
        }

        var evaluation = frame.Evaluation;
        var mark = evaluation.Mark();
        ArgumentList.Push(frame, arguments);
        evaluation.Position = Position;
        if (target.AsFunction is not { } function)
        {
            throw evaluation.TypeError($"{callee.Describe()} is not a function", $"“{callee.Describe()}”不是函数，不能调用。");
        }

        evaluation.Step();
        var result = function.Call(evaluation, self, evaluation.Since(mark));
        evaluation.Release(mark);
        return result;
    }

    public override string Describe() => $"{callee.Describe()}(...)";
}

internal static class ArgumentList
{
    public static void Push(Frame frame, Node[] arguments)
    {
        var evaluation = frame.Evaluation;
        foreach (var argument in arguments)
        {
            if (argument is not SpreadNode spread)
            {
                evaluation.Push(argument.Eval(frame));
                continue;
            }

            var iteration = Iteration.Of(evaluation, spread.Eval(frame), spread.Inner);
            while (iteration.Next(evaluation, out var item))
            {
                evaluation.Push(item);
            }
        }
    }
}

/// <summary><c>new</c> of a built-in type.</summary>
internal sealed class NewNode(Node callee, Node[] arguments) : Node
{
    public override JsValue Eval(Frame frame)
    {
        var evaluation = frame.Evaluation;
        var type = callee.Eval(frame);
        var mark = evaluation.Mark();
        ArgumentList.Push(frame, arguments);
        evaluation.Position = Position;
        if (type.Ref is not Constructor constructor)
        {
            throw evaluation.TypeError($"{callee.Describe()} is not a constructor", $"“{callee.Describe()}”不能用 new 创建。");
        }

        evaluation.Charge(96);
        var result = constructor.Construct(evaluation, evaluation.Since(mark));
        evaluation.Release(mark);
        return result;
    }
}
