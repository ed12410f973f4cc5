using System.Text.Json.Nodes;
using Workflows.Engine.BuiltIn.Events;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Endpoints;

/// <summary>What an outside worker reports.</summary>
/// <param name="Result">Result of the task, any JSON.</param>
internal sealed record WorkerReport(JsonNode? Result = null);

/// <summary>A report that has been taken.</summary>
/// <param name="TaskId">The task.</param>
internal sealed record WorkerReported(string TaskId);

/// <summary>Answers to tasks that a workflow asked of an outside worker (Elsa's RunTask).</summary>
internal static class WorkerTaskRoutes
{
    private const string StimulusName = "Elsa.RunTask";

    /// <summary>Maps <c>/api/workflow-tasks/{taskId}/complete</c>.</summary>
    public static void MapWorkerTasks(this IEndpointRouteBuilder api) =>
        api.MapPost("/workflow-tasks/{taskId}/complete", CompleteAsync).For(Role.Administrator).Idempotent().Produces<WorkerReported>()
            .WithTags("运行").WithSummary("外部系统回报流程任务（RunTask）的结果");

    private static async Task<IResult> CompleteAsync(string taskId, WorkerReport report, HttpContext context, ChangeGate gate, CancellationToken cancellationToken)
    {
        var result = await gate.SendAsync(
            new SignalWorkflows
            {
                Key = gate.NewKey(),
                Actor = context.User.ToActor(),
                Idempotency = ChangeGate.KeyOf(context),
                Name = StimulusName,
                Payload = new JsonObject { [nameof(RunTaskStimulus.TaskId)] = taskId }.ToJsonString(),
                Starts = false,
                Input = new Dictionary<string, JsonNode?> { [RunTask.ResultInput] = report.Result?.DeepClone() },
            },
            cancellationToken);
        if (result.Outcome == StimulusOutcome.NothingToDo)
            throw new RefusedException(new Refusal(404, "not-found", "taskId", "没有等待此编号的流程任务：请核对编号，或任务已经回报。"));
        if (result.Outcome == StimulusOutcome.Replayed)
            context.Response.Headers[RequestKey.ReplayedHeader] = "true";
        return Results.Json(new WorkerReported(taskId), Json.HostJson.Options);
    }
}
