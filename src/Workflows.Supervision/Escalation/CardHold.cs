using System.Text.Json.Serialization;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Escalation;

/// <summary>暂缓发牌: cards of the ladders that count from a limit do not fall before a day has passed, for a reason that stands in the audit trail.</summary>
/// <param name="Since">Day on which it was first held.</param>
/// <param name="Until">Last day on which no card falls.</param>
/// <param name="By">Who holds it, and why.</param>
public sealed record CardHold(DateOnly Since, DateOnly Until, Decision By)
{
    /// <summary>When it ends, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset EndsAt => ShanghaiTime.PassedAt(Until);
}

/// <summary>Holds cards before they fall, and lets them fall after all. The ladder reads the hold where it waits for its rung; what it reminds of before goes on.</summary>
/// <param name="session">The session.</param>
public sealed class CardHoldService(ISupervisionSession session)
{
    /// <summary>Most working days of one hold.</summary>
    public const int MostDays = 10;

    /// <summary>Most working days from the first hold of a limit to the end of the last.</summary>
    public const int MostInAll = 20;

    /// <summary>Holds the cards of a limit until the n-th working day after today has passed.</summary>
    /// <param name="limitId">The limit from which the ladder counts.</param>
    /// <param name="workingDays">Working days, 1–<see cref="MostDays"/>.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleViolationException"><c>holder-required</c>, <c>own-unit</c>, <c>bad-working-days</c>, <c>held-too-long</c>, <c>reason-missing</c>.</exception>
    public async ValueTask<StepLimit> HoldAsync(string limitId, int workingDays, string reason, CancellationToken cancellationToken = default)
    {
        var limit = await GetAsync(limitId, cancellationToken);
        if (workingDays is < 1 or > MostDays)
        {
            throw Refusal.Invalid("bad-working-days", "workingDays", $"暂缓天数应在1至{MostDays}个工作日之间。");
        }

        var today = session.Today();
        var until = session.Calendar.AddWorkingDays(today, workingDays);
        var since = limit.CardHold?.Since ?? today;
        if (session.Calendar.WorkingDaysBetween(since, until) > MostInAll)
        {
            throw Refusal.Conflict("held-too-long", "workingDays", $"同一期限累计暂缓不得超过{MostInAll}个工作日：请召集会商，或者由督办人延长办理时间。");
        }

        var why = Refusal.Text(reason, "reason", "暂缓理由");
        return session.Update(
            limit with { CardHold = new CardHold(since, until, new Decision(session.Actor.Id, session.Actor.Name, session.Now, why)) },
            "card-hold.made", ("until", until.ToString("yyyy-MM-dd")), ("department", limit.Department), ("reason", why));
    }

    /// <summary>Lets cards fall when they are due, or at once where that has passed.</summary>
    /// <exception cref="RuleViolationException"><c>holder-required</c>, <c>own-unit</c>, <c>not-held</c>.</exception>
    public async ValueTask<StepLimit> LiftAsync(string limitId, string reason, CancellationToken cancellationToken = default)
    {
        var limit = await GetAsync(limitId, cancellationToken);
        if (limit.CardHold is not { } hold || hold.EndsAt <= session.Now)
        {
            throw Refusal.Conflict("not-held", "limitId", "此牌没有暂缓：请刷新后再看。");
        }

        var why = Refusal.Text(reason, "reason", "恢复理由");
        // Since stays: what was held counts against the most in all.
        return session.Update(
            limit with { CardHold = hold with { Until = session.Today().AddDays(-1), By = new Decision(session.Actor.Id, session.Actor.Name, session.Now, why) } },
            "card-hold.lifted", ("department", limit.Department), ("reason", why));
    }

    private async ValueTask<StepLimit> GetAsync(string limitId, CancellationToken cancellationToken)
    {
        var limit = await session.GetAsync<StepLimit>(limitId, "limitId", "期限", cancellationToken);
        if (!session.Actor.Is(Role.Dispatcher) && !session.Actor.Is(Role.Supervisor))
        {
            throw Refusal.Forbidden("holder-required", "actor", "只有调度员和督办人可以暂缓发牌。");
        }

        return limit.Department is not null && limit.Department == session.Actor.Department
            ? throw Refusal.Forbidden("own-unit", "actor", "不得暂缓对本单位的发牌，请由其他调度员或者督办人办理。")
            : limit;
    }
}
