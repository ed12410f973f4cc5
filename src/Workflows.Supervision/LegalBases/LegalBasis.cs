namespace Workflows.Supervision.LegalBases;

/// <summary>A provision of a law in the text that was in force for a time.</summary>
/// <param name="Law">Title without brackets, such as 消防法 or 中华人民共和国消防法.</param>
/// <param name="Reference">Article, paragraph, item.</param>
/// <param name="EffectiveFrom">First day in force; null if always.</param>
/// <param name="EffectiveTo">Last day in force; null while in force.</param>
/// <param name="Text">The wording, if it was recorded.</param>
public sealed record LegalBasis(string Law, ArticleReference Reference, DateOnly? EffectiveFrom = null, DateOnly? EffectiveTo = null, string? Text = null)
{
    /// <summary>True if it was in force on a day.</summary>
    public bool IsInForceOn(DateOnly date) =>
        (EffectiveFrom is null || date >= EffectiveFrom) && (EffectiveTo is null || date <= EffectiveTo);
}

/// <summary>The provisions that apply to a matter because of the date of the violation, and whether somebody has to choose.</summary>
/// <param name="Matter">Code of the matter.</param>
/// <param name="AtViolation">Provisions in force on the day of the violation: the rule (从旧).</param>
/// <param name="AtDecision">Provisions in force on the day of the decision.</param>
public sealed record BasisChoice(string Matter, IReadOnlyList<LegalBasis> AtViolation, IReadOnlyList<LegalBasis> AtDecision)
{
    /// <summary>
    /// True if the rules changed in between. Whether the new one is milder or does not hold the act unlawful (从轻,
    /// 行政处罚法 37) is for the officer to decide with a reason; it is never decided here.
    /// </summary>
    public bool NeedsComparison => !AtViolation.SequenceEqual(AtDecision);

    /// <summary>The provisions to cite.</summary>
    /// <param name="newRuleIsMilder">True if an officer decided that the new rule is milder.</param>
    /// <param name="reason">Reason of that decision; needed if <paramref name="newRuleIsMilder"/>.</param>
    /// <exception cref="DomainRuleException">The new rule is chosen without a reason (<c>milder-rule-without-reason</c>) or without a change of rules (<c>milder-rule-without-change</c>).</exception>
    public IReadOnlyList<LegalBasis> Decide(bool newRuleIsMilder, string? reason)
    {
        if (!newRuleIsMilder)
        {
            return AtViolation;
        }

        if (!NeedsComparison)
        {
            throw new DomainRuleException("milder-rule-without-change", $"事项 {Matter} 的依据没有变化，无需适用从轻规则。", Matter);
        }

        return string.IsNullOrWhiteSpace(reason)
            ? throw new DomainRuleException("milder-rule-without-reason", $"事项 {Matter} 适用新规定，应写明新规定处罚较轻或者不认为违法的理由。", Matter)
            : AtDecision;
    }
}

/// <summary>Provisions by matter, in all their versions.</summary>
public sealed class LegalBasisSet
{
    private readonly ILookup<string, LegalBasis> _bases;

    /// <summary>Takes provisions; a matter may rest on several.</summary>
    /// <exception cref="DomainRuleException">A provision ends before it begins (<c>basis-dates-reversed</c>).</exception>
    public LegalBasisSet(IEnumerable<(string Matter, LegalBasis Basis)> bases)
    {
        var all = bases.ToArray();
        foreach (var (matter, basis) in all)
        {
            if (basis.EffectiveTo < basis.EffectiveFrom)
            {
                throw new DomainRuleException("basis-dates-reversed", $"事项 {matter} 的依据《{basis.Law}》{basis.Reference}失效日期早于施行日期，请核对。", matter);
            }
        }

        _bases = all.ToLookup(b => b.Matter, b => b.Basis, StringComparer.Ordinal);
    }

    /// <summary>The provisions of a matter, chosen by the date of the violation.</summary>
    /// <param name="matter">Code of the matter.</param>
    /// <param name="violatedOn">Day of the violation; for a continuing one, the day on which it ended.</param>
    /// <param name="decidedOn">Day of the decision.</param>
    /// <exception cref="DomainRuleException">Nothing was in force on the day of the violation (<c>basis-not-in-force</c>).</exception>
    public BasisChoice Choose(string matter, DateOnly violatedOn, DateOnly decidedOn)
    {
        var then = _bases[matter].Where(b => b.IsInForceOn(violatedOn)).ToArray();
        return then.Length == 0
            ? throw new DomainRuleException("basis-not-in-force", $"事项 {matter} 在违法行为发生日 {violatedOn:yyyy-MM-dd} 没有有效的依据，请在事项清单中补充。", matter)
            : new BasisChoice(matter, then, [.. _bases[matter].Where(b => b.IsInForceOn(decidedOn))]);
    }
}
