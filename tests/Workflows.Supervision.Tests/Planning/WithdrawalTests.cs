using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Tests.Planning;

public sealed class WithdrawalTests
{
    private const string Reason = "年度计划调整";

    private readonly World _world = new();

    private Withdrawal Withdrawal => new(_world.Session, new ClockService(_world.Session), new NoticeService(_world.Session));

    private InspectionPlan Plan()
    {
        var plan = new PlanService(_world.Session).Open(new OpenPlan
        {
            Title = "四季度电竞酒店抽查", AnnualItem = new AnnualPlanItem(2026, "12", "电竞酒店综合查一次"), ScenarioCode = "esports-hotel", PackageVersionId = "v1", LeadDepartment = "CUL",
            Departments = [.. World.Present.Select(d => new PlanDepartment { Code = d, Name = d })], RootInstanceId = "plan-root",
            DrawCount = 1, AlternateCount = 0, VisitFrom = new DateOnly(2026, 12, 7), VisitTo = new DateOnly(2026, 12, 18),
        });
        _world.As(World.Head("CUL"));
        return plan;
    }

    // The case of the world becomes one of the plan.
    private async Task<Case> OfPlanAsync(InspectionPlan plan, Case one)
    {
        var stored = (await _world.Session.FindAsync<Case>(one.Id))! with { PlanId = plan.Id };
        _world.Session.Save(stored);
        foreach (var visit in await _world.Session.ListAsync<Visit>(new AggregateFilter { CaseId = one.Id }))
            _world.Session.Save(visit with { PlanId = plan.Id });
        foreach (var order in await _world.Session.ListAsync<Workflows.Supervision.Rectification.RectificationOrder>(new AggregateFilter { CaseId = one.Id }))
            _world.Session.Save(order with { PlanId = plan.Id });
        return stored;
    }

    [Fact]
    public async Task A_case_that_nobody_visited_ends_with_its_steps_clocks_and_workflow()
    {
        var plan = Plan();
        var one = await OfPlanAsync(plan, await _world.OpenCaseAsync());
        var session = _world.Session;
        var task = await new TaskService(session).CreateAsync(new NewTask
        {
            InstanceId = "root-1", CaseKey = "root-1", ActivityId = "Arrive", Kind = "visit.arrive", Title = "到场", CaseId = one.Id, Assignees = ["CUL1", "CUL2"],
        });
        var clock = new ClockService(session).Start(one, "step:Arrive", "department:CUL", "VISIT", "派发", new DateOnly(2026, 12, 1), LegalPeriod.WorkingDays(5));
        session.Outbox.Clear();

        var result = await Withdrawal.PlanAsync(plan.Id, Reason);

        Assert.Equal(new WithdrawnCase(one.Id, one.Number), Assert.Single(result.Withdrawn));
        Assert.Empty(result.GoOn);
        var ended = (await session.FindAsync<Case>(one.Id))!;
        Assert.Equal((CaseState.Withdrawn, CaseStage.Withdrawn, Reason, session.Now), (ended.State, ended.Stage, ended.ClosureReason, ended.ClosedAt!.Value));
        Assert.Null(ended.Index.Owner);
        Assert.Equal(TaskState.Cancelled, (await session.FindAsync<WorkTask>(task.Id))!.State);
        Assert.Equal(new DateOnly(2026, 12, 1), (await session.FindAsync<DeadlineClock>(clock.Id))!.Clock.EndedOn);
        Assert.Equal(["root-1", "plan-root"], session.EndedWorkflows.Select(e => e.InstanceId));
        Assert.Equal(["department:CUL", "CUL1", "CUL2"], session.Outbox.Where(m => m.CaseId == one.Id).Select(m => m.Recipient));
        Assert.Equal(World.Present.Select(d => $"department:{d}"), session.Outbox.Where(m => m.CaseId is null).Select(m => m.Recipient));
        Assert.All(session.Outbox, m => Assert.Equal((Withdrawal.NoticeKind, "notice"), (m.Kind, m.Channel)));
        Assert.Equal(PlanState.Cancelled, (await session.FindAsync<InspectionPlan>(plan.Id))!.State);
        Assert.Contains(session.Facts, f => f.Kind == "plan.cancelled" && f.Data["reason"] == Reason && f.Data["withdrawn"] == one.Id);
    }

