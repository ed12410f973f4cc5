using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Execution;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities;

/// <summary>
/// What every activity of supervision asks of its execution. The correlation id of an instance is the case (or the plan) that it
/// carries through, so no activity needs to be told which one it works on.
/// </summary>
internal static class SupervisionContext
{
    private const int LongestReason = 4000;
    private static readonly string[] ReasonFields = ["note", "reason", "opinion"];

    /// <summary>The session of the burst.</summary>
    public static ISupervisionSession Session(this ActivityExecutionContext context) => context.GetRequiredService<ISupervisionSession>();

    /// <summary>The case of this instance.</summary>
    public static async ValueTask<Case> CaseAsync(this ActivityExecutionContext context) =>
        await context.Session().FindAsync<Case>(context.SubjectId(), context.CancellationToken)
        ?? throw new RuleViolationException(
            RefusalKind.NotFound, "case-unknown", "correlationId", $"流程实例的关联编号“{context.CorrelationId}”不是案件，请从计划派发或者从线索立项后再运行本流程。");

    /// <summary>The plan of this instance.</summary>
    public static async ValueTask<InspectionPlan> PlanAsync(this ActivityExecutionContext context) =>
        await context.Session().FindAsync<InspectionPlan>(context.SubjectId(), context.CancellationToken)
        ?? throw new RuleViolationException(
            RefusalKind.NotFound, "plan-unknown", "correlationId", $"流程实例的关联编号“{context.CorrelationId}”不是检查计划，请先建立计划。");

    /// <summary>Id of the case or plan that this instance carries through.</summary>
    public static string SubjectId(this ActivityExecutionContext context) => context.CorrelationId ?? context.WorkflowInstanceId;

    /// <summary>Reads what a person handed in with the completed step.</summary>
    /// <exception cref="RuleViolationException">It is not of the form that the step asks for.</exception>
    public static T Submission<T>(this ActivityExecutionContext context)
        where T : class
    {
        var data = context.WorkflowInput.TryGetValue("data", out var node) && node is JsonObject given ? given : [];
        try
        {
            return data.Deserialize<T>(SupervisionJson.Options)
                ?? throw new RuleViolationException(RefusalKind.Invalid, "data-missing", "data", "缺少办理内容 data，请按步骤的表单填写。");
        }
        catch (JsonException wrong)
        {
            throw new RuleViolationException(
                RefusalKind.Invalid, "data-malformed", wrong.Path is { } path ? "data" + path.TrimStart('$') : "data", $"办理内容的格式不对：{Explain(wrong)}");
        }
    }

    /// <summary>The outcome that a person chose, or null.</summary>
    public static string? ChosenOutcome(this ActivityExecutionContext context) =>
        context.WorkflowInput.TryGetValue("outcome", out var node) ? node?.GetValue<string>() : null;

    /// <summary>The words that a person gave with the chosen outcome, whatever the step's form calls them; null where there are none.</summary>
    public static string? GivenReason(this ActivityExecutionContext context) =>
        context.WorkflowInput.TryGetValue("data", out var node) && node is JsonObject given
            ? ReasonFields.Select(name => given[name] is JsonValue value && value.TryGetValue<string>(out var text) ? PlainText.Of(text).Trim() : "").FirstOrDefault(text => text.Length is > 0 and <= LongestReason)
            : null;

    /// <summary>The watched activity whose end resumed this one, or null when something else did.</summary>
    public static string? WatchedActivity(this ActivityExecutionContext context) =>
        context.WorkflowInput.TryGetValue("Watched", out var node) ? node?.GetValue<string>() : null;

    private static string Explain(JsonException wrong) =>
        wrong.Path is { Length: > 1 } path ? $"请检查 {path.TrimStart('$', '.')} 的类型和必填项。" : "请检查各字段的类型和必填项。";
}
