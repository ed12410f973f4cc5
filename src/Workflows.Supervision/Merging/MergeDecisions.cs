using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Merging;

/// <summary>Accepts a proposal.</summary>
/// <param name="Day">Day of a shared trip; null takes the first common day that is not past.</param>
/// <param name="Reason">Remark, or null.</param>
/// <param name="Officers">Officers of departments for which no team was drawn, or null.</param>
public sealed record AcceptMerge(DateOnly? Day = null, string? Reason = null, IReadOnlyList<TeamChoice>? Officers = null);

/// <summary>Decides on proposals: the dispatcher, or the head of a leading department; a merge that the list demands is refused by a supervisor alone.</summary>
/// <param name="session">The session.</param>
/// <param name="withdrawal">Ends the cases that are merged into another.</param>
/// <param name="teams">Forms the joint team.</param>
public sealed class MergeDecisions(ISupervisionSession session, Withdrawal withdrawal, TeamService teams)
{
    private readonly MergeEngine _engine = new(session);

    /// <summary>Makes one visit of the checks.</summary>
    /// <exception cref="RuleViolationException"><c>merge-decided</c>, <c>merge-stale</c>, <c>merge-decider</c>, <c>merge-day</c>, <c>two-officers</c> and the other rules of teams.</exception>
    public async ValueTask<MergeProposal> AcceptAsync(string id, AcceptMerge command, CancellationToken cancellationToken = default)
    {
        var proposal = await OpenAsync(id, cancellationToken);
        RequireDecider(proposal);
        var cases = new List<Case>();
        foreach (var part in proposal.Parts)
        {
            var one = await session.GetAsync<Case>(part.CaseId, "id", "案件", cancellationToken);
            cases.Add(await _engine.IsUnbegunAsync(one, cancellationToken)
                ? one
                : throw Refusal.Conflict("merge-stale", "id", $"案件{part.Number}已经上门、办结或者撤销，不能再合并。"));
        }

        // What came from outside is answered under its own number.
        var main = cases.OrderBy(c => c.Trigger.IsChosen()).ThenBy(c => c.Created.At).ThenBy(c => c.Number, StringComparer.Ordinal).First();
        var day = command.Day ?? (proposal.From > session.Today() ? proposal.From : session.Today());
        // The window binds only who names a day: a proposal whose window has passed can still be accepted for today.
        if (command.Day is { } named && (named < session.Today() || named < proposal.From || named > proposal.To))
        {
            throw Refusal.Invalid("merge-day", "day", $"共同上门日不能早于今日，且应在{ChineseDate.Of(proposal.From)}至{ChineseDate.Of(proposal.To)}之间，请更正。");
        }

        if (proposal.Kind == MergeKind.OneRecord)
        {
            await UniteAsync(main, [.. cases.Where(c => c.Id != main.Id)], command, cancellationToken);
        }
        else
        {
            foreach (var one in cases)
            {
                await ShareAsync(one, proposal.Id, day, cancellationToken);
            }
        }

        return session.Update(
            proposal with
            {
                State = MergeState.Accepted,
                MainCaseId = main.Id,
                Day = proposal.Kind == MergeKind.SharedTrip ? day : null,
                Decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, command.Reason ?? "同意合并上门"),
            },
            "merge.accepted", ("main", main.Id), ("saved", proposal.VisitsSaved.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Leaves the checks apart; the reason is kept.</summary>
    /// <exception cref="RuleViolationException"><c>merge-decided</c>, <c>merge-decider</c>, <c>supervisor-required</c>, <c>field-missing</c>.</exception>
    public async ValueTask<MergeProposal> RefuseAsync(string id, string reason, CancellationToken cancellationToken = default)
    {
        var proposal = await OpenAsync(id, cancellationToken);
        if (proposal.IsMandatory)
        {
            Deciders.RequireRole(session.Actor, Role.Supervisor, "supervisor-required", "清单规定应当合并的，只有督办人可以决定不合并，请报请决定。");
        }
        else
        {
            RequireDecider(proposal);
        }

        return session.Update(
            proposal with { State = MergeState.Refused, Decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "不合并的理由")) },
            "merge.refused", ("reason", reason));
    }

