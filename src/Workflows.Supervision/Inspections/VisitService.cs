using Workflows.Supervision.Guards;
using Workflows.Supervision.Merging;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Inspections;

/// <summary>The joint visit up to the point where something is recorded; <see cref="VisitRecording"/> takes the record.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Packages, which say whether targets are homes.</param>
public sealed class VisitService(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Appoints a visit. A second one needs the approval of the leading department's head with a reason.</summary>
    /// <exception cref="RuleViolationException"><c>second-visit</c> (409), <c>head-required</c>.</exception>
    public async ValueTask<Visit> PlanAsync(string caseId, DateOnly day, string? teamId, string? approvalReason, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var earlier = await session.ListAsync<Visit>(new AggregateFilter { CaseId = caseId }, cancellationToken);
        if (earlier.Count == 0 && one.SharedTrip?.Day is { } shared && shared > day)
        {
            day = shared;
        }

        Decision? approval = null;
        if (earlier.Any(v => v.State is VisitState.Recorded or VisitState.Refused))
        {
            if (string.IsNullOrWhiteSpace(approvalReason))
            {
                throw Refusal.Conflict("second-visit", "approvalReason", "本案已经上门检查，再次上门须由牵头部门负责人批准并填写理由（综合查一次）。");
            }

            Deciders.RequireHead(session.Actor, one.LeadDepartment, "批准再次上门");
            approval = new Decision(session.Actor.Id, session.Actor.Name, session.Now, approvalReason);
        }

        return session.Add(
            new Visit
            {
                Id = session.NewId(),
                CaseKey = one.CaseKey,
                CaseId = one.Id,
                PlanId = one.PlanId,
                TargetId = one.TargetId,
                Area = one.Area,
                Created = session.Cause(),
                Ordinal = earlier.Count + 1,
                PlannedOn = day,
                TeamId = teamId,
                Approval = approval,
                State = VisitState.Planned,
            },
            "visit.planned");
    }

    /// <summary>Notes who came. Each department present needs two certified officers of the team; an absent one does not spoil the visit.</summary>
    /// <returns><see cref="VisitOutcome.AllPresent"/> or <see cref="VisitOutcome.SomeAbsent"/>.</returns>
    /// <exception cref="RuleViolationException"><c>two-officers</c>, <c>certificate-invalid</c>, <c>attendance-not-team</c>, <c>visit-state</c>, <c>merge-undecided</c>, and those of <see cref="HomeEntry.Require"/>.</exception>
    public async ValueTask<string> ArriveAsync(string visitId, VisitArrival command, CancellationToken cancellationToken = default)
    {
        var visit = await GetAsync(visitId, cancellationToken);
        Require(visit, VisitState.Planned, "登记到场");
        var one = await session.GetAsync<Case>(visit.CaseId!, "caseId", "案件", cancellationToken);
        var team = await session.GetAsync<InspectionTeam>(visit.TeamId ?? "", "teamId", "检查小组", cancellationToken);
        HomeEntry.Require((await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario, command.HomeEntry, "arrival.homeEntry", session.Now);
        await new MergeEngine(session).BeginAsync(one, cancellationToken);
        var arrived = command.ArrivedAt ?? session.Now;
        var present = command.Attendances.Select(a => a.Department).ToHashSet(StringComparer.Ordinal);
        if (present.Count < command.Attendances.Count)
        {
            throw Refusal.Invalid("attendance-twice", "attendances", "同一部门到场情况只能填写一行，请把该部门的人员合并到一行。");
        }

        var came = command.Attendances.SelectMany(a => a.OfficerIds).Select((id, i) =>
            team.Members.FirstOrDefault(m => m.OfficerId == id && !m.IsAssistant)
            ?? throw Refusal.Invalid("attendance-not-team", $"attendances[{i}]", $"“{id}”不是本检查小组的执法人员，请先办理更换。")).ToList();
        for (var i = 0; i < command.Attendances.Count; i++)
        {
            var (department, _, assistants) = command.Attendances[i];
            if (assistants.FirstOrDefault(id => !team.Members.Any(m => m.OfficerId == id && m.IsAssistant && m.Department == department)) is { } stranger)
            {
                throw Refusal.Invalid("attendance-not-team", $"attendances[{i}].assistantIds", $"“{stranger}”不是本检查小组该部门的辅助人员，请核对。");
            }
        }

        TeamGuard.Require(came, [.. present], ShanghaiTime.DateOf(arrived), []);
        var absent = one.Departments.Where(d => d.Attends && !present.Contains(d.Code))
            .Select(d => new AbsentDepartment(d.Code, command.AbsenceReasons?.GetValueOrDefault(d.Code))).ToList();
        session.Update(visit with { State = VisitState.Arrived, ArrivedAt = arrived, Attendances = command.Attendances, Absent = absent, CheckIn = command.CheckIn, HomeEntry = command.HomeEntry },
            "visit.arrived", ("absent", string.Join(',', absent.Select(a => a.Department))));
        return absent.Count == 0 ? VisitOutcome.AllPresent : VisitOutcome.SomeAbsent;
    }

    /// <summary>Notes that certificates and code were shown and rights told.</summary>
    /// <exception cref="RuleViolationException"><c>visit-state</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Visit> ShowCertificatesAsync(string visitId, CertificatesShown command, CancellationToken cancellationToken = default)
    {
        var visit = await GetAsync(visitId, cancellationToken);
        Require(visit, VisitState.Arrived, "登记出示证件");
        return session.Update(
            visit with
            {
                CertificatesShownAt = session.Now,
                ActionCode = Refusal.Text(command.ActionCode, "actionCode", "行政行为码"),
                RecusalAnswer = Refusal.Text(command.RecusalAnswer, "recusalAnswer", "当事人对是否申请回避的回答"),
            },
            "visit.certificates-shown");
    }

    /// <summary>A minor was found: guardian and police are told first, and when is recorded.</summary>
    /// <exception cref="RuleViolationException"><c>visit-state</c>, <c>minor-notice-late</c>.</exception>
    public async ValueTask<Visit> NoteMinorAsync(string visitId, MinorProtectionNotice notice, CancellationToken cancellationToken = default)
    {
        var visit = await GetAsync(visitId, cancellationToken);
        Require(visit, VisitState.Arrived, "登记未成年人保护告知");
        if (notice.GuardianToldAt > session.Now || notice.PoliceToldAt > session.Now || notice.PoliceToldAt < visit.ArrivedAt)
        {
            throw Refusal.Invalid("minor-notice-late", "policeToldAt", "告知监护人和公安机关的时间应在到场之后、登记之前，请核对。");
        }

        return session.Update(visit with { MinorNotice = notice }, "visit.minor-told");
    }

    /// <summary>Nobody was found. Two attempts at different times, half a day apart or more, and the grid's confirmation make it 无法联系.</summary>
    /// <returns><see cref="VisitOutcome.TryAgain"/> or <see cref="VisitOutcome.NotFound"/>.</returns>
    /// <exception cref="RuleViolationException"><c>not-found-too-soon</c>, <c>grid-confirmation-missing</c>, <c>visit-state</c>.</exception>
    public async ValueTask<string> NotFoundAsync(string visitId, ReportNotFound command, CancellationToken cancellationToken = default)
    {
        var visit = await GetAsync(visitId, cancellationToken);
        Deciders.RequireOfficer(session.Actor, "认定无法联系");
        if (visit.State is not (VisitState.Planned or VisitState.Arrived))
        {
            throw WrongState(visit, "登记无法联系");
        }

        if (command.EvidenceIds.Count == 0)
        {
            throw Refusal.Invalid("field-missing", "evidenceIds", "缺少现场照片，请上传后提交。");
        }

        var second = visit.NotFoundAttempts.Count > 0;
        if (second && session.Now - visit.NotFoundAttempts[^1].At < TimeSpan.FromHours(4))
        {
            throw Refusal.Conflict("not-found-too-soon", "visitId", "两次核实须在不同时段进行，间隔不少于4小时，请稍后再去。");
        }

        if (second && string.IsNullOrWhiteSpace(command.GridConfirmation))
        {
            throw Refusal.Invalid("grid-confirmation-missing", "gridConfirmation", "缺少网格核实意见，请由属地网格核实后提交。");
        }

        var attempt = new NotFoundAttempt(session.Now, session.Actor.Id, Refusal.Text(command.Note, "note", "现场情况"), command.EvidenceIds, command.GridConfirmation);
        session.Update(visit with { State = second ? VisitState.NotFound : VisitState.Planned, NotFoundAttempts = [.. visit.NotFoundAttempts, attempt] }, "visit.not-found");
        var one = await session.GetAsync<Case>(visit.CaseId!, "caseId", "案件", cancellationToken);
        if (second && one.Target.Identity == PartyIdentity.Pending)
        {
            PartyIdentifying.MarkUnknown(session, one, "两次在不同时段到场核实均未找到当事人，并经网格核实");
        }

        return second ? VisitOutcome.NotFound : VisitOutcome.TryAgain;
    }

    /// <summary>
    /// Entry or check was refused; recorded on video after the law was explained. Whoever does not let officers into a home refuses nothing that the law demands:
    /// such a visit goes on from outside.
    /// </summary>
    /// <returns><see cref="VisitOutcome.Refused"/>.</returns>
    /// <exception cref="RuleViolationException"><c>law-not-explained</c>, <c>field-missing</c>, <c>visit-state</c>, <c>party-unidentified</c>, <c>home-not-obstruction</c>.</exception>
    public async ValueTask<string> RefusedAsync(string visitId, ReportRefusal command, CancellationToken cancellationToken = default)
    {
        var visit = await GetAsync(visitId, cancellationToken);
        Deciders.RequireOfficer(session.Actor, "认定拒绝检查");
        Require(visit, VisitState.Arrived, "登记拒绝检查");
        var one = await session.GetAsync<Case>(visit.CaseId!, "caseId", "案件", cancellationToken);
        PartyIdentifying.Require(one, "登记拒绝检查");
        if (!command.OutsideHome && (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.HomesGuarded)
        {
            throw Refusal.Invalid("home-not-obstruction", "refusal.outsideHome",
                "不同意进入住宅不是拒绝检查：请选择“已到场”，登记未获同意并留置告知书，从外部取证。只有在楼道、共用部位等住宅以外阻碍检查的，才登记拒绝检查。");
        }

        if (!command.LawExplained)
        {
            throw Refusal.Invalid("law-not-explained", "lawExplained", "须先向当事人说明法律规定和拒绝检查的后果，再认定拒绝检查。");
        }

        var refusal = new VisitRefusal(session.Now, Refusal.Text(command.Reason, "reason", "当事人理由"), true,
            Refusal.Text(command.VideoNumber, "videoNumber", "录像编号"), command.PoliceCalledAt, Refusal.Text(command.Facts, "facts", "拒绝检查的情形"),
            Refusal.Text(command.AfterExplained, "afterExplained", "说明法律后的表现"), Refusal.Text(command.PersonName, "personName", "在场人员"),
            Refusal.Text(command.Capacity, "capacity", "在场人员身份"), Refusal.Text(command.WitnessName, "witnessName", "见证人"));
        session.Update(visit with { State = VisitState.Refused, Refusal = refusal, EndedAt = session.Now }, "visit.refused");
        return VisitOutcome.Refused;
    }

    private ValueTask<Visit> GetAsync(string id, CancellationToken ct) => session.GetAsync<Visit>(id, "visitId", "检查", ct);

    internal static void Require(Visit visit, VisitState state, string act)
    {
        if (visit.State != state)
        {
            throw WrongState(visit, act);
        }
    }

    private static RuleViolationException WrongState(Visit visit, string act) =>
        Refusal.Conflict("visit-state", "visitId", $"检查当前为“{visit.State}”，不能{act}。");
}
