using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

public class RiskWeightingTests
{
    private static readonly RiskFactor Complaint = new("COMPLAINT", "近90日有投诉", FactorKind.Add, 2m);
    private static readonly RiskFactor Past = new("PAST", "曾发现接纳未成年人", FactorKind.Multiply, 2m);
    private static readonly RiskFactor SelfCheck = new("SELF", "已上传自查", FactorKind.Multiply, 0.7m);

    [Theory]
    [InlineData("A", 1)]
    [InlineData("B", 2)]
    [InlineData("C", 4)]
    [InlineData("D", 8)]
    [InlineData(null, 2)]
    [InlineData("Z", 2)]
    public void A_class_alone_gives_its_tickets(string? credit, int tickets) =>
        Assert.Equal(tickets, RiskWeighting.Usual.Weigh(credit, []).Value);

    [Fact]
    public void Factors_multiply_first_then_add_and_round_half_up_once()
    {
        var weight = RiskWeighting.Usual.Weigh("C", [Complaint, SelfCheck, Past]);
        Assert.Equal(8, weight.Value);
        Assert.Equal("信用等级 C：4；曾发现接纳未成年人：×2；已上传自查：×0.7；近90日有投诉：+2；取整并限制在 1 至 64：8", weight.Basis);
        Assert.Equal(3, RiskWeighting.Usual.Weigh("A", [new RiskFactor("X", "试", FactorKind.Multiply, 2.5m)]).Value);
    }

    [Fact]
    public void A_weight_is_never_zero_nor_above_64_and_a_single_factor_is_capped()
    {
        Assert.Equal(1, RiskWeighting.Usual.Weigh("A", [new RiskFactor("X", "试", FactorKind.Add, -60m)]).Value);
        Assert.Equal(64, RiskWeighting.Usual.Weigh("D", [new RiskFactor("X", "试", FactorKind.Multiply, 4m), new RiskFactor("Y", "试", FactorKind.Multiply, 4m)]).Value);
        Assert.Equal(32, RiskWeighting.Usual.Weigh("D", [new RiskFactor("X", "试", FactorKind.Multiply, 64m)]).Value);
    }

    [Fact]
    public void Factors_out_of_range_are_refused()
    {
        foreach (var amount in new[] { 0m, -1m, 65m, 1.00001m })
        {
            Assert.Equal("risk-factor-invalid", Assert.Throws<DomainRuleException>(
                () => RiskWeighting.Usual.Weigh("A", [new RiskFactor("X", "试", FactorKind.Multiply, amount)])).Code);
        }

        Assert.Throws<DomainRuleException>(() => RiskWeighting.Usual.Weigh("A", Enumerable.Range(0, 13).Select(i => Complaint with { Code = $"C{i}" })));
    }
}
