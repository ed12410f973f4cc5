using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;

namespace Workflows.Activities.Rectification;

/// <summary>
/// 复查后处置: what becomes of items that are still open: another round, 约谈, 立案, or none is left. What runs already — a round that another branch
/// began, an interview, a decision of the head — is left to go on and comes back here; it is never begun a second time.
/// </summary>
[Activity("Supervision", SupervisionCategory.Rectification, "按未办结事项的期限、罚则和次数决定继续整改、约谈或者立案；整改轮次、约谈已经在进行的，不重复启动。", DisplayName = "复查后处置")]
[FlowNode(Complete, Continue, Interview, Filing, UnderWay)]
public sealed class RouteAfterReinspection : Activity
{
    private const string Complete = "整改完成";
    private const string Continue = "继续整改";
    private const string Interview = "约谈";
    private const string Filing = "立案";
    private const string UnderWay = "整改进行中";

    /// <summary>Departments that file.</summary>
    [Output(DisplayName = "立案部门", Description = "应当立案的处罚部门。")]
    public Output<object>? FilingDepartments { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var running = await RectificationBranches.ReadAsync(context);
        var orders = (await CaseRecords.AllAsync<RectificationOrder>(context)).Where(o => o.State == OrderState.Served).ToList();
        var open = orders.Sum(o => o.Items.Count(i => i.IsOpen));
        // What fell due in a round that still runs waits for the re-inspection of that round.
        var overdue = (await context.GetRequiredService<OverdueItems>().ListAsync(context.SubjectId(), context.CancellationToken)).Where(x => x.LookedAt || !running.Round).ToList();

        // What was filed at once goes on as a case; its item leaves the order as soon as the case runs, and no second case is proposed.
        foreach (var order in overdue.Where(x => x.CaseRuns).GroupBy(x => x.Order.Id))
        {
            await context.GetRequiredService<OrderService>().TransferToFilingAsync(order.Key, [.. order.Select(x => x.Item.Ordinal)], context.CancellationToken);
        }

        var waiting = overdue.Where(x => x.Way == OverdueWay.TurnedDown || (x.Way == OverdueWay.ToFile && running.Unfiled.Contains(x.Order.Department!))
            || (running.Interview && x.Way == OverdueWay.ToTalk)).ToList();
        var left = overdue.Except(waiting).ToList();
        var filed = left.Where(x => x.Way == OverdueWay.ToFile).ToList();
        var outcomes = new List<string>();
        if (filed.Count > 0)
        {
            // What carries no penalty cannot be filed; the step after the filings finds it and asks the head.
            var proposed = await context.GetRequiredService<CaseFilingService>().ProposeAsync(
                context.SubjectId(), [.. filed.Where(x => x.Finding.PenaltyClause != PenaltyClause.NoClause).Select(x => x.Item.FindingId)], OverdueItems.FilingReason, cancellationToken: context.CancellationToken);
            context.Set(FilingDepartments, proposed.Select(f => f.Department).Distinct().ToArray());
            outcomes.Add(Filing);
        }

        if (left.Exists(x => x.Way == OverdueWay.ToTalk))
        {
            outcomes.Add(Interview);
        }

        // Whatever still has a term is in a round, also beside 约谈 and 立案: else its last day could pass while nobody looks.
        if (open > overdue.Count && !running.Round)
        {
            outcomes.Add(Continue);
        }

        var goesOn = running.Round || running.Interview || waiting.Count > 0;
        await context.CompleteActivityWithOutcomesAsync(outcomes.Count > 0 ? [.. outcomes] : [goesOn ? UnderWay : Complete]);
    }
}
