using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Rectification;

/// <summary>What an officer taught a party.</summary>
/// <param name="Education">The words.</param>
public sealed record EducationGiven(string Education);

/// <summary>当场改正与教育: nothing is waived; that the party was taught is recorded on each finding.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "对当场改正且没有可免除处罚的问题登记教育内容后办结。", DisplayName = "当场改正与教育")]
[FlowNode("已教育")]
public sealed class RecordEducation : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "finding.education";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var words = context.Submission<EducationGiven>().Education;
        foreach (var finding in (await CaseRecords.AllAsync<Finding>(context)).Where(f => f is { Fix: not null, Education: null, Disposition: Disposition.FixedOnSpot }))
        {
            await context.GetRequiredService<LeniencyService>().EducateAsync(finding.Id, words, context.CancellationToken);
        }

        return "已教育";
    }
}

/// <summary>提出不予处罚意见 for the findings of one department; whatever is left out is put down as fixed with education.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "执法人员对首违或者轻微问题提出不予处罚意见，写明危害后果和教育内容。", DisplayName = "提出不予处罚意见")]
[FlowNode("已提出")]
public sealed class ProposeLeniencyStep : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "leniency.propose";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var proposal = context.Submission<ProposeLeniency>();
        await context.GetRequiredService<LeniencyService>().ProposeAsync(proposal with { CaseId = context.SubjectId() }, context.CancellationToken);
        return "已提出";
    }
}

/// <summary>不予处罚法制审核: by somebody else than the handler.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "法制审核人员审核不予处罚意见；不得审核本人承办的事项。", DisplayName = "不予处罚法制审核")]
[FlowNode(LeniencyService.Agreed, LeniencyService.SentBack)]
public sealed class ReviewLeniency : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "leniency.review";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.LegalReviewer;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [LeniencyService.Agreed, LeniencyService.SentBack];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var decision = await CaseRecords.RequireAsync<LeniencyDecision>(context, d => d.State == LeniencyState.Proposed && d.Department == task.Department, "不予处罚意见");
        return await context.GetRequiredService<LeniencyService>().ReviewAsync(
            decision.Id, context.ChosenOutcome() == LeniencyService.Agreed, context.Submission<DecisionNote>().Note ?? "", context.CancellationToken);
    }
}

/// <summary>不予处罚决定 of the head.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "处罚部门负责人决定是否不予处罚。", DisplayName = "不予处罚决定")]
[FlowNode(LeniencyService.Granted, LeniencyService.Rejected)]
public sealed class DecideLeniency : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "leniency.decide";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [LeniencyService.Granted, LeniencyService.Rejected];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var decision = await CaseRecords.RequireAsync<LeniencyDecision>(context, d => d.State == LeniencyState.Reviewed && d.Department == task.Department, "经审核的不予处罚意见");
        return await context.GetRequiredService<LeniencyService>().DecideAsync(
            decision.Id, context.ChosenOutcome() == LeniencyService.Granted, context.Submission<DecisionNote>().Note ?? "", context.CancellationToken);
    }
}

/// <summary>不予处罚结果: findings whose leniency was turned down go to 立案.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "不予处罚未获通过的问题转立案。", DisplayName = "不予处罚结果")]
[FlowNode("不予处罚", "立案")]
public sealed class RouteAfterLeniency : Activity
{
    /// <summary>Departments that file.</summary>
    [Output(DisplayName = "立案部门", Description = "应当立案的处罚部门。")]
    public Output<object>? FilingDepartments { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var rejected = (await CaseRecords.AllAsync<LeniencyDecision>(context)).Where(d => d.State == LeniencyState.Rejected).ToList();
        context.Set(FilingDepartments, rejected.Select(d => d.Department).Distinct().ToArray());
        if (rejected.Count == 0)
        {
            await context.CompleteActivityWithOutcomesAsync("不予处罚");
            return;
        }

        // Reviewer or head turned it down; the officer who had proposed leniency goes on with it.
        foreach (var one in rejected.GroupBy(d => d.HandlerId))
        {
            await context.GetRequiredService<CaseFilingService>().ProposeAsync(
                context.SubjectId(), [.. one.SelectMany(d => d.FindingIds)], "不予处罚未获批准", one.Key, context.CancellationToken);
        }

        await context.CompleteActivityWithOutcomesAsync("立案");
    }
}
