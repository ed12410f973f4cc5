using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.TaskForces;

namespace Workflows.Supervision.Leads;

/// <summary>From triage to dispatch: 分诊, 派单, 受理, 派发, 即时处置.</summary>
/// <param name="session">The session.</param>
/// <param name="placing">Puts leads with departments.</param>
/// <param name="flows">Diagrams that carry leads through.</param>
/// <param name="clocks">How long waits take.</param>
public sealed class LeadHandling(ISupervisionSession session, LeadPlacing placing, ILeadFlows flows, LeadClocks clocks)
{
    /// <summary>分诊: place and matter are settled; what the grid can settle goes to the grid for an hour.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>dispatcher-required</c>, <c>area-invalid</c>, <c>other-area</c>, <c>not-in-grid</c>.</exception>
    public async ValueTask<Lead> TriageAsync(string id, TriageLead command, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        LeadGuards.RequireDispatcher(session.Actor, "分诊");
        lead.RequireState("分诊", LeadState.Received, LeadState.Triaged, LeadState.Returned, LeadState.Transferred);
        lead = Placed(lead, command);
        var version = lead.MatterCode is { } matter ? await CatalogueMatter.FindAsync(session, matter, lead.Place.Area, session.Today(), cancellationToken) : null;
        if (command.Path == LeadPath.Department)
        {
            return session.Update(
                session.Move(lead, LeadState.Triaged, "分诊", command.Note, LeadLife.DispatcherOwner, session.Now + clocks.Route), "lead.triaged", ("matter", lead.MatterCode));
        }

        if (version is not { InGrid: true } || lead.Place.Area.Length < 9)
        {
            throw Refusal.Invalid("not-in-grid", "path", "清单没有规定此事项可由网格即时处置，或者所在镇街不明：请按部门派单。");
        }

        var town = Delegation.TownDepartment;
        var inGrid = lead with
        {
            Path = LeadPath.InGrid,
            Department = town,
            Routing = new LeadRouting(town, version.Managing, version.Enforcing, version.From, null, "网格"),
            Involved = LeadPlacing.With(lead, town),
            Dispatch = new LeadDispatch(session.Now, [], null, null),
        };
        session.Tell(inGrid, LeadLife.OwnerOf(town), "即时处置");
        return session.Update(
            session.Move(inGrid, LeadState.Dispatched, "交网格", command.Note, LeadLife.OwnerOf(town), session.Now + clocks.InGrid, "即时处置"), "lead.in-grid", ("matter", lead.MatterCode));
    }

