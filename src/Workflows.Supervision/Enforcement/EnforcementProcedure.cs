using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Enforcement;

/// <summary>
/// The lawful order of steps to forced execution. Whatever a diagram draws, a step is refused before those that the law puts in front of it, before the periods for review and lawsuit are over, at
/// night and on holidays.
/// </summary>
/// <param name="session">The session.</param>
public sealed class EnforcementProcedure(ISupervisionSession session)
{
    /// <summary>Outcome: the step was taken.</summary>
    public const string Done = "已完成";

    /// <summary>Outcome: the party has done itself what was demanded.</summary>
    public const string Performed = "当事人已自行履行";

    /// <summary>Outcome of review or lawsuit: the decision stands.</summary>
    public const string Upheld = "维持";

    /// <summary>Outcome of review or lawsuit: the decision is annulled.</summary>
    public const string Annulled = "撤销";

    /// <summary>Takes a step.</summary>
    /// <exception cref="RuleViolationException"><c>enforcement-order</c>, <c>enforcement-too-early</c>, <c>head-required</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Case> TakeAsync(string caseId, EnforcementStage stage, string outcome, EnforcementReport report, CancellationToken cancellationToken = default)
    {
        var one = await GetAsync(caseId, cancellationToken);
        var note = Refusal.Text(report.Note, "data.note", "办理情况");
        if (outcome == Done)
        {
            RequireBefore(one, stage);
            if (stage is EnforcementStage.Decision or EnforcementStage.ExecutionDecision && !session.Actor.Is(Role.DepartmentHead))
            {
                throw Refusal.Forbidden("head-required", "actor", $"{NameOf(stage)}由部门负责人作出。");
            }
        }

        return Add(one, stage, outcome, note, report.EvidenceIds ?? []);
    }

    /// <summary>强制拆除: never at night or on a statutory holiday, except in an emergency with reason and approval; with witness, video and inventory.</summary>
    /// <exception cref="RuleViolationException"><c>enforcement-order</c>, <c>field-missing</c>, <c>approval-missing</c>, <c>enforcement-at-night</c>, <c>enforcement-on-holiday</c>.</exception>
    public async ValueTask<Case> ExecuteAsync(string caseId, ExecutionReport report, CancellationToken cancellationToken = default)
    {
        var one = await GetAsync(caseId, cancellationToken);
        RequireBefore(one, EnforcementStage.Execution);
        var witness = Refusal.Text(report.Witness, "data.witness", "见证人");
        var video = Refusal.Text(report.VideoNumber, "data.videoNumber", "录像编号");
        var inventory = Refusal.Text(report.Inventory, "data.inventory", "物品清单");
        if (report.EmergencyReason is { Length: > 0 } && string.IsNullOrWhiteSpace(report.ApprovedBy))
        {
            throw Refusal.Invalid("approval-missing", "data.approvedBy", "夜间或者法定节假日紧急拆除须经机关负责人批准，请填写批准人。");
        }

        try
        {
            CompulsionGuard.Require(report.At, session.Calendar, NightHours.Usual, report.EmergencyReason);
        }
        catch (DomainRuleException forbidden)
        {
            // A person named the hour: the whole request is refused.
            throw Refusal.Invalid(forbidden.Code, "data.at", forbidden.Message);
        }

        var note = $"{report.Note ?? "强制拆除完毕"}；见证人{witness}，录像{video}，物品清单：{inventory}"
            + (report.EmergencyReason is { Length: > 0 } why ? $"；紧急情况：{why}，批准人{report.ApprovedBy}" : "");
        return Add(one, EnforcementStage.Execution, Done, note, [video]);
    }

