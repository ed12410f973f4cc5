using Workflows.Supervision.Documents;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Rectification;

/// <summary>
/// 停止使用、临时查封 and the like: only what the item provides, approved before or made good within 24 hours (强制法 19). The decision is on paper at once,
/// since it is handed over on the spot (强制法 18, 24), and so is its end.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="papers">Issues both papers (documents.md 11).</param>
public sealed class StopMeasureService(ISupervisionSession session, IScenarioCatalogue scenarios, RecordPapers papers)
{
    /// <summary>Form of the decision to take a measure.</summary>
    public const string StopNotice = "stop-notice";

    /// <summary>Form of the decision to end it.</summary>
    public const string LiftNotice = "lift-notice";

    /// <summary>Takes a measure.</summary>
    /// <exception cref="RuleViolationException"><c>no-stop-measure</c>, <c>assistant-decides</c>, <c>head-required</c>, <c>basis-not-in-force</c>, and those of <see cref="DocumentIssuing.IssueAsync"/>.</exception>
    public async ValueTask<StopMeasure> TakeAsync(string findingId, bool urgent, CancellationToken cancellationToken = default)
    {
        var finding = await session.GetAsync<Finding>(findingId, "findingId", "问题", cancellationToken);
        var one = await session.GetAsync<Case>(finding.CaseId!, "caseId", "案件", cancellationToken);
        var package = await scenarios.RequireAsync(one.PackageVersionId, cancellationToken);
        var measure = package.Scenario.Item(finding.ItemCode)?.As(finding.VariantCode)?.StopMeasure
            ?? throw Refusal.Invalid("no-stop-measure", "findingId", $"事项“{finding.ItemCode}”没有可以采取的强制措施。");
        Deciders.RequireOfficer(session.Actor, "采取强制措施");
        if (!urgent)
        {
            Deciders.RequireHead(session.Actor, finding.PenaltyDepartment, $"决定{measure.Kind}");
        }

        var bases = measure.Bases.Select(code => package.Law.Find(code, finding.ViolatedOn)?.Text
            ?? throw Refusal.Invalid("basis-not-in-force", "findingId", $"法律依据“{code}”在违法行为发生日没有有效条文，请补充依据库。"));
        var taken = session.Add(
            new StopMeasure
            {
                Id = session.NewId(),
                CaseKey = finding.CaseKey,
                CaseId = finding.CaseId,
                PlanId = finding.PlanId,
                TargetId = finding.TargetId,
                Area = finding.Area,
                Department = finding.PenaltyDepartment,
                Created = session.Cause(),
                FindingId = finding.Id,
                Measure = measure.Kind,
                LegalBasis = string.Join("、", bases),
                TakenAt = session.Now,
                Urgent = urgent,
                ApproveBy = urgent ? session.Now.AddHours(24) : null,
                Approval = urgent ? null : new Decision(session.Actor.Id, session.Actor.Name, session.Now, "批准实施"),
            },
            "measure.taken", ("measure", measure.Kind));
        return await papers.IssueAsync(StopNotice, taken, cancellationToken) is { } notice
            ? session.Update(taken with { NoticeId = notice.Id, NoticeNumber = notice.Number }, "measure.notice", ("number", notice.Number))
            : taken;
    }

    /// <summary>Makes the approval of an urgent measure good; after 24 hours it can only be lifted.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>approval-too-late</c>, <c>already-decided</c>.</exception>
    public async ValueTask<StopMeasure> ApproveAsync(string measureId, string reason, CancellationToken cancellationToken = default)
    {
        var measure = await session.GetAsync<StopMeasure>(measureId, "measureId", "强制措施", cancellationToken);
        Deciders.RequireHead(session.Actor, measure.Department, "补办强制措施批准手续");
        if (measure.Approval is not null || measure.Lifted is not null)
        {
            throw Refusal.Conflict("already-decided", "measureId", "该强制措施已经批准或者解除。");
        }

        return session.Now > measure.ApproveBy
            ? throw Refusal.Conflict("approval-too-late", "measureId", "已超过24小时补办期限（行政强制法第十九条），应当立即解除。")
            : session.Update(measure with { Approval = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "理由")) }, "measure.approved");
    }

    /// <summary>Lifts a measure.</summary>
    /// <exception cref="RuleViolationException"><c>already-decided</c>, <c>head-required</c>.</exception>
    public async ValueTask<StopMeasure> LiftAsync(string measureId, string reason, CancellationToken cancellationToken = default)
    {
        var measure = await session.GetAsync<StopMeasure>(measureId, "measureId", "强制措施", cancellationToken);
        if (session.Actor.IsPerson)
        {
            Deciders.RequireHead(session.Actor, measure.Department, "解除强制措施");
        }

        if (measure.Lifted is not null)
        {
            throw Refusal.Conflict("already-decided", "measureId", "该强制措施已经解除。");
        }

        var lifted = session.Update(measure with { Lifted = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "理由")) }, "measure.lifted");
        return lifted.NoticeId is not null && await papers.IssueAsync(LiftNotice, lifted, cancellationToken) is { } notice
            ? session.Update(lifted with { LiftNoticeId = notice.Id, LiftNoticeNumber = notice.Number }, "measure.notice", ("number", notice.Number))
            : lifted;
    }
}
