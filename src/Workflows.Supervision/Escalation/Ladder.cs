using System.Text.Json.Serialization;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Escalation;

/// <summary>Which of the two ladders; they are never mixed (scenarios.md 0.2).</summary>
public enum LadderKind
{
    /// <summary>对内: acts on the handling unit that is late (超期未办).</summary>
    [JsonStringEnumMemberName("对内")]
    Internal,

    /// <summary>对外: acts on the party that does not put things right (逾期未改正).</summary>
    [JsonStringEnumMemberName("对外")]
    External,
}

/// <summary>What a rung does.</summary>
public enum LadderAction
{
    /// <summary>提醒 (internal).</summary>
    Remind,

    /// <summary>催办 (internal).</summary>
    Urge,

    /// <summary>黄牌 (internal).</summary>
    YellowCard,

    /// <summary>红牌 (internal).</summary>
    RedCard,

    /// <summary>督办单 (internal).</summary>
    SupervisionOrder,

    /// <summary>会商 (internal).</summary>
    JointConsultation,

    /// <summary>提示 (external): 违法风险提前告知.</summary>
    RiskPreNotice,

    /// <summary>复查 (external).</summary>
    Reinspection,

    /// <summary>约谈 (external).</summary>
    Interview,

    /// <summary>立案 (external).</summary>
    CaseFiling,
}

/// <summary>In what the rungs of a ladder are offset; one ladder never mixes them.</summary>
public enum LadderUnit
{
    /// <summary>Working days from a last day.</summary>
    WorkingDays,

    /// <summary>Minutes from a due instant.</summary>
    Minutes,
}

/// <summary>A rung: when it acts, what it does, who is told, and through which port of the diagram.</summary>
public sealed record LadderRung
{
    /// <summary>Code, unique in the ladder; empty where a diagram gives none.</summary>
    public string Code { get; init; } = "";

    /// <summary>Name, which is also the port through which its effect flows; several rungs may share one. Null for the action's own name.</summary>
    public string? Title { get; init; }

    /// <summary>Offset from the due time: negative before it, 0 when it has passed.</summary>
    public required int Offset { get; init; }

    /// <summary>Unit of the offset.</summary>
    public LadderUnit Unit { get; init; }

    /// <summary>What it does.</summary>
    public required LadderAction Action { get; init; }

    /// <summary>Who is told, such as <c>handler</c>, <c>unit-head</c>, <c>party</c>.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>Within what the receiver must answer, or null.</summary>
    public LegalPeriod? AnswerWithin { get; init; }

    /// <summary>Within what the receiver may object, or null.</summary>
    public LegalPeriod? ObjectionWithin { get; init; }

    /// <summary>Port of the step.</summary>
    [JsonIgnore]
    public string Port => Title ?? LadderText.Of(Action);

    /// <summary>Whether it opens something on its day (提醒, 提示, 复查) rather than marks that the day has passed.</summary>
    [JsonIgnore]
    public bool Opens => Action is LadderAction.Remind or LadderAction.RiskPreNotice or LadderAction.Reinspection;
}

/// <summary>Names of the actions.</summary>
public static class LadderText
{
    /// <summary>The action in Chinese.</summary>
    public static string Of(LadderAction action) => action switch
    {
        LadderAction.Remind => "提醒",
        LadderAction.Urge => "催办",
        LadderAction.YellowCard => "黄牌",
        LadderAction.RedCard => "红牌",
        LadderAction.SupervisionOrder => "督办单",
        LadderAction.JointConsultation => "会商",
        LadderAction.RiskPreNotice => "提示",
        LadderAction.Reinspection => "复查",
        LadderAction.Interview => "约谈",
        _ => "立案",
    };
}

/// <summary>When the matter is due: on a last day, or at an instant. The two never mix.</summary>
public readonly record struct LadderDue
{
    private LadderDue(DateOnly? lastDay, DateTimeOffset? instant) => (LastDay, Instant) = (lastDay, instant);

    /// <summary>Last day of a legal period, or null.</summary>
    public DateOnly? LastDay { get; }

    /// <summary>Due instant of an elapsed limit, or null.</summary>
    public DateTimeOffset? Instant { get; }

    /// <summary>Due on a last day (含当日).</summary>
    public static LadderDue On(DateOnly lastDay) => new(lastDay, null);

    /// <summary>Due at an instant.</summary>
    public static LadderDue At(DateTimeOffset instant) => new(null, instant.ToUniversalTime());
}

