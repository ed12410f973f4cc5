using System.Collections.Immutable;

namespace Workflows.Supervision.Drawing;

/// <summary>How a factor changes a weight.</summary>
public enum FactorKind
{
    /// <summary>Multiplies the weight.</summary>
    Multiply,

    /// <summary>Adds to the weight, after all multiplications.</summary>
    Add,
}

/// <summary>A reason for a target to have more or fewer tickets; data of the scenario.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">Chinese name shown to the target, such as 近90日有投诉.</param>
/// <param name="Kind">How it works.</param>
/// <param name="Amount">Factor 0.1 to 64, or addend -64 to 64; at most four decimal places.</param>
public sealed record RiskFactor(string Code, string Name, FactorKind Kind, decimal Amount);

/// <summary>A weight with the reasons that are shown to the target.</summary>
/// <param name="Value">Tickets, 1 to 64.</param>
/// <param name="Reasons">One line of Chinese for each step.</param>
public sealed record TicketWeight(int Value, ImmutableArray<string> Reasons)
{
    /// <summary>All reasons in one line.</summary>
    public string Basis => string.Join("；", Reasons);
}

/// <summary>
/// Weights from credit class and risk factors: decimal arithmetic only, rounded half up once at the end, 1 to 64. A single
/// factor is capped, so that being checked often does not feed on itself.
/// </summary>
/// <param name="ClassWeights">Tickets of each credit class.</param>
/// <param name="UnknownClassWeight">Tickets of a target without a class.</param>
/// <param name="LargestFactor">Cap of a single multiplication.</param>
public sealed record RiskWeighting(ImmutableSortedDictionary<string, int> ClassWeights, int UnknownClassWeight, decimal LargestFactor)
{
    private const int MostFactors = 12;

    /// <summary>A 1, B 2, C 4, D 8; unknown as B; a single factor at most 4.</summary>
    public static RiskWeighting Usual { get; } = new(
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("A", 1), KeyValuePair.Create("B", 2), KeyValuePair.Create("C", 4), KeyValuePair.Create("D", 8)]),
        2,
        4m);

    /// <summary>Weighs a target.</summary>
    /// <param name="creditClass">Imported credit class, or null.</param>
    /// <param name="factors">The factors that apply to it; at most 12.</param>
    /// <exception cref="DomainRuleException">A factor is out of range or there are too many (<c>risk-factor-invalid</c>).</exception>
    public TicketWeight Weigh(string? creditClass, IEnumerable<RiskFactor> factors)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        decimal weight;
        if (creditClass is not null && ClassWeights.TryGetValue(creditClass, out var known))
        {
            weight = known;
            reasons.Add($"信用等级 {creditClass}：{known}");
        }
        else
        {
            weight = UnknownClassWeight;
            reasons.Add($"信用等级未评定：{UnknownClassWeight}");
        }

        var applying = factors.OrderBy(f => f.Kind).ThenBy(f => f.Code, StringComparer.Ordinal).ToArray();
        if (applying.Length > MostFactors)
        {
            throw new DomainRuleException("risk-factor-invalid", $"同时适用的风险因素有 {applying.Length} 个，最多 {MostFactors} 个。", "factors");
        }

        foreach (var factor in applying)
        {
            weight = Apply(factor, weight, reasons);
        }

        var tickets = (int)Math.Clamp(Math.Round(weight, 0, MidpointRounding.AwayFromZero), 1m, DrawCandidate.LargestWeight);
        if (tickets != weight)
        {
            reasons.Add($"取整并限制在 1 至 {DrawCandidate.LargestWeight}：{tickets}");
        }

        return new TicketWeight(tickets, reasons.ToImmutable());
    }

    private decimal Apply(RiskFactor factor, decimal weight, ImmutableArray<string>.Builder reasons)
    {
        var valid = factor.Kind == FactorKind.Multiply ? factor.Amount is >= 0.1m and <= 64m : factor.Amount is >= -64m and <= 64m;
        if (!valid || decimal.Round(factor.Amount, 4) != factor.Amount)
        {
            throw new DomainRuleException("risk-factor-invalid", $"风险因素“{factor.Name}”的数值 {factor.Amount} 无效：系数应为 0.1 至 64，增减数应为 -64 至 64，至多四位小数。", factor.Code);
        }

        if (factor.Kind == FactorKind.Add)
        {
            reasons.Add(factor.Amount < 0 ? $"{factor.Name}：−{-factor.Amount:0.####}" : $"{factor.Name}：+{factor.Amount:0.####}");
            return weight + factor.Amount;
        }

        var amount = Math.Min(factor.Amount, LargestFactor);
        reasons.Add(amount < factor.Amount ? $"{factor.Name}：×{amount:0.####}（单项上限）" : $"{factor.Name}：×{amount:0.####}");
        return weight * amount;
    }
}