    /// <summary>停止供电 of an unoccupied home in which load-bearing parts were removed, where the building is in danger; written to the supplier.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="allowed">Items for which the law allows it.</param>
    /// <param name="command">What is the case.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>supply-cut</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Case> CutSupplyAsync(string caseId, IReadOnlyList<string> allowed, SupplyCut command, CancellationToken cancellationToken = default)
    {
        var one = await GetAsync(caseId, cancellationToken);
        Deciders.RequireHead(session.Actor, session.Actor.Department, "通知停止供电");
        if (!allowed.Contains(command.ItemCode, StringComparer.Ordinal) || !command.Unoccupied || !command.Danger)
        {
            throw Refusal.Invalid("supply-cut", "data", $"停止供电限于事项{string.Join("、", allowed)}，且房屋无人居住、危及房屋安全（浙江省房屋使用安全管理条例第十二条）。");
        }

        var letter = $"{Refusal.Text(command.Supplier, "data.supplier", "供电企业")}，{Refusal.Text(command.LetterNumber, "data.letterNumber", "书面通知文号")}";
        return session.Update(one with { SupplyCut = letter }, "enforcement.supply-cut", ("item", command.ItemCode), ("letter", command.LetterNumber));
    }

    /// <summary>The first day on which a decision that nobody contests can be forced: when both periods are over.</summary>
    public DateOnly? EnforceableFrom(Case one) => one.Enforcement.LastOrDefault(a => a is { Stage: EnforcementStage.Decision, Outcome: Done }) is not { } decision ? null
        : new[] { RemedyPeriods.Review, RemedyPeriods.Lawsuit }.Max(period => LegalDeadline.Compute(ShanghaiTime.DateOf(decision.At), period, session.Calendar).Due).AddDays(1);

    /// <summary>What a step is called.</summary>
    public static string NameOf(EnforcementStage stage) => stage switch
    {
        EnforcementStage.StopOrder => "责令停止",
        EnforcementStage.Confirmation => "认定",
        EnforcementStage.Views => "听取陈述申辩",
        EnforcementStage.Decision => "限期改正、拆除决定",
        EnforcementStage.Announcement => "公告限期自行拆除",
        EnforcementStage.Reminder => "催告",
        EnforcementStage.Defence => "催告后陈述申辩",
        EnforcementStage.ExecutionDecision => "强制执行决定",
        EnforcementStage.Mandate => "人民政府责成",
        EnforcementStage.Execution => "强制拆除",
        _ => "核实自行拆除",
    };

    private void RequireBefore(Case one, EnforcementStage stage)
    {
        EnforcementStage? before = stage switch
        {
            EnforcementStage.Decision => EnforcementStage.Views,
            EnforcementStage.Announcement => EnforcementStage.Decision,
            EnforcementStage.Reminder => EnforcementStage.Announcement,
            EnforcementStage.Defence => EnforcementStage.Reminder,
            EnforcementStage.ExecutionDecision => EnforcementStage.Defence,
            EnforcementStage.Mandate => EnforcementStage.ExecutionDecision,
            EnforcementStage.Execution => EnforcementStage.Mandate,
            _ => null,
        };
        if (before is { } needed && !one.Enforcement.Any(a => a.Stage == needed && a.Outcome is Done or Upheld))
        {
            throw Refusal.Conflict("enforcement-order", "stage", $"{NameOf(stage)}之前须先完成{NameOf(needed)}，请按法定步骤办理。");
        }

        // Who lost in court or before the review authority need not be waited for any longer.
        if (stage == EnforcementStage.Reminder && !one.Enforcement.Any(a => a.Outcome == Upheld) && EnforceableFrom(one) is { } first && session.Today() < first)
        {
            throw Refusal.Conflict("enforcement-too-early", "stage", $"复议和诉讼期限至{ChineseDate.Of(first.AddDays(-1))}届满，此前不得催告和强制执行（行政强制法第四十四条）。");
        }
    }

    private Case Add(Case one, EnforcementStage stage, string outcome, string note, IReadOnlyList<string> evidence) => session.Update(
        one with { Enforcement = [.. one.Enforcement, new EnforcementAct(stage, outcome, note, evidence, session.Actor.Id, session.Now)] },
        "enforcement.step", ("stage", stage.ToString()), ("outcome", outcome));

    private ValueTask<Case> GetAsync(string id, CancellationToken ct) => session.GetAsync<Case>(id, "caseId", "案件", ct);
}
