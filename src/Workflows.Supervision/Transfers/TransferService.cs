using Workflows.Supervision.Documents;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Transfers;

/// <summary>
/// 案件移送: reported by an officer, decided by the head, handed over, answered with a receipt. Suspected crime: the head decides within 3 days, without any rolling over
/// of holidays, and it is handed over within 24 hours of the decision (国务院移送规定 5). Each step stands with its due time on the list of whoever has to act.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="papers">Issues the letter (documents.md 7) with the decision.</param>
public sealed class TransferService(ISupervisionSession session, RecordPapers papers)
{
    /// <summary>Days for the decision on suspected crime (移送规定 5).</summary>
    public const int CrimeDecisionDays = 3;

    /// <summary>Hours for handing suspected crime over (移送规定 5).</summary>
    public const int CrimeHandoverHours = 24;

    /// <summary>Working days for the receipt of the receiver, as the letter asks.</summary>
    public const int ReceiptDays = 5;

    private const int DecisionDays = 2;

    /// <summary>Reports a matter for transfer.</summary>
    /// <exception cref="RuleViolationException"><c>assistant-decides</c>, <c>other-department</c>, <c>field-missing</c>, <c>finding-not-found</c>, <c>finding-transferred</c>, <c>receiver-department</c>, <c>evidence-not-found</c>, <c>monitoring-unreviewed</c>.</exception>
    public async ValueTask<CaseTransfer> ReportAsync(string caseId, ReportTransfer command, CancellationToken cancellationToken = default)
    {
        Deciders.RequireOfficer(session.Actor, "提请移送");
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var department = session.Actor.Department ?? one.LeadDepartment;
        await RequireReceiverAsync(one, command.ReceiverDepartment, department, cancellationToken);
        var gone = (await session.ListAsync<CaseTransfer>(new AggregateFilter { CaseId = caseId }, cancellationToken)).Where(t => t.IsOpen).SelectMany(t => t.FindingIds).ToHashSet(StringComparer.Ordinal);
        var dispositions = new Dictionary<string, Disposition>(StringComparer.Ordinal);
        foreach (var id in command.FindingIds)
        {
            var finding = await session.GetAsync<Finding>(id, "findingIds", "问题", cancellationToken);
            MinorData.Require(session.Actor, finding);
            if (finding.CaseId != caseId)
            {
                throw Refusal.NotFound("finding-not-found", "findingIds", $"问题“{id}”不属于本案，请核对。");
            }

            if (finding.SupervisingDepartment != department && finding.PenaltyDepartment != department)
            {
                throw Refusal.Forbidden("other-department", "findingIds", $"问题“{finding.ItemTitle}”不由本部门监管或者处罚，不能由本部门提请移送。");
            }

            if (finding.Disposition is Disposition.Refuted or Disposition.Transfer || gone.Contains(id))
            {
                throw Refusal.Conflict("finding-transferred", "findingIds", $"问题“{finding.ItemTitle}”已经移送、正在移送或者已被推翻，不能再提请移送。");
            }

            dispositions[id] = finding.Disposition;
        }

        var crime = command.Kind == TransferKind.ToPolice;
        // 移送规定 5: two days of a working week are not waited for; the third day is the third day.
        var due = crime
            ? ShanghaiTime.PassedAt(session.Today().AddDays(CrimeDecisionDays))
            : LegalDeadline.Compute(session.Today(), LegalPeriod.WorkingDays(DecisionDays), session.Calendar).PassedAt;
        var transfer = new CaseTransfer
        {
            Id = session.NewId(), CaseKey = one.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Department = department, Created = session.Cause(),
            Kind = command.Kind,
            Receiver = Refusal.Text(command.Receiver, "receiver", "受移送机关"),
            ReceiverDepartment = command.ReceiverDepartment,
            Reason = Refusal.Text(command.Reason, "reason", "移送原因"),
            Summary = Refusal.Text(command.Summary, "summary", "案情摘要"),
            Dispositions = dispositions,
            FindingIds = command.FindingIds.Count > 0 ? [.. dispositions.Keys] : throw Refusal.Invalid("field-missing", "findingIds", "请列明移送的问题。"),
            Evidence = await ListAsync(caseId, command.EvidenceIds, cancellationToken),
            Goods = command.Goods ?? [],
            Measures = command.Measures ?? [],
            State = TransferState.Reported,
        };
        return session.Add(await WaitAsync(transfer, "transfer.decide", "决定是否移送", department, Role.DepartmentHead, due, cancellationToken), "transfer.reported", ("kind", command.Kind.ToString()));
    }

