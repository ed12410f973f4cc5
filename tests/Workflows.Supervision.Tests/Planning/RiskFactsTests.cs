using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Tests.Planning;

/// <summary>What the factors of a draw need is read once for all targets, and of the right ones alone.</summary>
public sealed class RiskFactsTests
{
    private static readonly RegisteredProject Works = new("样例业主", "样例装饰公司", "firm", new DateOnly(2026, 11, 1), new DateOnly(2027, 3, 1));

    private static readonly DateTimeOffset Start = new(2026, 12, 1, 2, 0, 0, TimeSpan.Zero);

    private readonly World _world = new();

    [Fact]
    public async Task Alarms_of_machines_at_the_target_and_milestones_of_its_running_project_are_counted()
    {
        Save("a1", TriggerKind.SensorAlarm, "T1");
        Save("a2", TriggerKind.DronePatrol, "T1");
        Save("a3", TriggerKind.Report, "T1");
        Save("a4", TriggerKind.SensorAlarm, "T2");
        Save("a5", TriggerKind.SensorAlarm, null);
        ProjectMilestone[] milestones = [new("M0", "登记", new(2026, 11, 1), Before: true), new("M1", "拆改", new(2026, 11, 5), Start, "物业"), new("M2", "水电", new(2026, 11, 20))];
        Save("p1", TriggerKind.Milestone, "T1", milestones);
        Save("p2", TriggerKind.Milestone, "T2", milestones, LeadState.Closed);
        var reader = await ReadAsync(new FactorSource { Alarms = new AlarmCount(1, LegalPeriod.CalendarDays(30)), MilestoneLate = LegalPeriod.WorkingDays(5) });

        var facts = reader.Of(Target("T1"));
        Assert.Equal(2, facts.Alarms.Count);
        Assert.Equal([new DateOnly(2026, 11, 20)], facts.Unconfirmed);
        Assert.Single(reader.Of(Target("T2")).Alarms);
        Assert.Empty(reader.Of(Target("T2")).Unconfirmed);
    }

    [Fact]
    public async Task What_no_factor_asks_for_is_not_read()
    {
        Save("a1", TriggerKind.SensorAlarm, "T1");
        Assert.Empty((await ReadAsync(new FactorSource { Tags = ["病险坝"] })).Of(Target("T1")).Alarms);
    }

    [Fact]
    public async Task The_contractors_other_projects_and_the_tags_of_the_caretaker_are_found()
    {
        await _world.VisitedAsync("EH-06");
        var found = Assert.Single(await _world.Session.ListAsync<Finding>(new AggregateFilter()));
        var findings = new[] { found with { TargetId = "T1" }, found with { TargetId = "T2" }, found with { TargetId = "T3" } }.ToLookup(f => f.TargetId, StringComparer.Ordinal);
        RosterTarget[] roster = [Target("T1"), Target("T2"), Target("T3") with { Project = Works with { Contractor = "另一公司" } }, Target("firm") with { Project = null, Tags = ["EVALUATED_LOW"] }];
        var reader = await RiskFactsReader.ReadAsync(_world.Session, _world.Scenario, "330203", roster, findings, default);

        // Its own findings count by themselves; those of another contractor never.
        Assert.Equal(["T2"], reader.Of(roster[0]).OfContractor.Select(f => f.TargetId));
        Assert.Equal(["EVALUATED_LOW"], reader.Of(roster[0]).CaretakerTags);
        Assert.Empty(reader.Of(roster[3]).OfContractor);
    }

    private static RosterTarget Target(string id) => new() { Id = id, Name = "样例项目", TownCode = "330203009", District = "330203", Project = Works };

    private ValueTask<RiskFactsReader> ReadAsync(FactorSource source) => RiskFactsReader.ReadAsync(
        _world.Session, _world.Scenario with { Draw = _world.Scenario.Draw with { Factors = [new WeightFactor("X", "因素", 2, [], null, When: source)] } }, "330203", [Target("T1"), Target("T2")],
        Array.Empty<Finding>().ToLookup(f => f.TargetId, StringComparer.Ordinal), default);

    private void Save(string id, TriggerKind trigger, string? target, IReadOnlyList<ProjectMilestone>? milestones = null, LeadState state = LeadState.Dispatched) => _world.Session.Save(new Lead
    {
        Id = id, CaseKey = id, TargetId = target, Area = "330203009", Created = new Cause(null, "a", "a", Start), Trigger = trigger, Source = "样例", Place = new LeadPlace("330203009", null, null, null, null),
        Text = "样例", ReceivedAt = Start, State = state, Steps = [], Milestones = milestones ?? [],
    });
}
