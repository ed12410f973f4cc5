using Workflows.Host.Simulation.People;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Simulation;

/// <summary>A project of a simulation: when it is registered, and by how many days each milestone is confirmed after it was expected.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Project">The project.</param>
/// <param name="Story">What is going to happen.</param>
/// <param name="LateMilestone">Milestone that nobody confirms for weeks, or null.</param>
internal sealed record ProjectOpening(DateTimeOffset At, NewProject Project, CaseStory Story, string? LateMilestone)
{
    /// <summary>Days after which a milestone that nobody confirms is confirmed all the same.</summary>
    public const int LateDays = 40;
}

/// <summary>The projects of a simulation, for scenarios that have a diagram for them: half as many as targets, some new, some under way, some finished a year ago.</summary>
internal static class ProjectCalendar
{
    private const int ShortestRest = 45;
    private const int DaysOfWorks = 30;

    /// <summary>The registrations in order of time; none where the package has no diagram for projects.</summary>
    public static IReadOnlyList<ProjectOpening> Of(SimulationWorld world, SimulationOptions options) =>
        !world.HasProjects || world.Scenario.Milestones.Count == 0 ? []
        : [.. Enumerable.Range(0, Math.Max(1, options.Targets / 2)).Select(n => Opening(world, options, n)).OrderBy(opening => opening.At)];

    private static ProjectOpening Opening(SimulationWorld world, SimulationOptions options, int ordinal)
    {
        var scenario = world.Scenario;
        var chance = new Chance(options.Seed, $"project|{ordinal}");
        var day = options.From.AddDays(chance.Next(Math.Max(1, options.Days - ShortestRest) / 3));
        // New, at some milestone of the works, or finished so long ago that the look back comes soon.
        var reached = chance.Next(3) switch { 0 => 0, 1 => chance.Next(scenario.Milestones.Count), _ => scenario.Milestones.Count - (chance.Next(6) == 0 ? 0 : 1) };
        var before = scenario.Milestones.Take(reached).ToList();
        // Of those that come in new, one in three was looked at before, such as for earlier works in the same home.
        var passed = reached == 0 && new Chance(options.Seed, $"project-passed|{ordinal}").Next(3) == 0 ? [.. scenario.Milestones.Take(1)] : before;
        var next = scenario.Milestones[Math.Min(reached, scenario.Milestones.Count - 1)];
        var start = Start(next, day.AddDays(5 + chance.Next(15)));
        var caretaker = world.Rosters.Targets[chance.Next(world.Rosters.Targets.Count)].Id;
        var late = chance.Next(3) == 0 && reached < scenario.Milestones.Count ? scenario.Milestones[reached + chance.Next(scenario.Milestones.Count - reached)].Code : null;
        return new ProjectOpening(
            world.Hours.On(day, chance.Next(300)),
            new NewProject
            {
                Scenario = scenario.Code,
                Number = $"样例登记{options.Seed}-{ordinal:0000}",
                Name = $"样例小区{ordinal:0000}室",
                Address = $"样例小区{ordinal:0000}室",
                TownCode = world.Rosters.Towns[chance.Next(world.Rosters.Towns.Count)].Code,
                Tags = [.. scenario.KindTags.Take(1)],
                Owner = $"样例业主{ordinal:0000}",
                Phone = "0574-00000000",
                Contractor = "样例施工企业",
                CaretakerId = caretaker,
                StartsOn = start,
                EndsOn = start.AddDays(DaysOfWorks),
                Reached = [.. before.Select(m => m.Code)],
                Passed = [.. passed.SelectMany(m => m.Items).Distinct()],
            },
            LeadStories.Projects[chance.Next(LeadStories.Projects.Count)],
            late);
    }

    // The first day of works for which the milestone is expected on a day.
    private static DateOnly Start(Milestone milestone, DateOnly expected)
    {
        var back = milestone.After is { } after ? after.Unit == Supervision.Time.PeriodUnit.Months ? expected.AddMonths(-after.Length) : expected.AddDays(-after.Length) : expected;
        return milestone.From == MilestoneStart.End ? back.AddDays(-DaysOfWorks) : back;
    }
}
