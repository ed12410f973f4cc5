using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Tests.Escalation;

public sealed class LadderTests
{
    private static LadderRung Rung(int offset, LadderAction action, LadderUnit unit = LadderUnit.WorkingDays) => new() { Offset = offset, Action = action, Unit = unit };

    private static Ladder Internal { get; } = Ladder.Create(LadderKind.Internal,
    [
        Rung(-3, LadderAction.Remind), Rung(-1, LadderAction.Remind), Rung(0, LadderAction.Urge), Rung(1, LadderAction.YellowCard), Rung(3, LadderAction.RedCard),
        Rung(3, LadderAction.SupervisionOrder), Rung(8, LadderAction.JointConsultation),
    ]);

    private static string Text(LadderStep step) => $"{step.Rung.Port} {ShanghaiTime.DateOf(step.At):MM-dd} {ShanghaiTime.TimeOf(step.At):HH:mm}";

    [Fact]
    public void The_internal_ladder_stands_on_the_working_days_of_the_table()
    {
        // Due Friday 11 December 2026; 12 and 13 are a weekend.
        var steps = Internal.Steps(LadderDue.On(new DateOnly(2026, 12, 11)), InMemorySession.China, null).Select(Text);

        Assert.Equal(
            ["提醒 12-08 09:00", "提醒 12-10 09:00", "催办 12-12 00:00", "黄牌 12-15 00:00", "红牌 12-17 00:00", "督办单 12-17 00:00", "会商 12-24 00:00"], steps);
    }

    [Fact]
    public void A_ladder_steps_over_the_spring_festival_and_its_make_up_days()
    {
        // 2026: 15 to 23 February off; 14 and 28 February are make-up working Saturdays.
        var steps = Internal.Steps(LadderDue.On(new DateOnly(2026, 2, 13)), InMemorySession.China, null).Select(Text).ToList();

        Assert.Equal("黄牌 02-15 00:00", steps[3]);
        Assert.Equal("红牌 02-26 00:00", steps[4]);
    }

    [Fact]
    public void A_reinspection_opens_on_the_first_working_day_after_the_limit()
    {
        var ladder = Ladder.Create(LadderKind.External, [Rung(-1, LadderAction.RiskPreNotice), Rung(1, LadderAction.Reinspection)]);

        var steps = ladder.Steps(LadderDue.On(new DateOnly(2026, 12, 11)), InMemorySession.China, null).Select(Text);

        Assert.Equal(["提示 12-10 09:00", "复查 12-14 09:00"], steps);
    }

    [Theory]
    [InlineData("2026-12-07", "提醒 12-08 09:00")]
    [InlineData("2026-12-08", "提醒 12-10 09:00")]
    [InlineData("2026-12-10", "催办 12-12 00:00")]
    [InlineData("2026-12-11", "催办 12-12 00:00")]
    [InlineData("2026-12-12", "黄牌 12-15 00:00")]
    public void Rungs_on_or_before_the_day_of_service_are_skipped(string servedOn, string first)
    {
        var step = Internal.Next(LadderDue.On(new DateOnly(2026, 12, 11)), InMemorySession.China, -1, DateOnly.Parse(servedOn));

        Assert.Equal(first, Text(step!));
    }

    [Fact]
    public void Minutes_run_through_the_night()
    {
        var ladder = Ladder.Create(LadderKind.Internal, [Rung(-30, LadderAction.Remind, LadderUnit.Minutes), Rung(0, LadderAction.Urge, LadderUnit.Minutes), Rung(60, LadderAction.YellowCard, LadderUnit.Minutes)]);
        var due = new DateTimeOffset(2026, 12, 12, 15, 50, 0, TimeSpan.Zero);

        Assert.Equal([due.AddMinutes(-30), due, due.AddMinutes(60)], ladder.Steps(LadderDue.At(due), InMemorySession.China, null).Select(s => s.At));
    }

    [Fact]
    public void After_the_last_rung_there_is_none()
    {
        Assert.Null(Internal.Next(LadderDue.On(new DateOnly(2026, 12, 11)), InMemorySession.China, 6, null));
    }

    [Fact]
    public void Steps_are_monotone_and_lapses_are_never_early_for_any_due_day_and_offsets()
    {
        var days = Gen.Choose(0, 900).Select(n => new DateOnly(2024, 6, 1).AddDays(n));
        var offsets = Gen.Choose(0, 12).ArrayOf().Where(a => a.Length is > 0 and < 15);
        Prop.ForAll(days.ToArbitrary(), offsets.ToArbitrary(), (due, extra) =>
        {
            var ladder = Ladder.Create(LadderKind.Internal, [Rung(-1, LadderAction.Remind), .. extra.Order().Select(o => Rung(o, LadderAction.Urge))]);
            var steps = ladder.Steps(LadderDue.On(due), InMemorySession.China, null).ToList();
            return steps.Count == extra.Length + 1
                && steps.Zip(steps.Skip(1)).All(p => p.First.At <= p.Second.At)
                && steps.Skip(1).All(s => s.At >= ShanghaiTime.PassedAt(due))
                && steps[0].At < ShanghaiTime.StartOf(due);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_rung_moved_by_one_working_day_moves_its_instant()
    {
        var days = Gen.Choose(0, 900).Select(n => new DateOnly(2024, 6, 1).AddDays(n));
        Prop.ForAll(days.ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), (due, offset) =>
        {
            DateTimeOffset At(int o) => Ladder.Create(LadderKind.Internal, [Rung(o, LadderAction.YellowCard)]).Next(LadderDue.On(due), InMemorySession.China, -1, null)!.At;
            var (one, next) = (ShanghaiTime.DateOf(At(offset)), ShanghaiTime.DateOf(At(offset + 1)));
            return InMemorySession.China.WorkingDaysBetween(one.AddDays(-1), next.AddDays(-1)) == 1;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(LadderKind.External, LadderAction.YellowCard, 1, "rungs[0].action")]
    [InlineData(LadderKind.Internal, LadderAction.CaseFiling, 1, "rungs[0].action")]
    [InlineData(LadderKind.Internal, LadderAction.YellowCard, -1, "rungs[0].offset")]
    [InlineData(LadderKind.External, LadderAction.Reinspection, 0, "rungs[0].offset")]
    [InlineData(LadderKind.Internal, LadderAction.Urge, 900, "rungs[0].offset")]
    public void Ladders_are_never_mixed_nor_early(LadderKind kind, LadderAction action, int offset, string path)
    {
        var refusal = Assert.Throws<RuleViolationException>(() => Ladder.Create(kind, [Rung(offset, action)]));

        Assert.Equal(("ladder-invalid", path), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Units_and_order_of_rungs_are_checked_together()
    {
        var problems = Ladder.Problems(LadderKind.Internal, [Rung(3, LadderAction.RedCard), Rung(1, LadderAction.YellowCard), Rung(5, LadderAction.Urge, LadderUnit.Minutes)]).Select(p => p.Path);

        Assert.Equal(["rungs[1].offset", "rungs[2].unit"], problems);
    }
}
