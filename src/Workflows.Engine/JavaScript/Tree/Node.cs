using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

/// <summary>An expression that is evaluated where it stands.</summary>
internal abstract class Node
{
    /// <summary>Where it is reported when it fails.</summary>
    public int Position { get; init; }

    /// <summary>A function without a name, which takes the name of what it is assigned to.</summary>
    public virtual bool IsAnonymousFunction => false;

    public abstract JsValue Eval(Frame frame);

    /// <summary>Stores a value in the place that the node names; only names, members and patterns are places.</summary>
    public virtual void Store(Frame frame, JsValue value) => throw new InvalidOperationException("The parser lets only places be assigned to.");

    /// <summary>The node as V8 writes it in messages.</summary>
    public virtual string Describe() => "(intermediate value)";
}

/// <summary>Looks at the machine's stack where expressions nest deeply.</summary>
internal sealed class StackGuard(Node inner) : Node
{
    public override bool IsAnonymousFunction => inner.IsAnonymousFunction;

    public Node Inner => inner;

    /// <summary>The node without its guard, for those who ask what kind it is.</summary>
    public static Node Bare(Node node) => node is StackGuard guard ? Bare(guard.Inner) : node;

    public override JsValue Eval(Frame frame)
    {
        frame.Evaluation.RequireStack();
        return inner.Eval(frame);
    }

    public override string Describe() => inner.Describe();
}

/// <summary>How a statement ended.</summary>
internal enum Completion
{
    Normal,
    Break,
    Continue,
    Return,
}

/// <summary>A statement.</summary>
internal abstract class Statement
{
    public int Position { get; init; }

    public abstract Completion Exec(Frame frame);
}

/// <summary>Looks at the machine's stack where statements nest deeply.</summary>
internal sealed class StatementGuard(Statement inner) : Statement
{
    public override Completion Exec(Frame frame)
    {
        frame.Evaluation.RequireStack();
        return inner.Exec(frame);
    }
}

/// <summary>The state of one call: its local slots, and the closures' environment that is current.</summary>
internal sealed class Frame(Evaluation evaluation, int locals)
{
    public readonly Evaluation Evaluation = evaluation;
    public readonly JsValue[] Locals = locals == 0 ? [] : new JsValue[locals];
    public Closed? Closed;
    public JsValue Self;

    /// <summary>What <c>return</c> gives.</summary>
    public JsValue Result;

    /// <summary>Value of the last expression statement, at the top level only.</summary>
    public JsValue Completion;

    /// <summary>Label that a <c>break</c> or <c>continue</c> on its way looks for.</summary>
    public string? Label;
}

/// <summary>The bindings of one scope that functions inside it have closed over.</summary>
internal sealed class Closed(int size, Closed? outer)
{
    public readonly JsValue[] Slots = new JsValue[size];
    public readonly Closed? Outer = outer;

    /// <summary>Each turn of a <c>for</c> loop has its own bindings.</summary>
    public Closed Copy()
    {
        var copy = new Closed(Slots.Length, Outer);
        Slots.CopyTo(copy.Slots, 0);
        return copy;
    }
}
