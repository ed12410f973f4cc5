using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Merging;

/// <summary>
/// Finds checks of one target that can be made in one visit, and keeps visits from beginning while the list demands a decision. It looks whenever a case is
/// opened: only what nobody has begun can be merged.
/// </summary>
/// <param name="session">The session.</param>
public sealed class MergeEngine(ISupervisionSession session)
{
    /// <summary>Days within which a check without a plan is to be made.</summary>
    private const int DaysWithoutPlan = 30;

    /// <summary>Proposes to merge a case that was just opened with the others that wait for the same target.</summary>
    /// <returns>The proposal, or null where there is nothing to merge.</returns>
    public async ValueTask<MergeProposal?> ProposeAsync(Case opened, CancellationToken cancellationToken = default)
    {
        var waiting = new List<Case>();
        foreach (var other in await session.ListAsync<Case>(new AggregateFilter { TargetId = opened.TargetId, States = [nameof(CaseState.Open)] }, cancellationToken))
        {
            if (other.Id != opened.Id && await IsUnbegunAsync(other, cancellationToken))
            {
                waiting.Add(other);
            }
        }

        if (waiting.Count == 0)
        {
            return null;
        }

        var rules = await RulesAsync(opened, cancellationToken);
        var first = await PartAsync(opened, cancellationToken);
        var parts = new List<MergePart> { first };
        foreach (var other in waiting)
        {
            var part = await PartAsync(other, cancellationToken);
            var asked = rules.Where(r => Asks(r.Version, first, part)).OrderByDescending(r => r.Version.IsMandatory).FirstOrDefault();
            if (Gap(first, part) <= (asked?.Version.WindowDays ?? 0))
            {
                parts.Add(part);
            }
        }

        if (parts.Count < 2)
        {
            return null;
        }

        // The strictest entry over all pairs: what the list demands of two of the checks holds for the visit of all of them.
        var entry = parts.SelectMany((one, i) => parts.Skip(i + 1).SelectMany(other => rules.Where(r => Asks(r.Version, one, other) && Gap(one, other) <= r.Version.WindowDays)))
            .OrderByDescending(r => r.Version.IsMandatory).FirstOrDefault();
        var together = parts.Select(p => p.CaseId).ToHashSet(StringComparer.Ordinal);
        foreach (var earlier in await ProposedAsync(opened, cancellationToken))
        {
            if (earlier.Parts.All(p => together.Contains(p.CaseId)) || await IsStaleAsync(earlier, cancellationToken))
            {
                session.Update(earlier with { State = MergeState.Lapsed }, "merge.lapsed", ("by", opened.Id));
            }
        }

        var oneRecord = parts.All(p => p.ScenarioCode == first.ScenarioCode) && parts.Count(p => !p.Trigger.IsChosen()) < 2;
        var (from, to) = (parts.Max(p => p.From), parts.Min(p => p.To));
        var id = session.NewId();
        return session.Add(
            new MergeProposal
            {
                Id = id,
                CaseKey = id,
                TargetId = opened.TargetId,
                Area = opened.Area,
                Created = session.Cause(),
                TargetName = opened.Target.Name,
                Parts = [.. parts.OrderBy(p => p.Number, StringComparer.Ordinal)],
                Kind = oneRecord ? MergeKind.OneRecord : MergeKind.SharedTrip,
                From = from <= to ? from : to,
                To = from <= to ? to : from,
                RuleCode = entry?.Code,
                IsMandatory = entry?.Version.IsMandatory == true,
                State = MergeState.Proposed,
            },
            "merge.proposed", ("cases", string.Join(',', parts.Select(p => p.CaseId))), ("mandatory", entry?.Version.IsMandatory == true ? "true" : "false"));
    }

    /// <summary>Lets a visit begin: refused while a merge that the list demands is undecided; one that it does not demand, or that has lost its checks, lapses.</summary>
    /// <exception cref="RuleViolationException"><c>merge-undecided</c> (409).</exception>
    public async ValueTask BeginAsync(Case one, CancellationToken cancellationToken = default)
    {
        foreach (var proposal in await ProposedAsync(one, cancellationToken))
        {
            if (proposal.Parts.All(p => p.CaseId != one.Id))
            {
                continue;
            }

            // A check that was given up cannot be merged any more: nobody waits for a decision on it.
            if (proposal.IsMandatory && !await IsStaleAsync(proposal, cancellationToken))
            {
                throw Refusal.Conflict("merge-undecided", "caseId",
                    $"按涉企“综合查一次”清单（{proposal.RuleCode}），本案应与{string.Join("、", proposal.Parts.Where(p => p.CaseId != one.Id).Select(p => p.Number))}合并上门，请先就合并建议作出决定。");
            }

            session.Update(proposal with { State = MergeState.Lapsed }, "merge.lapsed", ("by", one.Id));
        }
    }

