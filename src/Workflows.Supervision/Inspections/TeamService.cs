using Workflows.Supervision.Guards;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Inspections;

/// <summary>Forms a team.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="VisitDate">Day of the visit.</param>
/// <param name="Officers">Officers with the department for which they act; null takes the drawn ones.</param>
/// <param name="Assistants">Assistants; they record and never decide.</param>
public sealed record FormTeam(string CaseId, DateOnly VisitDate, IReadOnlyList<TeamChoice>? Officers, IReadOnlyList<AssistantChoice>? Assistants);

/// <summary>An officer for a team.</summary>
/// <param name="OfficerId">Id in the roster.</param>
/// <param name="Department">Department for which the officer acts.</param>
public sealed record TeamChoice(string OfficerId, string Department);

/// <summary>An assistant for a team.</summary>
/// <param name="Id">Id of the person.</param>
/// <param name="Name">Name.</param>
/// <param name="Department">Department.</param>
public sealed record AssistantChoice(string Id, string Name, string Department);

/// <summary>Teams, recusal and substitution.</summary>
/// <param name="session">The session.</param>
/// <param name="rosters">The rosters.</param>
public sealed class TeamService(ISupervisionSession session, IRosterDirectory rosters)
{
    /// <summary>Outcome: the team stands.</summary>
    public const string Formed = "组队完成";

    /// <summary>Forms the team of a case: two certified officers for each attending department, certificates valid on the day, nobody recused.</summary>
    /// <exception cref="RuleViolationException"><c>two-officers</c>, <c>certificate-invalid</c>, <c>officer-recused</c>, <c>officer-unknown</c>.</exception>
    public async ValueTask<InspectionTeam> FormAsync(FormTeam command, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(command.CaseId, "caseId", "案件", cancellationToken);
        var drawn = await DrawnAsync(one, cancellationToken);
        var choices = command.Officers ?? [.. drawn.SelectMany(d => d.Drawn.Select(o => new TeamChoice(o, d.Department)))];
        var members = await MembersAsync(choices, command.Assistants ?? [], cancellationToken);
        var standby = await MembersAsync([.. drawn.SelectMany(d => d.Alternates.Select(o => new TeamChoice(o, d.Department)))], [], cancellationToken);
        var attending = one.Departments.Where(d => d.Attends).Select(d => d.Code).ToList();
        TeamGuard.Require(members, attending, command.VisitDate, await RecusedAsync(one, members, cancellationToken));
        return session.Add(
            new InspectionTeam
            {
                Id = session.NewId(),
                CaseKey = one.CaseKey,
                CaseId = one.Id,
                PlanId = one.PlanId,
                TargetId = one.TargetId,
                Area = one.Area,
                Created = session.Cause(),
                VisitDate = command.VisitDate,
                Members = members,
                Standby = standby,
            },
            "team.formed", ("officers", string.Join(',', members.Select(m => m.OfficerId))));
    }

    /// <summary>Replaces an officer by the next certified, not recused standby of the same department, in draw order.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>no-standby</c>, <c>officer-unknown</c>.</exception>
    public async ValueTask<Substitution> SubstituteAsync(string teamId, string officerId, string reason, CancellationToken cancellationToken = default)
    {
        var team = await session.GetAsync<InspectionTeam>(teamId, "teamId", "检查小组", cancellationToken);
        var one = await session.GetAsync<Case>(team.CaseId!, "caseId", "案件", cancellationToken);
        var leaving = team.Members.FirstOrDefault(m => m.OfficerId == officerId)
            ?? throw Refusal.NotFound("officer-unknown", "officerId", $"“{officerId}”不在该检查小组，请核对。");
        if (session.Actor.IsPerson)
        {
            Deciders.RequireHead(session.Actor, leaving.Department, "批准更换检查人员");
        }

        var next = await NextAsync(team, one, leaving.Department, team.VisitDate, cancellationToken)
            ?? throw Refusal.Conflict("no-standby", "officerId", $"部门“{leaving.Department}”没有可用的候补人员，请报批跨区域借调。");
        return Replace(team, leaving, next, reason);
    }

