using System.Text.Json.Nodes;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Activities;

/// <summary>An input of an activity: an expression that gives a value (Elsa concept).</summary>
public abstract class Input
{
    private protected Input(Expression? expression)
    {
        Expression = expression;
    }

    /// <summary>The expression; null gives the default of the type.</summary>
    public Expression? Expression { get; }

    /// <summary>Type of the value.</summary>
    public abstract Type Type { get; }

    /// <summary>Position among the inputs of its activity, set by the compiler.</summary>
    internal int Slot { get; set; } = -1;

    /// <summary>The value is known at compile time.</summary>
    internal bool IsConstant { get; private protected set; }

    /// <summary>How the value is computed where it is not constant.</summary>
    internal CompiledExpression? Compiled { get; private protected set; }

    /// <summary>The constant, boxed.</summary>
    internal abstract object? ConstantValue { get; }

    /// <summary>Resolves the expression once; a constant is converted here and never again. What does not parse fails when it is reached.</summary>
    internal abstract void CompileLeniently(ExpressionCompiler compiler);

    /// <summary>Computes the value now.</summary>
    internal object? Evaluate(ActivityExecutionContext context) =>
        IsConstant ? ConstantValue : ValueConversion.To(Compiled?.Evaluate(context), Type);
}

/// <summary>An input of type <typeparamref name="T"/>.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed class Input<T> : Input
{
    private readonly Func<ActivityExecutionContext, T?>? _code;

    /// <summary>An input with a fixed value.</summary>
    public Input(T? literal)
        : base(null)
    {
        Constant = literal;
        IsConstant = true;
    }

    /// <summary>An input given by an expression of a definition.</summary>
    public Input(Expression expression)
        : base(expression)
    {
    }

    /// <summary>An input that reads a variable.</summary>
    public Input(Variable variable)
        : base(Expression.OfVariable(variable))
    {
    }

    /// <summary>An input computed by code (workflows built in C#).</summary>
    public Input(Func<ActivityExecutionContext, T?> code)
        : base(null)
    {
        _code = code;
        Compiled = new CodeExpression(context => code(context));
    }

    /// <inheritdoc />
    public override Type Type => typeof(T);

    /// <inheritdoc />
    internal override object? ConstantValue => Constant;

    internal T? Constant { get; private set; }

    /// <summary>A literal stands for an input with that value.</summary>
    public static implicit operator Input<T>(T literal) => new(literal);

    private static bool HoldsJson =>
        typeof(T) == typeof(object) || typeof(T).IsAssignableTo(typeof(JsonNode)) || typeof(T).GetGenericArguments().Contains(typeof(object)) || typeof(T).GetElementType() == typeof(object);

    /// <inheritdoc />
    internal override void CompileLeniently(ExpressionCompiler compiler)
    {
        if (Expression is null || _code is not null)
            return;
        Compiled = compiler.CompileLeniently(Expression, typeof(T));
        if (Compiled is ConstantExpression { Value: JsonNode node } && HoldsJson)
        {
            // Lists and objects may be changed by whoever gets them: each execution gets its own.
            var text = node.ToJsonString();
            Compiled = new CodeExpression(_ => JsonNode.Parse(text));
        }
        else if (Compiled is ConstantExpression constant)
        {
            IsConstant = true;
            Constant = ValueConversion.To<T>(constant.Value);
        }
    }
}