    /// <summary>Decision of the head.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>other-department</c>, <c>transfer-state</c>, <c>field-missing</c>.</exception>
    public async ValueTask<CaseTransfer> DecideAsync(string id, bool transfers, string reason, CancellationToken cancellationToken = default)
    {
        var transfer = await GetAsync(id, TransferState.Reported, "决定", cancellationToken);
        Deciders.RequireHead(session.Actor, transfer.Department, "决定移送");
        var decided = await DoneAsync(transfer, transfers ? "同意移送" : "不予移送", cancellationToken) with
        {
            Decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "决定理由")),
            DecidedLate = session.Now >= transfer.DueAt,
        };
        if (!transfers)
        {
            return session.Update(decided with { State = TransferState.Refused, DueAt = null }, "transfer.refused");
        }

        var due = transfer.Kind == TransferKind.ToPolice ? session.Now.AddHours(CrimeHandoverHours) : LegalDeadline.Compute(session.Today(), LegalPeriod.WorkingDays(DecisionDays), session.Calendar).PassedAt;
        var approved = session.Update(
            await WaitAsync(decided with { State = TransferState.Approved }, "transfer.hand-over", "移交案卷材料", transfer.Department!, null, due, cancellationToken),
            "transfer.approved", ("late", decided.DecidedLate ? "yes" : "no"));
        return await papers.IssueAsync("transfer-letter", approved, cancellationToken) is { } letter
            ? session.Update(approved with { LetterId = letter.Id, LetterNumber = letter.Number }, "transfer.letter", ("number", letter.Number))
            : approved;
    }

    /// <summary>Handing over, with who received it.</summary>
    /// <exception cref="RuleViolationException"><c>assistant-decides</c>, <c>other-department</c>, <c>transfer-state</c>, <c>field-missing</c>, <c>evidence-altered</c>.</exception>
    public async ValueTask<CaseTransfer> HandOverAsync(string id, string receivedBy, CancellationToken cancellationToken = default)
    {
        var transfer = await GetAsync(id, TransferState.Approved, "移交", cancellationToken);
        Deciders.RequireOfficer(session.Actor, "移交案件");
        Deciders.RequireDepartment(session.Actor, transfer.Department, "移交案件");
        foreach (var line in transfer.Evidence)
        {
            var evidence = await session.GetAsync<Evidence>(line.EvidenceId, "evidence", "证据", cancellationToken);
            if (evidence.Sha256 != line.Sha256)
            {
                throw Refusal.Conflict("evidence-altered", "evidence", $"证据{line.Number}的文件与证据清单上的哈希不一致，不能移交：请核对后重新提请移送。");
            }

            session.Update(
                evidence with { Custody = [.. evidence.Custody, new CustodyStep(session.Now, session.Actor.Id, session.Actor.Name, session.Actor.Department, "移送", transfer.Receiver, evidence.Sha256)] }, "evidence.custody");
        }

        var handed = await DoneAsync(transfer, "已移交", cancellationToken) with
        {
            Handover = new TransferHandover(session.Now, session.Actor.Id, Refusal.Text(receivedBy, "receivedBy", "接收人"), session.Now >= transfer.DueAt),
            State = TransferState.HandedOver,
        };
        var due = LegalDeadline.Compute(session.Today(), LegalPeriod.WorkingDays(ReceiptDays), session.Calendar).PassedAt;
        return session.Update(
            await WaitAsync(handed, "transfer.receipt", "移送回执", transfer.ReceiverDepartment ?? transfer.Department!, null, due, cancellationToken),
            "transfer.handed-over", ("late", handed.Handover!.Late ? "yes" : "no"), ("evidence", string.Join(' ', transfer.Evidence.Select(e => e.Sha256))));
    }

    /// <summary>Receipt: accepted, or returned with a reason. Noted by the receiver where it works here, else by the sender.</summary>
    /// <exception cref="RuleViolationException"><c>assistant-decides</c>, <c>other-department</c>, <c>transfer-state</c>, <c>field-missing</c>.</exception>
    public async ValueTask<CaseTransfer> ReceiveAsync(string id, bool accepted, string? number, string? reason, CancellationToken cancellationToken = default)
    {
        var transfer = await GetAsync(id, TransferState.HandedOver, "登记回执", cancellationToken);
        Deciders.RequireOfficer(session.Actor, "登记移送回执");
        Deciders.RequireDepartment(session.Actor, transfer.ReceiverDepartment ?? transfer.Department, "登记移送回执");
        var receipt = new TransferReceipt(session.Now, session.Actor.Id, accepted, number, accepted ? reason : Refusal.Text(reason, "reason", "退回理由"));
        foreach (var findingId in accepted ? transfer.FindingIds : [])
        {
            if (await session.FindAsync<Finding>(findingId, cancellationToken) is { Disposition: not Disposition.Refuted } finding
                && (transfer.Dispositions is null || (transfer.Dispositions.TryGetValue(findingId, out var reported) && finding.Disposition == reported)))
            {
                session.Update(finding with { Disposition = Disposition.Transfer }, "finding.transferred");
            }
        }

        return session.Update(
            await DoneAsync(transfer, accepted ? "接收" : "退回", cancellationToken) with { Receipt = receipt, State = accepted ? TransferState.Accepted : TransferState.Returned, DueAt = null },
            "transfer.receipt", ("accepted", accepted ? "yes" : "no"), ("number", number));
    }

    // Only a department with officers here can give the receipt.
    private async ValueTask RequireReceiverAsync(Case one, string? receiver, string sender, CancellationToken ct)
    {
        if (receiver is null)
        {
            return;
        }

        if (receiver == sender || (one.Departments.All(d => d.Code != receiver) && (await session.ListAsync<OfficerRecord>(new AggregateFilter { Departments = [receiver], Take = 1 }, ct)).Count == 0))
        {
            throw Refusal.Invalid("receiver-department", "receiverDepartment", "受移送部门不存在或者就是本部门：请填写本平台其他部门的代码；不在本平台的机关请留空。");
        }
    }

    private async ValueTask<IReadOnlyList<TransferredEvidence>> ListAsync(string caseId, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var lines = new List<TransferredEvidence>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (await session.FindAsync<Evidence>(id, ct) is not { } evidence || evidence.CaseId != caseId || !EvidenceGuard.MaySee(session.Actor, evidence))
            {
                throw Refusal.NotFound("evidence-not-found", "evidenceIds", $"证据“{id}”不属于本案，请核对。");
            }

            EvidenceGuard.RequireUsable(evidence, "evidenceIds");
            lines.Add(new TransferredEvidence(evidence.Id, evidence.Ordinal, evidence.Title, evidence.Kind, evidence.Sha256));
        }

        return lines;
    }

    private async ValueTask<CaseTransfer> WaitAsync(CaseTransfer transfer, string kind, string title, string department, string? role, DateTimeOffset due, CancellationToken ct)
    {
        var task = await new TaskService(session).CreateAsync(
            new NewTask
            {
                InstanceId = "", CaseKey = transfer.CaseKey, ActivityId = session.ActivityId ?? "", Kind = kind, Title = title, CaseId = transfer.CaseId, Department = department, Role = role, DueAt = due, IsDueByLaw = true,
                Subject = new Dictionary<string, string>(StringComparer.Ordinal) { ["transferId"] = transfer.Id },
            },
            ct);
        return transfer with { TaskId = task.Id, DueAt = due };
    }

    private async ValueTask<CaseTransfer> DoneAsync(CaseTransfer transfer, string outcome, CancellationToken ct)
    {
        if (transfer.TaskId is { } task)
        {
            await new TaskService(session).CompleteAsync(task, outcome, null, ct);
        }

        return transfer with { TaskId = null };
    }

    private async ValueTask<CaseTransfer> GetAsync(string id, TransferState state, string act, CancellationToken ct)
    {
        var transfer = await session.GetAsync<CaseTransfer>(id, "transferId", "移送", ct);
        return transfer.State == state ? transfer : throw Refusal.Conflict("transfer-state", "transferId", $"该移送当前为“{transfer.State}”，不能{act}。");
    }
}
