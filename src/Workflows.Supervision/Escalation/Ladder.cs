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
    [JsonStringEnumMemberName("提醒")]
    Remind,

    /// <summary>催办 (internal).</summary>
    [JsonStringEnumMemberName("催办")]
    Urge,

    /// <summary>黄牌 (internal).</summary>
    [JsonStringEnumMemberName("黄牌")]
    YellowCard,

    /// <summary>红牌 (internal).</summary>
    [JsonStringEnumMemberName("红牌")]
    RedCard,

    /// <summary>督办单 (internal).</summary>
    [JsonStringEnumMemberName("督办单")]
    SupervisionOrder,

    /// <summary>会商 (internal).</summary>
    [JsonStringEnumMemberName("会商")]
    Consultation,

    /// <summary>提示 (external).</summary>
    [JsonStringEnumMemberName("提示")]
    Advise,

    /// <summary>复查 (external).</summary>
    [JsonStringEnumMemberName("复查")]
    Reinspection,

    /// <summary>约谈 (external).</summary>
    [JsonStringEnumMemberName("约谈")]
    Interview,

    /// <summary>立案 (external).</summary>
    [JsonStringEnumMemberName("立案")]
    CaseFiling,
}

/// <summary>A rung: when it acts, what it does, who is told, and through which port of the diagram.</summary>
public sealed record LadderRung
{
    /// <summary>
    /// Offset in working days from the last day: negative before it, 0 when it has passed, n when n further working days have
    /// passed. Either this or <see cref="Minutes"/>.
    /// </summary>
    public int? WorkingDays { get; init; }

    /// <summary>Offset in minutes from the due instant of an elapsed limit. Either this or <see cref="WorkingDays"/>.</summary>
    public int? Minutes { get; init; }

    /// <summary>What it does.</summary>
    public required LadderAction Action { get; init; }

    /// <summary>Who is told, such as 承办人, 单位负责人, 当事人, <c>role:supervisor</c>.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>Port of the step through which its effect flows.</summary>
    public required string Port { get; init; }
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
/// An ordered list of rungs. A rung before the last day acts at 09:00 of its working day, so that the reader has that day; a rung
/// at or after it acts when its working day has passed (24:00), never earlier.
/// </summary>
public sealed class Ladder
{
    private static readonly TimeOnly OfficeOpens = new(9, 0);

    private Ladder(LadderKind kind, IReadOnlyList<LadderRung> rungs) => (Kind, Rungs) = (kind, rungs);

    /// <summary>Which ladder.</summary>
    public LadderKind Kind { get; }

    /// <summary>Its rungs in order.</summary>
    public IReadOnlyList<LadderRung> Rungs { get; }

    /// <summary>Builds a ladder.</summary>
    /// <exception cref="RuleViolationException"><c>ladder-invalid</c>: the message lists every problem.</exception>
    public static Ladder Create(LadderKind kind, IReadOnlyList<LadderRung> rungs)
    {
        var problems = Problems(kind, rungs).ToList();
        return problems.Count == 0
            ? new Ladder(kind, [.. rungs])
            : throw new RuleViolationException(RefusalKind.Invalid, "ladder-invalid", problems[0].Path, string.Join("；", problems.Select(p => $"{p.Path}：{p.Message}")));
    }

    /// <summary>Everything that is wrong with a list of rungs, with the path of each; empty if it is a ladder.</summary>
    public static IEnumerable<(string Path, string Message)> Problems(LadderKind kind, IReadOnlyList<LadderRung> rungs)
    {
        if (rungs.Count is 0 or > 20)
        {
            yield return ("rungs", $"梯级数为 {rungs.Count}，请填写 1 至 20 级");
        }

        var byDays = rungs.Count > 0 && rungs[0].WorkingDays is not null;
        var ports = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rungs.Count; i++)
        {
            var (path, rung) = ($"rungs[{i}]", rungs[i]);
            if (rung.WorkingDays is null == rung.Minutes is null)
            {
                yield return ($"{path}.workingDays", "工作日偏移与分钟偏移须且只能填写一个");
            }
            else if (rung.WorkingDays is not null != byDays)
            {
                yield return ($"{path}.{(byDays ? "minutes" : "workingDays")}", "同一梯级表不得混用工作日和分钟，请统一单位");
            }
            else if (i > 0 && Offset(rung) < Offset(rungs[i - 1]))
            {
                yield return ($"{path}.{(byDays ? "workingDays" : "minutes")}", "偏移早于上一级，请按时间先后排列");
            }

            if (Offset(rung) is < -525_600 or > 525_600 || (rung.WorkingDays is < -250 or > 250))
            {
                yield return (path, "偏移超出一年，请缩短");
            }

            if (IsInternal(rung.Action) != (kind == LadderKind.Internal))
            {
                yield return ($"{path}.action", kind == LadderKind.Internal
                    ? "对内梯级只能用提醒、催办、黄牌、红牌、督办单、会商"
                    : "对外梯级只能用提示、复查、约谈、立案");
            }

            if (string.IsNullOrWhiteSpace(rung.Port))
            {
                yield return ($"{path}.port", "缺少出口名称，请填写");
            }
            else if (!ports.Add(rung.Port))
            {
                yield return ($"{path}.port", $"出口“{rung.Port}”重复，每一级须有自己的出口");
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
    /// <returns>The step, or null after the last rung.</returns>
    public LadderStep? Next(LadderDue due, WorkCalendar calendar, int after, DateOnly? servedOn)
    {
        for (var i = Math.Max(after, -1) + 1; i < Rungs.Count; i++)
        {
            var at = InstantOf(Rungs[i], due, calendar);
            if (servedOn is not { } served || ShanghaiTime.DateOf(at) > served)
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
        if (rung.Minutes is { } minutes)
        {
            return (due.Instant ?? ShanghaiTime.PassedAt(due.LastDay!.Value)).AddMinutes(minutes);
        }

        // A due instant at midnight belongs to the day that it ends.
        var last = due.LastDay ?? ShanghaiTime.DateOf(due.Instant!.Value.AddTicks(-1));
        var days = rung.WorkingDays!.Value;
        var day = calendar.AddWorkingDays(last, days);
        return days < 0 ? ShanghaiTime.At(day, OfficeOpens) : ShanghaiTime.PassedAt(day);
    }

    private static int Offset(LadderRung rung) => rung.WorkingDays ?? rung.Minutes ?? 0;

    private static bool IsInternal(LadderAction action) => action <= LadderAction.Consultation;
}
