using Workflows.Activities.Escalation;
using Workflows.Activities.Options;
using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scoring;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Closure;

/// <summary>发送通知: number, date and link only (practice.md 14).</summary>
[Activity("Supervision", SupervisionCategory.Document, "向部门、人员或者当事人发送通知；只含编号、期限和链接。", DisplayName = "发送通知")]
public sealed class Notify : CodeActivity, IDefinitionCheck
{
    /// <summary>Receiver.</summary>
    [Input(DisplayName = "接收人", Description = "通知谁：承办单位、单位负责人、当事人、指挥中心、指导办，或者某个部门、某种角色。", UIHint = "dropdown", IsRequired = true, Order = 1, OptionsProvider = typeof(RecipientOptions))]
    public Input<string>? Recipient { get; set; }

    /// <summary>Kind.</summary>
    [Input(DisplayName = "类别", Description = "通知类别，例如 提醒、催办。", IsRequired = true, Order = 2)]
    public Input<string>? Kind { get; set; }

    /// <summary>Department meant by handler and head; by default the lead.</summary>
    [Input(DisplayName = "承办部门", Description = "承办单位是哪个部门；不填为牵头部门。", UIHint = "dropdown", Order = 3, OptionsProvider = typeof(DepartmentOptions))]
    public Input<string>? Department { get; set; }

    /// <inheritdoc/>
    public void Check(DefinitionCheckContext context)
    {
        if (context.TryGetFixed(Recipient, out var word) && word.Length > 0 && !RecipientWords.IsKnown(word))
        {
            context.Report("recipient", ValidationCodes.InvalidValue, $"没有接收人“{(word.Length > 40 ? word[..40] + "…" : word)}”，可用的有：{RecipientWords.Known}。");
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var session = context.Session();
        var kind = context.Get(Kind) ?? "通知";
        var word = context.Get(Recipient) ?? "";
        var subject = await WorkSubject.OfAsync(context);
        var unit = subject.Matter is null && context.Get(Department) is not { Length: > 0 } ? subject.LeadDepartment : await Responsible.ResolveAsync(context, context.Get(Department), subject.LeadDepartment);
        if (subject.Lead is { } lead)
        {
            context.GetRequiredService<LeadFlowSteps>().Tell(lead, RecipientWords.Resolve(word, unit, lead.TargetId, lead.CaretakerId), kind);
            return;
        }

        if (subject.Matter is not { } matter)
        {
            var plan = subject.Plan!;
            session.Send(new OutboxMessage("notice", RecipientWords.Resolve(word, plan.LeadDepartment, null), kind, $"【{kind}】计划{plan.Id}，请登录查看：/plans/{plan.Id}", null, context.ActivityId)
            {
                Subject = new(plan.AnnualItem.Code, null, $"/plans/{plan.Id}", plan.Area),
            });
            return;
        }

        await context.GetRequiredService<NoticeService>().SendAsync(matter.Id, [RecipientWords.Resolve(word, unit, matter.TargetId)], kind, null, cancellationToken: context.CancellationToken);
    }
}

/// <summary>结案: refused by the domain while anything is open.</summary>
[Activity("Supervision", SupervisionCategory.Closure, "全部事项办结后销号；尚有未办结事项的不予结案。", DisplayName = "结案")]
public sealed class CloseCase : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var matter = await context.CaseAsync();
        var outcome = matter.Outcome ?? "办结";
        var refused = (await CaseRecords.AllAsync<CaseFiling>(context)).Where(f => f.State == FilingState.Rejected).Select(f => $"{f.Organ}不予立案（{(f.Approval ?? f.LegalReview)!.Reason}）");
        var ended = (await CaseRecords.AllAsync<RectificationOrder>(context)).SelectMany(o => o.Items).Where(i => i.Ended is not null).Select(i => $"事项{i.ItemCode}终止整改（{i.Ended!.Reason}）");
        var reason = string.Join('；', [$"检查结果为“{outcome}”，各事项均已办结", .. refused, .. ended]);
        await context.GetRequiredService<CaseService>().CloseAsync(matter.Id, outcome, reason, context.CancellationToken);
    }
}

/// <summary>拟定公示内容: the row of the table, masked where the law asks.</summary>
[Activity("Supervision", SupervisionCategory.Closure, "按检查结果拟定公示内容；自然人脱敏，依法封存的不列入。", DisplayName = "拟定公示内容")]
public sealed class PreparePublication : CodeActivity
{
    /// <summary>One of <see cref="PublicResult"/>; empty leaves it to what the visits found.</summary>
    [Input(DisplayName = "检查结果", Description = "公示表中的结果，用于流程本身已表明结果的分支（例如未发现开展经营活动）；不填按检查情况得出。", UIHint = "dropdown", Order = 1, OptionsProvider = typeof(PublicResultOptions))]
    public Input<string>? Result { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        await context.GetRequiredService<PublicationService>().PrepareAsync(context.SubjectId(), context.Get(Result) is { Length: > 0 } result ? result : null, context.CancellationToken);
}

/// <summary>公示审核: the reviewer publishes or withholds with reason.</summary>
[Activity("Supervision", SupervisionCategory.Closure, "公示审核人员审核后公示；不予公示须说明理由。", DisplayName = "公示审核")]
[FlowNode(PublicationService.Published, PublicationService.Withheld)]
public sealed class ReviewPublication : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "publication.review";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.PublicationReviewer;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [PublicationService.Published, PublicationService.Withheld];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var entry = await CaseRecords.RequireAsync<PublicationEntry>(context, e => e.State == PublicationState.Prepared, "待审核的公示内容");
        return await context.GetRequiredService<PublicationService>().ReviewAsync(
            entry.Id, context.ChosenOutcome() == PublicationService.Published, context.Submission<DecisionNote>().Note, context.CancellationToken);
    }
}

/// <summary>更新公示: shows how the matter was dealt with in the end.</summary>
[Activity("Supervision", SupervisionCategory.Closure, "结案后更新公示中的处理情况，例如“已改正”。", DisplayName = "更新公示")]
public sealed class UpdatePublication : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (await CaseRecords.LatestAsync<PublicationEntry>(context, e => e.State == PublicationState.Published) is { } entry)
        {
            await context.GetRequiredService<PublicationService>().UpdateHandlingAsync(entry.Id, context.CancellationToken);
        }
    }
}

/// <summary>更新监管评分: counts the case into the score that feeds the next draw.</summary>
[Activity("Supervision", SupervisionCategory.Closure, "把本案结果计入监管评分，影响下次抽取权重。", DisplayName = "更新监管评分")]
public sealed class UpdateSupervisionScore : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        await context.GetRequiredService<ScoreService>().CountCaseAsync(context.SubjectId(), context.CancellationToken);
}

/// <summary>公示抽查汇总: the plan is closed; its draw summary with hashes is public.</summary>
[Activity("Supervision", SupervisionCategory.Closure, "全部案件办结后办结计划，公示抽取摘要和哈希。", DisplayName = "公示抽查汇总")]
public sealed class PublishPlanSummary : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        await context.GetRequiredService<PlanService>().CloseAsync(context.SubjectId(), context.CancellationToken);
}