    [Fact]
    public async Task What_was_found_served_or_filed_goes_on_and_is_named_with_what_keeps_it()
    {
        var plan = Plan();
        var (served, _) = await _world.ServedAsync("EH-20");
        await OfPlanAsync(plan, served);
        var copies = new[] { "visited", "filed" }.Select(name => served with { Id = name, CaseId = name, CaseKey = name, RootInstanceId = name, Number = name, PlanId = plan.Id }).ToList();
        copies.ForEach(_world.Session.Save);
        var visit = (await _world.Session.ListAsync<Visit>(new AggregateFilter { CaseId = served.Id }))[0];
        _world.Session.Save(visit with { Id = "v2", CaseId = "visited", PlanId = plan.Id, State = VisitState.Arrived });
        _world.Session.Save(new CaseFiling
        {
            Id = "f1", CaseKey = "filed", CaseId = "filed", PlanId = plan.Id, Created = new Cause(null, "u", "u", _world.Session.Now), FindingIds = [], Organ = "机关", Reason = "逾期未改正",
            HandlerId = "CUL1", FileBy = new DateOnly(2026, 12, 10), LimitRule = "APL-60", Limit = LegalPeriod.WorkingDays(60), State = FilingState.InProgress,
        });
        _world.As(World.Head("CUL"));

        var result = await Withdrawal.PlanAsync(plan.Id, Reason);

        Assert.Empty(result.Withdrawn);
        var order = (await _world.Session.ListAsync<Workflows.Supervision.Rectification.RectificationOrder>(new AggregateFilter { CaseId = served.Id }))[0];
        Assert.Equal(
            [(served.Id, $"已送达整改通知{order.DocumentNumber}"), ("visited", "已经上门检查"), ("filed", "已经立案")],
            result.GoOn.Select(c => (c.CaseId, c.Why)));
        Assert.Equal(["plan-root"], _world.Session.EndedWorkflows.Select(e => e.InstanceId));
        Assert.Contains(await _world.Session.ListAsync<DeadlineClock>(new AggregateFilter { CaseId = served.Id }), c => c.Clock.EndedOn is null);
        Assert.Equal(CaseState.Open, (await _world.Session.FindAsync<Case>(served.Id))!.State);
        await Refused.WithAsync("case-goes-on", RefusalKind.Conflict, () => Withdrawal.CaseAsync("visited", Reason).AsTask());
    }

    [Fact]
    public async Task Only_the_head_of_the_leading_department_withdraws_and_only_with_a_reason_and_once()
    {
        var plan = Plan();
        _world.As(World.Officer("CUL"));
        await Refused.WithAsync("head-required", RefusalKind.Forbidden, () => Withdrawal.PlanAsync(plan.Id, Reason).AsTask());
        _world.As(World.Head("FIR"));
        await Refused.WithAsync("other-department", RefusalKind.Forbidden, () => Withdrawal.PlanAsync(plan.Id, Reason).AsTask());
        _world.As(World.Head("CUL"));
        await Refused.WithAsync("field-missing", RefusalKind.Invalid, () => Withdrawal.PlanAsync(plan.Id, "").AsTask());
        await Withdrawal.PlanAsync(plan.Id, Reason);
        await Refused.WithAsync("plan-ended", RefusalKind.Conflict, () => Withdrawal.PlanAsync(plan.Id, Reason).AsTask());
    }

    [Fact]
    public async Task A_withdrawn_case_does_not_count_as_a_check_of_the_year()
    {
        var one = await _world.OpenCaseAsync();
        var cap = new FrequencyCap(_world.Session);
        Assert.Equal(1, (await cap.StandingAsync(one.TargetId!, "B", ["CUL"], _world.Scenario.Draw))[0].Count);
        _world.As(World.Head("CUL"));
        await Withdrawal.CaseAsync(one.Id, Reason);
        Assert.Equal(0, (await cap.StandingAsync(one.TargetId!, "B", ["CUL"], _world.Scenario.Draw))[0].Count);
    }
}
