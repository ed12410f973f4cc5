using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>“For EH-05/08/15 no second term” (scenarios.md 1): what was not put right goes to a case, without an interview, and nobody can give a further date.</summary>
public sealed partial class EsportsHotelTests
{
    [Fact]
    public async Task A_locked_exit_that_stays_locked_goes_to_a_case_without_interview_or_second_term()
    {
        var run = await OrderedAsync("EH-15");
        // Immediate: it is looked at again on the working day after the service on Tue 12-01.
        await run.UntilAsync(12, 2);
        await run.DoAsync("reinspection.record", People.Officer("FIR"), null, Opinions(run, ("EH-15", "未改正")));
        Happened(run, "12-02 10:00 Reinspection 未改正", "12-02 10:00 RouteAfterRound 立案");
        // Filed within five working days from Wed 12-02: Wed 12-09.
        var filing = Assert.Single(run.All<CaseFiling>());
        Assert.Equal(("FIR", "逾期未改正", new DateOnly(2026, 12, 9)), (filing.Department, filing.Reason, filing.FileBy));
        Assert.DoesNotContain(run.Tasks(), t => t.Kind is "interview.call" or "order.second-term");
        await NoFurtherTermAsync(run, "FIR");
    }

    [Fact]
    public async Task Guests_who_are_not_registered_are_a_case_at_once_and_their_order_knows_no_second_term()
    {
        var run = await OrderedAsync("EH-08");
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "PSB"), "同意", new { note = "事实清楚" });
        await run.DoAsync("filing.decide", People.Head("PSB"), "准予立案", new { note = "立案" });
        Assert.Empty(run.All<Supervision.Leniency.LeniencyDecision>());
        await NoFurtherTermAsync(run, "PSB");
        await run.UntilAsync(12, 2);
        await run.DoAsync("reinspection.record", People.Officer("PSB"), null, Opinions(run, ("EH-08", "未改正")));
        Happened(run, "12-01 09:00 SeriousApproveFiling 准予立案", "12-02 10:00 Reinspection 未改正", "12-02 10:00 RouteAfterRound 整改完成");
        Assert.Single(run.All<CaseFiling>());
        Assert.DoesNotContain(run.Tasks(), t => t.Kind is "interview.call" or "order.second-term");
    }

    // Not even after a filing that was turned down.
    private static async Task NoFurtherTermAsync(CaseRun run, string department)
    {
        var order = Assert.Single(run.All<RectificationOrder>());
        run.Session.Actor = People.Head(department);
        foreach (var turnedDown in new[] { false, true })
        {
            var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.Get<OrderService>().GrantSecondTermAsync(order.Id, [1], 1, "再给一次", turnedDown).AsTask());
            Assert.Equal("no-second-term", refused.Code);
        }

        run.Session.Actor = Actor.Clock;
    }
}
