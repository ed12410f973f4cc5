using Workflows.Supervision.Drawing;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Planning;

/// <summary>What the police found is sealed (治安管理处罚法 136): it weighs nothing in a draw, whose record is public.</summary>
public sealed class SealedWeightTests
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Past_findings_weigh_only_where_they_are_not_sealed(bool isSealed, bool weighs)
    {
        var world = new World();
        await world.VisitedAsync("EH-08");
        var found = Assert.Single(await world.Session.ListAsync<Finding>(new AggregateFilter()));
        Assert.True(found.Sealed);
        Assert.Contains(world.Scenario.Draw.Factors, f => f.Items.Contains("EH-08"));
        IReadOnlyList<Finding> findings = [found with { Sealed = isSealed }];
        var screening = new TargetScreening(world.Scenario, world.Session.Calendar, Workflows.Supervision.Time.ShanghaiTime.DateOf(world.Session.Now), [.. World.Present], new HashSet<string>());
        var target = new RosterTarget { Id = "T001", Name = "样例酒店一", Address = "样例路1号", TownCode = "330203009", District = "330203", Departments = [.. World.Present] };

        DrawCandidate Candidate(IReadOnlyList<Finding> known) => screening.CandidateOf(target, WeightMode.Weighted, known, null);
        Assert.Equal(weighs, Candidate(findings).Weight > Candidate([]).Weight);
        Assert.Equal(weighs, Candidate(findings).ToString() != Candidate([]).ToString());
    }
}
