using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Deadlines;

/// <summary>What a limit of the diagram belongs to.</summary>
/// <param name="CaseKey">Family of instances.</param>
/// <param name="CaseId">Case, or null.</param>
/// <param name="PlanId">Plan, or null.</param>
/// <param name="TargetId">Target, or null.</param>
/// <param name="Area">District or town, or null.</param>
/// <param name="Department">Department whose matter it is.</param>
/// <param name="HeldBy">Who is held.</param>
public sealed record LimitScope(string CaseKey, string? CaseId, string? PlanId, string? TargetId, string? Area, string Department, string HeldBy);

/// <summary>How long a limit is: one of the two.</summary>
/// <param name="Period">Days or months.</param>
/// <param name="Elapsed">A span of time that runs around the clock.</param>
public sealed record LimitLength(LegalPeriod? Period, TimeSpan? Elapsed);

/// <summary>Starts, finds, moves and ends the limits that the diagram runs.</summary>
public static class StepLimits
{
    /// <summary>Starts a limit in days or months with its own legal clock.</summary>
    public static StepLimit StartLegal(ISupervisionSession session, LimitScope scope, string rule, string startEvent, DateOnly start, LegalPeriod period)
    {
        var clock = LegalClock.Start(rule, startEvent, start, period, session.Calendar);
        var stored = new DeadlineClock
        {
            Id = session.NewId(),
            CaseKey = scope.CaseKey,
            CaseId = scope.CaseId,
            PlanId = scope.PlanId,
            TargetId = scope.TargetId,
            Area = scope.Area,
            Department = scope.Department,
            Created = session.CauseNow(),
            Clock = clock,
            Subject = $"step:{session.ActivityId}",
            HeldBy = scope.HeldBy,
        };
        session.Save(stored);
        return Save(session, scope, rule, clock.Due, ShanghaiTime.PassedAt(clock.Due), stored.Id, clock.Provisional);
    }

    /// <summary>Starts a limit in hours or minutes.</summary>
    public static StepLimit StartElapsed(ISupervisionSession session, LimitScope scope, string rule, string startEvent, TimeSpan length)
    {
        var stored = new ElapsedLimit
        {
            Id = session.NewId(),
            CaseKey = scope.CaseKey,
            CaseId = scope.CaseId,
            PlanId = scope.PlanId,
            TargetId = scope.TargetId,
            Area = scope.Area,
            Department = scope.Department,
            Created = session.CauseNow(),
            Clock = ElapsedClock.Start(rule, startEvent, session.Now, length),
            HeldBy = scope.HeldBy,
        };
        session.Save(stored);
        return Save(session, scope, rule, null, stored.Clock.Deadline.Due, stored.Id, provisional: false);
    }

    /// <summary>Starts a limit that follows a last day kept elsewhere: the window of a plan, the items of orders.</summary>
    public static StepLimit Follow(ISupervisionSession session, LimitScope scope, string rule, DateOnly lastDay) =>
        Save(session, scope, rule, lastDay, ShanghaiTime.PassedAt(lastDay), clockId: null, provisional: false);

    /// <summary>The running limit, or else the latest, that a step of the diagram started for a department.</summary>
    /// <param name="session">The session.</param>
    /// <param name="records">What the limits of the case, plan or lead have in common.</param>
    /// <param name="stepId">Step of the diagram.</param>
    /// <param name="department">Department whose limit is meant, or null.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async ValueTask<StepLimit?> FindAsync(ISupervisionSession session, AggregateFilter records, string stepId, string? department, CancellationToken cancellationToken)
    {
        var limits = await session.ListAsync<StepLimit>(records, cancellationToken);
        var ofStep = limits.Where(l => l.Created.ActivityId == stepId).ToList();
        var ofDepartment = ofStep.Where(l => department is null || l.Department == department).ToList();
        var candidates = ofDepartment.Count > 0 ? ofDepartment : ofStep;
        return candidates.LastOrDefault(l => l.State == StepLimitState.Running) ?? candidates.LastOrDefault();
    }