/// <summary>The rung that comes next.</summary>
/// <param name="Index">Its place in the ladder, from 0.</param>
/// <param name="Rung">The rung.</param>
/// <param name="At">When it acts, UTC.</param>
public sealed record LadderStep(int Index, LadderRung Rung, DateTimeOffset At);

/// <summary>
/// An ordered list of rungs. A rung that opens something (提醒, 提示, 复查) acts at 09:00 of its working day, so that the reader has
/// that day; every other rung marks that its working day has passed and acts at 24:00 of it, never earlier.
/// </summary>
public sealed class Ladder
{
    private static readonly TimeOnly OfficeOpens = new(9, 0);

    private Ladder(LadderKind kind, IReadOnlyList<LadderRung> rungs) => (Kind, Rungs) = (kind, rungs);

    /// <summary>Which ladder.</summary>
    public LadderKind Kind { get; }

    /// <summary>Its rungs in order.</summary>
    public IReadOnlyList<LadderRung> Rungs { get; }

    /// <summary>Builds a ladder. Rungs are put in order of time first: whoever moves one rung in the diagram need not move the line too.</summary>
    /// <exception cref="RuleViolationException"><c>ladder-invalid</c>: the message lists every problem.</exception>
    public static Ladder Create(LadderKind kind, IReadOnlyList<LadderRung> rungs)
    {
        var ordered = Sorted(rungs, rung => rung);
        var problems = Problems(kind, ordered).ToList();
        return problems.Count == 0
            ? new Ladder(kind, ordered)
            : throw new RuleViolationException(RefusalKind.Invalid, "ladder-invalid", problems[0].Path, string.Join("；", problems.Select(p => $"{p.Path}：{p.Message}")));
    }

    /// <summary>Rungs, or what holds them, in the order in which they act.</summary>
    public static List<T> Sorted<T>(IEnumerable<T> rungs, Func<T, LadderRung> rungOf) => [.. rungs.OrderBy(r => Order(rungOf(r)))];

    /// <summary>Everything that is wrong with a list of rungs, with the path of each; empty if it is a ladder.</summary>
    public static IEnumerable<(string Path, string Message)> Problems(LadderKind kind, IReadOnlyList<LadderRung> rungs)
    {
        if (rungs.Count is 0 or > 20)
        {
            yield return ("rungs", $"梯级数为 {rungs.Count}，请填写 1 至 20 级");
        }

        for (var i = 0; i < rungs.Count; i++)
        {
            var (path, rung) = ($"rungs[{i}]", rungs[i]);
            if (rung.Unit != rungs[0].Unit)
            {
                yield return ($"{path}.unit", "同一梯级表不得混用工作日和分钟，请统一单位");
            }
            else if (i > 0 && Order(rung).CompareTo(Order(rungs[i - 1])) < 0)
            {
                yield return ($"{path}.offset", "早于上一级，请按时间先后排列（同一日内，提醒、提示、复查在前）");
            }

            if (rung.Unit == LadderUnit.WorkingDays ? rung.Offset is < -250 or > 250 : rung.Offset is < -525_600 or > 525_600)
            {
                yield return ($"{path}.offset", "偏移超出一年，请缩短");
            }

            if (IsInternal(rung.Action) != (kind == LadderKind.Internal))
            {
                yield return ($"{path}.action", kind == LadderKind.Internal
                    ? "对内梯级只能用提醒、催办、黄牌、红牌、督办单、会商"
                    : "对外梯级只能用提示、复查、约谈、立案");
            }

            if (rung.Offset < 0 && rung.Action is not (LadderAction.Remind or LadderAction.RiskPreNotice))
            {
                yield return ($"{path}.offset", $"届满前只能{(kind == LadderKind.Internal ? "提醒" : "提示")}，{LadderText.Of(rung.Action)}的偏移不得为负数");
            }

            if (rung is { Action: LadderAction.Reinspection, Offset: 0, Unit: LadderUnit.WorkingDays })
            {
                yield return ($"{path}.offset", "届满当日仍可改正，复查最早从届满后第 1 个工作日开始");
            }
        }
    }

