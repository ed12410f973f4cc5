using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.TaskForces;

/// <summary>Task forces are made, changed from a day on and dissolved by the guidance office or the administrator; each decision stays on record with its effective date.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Published scenarios.</param>
public sealed class TaskForceService(ISupervisionSession session, ILeadFlows scenarios)
{
    /// <summary>Code of the guidance office, which coordinates.</summary>
    public const string GuidanceOffice = LeadGuards.GuidanceOffice;

    /// <summary>Most members.</summary>
    public const int MostMembers = 200;

    /// <summary>Longest term of a dated body, in days.</summary>
    public const int LongestTerm = 3 * 366;

    /// <summary>Makes a task force.</summary>
    /// <exception cref="RuleViolationException"><c>guidance-office-required</c>, <c>other-area</c> (403), <c>field-missing</c>, <c>area-invalid</c>, <c>bad-term</c>, <c>officer-unknown</c>, <c>task-force-departments</c>, <c>leader-not-member</c>, <c>scenario-unknown</c>.</exception>
    public async ValueTask<TaskForce> FormAsync(FormTaskForce command, CancellationToken cancellationToken = default)
    {
        var area = command.Area ?? session.Actor.Area;
        RequireCoordinator(area);
        if (area is not { Length: 4 or 6 } || !area.All(char.IsAsciiDigit))
        {
            throw Refusal.Invalid("area-invalid", "area", "请填写专班所在的市或者区县代码（四位或者六位数字）。");
        }

        return session.Add(
            new TaskForce
            {
                Id = session.NewId(), CaseKey = TaskForce.Family, Area = area, Created = session.Cause(), Name = Refusal.Text(command.Name, "name", "专班名称"),
                Versions = [await TermsAsync(command.Decision, area, null, cancellationToken)],
            },
            "task-force.formed", ("from", Iso(command.Decision.From)), ("to", Iso(command.Decision.To)), ("leader", command.Decision.LeaderId), ("members", string.Join(',', command.Decision.Members)));
    }

    /// <summary>Changes it from a day on; decisions for later days that were made before fall away, what already holds stays on record.</summary>
    /// <exception cref="RuleViolationException">Those of <see cref="FormAsync"/>, <c>task-force-ended</c> (409).</exception>
    public async ValueTask<TaskForce> ChangeAsync(string id, ChangeTaskForce command, CancellationToken cancellationToken = default)
    {
        var force = await GetAsync(id, cancellationToken);
        if (force.EndedOn is not null || force.Versions[^1].To < session.Today())
        {
            throw Refusal.Conflict("task-force-ended", "id", "专班已经撤销或者期限届满：请另行组建。");
        }

        var reason = Refusal.Text(command.Reason, "reason", "调整理由");
        var terms = await TermsAsync(command.Decision, force.Area!, reason, cancellationToken);
        return session.Update(
            force with { Versions = [.. force.Versions.Where(v => v.From < terms.From || v.From <= session.Today()), terms] },
            "task-force.changed", ("from", Iso(terms.From)), ("to", Iso(terms.To)), ("leader", terms.LeaderId), ("members", string.Join(',', terms.Members.Select(m => m.OfficerId))));
    }

    /// <summary>Dissolves it before its time.</summary>
    /// <exception cref="RuleViolationException"><c>guidance-office-required</c>, <c>other-area</c> (403), <c>bad-term</c>, <c>field-missing</c>, <c>task-force-ended</c> (409).</exception>
    public async ValueTask<TaskForce> EndAsync(string id, EndTaskForce command, CancellationToken cancellationToken = default)
    {
        var force = await GetAsync(id, cancellationToken);
        if (force.EndedOn is not null || force.Versions[^1].To < session.Today())
        {
            throw Refusal.Conflict("task-force-ended", "id", "专班已经撤销或者期限届满。");
        }

        if (command.LastDay < session.Today())
        {
            throw Refusal.Invalid("bad-term", "lastDay", "撤销日期应为今日或者以后。");
        }

        return session.Update(
            force with { EndedOn = command.LastDay, EndReason = Refusal.Text(command.Reason, "reason", "撤销理由") }, "task-force.ended", ("lastDay", Iso(command.LastDay)));
    }

