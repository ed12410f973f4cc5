using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.StuckMatters;

/// <summary>反映办不成事.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">What cannot be done.</param>
/// <param name="SubjectId">Id of the lead or case; null for what is outside.</param>
/// <param name="Area">Division code, for what is outside.</param>
/// <param name="ReportedBy">Who says so, or null.</param>
public sealed record FileStuckMatter(StuckSubject Subject, string Text, string? SubjectId = null, string? Area = null, LeadReporter? ReportedBy = null);

/// <summary>审查 by the supervisor: either a department gets it done by a date, or it is closed with a reason.</summary>
/// <param name="Finding">What the supervisor found.</param>
/// <param name="Department">Department that gets it done; null closes the request.</param>
/// <param name="TargetDate">By when; needed with a department.</param>
public sealed record ReviewStuckMatter(string Finding, string? Department = null, DateOnly? TargetDate = null);

/// <summary>核实 by the supervisor.</summary>
/// <param name="Done">Whether it is done.</param>
/// <param name="Reason">What was verified.</param>
/// <param name="TargetDate">New date, where it is not done.</param>
public sealed record VerifyStuckMatter(bool Done, string Reason, DateOnly? TargetDate = null);

/// <summary>“办不成事”: a supervisor must look at it within a working day and set a target date; a missed date comes back to the supervisor.</summary>
/// <param name="session">The session.</param>
/// <param name="rosters">The departments of the area.</param>
/// <param name="clocks">How long reviews take.</param>
public sealed class StuckMatterService(ISupervisionSession session, IRosterDirectory rosters, LeadClocks clocks) : IWakeHandler
{
    private const int LongestTarget = 366;

    /// <inheritdoc/>
    public string Kind => "stuck-matter";

    /// <summary>Files a request; the supervisor is told.</summary>
    /// <exception cref="RuleViolationException"><c>field-missing</c>, <c>subject-unknown</c> (404), <c>area-invalid</c>.</exception>
    public async ValueTask<StuckRequest> FileAsync(FileStuckMatter command, CancellationToken cancellationToken = default)
    {
        SupervisionRecord? subject = command.Subject switch
        {
            StuckSubject.Lead => await session.GetAsync<Lead>(command.SubjectId ?? "", "subjectId", "线索", cancellationToken),
            StuckSubject.Case => await session.GetAsync<Case>(command.SubjectId ?? "", "subjectId", "案件", cancellationToken),
            _ => null,
        };
        var area = subject?.Area ?? command.Area ?? session.Actor.Area;
        if (area is not { Length: 4 or 6 or 9 })
        {
            throw Refusal.Invalid("area-invalid", "area", "请填写事项所在的区划代码（区县六位或镇街九位）。");
        }

        var id = session.NewId();
        var filed = session.Add(
            Moved(
                new StuckRequest
                {
                    Id = id,
                    CaseKey = id,
                    CaseId = subject is Case ? subject.Id : null,
                    Area = area,
                    TargetId = subject?.TargetId,
                    Created = session.Cause(),
                    Subject = command.Subject,
                    SubjectId = subject?.Id,
                    Text = Refusal.Text(command.Text, "text", "反映内容"),
                    ReportedBy = command.ReportedBy,
                    State = StuckState.Filed,
                    Steps = [],
                },
                StuckState.Filed, "反映", null, "督办人审查", $"role:{Role.Supervisor}", Review()),
            "stuck.filed", ("subject", command.Subject.ToString()), ("subjectId", subject?.Id));
        Tell(filed, $"role:{Role.Supervisor}", "办不成事");
        return filed;
    }

    /// <summary>The supervisor's review.</summary>
    /// <exception cref="RuleViolationException"><c>supervisor-required</c>, <c>stuck-state</c>, <c>department-unknown</c>, <c>target-date</c>, <c>field-missing</c>.</exception>
    public async ValueTask<StuckRequest> ReviewAsync(string id, ReviewStuckMatter command, CancellationToken cancellationToken = default)
    {
        var request = await GetAsync(id, cancellationToken);
        Deciders.RequireRole(session.Actor, Role.Supervisor, "supervisor-required", "“办不成事”由督办人审查。");
        RequireState(request, StuckState.Filed, "审查");
        var finding = Refusal.Text(command.Finding, "finding", "审查意见");
        if (command.Department is not { Length: > 0 } department)
        {
            return session.Update(Moved(request, StuckState.Closed, "审查办结", finding, null, null, null), "stuck.dismissed");
        }

        return department != Catalogues.Delegation.TownDepartment && await rosters.FindOrganAsync(department, request.Area![..Math.Min(6, request.Area!.Length)], cancellationToken) is null
            ? throw Refusal.Invalid("department-unknown", "department", $"部门“{department}”在本区域没有登记执法主体，请核对部门代码。")
            : Directed(request with { Department = department }, "限期办理", finding, command.TargetDate, "stuck.directed");
    }

