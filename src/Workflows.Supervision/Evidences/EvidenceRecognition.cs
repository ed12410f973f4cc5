using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Evidences;

/// <summary>证据互认: what a department decided on another's evidence.</summary>
public sealed record EvidenceRecognition : SupervisionRecord
{
    /// <summary>The evidence.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>Department that took it.</summary>
    public required string Holder { get; init; }

    /// <summary>Department that decided.</summary>
    public required string By { get; init; }

    /// <summary>Whether it is accepted.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Who decided, and why.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Hash of the file when it was decided, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Agreement on which it rests; null where both take part in the same case.</summary>
    public string? AgreementId { get; init; }

    /// <summary>The piece of evidence that it became in another case, or null.</summary>
    public string? CopyId { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => Accepted ? "Accepted" : "Rejected";

    /// <inheritdoc/>
    protected override string? KindKey => Holder;
}

/// <summary>Accepts or rejects another department's evidence.</summary>
/// <param name="Accept">Whether it is accepted.</param>
/// <param name="Reason">Why.</param>
/// <param name="CaseId">Case of the own department in which it shall be used, or null for the case that it belongs to.</param>
public sealed record RecogniseEvidence(bool Accept, string Reason, string? CaseId = null);

/// <summary>Kinds of review of what equipment recorded.</summary>
public enum MonitoringReviewKind
{
    /// <summary>法制审核.</summary>
    Legal,

    /// <summary>技术审核.</summary>
    Technical,
}

/// <summary>
/// 证据共享互认. One department decides on another's evidence, with a reason, on the ground of a common case or of an agreement in force. Police records
/// (治安管理处罚法 136) are never shared; data on minors only between those who may see it; a recording of equipment only after both reviews.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="agreements">The register of agreements.</param>
public sealed class EvidenceRecognitionService(ISupervisionSession session, AgreementService agreements)
{
    /// <summary>Decides on a piece of evidence; a later decision of the same department replaces the earlier.</summary>
    /// <exception cref="RuleViolationException">
    /// <c>evidence-not-found</c> (404), <c>assistant-decides</c>, <c>own-evidence</c>, <c>agreement-missing</c>, <c>monitoring-unreviewed</c>, <c>field-missing</c>, <c>other-target</c>.
    /// </exception>
    public async ValueTask<EvidenceRecognition> DecideAsync(string evidenceId, RecogniseEvidence command, CancellationToken cancellationToken = default)
    {
        var evidence = await session.GetAsync<Evidence>(evidenceId, "evidenceId", "证据", cancellationToken);
        var own = session.Actor.Department ?? "";
        if (!EvidenceGuard.MaySee(session.Actor, evidence) || evidence.Sealed)
        {
            throw Refusal.NotFound("evidence-not-found", "evidenceId", $"证据“{evidenceId}”不存在，请核对编号。");
        }

        Deciders.RequireOfficer(session.Actor, "认定其他部门的证据");
        if (evidence.Holder is null || evidence.Holder == own)
        {
            throw Refusal.Conflict("own-evidence", "evidenceId", "本部门的证据或者取证部门不明的证据不需要互认。");
        }

        var reason = Refusal.Text(command.Reason, "reason", command.Accept ? "采信理由" : "不予采信的理由");
        if (command.Accept)
        {
            EvidenceGuard.RequireUsable(evidence, "evidenceId");
        }

        var one = await session.GetAsync<Case>(evidence.CaseId!, "caseId", "案件", cancellationToken);
        var isJoint = one.Departments.Any(d => d.Code == own) && command.CaseId is null;
        var agreement = await agreements.FindAsync(CooperationPermission.Evidence, evidence.Holder, own, evidence.Area, cancellationToken);
        if (!isJoint && agreement is null)
        {
            throw Refusal.Conflict("agreement-missing", "evidenceId", $"与“{evidence.Holder}”没有生效的证据互认协议，不能采信其他案件的证据：请先登记协作协议。");
        }

        var copy = command is { Accept: true, CaseId: { } into } ? await CopyAsync(evidence, into, own, cancellationToken) : null;
        var decided = session.Add(
            new EvidenceRecognition
            {
                Id = session.NewId(), CaseKey = evidence.CaseKey, CaseId = evidence.CaseId, PlanId = evidence.PlanId, TargetId = evidence.TargetId, Area = evidence.Area, Department = null,
                Created = session.Cause(), EvidenceId = evidence.Id, Holder = evidence.Holder, By = own, Accepted = command.Accept,
                Decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, reason), Sha256 = evidence.Sha256, AgreementId = isJoint ? null : agreement!.Id, CopyId = copy?.Id,
            },
            "evidence.recognition", ("evidence", evidence.Id), ("department", own), ("accepted", command.Accept ? "yes" : "no"), ("sha256", evidence.Sha256), ("agreement", agreement?.Id));
        session.Update(evidence with { Custody = [.. evidence.Custody, Step(evidence, command.Accept ? "互认采信" : "不予采信", reason)] }, "evidence.custody");
        return decided;
    }

