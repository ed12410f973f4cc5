using Workflows.Supervision.Documents;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Escalation;

/// <summary>Conclusion of a consultation.</summary>
/// <param name="Attendees">Who took part.</param>
/// <param name="Conclusion">One of <see cref="MeetingService.NewOwner"/>, <see cref="MeetingService.NewDate"/>, <see cref="MeetingService.Transfer"/>.</param>
/// <param name="Minutes">Minutes.</param>
/// <param name="Owner">New owner, where that is the conclusion.</param>
/// <param name="Due">New last day.</param>
/// <param name="Issues">Questions that were put.</param>
/// <param name="Assignments">What units have to do by when; each becomes a step on the unit's list.</param>
public sealed record ConcludeConsultation(
    IReadOnlyList<string> Attendees, string Conclusion, string Minutes, string? Owner = null, DateOnly? Due = null,
    IReadOnlyList<string>? Issues = null, IReadOnlyList<ConsultationAssignment>? Assignments = null);

/// <summary>Calls a party in.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Department">Department that calls.</param>
/// <param name="Reason">Why.</param>
/// <param name="AppointedAt">When, UTC; 3 working days ahead, 1 if urgent.</param>
/// <param name="Place">Place.</param>
/// <param name="Persons">Persons who must come.</param>
/// <param name="OrderIds">Orders in question.</param>
/// <param name="Materials">Materials to bring.</param>
/// <param name="Urgent">Whether it is urgent.</param>
public sealed record CallInterview(
    string CaseId, string Department, string Reason, DateTimeOffset AppointedAt, string Place, IReadOnlyList<string> Persons,
    IReadOnlyList<string>? OrderIds = null, IReadOnlyList<string>? Materials = null, bool Urgent = false);

/// <summary>Record of an interview.</summary>
/// <param name="Attendees">Who came; empty if nobody.</param>
/// <param name="Explanation">The party's explanation.</param>
/// <param name="Promises">Promises with dates.</param>
public sealed record RecordInterview(IReadOnlyList<string> Attendees, string? Explanation, IReadOnlyList<InterviewPromise>? Promises = null);

/// <summary>联合会商 of units and 约谈 of parties.</summary>
/// <param name="session">The session.</param>
/// <param name="papers">Issues the minutes (documents.md 11) with the conclusion.</param>
public sealed class MeetingService(ISupervisionSession session, RecordPapers papers)
{
    /// <summary>Conclusion: another unit takes over.</summary>
    public const string NewOwner = "更换承办单位";

    /// <summary>Conclusion: a new date.</summary>
    public const string NewDate = "重新确定期限";

    /// <summary>Conclusion: transfer.</summary>
    public const string Transfer = "移送";

    /// <summary>Outcome of an interview: held.</summary>
    public const string Held = "已约谈";

    /// <summary>Outcome of an interview: the party did not come.</summary>
    public const string NotAttended = "未到场";

    /// <summary>Conclusion of a consultation that was called by hand: what was agreed stands in the minutes and the assignments.</summary>
    public const string Agreed = "会商议定";

    /// <summary>Kind of the steps that assignments become.</summary>
    public const string AssignmentKind = "consultation.assignment";

    private const int MostAssignments = 50;
    private const int HoldWithinDays = 3;
    private const int TakeOverDays = 5;
    private const int TransferDays = 2;

    /// <summary>Calls a consultation outside a ladder: by command centre, guidance office or supervisor.</summary>
    /// <exception cref="RuleViolationException"><c>convenor-required</c>, <c>field-missing</c>.</exception>
    public ValueTask<Consultation> CallAsync(string caseId, string reason, IReadOnlyList<string> departments, CancellationToken cancellationToken = default)
    {
        RequireConvenor("召集会商");
        return CallConsultationAsync(caseId, reason, departments, LegalPeriod.WorkingDays(HoldWithinDays), cancellationToken);
    }

    /// <summary>Calls a consultation.</summary>
    public async ValueTask<Consultation> CallConsultationAsync(
        string caseId, string reason, IReadOnlyList<string> departments, LegalPeriod holdWithin, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        return session.Add(
            new Consultation
            {
                Id = session.NewId(), CaseKey = one.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Created = session.Cause(),
                Reason = Refusal.Text(reason, "reason", "会商事由"),
                Departments = departments.Count > 0 ? departments : [.. one.Departments.Select(d => d.Code)],
                HoldBy = LegalDeadline.Compute(session.Today(), holdWithin, session.Calendar).Due,
            },
            "consultation.called");
    }

