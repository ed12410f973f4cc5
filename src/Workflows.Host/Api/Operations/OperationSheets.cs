using System.Globalization;
using Workflows.Host.Api.Exports;
using Workflows.Host.Api.Reading;
using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Instances;
using Workflows.Supervision.Sessions;
using static Workflows.Host.Api.Exports.Workbooks;

namespace Workflows.Host.Api.Operations;

/// <summary>The operator's lists as workbooks: every row that the lists count, not only those that a page shows.</summary>
internal static class OperationSheets
{
    // Few enough for one statement of any database.
    private const int AtOnce = 200;

    /// <summary>Maps them.</summary>
    public static void MapOperationSheets(this RouteGroupBuilder operations)
    {
        operations.MapGet("/incidents.xlsx", IncidentsAsync).Sheet("运行", "导出Excel：全部未能执行的事项", Role.Administrator, Role.Dispatcher);
        operations.MapGet("/faulted.xlsx", FaultedAsync).Sheet("运行", "导出Excel：全部有异常的流程实例", Role.Administrator, Role.Dispatcher);
        operations.MapGet("/stuck.xlsx", StuckAsync).Sheet("运行", "导出Excel：全部停滞的流程实例", Role.Administrator, Role.Dispatcher);
        operations.MapGet("/outbox.xlsx", OutboxAsync).Sheet("运行", "导出Excel：全部待发和失败的对外消息", Role.Administrator);
        operations.MapGet("/timers.xlsx", TimersAsync).Sheet("运行", "导出Excel：全部等待触发的定时器，含滞后", Role.Administrator, Role.Dispatcher);
    }

    private static async Task<IResult> IncidentsAsync(OperationQueries operations, Viewer viewer, CancellationToken cancellationToken)
    {
        var rows = await AllAsync(part => operations.StimuliAsync(FamilySight.OfOperator(viewer.Actor), part, cancellationToken: cancellationToken));
        return Book("未能执行", ["编号", "种类", "流程族", "实例", "错误", "时间"], rows.Select(row => (string?[])[row.Id, row.Kind, row.CaseKey, row.InstanceId, row.Error, Time(row.CreatedAt)]));
    }

    private static async Task<IResult> FaultedAsync(InstanceReader instances, Viewer viewer, CancellationToken cancellationToken) =>
        Instances("出错的流程", await AllAsync(part => instances.FaultedAsync(viewer.Actor, part, cancellationToken).AsValueTask()));

    private static async Task<IResult> StuckAsync(InstanceReader instances, OperationQueries operations, Viewer viewer, CancellationToken cancellationToken) =>
        Instances("停滞的流程", await AllAsync(part => operations.StuckAsync(instances, viewer.Actor, part, cancellationToken).AsValueTask()));

    private static async Task<IResult> OutboxAsync(OperationQueries operations, Viewer viewer, CancellationToken cancellationToken)
    {
        var rows = await AllAsync(part => operations.MessagesAsync(FamilySight.OfOperator(viewer.Actor), part, cancellationToken));
        return Book("对外消息", ["编号", "渠道", "内容", "状态", "次数", "产生时间", "下次", "最近错误"], rows.Select(row => (string?[])
            [row.Id, row.Channel, row.Kind, row.State, Number(row.Attempts), Time(row.CreatedAt), Time(row.NextAttemptAt), row.LastError]));
    }

    private static async Task<IResult> TimersAsync(OperationQueries operations, Viewer viewer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await AllAsync(part => operations.WaitingTimersAsync(FamilySight.OfOperator(viewer.Actor), part, cancellationToken));
        return Book("定时器", ["编号", "实例", "流程族", "步骤", "等待", "触发时间", "滞后（秒）", "次数"], rows.Select(row => (string?[])
        [
            row.Id, row.InstanceId, row.CaseKey, row.ActivityId, row.WaitName, Time(row.FireAt), row.FireAt <= now ? Number((long)(now - row.FireAt).TotalSeconds) : null, Number(row.Attempts),
        ]));
    }

    private static IResult Instances(string title, IReadOnlyList<InstanceRow> rows) => Book(title, ["实例", "流程", "版本", "流程族", "状态", "错误数", "更新"], rows.Select(row => (string?[])
        [row.Id, row.DefinitionId, Number(row.DefinitionVersion), row.CaseKey, row.SubStatus, Number(row.IncidentCount), Time(row.UpdatedAt)]));

    // One more than fit, where there are too many: the book refuses them.
    private static async Task<List<T>> AllAsync<T>(Func<Stretch, ValueTask<CountedPage<T>>> read)
    {
        var all = new List<T>();
        while (true)
        {
            var page = await read(new Stretch(all.Count, AtOnce));
            all.AddRange(page.Items);
            if (page.Items.Count < AtOnce || all.Count > MostRows)
                return all;
        }
    }

    private static ValueTask<T> AsValueTask<T>(this Task<T> task) => new(task);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
