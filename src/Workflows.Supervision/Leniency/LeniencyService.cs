using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Leniency;

/// <summary>Proposes leniency for findings put right on the spot.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Kind">Which leniency.</param>
/// <param name="FindingIds">Findings of one organ.</param>
/// <param name="Harm">Harm as found: 无 or 轻微.</param>
/// <param name="Education">What the party was taught.</param>
/// <param name="PromiseSigned">Whether the party signed a promise.</param>
public sealed record ProposeLeniency(
    string CaseId, LeniencyKind Kind, IReadOnlyList<string> FindingIds, string Harm, string Education, bool PromiseSigned);

/// <summary>首违不罚 and 轻微不罚: conditions, legal review by another, decision of the head; else 当场改正 with recorded education.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class LeniencyService(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Outcome: not punished.</summary>
    public const string Granted = "不予处罚";

    /// <summary>Outcome: leniency was turned down.</summary>
    public const string Rejected = "不适用";

    /// <summary>Outcome of a review: agreed.</summary>
    public const string Agreed = "审核通过";

    /// <summary>Outcome of a review: sent back.</summary>
    public const string SentBack = "审核退回";

    /// <summary>The conditions that a finding does not meet, in Chinese; empty if leniency is open to it.</summary>
    /// <param name="kind">Which leniency.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="item">Its item.</param>
    /// <param name="harm">Harm as found.</param>
    /// <param name="firstOffence">Whether no earlier violation of the kind was found.</param>
    public static IReadOnlyList<string> UnmetConditions(LeniencyKind kind, Finding finding, ScenarioItem item, string harm, bool firstOffence)
    {
        var unmet = new List<string>();
        if (finding.PenaltyClause is not (PenaltyClause.Direct or PenaltyClause.WarnAndCorrect))
        {
            unmet.Add($"罚则为“{SeverityText.Of(finding.PenaltyClause)}”，没有可以免除的处罚，应作当场改正处理");
        }

        if (item.Leniency is not { } leniency || !(kind == LeniencyKind.FirstOffence ? leniency.FirstOffence : leniency.MinorOffence))
        {
            unmet.Add($"事项“{item.Code}”不在{(kind == LeniencyKind.FirstOffence ? "首违不罚" : "轻微不罚")}清单内");
        }

        if (finding.Fix is null)
        {
            unmet.Add("没有及时改正的证据");
        }

        if (kind == LeniencyKind.FirstOffence && !firstOffence)
        {
            unmet.Add("查询期内有同类违法记录，不是初次违法");
        }

        if (kind == LeniencyKind.MinorOffence && finding.Severity != Severity.Minor)
        {
            unmet.Add("违法行为不属于轻微");
        }

        if (kind == LeniencyKind.MinorOffence ? harm != "无" : harm is not ("无" or "轻微"))
        {
            unmet.Add(kind == LeniencyKind.MinorOffence ? "有危害后果" : "危害后果不轻微");
        }

        return unmet;
    }

    /// <summary>Queries earlier violations of the same items by the target within the look-back.</summary>
    public async ValueTask<FirstOffenceQuery> QueryAsync(
        string targetId, string caseId, IReadOnlyList<string> itemCodes, LegalPeriod lookBack, CancellationToken cancellationToken = default)
    {
        var today = session.Today();
        var from = lookBack.Unit switch
        {
            PeriodUnit.Years => today.AddYears(-lookBack.Length),
            PeriodUnit.Months => today.AddMonths(-lookBack.Length),
            _ => today.AddDays(-lookBack.Length),
        };
        var findings = await session.ListAsync<Finding>(new AggregateFilter { TargetId = targetId, Kinds = itemCodes }, cancellationToken);
        var earlier = findings.Where(f => f.CaseId != caseId && f.ViolatedOn >= from && f.ViolatedOn <= today).Select(f => f.CaseId!).Distinct().ToList();
        return new FirstOffenceQuery(from, today, earlier, itemCodes);
    }

    /// <summary>Proposes leniency.</summary>
    /// <exception cref="RuleViolationException"><c>leniency-conditions</c> with every unmet condition, <c>assistant-decides</c>, <c>leniency-organs</c>, <c>leniency-already</c>.</exception>
    public async ValueTask<LeniencyDecision> ProposeAsync(ProposeLeniency command, CancellationToken cancellationToken = default)
    {
        Deciders.RequireOfficer(session.Actor, "提出不予处罚意见");
        var one = await session.GetAsync<Case>(command.CaseId, "caseId", "案件", cancellationToken);
        var scenario = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario;
        var education = Refusal.Text(command.Education, "education", "教育内容");
        var findings = new List<Finding>();
        foreach (var id in command.FindingIds.Distinct())
        {
            var finding = await session.GetAsync<Finding>(id, "findingIds", "问题", cancellationToken);
            findings.Add(finding.CaseId == one.Id ? finding : throw Refusal.NotFound("finding-not-found", "findingIds", $"问题“{id}”不属于本案，请核对。"));
        }

        if (findings.Select(f => f.PenaltyDepartment).Distinct().Count() != 1)
        {
            throw Refusal.Invalid("leniency-organs", "findingIds", "请按处罚部门分别提出，每份决定只包含一个部门的问题。");
        }

        if (findings.Any(f => f.Disposition == Disposition.Lenient))
        {
            throw Refusal.Conflict("leniency-already", "findingIds", "所选问题已有不予处罚决定。");
        }

        var query = await QueryAsync(one.TargetId!, one.Id, [.. findings.Select(f => f.ItemCode).Distinct()], scenario.Leniency.LookBack, cancellationToken);
        var unmet = new List<string>();
        foreach (var finding in findings)
        {
            var item = scenario.Item(finding.ItemCode)!.As(finding.VariantCode)!;
            unmet.AddRange(UnmetConditions(command.Kind, finding, item, command.Harm, query.EarlierCaseIds.Count == 0).Select(c => $"{finding.ItemCode}：{c}"));
        }

        if (unmet.Count > 0)
        {
            throw Refusal.Conflict("leniency-conditions", "findingIds", $"不符合不予处罚条件：{string.Join("；", unmet)}。");
        }

        return session.Add(
            new LeniencyDecision
            {
                Id = session.NewId(),
                CaseKey = one.CaseKey,
                CaseId = one.Id,
                PlanId = one.PlanId,
                TargetId = one.TargetId,
                Area = one.Area,
                Department = findings[0].PenaltyDepartment,
                Created = session.Cause(),
                Kind = command.Kind,
                FindingIds = [.. findings.Select(f => f.Id)],
                SelfCorrectionIds = [.. findings.Select(f => f.SelfCorrectionId).OfType<string>().Distinct(StringComparer.Ordinal)],
                MatterNumber = string.Join("、", findings.Select(f => scenario.Item(f.ItemCode)!.As(f.VariantCode)!.Leniency!.Matter).Distinct()),
                Query = query,
                Harm = command.Harm,
                Education = education,
                PromiseSigned = command.PromiseSigned,
                HandlerId = session.Actor.Id,
                State = LeniencyState.Proposed,
            },
            "leniency.proposed");
    }

    /// <summary>法制审核 by somebody else than the handler.</summary>
    /// <returns><see cref="Agreed"/> or <see cref="SentBack"/>.</returns>
    /// <exception cref="RuleViolationException"><c>legal-reviewer-required</c>, <c>own-legal-review</c>, <c>leniency-state</c>.</exception>
    public async ValueTask<string> ReviewAsync(string id, bool agree, string opinion, CancellationToken cancellationToken = default)
    {
        var decision = await GetAsync(id, cancellationToken);
        Deciders.RequireLegalReviewer(session.Actor, decision.HandlerId);
        RequireState(decision, LeniencyState.Proposed, "审核");
        var review = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(opinion, "opinion", "审核意见"));
        session.Update(decision with { State = agree ? LeniencyState.Reviewed : LeniencyState.Rejected, LegalReview = review }, "leniency.reviewed");
        return agree ? Agreed : SentBack;
    }

    /// <summary>Decision of the head, after the legal review.</summary>
    /// <returns><see cref="Granted"/> or <see cref="Rejected"/>.</returns>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>legal-review-missing</c>.</exception>
    public async ValueTask<string> DecideAsync(string id, bool approve, string reason, CancellationToken cancellationToken = default)
    {
        var decision = await GetAsync(id, cancellationToken);
        Deciders.RequireHead(session.Actor, decision.Department, "决定不予处罚");
        if (decision.LegalReview is null)
        {
            throw Refusal.Conflict("legal-review-missing", "id", "尚未经法制审核，不能作出决定。");
        }

        RequireState(decision, LeniencyState.Reviewed, "决定");
        var by = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "决定理由"));
        session.Update(decision with { State = approve ? LeniencyState.Decided : LeniencyState.Rejected, Approval = by }, "leniency.decided");
        if (approve)
        {
            foreach (var findingId in decision.FindingIds)
            {
                var finding = await session.GetAsync<Finding>(findingId, "findingId", "问题", cancellationToken);
                session.Update(finding with { Disposition = Disposition.Lenient, Education = by with { Reason = decision.Education } }, "finding.lenient");
            }
        }

        return approve ? Granted : Rejected;
    }

    /// <summary>Records the education of a party whose breach was put right on the spot without anything being waived.</summary>
    /// <exception cref="RuleViolationException"><c>assistant-decides</c>, <c>not-fixed</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Finding> EducateAsync(string findingId, string education, CancellationToken cancellationToken = default)
    {
        Deciders.RequireOfficer(session.Actor, "认定当场改正");
        var finding = await session.GetAsync<Finding>(findingId, "findingId", "问题", cancellationToken);
        return finding.Fix is null
            ? throw Refusal.Conflict("not-fixed", "findingId", "该问题没有当场改正的记录，不能按当场改正办结。")
            : session.Update(finding with { Education = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(education, "education", "教育内容")) }, "finding.educated");
    }

    private ValueTask<LeniencyDecision> GetAsync(string id, CancellationToken ct) => session.GetAsync<LeniencyDecision>(id, "leniencyId", "不予处罚决定", ct);

    private static void RequireState(LeniencyDecision decision, LeniencyState state, string act)
    {
        if (decision.State != state)
        {
            throw Refusal.Conflict("leniency-state", "id", $"该不予处罚意见当前为“{decision.State}”，不能{act}。");
        }
    }
}