    /// <summary>
    /// Concludes a consultation; by command centre or guidance office. Each conclusion has its effect: a new owner and a transfer become steps with a
    /// last day, a new date becomes that of the units' late steps.
    /// </summary>
    /// <exception cref="RuleViolationException"><c>convenor-required</c>, <c>conclusion-unknown</c>, <c>field-missing</c>, <c>already-decided</c>.</exception>
    public async ValueTask<Consultation> ConcludeConsultationAsync(string id, ConcludeConsultation command, CancellationToken cancellationToken = default)
    {
        var consultation = await session.GetAsync<Consultation>(id, "consultationId", "会商", cancellationToken);
        RequireConvenor("登记会商结论");
        if (consultation.HeldAt is not null)
        {
            throw Refusal.Conflict("already-decided", "consultationId", "该会商已有结论。");
        }

        if (consultation.Created.ActivityId is not null && session.ActivityId is null)
        {
            throw Refusal.Conflict("in-diagram", "consultationId", "该会商由流程提请，请在待办“联合会商”中登记结论，流程才会继续。");
        }

        // A step of a diagram goes on by one of three conclusions; what was called by hand may also just agree on something.
        if (command.Conclusion is not (NewOwner or NewDate or Transfer) && !(command.Conclusion == Agreed && session.ActivityId is null))
        {
            throw Refusal.Invalid("conclusion-unknown", "conclusion", $"会商结论只能是“{NewOwner}”“{NewDate}”或者“{Transfer}”。");
        }

        if ((command.Conclusion == NewOwner && string.IsNullOrWhiteSpace(command.Owner)) || (command.Conclusion == NewDate && (command.Due is null || command.Due <= session.Today())))
        {
            throw Refusal.Invalid("field-missing", command.Conclusion == NewOwner ? "owner" : "due", "会商结论须写明新的承办单位，或者晚于今日的新期限。");
        }

        var assignments = Checked([.. command.Assignments ?? [], .. await FollowingAsync(consultation, command, cancellationToken)]);
        if (command.Conclusion == NewDate)
        {
            await ExtendAsync(consultation, command.Due!.Value, cancellationToken);
        }

        var tasks = new List<ConsultationAssignment>();
        foreach (var assignment in assignments)
        {
            var task = await new Work.TaskService(session).CreateAsync(
                new Work.NewTask
                {
                    InstanceId = "", CaseKey = consultation.CaseKey, ActivityId = session.ActivityId ?? "", Kind = AssignmentKind, Title = assignment.Text, CaseId = consultation.CaseId,
                    Department = assignment.Department, DueAt = ShanghaiTime.PassedAt(assignment.Due), IsDecision = false,
                    Subject = new Dictionary<string, string>(StringComparer.Ordinal) { ["consultationId"] = consultation.Id },
                },
                cancellationToken);
            tasks.Add(assignment with { TaskId = task.Id });
        }

        var held = session.Update(
            consultation with
            {
                Issues = command.Issues ?? [],
                Assignments = tasks,
                HeldAt = session.Now,
                Attendees = command.Attendees.Count >= 2 ? command.Attendees : throw Refusal.Invalid("field-missing", "attendees", "会商须有两人以上参加，请填写参加人员。"),
                Conclusion = command.Conclusion,
                NewOwner = command.Owner,
                NewDue = command.Due,
                Minutes = Refusal.Text(command.Minutes, "minutes", "会商纪要"),
            },
            "consultation.held", ("conclusion", command.Conclusion));
        await papers.IssueAsync("consultation-minutes", held, cancellationToken);
        return held;
    }

    // What the conclusion itself asks of a unit: a new owner takes over, a transfer is prepared.
    private async ValueTask<IReadOnlyList<ConsultationAssignment>> FollowingAsync(Consultation consultation, ConcludeConsultation command, CancellationToken ct)
    {
        DateOnly Within(int days) => LegalDeadline.Compute(session.Today(), LegalPeriod.WorkingDays(days), session.Calendar).Due;
        if (command.Conclusion == NewOwner)
        {
            return [new ConsultationAssignment($"接办：{consultation.Reason}", command.Owner!, command.Due ?? Within(TakeOverDays))];
        }

        if (command.Conclusion != Transfer)
        {
            return [];
        }

        var one = await session.GetAsync<Case>(consultation.CaseId!, "caseId", "案件", ct);
        return [new ConsultationAssignment($"办理移送：{consultation.Reason}", string.IsNullOrWhiteSpace(command.Owner) ? one.LeadDepartment : command.Owner, command.Due ?? Within(TransferDays))];
    }

