using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

/// <summary>A function as it stands in the source; each evaluation of it makes a <see cref="ScriptFunction"/>.</summary>
internal sealed class FunctionCode
{
    public string Name { get; set; } = "";

    public bool IsArrow { get; init; }

    /// <summary>The script itself.</summary>
    public bool IsProgram { get; init; }

    public bool UsesSelf { get; set; }

    public Node[] Parameters { get; set; } = [];

    public bool HasRest { get; set; }

    /// <summary>Parameters before the first with a default, as <c>f.length</c> counts them.</summary>
    public int Arity { get; set; }

    public Statement[] Body { get; set; } = [];

    /// <summary>Body of an arrow without braces.</summary>
    public Node? Expression { get; set; }

    public Scope Scope { get; set; } = null!;

    /// <summary>The scope with a function expression's own name, where it has one.</summary>
    public (Scope Scope, NameNode Name)? SelfName { get; set; }

    /// <summary>The implicit <c>arguments</c>, where it is used.</summary>
    public Binding? Arguments { get; set; }

    public int Locals { get; set; }

    public string Source { get; set; } = "";
}

/// <summary>A function expression, an arrow, a method or a declaration.</summary>
internal sealed class FunctionNode(FunctionCode code) : Node
{
    public FunctionCode Code { get; } = code;

    public override bool IsAnonymousFunction => Code.Name.Length == 0;

    public override JsValue Eval(Frame frame)
    {
        frame.Evaluation.Charge(96);
        var closed = frame.Closed;
        var function = new ScriptFunction(Code, Code.IsArrow ? frame.Self : default);
        if (Code.SelfName is { } self && self.Scope.ClosedSize > 0)
        {
            closed = new Closed(self.Scope.ClosedSize, closed);
            closed.Slots[0] = function;
        }

        function.Closed = closed;
        return function;
    }
}

/// <summary>A function of the script together with the bindings that it closes over.</summary>
internal sealed class ScriptFunction(FunctionCode code, JsValue self) : JsFunction
{
    public Closed? Closed { get; set; }

    public override string Name => code.Name;

    public override int Arity => code.Arity;

    public override string Source => code.Source;

    public override JsValue Call(Evaluation evaluation, JsValue receiver, ReadOnlySpan<JsValue> arguments)
    {
        evaluation.EnterCall();
        var frame = new Frame(evaluation, code.Locals) { Self = code.IsArrow ? self : receiver, Closed = Closed };
        if (!code.Scope.IsPlain)
        {
            code.Scope.Prepare(frame);
        }

        if (code.Arguments is { } binding)
        {
            var list = new JsArguments(JsArray.From(evaluation, arguments).Items.ToArray());
            (binding.IsClosedOver ? frame.Closed!.Slots : frame.Locals)[binding.Slot] = list;
        }

        var parameters = code.Parameters;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (code.HasRest && i == parameters.Length - 1)
            {
                parameters[i].Store(frame, JsArray.From(evaluation, i < arguments.Length ? arguments[i..] : default));
            }
            else
            {
                parameters[i].Store(frame, arguments.At(i));
            }
        }

        if (!code.Scope.IsPlain)
        {
            code.Scope.MakeFunctions(frame);
        }

        JsValue result = default;
        if (code.Expression is { } expression)
        {
            result = expression.Eval(frame);
        }
        else
        {
            foreach (var statement in code.Body)
            {
                if (statement.Exec(frame) == Completion.Return)
                {
                    result = frame.Result;
                    break;
                }
            }
        }

        evaluation.LeaveCall();
        return result;
    }
}
