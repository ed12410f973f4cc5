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

/// <summary>
/// What the operator looks at: nothing is silently stuck. These routes show ids and errors of the operator's own area, never case data;
/// who serves no area has the whole installation.
/// </summary>
internal static class OperationRoutes
{
    // Who has more than this at once has one trouble, not many.
    private static readonly Stretch Longest = new(0, 200);

    /// <summary>Maps the routes under <c>/api/operations</c>.</summary>
    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("运行");
        operations.MapGet("/incidents", IncidentsAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("未能执行的事项，最近的在前");
        operations.MapGet("/faulted", FaultedAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("有异常的流程实例");
        operations.MapGet("/stuck", StuckAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("运行中而无所等待的流程实例；正常时为空");
        operations.MapGet("/outbox", OutboxAsync).For(Role.Administrator).WithSummary("对外消息：待发、已失败");
        operations.MapGet("/timers", TimersAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("定时器：到期未处理数、最大滞后、下次时间");
        operations.MapRetries();
        operations.MapStanding();
    }

    private static async Task<IReadOnlyList<UndeliveredStimulus>> IncidentsAsync(OperationQueries operations, Viewer viewer, CancellationToken cancellationToken) =>
        await operations.StimuliAsync(FamilySight.OfOperator(viewer.Actor), cancellationToken: cancellationToken);

    private static Task<IReadOnlyList<InstanceRow>> FaultedAsync(InstanceReader instances, Viewer viewer, CancellationToken cancellationToken) =>
        InstancesAsync(instances, viewer, new InstanceSelection { HasIncidents = true }, cancellationToken);

    private static async Task<IReadOnlyList<InstanceRow>> StuckAsync(InstanceReader instances, OperationQueries operations, Viewer viewer, CancellationToken cancellationToken) =>
        await InstancesAsync(instances, viewer, new InstanceSelection { Ids = await operations.StuckAsync(FamilySight.OfOperator(viewer.Actor), cancellationToken) }, cancellationToken);

    private static async Task<IReadOnlyList<UndeliveredMessage>> OutboxAsync(OperationQueries operations, Viewer viewer, CancellationToken cancellationToken) =>
        await operations.MessagesAsync(FamilySight.OfOperator(viewer.Actor), cancellationToken);

    private static async Task<TimerReport> TimersAsync(OperationQueries operations, ScheduleBook schedules, Viewer viewer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var timers = await operations.TimersAsync(FamilySight.OfOperator(viewer.Actor), now, cancellationToken);
        return new TimerReport(
            now, timers.Due, timers.OldestDueAt, timers.OldestDueAt is { } at ? (now - at).TotalSeconds : 0, timers.NextDueAt, await schedules.ComingAsync(cancellationToken));
    }

    private static async Task<IReadOnlyList<InstanceRow>> InstancesAsync(InstanceReader instances, Viewer viewer, InstanceSelection selection, CancellationToken cancellationToken)
    {
        var page = await instances.PageAsync(selection, FamilySight.OfOperator(viewer.Actor), InstanceOrder.Created, descending: true, Longest, cancellationToken);
        return [.. page.Items.Select(row => new InstanceRow(row.Id, row.DefinitionId, row.Version, row.CaseKey, row.Status, row.SubStatus, row.IncidentCount, row.UpdatedAt))];
    }
}