    private async ValueTask UniteAsync(Case main, IReadOnlyList<Case> others, AcceptMerge command, CancellationToken ct)
    {
        var departments = main.Departments.ToList();
        foreach (var added in others.SelectMany(c => c.Departments))
        {
            var known = departments.FindIndex(d => d.Code == added.Code);
            if (known < 0)
            {
                departments.Add(added);
            }
            else if (added.Attends && !departments[known].Attends)
            {
                departments[known] = departments[known] with { Attends = true, ItemsLeftTo = null };
            }
        }

        var merged = session.Update(
            main with
            {
                Departments = departments,
                MergedFrom = [.. main.MergedFrom ?? [], .. others.Select(c => new MergedCase(c.Id, c.Number, c.Trigger, [.. c.Departments.Where(d => d.Attends).Select(d => d.Code)], c.PlanId))],
            },
            "case.merged", ("from", string.Join(',', others.Select(c => c.Id))));
        await JoinTeamsAsync(merged, others, command.Officers ?? [], ct);
        foreach (var other in others)
        {
            await withdrawal.IntoAsync(other, $"综合查一次：并入案件{main.Number}", ct);
        }
    }

    // Whoever was drawn for one of the checks goes along; a case without a team forms it from the start, with all departments.
    private async ValueTask JoinTeamsAsync(Case main, IReadOnlyList<Case> others, IReadOnlyList<TeamChoice> named, CancellationToken ct)
    {
        if (await session.ListAsync<Visit>(new AggregateFilter { CaseId = main.Id }, ct) is not [.., { TeamId: { } teamId } visit])
        {
            return;
        }

        var own = await session.GetAsync<InspectionTeam>(teamId, "teamId", "检查小组", ct);
        var choices = own.Members.Where(m => !m.IsAssistant).Select(m => new TeamChoice(m.OfficerId, m.Department)).Concat(named).ToList();
        foreach (var other in others)
        {
            if (await session.ListAsync<InspectionTeam>(new AggregateFilter { CaseId = other.Id }, ct) is [.., var drawn])
            {
                var known = choices.Select(c => c.Department).ToHashSet(StringComparer.Ordinal);
                choices.AddRange(drawn.Members.Where(m => !m.IsAssistant && !known.Contains(m.Department)).Select(m => new TeamChoice(m.OfficerId, m.Department)));
            }
        }

        var assistants = own.Members.Where(m => m.IsAssistant).Select(m => new AssistantChoice(m.OfficerId, m.Name, m.Department)).ToList();
        var formed = await teams.FormAsync(new FormTeam(main.Id, own.VisitDate, choices, assistants), ct);
        session.Update(visit with { TeamId = formed.Id }, "visit.team-joined", ("team", formed.Id));
    }

    private async ValueTask ShareAsync(Case one, string proposalId, DateOnly day, CancellationToken ct)
    {
        session.Update(one with { SharedTrip = new SharedTrip(proposalId, day) }, "case.trip-shared", ("proposal", proposalId));
        foreach (var visit in await session.ListAsync<Visit>(new AggregateFilter { CaseId = one.Id, States = [nameof(VisitState.Planned)] }, ct))
        {
            session.Update(visit with { PlannedOn = day }, "visit.moved", ("proposal", proposalId));
        }
    }

    private void RequireDecider(MergeProposal proposal)
    {
        var actor = session.Actor;
        if (!actor.Is(Role.Dispatcher) && !(actor.Is(Role.DepartmentHead) && proposal.Parts.Any(p => p.LeadDepartment == actor.Department)))
        {
            throw Refusal.Forbidden("merge-decider", "actor", "合并建议由调度员或者其中任一检查的牵头部门负责人决定。");
        }
    }

    private async ValueTask<MergeProposal> OpenAsync(string id, CancellationToken ct)
    {
        var proposal = await session.GetAsync<MergeProposal>(id, "id", "合并建议", ct);
        return proposal.State == MergeState.Proposed ? proposal : throw Refusal.Conflict("merge-decided", "id", $"该合并建议当前为“{NameOf(proposal.State)}”，不能再决定。");
    }

    private static string NameOf(MergeState state) => state switch
    {
        MergeState.Proposed => "待决定",
        MergeState.Accepted => "已采纳",
        MergeState.Refused => "未采纳",
        _ => "已失效",
    };
}
