using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Escalation;

/// <summary>内部督办阶梯: acts on the handling unit that is late; never on the party.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "按梯级对承办单位提醒、催办、黄牌、红牌、督办单、会商，直到被监视的步骤办结。", DisplayName = "内部督办阶梯")]
[FlowNode("提醒", "催办", "黄牌", "红牌", "督办单", "会商", DonePort, EndPort)]
public sealed class InternalLadder : LadderStep
{
    /// <summary>Kind of the message to the supervisor that a drafted 督办单 waits for a signature.</summary>
    public const string AwaitsSignature = "督办单待签";

    /// <inheritdoc/>
    protected override LadderKind LadderKind => LadderKind.Internal;

    /// <inheritdoc/>
    protected override async ValueTask ActAsync(ActivityExecutionContext context, LadderRung rung, StepLimit limit)
    {
        var recipients = Recipients.Of(rung.Recipients, limit);
        if (limit.CaseId is not { } caseId)
        {
            await Recipients.SendAsync(context, recipients, rung, limit);
            return;
        }

        var task = await LateTaskAsync(context, limit);
        var kind = rung.Port;
        switch (rung.Action)
        {
            case LadderAction.YellowCard or LadderAction.RedCard:
                var colour = rung.Action == LadderAction.YellowCard ? CardColour.Yellow : CardColour.Red;
                await context.GetRequiredService<CardService>().GiveAsync(new GiveCard(caseId, limit.Department!, colour, "超期未办", task?.Id), context.CancellationToken);
                break;
            case LadderAction.SupervisionOrder:
                // A draft is nothing that a unit could answer: the rung tells who signs, the signature tells the unit and whoever else the rung names.
                recipients = [Recipients.Signer];
                kind = AwaitsSignature;
                await context.GetRequiredService<SupervisionOrderService>().DraftAsync(
                    new DraftSupervisionOrder(
                        caseId, limit.Department!, $"{task?.Title ?? limit.RuleCode}超期未办", "请立即办理，并在回复期限内报告办理结果和超期原因。", $"权责清单：{limit.RuleCode}", limit.DueAt, task?.Id, Recipients: rung.Recipients),
                    context.CancellationToken);
                break;
            case LadderAction.JointConsultation:
                await context.GetRequiredService<MeetingService>().CallConsultationAsync(
                    caseId, $"{task?.Title ?? limit.RuleCode}经督办仍未办结", [], LegalPeriod.WorkingDays(5), context.CancellationToken);
                break;
            default:
                break;
        }

        await context.GetRequiredService<NoticeService>().SendAsync(caseId, recipients, kind, limit.LastDay, cancellationToken: context.CancellationToken);
    }

    // The step that names the limit; of steps that name none, that which is due with it. Another step that is due at the same time has a ladder of its own.
    private static async ValueTask<WorkTask?> LateTaskAsync(ActivityExecutionContext context, StepLimit limit)
    {
        var open = await context.Session().ListAsync<WorkTask>(new AggregateFilter { CaseId = limit.CaseId, States = [nameof(TaskState.Open)] }, context.CancellationToken);
        return open.LastOrDefault(t => t.LimitId == limit.Id)
            ?? open.LastOrDefault(t => t.LimitId is null && t.DueAt == limit.DueAt && (t.Department is null || t.Department == limit.Department));
    }
}

/// <summary>外部督促阶梯: reminds the party and brings the re-inspection; never a card.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "按梯级提示当事人整改，期限届满后到期复查。", DisplayName = "外部督促阶梯")]
[FlowNode("提示", "到期复查", DonePort, EndPort)]
public sealed class ExternalLadder : LadderStep
{
    /// <inheritdoc/>
    protected override LadderKind LadderKind => LadderKind.External;

    /// <inheritdoc/>
    protected override async ValueTask ActAsync(ActivityExecutionContext context, LadderRung rung, StepLimit limit)
    {
        var recipients = Recipients.Of(rung.Recipients, limit);
        if (limit.CaseId is not { } caseId)
        {
            await Recipients.SendAsync(context, recipients, rung, limit);
            return;
        }

        await context.GetRequiredService<NoticeService>().SendAsync(caseId, recipients, rung.Port, limit.LastDay, cancellationToken: context.CancellationToken);
    }
}

/// <summary>Who stands behind the words of a rung.</summary>
internal static class Recipients
{
    /// <summary>Who signs a 督办单.</summary>
    public const string Signer = $"role:{Role.Supervisor}";

    /// <summary>Who hears of a signed 督办单: the head of the unit, and whom the rung names, but for who has signed it.</summary>
    public static IReadOnlyList<string> Of(SupervisionOrder order) =>
        [.. order.Recipients.Prepend("单位负责人").Select(word => RecipientWords.Resolve(word, order.Department, order.TargetId)).Where(address => address != Signer).Distinct(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Of(IReadOnlyList<string> words, StepLimit limit) =>
        [.. words.Select(word => RecipientWords.Resolve(word, limit.Department, limit.TargetId)).Distinct(StringComparer.Ordinal)];

    /// <summary>Tells of a rung where there is no case: of a plan, or of a lead, in whose history it stands besides.</summary>
    public static async ValueTask SendAsync(ActivityExecutionContext context, IReadOnlyList<string> recipients, LadderRung rung, StepLimit limit)
    {
        if (limit.PlanId is null)
        {
            await context.GetRequiredService<LeadFlowSteps>().RungAsync(context.SubjectId(), context.ActivityName ?? context.ActivityId, rung.Port, recipients, context.CancellationToken);
            return;
        }

        foreach (var recipient in recipients)
        {
            context.Session().Send(new OutboxMessage(
                "notice", recipient, rung.Port, $"【{rung.Port}】计划{limit.PlanId}，期限{(limit.LastDay is { } day ? ChineseDate.Of(day) : "")}，请登录查看：/plans/{limit.PlanId}", null, context.ActivityId)
            {
                Subject = new(limit.PlanId, limit.LastDay, $"/plans/{limit.PlanId}", limit.Area),
            });
        }
    }
}
