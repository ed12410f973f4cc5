using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Deputies;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Tasks;

/// <summary>待办: the human steps of the diagrams.</summary>
internal static class TaskRoutes
{
    /// <summary>Header in which a device says its own time when it sends, ISO 8601 in UTC with milliseconds.</summary>
    public const string DeviceTime = "Device-Time";

    private const string DeviceTimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Maps the routes under <c>/api/tasks</c>.</summary>
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("待办");
        tasks.MapGet("", ListAsync).For(RouteAccess.CaseReaders).WithSummary("待办列表；?mine 只列等我办理的，state=Open/Done/Cancelled，可按案件、计划、类型筛选");
        tasks.MapGet("/{id}", FindAsync).For(RouteAccess.CaseReaders).WithSummary("待办详情；审批退回后的修改步骤附退回意见（returned）");
        tasks.MapPost("/{id}/complete", CompleteAsync).For(RouteAccess.CaseWorkers).Idempotent().Produces<TaskChanged>().WithSummary("办理：提交结果 outcome 和内容 data");
        tasks.MapPost("/{id}/seen", SeenAsync).For(RouteAccess.CaseWorkers).Idempotent().Produces<TaskChanged>().WithSummary("签收：记录首次查看时间");
    }

    /// <summary>One page of tasks.</summary>
    public static async Task<Page<TaskShape>> ListAsync(
        HttpContext context, AggregateReader rows, Viewer viewer, DeputyDesk deputies, PageRequest page, CancellationToken cancellationToken,
        TaskState state = TaskState.Open, string? caseId = null, string? kind = null, string? planId = null)
    {
        var actor = viewer.Actor;
        var mine = context.Request.Query.ContainsKey("mine") && context.Request.Query["mine"] != "false";
        var stateKey = state.ToString();
        var principals = await deputies.PrincipalsAsync(actor, cancellationToken);
        string[] owners = [.. viewer.Owners, .. principals.SelectMany(Viewer.OwnersOf)];
        var area = actor.Area;
        // An open task is found by its owner; only open tasks have one.
        return await rows.PageAsync<WorkTask, TaskShape>(
            page,
            query => query.Where(row => row.State == stateKey && (caseId == null || row.CaseId == caseId) && (kind == null || row.Kind == kind) && (planId == null || row.PlanId == planId)
                && (!mine || stateKey != "Open" || row.Owner != null && owners.Contains(row.Owner))
                && (area == null || row.Area == null || row.Area.StartsWith(area))),
            task => mine
                ? (TaskAccess.IsFor(task, actor) || DeputyDesk.ActsFor(task, actor, principals) is not null) && (state == TaskState.Open || task.CompletedBy == actor.Id)
                : TaskAccess.IsVisible(task, actor),
            task => TaskShape.Of(task) with { ActingFor = DeputyDesk.ActsFor(task, actor, principals)?.Name },
            cancellationToken);
    }

    private static async Task<TaskShape> FindAsync(string id, AggregateReader rows, Viewer viewer, DeputyDesk deputies, CancellationToken cancellationToken)
    {
        var task = await rows.FindAsync<WorkTask>(id, cancellationToken) ?? throw Viewer.NotFound("事项");
        var principal = DeputyDesk.ActsFor(task, viewer.Actor, await deputies.PrincipalsAsync(viewer.Actor, cancellationToken));
        if (principal is null && !TaskAccess.IsVisible(task, viewer.Actor))
            throw Viewer.NotFound("事项");
        var reads = principal is not null || TaskAccess.IsFor(task, viewer.Actor) || await viewer.SeesMatterAsync(task.CaseId, task.PlanId, cancellationToken);
        return TaskShape.Of(task) with
        {
            ActingFor = principal?.Name,
            Returned = reads ? await ReturnNotes.FindAsync(task, rows, cancellationToken) : null,
            PassedOn = reads && task.PassedOn is { } passed ? new ReturnNote(task.Title, passed.Act, passed.Reason, passed.By, passed.At) : null,
        };
    }

    private static async Task<IResult> CompleteAsync(
        string id, TaskCompletion completion, HttpContext context, AggregateReader rows, Viewer viewer, DeputyDesk deputies, ChangeGate gate, CancellationToken cancellationToken)
    {
        // A replayed request must reach the gate although its task is over, or somebody else's, by now.
        // It is looked for after the task: the same request may end it between the two.
        var task = await rows.FindAsync<WorkTask>(id, cancellationToken) ?? throw Viewer.NotFound("事项");
        var isKept = await gate.IsKeptAsync(ChangeGate.KeyOf(context), cancellationToken);
        var principal = DeputyDesk.ActsFor(task, viewer.Actor, await deputies.PrincipalsAsync(viewer.Actor, cancellationToken));
        if (!isKept && principal is null && !TaskAccess.IsVisible(task, viewer.Actor))
            throw Viewer.NotFound("事项");
        // What a consultation gave somebody to do stands in no diagram: it is done when it is said to be done.
        if (task.Kind == MeetingService.AssignmentKind)
        {
            var result = completion.Data?["result"] is JsonValue said && said.TryGetValue<string>(out var text) && text.Length is > 0 and <= 4000
                ? completion.Data!.ToJsonString(Json.HostJson.Options)
                : throw new RefusedException(new Refusal(422, "field-missing", "data.result", "缺少办理情况：请填写 data.result（不超过4000字）。"));
            return await gate.CommandAsync(
                context, task.CaseKey, async (session, token) => TaskChangedOf(await new TaskService(session).CompleteAsync(id, "已完成", result, token)), cancellationToken);
        }

        var actor = principal is null ? viewer.Actor : DeputyDesk.InPlaceOf(viewer.Actor, principal);
        return await gate.OnceAsync(context, idempotency =>
        {
            if (!isKept)
                TaskAccess.Require(task, principal ?? viewer.Actor);
            if (completion.Outcome is { } outcome && task.Outcomes.Count > 0 && !task.Outcomes.Contains(outcome))
                throw new RefusedException(new Refusal(422, "unknown-outcome", "outcome", $"没有“{outcome}”这一结果：请选择{string.Join('、', task.Outcomes)}。"));
            return Task.FromResult<Stimulus>(new ResumeBookmark
            {
                Key = gate.NewKey(),
                Actor = actor,
                Idempotency = idempotency,
                BookmarkId = task.BookmarkId ?? throw new RefusedException(new Refusal(409, "task-not-ready", "id", "此事项尚未就绪：请稍后重试。")),
                Input = new Dictionary<string, JsonNode?> { ["outcome"] = completion.Outcome, ["data"] = Stamped(completion.Data, context.Request) },
            });
        }, async (session, _, token) =>
        {
            if (principal is not null)
            {
                session.Audit(new AuditFact(task.CaseKey, "task.completed-for", new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["task"] = id, ["caseId"] = task.CaseId, ["department"] = task.Department, ["by"] = viewer.Actor.Id, ["for"] = principal.Id, ["names"] = actor.Name,
                }));
            }

            return TaskChangedOf(await session.FindAsync<WorkTask>(id, token) ?? task);
        });
    }

    // When a device sends is no part of what it sends: tried again, the content is the same, and the key stays good.
    private static JsonNode? Stamped(JsonNode? data, HttpRequest request)
    {
        var given = data?.DeepClone();
        if (given is JsonObject content && content["device"] is JsonObject device && !device.ContainsKey("sentAt")
            && DateTimeOffset.TryParseExact(request.Headers[DeviceTime].ToString(), DeviceTimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent))
            device["sentAt"] = sent.ToString("O", CultureInfo.InvariantCulture);
        return given;
    }

    private static async Task<IResult> SeenAsync(
        string id, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var task = await VisibleAsync(id, rows, viewer, cancellationToken);
        return await gate.CommandAsync(context, task.CaseKey, async (session, token) =>
        {
            var current = await session.FindAsync<WorkTask>(id, token) ?? task;
            if (current.SeenAt is null && current.State == TaskState.Open && TaskAccess.IsFor(current, session.Actor))
            {
                current = current with { SeenAt = session.Now };
                session.Save(current);
            }

            return TaskChangedOf(current);
        }, cancellationToken);
    }

    /// <summary>The task with this id if the caller may see it; else 404.</summary>
    public static async ValueTask<WorkTask> VisibleAsync(string id, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken) =>
        await rows.FindAsync<WorkTask>(id, cancellationToken) is { } task && TaskAccess.IsVisible(task, viewer.Actor) ? task : throw Viewer.NotFound("事项");

    private static TaskChanged TaskChangedOf(WorkTask task) => new(task.Id, task.State, task.Outcome);
}