    /// <summary>The department says that it is done.</summary>
    /// <exception cref="RuleViolationException"><c>other-department</c>, <c>officer-required</c>, <c>stuck-state</c>, <c>field-missing</c>.</exception>
    public async ValueTask<StuckRequest> AnswerAsync(string id, string result, CancellationToken cancellationToken = default)
    {
        var request = await GetAsync(id, cancellationToken);
        RequireState(request, StuckState.Directed, "答复");
        Deciders.RequireDepartment(session.Actor, request.Department, "答复");
        Deciders.RequireOfficer(session.Actor, "答复");
        return session.Update(
            Moved(request, StuckState.Answered, "答复", Refusal.Text(result, "result", "办理结果"), "督办人核实", $"role:{Role.Supervisor}", Review()), "stuck.answered");
    }

    /// <summary>The supervisor verifies.</summary>
    /// <exception cref="RuleViolationException"><c>supervisor-required</c>, <c>stuck-state</c>, <c>target-date</c>, <c>field-missing</c>.</exception>
    public async ValueTask<StuckRequest> VerifyAsync(string id, VerifyStuckMatter command, CancellationToken cancellationToken = default)
    {
        var request = await GetAsync(id, cancellationToken);
        Deciders.RequireRole(session.Actor, Role.Supervisor, "supervisor-required", "办理结果由督办人核实。");
        RequireState(request, StuckState.Answered, "核实");
        var reason = Refusal.Text(command.Reason, "reason", "核实情况");
        return command.Done
            ? session.Update(Moved(request, StuckState.Closed, "核实办结", reason, null, null, null), "stuck.closed")
            : Directed(request, "再次限期", reason, command.TargetDate, "stuck.directed");
    }

    /// <inheritdoc/>
    public async ValueTask WokenAsync(DomainWake wake, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<StuckRequest>(wake.Id, cancellationToken) is not { Wait: { } wait } request || wait.Key != wake.Wait)
        {
            return;
        }

        var missed = request with { Missed = request.Missed + 1 };
        if (request.State == StuckState.Directed)
        {
            session.Update(Moved(missed, StuckState.Filed, "逾目标日期", "承办单位未在目标日期前办成", "督办人审查", $"role:{Role.Supervisor}", Review()), "stuck.target-missed", ("department", request.Department));
            Tell(missed, $"department:{request.Department}", "办不成事超期");
        }
        else
        {
            session.Update(missed with { Wait = Waiting(request.Id, wait.Name, wait.Owner, Review()) with { LateSince = wait.LateSince ?? wait.DueAt } }, "stuck.review-overdue");
            Tell(missed, "department:CMD", "办不成事超期");
        }

        Tell(missed, $"role:{Role.Supervisor}", "办不成事超期");
    }

    private StuckRequest Directed(StuckRequest request, string act, string text, DateOnly? target, string fact)
    {
        if (target is not { } day || day <= session.Today() || day > session.Today().AddDays(LongestTarget))
        {
            throw Refusal.Invalid("target-date", "targetDate", "请填写目标日期：在今日之后，至多一年。");
        }

        var owner = $"department:{request.Department}";
        Tell(request, owner, "办不成事");
        return session.Update(
            Moved(request with { TargetDate = day }, StuckState.Directed, act, text, "限期办理", owner, ShanghaiTime.PassedAt(day)), fact, ("department", request.Department));
    }

    private StuckRequest Moved(StuckRequest request, StuckState state, string act, string? text, string? waitName, string? owner, DateTimeOffset? due) => request with
    {
        State = state,
        Wait = owner is null ? null : Waiting(request.Id, waitName!, owner, due!.Value),
        Steps = [.. request.Steps, new StuckStep(session.Now, session.Actor.Id, session.Actor.Name, act, state, text)],
    };

    private LeadWait Waiting(string id, string name, string owner, DateTimeOffset due)
    {
        var key = session.NewId();
        session.Wake(new DomainWake(id, Kind, id, key, due));
        return new LeadWait(key, name, owner, due);
    }

    private DateTimeOffset Review() => LeadClocks.AfterDays(clocks.ReviewDays, session.Now, session.Calendar);

    private void Tell(StuckRequest request, string recipient, string kind) =>
        session.Send(new OutboxMessage("notice", recipient, kind, $"【{kind}】{request.Id}，请登录查看：/stuck-matters/{request.Id}", request.CaseId, session.ActivityId)
        {
            Subject = new(request.Id, null, $"/stuck-matters/{request.Id}", request.Area),
        });

    private static void RequireState(StuckRequest request, StuckState state, string act)
    {
        if (request.State != state)
        {
            throw Refusal.Conflict("stuck-state", "id", $"该反映当前为“{NameOf(request.State)}”，不能{act}，请刷新后再看。");
        }
    }

    private static string NameOf(StuckState state) => state switch
    {
        StuckState.Filed => "待审查",
        StuckState.Directed => "限期办理",
        StuckState.Answered => "待核实",
        _ => "已办结",
    };

    private ValueTask<StuckRequest> GetAsync(string id, CancellationToken ct) => session.GetAsync<StuckRequest>(id, "id", "反映", ct);
}