    private async ValueTask<TaskForceTerms> TermsAsync(TaskForceDecision decision, string area, string? reason, CancellationToken ct)
    {
        if (decision.From < session.Today() || decision.To < decision.From || decision.To is { } to && to.DayNumber - decision.From.DayNumber > LongestTerm)
        {
            throw Refusal.Invalid("bad-term", "from", "专班应自今日或者以后的日期起，止日不早于起日，期限至多三年；常设专班不填止日。");
        }

        if (decision.Members.Count is 0 or > MostMembers)
        {
            throw Refusal.Invalid("task-force-departments", "members", $"专班成员应为2至{MostMembers}人。");
        }

        var members = new List<TaskForceMember>();
        foreach (var (id, index) in decision.Members.Distinct(StringComparer.Ordinal).Select((id, index) => (id, index)))
        {
            members.Add(await session.FindAsync<OfficerRecord>(id, ct) is { Officer: { Status: OfficerStatus.Active } officer } record && record.Area?.StartsWith(area, StringComparison.Ordinal) == true
                ? new TaskForceMember(officer.Id, officer.Name, officer.Department)
                : throw Refusal.Invalid("officer-unknown", $"members[{index}]", $"“{id}”不是本区域在岗的执法人员，请从执法人员名录中选择。"));
        }

        if (members.Select(m => m.Department).Distinct(StringComparer.Ordinal).Count() < 2)
        {
            throw Refusal.Invalid("task-force-departments", "members", "专班应有两个以上部门的执法人员；同一部门的人员请用本部门的队伍。");
        }

        if (members.All(m => m.OfficerId != decision.LeaderId))
        {
            throw Refusal.Invalid("leader-not-member", "leaderId", "专班负责人须是专班成员。");
        }

        foreach (var code in decision.Scenarios ?? [])
        {
            if (await scenarios.FindPlanAsync(code, ct) is null && await scenarios.FindAsync(code, ct) is null)
            {
                throw Refusal.Invalid("scenario-unknown", "scenarios", $"没有已发布的场景“{code}”：请从场景列表中选择。");
            }
        }

        if ((decision.Areas ?? []).FirstOrDefault(a => a.Length is not (6 or 9) || !a.All(char.IsAsciiDigit) || !a.StartsWith(area, StringComparison.Ordinal)) is { } outside)
        {
            throw Refusal.Invalid("area-invalid", "areas", $"“{outside}”不在专班所在区域内：请选择本区域的区县或者镇街。");
        }

        return new TaskForceTerms
        {
            From = decision.From, To = decision.To, Purpose = Refusal.Text(decision.Purpose, "purpose", "专班任务"), LeaderId = decision.LeaderId, Members = members,
            Scenarios = [.. (decision.Scenarios ?? []).Distinct(StringComparer.Ordinal)], Areas = [.. (decision.Areas ?? []).Distinct(StringComparer.Ordinal)], Decided = session.Cause(), Reason = reason,
        };
    }

    private async ValueTask<TaskForce> GetAsync(string id, CancellationToken ct)
    {
        var force = await session.GetAsync<TaskForce>(id, "id", "专班", ct);
        RequireCoordinator(force.Area);
        return force;
    }

    private void RequireCoordinator(string? area)
    {
        var actor = session.Actor;
        if (!actor.Is(Role.Administrator) && !(actor.Is(Role.DepartmentHead) && actor.Department == GuidanceOffice))
        {
            throw Refusal.Forbidden("guidance-office-required", "actor", "专班由综合行政执法指导办负责人或者系统管理员组建和调整。");
        }

        if (actor.Area is { } own && area?.StartsWith(own, StringComparison.Ordinal) != true)
        {
            throw Refusal.Forbidden("other-area", "area", "只能组建和调整本区域的专班。");
        }
    }

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
