using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Leads;

/// <summary>A team filled after a template.</summary>
/// <param name="Template">Code of the template.</param>
/// <param name="Title">Its name.</param>
/// <param name="Members">Who sits in it.</param>
/// <param name="Vacant">Seats that nobody could fill, with how many are missing; empty where the team is whole.</param>
/// <param name="At">When it was filled, UTC.</param>
public sealed record LeadCrew(string Template, string Title, IReadOnlyList<CrewMember> Members, IReadOnlyList<CrewVacancy> Vacant, DateTimeOffset At);

/// <summary>Somebody in a team.</summary>
/// <param name="Seat">Code of the seat.</param>
/// <param name="SeatTitle">Its name.</param>
/// <param name="Name">Name.</param>
/// <param name="OfficerId">Id in the roster of officers; null for cadres and grid staff, who report and help.</param>
/// <param name="Signs">Whether this person may sign enforcement records.</param>
public sealed record CrewMember(string Seat, string SeatTitle, string Name, string? OfficerId, bool Signs);

/// <summary>Seats that stayed empty.</summary>
/// <param name="Seat">Code of the seat.</param>
/// <param name="SeatTitle">Its name.</param>
/// <param name="Missing">How many people are missing.</param>
public sealed record CrewVacancy(string Seat, string SeatTitle, int Missing);

/// <summary>Fills a team.</summary>
/// <param name="Template">Code of the template.</param>
/// <param name="Helpers">Cadres and grid staff by seat: they stand on no roster.</param>
public sealed record FillCrew(string? Template, IReadOnlyList<CrewHelper>? Helpers = null);

/// <summary>A cadre or somebody of the grid for a seat.</summary>
/// <param name="Seat">Code of the seat.</param>
/// <param name="Name">Name.</param>
public sealed record CrewHelper(string Seat, string Name);

