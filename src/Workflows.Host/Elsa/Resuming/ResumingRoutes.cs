using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.BuiltIn.Events;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Resuming;

/// <summary>What comes with a signed address.</summary>
internal sealed record ResumeRequest
{
    public JsonNode? Input { get; init; }
}

/// <summary>What an outside worker reports.</summary>
internal sealed record TaskReport
{
    public JsonNode? Result { get; init; }
}

/// <summary>An event.</summary>
internal sealed record EventRequest
{
    public string? WorkflowInstanceId { get; init; }

    public string? CorrelationId { get; init; }

    public string? ActivityInstanceId { get; init; }

    public JsonNode? Input { get; init; }
}

/// <summary>Instances that went on.</summary>
internal sealed record ResumedAnswer(IReadOnlyList<string> WorkflowInstanceIds);

/// <summary>A signed address that needs no sign-in.</summary>
/// <param name="Path">Path and query on this service.</param>
/// <param name="Token">The token in it.</param>
internal sealed record SignedAddress(string Path, string Token);

/// <summary>
/// Letting waits go on from outside. Whoever has no account gets a signed address: an outside worker with its task (RunTask, in the message
/// to the webhook), others for one event from an analyst.
/// </summary>
internal static class ResumingRoutes
{
    /// <summary>Address for the holder of a token.</summary>
    public const string ResumePath = ElsaRoutes.Base + "/bookmarks/resume";

    private const string EventPath = ElsaRoutes.Base + "/events/trigger";
    private const int LongestName = 256;
    private static readonly Refusal BadToken = new(400, "token-invalid", "t", "地址无效或已过期：请向发出地址的一方重新索取。");
    private static readonly Actor Holder = new() { Id = "token", Name = "持地址者", Roles = [] };

    /// <summary>Maps the routes under <c>/bookmarks</c>, <c>/tasks</c> and <c>/events</c>.</summary>
    public static void MapResuming(this IEndpointRouteBuilder elsa)
    {
        var routes = elsa.MapGroup("").WithTags("Elsa 运行");
        routes.MapGet("/bookmarks/resume", ResumeByGetAsync).ForElsaAnybody().WithSummary("凭签名地址恢复等待；in 为 JSON 输入");
        routes.MapPost("/bookmarks/resume", ResumeByPostAsync).ForElsaAnybody().Accepts<ResumeRequest>("application/json").WithSummary("凭签名地址恢复等待，内容不超过 1 MiB");
        routes.MapPost("/tasks/{taskId}/complete", CompleteAsync).ForElsaWriters().Accepts<TaskReport>("application/json").Produces<ResumedAnswer>().WithSummary("回报外部任务（RunTask）的结果");
        routes.MapPost("/events/{eventName}/trigger", TriggerAsync).ForElsaWriters().Accepts<EventRequest>("application/json").Produces<ResumedAnswer>().WithSummary("发布事件");
        routes.MapPost("/events/{eventName}/token", SignAsync).ForElsaWriters().Accepts<EventRequest>("application/json").Produces<SignedAddress>()
            .WithSummary("为一个事件生成免登录的签名地址，30 天内有效");
        routes.MapGet("/events/trigger", TriggerByTokenAsync).ForElsaAnybody().Produces<ResumedAnswer>().WithSummary("凭签名地址发布事件");
    }

    private static async Task<IResult> ResumeByGetAsync(string? t, string? @in, ResumeTickets tickets, ChangeGate gate, CancellationToken cancellationToken) =>
        tickets.Read(t) is { } ticket
            ? await ResumeAsync(ticket, @in is { Length: > 0 } ? JsonNode.Parse(@in, documentOptions: new JsonDocumentOptions { MaxDepth = 64 }) : null, gate, cancellationToken)
            : BadToken.ToResult();

    private static async Task<IResult> ResumeByPostAsync(string? t, HttpContext context, ResumeTickets tickets, ChangeGate gate, CancellationToken cancellationToken) =>
        tickets.Read(t) is { } ticket
            ? await ResumeAsync(ticket, (await ElsaBody.ReadAsync<ResumeRequest>(context)).Input, gate, cancellationToken)
            : BadToken.ToResult();

