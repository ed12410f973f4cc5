using Workflows.Engine.JavaScript.Library;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

/// <summary>What loops share: their labels, and what <c>break</c> and <c>continue</c> mean to them.</summary>
internal abstract class Loop : Statement
{
    /// <summary>Labels that stand before the loop.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Runs the body once.</summary>
    /// <returns>False where the loop ends; <paramref name="ended"/> says how.</returns>
    protected bool Turn(Frame frame, Statement body, out Completion ended)
    {
        frame.Evaluation.Step();
        ended = body.Exec(frame);
        if (ended == Completion.Normal)
        {
            return true;
        }

        if (ended == Completion.Return || (frame.Label is { } label && !Labels.Contains(label)))
        {
            return false;
        }

        frame.Label = null;
        var goesOn = ended == Completion.Continue;
        ended = Completion.Normal;
        return goesOn;
    }
}

internal sealed class WhileStatement(Node test, Statement body) : Loop
{
    public override Completion Exec(Frame frame)
    {
        frame.Completion = default;
        while (Conversions.ToBoolean(test.Eval(frame)))
        {
            if (!Turn(frame, body, out var ended))
            {
                return ended;
            }
        }

        return Completion.Normal;
    }
}

internal sealed class DoWhileStatement(Statement body, Node test) : Loop
{
    public override Completion Exec(Frame frame)
    {
        frame.Completion = default;
        do
        {
            if (!Turn(frame, body, out var ended))
            {
                return ended;
            }
        }
        while (Conversions.ToBoolean(test.Eval(frame)));
        return Completion.Normal;
    }
}

internal sealed class ForStatement(Scope scope, Statement? first, Node? test, Node? next, Statement body) : Loop
{
    public override Completion Exec(Frame frame)
    {
        frame.Completion = default;
        var closed = frame.Closed;
        if (!scope.IsPlain)
        {
            scope.Enter(frame);
        }

        first?.Exec(frame);
        Refresh(frame);
        var result = Completion.Normal;
        while (true)
        {
            if (test is not null && !Conversions.ToBoolean(test.Eval(frame)))
            {
                break;
            }

            if (!Turn(frame, body, out result))
            {
                break;
            }

            Refresh(frame);
            next?.Eval(frame);
        }

        frame.Closed = closed;
        return result;
    }

    /// <summary>Gives the next turn bindings of its own, for the functions that close over them.</summary>
    private void Refresh(Frame frame)
    {
        if (scope.ClosedSize > 0)
        {
            frame.Evaluation.Charge(56 + (16L * scope.ClosedSize));
            frame.Closed = frame.Closed!.Copy();
        }
    }
}

/// <summary><c>for (target of values)</c> or <c>for (target in object)</c>.</summary>
internal sealed class ForEachStatement(Scope scope, Node target, Node values, Statement body, bool ofKeys) : Loop
{
    public override Completion Exec(Frame frame)
    {
        frame.Completion = default;
        var closed = frame.Closed;
        // The names of the head are dead while its values are computed.
        if (!scope.IsPlain)
        {
            scope.Enter(frame);
        }

        var source = values.Eval(frame);
        frame.Closed = closed;
        frame.Evaluation.Position = Position;
        var result = Completion.Normal;
        if (ofKeys)
        {
            foreach (var key in ObjectFunctions.EnumerableKeys(frame.Evaluation, source))
            {
                // What the body deletes before its turn is not visited.
                if (source.AsObject is { } found && !found.TryGetOwn(frame.Evaluation, key, out _))
                {
                    continue;
                }

                if (!TurnWith(frame, key, out result))
                {
                    break;
                }
            }
        }
        else
        {
            var iteration = Iteration.Of(frame.Evaluation, source, values);
            while (iteration.Next(frame.Evaluation, out var item))
            {
                if (!TurnWith(frame, item, out result))
                {
                    break;
                }
            }
        }

        frame.Closed = closed;
        return result;
    }

    private bool TurnWith(Frame frame, JsValue item, out Completion result)
    {
        var closed = frame.Closed;
        if (!scope.IsPlain)
        {
            scope.Enter(frame);
        }

        target.Store(frame, item);
        var goesOn = Turn(frame, body, out result);
        frame.Closed = closed;
        return goesOn;
    }
}