    /// <summary>
    /// What makes no sense in rungs that are a ladder all the same, with the path of each: a milder rung after a harsher one, a rung that stands twice.
    /// It is for whoever edits the ladder; a case that runs climbs it as it is.
    /// </summary>
    public static IEnumerable<(string Path, string Message)> Doubts(IReadOnlyList<LadderRung> rungs)
    {
        for (var i = 0; i < rungs.Count; i++)
        {
            var rung = rungs[i];
            if (rungs.Take(i).Any(r => r.Offset == rung.Offset && r.Unit == rung.Unit && r.Action == rung.Action))
            {
                yield return ($"rungs[{i}]", $"与前面的一级重复（{rung.Port}，偏移 {rung.Offset}），请删除一级或者改变偏移");
            }

            // A supervision order goes with the red card; neither is harsher than the other.
            if (rungs.FirstOrDefault(r => r.Unit == rung.Unit && r.Offset < rung.Offset && Weight(r.Action) > Weight(rung.Action)) is { } harsher)
            {
                yield return ($"rungs[{i}].offset", $"{rung.Port}（偏移 {rung.Offset}）晚于更重的{harsher.Port}（偏移 {harsher.Offset}），请按由轻到重的先后设置偏移");
            }
        }
    }

    /// <summary>The rung that acts next.</summary>
    /// <param name="due">When the matter is due.</param>
    /// <param name="calendar">The calendar of the place.</param>
    /// <param name="after">Index of the last rung that acted; −1 at the start.</param>
    /// <param name="servedOn">
    /// Local day on which the order was served or the task given; rungs that fall on or before it are skipped (practice.md 6). Null
    /// skips none.
    /// </param>
    /// <param name="givenAt">When the task was given: rungs in minutes are skipped by the instant, not by the day. Null skips none.</param>
    /// <returns>The step, or null after the last rung.</returns>
    public LadderStep? Next(LadderDue due, WorkCalendar calendar, int after, DateOnly? servedOn, DateTimeOffset? givenAt = null)
    {
        for (var i = Math.Max(after, -1) + 1; i < Rungs.Count; i++)
        {
            var at = InstantOf(Rungs[i], due, calendar);
            if (Rungs[i].Unit == LadderUnit.Minutes ? givenAt is null || at > givenAt : servedOn is not { } served || ShanghaiTime.DateOf(at) > served)
            {
                return new LadderStep(i, Rungs[i], at);
            }
        }

        return null;
    }

    /// <summary>Every rung with its instant, skipped ones left out, in order.</summary>
    public IEnumerable<LadderStep> Steps(LadderDue due, WorkCalendar calendar, DateOnly? servedOn)
    {
        for (var step = Next(due, calendar, -1, servedOn); step is not null; step = Next(due, calendar, step.Index, servedOn))
        {
            yield return step;
        }
    }

    private static DateTimeOffset InstantOf(LadderRung rung, LadderDue due, WorkCalendar calendar)
    {
        if (rung.Unit == LadderUnit.Minutes)
        {
            return (due.Instant ?? ShanghaiTime.PassedAt(due.LastDay!.Value)).AddMinutes(rung.Offset);
        }

        // A due instant at midnight belongs to the day that it ends.
        var last = due.LastDay ?? ShanghaiTime.DateOf(due.Instant!.Value.AddTicks(-1));
        var day = calendar.AddWorkingDays(last, rung.Offset);
        return rung.Opens ? ShanghaiTime.At(day, OfficeOpens) : ShanghaiTime.PassedAt(day);
    }

    private static (int Offset, bool MarksPassing) Order(LadderRung rung) => (rung.Offset, !rung.Opens);

    private static int Weight(LadderAction action) => action == LadderAction.SupervisionOrder ? (int)LadderAction.RedCard : (int)action;

    private static bool IsInternal(LadderAction action) => action <= LadderAction.JointConsultation;
}
