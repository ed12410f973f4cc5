using Workflows.Activities.Escalation;
using Workflows.Activities.Leads;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Supervision.Deadlines;

namespace Workflows.Activities.Deadlines;

/// <summary>What a diagram may say of a time limit, checked when it is validated or published.</summary>
internal static class LimitChecks
{
    /// <summary>A limit beside which no ladder stands, and no reason why.</summary>
    public const string WithoutLadder = "time-limit-without-ladder";

    /// <summary>A rule code, unit or length that the law does not know.</summary>
    public const string InvalidLimit = "invalid-time-limit";

    private const int TenYears = 10;

    public static void Check(LimitStep limit, DefinitionCheckContext context)
    {
        CheckLength(limit, context);
        StepReferences.Check(context, limit.Watches, "watches", "监视步骤");
        // Nobody is late when a party lets a right lapse.
        if (limit is PartyPeriod || context.TryGetFixed(limit.WithoutLadder, out var reason) && !string.IsNullOrWhiteSpace(reason))
            return;
        var ladders = context.Activities.OfType<LadderStep>().ToList();
        // A ladder whose limit comes from a script may stand beside any.
        if (!ladders.Exists(ladder => ladder.TimeLimitId is not null && (!context.TryGetFixed(ladder.TimeLimitId, out var id) || id == limit.Id)))
        {
            context.Report("withoutLadder", WithoutLadder,
                $"时限旁没有阶梯，到期前后无人提醒和督办：请放入一个“{(limit is TimeLimit ? "内部督办阶梯" : "外部督促阶梯")}”，时限步骤填 {limit.Id}；确实不设的，在“不设阶梯的理由”中说明。");
        }
    }

    private static void CheckLength(LimitStep limit, DefinitionCheckContext context)
    {
        LimitUnit? unit = null;
        if (context.TryGetFixed(limit.Unit, out var unitText))
        {
            unit = Enum.GetNames<LimitUnit>().Contains(unitText, StringComparer.Ordinal) ? Enum.Parse<LimitUnit>(unitText) : null;
            if (unit is null)
                context.Report("unit", InvalidLimit, $"没有单位“{Shorten(unitText)}”，可用的有：{string.Join("、", Enum.GetNames<LimitUnit>())}。");
        }

        string[] starts = ["Now", "Served", "DecisionServed", "Filing", "PlanWindow", "RectificationItems"];
        var follows = false;
        if (context.TryGetFixed(limit.StartsFrom, out var from))
        {
            follows = from is "PlanWindow" or "RectificationItems";
            if (!starts.Contains(from, StringComparer.Ordinal))
                context.Report("startsFrom", InvalidLimit, $"没有起算方式“{Shorten(from)}”，可用的有：{string.Join("、", starts)}。");
            else if (from != "Now" && LeadSubject.IsLeadDiagram(context))
                context.Report("startsFrom", InvalidLimit, "线索流程没有计划窗口、送达、立案和整改期限，时限只能从本步骤开始起算，请改为 Now。");
        }

        int? length = context.TryGetFixed(limit.Length, out var number) ? number : null;
        if (follows && length is not (null or 0))
            context.Report("length", InvalidLimit, $"跟随计划检查窗口或者整改期限时长度不起作用，请填 0（现为 {length}）。");
        else if (!follows && length <= 0)
            context.Report("length", InvalidLimit, $"长度为 {length}，请填写大于 0 的数。");
        else if (length > Longest(unit))
            context.Report("length", InvalidLimit, $"长度 {length} 超过十年，请缩短。");
        if (context.TryGetFixed(limit.RuleCode, out var code) && code.Length > 0)
            CheckRule(context, code, follows ? null : length, unit);
    }

    private static void CheckRule(DefinitionCheckContext context, string code, int? length, LimitUnit? unit)
    {
        // An internal limit is named in Chinese; a code in Latin letters means a rule of law.
        if (!code.All(char.IsAscii))
            return;
        if (LimitRule.Find(code) is not { } rule)
        {
            context.Report("ruleCode", InvalidLimit, $"没有法定期限“{Shorten(code)}”。已知的有：{string.Join("、", LimitRule.Codes)}；内部时限请用中文名称。");
            return;
        }

        if (rule.Length is not { } most || length is not > 0 || unit is not { } given)
            return;
        if (given != rule.Unit)
            context.Report("unit", InvalidLimit, $"{code}（{rule.Basis}）按{LimitRule.NameOf(rule.Unit)}计算，请改用 {rule.Unit}。");
        else if (length > most)
            context.Report("length", InvalidLimit, $"{code}（{rule.Basis}）最长 {most} {LimitRule.NameOf(rule.Unit)}，不得设为 {length}。");
    }

    private static int Longest(LimitUnit? unit) => TenYears * (unit switch
    {
        LimitUnit.Months => 12,
        LimitUnit.Hours => 366 * 24,
        LimitUnit.Minutes => 366 * 24 * 60,
        _ => 366,
    });

    private static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
