using Microsoft.EntityFrameworkCore;
using Workflows.Host.Access;
using Workflows.Host.Scheduling;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Operations;

/// <summary>A stimulus that could not be carried out.</summary>
internal sealed record IncidentRow(string Id, string Kind, string CaseKey, string? InstanceId, string Error, DateTimeOffset CreatedAt);

/// <summary>A workflow instance with incidents, or one that runs and waits for nothing.</summary>
internal sealed record InstanceRow(string Id, string DefinitionId, int DefinitionVersion, string CaseKey, string Status, string SubStatus, int IncidentCount, DateTimeOffset UpdatedAt);

/// <summary>A message to the outside.</summary>
internal sealed record OutboxMessageRow(string Id, string Channel, string Recipient, string Kind, string State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAttemptAt, string? LastError);

/// <summary>How late the clock is.</summary>
/// <param name="Now">Now, UTC.</param>
/// <param name="Due">Timers whose time has come.</param>
/// <param name="OldestDueAt">Time of the oldest of them, or null.</param>
/// <param name="LatenessSeconds">How late it is, in seconds.</param>
/// <param name="NextDueAt">Time of the next timer, or null.</param>
/// <param name="Schedules">Start triggers and nightly work with their next times.</param>
internal sealed record TimerReport(DateTimeOffset Now, int Due, DateTimeOffset? OldestDueAt, double LatenessSeconds, DateTimeOffset? NextDueAt, IReadOnlyList<ScheduledAct> Schedules);

/// <summary>What the operator looks at: nothing is silently stuck. These routes show ids and errors, never case data.</summary>
internal static class OperationRoutes
{
    private const int Longest = 200;

    /// <summary>Maps the routes under <c>/api/operations</c>.</summary>
    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("运行");
        operations.MapGet("/incidents", IncidentsAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("未能执行的事项，最近的在前");
        operations.MapGet("/faulted", FaultedAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("有异常的流程实例");
        operations.MapGet("/stuck", StuckAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("运行中而无所等待的流程实例；正常时为空");
        operations.MapGet("/outbox", OutboxAsync).For(Role.Administrator).WithSummary("对外消息：待发、已失败");
        operations.MapGet("/timers", TimersAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("定时器：到期未处理数、最大滞后、下次时间");
    }

    private static async Task<IReadOnlyList<IncidentRow>> IncidentsAsync(WorkflowsDbContext database, CancellationToken cancellationToken) =>
        await database.Set<DeadLetterRow>().AsNoTracking().OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).Take(Longest)
            .Select(row => new IncidentRow(row.Id, row.Kind, row.CaseKey, row.InstanceId, row.Error, row.CreatedAt)).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<InstanceRow>> FaultedAsync(WorkflowsDbContext database, CancellationToken cancellationToken) =>
        await Shape(database.Set<WorkflowInstanceRow>().AsNoTracking().Where(row => row.IncidentCount > 0), cancellationToken);

    private static async Task<IReadOnlyList<InstanceRow>> StuckAsync(WorkflowsDbContext database, CancellationToken cancellationToken) =>
        await Shape(database.Set<WorkflowInstanceRow>().AsNoTracking().Where(row => row.Status == "Running" && row.IncidentCount == 0
            && !database.Set<BookmarkRow>().Any(bookmark => bookmark.InstanceId == row.Id)
            && !database.Set<MailboxRow>().Any(mail => mail.CaseKey == row.CaseKey)), cancellationToken);

    private static async Task<IReadOnlyList<OutboxMessageRow>> OutboxAsync(WorkflowsDbContext database, CancellationToken cancellationToken) =>
        await database.Set<OutboxRow>().AsNoTracking().Where(row => row.State != "Delivered").OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Take(Longest)
            .Select(row => new OutboxMessageRow(row.Id, row.Channel, row.Recipient, row.Kind, row.State, row.Attempts, row.CreatedAt, row.NextAttemptAt, row.LastError))
            .ToListAsync(cancellationToken);

    private static async Task<TimerReport> TimersAsync(WorkflowsDbContext database, ScheduleBook schedules, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var timers = database.Set<BookmarkRow>().AsNoTracking().Where(row => row.FireAt != null);
        var due = await timers.CountAsync(row => row.FireAt <= now, cancellationToken);
        var oldest = await timers.Where(row => row.FireAt <= now).OrderBy(row => row.FireAt).Select(row => row.FireAt).FirstOrDefaultAsync(cancellationToken);
        var next = await timers.Where(row => row.FireAt > now).OrderBy(row => row.FireAt).Select(row => row.FireAt).FirstOrDefaultAsync(cancellationToken);
        return new TimerReport(now, due, oldest, oldest is { } at ? (now - at).TotalSeconds : 0, next, await schedules.ComingAsync(cancellationToken));
    }

    private static async Task<IReadOnlyList<InstanceRow>> Shape(IQueryable<WorkflowInstanceRow> rows, CancellationToken cancellationToken) =>
        await rows.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).Take(Longest)
            .Select(row => new InstanceRow(row.Id, row.DefinitionId, row.DefinitionVersion, row.CaseKey, row.Status, row.SubStatus, row.IncidentCount, row.UpdatedAt))
            .ToListAsync(cancellationToken);
}