    private static async Task<IResult> ResumeAsync(ResumeTicket ticket, JsonNode? input, ChangeGate gate, CancellationToken cancellationToken)
    {
        Stimulus? stimulus = ticket switch
        {
            { TaskId: { } taskId } => Reported(taskId, input, gate.NewKey(), Holder),
            { BookmarkId: { } bookmarkId } => new ResumeBookmark
            {
                Key = gate.NewKey(),
                Actor = Holder,
                BookmarkId = bookmarkId,
                Input = (input as JsonObject)?.ToDictionary(member => member.Key, member => member.Value?.DeepClone()) ?? [],
            },
            _ => null,
        };
        return stimulus is null ? BadToken.ToResult()
            : (await gate.SendAsync(stimulus, cancellationToken)).Outcome == StimulusOutcome.NothingToDo ? NothingWaits("t").ToResult()
            : Results.Ok();
    }

    private static async Task<IResult> CompleteAsync(string taskId, HttpContext context, ChangeGate gate, CancellationToken cancellationToken)
    {
        var report = await ElsaBody.ReadAsync<TaskReport>(context);
        var result = await gate.SendAsync(Reported(taskId, report.Result, gate.NewKey(), context.User.ToActor()), cancellationToken);
        return result.Outcome == StimulusOutcome.NothingToDo ? NothingWaits("taskId").ToResult() : ElsaJson.Answer(new ResumedAnswer(result.InstanceIds));
    }

    private static async Task<IResult> TriggerAsync(string eventName, HttpContext context, ChangeGate gate, CancellationToken cancellationToken)
    {
        var request = await ElsaBody.ReadAsync<EventRequest>(context);
        Check(eventName, request);
        return await RaiseAsync(eventName, request.CorrelationId, request.WorkflowInstanceId, request.Input, context.User.ToActor(), gate, cancellationToken);
    }

    private static async Task<IResult> SignAsync(string eventName, HttpContext context, ResumeTickets tickets)
    {
        var request = await ElsaBody.ReadAsync<EventRequest>(context, largest: 16 << 10);
        Check(eventName, request);
        var token = tickets.Issue(new ResumeTicket { EventName = eventName, CorrelationId = request.CorrelationId, InstanceId = request.WorkflowInstanceId });
        return ElsaJson.Answer(new SignedAddress($"{EventPath}?t={token}", token));
    }

    private static async Task<IResult> TriggerByTokenAsync(string? t, ResumeTickets tickets, ChangeGate gate, CancellationToken cancellationToken) =>
        tickets.Read(t) is { EventName: { } name } ticket
            ? await RaiseAsync(name, ticket.CorrelationId, ticket.InstanceId, null, Holder, gate, cancellationToken)
            : BadToken.ToResult();

    private static async Task<IResult> RaiseAsync(
        string eventName, string? correlationId, string? instanceId, JsonNode? input, Actor actor, ChangeGate gate, CancellationToken cancellationToken)
    {
        var result = await gate.SendAsync(
            new SignalWorkflows
            {
                Key = gate.NewKey(),
                Actor = actor,
                Name = "Elsa." + nameof(Event),
                Payload = new JsonObject { [nameof(EventStimulus.EventName)] = eventName }.ToJsonString(),
                CorrelationId = correlationId,
                InstanceId = instanceId,
                Starts = instanceId is null,
                Input = new Dictionary<string, JsonNode?> { [Event.PayloadInput] = input?.DeepClone() },
            },
            cancellationToken);
        return ElsaJson.Answer(new ResumedAnswer(result.InstanceIds));
    }

    private static SignalWorkflows Reported(string taskId, JsonNode? result, string key, Actor actor) => new()
    {
        Key = key,
        Actor = actor,
        Name = "Elsa." + nameof(RunTask),
        Payload = new JsonObject { [nameof(RunTaskStimulus.TaskId)] = taskId }.ToJsonString(),
        Starts = false,
        Input = new Dictionary<string, JsonNode?> { [RunTask.ResultInput] = result?.DeepClone() },
    };

    private static void Check(string eventName, EventRequest request)
    {
        if (eventName.Length > LongestName)
            throw new RefusedException(new Refusal(400, "name-too-long", "eventName", $"事件名称最多 {LongestName} 个字符。"));
        if (request.ActivityInstanceId is not null)
            throw new RefusedException(new Refusal(400, "not-supported", "activityInstanceId", "不支持按步骤执行编号发布事件：请用 workflowInstanceId 指定流程实例。"));
    }

    private static Refusal NothingWaits(string field) => new(404, "nothing-waits", field, "没有在等待的步骤：可能已经办结、已撤回，或者编号不对。");
}
