using Workflows.Supervision.Drawing;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Tests.Planning;

/// <summary>NO_CHECK_12M: the period is the scenario's, and a check counts whether the roster or the service knows of it.</summary>
public sealed class LongUncheckedTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData(12, "2025-12-05", true)]
    [InlineData(12, "2025-12-06", false)]
    [InlineData(6, "2026-06-05", true)]
    [InlineData(6, "2026-06-06", false)]
    [InlineData(null, "2025-12-06", false)]
    public void The_scenario_says_after_how_long_a_target_weighs_more(int? months, string last, bool weighs) =>
        Assert.Equal(weighs, Weighs(months, DateOnly.Parse(last, System.Globalization.CultureInfo.InvariantCulture), []));

    [Fact]
    public async Task A_visit_of_the_service_counts_where_the_roster_knows_none()
    {
        await _world.VisitedAsync("EH-06");
        var visited = Assert.Single(await _world.Session.ListAsync<Case>(new AggregateFilter())) with { TaskEndedAt = new DateTimeOffset(2026, 12, 1, 2, 0, 0, TimeSpan.Zero) };

        Assert.True(Weighs(12, null, []));
        Assert.False(Weighs(12, null, [visited]));
        Assert.False(Weighs(12, new DateOnly(2020, 1, 1), [visited]));
    }

    // Class B has 2 tickets; the factor 2 makes them 4.
    private bool Weighs(int? months, DateOnly? last, IReadOnlyList<Case> cases)
    {
        var factor = new WeightFactor(WeightFactor.LongUnchecked, "久未检查", 2, [], months is { } some ? LegalPeriod.Months(some) : null);
        var scenario = _world.Scenario with { Draw = _world.Scenario.Draw with { Factors = [factor] } };
        var screening = new TargetScreening(scenario, _world.Session.Calendar, new DateOnly(2026, 12, 5), [.. World.Present], new HashSet<string>());
        var target = new RosterTarget { Id = "T001", Name = "样例酒店一", TownCode = "330203009", District = "330203", LastInspectedOn = last };
        var weight = screening.CandidateOf(target, WeightMode.Weighted, [], null, null, cases).Weight;
        Assert.Contains(weight, new[] { 2, 4 });
        return weight == 4;
    }
}
