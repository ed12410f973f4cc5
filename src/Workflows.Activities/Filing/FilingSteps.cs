using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
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

/// <summary>What the head hands in with a decision to file: opinion, and what the way of the case rests on (繁简分流).</summary>
/// <param name="Note">Opinion.</param>
/// <param name="Way">Way that is asked for; null to let the rules of the scenario choose.</param>
/// <param name="FactsClear">The facts are clear and the evidence is enough.</param>
/// <param name="Admitted">The party admits what was found and accepts the penalty.</param>
/// <param name="HearingAsked">The party asks for a hearing.</param>
/// <param name="Fine">Fine that is proposed, yuan.</param>
public sealed record FilingDecision(string? Note = null, ProcedureKind? Way = null, bool? FactsClear = null, bool? Admitted = null, bool? HearingAsked = null, int? Fine = null)
{
    /// <summary>What is stated of the case, or null where nothing is.</summary>
    public ProcedureRequest? Request() => (Way, FactsClear, Admitted, HearingAsked, Fine) is (null, null, null, null, null)
        ? null : new ProcedureRequest(Way, new ProcedureGrounds(FactsClear ?? false, Admitted ?? false, HearingAsked ?? false, Fine));
}

/// <summary>立案审批: the head of the department that punishes decides.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "处罚部门负责人决定是否立案；立案后开始计算办案期限。场景设有办案程序（procedures）的，按事实是否清楚、当事人是否认错认罚、拟处罚款等选定简易、快速或者普通程序，不合条件的不能选；期限随程序。", DisplayName = "立案审批")]
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
        var decision = context.Submission<FilingDecision>();
        foreach (var filing in (await CaseRecords.AllAsync<CaseFiling>(context)).Where(f => f.State == FilingState.Reviewed && f.Department == task.Department))
        {
            await context.GetRequiredService<CaseFilingService>().DecideAsync(filing.Id, files, decision.Note ?? "", decision.Request(), context.CancellationToken);
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
    // No port: other cases of the department are still at work, and the step waits for them.
    private const string StillOpen = "其他案件办理中";

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
        // The result of one case says nothing about another: of several each is named.
        if (running.Count > 1 && results.Any(r => r.FilingId is null))
        {
            throw new RuleViolationException(RefusalKind.Conflict, "filing-several", "filingId", $"该部门在本案中有{running.Count}件案件办理中，请以 filingId 指明每件的案号和结果：{string.Join('、', running.Select(f => f.Id))}。");
        }

        foreach (var own in results)
        {
            var filing = running.FirstOrDefault(f => f.Id == own.FilingId) ?? (running.Count == 1 && own.FilingId is null ? running[0] : null);
            if (filing is null)
            {
                // Another step of the same department has taken the result already.
                if (running.Count == 0)
                {
                    break;
                }

                throw new RuleViolationException(RefusalKind.Conflict, "filing-other", "filingId", "所填的立案不是该部门办理中的案件，请核对。");
            }

            await filings.AssignNumberAsync(filing.Id, own.Number, context.CancellationToken);
            await filings.ConcludeAsync(filing.Id, own.Outcome, context.CancellationToken);
        }

        var waiting = (await context.Session().ListAsync<WorkTask>(new AggregateFilter { CaseId = context.SubjectId(), States = [nameof(TaskState.Open)] }, context.CancellationToken))
            .Count(t => t.Kind == Kind && t.Department == task.Department);
        return running.Count - results.Count > waiting ? StillOpen : "已回填";
    }

    /// <inheritdoc/>
    protected override bool IsAskedAgainAfter(string port) => port == StillOpen;
}
