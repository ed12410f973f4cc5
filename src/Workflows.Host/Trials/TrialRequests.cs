using System.Globalization;
using Workflows.Host.Problems;

namespace Workflows.Host.Trials;

/// <summary>Where the cases of a trial come from.</summary>
internal static class TrialSource
{
    /// <summary>The simulated district.</summary>
    public const string Sample = "sample";

    /// <summary>The real cases of a calendar month, under neutral labels.</summary>
    public const string LastMonth = "lastMonth";
}

/// <summary>Asks for a trial of a package on virtual time.</summary>
/// <param name="Scenario">Code of the scenario.</param>
/// <param name="Version"><c>draft</c> (default), <c>published</c> or the id of a package version.</param>
/// <param name="From">First day, Asia/Shanghai; by default today. With <c>lastMonth</c> the month in which it lies is taken; by default the one before this.</param>
/// <param name="Days">Days, the first included, 1–400; by default 90.</param>
/// <param name="Targets">Targets, or with <c>lastMonth</c> most cases, 1–200; by default 24, or 200.</param>
/// <param name="Seed">Seed of everything left to chance; by default 1.</param>
/// <param name="Source"><c>sample</c> (default) or <c>lastMonth</c>.</param>
internal sealed record TrialRequest(
    string Scenario, string Version = "draft", DateOnly? From = null, int? Days = null, int? Targets = null, long? Seed = null, string Source = TrialSource.Sample)
{
    private const int OrdinaryDays = 90;
    private const int OrdinaryTargets = 24;

    /// <summary>What is run, with everything decided.</summary>
    /// <param name="today">Today, Asia/Shanghai.</param>
    /// <exception cref="RefusedException">Something is out of range (422).</exception>
    public TrialPlan Decide(DateOnly today)
    {
        if (Source is not (TrialSource.Sample or TrialSource.LastMonth))
            throw Refused("bad-source", "source", $"不认识来源“{Source}”：请写 sample（样例辖区）或 lastMonth（上月真实案件的脱敏副本）。");
        var isMonth = Source == TrialSource.LastMonth;
        var days = Within(Days ?? OrdinaryDays, TrialLimits.MostDays, "days", "天数");
        var targets = Within(Targets ?? (isMonth ? TrialLimits.MostTargets : OrdinaryTargets), TrialLimits.MostTargets, "targets", "检查对象数");
        if (!isMonth && (long)days * targets > TrialLimits.MostTargetDays)
        {
            throw Refused("trial-too-large", "targets", string.Create(CultureInfo.InvariantCulture,
                $"{days}天×{targets}个对象超过一次试运行的上限（天数×对象数不超过{TrialLimits.MostTargetDays}）：请缩短天数或减少对象，例如{TrialLimits.MostDays}天{TrialLimits.MostTargetDays / TrialLimits.MostDays}个对象，或120天{TrialLimits.MostTargets}个对象。"));
        }

        var from = From ?? (isMonth ? today.AddMonths(-1) : today);
        if (isMonth)
            from = new DateOnly(from.Year, from.Month, 1);
        return from.Year is >= 2020 and <= 2100
            ? new TrialPlan(Scenario, Version, from, days, targets, Seed ?? 1, Source)
            : throw Refused("bad-from", "from", "第一天应在2020年至2100年之间。");
    }

    private static int Within(int value, int most, string field, string name) =>
        value >= 1 && value <= most ? value : throw Refused("out-of-range", field, $"{name}应为1至{most}的整数，现为{value}。");

    private static RefusedException Refused(string code, string field, string detail) => new(new Refusal(422, code, field, detail));
}

/// <summary>Asks for a replay of real history against a package.</summary>
/// <param name="Scenario">Code of the scenario.</param>
/// <param name="Version"><c>draft</c> (default), <c>published</c> or the id of a package version.</param>
/// <param name="CasesFrom">First day on which a case was opened, Asia/Shanghai; by default 92 days ago.</param>
/// <param name="CasesTo">Last such day; by default today.</param>
/// <param name="Max">Most cases, 1–200, earliest first; by default 50.</param>
internal sealed record ReplayRequest(string Scenario, string Version = "draft", DateOnly? CasesFrom = null, DateOnly? CasesTo = null, int? Max = null)
{
    private const int OrdinarySpan = 92;
    private const int OrdinaryCases = 50;

    /// <summary>What is run, with everything decided.</summary>
    /// <param name="today">Today, Asia/Shanghai.</param>
    /// <exception cref="RefusedException">Something is out of range (422).</exception>
    public ReplayPlan Decide(DateOnly today)
    {
        var (from, to) = (CasesFrom ?? today.AddDays(-OrdinarySpan), CasesTo ?? today);
        if (to < from || to.DayNumber - from.DayNumber >= TrialLimits.MostDays)
            throw new RefusedException(new Refusal(422, "bad-period", "casesTo", $"案件起止日期应先后相符，且不超过{TrialLimits.MostDays}天。"));
        var max = Max ?? OrdinaryCases;
        return max is >= 1 and <= TrialLimits.MostTargets
            ? new ReplayPlan(Scenario, Version, from, to, max)
            : throw new RefusedException(new Refusal(422, "out-of-range", "max", $"案件数应为1至{TrialLimits.MostTargets}的整数，现为{max}。"));
    }
}

/// <summary>A trial with everything decided.</summary>
internal sealed record TrialPlan(string Scenario, string Version, DateOnly From, int Days, int Targets, long Seed, string Source);

/// <summary>A replay with everything decided.</summary>
internal sealed record ReplayPlan(string Scenario, string Version, DateOnly CasesFrom, DateOnly CasesTo, int Max);
