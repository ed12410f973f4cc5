using System.Text.Json.Nodes;
using Workflows.Engine.Journal;
using Workflows.Engine.State;
using Workflows.Host.Problems;
using Workflows.Storage.Queries.Instances;

namespace Workflows.Host.Elsa.Instances;

/// <summary>Which entries of a journal are asked for.</summary>
internal sealed record JournalFilter
{
    /// <summary>Activities.</summary>
    public IReadOnlyList<string>? ActivityIds { get; init; }

    /// <summary>Places of the diagram.</summary>
    public IReadOnlyList<string>? ActivityNodeIds { get; init; }

    /// <summary>Types that are left out.</summary>
    public IReadOnlyList<string>? ExcludedActivityTypes { get; init; }

    /// <summary>Events.</summary>
    public IReadOnlyList<string>? EventNames { get; init; }
}

/// <summary>The body of a request for a journal.</summary>
internal sealed record JournalRequest
{
    /// <summary>The filter, or null for all.</summary>
    public JournalFilter? Filter { get; init; }
}

/// <summary>Instances as Studio reads them: lists, one, how far it is, journal, variables (contract 35–39).</summary>
internal static class InstanceRoutes
{
    /// <summary>Most entries of a journal in one answer.</summary>
    public const int LongestJournal = 1000;

    private static readonly string[] LastEvents = [JournalEvents.Started, JournalEvents.Completed, JournalEvents.Faulted];

    /// <summary>Maps the routes under <c>/workflow-instances</c> that only read.</summary>
    public static void MapElsaInstances(this IEndpointRouteBuilder elsa)
    {
        var instances = elsa.MapGroup("/workflow-instances").WithTags("Elsa 流程实例");
        instances.MapPost("", ListByBodyAsync).ForElsaReaders().Accepts<InstanceListRequest>("application/json").Produces<InstancePage>().WithSummary("流程实例列表：筛选、排序、分页");
        instances.MapGet("", ListByQueryAsync).ForElsaReaders().Produces<InstancePage>().WithSummary("流程实例列表，条件写在地址中");
        instances.MapGet("/{id}", FindAsync).ForElsaReaders().Produces<InstanceShape>().WithSummary("一个流程实例及其状态");
        instances.MapGet("/{id}/execution-state", ExecutionStateAsync).ForElsaReaders().Produces<ExecutionStateShape>().WithSummary("流程实例进行到哪里；每次推进后 updatedAt 都变化");
        instances.MapPost("/{id}/journal", JournalByBodyAsync).ForElsaReaders().Accepts<JournalRequest>("application/json").Produces<JournalPage>().WithSummary("流程日志，可按步骤、类型和事件筛选");
        instances.MapGet("/{id}/journal", JournalAsync).ForElsaReaders().Produces<JournalPage>().WithSummary("流程日志");
        instances.MapGet("/{id}/journal/{activityId}", LastEntryAsync).ForElsaReaders().Produces<JournalEntry>().WithSummary("某个步骤最近一次开始、完成或出错");
        instances.MapGet("/{id}/variables", VariablesAsync).ForElsaReaders().Produces<CountedItems<VariableShape>>().WithSummary("流程变量；只有编号和结果，没有案件内容");
    }

    /// <summary>The variables of an instance.</summary>
    public static CountedItems<VariableShape> Variables(WorkflowState state) =>
        CountedItems<VariableShape>.Of([.. state.Variables.Select(variable => new VariableShape(variable.Id, variable.Name, variable.Value))]);

    private static async Task<IResult> ListByBodyAsync(HttpContext context, InstanceDesk desk, InstanceReader instances, CancellationToken cancellationToken) =>
        await ListAsync(await StrictBody.ReadAsync<InstanceListRequest>(context), desk, instances, cancellationToken);

    private static Task<IResult> ListByQueryAsync(HttpContext context, InstanceDesk desk, InstanceReader instances, CancellationToken cancellationToken) =>
        ListAsync(InstanceListRequest.Of(context), desk, instances, cancellationToken);

