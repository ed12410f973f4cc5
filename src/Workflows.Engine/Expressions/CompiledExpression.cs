using Workflows.Engine.Execution;

namespace Workflows.Engine.Expressions;

/// <summary>An expression that was parsed. Immutable and thread-safe.</summary>
public abstract class CompiledExpression
{
    /// <summary>Computes the value; the caller converts it to its type.</summary>
    /// <exception cref="ExpressionEvaluationException">It failed.</exception>
    public abstract object? Evaluate(ActivityExecutionContext context);
}

/// <summary>A value that is known at compile time.</summary>
internal sealed class ConstantExpression(object? value) : CompiledExpression
{
    public object? Value { get; } = value;

    public override object? Evaluate(ActivityExecutionContext context) => Value;
}

/// <summary>A function in C#.</summary>
internal sealed class CodeExpression(Func<ActivityExecutionContext, object?> code) : CompiledExpression
{
    public override object? Evaluate(ActivityExecutionContext context) => code(context);
}
