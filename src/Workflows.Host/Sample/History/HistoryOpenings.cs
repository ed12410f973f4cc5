using System.Globalization;
using Workflows.Host.Simulation;
using Workflows.Host.Simulation.People;
using Workflows.Supervision.Time;

namespace Workflows.Host.Sample.History;

/// <summary>What is opened in the history of a scenario: plans old enough to be closed, under way and just begun, and reports up to the last minutes.</summary>
internal static class HistoryOpenings
{
    private const int DaysOfCalendarRest = 20;
    private const int EarlierLeads = 7;

    // How long before the end fresh reports come in; the last ones still lie in the inbox.
    private static readonly (TimeSpan Before, bool Dispatched)[] Fresh =
        [(TimeSpan.FromHours(6), true), (TimeSpan.FromHours(2), true), (TimeSpan.FromMinutes(40), true), (TimeSpan.FromMinutes(14), true), (TimeSpan.FromMinutes(25), false), (TimeSpan.FromMinutes(6), false)];

    /// <summary>The options with plans, reports and stories told.</summary>
    /// <param name="world">World of the scenario.</param>
    /// <param name="options">Options of the scenario.</param>
    /// <param name="ordinal">Which scenario it is, from 0; the first has the most targets and plans.</param>
    /// <param name="end">When the history ends.</param>
    public static SimulationOptions Told(SimulationWorld world, SimulationOptions options, int ordinal, DateTimeOffset end)
    {
        var batches = Batches(world, ordinal);
        CaseStory[] stories = [.. batches.SelectMany(batch => HistoryStories.Of(batch.DaysAgo, batch.Count, ordinal))];
        return options with
        {
            Targets = 4,
            Plans = [.. batches.Select((batch, number) => Plan(world, batch, number, ordinal, end))],
            Leads = [.. Leads(world, options, end)],
            Script = new ScriptedPeople { Story = number => number < stories.Length ? stories[number] : null },
        };
    }

    private static (int DaysAgo, int Count)[] Batches(SimulationWorld world, int ordinal) => world.Rosters.Targets.Count(target => target.Tags.Intersect(world.Scenario.KindTags).Any()) > SampleRosters.TargetsPerScenario
        ? [(60, 10), (38, 8), (13, 8), (1, 6)]
        : [(57 - (4 * ordinal), 5), (17 - ordinal, 4)];

    private static PlanOpening Plan(SimulationWorld world, (int DaysAgo, int Count) batch, int number, int ordinal, DateTimeOffset end)
    {
        var at = world.Hours.Before(ShanghaiTime.DateOf(end).AddDays(-batch.DaysAgo), 20 + (20 * ordinal));
        var plan = PlanCalendar.Plan(ShanghaiTime.DateOf(at), batch.Count, number + 1, world.Scenario, world.Calendar);
        var code = string.Create(CultureInfo.InvariantCulture, $"HS-{plan.AnnualItem.Year}-{(ordinal * 10) + number + 1:000}");
        return new PlanOpening(at, plan with { AnnualItem = plan.AnnualItem with { Code = code } });
    }

    private static IEnumerable<LeadOpening> Leads(SimulationWorld world, SimulationOptions options, DateTimeOffset end)
    {
        var earlier = LeadCalendar.Of(world, options with { Targets = EarlierLeads, Days = options.Days + DaysOfCalendarRest });
        var fresh = LeadCalendar.Of(world, options with { Targets = Fresh.Length, Seed = options.Seed + 50 });
        return earlier.Where(opening => opening.At < end - Fresh[0].Before)
            .Concat(fresh.Zip(Fresh, (opening, when) => opening with { At = end - when.Before, Lead = opening.Lead with { OccurredAt = end - when.Before }, IsDispatched = when.Dispatched }))
            .OrderBy(opening => opening.At);
    }
}
