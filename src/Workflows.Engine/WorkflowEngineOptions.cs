using Workflows.Engine.BuiltIn.Flowcharts;
using Workflows.Engine.Expressions;

namespace Workflows.Engine;

/// <summary>Settings of the engine.</summary>
public sealed record WorkflowEngineOptions
{
    /// <summary>How flowcharts run where the instance does not say (<c>Flowchart:ExecutionMode</c>); counter-based as in Elsa 3.8.</summary>
    public FlowchartExecutionMode DefaultFlowchartMode { get; init; } = FlowchartExecutionMode.CounterBased;

    /// <summary>Whether instances go on beside a fault where the definition does not say; Elsa's default is not to.</summary>
    public bool ContinueWithIncidents { get; init; }

    /// <summary>Further syntaxes of expressions.</summary>
    public IReadOnlyList<IExpressionEvaluator> ExpressionEvaluators { get; init; } = [];

    /// <summary>Zone in which cron expressions and scripts tell the time.</summary>
    public TimeZoneInfo TimeZone { get; init; } = Timetables.ChinaTime.Zone;

    /// <summary>Deepest nesting of activities that is compiled.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Most activities that one definition may hold.</summary>
    public int MaxActivities { get; init; } = 20_000;

    /// <summary>Longest text of an input or expression, in characters.</summary>
    public int MaxTextLength { get; init; } = 200_000;
}
