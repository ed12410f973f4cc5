using Workflows.Supervision.Guards;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Inspections;

/// <summary>Asks for another officer in a team.</summary>
/// <param name="Out">Officer who leaves the team.</param>
/// <param name="Reason">Why, such as illness or a certificate that runs out.</param>
/// <param name="In">Officer who comes, where no standby of the draw is left; null takes the next standby.</param>
public sealed record ChangeTeam(string Out, string Reason, string? In = null);

/// <summary>What a change of a team brought about.</summary>
/// <param name="Substitution">The change as it is kept.</param>
/// <param name="In">The officer who came.</param>
/// <param name="Tasks">Open steps of the case that went to the officer who came.</param>
public sealed record TeamChanged(Substitution Substitution, TeamMember In, int Tasks);

/// <summary>
/// 更换检查人员: illness, leave, a certificate that runs out on the way. The head of the department decides; whom the draw put next comes first, so that nobody
/// chooses who inspects whom (双随机), and only where no standby is left somebody is named. A recusal has its own way (<see cref="TeamService.SubstituteAsync"/>).
/// </summary>
/// <param name="session">The session.</param>
/// <param name="teams">Teams.</param>
public sealed class TeamChangeService(ISupervisionSession session, TeamService teams)
{
    /// <summary>Replaces an officer of the newest team of a case, at the visit that is going on and in the steps that wait.</summary>
    /// <exception cref="RuleViolationException">
    /// <c>head-required</c>, <c>other-department</c> (403); <c>team-missing</c>, <c>officer-unknown</c> (404); <c>case-closed</c>, <c>visit-over</c>, <c>already-signed</c>,
    /// <c>standby-first</c>, <c>no-standby</c>, <c>officer-recused</c> (409); <c>certificate-invalid</c>, <c>officer-twice</c>, <c>field-missing</c> (422).
    /// </exception>
    public async ValueTask<TeamChanged> ChangeAsync(string caseId, ChangeTeam command, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        if (one.State != CaseState.Open)
        {
            throw Refusal.Conflict("case-closed", "caseId", "本案已经结束，检查人员不能再更换。");
        }

        var reason = Refusal.Text(command.Reason, "reason", "更换理由");
        var team = (await session.ListAsync<InspectionTeam>(new AggregateFilter { CaseId = caseId }, cancellationToken)).MaxBy(t => t.Created.At)
            ?? throw Refusal.NotFound("team-missing", "caseId", "本案还没有组成检查小组。");
        var leaving = team.Members.FirstOrDefault(m => m.OfficerId == command.Out && !m.IsAssistant)
            ?? throw Refusal.NotFound("officer-unknown", "out", $"“{command.Out}”不是该检查小组的执法人员，请核对。");
        Deciders.RequireHead(session.Actor, leaving.Department, "批准更换检查人员");

        var coming = await ComingAsync(one, team, leaving, command.In, cancellationToken);
        await JoinVisitAsync(team, leaving, coming, cancellationToken);
        var kept = teams.Replace(team, leaving, coming, reason);
        return new TeamChanged(kept, coming, await HandOnAsync(one, leaving, coming, reason, cancellationToken));
    }

    private async ValueTask<TeamMember> ComingAsync(Case one, InspectionTeam team, TeamMember leaving, string? named, CancellationToken ct)
    {
        var today = ShanghaiTime.DateOf(session.Now);
        var day = today > team.VisitDate ? today : team.VisitDate;
        var next = await teams.NextAsync(team, one, leaving.Department, day, ct);
        if (named is null)
        {
            return next ?? throw Refusal.Conflict("no-standby", "in", "本部门没有可用的候补人员，请在执法人员名录中指定接替人员。");
        }

        if (next is not null)
        {
            return next.OfficerId == named
                ? next
                : throw Refusal.Conflict("standby-first", "in", $"按抽取次序应由候补人员{next.Name}递补，不能另行指定；其不能到场的，递补后再更换。");
        }

        var chosen = (await teams.MembersAsync([new TeamChoice(named, leaving.Department)], [], ct))[0];
        IReadOnlyList<TeamMember> members = [.. team.Members.Where(m => m.OfficerId != leaving.OfficerId), chosen];
        TeamGuard.Require(members, [], day, await teams.RecusedAsync(one, [chosen], ct));
        return chosen;
    }

    // Who has signed has done the check; the place of anybody else at the door is taken by who comes. That the other was there too stays in the audit trail.
    private async ValueTask JoinVisitAsync(InspectionTeam team, TeamMember leaving, TeamMember coming, CancellationToken ct)
    {
        var visits = (await session.ListAsync<Visit>(new AggregateFilter { CaseId = team.CaseId }, ct)).Where(v => v.TeamId == team.Id).ToList();
        // Papers that are still to come take the names of who was there from the team.
        if (visits.Any(v => v.State is not (VisitState.Planned or VisitState.Arrived)))
        {
            throw Refusal.Conflict("visit-over", "caseId", "本次检查已经登记完毕，检查人员以笔录为准，不能再更换；未办的事项请转办。");
        }

        if (visits.LastOrDefault() is not { } visit)
        {
            return;
        }

        if (visit.SectionsInWork?.Any(s => s.Section.Signatures.Any(one => one.OfficerId == leaving.OfficerId)) == true)
        {
            throw Refusal.Conflict("already-signed", "out", $"{leaving.Name}已经在检查记录上签名，本次检查不能再更换。");
        }

        if (visit.Attendances.Any(a => a.OfficerIds.Contains(leaving.OfficerId)))
        {
            session.Update(
                visit with
                {
                    Attendances = [.. visit.Attendances.Select(a => a with { OfficerIds = [.. a.OfficerIds.Select(id => id == leaving.OfficerId ? coming.OfficerId : id)] })],
                },
                "visit.joined", ("out", leaving.OfficerId), ("in", coming.OfficerId));
        }
    }

    private async ValueTask<int> HandOnAsync(Case one, TeamMember leaving, TeamMember coming, string reason, CancellationToken ct)
    {
        var waiting = (await session.ListAsync<WorkTask>(new AggregateFilter { CaseId = one.Id }, ct))
            .Where(t => t.State == TaskState.Open && t.Assignees.Contains(leaving.OfficerId)).ToList();
        var tasks = new TaskService(session);
        foreach (var task in waiting)
        {
            string[] named = [.. task.Assignees.Select(id => id == leaving.OfficerId ? coming.OfficerId : id).Distinct(StringComparer.Ordinal)];
            await tasks.HandOnAsync(task.Id, named, task.Department, new PassedOn(PassedOn.HandedOver, reason, session.Actor.Name, session.Now), ct);
        }

        return waiting.Count;
    }
}
