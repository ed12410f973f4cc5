using System.Collections.Immutable;

namespace Workflows.Supervision.Drawing;

/// <summary>What a draw is to do; settled before the commitment.</summary>
/// <param name="DrawId">Serial id of the draw; every commitment takes one, gaps are to be explained.</param>
/// <param name="PlanId">The approved plan.</param>
/// <param name="ScenarioVersion">Version of the scenario package.</param>
/// <param name="Operator">Who operates the draw.</param>
/// <param name="Winners">k: how many are drawn, 1 or more; more than there are draws all.</param>
/// <param name="Alternates">m: how many stand by in order (递补); in a stratified draw, for each stratum.</param>
/// <param name="UniformPercent">Share of the winners, 0 to 100, drawn with equal chance whatever the weight; only in an unstratified draw.</param>
/// <param name="StratumShares">Share of each stratum; null distributes by size alone. Used if the candidates have strata.</param>
/// <param name="AtLeastPerStratum">Winners that each stratum gets first.</param>
public sealed record DrawTerms(
    string DrawId,
    string PlanId,
    string ScenarioVersion,
    string Operator,
    int Winners,
    int Alternates,
    int UniformPercent = 0,
    ImmutableSortedDictionary<string, int>? StratumShares = null,
    int AtLeastPerStratum = 0)
{
    internal void Require()
    {
        CanonicalText.RequireName(DrawId, 128, "抽取编号");
        Check(Winners is >= 1 and <= 10_000_000, "draw-terms-invalid", "抽取数应为 1 以上的整数。", "k");
        Check(Alternates is >= 0 and <= 1_000_000, "draw-terms-invalid", "递补数应为 0 以上的整数。", "m");
        Check(UniformPercent is >= 0 and <= 100, "draw-terms-invalid", "均等抽取比例应为 0 至 100。", "uniformPercent");
        Check(AtLeastPerStratum is >= 0 and <= 1_000_000, "draw-terms-invalid", "每层最低数应为 0 以上的整数。", "atLeastPerStratum");
        Check(StratumShares is null || StratumShares.Values.All(s => s is >= 1 and <= 1000), "draw-terms-invalid", "各层份额应为 1 至 1000 的整数。", "stratumShares");
    }

    internal static void Check(bool condition, string code, string message, string field)
    {
        if (!condition)
        {
            throw new DomainRuleException(code, message, field);
        }
    }
}

/// <summary>What is published before the public value is known. It holds no secret and no name.</summary>
/// <param name="Terms">What the draw is to do.</param>
/// <param name="Algorithm">Id of the algorithm, <see cref="Draw.Algorithm"/>.</param>
/// <param name="Commitment">SHA-256 of the secret.</param>
/// <param name="PoolHash">Hash of the frozen roster of targets.</param>
/// <param name="ExclusionsHash">Hash of the excluded targets with reasons and evidence.</param>
/// <param name="OfficersHash">Hash of the frozen roster of officers.</param>
/// <param name="CommittedAt">Instant (UTC) of the commitment.</param>
public sealed record DrawCommitment(
    DrawTerms Terms, string Algorithm, string Commitment, string PoolHash, string ExclusionsHash, string OfficersHash, DateTimeOffset CommittedAt);

/// <summary>The value that the drawing organ cannot choose: lottery figures, or what witnesses type in.</summary>
/// <param name="Text">The value, exactly as it enters the seed; 1 to 2000 characters.</param>
/// <param name="Source">Where it comes from, such as 双色球 第2026134期.</param>
/// <param name="KnownAt">Instant (UTC) at which it became known; must lie after the commitment.</param>
/// <param name="Witnesses">Who was present, by function.</param>
public sealed record PublicValue(string Text, string Source, DateTimeOffset KnownAt, ImmutableArray<string> Witnesses);