    /// <summary>Reviews what equipment recorded; the two reviews are made by different people, and by nobody who handed it in.</summary>
    /// <exception cref="RuleViolationException"><c>not-monitoring</c>, <c>legal-reviewer-required</c>, <c>own-legal-review</c>, <c>own-review</c>, <c>other-department</c>, <c>already-decided</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Evidence> ReviewAsync(string evidenceId, MonitoringReviewKind kind, bool passes, string opinion, CancellationToken cancellationToken = default)
    {
        var evidence = await session.GetAsync<Evidence>(evidenceId, "evidenceId", "证据", cancellationToken);
        if (evidence.Origin != EvidenceOrigin.Monitoring)
        {
            throw Refusal.Conflict("not-monitoring", "evidenceId", "只有电子技术监控设备记录的证据需要法制和技术审核。");
        }

        Deciders.RequireDepartment(session.Actor, evidence.Holder, "审核监控记录");
        var review = evidence.Review ?? new MonitoringReview();
        if ((kind == MonitoringReviewKind.Legal ? review.Legal : review.Technical) is not null)
        {
            throw Refusal.Conflict("already-decided", "evidenceId", "此项审核已经作出。");
        }

        var decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(opinion, "opinion", "审核意见"));
        var other = kind == MonitoringReviewKind.Legal ? review.Technical : review.Legal;
        if (other is not null && Deciders.IsSame(session.Actor, other.By) || Deciders.IsSame(session.Actor, evidence.Created.ActorId))
        {
            throw Refusal.Forbidden("own-review", "actor", "法制审核和技术审核应由不同人员作出，报送人不得自审。");
        }

        if (kind == MonitoringReviewKind.Legal)
        {
            Deciders.RequireLegalReviewer(session.Actor, evidence.Created.ActorId);
            review = review with { Legal = decision, LegalPassed = passes };
        }
        else
        {
            Deciders.RequireOfficer(session.Actor, "技术审核");
            review = review with { Technical = decision, TechnicalPassed = passes };
        }

        return session.Update(
            evidence with { Review = review, Custody = [.. evidence.Custody, Step(evidence, kind == MonitoringReviewKind.Legal ? "法制审核" : "技术审核", passes ? "通过" : "未通过")] },
            "evidence.reviewed", ("kind", kind.ToString()), ("passes", passes ? "yes" : "no"));
    }

    private async ValueTask<Evidence> CopyAsync(Evidence evidence, string caseId, string own, CancellationToken ct)
    {
        var into = await session.GetAsync<Case>(caseId, "caseId", "案件", ct);
        if (into.TargetId != evidence.TargetId || into.Departments.All(d => d.Code != own))
        {
            throw Refusal.Conflict("other-target", "caseId", "只能用于本部门承办的、同一对象的案件，请核对。");
        }

        var earlier = await session.ListAsync<Evidence>(new AggregateFilter { CaseId = caseId }, ct);
        if (earlier.FirstOrDefault(e => e.CopyOf == evidence.Id) is { } copied)
        {
            return copied;
        }

        return session.Add(
            evidence with
            {
                Id = session.NewId(), CaseKey = into.CaseKey, CaseId = into.Id, PlanId = into.PlanId, Area = into.Area, Created = session.Cause(), Changed = null, Ordinal = earlier.Count + 1,
                Origin = EvidenceOrigin.Recognised, CopyOf = evidence.Id, Custody = [.. evidence.Custody, Step(evidence, "移入", $"由“{evidence.Holder}”的案件互认移入")],
            },
            "evidence.kept", ("sha256", evidence.Sha256), ("copyOf", evidence.Id));
    }

    private CustodyStep Step(Evidence evidence, string act, string? note) =>
        new(session.Now, session.Actor.Id, session.Actor.Name, session.Actor.Department, act, note, evidence.Sha256);
}