    /// <summary>The next standby of a department, in draw order, who may go on a day: certified, not recused, not yet a member; null where there is none.</summary>
    internal async ValueTask<TeamMember?> NextAsync(InspectionTeam team, Case one, string department, DateOnly day, CancellationToken ct)
    {
        var recused = await RecusedAsync(one, team.Standby, ct);
        return team.Standby.FirstOrDefault(m =>
            m.Department == department && !recused.Contains(m.OfficerId) && m.CertificateValidTo >= day && team.Members.All(o => o.OfficerId != m.OfficerId));
    }

    /// <summary>Puts one officer in the place of another and keeps who decided it and why.</summary>
    internal Substitution Replace(InspectionTeam team, TeamMember leaving, TeamMember next, string reason)
    {
        session.Update(
            team with { Members = [.. team.Members.Select(m => m.OfficerId == leaving.OfficerId ? next : m)], Standby = [.. team.Standby.Where(m => m.OfficerId != next.OfficerId)] },
            "team.changed", ("out", leaving.OfficerId), ("in", next.OfficerId));
        return session.Add(
            new Substitution
            {
                Id = session.NewId(),
                CaseKey = team.CaseKey,
                CaseId = team.CaseId,
                PlanId = team.PlanId,
                TargetId = team.TargetId,
                Area = team.Area,
                Department = leaving.Department,
                Created = session.Cause(),
                Subject = "officer",
                OutId = leaving.OfficerId,
                InId = next.OfficerId,
                OutName = leaving.Name,
                InName = next.Name,
                Reason = Refusal.Text(reason, "reason", "更换理由"),
                Approval = new Decision(session.Actor.Id, session.Actor.Name, session.Now, reason),
            },
            "officer.substituted", ("out", leaving.OfficerId), ("in", next.OfficerId));
    }

    /// <summary>Officers who may not act in a case: recused by decision, or with a declared relation that nobody decided away.</summary>
    internal async ValueTask<IReadOnlyCollection<string>> RecusedAsync(Case one, IReadOnlyList<TeamMember> members, CancellationToken ct)
    {
        var decided = await session.ListAsync<Recusal>(new AggregateFilter { CaseId = one.Id }, ct);
        var recused = decided.Where(r => r.State == RecusalState.Granted).Select(r => r.OfficerId).ToHashSet(StringComparer.Ordinal);
        foreach (var member in members.Where(m => !m.IsAssistant))
        {
            var standing = await rosters.FindOfficerAsync(member.OfficerId, ct);
            if (standing?.Relations.Contains(one.TargetId!) == true
                && !decided.Any(r => r.OfficerId == member.OfficerId && r.State == RecusalState.Refused))
            {
                recused.Add(member.OfficerId);
            }
        }

        return recused;
    }

    private async ValueTask<IReadOnlyList<DrawnOfficers>> DrawnAsync(Case one, CancellationToken ct) =>
        one.PlanId is { } planId && await session.FindAsync<InspectionPlan>(planId, ct) is { Draw: { } draw }
            ? [.. draw.Officers.Where(o => o.TargetId == one.TargetId && one.Departments.Any(d => d.Code == o.Department && d.Attends))]
            : [];

    /// <summary>The members that were chosen, as the roster has them.</summary>
    /// <exception cref="RuleViolationException"><c>officer-unknown</c>.</exception>
    internal async ValueTask<IReadOnlyList<TeamMember>> MembersAsync(
        IReadOnlyList<TeamChoice> officers, IReadOnlyList<AssistantChoice> assistants, CancellationToken ct)
    {
        var members = new List<TeamMember>();
        for (var i = 0; i < officers.Count; i++)
        {
            var standing = await rosters.FindOfficerAsync(officers[i].OfficerId, ct);
            if (standing is not { InService: true } || standing.Department != officers[i].Department)
            {
                throw Refusal.Invalid("officer-unknown", $"officers[{i}]",
                    $"“{officers[i].OfficerId}”不是部门“{officers[i].Department}”在岗的执法人员，请从执法人员名录中选择。");
            }

            members.Add(new TeamMember
            {
                OfficerId = standing.Id,
                Name = standing.Name,
                Department = officers[i].Department,
                CertificateNumber = standing.CertificateNumber,
                CertificateValidTo = standing.CertificateValidTo,
            });
        }

        members.AddRange(assistants.Select(a => new TeamMember { OfficerId = a.Id, Name = a.Name, Department = a.Department, IsAssistant = true }));
        return members;
    }
}