    // Steps of units that are late get the new date; what a party has to do is not for units to put off.
    private async ValueTask ExtendAsync(Consultation consultation, DateOnly due, CancellationToken ct)
    {
        var tasks = await session.ListAsync<Work.WorkTask>(new AggregateFilter { CaseId = consultation.CaseId, States = [nameof(Work.TaskState.Open)] }, ct);
        foreach (var task in tasks.Where(t => t.Role != Role.Party && t.DueAt <= session.Now && consultation.Departments.Contains(t.Department ?? "")))
        {
            session.Update(task with { DueAt = ShanghaiTime.PassedAt(due) }, "task.due-moved", ("consultationId", consultation.Id), ("before", task.DueAt?.ToString("O")));
        }
    }

    private List<ConsultationAssignment> Checked(IReadOnlyList<ConsultationAssignment> assignments)
    {
        if (assignments.Count > MostAssignments)
        {
            throw Refusal.Invalid("field-too-long", "assignments", $"会商议定事项不超过{MostAssignments}项。");
        }

        for (var i = 0; i < assignments.Count; i++)
        {
            Refusal.Text(assignments[i].Text, $"assignments[{i}].text", "议定事项");
            Refusal.Text(assignments[i].Department, $"assignments[{i}].department", "责任单位");
            if (assignments[i].Due <= session.Today())
            {
                throw Refusal.Invalid("assignment-due", $"assignments[{i}].due", "议定事项的完成日期应晚于今日。");
            }
        }

        return [.. assignments.Select(assignment => assignment with { TaskId = null })];
    }

    private void RequireConvenor(string act)
    {
        if (session.Actor.Department is not ("CMD" or "GUI") && !session.Actor.Is(Role.Dispatcher) && !session.Actor.Is(Role.Supervisor))
        {
            throw Refusal.Forbidden("convenor-required", "actor", $"{act}由指挥中心或者指导办办理。");
        }
    }

    /// <summary>Calls a party in; the notice is served 3 working days before, 1 if urgent.</summary>
    /// <exception cref="RuleViolationException"><c>interview-notice-short</c>, <c>assistant-decides</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Interview> CallInterviewAsync(CallInterview command, CancellationToken cancellationToken = default)
    {
        Deciders.RequireOfficer(session.Actor, "约谈当事人");
        var one = await session.GetAsync<Case>(command.CaseId, "caseId", "案件", cancellationToken);
        var least = session.Calendar.AddWorkingDays(session.Today(), command.Urgent ? 1 : 3);
        if (ShanghaiTime.DateOf(command.AppointedAt) < least)
        {
            throw Refusal.Invalid("interview-notice-short", "appointedAt", $"约谈时间最早为{ChineseDate.Of(least)}（提前{(command.Urgent ? 1 : 3)}个工作日通知），请推后。");
        }

        return session.Add(
            new Interview
            {
                Id = session.NewId(), CaseKey = one.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Created = session.Cause(),
                Department = command.Department,
                Reason = Refusal.Text(command.Reason, "reason", "约谈事由"),
                OrderIds = command.OrderIds ?? [],
                AppointedAt = command.AppointedAt.ToUniversalTime(),
                Place = Refusal.Text(command.Place, "place", "约谈地点"),
                Persons = command.Persons.Count > 0 ? command.Persons : throw Refusal.Invalid("field-missing", "persons", "请填写应到人员。"),
                Materials = command.Materials ?? [],
                Urgent = command.Urgent,
            },
            "interview.called");
    }

    /// <summary>Records an interview.</summary>
    /// <returns><see cref="Held"/> or <see cref="NotAttended"/>.</returns>
    /// <exception cref="RuleViolationException"><c>assistant-decides</c>, <c>already-decided</c>, <c>field-missing</c>.</exception>
    public async ValueTask<string> RecordInterviewAsync(string id, RecordInterview command, CancellationToken cancellationToken = default)
    {
        var interview = await session.GetAsync<Interview>(id, "interviewId", "约谈", cancellationToken);
        Deciders.RequireOfficer(session.Actor, "记录约谈");
        if (interview.HeldAt is not null)
        {
            throw Refusal.Conflict("already-decided", "interviewId", "该约谈已经记录。");
        }

        var came = command.Attendees.Count > 0;
        session.Update(
            interview with
            {
                HeldAt = session.Now,
                Attendees = command.Attendees,
                Explanation = came ? Refusal.Text(command.Explanation, "explanation", "当事人说明") : command.Explanation,
                Promises = command.Promises ?? [],
            },
            "interview.recorded", ("attended", came ? "yes" : "no"));
        return came ? Held : NotAttended;
    }
}
