using Workflows.Host.Simulation.People;
using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation;

/// <summary>A report of a simulation: when it comes in, and what is going to happen with it.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Lead">The report.</param>
/// <param name="Story">What is going to happen.</param>
/// <param name="IsDispatched">Whether a dispatcher hands it on two minutes later; else it stays in the inbox.</param>
internal sealed record LeadOpening(DateTimeOffset At, NewLead Lead, CaseStory Story, bool IsDispatched = true);

/// <summary>
/// The leads of a simulation, for scenarios that have a diagram for them: as many as targets, by day and night, of the kinds of reports and the matters that the scenario names.
/// </summary>
internal static class LeadCalendar
{
    private const int ShortestRest = 20;
    private const double FarAway = 1.5;

    private static readonly TriggerKind[] s_machines = [TriggerKind.SensorAlarm, TriggerKind.VideoAI, TriggerKind.DronePatrol];

    private static readonly TriggerKind[] s_people = [TriggerKind.Complaint12345, TriggerKind.Report, TriggerKind.GridReport];

    private static readonly TriggerKind[] s_reports = [.. s_machines, TriggerKind.BoatPatrol, TriggerKind.LandPatrol, .. s_people];

    /// <summary>The reports in order of time; none where the package has no diagram for leads.</summary>
    public static IReadOnlyList<LeadOpening> Of(SimulationWorld world, SimulationOptions options)
    {
        // Machines and patrols report where teams go out on an alarm.
        TriggerKind[] triggers = [.. world.Scenario.Triggers.Intersect(world.Scenario.Response.Channels.Count > 0 ? s_reports : s_people)];
        if (!world.HasLeads || triggers.Length == 0)
        {
            return [];
        }

        var stories = new Chance(options.Seed, "lead-deck").Shuffle(LeadStories.All);
        return [.. Enumerable.Range(0, options.Targets).Select(n => Opening(world, options, triggers, stories[n % stories.Length], n)).OrderBy(opening => opening.At)];
    }

    /// <summary>The matters of the scenario as the catalogue of the district has them.</summary>
    public static IEnumerable<CatalogueMatter> Catalogue(Scenario scenario, Cause cause) => scenario.Items.Select(item => new CatalogueMatter
    {
        Id = CatalogueMatter.IdOf(SimulatedDistrict.Code, item.Code),
        CaseKey = CatalogueMatter.Family,
        Area = SimulatedDistrict.Code,
        Created = cause,
        Code = item.Code,
        Versions = [new MatterVersion { From = new DateOnly(2020, 1, 1), Name = item.Title, Managing = item.SupervisingDepartment, Enforcing = item.PenaltyDepartment, Scenario = scenario.Code }],
    });

    private static LeadOpening Opening(SimulationWorld world, SimulationOptions options, TriggerKind[] triggers, CaseStory story, int ordinal)
    {
        var chance = new Chance(options.Seed, $"lead|{ordinal}");
        var at = ShanghaiTime.StartOf(options.From).AddMinutes((chance.Next(Math.Max(1, options.Days - ShortestRest)) * 1440) + chance.Next(1440)).AddSeconds(ordinal);
        var trigger = triggers[chance.Next(triggers.Length)];
        var item = world.Scenario.Items[chance.Next(world.Scenario.Items.Count)];
        var target = chance.Next(2) == 0 ? KnownTarget(world, item, chance) : null;
        var town = world.Rosters.Towns[chance.Next(world.Rosters.Towns.Count)];
        var place = world.Scenario.Response.Teams is { Count: > 0 } teams ? teams[chance.Next(teams.Count)] : null;
        double? Near(double? degrees) => degrees is { } known ? known + ((chance.Next(2000) - 1000) / 50_000.0) + (story.Name == LeadStories.FarAway ? FarAway : 0) : null;
        return new LeadOpening(at, new NewLead
        {
            Trigger = trigger,
            Source = "样例来源",
            ExternalNumber = $"SIM-{options.Seed}-{ordinal:0000}",
            Area = town.Code,
            Address = $"{town.Name}样例点{ordinal:0000}",
            Latitude = Near(place?.Latitude),
            Longitude = Near(place?.Longitude),
            MatterCode = item.Code,
            Text = $"样例线索{ordinal:0000}：{item.FindingWording}",
            OccurredAt = at,
            TargetId = target,
            Sensing = s_machines.Contains(trigger) ? new LeadSensing($"DEV-{chance.Next(50):00}", 0.9, $"snapshot/{ordinal:0000}.jpg") : null,
        }, story);
    }

    private static string? KnownTarget(SimulationWorld world, ScenarioItem item, Chance chance)
    {
        RosterTarget[] fitting = [.. world.Rosters.Targets.Where(t => t.Status == TargetStatus.Normal && item.AppliesTo(t.Tags))];
        return fitting.Length == 0 ? null : fitting[chance.Next(fitting.Length)].Id;
    }
}
