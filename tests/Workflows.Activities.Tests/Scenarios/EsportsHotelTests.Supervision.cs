using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>督办单 and 会商 to their ends: an objection that fails leads back to the unit, and each conclusion has its effect.</summary>
public sealed partial class EsportsHotelTests
{
    [Fact]
    public async Task An_objection_that_does_not_stand_leads_back_to_the_reply_within_a_new_term()
    {
        var run = await ObjectedAsync("异议不成立");
        var order = Assert.Single(run.All<SupervisionOrder>());
        // Five working days from Tue 12-22 end on Tue 12-29.
        Assert.Equal((SupervisionOrderState.Sent, new DateOnly(2026, 12, 29)), (order.State, order.ReplyDue));
        Assert.Equal(ShanghaiTime.PassedAt(new DateOnly(2026, 12, 29)), run.Task("supervision.reply").DueAt);
        await run.UntilAsync(12, 23);
        await run.DoAsync("supervision.reply", People.Head("HEA"), "已回复", new { reply = new { result = "今日复查", reason = "人员不足" } });
        Assert.Equal(SupervisionOrderState.Replied, Assert.Single(run.All<SupervisionOrder>()).State);
        Happened(run, "12-22 10:00 ReinspectionReplySupervisionOrder 提出异议", "12-22 10:00 ReinspectionDecideObjection 异议不成立", "12-23 10:00 ReinspectionReplySupervisionOrder 已回复");
    }

    [Fact]
    public async Task Who_does_not_answer_after_a_failed_objection_either_is_marked_unanswered()
    {
        var run = await ObjectedAsync("异议不成立");
        await run.UntilAsync(12, 30);
        Assert.Equal(SupervisionOrderState.Unanswered, Assert.Single(run.All<SupervisionOrder>()).State);
        Happened(run, "12-22 10:00 ReinspectionDecideObjection 异议不成立", "12-30 00:00 ReinspectionSupervisionReplyLimit 超期未办", "12-30 00:00 ReinspectionSupervisionUnanswered");
    }

    [Fact]
    public async Task Nobody_objects_twice_to_one_order()
    {
        var run = await ObjectedAsync("异议不成立");
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("supervision.reply", People.Head("HEA"), "提出异议", new { objection = "仍然认为不属于本单位" }));
        Assert.Equal("objection-decided", refused.Code);
    }

    [Fact]
    public async Task An_objection_that_stands_ends_the_order()
    {
        var run = await ObjectedAsync("异议成立");
        Assert.Equal(SupervisionOrderState.Withdrawn, Assert.Single(run.All<SupervisionOrder>()).State);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind is "supervision.reply" or "supervision.objection");
        Assert.Empty(run.State.Incidents);
    }

    [Fact]
    public async Task A_new_date_of_a_consultation_is_the_date_of_the_late_step()
    {
        var run = await ConsultedAsync(new { attendees = new[] { "样例人甲", "样例人乙" }, conclusion = "重新确定期限", minutes = "样例纪要", due = "2026-12-31" });
        Assert.Equal(ShanghaiTime.PassedAt(new DateOnly(2026, 12, 31)), run.Task("reinspection.record").DueAt);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == MeetingService.AssignmentKind);
    }

    [Fact]
    public async Task Who_is_warned_and_supervised_has_the_papers_on_file()
    {
        var papers = (await ObjectedAsync("异议不成立")).All<OfficialDocument>();
        Assert.Equal("HEA", Assert.Single(papers, paper => paper.Form == "supervision-order").Department);
        Assert.Equal(["HEA", "HEA"], papers.Where(paper => paper.Form == "warning-card").Select(paper => paper.Department));
    }

    [Fact]
    public async Task The_minutes_of_a_consultation_are_on_file_for_all_of_the_case()
    {
        var run = await ConsultedAsync(new { attendees = new[] { "样例人甲", "样例人乙" }, conclusion = "重新确定期限", minutes = "样例纪要", due = "2026-12-31" });
        var minutes = Assert.Single(run.All<OfficialDocument>(), paper => paper.Form == "consultation-minutes");
        Assert.Null(minutes.Department);
        Assert.Contains("2026年12月31日", minutes.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_owner_gets_a_step_with_the_date_that_was_agreed()
    {
        var run = await ConsultedAsync(new { attendees = new[] { "样例人甲", "样例人乙" }, conclusion = "更换承办单位", minutes = "样例纪要", owner = "CUL", due = "2026-12-31" });
        var task = run.Task(MeetingService.AssignmentKind);
        Assert.Equal(("CUL", ShanghaiTime.PassedAt(new DateOnly(2026, 12, 31))), (task.Department, task.DueAt!.Value));
        Assert.StartsWith("接办：", task.Title, StringComparison.Ordinal);
        Assert.Equal(task.Id, Assert.Single(Assert.Single(run.All<Consultation>()).Assignments).TaskId);
    }

    [Fact]
    public async Task A_transfer_that_is_agreed_becomes_a_step_of_the_leading_department_within_two_working_days()
    {
        // Two working days from Mon 12-28 end on Wed 12-30.
        var run = await ConsultedAsync(new { attendees = new[] { "样例人甲", "样例人乙" }, conclusion = "移送", minutes = "样例纪要" });
        var task = run.Task(MeetingService.AssignmentKind);
        Assert.Equal(("CUL", ShanghaiTime.PassedAt(new DateOnly(2026, 12, 30))), (task.Department, task.DueAt!.Value));
        Assert.StartsWith("办理移送：", task.Title, StringComparison.Ordinal);
    }

    // EH-20 is due on Thu 12-10, its re-inspection on Tue 12-15; nobody comes, and a 督办单 is signed on Mon 12-21.
    private static async Task<CaseRun> ObjectedAsync(string decision)
    {
        var run = await OrderedAsync("EH-20");
        await run.UntilAsync(12, 21);
        await run.DoAsync("supervision.sign", People.With(Role.Supervisor, "CMD"), null);
        await run.UntilAsync(12, 22);
        await run.DoAsync("supervision.reply", People.Head("HEA"), "提出异议", new { objection = "不属于本单位职权" });
        await run.DoAsync("supervision.objection", People.With(Role.Supervisor, "GUI"), decision, new { note = "权责清单第一项" });
        return run;
    }

    private static async Task<CaseRun> ConsultedAsync(object conclusion)
    {
        var run = await OrderedAsync("EH-20");
        await run.UntilAsync(12, 28);
        await run.DoAsync("consultation.conclude", People.With(Role.Dispatcher, "CMD"), null, conclusion);
        return run;
    }
}
