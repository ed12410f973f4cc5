using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Planning;

public sealed class PlanServiceTests
{
    private static readonly RosterSnapshot Targets = new("S1", new string('a', 64), 40, default);
    private static readonly RosterSnapshot Officers = new("S2", new string('b', 64), 15, default);

    private readonly World _world = new();

    private PlanService Plans => new(_world.Session);

    private static OpenPlan Command(int officers = 2, int assistants = 0) => new()
    {
        Title = "四季度电竞酒店抽查", AnnualItem = new AnnualPlanItem(2026, "12", "电竞酒店综合查一次"), ScenarioCode = "esports-hotel", PackageVersionId = "v1", LeadDepartment = "CUL",
        Departments = [.. World.Present.Select(d => new PlanDepartment { Code = d, Name = d, Officers = officers, Assistants = assistants })],
        DrawCount = 1, AlternateCount = 1, VisitFrom = new DateOnly(2026, 12, 7), VisitTo = new DateOnly(2026, 12, 18),
    };

    private static DrawCommitment Commitment => new()
    {
        DrawId = "D1", Commitment = new string('c', 64), PoolHash = "p", ExclusionHash = "e", Algorithm = "SSF-DRAW-v1", SecretKey = "k", At = default, By = "",
    };

    private static DrawResult Result(string targets = "", int officers = 2) => new(
        "D1", "{}", targets.Length > 0 ? targets : Targets.Sha256, Officers.Sha256, ["T001"], [],
        [.. World.Present.Select(d => new DrawnOfficers("T001", d, [.. Enumerable.Range(1, officers).Select(n => $"{d}{n}")], [$"{d}3"]))]);

    private async Task<InspectionPlan> CommittedAsync()
    {
        var plan = Plans.Open(Command());
        await Plans.FreezeRostersAsync(plan.Id, Targets, Officers);
        _world.As(World.Head("CUL"));
        await Plans.ApproveAsync(plan.Id, "同意");
        return await Plans.CommitAsync(plan.Id, Commitment);
    }

    [Fact]
    public async Task A_plan_goes_its_way_in_order_and_no_other()
    {
        var plan = await CommittedAsync();
        await Refused.WithAsync("plan-order", RefusalKind.Conflict, () => Plans.AcceptDrawAsync(plan.Id, Result()).AsTask());
        await Plans.EnterPublicValueAsync(plan.Id, new EnterPublicValue("20 26 12", "见证人现场输入", "样例见证人", "企业代表"));
        await Plans.AcceptDrawAsync(plan.Id, Result());
        var confirmed = await Plans.ConfirmAsync(plan.Id, null);

        Assert.Equal(PlanState.Confirmed, confirmed.State);
        Assert.Equal("{}", (await _world.Session.FindAsync<DrawFile>(confirmed.Draw!.DrawFileId))!.Json);
    }

    [Fact]
    public async Task A_roster_cannot_change_after_the_commitment()
    {
        var plan = await CommittedAsync();

        await Refused.WithAsync("roster-after-commitment", RefusalKind.Conflict, () => Plans.FreezeRostersAsync(plan.Id, Targets with { Count = 41 }, Officers).AsTask());
        await Plans.EnterPublicValueAsync(plan.Id, new EnterPublicValue("1", "s", "样例见证人", null));
        await Refused.WithAsync("roster-changed", RefusalKind.Conflict, () => Plans.AcceptDrawAsync(plan.Id, Result(new string('d', 64))).AsTask());
    }

    [Fact]
    public async Task The_operator_is_not_the_witness()
    {
        var plan = await CommittedAsync();

        await Refused.WithAsync("witness-is-operator", RefusalKind.Invalid, () => Plans.EnterPublicValueAsync(plan.Id, new EnterPublicValue("1", "s", "负责人CUL", null)).AsTask());
    }

    [Fact]
    public async Task A_draw_with_one_officer_of_a_department_is_not_taken()
    {
        var plan = await CommittedAsync();
        await Plans.EnterPublicValueAsync(plan.Id, new EnterPublicValue("1", "s", "样例见证人", null));

        await Refused.WithAsync("two-officers", RefusalKind.Conflict, () => Plans.AcceptDrawAsync(plan.Id, Result(officers: 1)).AsTask());
    }

    [Fact]
    public async Task Above_eight_people_the_approver_gives_a_reason_and_another_head_cannot_approve()
    {
        var plan = Plans.Open(Command());
        await Plans.FreezeRostersAsync(plan.Id, Targets, Officers);
        Assert.Equal((10, true), (plan.HeadCount, plan.HeadCountWarning));

        _world.As(World.Head("FIR"));
        await Refused.WithAsync("other-department", RefusalKind.Forbidden, () => Plans.ApproveAsync(plan.Id, "同意").AsTask());
        _world.As(World.Head("CUL"));
        await Refused.WithAsync("head-count", RefusalKind.Invalid, () => Plans.ApproveAsync(plan.Id, null).AsTask());
        Assert.Equal(PlanState.Approved, (await Plans.ApproveAsync(plan.Id, "涉及五部门事项")).State);
    }

    // Five departments with two officers each are ten people.
    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public async Task The_scenario_says_how_many_people_are_too_many(int limit, bool warned)
    {
        var plan = Plans.Open(Command() with { HeadCountLimit = limit });
        await Plans.FreezeRostersAsync(plan.Id, Targets, Officers);
        Assert.Equal((10, warned), (plan.HeadCount, plan.HeadCountWarning));

        _world.As(World.Head("CUL"));
        if (warned)
        {
            var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => Plans.ApproveAsync(plan.Id, null).AsTask());
            Assert.Equal("head-count", refusal.Code);
            Assert.Contains("超过9人", refusal.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(PlanState.Approved, (await Plans.ApproveAsync(plan.Id, null)).State);
        }
    }

    [Fact]
    public void A_plan_with_one_officer_of_a_department_is_refused()
    {
        var refusal = Assert.Throws<RuleViolationException>(() => Plans.Open(Command(officers: 1)));

        Assert.Equal(("two-officers", "departments[0].officers"), (refusal.Code, refusal.Field));
    }
}
