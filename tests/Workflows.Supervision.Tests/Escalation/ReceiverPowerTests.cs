using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Escalation;

/// <summary>督办单: who receives it holds the power, by the catalogue and the delegations in force on the day.</summary>
public sealed class ReceiverPowerTests
{
    private const string Town = "330203001";

    private readonly World _world = new();

    [Fact]
    public async Task A_town_without_the_power_is_sent_no_order_and_the_refusal_names_who_holds_it_until_it_is_delegated()
    {
        var one = await FoundAsync("EH-20");
        await MatterAsync("EH-20", "HEA", "HEA");
        var order = await DraftAsync(one, "TOWN");

        var refusal = await Refused.WithAsync("receiver-lacks-power", RefusalKind.Conflict, () => Orders.SignAsync(order.Id).AsTask());
        Assert.Contains("EH-20", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("HEA", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("未赋权该镇街", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(SupervisionOrderState.Draft, (await _world.Session.FindAsync<SupervisionOrder>(order.Id))!.State);

        // From tomorrow on the town holds it: today's order is refused, tomorrow's is not.
        await new CatalogueService(_world.Session).TakeDelegationsAsync([new DelegationRow(Town, "EH-20", new DelegationTerm(new DateOnly(2026, 12, 2), null, "样例赋权〔2026〕9号"))]);
        await Refused.WithAsync("receiver-lacks-power", RefusalKind.Conflict, () => Orders.SignAsync(order.Id).AsTask());
        _world.On(2026, 12, 2);
        var signed = await Orders.SignAsync(order.Id);
        Assert.Equal((SupervisionOrderState.Sent, "TOWN", "赋权清单：样例赋权〔2026〕9号（EH-20）"), (signed.State, signed.Department, signed.PowerGround));
    }

    [Fact]
    public async Task The_supervisor_sends_it_to_who_holds_the_power_instead()
    {
        var one = await FoundAsync("EH-20");
        await MatterAsync("EH-20", "MKT", "MKT");
        var order = await DraftAsync(one, "HEA");
        await Refused.WithAsync("receiver-lacks-power", RefusalKind.Conflict, () => Orders.SignAsync(order.Id).AsTask());
        await Refused.WithAsync("order-on-party", RefusalKind.Invalid, () => Orders.SignAsync(order.Id, receiver: "T001").AsTask());
        await Refused.WithAsync("receiver-lacks-power", RefusalKind.Conflict, () => Orders.SignAsync(order.Id, receiver: "TOWN").AsTask());

        // Nothing was found in MKT's items, so its part in the case carries the order.
        var signed = await Orders.SignAsync(order.Id, receiver: "MKT");
        Assert.Equal(("MKT", SupervisionOrderState.Sent), (signed.Department, signed.State));
        Assert.Equal("MKT", Assert.Single(_world.Session.Facts, f => f.Kind == "supervision.signed").Data["department"]);
    }

    [Theory]
    [InlineData("HEA", "管执清单：EH-20样例事项")]
    [InlineData("FIR", "本案承办部门")]
    [InlineData("CMD", "统筹协调职责")]
    public async Task The_ground_of_the_power_stands_in_the_order(string unit, string ground)
    {
        var one = await FoundAsync("EH-20");
        await MatterAsync("EH-20", "CUL", "HEA");
        Assert.Equal(ground, (await Orders.SignAsync((await DraftAsync(one, unit)).Id)).PowerGround);
    }

    private SupervisionOrderService Orders => new(_world.Session);

    private async Task<Case> FoundAsync(string item)
    {
        _world.Target = _world.Target with { Area = Town };
        var (one, result) = await _world.VisitedAsync(item);
        Assert.Equal("HEA", Assert.Single(await _world.Session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id })).SupervisingDepartment);
        _world.As(World.WithRole(Role.Supervisor, "CMD"));
        return one;
    }

    private async Task MatterAsync(string code, string managing, string enforcing) => await new CatalogueService(_world.Session).TakeMattersAsync(
        [new MatterRow("330203", code, new MatterVersion { From = new DateOnly(2026, 1, 1), Name = "样例事项", Managing = managing, Enforcing = enforcing })]);

    private async Task<SupervisionOrder> DraftAsync(Case one, string unit) =>
        await Orders.DraftAsync(new DraftSupervisionOrder(one.Id, unit, "复查超期未办", "五个工作日内复查", "权责清单第12项", _world.Session.Now));
}
