using Workflows.Host.Elsa.Instances;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Storage.Queries.Instances;

namespace Workflows.Host.Elsa.Executions;

/// <summary>The body of a request for reports.</summary>
internal sealed record ReportRequest
{
    /// <summary>Instance.</summary>
    public string? WorkflowInstanceId { get; init; }

    /// <summary>Places of the diagram; all where none is named.</summary>
    public IReadOnlyList<string>? ActivityNodeIds { get; init; }
}

/// <summary>Executions up the diagram, root first.</summary>
/// <param name="ActivityExecutionId">Execution that was asked for.</param>
/// <param name="Items">The executions.</param>
/// <param name="TotalCount">How many.</param>
internal sealed record CallStack(string ActivityExecutionId, IReadOnlyList<ExecutionShape> Items, int TotalCount);

/// <summary>Number of executions.</summary>
/// <param name="Count">How many.</param>
internal sealed record ExecutionCount(long Count);

/// <summary>Executions of activities as Studio's viewer reads them (contract 46–50).</summary>
internal static class ExecutionRoutes
{
    private const int Longest = 1000;
    private const int LongestReport = 2000;

    /// <summary>Maps the routes under <c>/activity-executions</c> and <c>/activity-execution-summaries</c>.</summary>
    public static void MapElsaExecutions(this IEndpointRouteBuilder elsa)
    {
        var executions = elsa.MapGroup("/activity-executions").WithTags("Elsa 步骤执行");
        executions.MapPost("/report", ReportAsync).ForElsaReaders().Accepts<ReportRequest>("application/json").Produces<NodeStatsList>().WithSummary("图上各步骤的执行情况");
        executions.MapGet("/list", ListAsync).ForElsaReaders().Produces<CountedItems<ExecutionShape>>().WithSummary("某个步骤的各次执行");
        executions.MapGet("/count", CountAsync).ForElsaReaders().Produces<ExecutionCount>().WithSummary("执行次数");
        executions.MapGet("/by-id", ByQueryAsync).ForElsaReaders().Produces<ExecutionShape>().WithSummary("一次执行");
        executions.MapGet("/{id}", FindAsync).ForElsaReaders().Produces<ExecutionShape>().WithSummary("一次执行");
        executions.MapGet("/{id}/call-stack", StackAsync).ForElsaReaders().Produces<CallStack>().WithSummary("一次执行及其上级，从流程开始");
        elsa.MapGet("/activity-execution-summaries/list", SummariesAsync).ForElsaReaders().WithTags("Elsa 步骤执行").Produces<CountedItems<ExecutionSummary>>().WithSummary("某个步骤的各次执行，不含输入输出");
    }

    private static async Task<IResult> ReportAsync(HttpContext context, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken)
    {
        var request = await StrictBody.ReadAsync<ReportRequest>(context);
        if (request.WorkflowInstanceId is not { Length: > 0 } id)
            throw new RefusedException(new Refusal(400, "missing-field", "workflowInstanceId", "缺少 workflowInstanceId：请填写流程实例编号。"));
        if (request.ActivityNodeIds is { Count: > LongestReport })
            throw new RefusedException(new Refusal(400, "too-long", "activityNodeIds", $"activityNodeIds 最多{LongestReport}项：请分次查询。"));
        await desk.HeadAsync(id, cancellationToken);
        var reports = await history.ReportAsync(id, request.ActivityNodeIds, cancellationToken);
        return ElsaJson.Answer(new NodeStatsList([.. reports.Select(NodeStats.Of)]));
    }

    private static async Task<IResult> ListAsync(HttpContext context, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken)
    {
        var (id, selection) = await SelectAsync(context, desk, cancellationToken);
        return ElsaJson.Answer(CountedItems<ExecutionShape>.Of([.. (await history.RecordsAsync(id, selection, Longest, cancellationToken)).Select(row => ExecutionShape.Of(row))]));
    }

    private static async Task<IResult> SummariesAsync(HttpContext context, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken)
    {
        var (id, selection) = await SelectAsync(context, desk, cancellationToken);
        return ElsaJson.Answer(CountedItems<ExecutionSummary>.Of([.. (await history.HeadsAsync(id, selection, Longest, cancellationToken)).Select(ExecutionSummary.Of)]));
    }

    private static async Task<IResult> CountAsync(HttpContext context, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken)
    {
        var (id, selection) = await SelectAsync(context, desk, cancellationToken);
        return ElsaJson.Answer(new ExecutionCount(await history.CountAsync(id, selection, cancellationToken)));
    }

    private static Task<IResult> ByQueryAsync(HttpContext context, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken) =>
        FindAsync(StrictBody.Needed(context, "id"), desk, history, cancellationToken);

    private static async Task<IResult> FindAsync(string id, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken)
    {
        var found = await history.RecordsAsync([id], cancellationToken);
        if (found.Count == 0)
            throw Viewer.NotFound("步骤执行");
        await desk.HeadAsync(found[0].Head.InstanceId, cancellationToken);
        return ElsaJson.Answer(ExecutionShape.Of(found[0]));
    }

    private static async Task<IResult> StackAsync(string id, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken)
    {
        var found = await history.RecordsAsync([id], cancellationToken);
        if (found.Count == 0)
            throw Viewer.NotFound("步骤执行");
        var instance = found[0].Head.InstanceId;
        await desk.HeadAsync(instance, cancellationToken);
        var parents = await history.ParentsAsync(instance, cancellationToken);
        var ids = new List<string>();
        for (var at = id; at is not null && ids.Count < Longest; at = parents.GetValueOrDefault(at))
            ids.Insert(0, at);
        var rows = (await history.RecordsAsync(ids, cancellationToken)).ToDictionary(row => row.Head.Id);
        ExecutionShape[] stack = [.. ids.Where(rows.ContainsKey).Select((at, depth) => ExecutionShape.Of(rows[at], depth))];
        return ElsaJson.Answer(new CallStack(id, stack, stack.Length));
    }

    private static async ValueTask<(string InstanceId, ExecutionSelection Selection)> SelectAsync(HttpContext context, InstanceDesk desk, CancellationToken cancellationToken)
    {
        var id = StrictBody.Needed(context, "workflowInstanceId");
        var selection = new ExecutionSelection
        {
            ActivityId = StrictBody.Texts(context, "activityId")?[0],
            ActivityNodeIds = StrictBody.Texts(context, "activityNodeId"),
            Completed = StrictBody.Flag(context, "completed"),
        };
        await desk.HeadAsync(id, cancellationToken);
        return (id, selection);
    }
}