/// <summary>
/// “1+1+X” 基层作战单元: teams after templates of the scenario. Seats of officers are filled from the roster, those stationed with the town first and of these who has least to do; cadres and grid staff are named. A seat that cannot
/// be filled is named and stays vacant; who is no certified officer never gets a seat that signs.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class LeadCrews(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Fills the team of a dispatched lead.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c> (409), <c>other-department</c> (403), <c>team-template-unknown</c>, <c>seat-unknown</c>, <c>seat-of-officers</c>, <c>seat-full</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> FillAsync(string id, FillCrew command, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        lead.RequireState("组队", LeadState.Dispatched);
        if (!session.Actor.Is(Role.Dispatcher))
        {
            LeadGuards.RequireHolder(session.Actor, lead, "组队");
        }

        var templates = lead.Dispatch?.PackageVersionId is { } package ? (await scenarios.RequireAsync(package, cancellationToken)).Scenario.TeamTemplates : [];
        var template = templates.FirstOrDefault(one => one.Code == command.Template)
            ?? throw Refusal.Invalid("team-template-unknown", "template", $"场景没有组队模板“{command.Template}”，可用的有：{(templates.Count == 0 ? "（未设置）" : string.Join("、", templates.Select(one => one.Code)))}。");
        var helpers = command.Helpers ?? [];
        for (var i = 0; i < helpers.Count; i++)
        {
            Refusal.Text(helpers[i].Name, $"helpers[{i}].name", "姓名");
            var seat = template.Seats.FirstOrDefault(s => s.Code == helpers[i].Seat)
                ?? throw Refusal.Invalid("seat-unknown", $"helpers[{i}].seat", $"模板“{template.Code}”没有席位“{helpers[i].Seat}”，可用的有：{string.Join("、", template.Seats.Where(s => s.Capacity != SeatCapacity.Officer).Select(s => s.Code))}。");
            if (seat.Capacity == SeatCapacity.Officer)
            {
                throw Refusal.Invalid("seat-of-officers", $"helpers[{i}].seat", $"席位“{seat.Title}”只能由持证执法人员担任，由系统从执法人员名录中安排。");
            }

            if (helpers.Take(i + 1).Count(h => h.Seat == seat.Code) > seat.Most)
            {
                throw Refusal.Invalid("seat-full", $"helpers[{i}].seat", $"席位“{seat.Title}”最多{seat.Most}人，请减少。");
            }
        }

        var officers = await OfficersAsync(lead, template, cancellationToken);
        var (members, vacant, taken) = (new List<CrewMember>(), new List<CrewVacancy>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var seat in template.Seats)
        {
            var filled = seat.Capacity == SeatCapacity.Officer
                ? Seated(officers, lead, seat, taken)
                : [.. helpers.Where(h => h.Seat == seat.Code).Select(h => new CrewMember(seat.Code, seat.Title, h.Name, null, false))];
            members.AddRange(filled);
            if (filled.Count < seat.Least)
            {
                vacant.Add(new CrewVacancy(seat.Code, seat.Title, seat.Least - filled.Count));
            }
        }

        var crew = new LeadCrew(template.Code, template.Title, members, vacant, session.Now);
        var text = vacant.Count == 0 ? template.Title : $"{template.Title}；空缺：{string.Join("、", vacant.Select(v => $"{v.SeatTitle}{v.Missing}人"))}";
        foreach (var officer in members.Where(m => m.OfficerId is not null))
        {
            session.Tell(lead, $"officer:{officer.OfficerId}", "派发");
        }

        return session.Update(session.Noted(lead with { Crew = crew }, "组队", text), "lead.crew-filled", ("template", template.Code), ("vacant", string.Join(',', vacant.Select(v => v.Seat))));
    }

    // Certified today, in service, at work and without a relation to the target; who is stationed with the town comes before who serves the whole district, nobody from another town.
    // Among equals who has least to do comes first, so that it is not always the same people.
    private async ValueTask<IReadOnlyList<RosterOfficer>> OfficersAsync(Lead lead, TeamTemplate template, CancellationToken ct)
    {
        var (today, area) = (session.Today(), lead.Place.Area);
        var district = area[..Math.Min(6, area.Length)];
        List<string> departments = [.. template.Seats.Where(seat => seat.Capacity == SeatCapacity.Officer).Select(seat => seat.Department ?? lead.Department!).Distinct(StringComparer.Ordinal)];
        if (departments.Count == 0)
        {
            return [];
        }

        var officers = (await session.ListAsync<OfficerRecord>(new AggregateFilter { AreaPrefix = district, Departments = departments }, ct)).Select(record => record.Officer)
            .Where(o => o is { Status: OfficerStatus.Active } && o.IsCertifiedOn(today) && !o.IsOnLeave(today) && (lead.TargetId is null || !o.DeclaredRelations.Contains(lead.TargetId)))
            .Where(o => o.ServingTown is not { Length: > 0 } town || area.StartsWith(town, StringComparison.Ordinal)).ToList();
        var load = await LoadAsync(lead, district, departments, ct);
        return [.. officers.OrderBy(o => o.ServingTown is { Length: > 0 } ? 0 : 1).ThenBy(o => load.GetValueOrDefault(o.Id)).ThenBy(o => o.Id, StringComparer.Ordinal)];
    }

    // Open steps that name an officer, and the other leads whose team it is in.
    private async ValueTask<Dictionary<string, int>> LoadAsync(Lead lead, string district, IReadOnlyList<string> departments, CancellationToken ct)
    {
        const string Officer = "officer:";
        var tasks = await session.ListAsync<WorkTask>(new AggregateFilter { AreaPrefix = district, Departments = departments, States = [nameof(TaskState.Open)] }, ct);
        var leads = await session.ListAsync<Lead>(new AggregateFilter { AreaPrefix = district, States = [nameof(LeadState.Dispatched)] }, ct);
        return tasks.SelectMany(task => task.Assignees.Where(one => one.StartsWith(Officer, StringComparison.Ordinal)).Select(one => one[Officer.Length..]))
            .Concat(leads.Where(other => other.Id != lead.Id && other.Crew is not null).SelectMany(other => other.Crew!.Members.Where(m => m.OfficerId is not null).Select(m => m.OfficerId!)))
            .CountBy(id => id, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    private static IReadOnlyList<CrewMember> Seated(IReadOnlyList<RosterOfficer> officers, Lead lead, TeamSeat seat, HashSet<string> taken)
    {
        var chosen = officers.Where(o => o.Department == (seat.Department ?? lead.Department) && !taken.Contains(o.Id)).Take(seat.Least).ToList();
        taken.UnionWith(chosen.Select(o => o.Id));
        return [.. chosen.Select(o => new CrewMember(seat.Code, seat.Title, o.Name, o.Id, seat.Signs))];
    }
}
