using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Planning;

/// <summary>A case that was withdrawn.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">Its number; it is not given again.</param>
public sealed record WithdrawnCase(string CaseId, string Number);

/// <summary>A case that goes on although its plan was withdrawn.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="Why">What keeps it, in Chinese, such as 已送达整改通知.</param>
public sealed record ContinuingCase(string CaseId, string Number, string Why);

/// <summary>What became of a plan that was withdrawn.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="State">Its state.</param>
/// <param name="Reason">The reason given.</param>
/// <param name="Withdrawn">Cases that ended with it.</param>
/// <param name="GoOn">Cases that go on, with what keeps them.</param>
public sealed record PlanWithdrawal(string PlanId, PlanState State, string Reason, IReadOnlyList<WithdrawnCase> Withdrawn, IReadOnlyList<ContinuingCase> GoOn);

/// <summary>
/// 撤销: a plan, or a case, is given up with a reason by the head of the leading department. A case that nobody has visited ends with it. What was found at
/// a visit, served or filed is dealt with to its end: such a case goes on, and its legal clocks stand. Everything is decided and written in one commit;
/// the workflows end after it.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="clocks">Legal clocks.</param>
/// <param name="notices">Messages.</param>
public sealed class Withdrawal(ISupervisionSession session, ClockService clocks, NoticeService notices)
{
    /// <summary>Kind of the message to who held a step of it.</summary>
    public const string NoticeKind = "撤销";

    /// <summary>Withdraws a plan with its unvisited cases.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>other-department</c> (403), <c>field-missing</c>, <c>plan-ended</c> (409).</exception>
    public async ValueTask<PlanWithdrawal> PlanAsync(string planId, string reason, CancellationToken cancellationToken = default)
    {
        var plan = await session.GetAsync<InspectionPlan>(planId, "planId", "检查计划", cancellationToken);
        Deciders.RequireHead(session.Actor, plan.LeadDepartment, "撤销检查计划");
        var words = Refusal.Text(reason, "reason", "撤销理由");
        if (plan.State is PlanState.Closed or PlanState.Cancelled)
        {
            throw Refusal.Conflict("plan-ended", "id", $"计划已经{(plan.State == PlanState.Closed ? "办结" : "撤销")}，不能再撤销；请刷新后查看各案件。");
        }

        var all = await MatterAsync(new AggregateFilter { PlanId = planId }, cancellationToken);
        var withdrawn = new List<WithdrawnCase>();
        var goOn = new List<ContinuingCase>();
        foreach (var one in await session.ListAsync<Case>(new AggregateFilter { PlanId = planId, States = [nameof(CaseState.Open)] }, cancellationToken))
        {
            if (all.KeptBy(one) is { } why)
            {
                goOn.Add(new ContinuingCase(one.Id, one.Number, why));
                continue;
            }

            await EndAsync(one, words, all, cancellationToken);
            withdrawn.Add(new WithdrawnCase(one.Id, one.Number));
        }

        await DropAsync(withdrawn, cancellationToken);
        await EndPartsAsync(null, words, all, cancellationToken);
        session.Update(plan with { State = PlanState.Cancelled, CancelReason = words }, "plan.cancelled", ("reason", words),
            ("withdrawn", string.Join(',', withdrawn.Select(c => c.CaseId))), ("goOn", string.Join(',', goOn.Select(c => c.CaseId))));
        notices.SendOnPlan(plan, [.. plan.Departments.Select(d => $"department:{d.Code}").Concat(all.Holders(null))], NoticeKind);
        if (plan.RootInstanceId is { } root)
        {
            session.EndWorkflow(root, words);
        }

        return new PlanWithdrawal(plan.Id, PlanState.Cancelled, words, withdrawn, goOn);
    }

    /// <summary>Withdraws one case that nobody has visited.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>other-department</c> (403), <c>field-missing</c>, <c>case-closed</c>, <c>case-goes-on</c> (409).</exception>
    public async ValueTask<WithdrawnCase> CaseAsync(string caseId, string reason, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        Deciders.RequireHead(session.Actor, one.LeadDepartment, "撤销案件");
        var words = Refusal.Text(reason, "reason", "撤销理由");
        if (one.State != CaseState.Open)
        {
            throw Refusal.Conflict("case-closed", "id", $"案件{one.Number}已经{(one.State == CaseState.Closed ? "办结" : "撤销")}，不能再撤销。");
        }

        var all = await MatterAsync(new AggregateFilter { CaseId = caseId }, cancellationToken);
        if (all.KeptBy(one) is { } why)
        {
            throw Refusal.Conflict("case-goes-on", "id", $"案件{one.Number}{why}，不能撤销，请按流程办结。");
        }

        await EndAsync(one, words, all, cancellationToken);
        var withdrawn = new WithdrawnCase(one.Id, one.Number);
        await DropAsync([withdrawn], cancellationToken);
        return withdrawn;
    }

