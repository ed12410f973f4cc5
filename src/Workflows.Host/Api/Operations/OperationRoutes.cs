using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Scheduling;
using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Instances;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Operations;

/// <summary>A workflow instance with incidents, or one that runs and waits for nothing.</summary>
internal sealed record InstanceRow(string Id, string DefinitionId, int DefinitionVersion, string CaseKey, string Status, string SubStatus, int IncidentCount, DateTimeOffset UpdatedAt);

/// <summary>How late the clock is.</summary>
/// <param name="Now">Now, UTC.</param>
/// <param name="Due">Timers whose time has come.</param>
/// <param name="OldestDueAt">Time of the oldest of them, or null.</param>
/// <param name="LatenessSeconds">How late it is, in seconds.</param>
/// <param name="NextDueAt">Time of the next timer, or null.</param>
/// <param name="Schedules">Start triggers and nightly work with their next times.</param>
internal sealed record TimerReport(DateTimeOffset Now, int Due, DateTimeOffset? OldestDueAt, double LatenessSeconds, DateTimeOffset? NextDueAt, IReadOnlyList<ScheduledAct> Schedules);

/// <summary>A list of the operator: how many there are, and the first of them.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Items">The first of them, at most 200; all of them, up to 20,000, are in the workbook of the list.</param>
internal sealed record OperationList<T>(long Total, IReadOnlyList<T> Items);

/// <summary>
/// What the operator looks at: nothing is silently stuck. These routes show ids and errors of the operator's own area, never case data;
/// who serves no area has the whole installation.
/// </summary>
internal static class OperationRoutes
{
    // Who has more than this at once has one trouble, not many: the count and the workbook hold the rest.
    private static readonly Stretch Shown = new(0, 200);

    /// <summary>Maps the routes under <c>/api/operations</c>.</summary>
    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("运行");
        operations.MapGet("/incidents", IncidentsAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("未能执行的事项，最近的在前");
        operations.MapGet("/faulted", FaultedAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("有异常的流程实例");
        operations.MapGet("/stuck", StuckAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("运行中而无所等待的流程实例；正常时为空");
        operations.MapGet("/outbox", OutboxAsync).For(Role.Administrator).WithSummary("对外消息：待发、已失败");
        operations.MapGet("/timers", TimersAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("定时器：到期未处理数、最大滞后、下次时间");
        operations.MapGet("/timers/waiting", WaitingAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("等待触发的定时器，先触发的在前；已到期未处理的排在最前");
        operations.MapOperationSheets();
        operations.MapRetries();
        operations.MapStanding();
    }

    private static async Task<OperationList<UndeliveredStimulus>> IncidentsAsync(OperationQueries operations, Viewer viewer, CancellationToken cancellationToken) =>
        Of(await operations.StimuliAsync(FamilySight.OfOperator(viewer.Actor), Shown, cancellationToken: cancellationToken));

    private static async Task<OperationList<InstanceRow>> FaultedAsync(InstanceReader instances, Viewer viewer, CancellationToken cancellationToken) =>
        Of(await instances.FaultedAsync(viewer.Actor, Shown, cancellationToken));

    private static async Task<OperationList<InstanceRow>> StuckAsync(InstanceReader instances, OperationQueries operations, Viewer viewer, CancellationToken cancellationToken) =>
        Of(await operations.StuckAsync(instances, viewer.Actor, Shown, cancellationToken));

    private static async Task<OperationList<UndeliveredMessage>> OutboxAsync(OperationQueries operations, Viewer viewer, CancellationToken cancellationToken) =>
        Of(await operations.MessagesAsync(FamilySight.OfOperator(viewer.Actor), Shown, cancellationToken));

    private static async Task<OperationList<WaitingTimer>> WaitingAsync(OperationQueries operations, Viewer viewer, CancellationToken cancellationToken) =>
        Of(await operations.WaitingTimersAsync(FamilySight.OfOperator(viewer.Actor), Shown, cancellationToken));

    private static async Task<TimerReport> TimersAsync(OperationQueries operations, ScheduleBook schedules, Viewer viewer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var timers = await operations.TimersAsync(FamilySight.OfOperator(viewer.Actor), now, cancellationToken);
        return new TimerReport(
            now, timers.Due, timers.OldestDueAt, timers.OldestDueAt is { } at ? (now - at).TotalSeconds : 0, timers.NextDueAt, await schedules.ComingAsync(cancellationToken));
    }

    private static OperationList<T> Of<T>(CountedPage<T> page) => new(page.TotalCount, page.Items);
}
