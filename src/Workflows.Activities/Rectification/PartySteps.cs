using Workflows.Activities.Deadlines;
using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Rectification;

/// <summary>A step that the party does on its own page.</summary>
public abstract class PartyStep : HumanStep
{
    /// <inheritdoc/>
    protected sealed override string DefaultRole => Supervision.Sessions.Role.Party;

    /// <inheritdoc/>
    protected sealed override bool IsDecision => false;

    /// <inheritdoc/>
    protected sealed override string? OwnerOf(Case? matter) => $"party:{matter?.TargetId}";
}

/// <summary>等待整改材料: the party hands in its proof.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "等待当事人提交整改证明材料。", DisplayName = "等待整改材料")]
[FlowNode("收到材料", WithdrawnPort)]
public sealed class ReceiveProof : PartyStep
{
    /// <summary>The proof.</summary>
    [Output(DisplayName = "材料编号", Description = "所收整改材料的内部编号。")]
    public Output<string>? ProofId { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "party.proof";

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var proof = await context.GetRequiredService<ProofService>().SubmitAsync(context.Submission<SubmitProof>(), context.CancellationToken);
        context.Set(ProofId, proof.Id);
        return "收到材料";
    }
}

/// <summary>材料审核: an officer of the organ looks through the proof.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "执法人员审核整改材料：全部认可、部分认可、补充材料或者实地复查。", DisplayName = "材料审核")]
[FlowNode("全部认可", "部分认可", "补充材料", "实地复查")]
public sealed class ReviewProof : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "proof.review";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [ProofService.Accepted, ProofService.MoreWanted, ProofService.OnSite];

    /// <inheritdoc/>
    protected override async ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) =>
        (await CaseRecords.LatestAsync<RectificationProof>(context, p => p.Review is null))?.Department ?? lead;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var proof = await CaseRecords.RequireAsync<RectificationProof>(context, p => p.Review is null, "待审核的整改材料");
        var outcome = await context.GetRequiredService<ProofService>().ReviewAsync(
            proof.Id, context.ChosenOutcome()!, context.Submission<DecisionNote>().Note ?? "", context.CancellationToken);
        if (outcome != ProofService.Accepted)
        {
            return outcome == ProofService.OnSite ? "实地复查" : "补充材料";
        }

        var open = (await CaseRecords.AllAsync<RectificationOrder>(context)).Any(o => o.State == OrderState.Served && o.Items.Any(i => i.IsOpen));
        if (open)
        {
            DeadlineChanged.Tell(context);
        }

        return open ? "部分认可" : "全部认可";
    }
}

/// <summary>等待延期申请: the party asks for more time before the limit has passed.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "等待当事人在期限届满前提出延期申请。", DisplayName = "等待延期申请")]
[FlowNode("收到申请", WithdrawnPort)]
public sealed class ReceiveExtensionRequest : PartyStep
{
    /// <summary>The application.</summary>
    [Output(DisplayName = "申请编号", Description = "所收延期申请的内部编号。")]
    public Output<string>? ExtensionId { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "party.extension";

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var request = await context.GetRequiredService<ExtensionService>().SubmitAsync(context.Submission<SubmitExtension>(), context.CancellationToken);
        context.Set(ExtensionId, request.Id);
        return "收到申请";
    }
}

/// <summary>What the head decides on an extension.</summary>
/// <param name="Note">Reason.</param>
/// <param name="Length">Length granted; null grants what was asked for.</param>
public sealed record ExtensionDecision(string? Note = null, int? Length = null);

/// <summary>审批延期: the head decides within two working days; silence is no consent.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "部门负责人在两个工作日内决定是否准予延期；新期限从原届满日起算。", DisplayName = "审批延期")]
[FlowNode(ExtensionService.Granted, ExtensionService.Refused)]
public sealed class DecideExtension : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "extension.decide";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [ExtensionService.Granted, ExtensionService.Refused];

    /// <inheritdoc/>
    protected override async ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) =>
        (await CaseRecords.LatestAsync<ExtensionRequest>(context, e => e.State == RequestState.Pending))?.Department ?? lead;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var request = await CaseRecords.RequireAsync<ExtensionRequest>(context, e => e.State == RequestState.Pending, "待决定的延期申请");
        var decision = context.Submission<ExtensionDecision>();
        var outcome = await context.GetRequiredService<ExtensionService>().DecideAsync(
            request.Id, context.ChosenOutcome() == ExtensionService.Granted, decision.Length, decision.Note ?? "", context.CancellationToken);
        DeadlineChanged.Tell(context);
        return outcome;
    }
}
