using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
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

    /// <summary>Outcome of a verification: the party has not done it, whatever it said.</summary>
    public const string NotPerformed = "未履行";

    /// <summary>Outcome of a confirmation: nothing breaks the law.</summary>
    public const string Lawful = "不构成违法";

    /// <summary>Outcome of a review or a first judgment: the decision stands, and the party has fifteen days more.</summary>
    public const string Upheld = "维持";

    /// <summary>Outcome of the last judgment: the decision stands for good.</summary>
    public const string FinallyUpheld = "终审维持";

    /// <summary>Outcome of review or lawsuit: the decision is annulled.</summary>
    public const string Annulled = "撤销";

    /// <summary>Takes a step.</summary>
    /// <exception cref="RuleViolationException"><c>enforcement-order</c>, <c>enforcement-too-early</c>, <c>enforcement-contested</c>, <c>enforcement-day</c>, <c>head-required</c>, <c>other-department</c>,
    /// <c>field-missing</c>.</exception>
    public async ValueTask<Case> TakeAsync(string caseId, EnforcementStage stage, string outcome, EnforcementReport report, CancellationToken cancellationToken = default)
    {
        var one = await GetAsync(caseId, cancellationToken);
        var note = Refusal.Text(report.Note, "data.note", "办理情况");
        if (stage == EnforcementStage.Execution && outcome == Done)
        {
            throw Refusal.Invalid("enforcement-order", "stage", "强制拆除须登记时间、见证人、录像和物品清单，请用“实施强制拆除”步骤办理。");
        }

        if (outcome == Done || stage == EnforcementStage.Remedy)
        {
            EnforcementOrder.Require(one, stage, session.Today(), session.Calendar);
        }

        if (outcome == Done && stage is EnforcementStage.Decision or EnforcementStage.ExecutionDecision or EnforcementStage.EmergencyApproval)
        {
            Deciders.RequireHead(session.Actor, one.LeadDepartment, NameOf(stage));
        }

        var servedOn = (stage == EnforcementStage.Decision && outcome == Done) || stage == EnforcementStage.Remedy ? Served(one, stage, report.ServedOn) : (DateOnly?)null;
        var performBy = outcome == Done && stage is EnforcementStage.Announcement or EnforcementStage.Reminder ? Ahead(report.PerformBy) : (DateOnly?)null;
        return Add(one, new EnforcementAct(stage, outcome, note, report.EvidenceIds ?? [], session.Actor.Id, session.Now, servedOn, performBy));
    }

    /// <summary>强制拆除: never at night or on a statutory holiday, except in an emergency that the head of the lead department, not the one who executes, has approved; with witness, video and inventory.</summary>
    /// <exception cref="RuleViolationException"><c>enforcement-order</c>, <c>enforcement-contested</c>, <c>field-missing</c>, <c>execution-time</c>, <c>approval-missing</c>, <c>enforcement-at-night</c>,
    /// <c>enforcement-on-holiday</c>.</exception>
    public async ValueTask<Case> ExecuteAsync(string caseId, ExecutionReport report, CancellationToken cancellationToken = default)
    {
        var one = await GetAsync(caseId, cancellationToken);
        EnforcementOrder.Require(one, EnforcementStage.Execution, session.Today(), session.Calendar);
        var witness = Refusal.Text(report.Witness, "data.witness", "见证人");
        var video = Refusal.Text(report.VideoNumber, "data.videoNumber", "录像编号");
        var inventory = Refusal.Text(report.Inventory, "data.inventory", "物品清单");
        var at = report.At ?? throw Refusal.Invalid("field-missing", "data.at", "请填写强制拆除开始的时间。");
        var acts = EnforcementOrder.SinceDecision(one);
        if (at > session.Now || at < acts.Last(a => a is { Stage: EnforcementStage.Mandate, Outcome: Done }).At)
        {
            throw Refusal.Invalid("execution-time", "data.at", "强制拆除的时间不得早于人民政府责成，也不得晚于现在，请填写实际开始的时间。");
        }

        var why = string.IsNullOrWhiteSpace(report.EmergencyReason) ? null : report.EmergencyReason;
        var approval = why is null ? null : acts.LastOrDefault(a => a is { Stage: EnforcementStage.EmergencyApproval, Outcome: Done } && a.At <= at && a.By != session.Actor.Id)
            ?? throw Refusal.Invalid("approval-missing", "data.emergencyReason", "夜间或者法定节假日紧急拆除须事先经牵头部门负责人批准（批准人不得是实施人），请先办理紧急批准。");
        try
        {
            CompulsionGuard.Require(at, session.Calendar, NightHours.Usual, why);
        }
        catch (DomainRuleException forbidden)
        {
            // A person named the hour: the whole request is refused.
            throw Refusal.Invalid(forbidden.Code, "data.at", forbidden.Message);
        }

        var note = $"{report.Note ?? "强制拆除完毕"}；见证人{witness}，录像{video}，物品清单：{inventory}" + (approval is null ? "" : $"；紧急情况：{why}，批准人{approval.By}");
        return Add(one, new EnforcementAct(EnforcementStage.Execution, Done, note, [video], session.Actor.Id, session.Now));
    }

    /// <summary>停止供电 of an unoccupied home in which load-bearing parts were removed, where the building is in danger; written to the supplier by the head of the lead department.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="allowed">Items for which the law allows it.</param>
    /// <param name="command">What is the case.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>other-department</c>, <c>supply-cut</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Case> CutSupplyAsync(string caseId, IReadOnlyList<string> allowed, SupplyCut command, CancellationToken cancellationToken = default)
    {
        var one = await GetAsync(caseId, cancellationToken);
        Deciders.RequireHead(session.Actor, one.LeadDepartment, "通知停止供电");
        if (!allowed.Contains(command.ItemCode, StringComparer.Ordinal) || !command.Unoccupied || !command.Danger || !await IsFoundAsync(one, command.ItemCode!, cancellationToken))
        {
            throw Refusal.Invalid(
                "supply-cut", "data", $"停止供电限于本案已查明且尚未改正的事项{string.Join("、", allowed)}，且房屋无人居住、危及房屋安全（浙江省房屋使用安全管理条例第十二条）。");
        }

        var letter = $"{Refusal.Text(command.Supplier, "data.supplier", "供电企业")}，{Refusal.Text(command.LetterNumber, "data.letterNumber", "书面通知文号")}";
        return session.Update(one with { SupplyCut = letter }, "enforcement.supply-cut", ("item", command.ItemCode), ("letter", command.LetterNumber));
    }

    /// <summary>The first day on which the decision can be forced; null without one, while it is contested, and after it was annulled.</summary>
    public DateOnly? EnforceableFrom(Case one) => EnforcementOrder.EnforceableFrom(one, session.Calendar);

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
        EnforcementStage.Contest => "申请复议或者提起诉讼",
        EnforcementStage.Remedy => "复议诉讼结果",
        EnforcementStage.EmergencyApproval => "紧急情况批准",
        _ => "核实自行拆除",
    };

    // Found on a visit of the case, or by the patrol from whose lead the case was opened.
    private async ValueTask<bool> IsFoundAsync(Case one, string item, CancellationToken ct) =>
        (await session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }, ct))
            .Any(f => f.ItemCode == item && f.Disposition is not (Disposition.Rectified or Disposition.Refuted or Disposition.FixedOnSpot or Disposition.Lenient))
        || (one.SourceReference is { } source && await session.FindAsync<Lead>(source, ct) is { } lead
            && lead.Patrols.LastOrDefault(p => p.At <= one.Created.At)?.Found.Contains(item, StringComparer.Ordinal) == true);

    private DateOnly Served(Case one, EnforcementStage stage, DateOnly? given)
    {
        var day = given ?? throw Refusal.Invalid("field-missing", "data.servedOn", $"请填写{NameOf(stage)}文书的送达日期，复议和诉讼期限自送达之日起算。");
        var after = one.Enforcement.Last(a => a.Stage == (stage == EnforcementStage.Decision ? EnforcementStage.Views : EnforcementStage.Contest));
        return day <= session.Today() && day >= ShanghaiTime.DateOf(after.At) ? day
            : throw Refusal.Invalid("enforcement-day", "data.servedOn", $"送达日期不得晚于今天，也不得早于{NameOf(after.Stage)}，请核对送达回证。");
    }

    private DateOnly Ahead(DateOnly? given)
    {
        var day = given ?? throw Refusal.Invalid("field-missing", "data.performBy", "请填写限当事人履行的最后一日。");
        return day > session.Today() ? day : throw Refusal.Invalid("enforcement-day", "data.performBy", "限当事人履行的最后一日须在今天之后，请给予合理期限。");
    }

    private Case Add(Case one, EnforcementAct act) => session.Update(
        one with { Enforcement = [.. one.Enforcement, act] }, "enforcement.step", ("stage", act.Stage.ToString()), ("outcome", act.Outcome));

    private ValueTask<Case> GetAsync(string id, CancellationToken ct) => session.GetAsync<Case>(id, "caseId", "案件", ct);
}
