using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Publication;

/// <summary>抽查结果公示 within 20 working days from the end of the task; individuals masked; sealed matters never.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class PublicationService(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Outcome: published.</summary>
    public const string Published = "已公示";

    /// <summary>Outcome: not published, with reason.</summary>
    public const string Withheld = "不予公示";

    /// <summary>Draws up the row of a case.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="result">One of <see cref="PublicResult"/>, which then stays; null derives it from the case.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>result-unknown</c>, <c>task-not-ended</c>.</exception>
    public async ValueTask<PublicationEntry> PrepareAsync(string caseId, string? result = null, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var scenario = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario;
        if (one.TaskEndedAt is not { } ended)
        {
            throw Refusal.Conflict("task-not-ended", "caseId", "检查任务尚未结束，不能公示。");
        }

        var (visits, findings, derived) = await StandingAsync(one, scenario, cancellationToken);
        var chosen = derived == Withheld ? Withheld : result ?? derived;
        if (chosen != Withheld && !PublicResult.All.Contains(chosen))
        {
            throw Refusal.Invalid("result-unknown", "result", $"公示结果只能是：{string.Join("、", PublicResult.All)}。");
        }

        return session.Add(
            new PublicationEntry
            {
                Id = session.NewId(),
                CaseKey = one.CaseKey,
                CaseId = one.Id,
                PlanId = one.PlanId,
                TargetId = one.TargetId,
                Area = one.Area,
                Created = session.Cause(),
                TaskNumber = one.Number,
                Departments = [.. one.Departments.Where(d => d.Attends).Select(d => d.Code)],
                Matter = scenario.Title,
                Organs = [.. one.Departments.Where(d => d.Attends).Select(d => d.Organ)],
                TargetName = NameOf(one.Target),
                CreditCode = one.Target.IsIndividual ? null : one.Target.CreditCode,
                District = one.Area ?? "",
                CheckedOn = ShanghaiTime.DateOf(visits.Select(v => v.ArrivedAt).FirstOrDefault(a => a is not null) ?? ended),
                Result = chosen,
                IsResultChosen = result is not null && chosen != Withheld,
                Handling = HandlingOf(visits, findings),
                PublishBy = LegalDeadline.Compute(ShanghaiTime.DateOf(ended), scenario.Publication.Within, session.Calendar).Due,
                State = PublicationState.Prepared,
            },
            "publication.prepared", ("result", chosen));
    }

    /// <summary>公示审核: publishes the row, or withholds it with a reason.</summary>
    /// <returns><see cref="Published"/> or <see cref="Withheld"/>.</returns>
    /// <exception cref="RuleViolationException"><c>publication-reviewer-required</c>, <c>already-decided</c>, <c>field-missing</c>, <c>result-withheld</c>.</exception>
    public async ValueTask<string> ReviewAsync(string entryId, bool publish, string? reason, CancellationToken cancellationToken = default)
    {
        var entry = await session.GetAsync<PublicationEntry>(entryId, "entryId", "公示信息", cancellationToken);
        Deciders.RequireRole(session.Actor, Role.PublicationReviewer, "publication-reviewer-required", "公示须经公示审核人员审核。");
        if (entry.State != PublicationState.Prepared)
        {
            throw Refusal.Conflict("already-decided", "entryId", "该公示信息已经审核。");
        }

        if (publish && entry.Result == Withheld)
        {
            var nobody = (await session.FindAsync<Case>(entry.CaseId ?? "", cancellationToken))?.Target.Identity == PartyIdentity.Unknown;
            throw Refusal.Conflict("result-withheld", "outcome", nobody ? "当事人无法查明，没有可以公示的检查对象，请选择“不予公示”并说明理由。" : "本次检查发现的问题依法均不公开，公示任何结果都不真实或者泄露其内容，请选择“不予公示”并说明理由。");
        }

        var review = new Decision(session.Actor.Id, session.Actor.Name, session.Now, publish ? reason ?? "同意公示" : Refusal.Text(reason, "reason", "不予公示的理由"));
        session.Update(
            entry with { State = publish ? PublicationState.Published : PublicationState.Withheld, Review = review, PublishedAt = publish ? session.Now : null },
            publish ? "publication.published" : "publication.withheld");
        if (publish && await session.FindAsync<Case>(entry.CaseId!, cancellationToken) is { } one)
        {
            session.Update(one with { PublicResult = entry.Result }, "case.published");
        }

        return publish ? Published : Withheld;
    }

    /// <summary>Shows after rectification how it was dealt with (已改正).</summary>
    /// <exception cref="RuleViolationException"><c>not-published</c>.</exception>
    public async ValueTask<PublicationEntry> UpdateHandlingAsync(string entryId, CancellationToken cancellationToken = default)
    {
        var entry = await session.GetAsync<PublicationEntry>(entryId, "entryId", "公示信息", cancellationToken);
        if (entry.State != PublicationState.Published)
        {
            throw Refusal.Conflict("not-published", "entryId", "该信息未在公示中。");
        }

        var one = await session.GetAsync<Case>(entry.CaseId!, "caseId", "案件", cancellationToken);
        var scenario = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario;
        var (visits, findings, derived) = await StandingAsync(one, scenario, cancellationToken);
        // A result is not said anew because what was found was dealt with; but what came to light after it is.
        var result = entry.Result == PublicResult.NoProblem && !entry.IsResultChosen ? derived : entry.Result;
        return result == Withheld ? entry : Changed(entry, one, result, HandlingOf(visits, findings), "办结");
    }

    /// <summary>Says anew what a prepared or published row says, where what it rests on has changed after it: a sample went to the laboratory, a report came in. The row keeps its history.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="cause">What happened.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask FollowAsync(string caseId, string cause, CancellationToken cancellationToken = default)
    {
        var rows = await session.ListAsync<PublicationEntry>(new AggregateFilter { CaseId = caseId }, cancellationToken);
        if (rows.LastOrDefault(e => e.State is PublicationState.Prepared or PublicationState.Published) is not { } entry || entry.Result == Withheld)
        {
            return;
        }

        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var scenario = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario;
        var (visits, findings, derived) = await StandingAsync(one, scenario, cancellationToken);
        if (derived != Withheld)
        {
            Changed(entry, one, entry.IsResultChosen ? entry.Result : derived, HandlingOf(visits, findings), cause);
        }
        else if (entry.State == PublicationState.Prepared)
        {
            // Nothing can be said any more: what was prepared cannot be published. A row that stands is withdrawn by a person, never rewritten into an untruth.
            Changed(entry, one, Withheld, entry.Handling, cause);
        }
    }

    private PublicationEntry Changed(PublicationEntry entry, Case one, string result, string handling, string cause)
    {
        if ((entry.Result, entry.Handling) == (result, handling))
        {
            return entry;
        }

        if (entry.State == PublicationState.Published && one.PublicResult != result)
        {
            session.Update(one with { PublicResult = result }, "case.published-anew", ("result", result));
        }

        return session.Update(
            entry with { Result = result, Handling = handling, Changes = [.. entry.Changes, new PublicationChange(session.Now, entry.Result, entry.Handling, cause)] },
            "publication.updated", ("result", result), ("cause", cause));
    }

    // What can be said of a case now, and of which findings. Where all that was found is kept from the public, neither the finding nor its absence can be said.
    private async ValueTask<(IReadOnlyList<Visit> Visits, List<Finding> Findings, string Result)> StandingAsync(Case one, Scenario scenario, CancellationToken ct)
    {
        var visits = await session.ListAsync<Visit>(new AggregateFilter { CaseId = one.Id }, ct);
        var all = await session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }, ct);
        var findings = all.Where(f => IsPublic(f, scenario)).ToList();
        var kept = one.Target.Identity == PartyIdentity.Unknown || (findings.Count == 0 && all.Any(f => f.Disposition != Disposition.Refuted) && visits.All(v => v.State != VisitState.Refused));
        return (visits, findings, kept ? Withheld : ResultOf(visits, findings));
    }

    /// <summary>Withdraws a row because what it rests on was changed or annulled (处罚法 48(2)); the reason is public.</summary>
    /// <exception cref="RuleViolationException"><c>publication-reviewer-required</c>, <c>not-published</c>, <c>field-missing</c>.</exception>
    public async ValueTask<PublicationEntry> WithdrawAsync(string entryId, string reason, CancellationToken cancellationToken = default)
    {
        var entry = await session.GetAsync<PublicationEntry>(entryId, "entryId", "公示信息", cancellationToken);
        Deciders.RequireRole(session.Actor, Role.PublicationReviewer, "publication-reviewer-required", "撤回公示须由公示审核人员办理。");
        return entry.State != PublicationState.Published
            ? throw Refusal.Conflict("not-published", "entryId", "该信息未在公示中。")
            : session.Update(
                entry with { State = PublicationState.Withdrawn, Withdrawal = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "撤回理由")) },
                "publication.withdrawn");
    }

    /// <summary>Name of a target as the public sees it: for a person only the first character and the trade name.</summary>
    public static string NameOf(TargetSnapshot target)
    {
        if (!target.IsIndividual)
        {
            return target.Name;
        }

        var first = target.Name.EnumerateRunes().Select(r => r.ToString()).FirstOrDefault() ?? "";
        var masked = first + new string('*', Math.Clamp(target.Name.EnumerateRunes().Count() - 1, 1, 3));
        return target.TradeName is { } trade ? $"{trade}（经营者{masked}）" : masked;
    }

    private static bool IsPublic(Finding finding, Scenario scenario) =>
        finding is { Sealed: false, ConcernsMinor: false, Disposition: not Disposition.Refuted } && !scenario.Publication.SealedItems.Contains(finding.ItemCode);

    private static string ResultOf(IReadOnlyList<Visit> visits, List<Finding> findings) =>
        visits.Any(v => v.State == VisitState.Refused) ? PublicResult.Uncooperative
        : findings.Any(f => f.Disposition is Disposition.Filing or Disposition.Transfer or Disposition.Pending) || IsTesting(visits) ? PublicResult.ToBeHandled
        : findings.Count > 0 ? PublicResult.OrderedToRectify
        : visits.Count > 0 && visits[^1].State == VisitState.NotFound ? PublicResult.NotFound
        : PublicResult.NoProblem;

    private static bool IsTesting(IReadOnlyList<Visit> visits) => visits.Any(v => v.Samples.Any(s => s.IsAtLaboratory));

    private static string HandlingOf(IReadOnlyList<Visit> visits, List<Finding> findings) =>
        IsTesting(visits) ? "抽样检验中"
        : findings.Count == 0 ? "无"
        : findings.All(f => f.Disposition is Disposition.FixedOnSpot or Disposition.Lenient or Disposition.Rectified) ? "已改正"
        : findings.Any(f => f.Disposition == Disposition.Filing) ? "依法处理中"
        : "责令改正";
}