    /// <summary>派单 by the catalogue in force today, or to a department that the dispatcher names with a reason.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>dispatcher-required</c>, <c>matter-unknown</c>, <c>department-unknown</c>, <c>town-unknown</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> RouteAsync(string id, RouteLead command, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        LeadGuards.RequireDispatcher(session.Actor, "派单");
        lead.RequireState("派单", LeadState.Received, LeadState.Triaged, LeadState.Returned);
        var routed = await placing.PlaceAsync(lead, await placing.ChooseAsync(lead, command, cancellationToken), "派单", command.Reason, cancellationToken);
        return session.Update(routed, "lead.routed", ("department", routed.Department), ("ground", routed.Routing!.Ground));
    }

    /// <summary>受理.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>other-department</c>, <c>officer-required</c>.</exception>
    public async ValueTask<Lead> AcceptAsync(string id, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        lead.RequireState("受理", LeadState.Routed);
        LeadGuards.RequireHolder(session.Actor, lead, "受理");
        return session.Update(session.Move(lead, LeadState.Accepted, "受理", null, LeadLife.OwnerOf(lead.Department!), session.Now + clocks.Dispatch), "lead.accepted", ("department", lead.Department));
    }

    /// <summary>
    /// 派发: the matter's event is published, and the diagram that its scenario has for leads is started. The dispatcher may do it in one step from the
    /// beginning (一键派发); the catalogue then says to whom.
    /// </summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>other-department</c>, <c>dispatcher-required</c>, <c>matter-unknown</c>, <c>officer-not-stationed</c>, <c>officer-not-in-force</c>, <c>task-force-…</c>.</exception>
    public async ValueTask<Lead> DispatchAsync(string id, DispatchLead command, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        if (session.Actor.Is(Role.Dispatcher))
        {
            lead.RequireState("派发", LeadState.Received, LeadState.Triaged, LeadState.Returned, LeadState.Routed, LeadState.Accepted);
            if (lead.Department is null)
            {
                lead = await placing.PlaceAsync(lead, await placing.ChooseAsync(lead, new RouteLead(null, command.Note), cancellationToken), "一键派发", command.Note, cancellationToken);
            }
        }
        else
        {
            lead.RequireState("派发", LeadState.Accepted);
            LeadGuards.RequireHolder(session.Actor, lead, "派发");
        }

        var version = lead.MatterCode is { } matter ? await CatalogueMatter.FindAsync(session, matter, lead.Place.Area, session.Today(), cancellationToken) : null;
        var force = command.TaskForceId is { Length: > 0 } forceId ? await TaskForceOfficers.ForLeadAsync(session, lead, forceId, version?.Scenario, command.Officers ?? [], cancellationToken) : null;
        IReadOnlyList<string> officers = force is null ? command.Officers ?? [] : [.. force.Select(member => member.OfficerId)];
        await TownCommand.RequireStationedAsync(session, lead, officers, cancellationToken);
        var flow = version?.Scenario is { } scenario ? await flows.FindAsync(scenario, cancellationToken) : null;
        var instance = flow is null ? null : session.NewId();
        // An order of a hotline brings its own deadline; the catalogue's days are for what brings none.
        var days = version?.HandleDays ?? clocks.HandleDays;
        var within = LeadClocks.Within(days, session.Today(), session.Calendar);
        DateTimeOffset? ordered = lead.AnswerBy is { } reply && reply > session.Now ? reply : null;
        var sent = session.Move(
            lead with
            {
                Dispatch = new LeadDispatch(session.Now, officers, instance, flow?.PackageVersionId, force is null ? null : command.TaskForceId),
                // Whose officers the force sends has a part in this lead, and in nothing else.
                Involved = force is null ? lead.Involved : [.. lead.Involved.Concat(force.Select(member => member.Department)).Distinct(StringComparer.Ordinal)],
            },
            LeadState.Dispatched, "派发", command.Note, LeadLife.OwnerOf(lead.Department!), ordered ?? within.PassedAt);
        sent = ordered is null ? sent.Counted(within, days) : sent;
        if (flow is not null)
        {
            session.Start(new DomainStart(flow.DefinitionVersionId, instance!, lead.CaseKey, lead.Id, lead.MatterCode!, Facts(sent)));
        }

        if (lead.MatterCode is { } code)
        {
            session.Publish(new DomainEvent(lead.CaseKey, $"Lead.{code}", lead.Id, Facts(sent)));
        }

        foreach (var officer in sent.Dispatch!.Officers)
        {
            session.Tell(sent, $"officer:{officer}", "派发");
        }

        return session.Update(sent, "lead.dispatched", ("department", sent.Department), ("instance", instance));
    }

    // Ids and codes alone: what was reported never stands in a workflow (promise P7).
    private static string Facts(Lead lead) => System.Text.Json.JsonSerializer.Serialize(
        new
        {
            LeadId = lead.Id,
            Matter = lead.MatterCode,
            Trigger = lead.Trigger.ToString(),
            lead.Department,
            lead.Place.Area,
            Enforcing = lead.Routing?.Enforcing,
            lead.TargetId,
            LeadDepartment = lead.Department,
        },
        SupervisionJson.Options);

    private Lead Placed(Lead lead, TriageLead command)
    {
        if (command.Area is { } area && area != lead.Place.Area)
        {
            if (area.Length is not (6 or 9) || !area.All(char.IsAsciiDigit))
            {
                throw Refusal.Invalid("area-invalid", "area", "“区划代码”应为镇街九位或区县六位数字，如 330203001。");
            }

            if (session.Actor.Area is { } own && !area.StartsWith(own, StringComparison.Ordinal))
            {
                throw Refusal.Forbidden("other-area", "area", "不在本区域：请移送所在区域。");
            }

            lead = lead with { Area = area, Place = lead.Place with { Area = area } };
        }

        return lead with { TargetId = command.TargetId is { Length: > 0 and <= 128 } target ? target : lead.TargetId, MatterCode = command.MatterCode is { Length: > 0 and <= 40 } matter ? matter : lead.MatterCode, Transfer = null };
    }

    private ValueTask<Lead> GetAsync(string id, CancellationToken ct) => session.GetAsync<Lead>(id, "id", "线索", ct);
}
