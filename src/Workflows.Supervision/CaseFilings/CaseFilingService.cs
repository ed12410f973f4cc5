using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.CaseFilings;

/// <summary>立案: proposed by the handler, legally reviewed by another, decided by the head of the department that punishes.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class CaseFilingService(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Rule of the time for deciding where the law of the field sets nothing else (行政处罚法 60).</summary>
    public const string GeneralRule = "APL-60";

    /// <summary>Rule of the time that the law of a department's own field sets.</summary>
    public static string OwnRule(string department) => $"{department}-CASE";

    /// <summary>Outcome: filed; the matter waits as 案件办理中.</summary>
    public const string Filed = "立案";

    /// <summary>Outcome: not filed.</summary>
    public const string NotFiled = "不予立案";

    /// <summary>Proposes filings, one for each department that punishes.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="findingIds">Findings that are to be filed.</param>
    /// <param name="reason">Why.</param>
    /// <param name="handlerId">
    /// Officer who handles them, where the proposal follows from somebody else's decision; null for whoever acts. The handler may not review it.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="RuleViolationException"><c>no-penalty-clause</c>, <c>finding-not-found</c>, <c>already-filed</c>, <c>assistant-decides</c>.</exception>
    public async ValueTask<IReadOnlyList<CaseFiling>> ProposeAsync(
        string caseId, IReadOnlyList<string> findingIds, string reason, string? handlerId = null, CancellationToken cancellationToken = default)
    {
        // The clock may propose: a limit that has passed is reason enough, and people still review and decide.
        if (session.Actor.IsPerson && handlerId is null)
        {
            Deciders.RequireOfficer(session.Actor, "提请立案");
        }

        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var scenario = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario;
        var filed = (await session.ListAsync<CaseFiling>(new AggregateFilter { CaseId = caseId }, cancellationToken))
            .Where(f => f.State != FilingState.Rejected).SelectMany(f => f.FindingIds).ToHashSet(StringComparer.Ordinal);
        var findings = new List<Finding>();
        foreach (var id in findingIds.Distinct())
        {
            var finding = await session.GetAsync<Finding>(id, "findingIds", "问题", cancellationToken);
            if (finding.CaseId != caseId)
            {
                throw Refusal.NotFound("finding-not-found", "findingIds", $"问题“{id}”不属于本案，请核对。");
            }

            if (finding.PenaltyClause == PenaltyClause.NoClause)
            {
                throw Refusal.Conflict("no-penalty-clause", "findingIds", $"事项“{finding.ItemCode}”没有罚则，不能立案，请约谈或者移送。");
            }

            findings.Add(filed.Contains(id) ? throw Refusal.Conflict("already-filed", "findingIds", $"问题“{id}”已经提请立案。") : finding);
        }

        var by = LegalDeadline.Compute(session.Today(), scenario.Rectification.CaseFilingWithin, session.Calendar).Due;
        return [.. findings.GroupBy(f => f.PenaltyDepartment).Select(g => Propose(one, g.Key, [.. g], scenario.Department(g.Key)!, by, Refusal.Text(reason, "reason", "立案理由"), handlerId))];
    }

    /// <summary>Proposes to file the refusal of a check itself, with the leading department: it is a matter of its own beside any finding.</summary>
    public async ValueTask<CaseFiling> ProposeForRefusalAsync(string caseId, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var scenario = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario;
        var by = LegalDeadline.Compute(session.Today(), scenario.Rectification.CaseFilingWithin, session.Calendar).Due;
        return Propose(one, one.LeadDepartment, [], scenario.Department(one.LeadDepartment)!, by, "拒绝、阻碍行政检查");
    }

    /// <summary>法制审核 by somebody else than the handler.</summary>
    /// <returns>True if agreed.</returns>
    /// <exception cref="RuleViolationException"><c>legal-reviewer-required</c>, <c>own-legal-review</c>, <c>filing-state</c>.</exception>
    public async ValueTask<bool> ReviewAsync(string filingId, bool agree, string opinion, CancellationToken cancellationToken = default)
    {
        var filing = await GetAsync(filingId, cancellationToken);
        Deciders.RequireLegalReviewer(session.Actor, filing.HandlerId);
        RequireState(filing, FilingState.Proposed, "审核");
        var review = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(opinion, "opinion", "审核意见"));
        session.Update(filing with { State = agree ? FilingState.Reviewed : FilingState.Rejected, LegalReview = review }, "filing.reviewed");
        return agree;
    }

    /// <summary>Decision of the head. Filing starts the organ's own time limit and takes the items out of their orders.</summary>
    /// <param name="filingId">The filing.</param>
    /// <param name="file">Whether it is filed.</param>
    /// <param name="reason">Why.</param>
    /// <param name="procedure">繁简分流: what is stated of the case, and the way that is asked for; null for the ordinary way.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns><see cref="Filed"/> or <see cref="NotFiled"/>.</returns>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>other-department</c>, <c>legal-review-missing</c>, <c>procedure-unknown</c>, <c>procedure-conditions</c>.</exception>
    public async ValueTask<string> DecideAsync(string filingId, bool file, string reason, ProcedureRequest? procedure = null, CancellationToken cancellationToken = default)
    {
        var filing = await GetAsync(filingId, cancellationToken);
        Deciders.RequireHead(session.Actor, filing.Department, "决定立案");
        if (filing.LegalReview is null)
        {
            throw Refusal.Conflict("legal-review-missing", "filingId", "尚未经法制审核，不能决定立案。");
        }

        RequireState(filing, FilingState.Reviewed, "决定");
        if (file)
        {
            await RequireStandingAsync(filing, cancellationToken);
        }

        var decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "决定理由"));
        if (!file)
        {
            session.Update(filing with { State = FilingState.Rejected, Approval = decision }, "filing.rejected");
            return NotFiled;
        }

        var today = session.Today();
        var way = await WayAsync(filing, procedure, cancellationToken);
        var limit = way?.Limit ?? filing.Limit;
        var clock = new ClockService(session).Start(filing, $"filing:{filing.Id}", $"department:{filing.Department}", filing.LimitRule, FilingExtensions.FiledEvent, today, limit);
        session.Update(
            filing with { State = FilingState.InProgress, Approval = decision, FiledOn = today, ClockId = clock.Id, DecideBy = clock.Clock.Due, Limit = limit, Procedure = way },
            "filing.decided", way is null ? [] : [("way", way.Title)]);
        foreach (var id in filing.FindingIds)
        {
            var finding = await session.GetAsync<Finding>(id, "findingId", "问题", cancellationToken);
            if (finding.Disposition != Disposition.Refuted)
            {
                session.Update(finding with { Disposition = Disposition.Filing }, "finding.filed");
            }
        }

        await TakeOutOfOrdersAsync(filing, cancellationToken);
        return Filed;
    }

    // 繁简分流: a way that is asked for has to be open, else the first that is; nothing stated means the ordinary way.
    private async ValueTask<FilingProcedure?> WayAsync(CaseFiling filing, ProcedureRequest? asked, CancellationToken ct)
    {
        var one = await session.GetAsync<Case>(filing.CaseId!, "caseId", "案件", ct);
        var ways = (await scenarios.RequireAsync(one.PackageVersionId, ct)).Scenario.Procedures;
        if (asked?.Way is { } wanted && ways.All(way => way.Way != wanted))
        {
            throw Refusal.Invalid("procedure-unknown", "data.way", $"场景没有所选的办案程序（{wanted}），可用的有：{(ways.Count == 0 ? "（未设置，按普通程序办理）" : string.Join("、", ways.Select(way => way.Title)))}。");
        }

        if (ways.Count == 0)
        {
            return null;
        }

        var grounds = asked?.Grounds ?? new ProcedureGrounds();
        Severity? gravest = null;
        foreach (var id in filing.FindingIds)
        {
            var severity = (await session.GetAsync<Finding>(id, "findingId", "问题", ct)).Severity;
            gravest = gravest > severity ? gravest : severity;
        }

        var chosen = ways.FirstOrDefault(way => way.Way == asked?.Way)
            ?? (asked is null ? ways.First(way => way.Way == ProcedureKind.Ordinary) : ProcedureChoice.FirstOpen(ways, grounds, one.Target.IsIndividual, gravest));
        var unmet = ProcedureChoice.Unmet(chosen, grounds, one.Target.IsIndividual, gravest);
        return unmet.Count == 0
            ? new FilingProcedure(chosen.Way, chosen.Title, chosen.Basis, chosen.Limit, asked?.Way is not null, grounds)
            : throw Refusal.Conflict("procedure-conditions", "data.way", $"本案不符合“{chosen.Title}”的条件：{string.Join("；", unmet)}。请改选其他程序，或者按普通程序办理。");
    }

    // What a second test has refuted is no ground any more.
    private async ValueTask RequireStandingAsync(CaseFiling filing, CancellationToken ct)
    {
        var standing = filing.FindingIds.Count == 0;
        foreach (var id in filing.FindingIds)
        {
            var finding = await session.FindAsync<Finding>(id, ct);
            standing |= finding is not { Disposition: Disposition.Refuted };
            await EvidenceGuard.RequireUsableAsync(session, finding?.EvidenceIds ?? [], filing.Department, "filingId", ct);
        }

        if (!standing)
        {
            throw Refusal.Conflict("finding-refuted", "filingId", "提请立案的问题已被复检推翻，应当决定不予立案。");
        }
    }

    /// <summary>Notes the number that the organ's own system gave.</summary>
    /// <exception cref="RuleViolationException"><c>other-department</c>, <c>filing-state</c>, <c>field-missing</c>.</exception>
    public async ValueTask<CaseFiling> AssignNumberAsync(string filingId, string number, CancellationToken cancellationToken = default)
    {
        var filing = await GetAsync(filingId, cancellationToken);
        Deciders.RequireDepartment(session.Actor, filing.Department, "登记案号");
        RequireState(filing, FilingState.InProgress, "登记案号");
        return session.Update(filing with { FilingNumber = Refusal.Text(number, "number", "案号") }, "filing.numbered");
    }

    /// <summary>Takes the outcome; only now does the matter end.</summary>
    /// <exception cref="RuleViolationException"><c>other-department</c>, <c>filing-state</c>, <c>filing-number-missing</c>, <c>field-missing</c>.</exception>
    public async ValueTask<CaseFiling> ConcludeAsync(string filingId, string outcome, CancellationToken cancellationToken = default)
    {
        var filing = await GetAsync(filingId, cancellationToken);
        Deciders.RequireDepartment(session.Actor, filing.Department, "登记办理结果");
        RequireState(filing, FilingState.InProgress, "登记办理结果");
        if (filing.FilingNumber is null)
        {
            throw Refusal.Conflict("filing-number-missing", "number", "尚未登记案号，请先登记案号再登记办理结果。");
        }

        await new ClockService(session).EndAsync(filing.ClockId!, "已结案", cancellationToken);
        return session.Update(filing with { State = FilingState.Concluded, ConcludedAt = session.Now, Outcome = Refusal.Text(outcome, "outcome", "办理结果") }, "filing.concluded");
    }

    private CaseFiling Propose(Case one, string organ, IReadOnlyList<Finding> findings, ScenarioDepartment department, DateOnly by, string reason, string? handlerId = null)
    {
        // 行政处罚法 60 gives 90 calendar days where the law of the field sets nothing else (治安: 30, practice.md 3).
        var (rule, limit) = department.Clocks is { } own && own.HoldFor(findings.SelectMany(f => f.Penalises)) ? (OwnRule(department.Code), own.Case) : (GeneralRule, LegalPeriod.CalendarDays(90));
        return session.Add(
            new CaseFiling
            {
                Id = session.NewId(),
                CaseKey = one.CaseKey,
                CaseId = one.Id,
                PlanId = one.PlanId,
                TargetId = one.TargetId,
                Area = one.Area,
                Department = organ,
                Created = session.Cause(),
                FindingIds = [.. findings.Select(f => f.Id)],
                Organ = one.Departments.FirstOrDefault(d => d.Code == organ)?.Organ ?? department.Name,
                Reason = reason,
                HandlerId = handlerId ?? session.Actor.Id,
                FileBy = by,
                LimitRule = rule,
                Limit = limit,
                Sealed = findings.Any(f => f.Sealed),
                State = FilingState.Proposed,
            },
            "filing.proposed", ("department", organ));
    }

    private async ValueTask TakeOutOfOrdersAsync(CaseFiling filing, CancellationToken ct)
    {
        var orders = await session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = filing.CaseId, States = [nameof(OrderState.Served)] }, ct);
        var proposed = ShanghaiTime.DateOf(filing.Created.At);
        foreach (var order in orders)
        {
            // An item that was filed side by side with its order, before its term had passed, stays in the order: it is looked at again all the same.
            var overdue = order.Items.Where(i => filing.FindingIds.Contains(i.FindingId) && i.State == RectificationItemState.Overdue && i.Due < proposed)
                .Select(i => i.Ordinal).ToHashSet();
            if (overdue.Count > 0)
            {
                await Settlement.CloseItemsAsync(session, order, overdue, RectificationItemState.Filed, "order.items-filed", ct);
            }
        }
    }

    private ValueTask<CaseFiling> GetAsync(string id, CancellationToken ct) => session.GetAsync<CaseFiling>(id, "filingId", "立案", ct);

    private static void RequireState(CaseFiling filing, FilingState state, string act)
    {
        if (filing.State != state)
        {
            throw Refusal.Conflict("filing-state", "filingId", $"该立案事项当前为“{filing.State}”，不能{act}。");
        }
    }
}