    // Checks that were to be merged with one that is given up are still merged with each other.
    private async ValueTask DropAsync(IReadOnlyList<WithdrawnCase> withdrawn, CancellationToken ct)
    {
        var engine = new Merging.MergeEngine(session);
        foreach (var one in withdrawn)
        {
            await engine.DropAsync(await session.GetAsync<Case>(one.CaseId, "caseId", "案件", ct), ct);
        }
    }

    /// <summary>Ends a case that nobody has visited because its check is made with that of another.</summary>
    internal async ValueTask IntoAsync(Case one, string reason, CancellationToken cancellationToken) =>
        await EndAsync(one, reason, await MatterAsync(new AggregateFilter { CaseId = one.Id }, cancellationToken), cancellationToken);

    private async ValueTask EndAsync(Case one, string reason, Matter all, CancellationToken ct)
    {
        await EndPartsAsync(one, reason, all, ct);
        var ended = session.Update(
            one with { State = CaseState.Withdrawn, Stage = CaseStage.Withdrawn, ClosureReason = reason, ClosedAt = session.Now }, "case.withdrawn", ("reason", reason));
        // The party is told only where a document served has already told it of the visit.
        var party = all.Services.Any(s => s.CaseId == one.Id) ? [$"party:{one.TargetId}"] : Array.Empty<string>();
        await notices.SendAsync(ended.Id, [$"department:{one.LeadDepartment}", .. all.Holders(one.Id), .. party], NoticeKind, due: null, cancellationToken: ct);
        session.EndWorkflow(one.RootInstanceId, reason);
    }

    // Steps, limits and clocks of a case, or of the plan itself.
    private async ValueTask EndPartsAsync(Case? one, string reason, Matter all, CancellationToken ct)
    {
        foreach (var task in all.Tasks.Where(t => t.CaseId == one?.Id))
        {
            session.Update(task with { State = TaskState.Cancelled, EndedAt = session.Now }, "task.cancelled", ("reason", reason));
        }

        foreach (var limit in all.Limits.Where(l => l.CaseId == one?.Id))
        {
            await StepLimits.EndAsync(session, limit, StepLimitState.Withdrawn, reason, ct);
        }

        foreach (var clock in all.Clocks.Where(c => c.CaseId == one?.Id))
        {
            await clocks.EndAsync(clock.Id, reason, ct);
        }
    }

    private async ValueTask<Matter> MatterAsync(AggregateFilter of, CancellationToken ct) => new(
        await session.ListAsync<WorkTask>(of with { States = [nameof(TaskState.Open)] }, ct),
        await session.ListAsync<StepLimit>(of with { States = [nameof(StepLimitState.Running)] }, ct),
        [.. (await session.ListAsync<DeadlineClock>(of, ct)).Where(c => c.Clock.EndedOn is null)],
        await session.ListAsync<Visit>(of, ct),
        await session.ListAsync<RectificationOrder>(of, ct),
        await session.ListAsync<CaseFiling>(of, ct),
        await session.ListAsync<StopMeasure>(of, ct),
        await session.ListAsync<ProofOfService>(of, ct));

    /// <summary>What there is of a plan or case, read with one query each.</summary>
    private sealed record Matter(
        IReadOnlyList<WorkTask> Tasks, IReadOnlyList<StepLimit> Limits, IReadOnlyList<DeadlineClock> Clocks, IReadOnlyList<Visit> Visits,
        IReadOnlyList<RectificationOrder> Orders, IReadOnlyList<CaseFiling> Filings, IReadOnlyList<StopMeasure> Measures, IReadOnlyList<ProofOfService> Services)
    {
        /// <summary>What keeps a case, weightiest first; null where nobody has visited.</summary>
        public string? KeptBy(Case one) =>
            Filings.Any(f => f.CaseId == one.Id && f.State is FilingState.InProgress or FilingState.Concluded) ? "已经立案"
            : Measures.Any(m => m.CaseId == one.Id && m.Lifted is null) ? "有强制措施尚未解除"
            : Orders.FirstOrDefault(o => o.CaseId == one.Id && o.ServedOn is not null) is { } order ? $"已送达整改通知{order.DocumentNumber}"
            : one.TaskEndedAt is not null || Visits.Any(v => v.CaseId == one.Id && v.State != VisitState.Planned) ? "已经上门检查"
            : null;

        /// <summary>Who holds an open step of a case, or of the plan itself.</summary>
        public IEnumerable<string> Holders(string? caseId) => Tasks.Where(t => t.CaseId == caseId)
            .SelectMany(t => t.Assignees.Count > 0 ? t.Assignees : [t.Index.Owner!]).Distinct(StringComparer.Ordinal);
    }
}
