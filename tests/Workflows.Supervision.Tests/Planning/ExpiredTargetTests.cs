using System.Text;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Planning;

/// <summary>A target that exists for a time, such as a market with dates (scenarios.md 7a).</summary>
public sealed class ExpiredTargetTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("2026-12-06", null)]
    [InlineData("2026-12-05", null)]
    [InlineData("2026-12-04", "validTo=2026-12-04")]
    public void It_may_be_drawn_up_to_its_last_day_and_not_after_it(string? last, string? evidence)
    {
        var world = new World();
        var screening = new TargetScreening(world.Scenario, world.Session.Calendar, new DateOnly(2026, 12, 5), [.. World.Present], new HashSet<string>());
        var target = new RosterTarget { Id = "T001", Name = "样例市集", TownCode = "330203009", District = "330203", ValidTo = last is null ? null : DateOnly.Parse(last, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.Equal(evidence, screening.ExclusionOf(target, [])?.Evidence);
    }
}
