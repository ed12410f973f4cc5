using Workflows.Host.Api.Escalation;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Tests.Escalation;

/// <summary>A clock and the step that took its due time from it are one row of the wall; two limits that happen to end at one instant are two.</summary>
public sealed class LatePiecesTests
{
    private static readonly DateOnly s_day = new(2026, 12, 4);
    private static readonly WorkCalendar s_calendar = WorkCalendar.WeekendsOnly;

    [Fact]
    public void The_step_of_a_limit_stands_for_its_own_clock_alone()
    {
        var (mine, other) = (Clock("K1", "department:FIR"), Clock("K2", "department:FIR"));

        var left = LatePieces.WithoutStep([mine, other], [Limit("L1", "K1"), Limit("L2", "K2")], [Step("L1")]);

        Assert.Equal(["K2"], left.Select(clock => clock.Id));
    }

    [Fact]
    public void A_clock_without_a_limit_is_joined_to_the_step_of_its_matter_unit_and_instant()
    {
        Assert.Empty(LatePieces.WithoutStep([Clock("K1", "department:FIR")], [], [Step("L1")]));
        Assert.Empty(LatePieces.WithoutStep([Clock("K1", "department:FIR")], [Limit("L1", "K1")], [Step(null)]));
        Assert.Single(LatePieces.WithoutStep([Clock("K1", "department:FIR")], [], [Step("L1") with { CaseId = "another" }]));
    }

    [Fact]
    public void What_a_party_owes_stays_beside_the_step_of_a_unit() =>
        Assert.Single(LatePieces.WithoutStep([Clock("K1", "party:T1")], [Limit("L1", "K1")], [Step("L1")]));

    private static DeadlineClock Clock(string id, string heldBy) => new()
    {
        Id = id, CaseKey = "C", CaseId = "C", Department = "FIR", Created = Cause(), Subject = "step", HeldBy = heldBy,
        Clock = LegalClock.Start("CASE-FILE", "event", new DateOnly(2026, 12, 1), LegalPeriod.WorkingDays(3), s_calendar),
    };

    private static StepLimit Limit(string id, string clock) => new()
    {
        Id = id, CaseKey = "C", CaseId = "C", Department = "FIR", Created = Cause(), RuleCode = "CASE-FILE", ClockId = clock, HeldBy = "department:FIR", LastDay = s_day,
        DueAt = ShanghaiTime.PassedAt(s_day), State = StepLimitState.Running,
    };

    private static WorkTask Step(string? limit) => new()
    {
        Id = "T", CaseKey = "C", CaseId = "C", Department = "FIR", Created = Cause(), InstanceId = "i", TaskActivityId = "a", Kind = "k", Title = "现场复查", IsDecision = true,
        LimitId = limit, DueAt = ShanghaiTime.PassedAt(s_day), State = TaskState.Open,
    };

    private static Cause Cause() => new(null, "clock", "时限", default);
}