    /// <summary>
    /// The earliest last day among the open items of all served orders of a case whose term still runs, or else among those that are
    /// overdue; null when none is open. What is overdue is dealt with otherwise and must not end the term of the rest.
    /// </summary>
    public static async ValueTask<DateOnly?> EarliestItemDueAsync(ISupervisionSession session, string caseId, CancellationToken cancellationToken)
    {
        var orders = await session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = caseId }, cancellationToken);
        var open = orders.Where(o => o.State == OrderState.Served).SelectMany(o => o.Items).Where(i => i.IsOpen).ToList();
        var running = open.Where(i => i.State != RectificationItemState.Overdue).ToList();
        return (running.Count > 0 ? running : open).Select(i => i.Due).Min();
    }

    /// <summary>Moves a limit to the due time that its clock, or what it follows, has now; returns it unchanged when nothing moved.</summary>
    public static async ValueTask<StepLimit> RefreshAsync(ISupervisionSession session, StepLimit limit, DateOnly? followedDay, CancellationToken cancellationToken)
    {
        var day = followedDay;
        var provisional = limit.Provisional;
        var paused = false;
        if (limit.ClockId is { } clockId && await session.FindAsync<DeadlineClock>(clockId, cancellationToken) is { } clock)
        {
            // While it stands still nobody knows the last day; what is shown is the earliest one still possible.
            paused = clock.Clock.IsPaused;
            var counted = paused ? clock.Clock.Resume(ShanghaiTime.DateOf(session.Now).AddDays(1), session.Calendar) : clock.Clock;
            day = counted.Due;
            provisional = counted.Provisional;
        }

        if (day is not { } last || (last == limit.LastDay && paused == limit.Paused))
        {
            return limit;
        }

        var moved = limit with { LastDay = last, DueAt = ShanghaiTime.PassedAt(last), Provisional = provisional, Paused = paused, Changed = session.CauseNow() };
        session.Save(moved);
        await MoveTasksAsync(session, moved, cancellationToken);
        return moved;
    }

    /// <summary>Lets the clock of a running limit stand still; one that stands still already stays as it is.</summary>
    /// <exception cref="RuleViolationException"><c>limit-not-pausable</c>: it runs around the clock, or follows clocks of the domain.</exception>
    public static async ValueTask<StepLimit> PauseAsync(
        ISupervisionSession session, StepLimit limit, PauseReason reason, string? basis, CancellationToken cancellationToken)
    {
        if (await ClockOfAsync<DeadlineClock>(session, limit, cancellationToken) is not { } clock)
        {
            throw new RuleViolationException(
                RefusalKind.Conflict, "limit-not-pausable", "timeLimitId", $"时限“{limit.RuleCode}”不是按日计算的独立期限，不能暂停：请改选按工作日、自然日或者月计算的办理时限。");
        }

        if (clock.Clock.IsPaused)
        {
            return limit;
        }

        await new ClockService(session).PauseAsync(clock.Id, reason, basis, cancellationToken);
        return await RefreshAsync(session, limit, null, cancellationToken);
    }

    /// <summary>Lets the clock of a limit run again; one that runs stays as it is.</summary>
    public static async ValueTask<StepLimit> ResumeAsync(ISupervisionSession session, StepLimit limit, CancellationToken cancellationToken)
    {
        if (await ClockOfAsync<DeadlineClock>(session, limit, cancellationToken) is not { Clock.IsPaused: true } clock)
        {
            return limit;
        }

        await new ClockService(session).ResumeAsync(clock.Id, cancellationToken);
        return await RefreshAsync(session, limit, null, cancellationToken);
    }

    /// <summary>
    /// Counts a running limit by another length, because the step that runs it was changed. Days stay days and hours hours: a limit that
    /// would change from one to the other, or to following other clocks, is refused.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="rule">Code of the rule that holds from now on.</param>
    /// <param name="length">Days or months, a span of time, or null for a limit that follows other clocks.</param>
    /// <param name="fromNow">Whether it is counted from now instead of from where it began.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="RuleViolationException"><c>limit-kind-changed</c>.</exception>
    /// <exception cref="DomainRuleException">What <see cref="LegalClock.Restate"/> refuses.</exception>
    public static async ValueTask<StepLimit> RestateAsync(
        ISupervisionSession session, StepLimit limit, string rule, LimitLength? length, bool fromNow, CancellationToken cancellationToken)
    {
        if (limit.State != StepLimitState.Running)
        {
            return limit;
        }

        var today = ShanghaiTime.DateOf(session.Now);
        if (length?.Period is { } period && await ClockOfAsync<DeadlineClock>(session, limit, cancellationToken) is { Clock.EndedOn: null } legal)
        {
            var clock = legal.Clock.Restate(rule, period, fromNow ? today : legal.Clock.StartDate, today, "流程版本更新", session.Calendar);
            session.Save(legal with { Clock = clock, Changed = session.CauseNow() });
            return Restated(session, limit with { RuleCode = rule, LastDay = clock.Due, DueAt = ShanghaiTime.PassedAt(clock.Due), Provisional = clock.Provisional }, limit);
        }

        if (length?.Elapsed is { } span && await ClockOfAsync<ElapsedLimit>(session, limit, cancellationToken) is { Clock.EndedAt: null } running)
        {
            var clock = ElapsedClock.Start(rule, running.Clock.StartEvent, fromNow ? session.Now : running.Clock.Deadline.Start, span);
            session.Save(running with { Clock = clock, Changed = session.CauseNow() });
            return Restated(session, limit with { RuleCode = rule, DueAt = clock.Deadline.Due }, limit);
        }

        throw new RuleViolationException(
            RefusalKind.Conflict, "limit-kind-changed", "unit", $"时限“{limit.RuleCode}”的计算方式（日、小时或者跟随其他期限）在新版本中改变，不能重算：请选择保留原期限，或让实例在原版本办结。");
    }

    /// <summary>Ends a limit together with the clock that it started.</summary>
    public static async ValueTask EndAsync(ISupervisionSession session, StepLimit limit, StepLimitState state, string reason, CancellationToken cancellationToken)
    {
        if (limit.State != StepLimitState.Running)
        {
            return;
        }

        session.Save(limit with { State = state, Changed = session.CauseNow() });
        if (limit.ClockId is not { } clockId)
        {
            return;
        }

        if (await session.FindAsync<DeadlineClock>(clockId, cancellationToken) is { Clock.EndedOn: null } legal)
        {
            session.Save(legal with { Clock = legal.Clock.End(ShanghaiTime.DateOf(session.Now), reason, session.Calendar), Changed = session.CauseNow() });
        }
        else if (await session.FindAsync<ElapsedLimit>(clockId, cancellationToken) is { Clock.EndedAt: null } elapsed)
        {
            session.Save(elapsed with { Clock = elapsed.Clock.End(session.Now), Changed = session.CauseNow() });
        }
    }

    // Steps that took their due time from the limit go with it.
    private static async ValueTask MoveTasksAsync(ISupervisionSession session, StepLimit after, CancellationToken cancellationToken)
    {
        var open = await session.ListAsync<WorkTask>(
            new AggregateFilter
            {
                CaseId = after.CaseId, PlanId = after.CaseId is null ? after.PlanId : null,
                CaseKey = after.CaseId is null && after.PlanId is null ? after.CaseKey : null, States = [nameof(TaskState.Open)],
            },
            cancellationToken);
        foreach (var task in open.Where(t => t.LimitId == after.Id && t.DueAt != after.DueAt))
        {
            session.Save(task with { DueAt = after.DueAt, Changed = session.CauseNow() });
        }
    }

    private static async ValueTask<T?> ClockOfAsync<T>(ISupervisionSession session, StepLimit limit, CancellationToken cancellationToken)
        where T : class, IAggregate => limit.ClockId is { } id ? await session.FindAsync<T>(id, cancellationToken) : null;

    private static StepLimit Restated(ISupervisionSession session, StepLimit limit, StepLimit before)
    {
        var restated = limit with { Changed = session.CauseNow() };
        session.Save(restated);
        session.Audit(new AuditFact(limit.CaseKey, "limit.restated", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["limitId"] = limit.Id,
            ["rule"] = limit.RuleCode,
            ["before"] = before.DueAt.ToString("O"),
            ["after"] = restated.DueAt.ToString("O"),
        }));
        return restated;
    }

    private static StepLimit Save(
        ISupervisionSession session, LimitScope scope, string rule, DateOnly? lastDay, DateTimeOffset dueAt, string? clockId, bool provisional)
    {
        var limit = new StepLimit
        {
            Id = session.NewId(),
            CaseKey = scope.CaseKey,
            CaseId = scope.CaseId,
            PlanId = scope.PlanId,
            TargetId = scope.TargetId,
            Area = scope.Area,
            Department = scope.Department,
            Created = session.CauseNow(),
            RuleCode = rule,
            LastDay = lastDay,
            DueAt = dueAt,
            ClockId = clockId,
            HeldBy = scope.HeldBy,
            Provisional = provisional,
            State = StepLimitState.Running,
        };
        session.Save(limit);
        return limit;
    }
}
