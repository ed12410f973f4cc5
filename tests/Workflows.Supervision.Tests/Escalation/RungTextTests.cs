using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Tests.Escalation;

public sealed class RungTextTests
{
    [Fact]
    public void A_line_says_when_what_and_whom_to_tell()
    {
        var rungs = RungText.Read("-3 工作日 提醒 承办单位\n\n0　工作日　催办　承办单位、单位负责人  # 届满\n+3 工作日 督办单 单位负责人,督办人 答复5工作日 异议3自然日\r\n+1 工作日 复查 role:leader", out var problems);
        Assert.Empty(problems);
        Assert.Equal([(-3, "提醒"), (0, "催办"), (3, "督办单"), (1, "到期复查")], rungs.Select(r => (r.Offset, r.Port)));
        Assert.Equal([LadderAction.Remind, LadderAction.Urge, LadderAction.SupervisionOrder, LadderAction.Reinspection], rungs.Select(r => r.Action));
        Assert.Equal(["handler", "unit-head"], rungs[1].Recipients);
        Assert.Equal(["role:leader"], rungs[3].Recipients);
        Assert.Equal(LegalPeriod.WorkingDays(5), rungs[2].AnswerWithin);
        Assert.Equal(new LegalPeriod(3, PeriodUnit.CalendarDays), rungs[2].ObjectionWithin);
    }

    [Fact]
    public void An_hour_is_sixty_minutes()
    {
        var rungs = RungText.Read("-2 小时 提醒 承办单位\n+90 分钟 催办 承办单位\n+2 小时 黄牌 承办单位", out var problems);
        Assert.Empty(problems);
        Assert.Equal([(-120, LadderUnit.Minutes), (90, LadderUnit.Minutes), (120, LadderUnit.Minutes)], rungs.Select(rung => (rung.Offset, rung.Unit)));
    }

    [Theory]
    [InlineData("红牌", "偏移 单位 措施")]
    [InlineData("三 工作日 红牌", "偏移")]
    [InlineData("99999999999 工作日 红牌", "偏移")]
    [InlineData("+3 天 红牌", "单位")]
    [InlineData("+2000000000 小时 红牌", "过大")]
    [InlineData("+3 工作日 蓝牌", "措施")]
    [InlineData("+3 工作日 红牌 隔壁老王", "谁")]
    [InlineData("+3 工作日 督办单 督办人 答复五日", "答复5工作日")]
    [InlineData("+3 工作日 督办单 督办人 答复0工作日", "答复5工作日")]
    public void A_wrong_line_is_named_with_what_is_wrong(string line, string expected)
    {
        Assert.Empty(RungText.Read("# 说明\n" + line, out var problems));
        var (path, message) = Assert.Single(problems);
        Assert.Equal("rungs[2]", path);
        Assert.StartsWith("第 2 行：", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_rungs_are_read_back_as_they_were_written()
    {
        var rung =
            from offset in Gen.Choose(-600, 600)
            from unit in Gen.Elements(LadderUnit.WorkingDays, LadderUnit.Minutes)
            from measure in Gen.Elements(
                (LadderAction.Remind, "提醒"), (LadderAction.Urge, "催办"), (LadderAction.YellowCard, "黄牌"), (LadderAction.RedCard, "红牌"),
                (LadderAction.SupervisionOrder, "督办单"), (LadderAction.JointConsultation, "会商"), (LadderAction.RiskPreNotice, "提示"),
                (LadderAction.Reinspection, "到期复查"), (LadderAction.Interview, "约谈"), (LadderAction.CaseFiling, "立案"), (LadderAction.Urge, "再催"))
            from recipients in Gen.SubListOf("handler", "unit-head", "leader-in-charge", "supervisor", "party", "department:FIR")
            from answer in Gen.Choose(0, 30)
            from objection in Gen.Elements(PeriodUnit.WorkingDays, PeriodUnit.CalendarDays, PeriodUnit.Months, PeriodUnit.Years)
            select new LadderRung
            {
                Offset = offset, Unit = unit, Action = measure.Item1, Title = measure.Item2, Recipients = [.. recipients],
                AnswerWithin = answer == 0 ? null : LegalPeriod.WorkingDays(answer), ObjectionWithin = answer == 1 ? new LegalPeriod(2, objection) : null,
            };
        Prop.ForAll(rung.ListOf().ToArbitrary(), rungs =>
        {
            var read = RungText.Read(RungText.Write([.. rungs]), out var problems);
            return problems.Count == 0 && read.Count == rungs.Count && read.Zip(rungs).All(p => p.First with { Recipients = [] } == p.Second with { Recipients = [] }
                && p.First.Recipients.SequenceEqual(p.Second.Recipients));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_nothing_breaks() =>
        Prop.ForAll<string>(text =>
        {
            var rungs = RungText.Read(text ?? "", out var problems);
            return rungs.Count + problems.Count <= RungText.MaxLines + 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Too_many_lines_are_refused()
    {
        RungText.Read(string.Concat(Enumerable.Repeat("0 工作日 催办\n", 5000)), out var problems);
        Assert.Contains(problems, p => p.Path == "rungs");
    }
}