    private static async Task<IResult> ListAsync(InstanceListRequest request, InstanceDesk desk, InstanceReader instances, CancellationToken cancellationToken)
    {
        var page = await instances.PageAsync(
            request.ToSelection(), desk.Sight, request.Order, request.OrderDirection != ElsaDirection.Ascending, request.ToStretch(), cancellationToken);
        return ElsaJson.Answer(new InstancePage([.. page.Items.Select(InstanceSummary.Of)], page.TotalCount));
    }

    private static async Task<IResult> FindAsync(string id, InstanceDesk desk, CancellationToken cancellationToken)
    {
        var (head, state) = await desk.WithStateAsync(id, cancellationToken);
        return ElsaJson.Answer(InstanceShape.Of(head, state));
    }

    private static async Task<IResult> ExecutionStateAsync(string id, InstanceDesk desk, CancellationToken cancellationToken)
    {
        var head = await desk.HeadAsync(id, cancellationToken);
        return ElsaJson.Answer(new ExecutionStateShape(head.Status, head.SubStatus, head.UpdatedAt));
    }

    private static async Task<IResult> JournalByBodyAsync(string id, HttpContext context, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken)
    {
        var filter = (await StrictBody.ReadAsync<JournalRequest>(context)).Filter;
        return await StretchAsync(id, new JournalSelection
        {
            ActivityIds = NotEmpty("activityIds", filter?.ActivityIds),
            ActivityNodeIds = NotEmpty("activityNodeIds", filter?.ActivityNodeIds),
            ExcludedActivityTypes = NotEmpty("excludedActivityTypes", filter?.ExcludedActivityTypes),
            EventNames = NotEmpty("eventNames", filter?.EventNames),
        }, context, desk, history, cancellationToken);
    }

    private static Task<IResult> JournalAsync(string id, HttpContext context, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken) =>
        StretchAsync(id, new JournalSelection(), context, desk, history, cancellationToken);

    private static async Task<IResult> StretchAsync(string id, JournalSelection selection, HttpContext context, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken)
    {
        var take = StrictBody.Number(context, "take", 0, LongestJournal);
        var skip = StrictBody.Number(context, "skip", 0, int.MaxValue);
        var size = StrictBody.Number(context, "pageSize", 1, LongestJournal);
        var page = StrictBody.Number(context, "page", 0, 1_000_000);
        await desk.HeadAsync(id, cancellationToken);
        var stretch = new Stretch(skip ?? (long)(page ?? 0) * (size ?? LongestJournal), take ?? size ?? LongestJournal);
        var found = await history.JournalAsync(id, selection, stretch, cancellationToken);
        return ElsaJson.Answer(new JournalPage([.. found.Items.Select(entry => JournalEntry.Of(id, entry))], found.TotalCount));
    }

    private static async Task<IResult> LastEntryAsync(string id, string activityId, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken)
    {
        await desk.HeadAsync(id, cancellationToken);
        return await history.LastEntryAsync(id, activityId, LastEvents, cancellationToken) is { } entry
            ? ElsaJson.Answer(JournalEntry.Of(id, entry))
            : new Refusal(404, "not-found", "activityId", $"流程日志中没有步骤“{activityId}”：该步骤尚未开始，请核对编号。").ToResult();
    }

    private static async Task<IResult> VariablesAsync(string id, InstanceDesk desk, CancellationToken cancellationToken) =>
        ElsaJson.Answer(Variables((await desk.WithStateAsync(id, cancellationToken)).State));

    private static IReadOnlyList<string>? NotEmpty(string field, IReadOnlyList<string>? values) => values switch
    {
        null or [] => null,
        { Count: > 2000 } => throw new RefusedException(new Refusal(400, "too-long", $"filter.{field}", $"{field} 最多2000项：请缩小范围。")),
        _ => values,
    };
}
