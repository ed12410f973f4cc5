using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Filing;

/// <summary>立案法制审核: by somebody else than the handler.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "法制审核人员审核立案建议；不得审核本人承办的事项。", DisplayName = "立案法制审核")]
[FlowNode("同意", "不同意")]
public sealed class ReviewFiling : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "filing.review";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.LegalReviewer;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["同意", "不同意"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var agreed = context.ChosenOutcome() == "同意";
        foreach (var filing in (await CaseRecords.AllAsync<CaseFiling>(context)).Where(f => f.State == FilingState.Proposed && f.Department == task.Department))
        {
            await context.GetRequiredService<CaseFilingService>().ReviewAsync(filing.Id, agreed, context.Submission<DecisionNote>().Note ?? "", context.CancellationToken);
        }

        return context.ChosenOutcome()!;
    }
}

/// <summary>立案审批: the head of the department that punishes decides.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "处罚部门负责人决定是否立案；立案后开始计算办案期限。", DisplayName = "立案审批")]
[FlowNode("准予立案", "不予立案")]
public sealed class ApproveFiling : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "filing.decide";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["准予立案", "不予立案"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var files = context.ChosenOutcome() == "准予立案";
        foreach (var filing in (await CaseRecords.AllAsync<CaseFiling>(context)).Where(f => f.State == FilingState.Reviewed && f.Department == task.Department))
        {
            await context.GetRequiredService<CaseFilingService>().DecideAsync(filing.Id, files, context.Submission<DecisionNote>().Note ?? "", context.CancellationToken);
        }

        return context.ChosenOutcome()!;
    }
}

/// <summary>Number and outcome that come back from the organ's own system.</summary>
/// <param name="Number">Number of the case there.</param>
/// <param name="Outcome">Outcome.</param>
/// <param name="FilingId">The filing; null where the department has only one in progress.</param>
/// <param name="Others">Results of its other filings in the case; each in progress needs its own.</param>
public sealed record FilingResult(string Number, string Outcome, string? FilingId = null, IReadOnlyList<FilingResult>? Others = null);

/// <summary>案件办理中: waits until number and outcome come back (practice.md 12).</summary>
[Activity("Supervision", SupervisionCategory.Filing, "立案后等待办案部门回填案号和办理结果。", DisplayName = "案件办理中")]
[FlowNode("已回填")]
public sealed class AwaitCaseResult : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "filing.result";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var result = context.Submission<FilingResult>();
        var filings = context.GetRequiredService<CaseFilingService>();
        var running = (await CaseRecords.AllAsync<CaseFiling>(context)).Where(f => f.State == FilingState.InProgress && f.Department == task.Department).ToList();
        IReadOnlyList<FilingResult> results = [result, .. result.Others ?? []];
        // The result of one case says nothing about another; the step ends only when all of them came back.
        if (running.Count > 1 && !running.Select(f => f.Id).Order(StringComparer.Ordinal).SequenceEqual(results.Select(r => r.FilingId ?? "").Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            throw new RuleViolationException(RefusalKind.Conflict, "filing-several", "filingId", $"该部门在本案中有{running.Count}件案件办理中，请以 filingId 逐件填写案号和结果（其余各件列入 others）：{string.Join('、', running.Select(f => f.Id))}。");
        }

        foreach (var filing in running)
        {
            var own = running.Count == 1 && result.FilingId is null ? result : results.FirstOrDefault(r => r.FilingId == filing.Id)
                ?? throw new RuleViolationException(RefusalKind.Conflict, "filing-other", "filingId", "所填的立案不是该部门办理中的案件，请核对。");
            await filings.AssignNumberAsync(filing.Id, own.Number, context.CancellationToken);
            await filings.ConcludeAsync(filing.Id, own.Outcome, context.CancellationToken);
        }

        return "已回填";
    }
}
