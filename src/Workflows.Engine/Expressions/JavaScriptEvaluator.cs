using Workflows.Engine.Execution;
using Workflows.Engine.JavaScript;

namespace Workflows.Engine.Expressions;

/// <summary>A script: statements, whose last value is the result.</summary>
internal sealed class JavaScriptEvaluator : IExpressionEvaluator
{
    public IReadOnlyList<string> Types { get; } = ["JavaScript"];

    public CompiledExpression Compile(Expression expression, Type target)
    {
        var source = ValueConversion.To<string>(ValueConversion.FromJson(expression.Value)) ?? "";
        try
        {
            return new Compiled(Script.Parse(source, ScriptLimits.Default));
        }
        catch (ScriptException e)
        {
            throw new ExpressionFormatException(e.Message);
        }
    }

    private sealed class Compiled(Script script) : CompiledExpression
    {
        public override object? Evaluate(ActivityExecutionContext context)
        {
            try
            {
                var run = context.WorkflowExecutionContext;
                var environment = new ActivityScriptEnvironment(context) { Clock = new StimulusClock(context.Now), TimeZone = run.Engine.Options.TimeZone, RandomSeed = run.Burst.Ids.NextValue() };
                return ActivityScriptEnvironment.FromScript(script.Evaluate(environment, null, context.CancellationToken).ToObject());
            }
            catch (ScriptException e)
            {
                throw new ExpressionEvaluationException(e.Message, e);
            }
        }
    }

    /// <summary>"Now" in a script is the time of the stimulus.</summary>
    private sealed class StimulusClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
