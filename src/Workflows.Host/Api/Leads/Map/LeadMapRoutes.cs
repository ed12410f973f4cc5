using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Paging;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Leads.Map;

/// <summary>一图指挥: leads, those on the way to them and those who have come, for whoever commands; and the positions that they share.</summary>
internal static class LeadMapRoutes
{
    private const int MostTowns = 1000;
    private const int LongestText = 80;

    /// <summary>Maps <c>GET /api/leads/map</c> and <c>/api/leads/{id}/position</c>.</summary>
    public static void MapLeadMap(this IEndpointRouteBuilder api)
    {
        var leads = api.MapGroup("/leads").WithTags("线索");
        leads.MapGet("/map", ReadAsync).For(Role.Dispatcher, Role.Supervisor, Role.DepartmentHead).WithSummary("线索一张图：可见范围内的线索、出动队伍、在途位置和到场；view 为工作台的分类");
        leads.MapPut("/{id}/position", ShareAsync).For(Role.Inspector, Role.Assistant).Produces(204).WithSummary("出动途中共享本人位置（WGS-84，精度为米）：只留最后一点，线索处理完毕即删除");
        leads.MapDelete("/{id}/position", ForgetAsync).For(Role.Inspector, Role.Assistant).Produces(204).WithSummary("停止共享位置，已有位置随即删除");
    }

    private static async Task<LeadMap> ReadAsync(
        AggregateReader rows, Viewer viewer, PageRequest page, TimeProvider clock, IScenarioCatalogue scenarios, CancellationToken cancellationToken, LeadView? view = null)
    {
        var (now, sight) = (clock.GetUtcNow(), viewer.Sight);
        var own = viewer.Actor.Department;
        var owners = viewer.Owners;
        var all = sight.AllDepartments || LeadDoor.IsTown(viewer.Actor);
        // A project that is registered is no report: it stands at no place of danger.
        var found = await rows.PageAsync<Lead, Lead>(
            page,
            query => query.Where(row => row.Kind != nameof(TriggerKind.Milestone) && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))
                && (all || row.Department == own || row.Owner != null && owners.Contains(row.Owner) || row.State == nameof(LeadState.Dispatched))),
            lead => LeadViews.Holds(lead, view, now) && LeadDoor.Sees(lead, viewer),
            lead => lead,
            cancellationToken);
        var steps = await StepsAsync(found.Items, rows, cancellationToken);
        var towns = page.After is null
            ? await rows.ListAsync<TownRecord>(query => query.Where(row => sight.Area == null || row.Area != null && (row.Area.StartsWith(sight.Area) || sight.Area.StartsWith(row.Area))), MostTowns, cancellationToken)
            : [];
        return new LeadMap(
            [.. found.Items.Select(lead => Of(lead, steps, now))], found.Next, await StationsAsync(found.Items, sight, scenarios, cancellationToken),
            [.. towns.Select(town => new MapTown(town.Town.Code, town.Town.Name, town.Town.Latitude, town.Town.Longitude))]);
    }

    private static MapLead Of(Lead lead, ILookup<string, WorkTask> steps, DateTimeOffset now) => new(
        lead.Id, lead.Trigger, lead.Text.Length > LongestText ? lead.Text[..LongestText] + "…" : lead.Text, lead.State, lead.Place, lead.Department, lead.ReceivedAt, lead.Dispatch?.At, lead.Wait,
        lead.Links.Count, steps[lead.CaseKey].OrderBy(task => task.DueAt ?? DateTimeOffset.MaxValue).Select(task => new MapStep(task.Title, task.Department, task.DueAt)).FirstOrDefault(),
        lead.Team, lead.Marks, [.. lead.Positions.Where(position => now - position.At < LeadPositions.Fresh)], lead.CaseId);

    private static async Task<ILookup<string, WorkTask>> StepsAsync(IReadOnlyList<Lead> leads, AggregateReader rows, CancellationToken cancellationToken)
    {
        string[] families = [.. leads.Where(lead => lead is { Dispatch: not null, Wait: not null }).Select(lead => lead.CaseKey).Distinct(StringComparer.Ordinal)];
        var open = families.Length == 0
            ? []
            : await rows.ListAsync<WorkTask>(query => query.Where(row => families.Contains(row.CaseKey) && row.State == nameof(TaskState.Open) && row.CaseId == null), MostTowns, cancellationToken);
        return open.ToLookup(task => task.CaseKey, StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<MapStation>> StationsAsync(IReadOnlyList<Lead> leads, Sight sight, IScenarioCatalogue scenarios, CancellationToken cancellationToken)
    {
        var stations = new Dictionary<string, MapStation>(StringComparer.Ordinal);
        foreach (var version in leads.Select(lead => lead.Dispatch?.PackageVersionId).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await scenarios.FindAsync(version, cancellationToken) is not { } package)
                continue;
            foreach (var team in package.Scenario.Response.Teams.Where(team => sight.Area is null || team.Area.StartsWith(sight.Area[..Math.Min(6, sight.Area.Length)], StringComparison.Ordinal)))
            {
                if (team is { Latitude: { } north, Longitude: { } east })
                    stations.TryAdd(team.Code, new MapStation(team.Code, team.Name, team.Channel, team.Department, north, east));
            }
        }

        return [.. stations.Values.OrderBy(station => station.Code, StringComparer.Ordinal)];
    }

    private static Task<IResult> ShareAsync(string id, DeviceReading reading, LeadDoor door, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken) =>
        ChangeAsync(id, door, viewer, gate, (positions, token) => positions.ShareAsync(id, reading, token), cancellationToken);

    private static Task<IResult> ForgetAsync(string id, LeadDoor door, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken) =>
        ChangeAsync(id, door, viewer, gate, (positions, token) => positions.ForgetAsync(id, token), cancellationToken);

    // The last one counts, so a request that comes twice has one effect without a key; and nothing of a place is kept with an answer.
    private static async Task<IResult> ChangeAsync(
        string id, LeadDoor door, Viewer viewer, ChangeGate gate, Func<LeadPositions, CancellationToken, ValueTask<Lead>> change, CancellationToken cancellationToken)
    {
        await door.FindAsync(id, cancellationToken);
        await gate.SendAsync(
            new DomainCommand
            {
                Key = gate.NewKey(),
                Actor = viewer.Actor,
                CaseKey = id,
                Execute = async (_, services, token) =>
                {
                    await change(services.GetRequiredService<LeadPositions>(), token);
                    return null;
                },
            },
            cancellationToken);
        return Results.NoContent();
    }
}