    /// <summary>A check was given up: the proposals that named it lapse, and what the others still have in common is proposed anew.</summary>
    /// <param name="gone">The case, already withdrawn.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask DropAsync(Case gone, CancellationToken cancellationToken = default)
    {
        foreach (var proposal in (await ProposedAsync(gone, cancellationToken)).Where(p => p.Parts.Any(part => part.CaseId == gone.Id)))
        {
            session.Update(proposal with { State = MergeState.Lapsed }, "merge.lapsed", ("by", gone.Id));
            foreach (var part in proposal.Parts.Where(p => p.CaseId != gone.Id))
            {
                if (await session.FindAsync<Case>(part.CaseId, cancellationToken) is { } left && await IsUnbegunAsync(left, cancellationToken)
                    && (await ProposedAsync(left, cancellationToken)).All(p => p.Parts.All(other => other.CaseId != left.Id)))
                {
                    await ProposeAsync(left, cancellationToken);
                }
            }
        }
    }

    /// <summary>Whether nobody has begun the check of an open case.</summary>
    internal async ValueTask<bool> IsUnbegunAsync(Case one, CancellationToken ct) =>
        one is { State: CaseState.Open, TaskEndedAt: null, GoneReason: null }
        && (await session.ListAsync<Visit>(new AggregateFilter { CaseId = one.Id }, ct)).All(v => v.State == VisitState.Planned && v.NotFoundAttempts.Count == 0);

    private ValueTask<IReadOnlyList<MergeProposal>> ProposedAsync(Case one, CancellationToken ct) =>
        session.ListAsync<MergeProposal>(new AggregateFilter { TargetId = one.TargetId, States = [nameof(MergeState.Proposed)] }, ct);

    // Accepting needs every part, so that one that is begun or gone makes the proposal stale.
    private async ValueTask<bool> IsStaleAsync(MergeProposal proposal, CancellationToken ct)
    {
        foreach (var part in proposal.Parts)
        {
            if (await session.FindAsync<Case>(part.CaseId, ct) is not { } one || !await IsUnbegunAsync(one, ct))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<MergePart> PartAsync(Case one, CancellationToken ct)
    {
        var plan = one.PlanId is { } planId ? await session.FindAsync<InspectionPlan>(planId, ct) : null;
        var opened = Time.ShanghaiTime.DateOf(one.Created.At);
        return new MergePart(
            one.Id, one.Number, one.ScenarioCode, one.Trigger, one.LeadDepartment, [.. one.Departments.Where(d => d.Attends).Select(d => d.Code)],
            plan?.VisitFrom ?? opened, plan?.VisitTo ?? opened.AddDays(DaysWithoutPlan));
    }

    private async ValueTask<List<MergeEntry>> RulesAsync(Case opened, CancellationToken ct)
    {
        var all = await session.ListAsync<MergeRule>(new AggregateFilter { AreaPrefix = opened.Area is { Length: > 4 } area ? area[..4] : opened.Area }, ct);
        return [.. all.Where(r => opened.Area?.StartsWith(r.Area!, StringComparison.Ordinal) == true)
            .Select(r => new MergeEntry(r.Code, r.On(session.Today())!)).Where(r => r.Version is not null)
            .Where(r => r.Version.TargetTag is not { } tag || opened.Target.Tags.Contains(tag))];
    }

    // An entry speaks of two checks where each of them is made by at least one of its departments.
    private static bool Asks(MergeRuleVersion rule, MergePart one, MergePart other)
    {
        var codes = rule.DepartmentCodes();
        return one.Departments.Any(codes.Contains) && other.Departments.Any(codes.Contains);
    }

    private static int Gap(MergePart one, MergePart other) => Math.Max(0, Math.Max(other.From.DayNumber - one.To.DayNumber, one.From.DayNumber - other.To.DayNumber));

    private sealed record MergeEntry(string Code, MergeRuleVersion Version);
}
