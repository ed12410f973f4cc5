using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

/// <summary>An expression as a statement; at the top level its value may become the script's.</summary>
internal sealed class ExpressionStatement(Node expression, bool isTopLevel) : Statement
{
    public override Completion Exec(Frame frame)
    {
        frame.Evaluation.Step();
        var value = expression.Eval(frame);
        if (isTopLevel)
        {
            frame.Completion = value;
        }

        return Completion.Normal;
    }
}

/// <summary><c>let</c>, <c>const</c> or <c>var</c>.</summary>
internal sealed class DeclarationStatement((Node Target, Node? Value)[] declarators, bool isVar) : Statement
{
    public override Completion Exec(Frame frame)
    {
        frame.Evaluation.Step();
        foreach (var (target, value) in declarators)
        {
            if (value is not null)
            {
                target.Store(frame, value.Eval(frame));
            }
            else if (!isVar)
            {
                target.Store(frame, default);
            }
        }

        return Completion.Normal;
    }
}

/// <summary>Where a function declaration stands in a block: the block's function also becomes the function-wide one, as browsers do.</summary>
internal sealed class BlockFunctionStatement(NameNode inner, NameNode? outer) : Statement
{
    public override Completion Exec(Frame frame)
    {
        outer?.Store(frame, inner.Eval(frame));
        return Completion.Normal;
    }
}

internal sealed class EmptyStatement : Statement
{
    public override Completion Exec(Frame frame) => Completion.Normal;
}

internal sealed class BlockStatement(Scope scope, Statement[] body) : Statement
{
    public override Completion Exec(Frame frame)
    {
        var closed = frame.Closed;
        if (!scope.IsPlain)
        {
            scope.Enter(frame);
        }

        foreach (var statement in body)
        {
            var ended = statement.Exec(frame);
            if (ended != Completion.Normal)
            {
                frame.Closed = closed;
                return ended;
            }
        }

        frame.Closed = closed;
        return Completion.Normal;
    }
}

internal sealed class IfStatement(Node test, Statement then, Statement? otherwise) : Statement
{
    public override Completion Exec(Frame frame)
    {
        frame.Evaluation.Step();
        frame.Completion = default;
        return Conversions.ToBoolean(test.Eval(frame)) ? then.Exec(frame) : otherwise?.Exec(frame) ?? Completion.Normal;
    }
}

internal sealed class ReturnStatement(Node? value) : Statement
{
    public override Completion Exec(Frame frame)
    {
        frame.Evaluation.Step();
        frame.Result = value?.Eval(frame) ?? default;
        return Completion.Return;
    }
}

internal sealed class JumpStatement(Completion jump, string? label) : Statement
{
    public override Completion Exec(Frame frame)
    {
        frame.Evaluation.Step();
        frame.Label = label;
        return jump;
    }
}

internal sealed class LabelledStatement(string label, Statement body) : Statement
{
    public override Completion Exec(Frame frame)
    {
        var ended = body.Exec(frame);
        if (ended == Completion.Break && frame.Label == label)
        {
            frame.Label = null;
            return Completion.Normal;
        }

        return ended;
    }
}

internal sealed class ThrowStatement(Node value) : Statement
{
    public override Completion Exec(Frame frame)
    {
        var thrown = value.Eval(frame);
        frame.Evaluation.Steps(50);
        frame.Evaluation.Charge(256);
        throw new JsThrow(thrown, Position);
    }
}

/// <summary>The parts of <c>catch</c>: its scope, its parameter where it has one, its block.</summary>
internal sealed record CatchClause(Scope Scope, Node? Parameter, Statement Body);

internal sealed class TryStatement(Statement body, CatchClause? handler, Statement? cleanup) : Statement
{
    public override Completion Exec(Frame frame)
    {
        frame.Evaluation.Step();
        frame.Completion = default;
        var closed = frame.Closed;
        var saved = frame.Evaluation.Save();
        Completion ended = default;
        JsThrow? pending = null;
        try
        {
            ended = body.Exec(frame);
        }
        catch (JsThrow thrown)
        {
            pending = thrown;
        }

        if (pending is not null && handler is not null)
        {
            frame.Closed = closed;
            frame.Evaluation.Restore(saved);
            var value = pending.Value;
            pending = null;
            try
            {
                ended = Handle(frame, handler, value);
            }
            catch (JsThrow thrown) when (cleanup is not null)
            {
                pending = thrown;
            }
        }

        frame.Closed = closed;
        if (cleanup is not null)
        {
            frame.Evaluation.Restore(saved);
            var (result, completion, label) = (frame.Result, frame.Completion, frame.Label);
            frame.Completion = default;
            var last = cleanup.Exec(frame);
            if (last != Completion.Normal)
            {
                return last;
            }

            (frame.Result, frame.Completion, frame.Label) = (result, completion, label);
        }

        return pending is null ? ended : throw new JsThrow(pending.Value, pending.Position);
    }

    private static Completion Handle(Frame frame, CatchClause handler, JsValue value)
    {
        frame.Completion = default;
        if (!handler.Scope.IsPlain)
        {
            handler.Scope.Enter(frame);
        }

        handler.Parameter?.Store(frame, value);
        return handler.Body.Exec(frame);
    }
}

/// <summary>A <c>switch</c>; the default's test is null.</summary>
internal sealed class SwitchStatement(Node subject, Scope scope, (Node? Test, Statement[] Body)[] cases) : Statement
{
    public override Completion Exec(Frame frame)
    {
        frame.Evaluation.Step();
        frame.Completion = default;
        var value = subject.Eval(frame);
        var closed = frame.Closed;
        scope.Enter(frame);
        var at = Array.FindIndex(cases, c => c.Test is { } test && Operators.StrictEquals(value, test.Eval(frame)));
        at = at >= 0 ? at : Array.FindIndex(cases, static c => c.Test is null);
        var ended = at < 0 ? Completion.Normal : Run(frame, at);
        frame.Closed = closed;
        if (ended == Completion.Break && frame.Label is null)
        {
            return Completion.Normal;
        }

        return ended;
    }

    private Completion Run(Frame frame, int from)
    {
        foreach (var (_, body) in cases.AsSpan(from))
        {
            foreach (var statement in body)
            {
                var ended = statement.Exec(frame);
                if (ended != Completion.Normal)
                {
                    return ended;
                }
            }
        }

        return Completion.Normal;
    }
}

/// <summary>The two halves of a declaration in the head of a <c>for</c>.</summary>
internal sealed class StatementPair(Statement first, Statement second) : Statement
{
    public override Completion Exec(Frame frame)
    {
        first.Exec(frame);
        return second.Exec(frame);
    }
}
