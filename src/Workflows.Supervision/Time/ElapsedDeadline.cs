using System.Text.Json.Serialization;

namespace Workflows.Supervision.Time;

/// <summary>
/// A limit in exact elapsed time (1 minute contact, 5 minutes arrival, 24 hours report): runs day and night, knows
/// neither holidays nor dates, never rolls over. Legal periods of days are <see cref="LegalDeadline"/>.
/// </summary>
public readonly record struct ElapsedDeadline
{
    /// <summary>Creates a limit.</summary>
    /// <param name="start">The instant from which it runs; kept as UTC.</param>
    /// <param name="limit">More than zero, at most 366 days.</param>
    /// <exception cref="DomainRuleException">The limit is out of range (<c>elapsed-out-of-range</c>).</exception>
    [JsonConstructor]
    public ElapsedDeadline(DateTimeOffset start, TimeSpan limit)
    {
        if (limit <= TimeSpan.Zero || limit > TimeSpan.FromDays(366))
        {
            throw new DomainRuleException("elapsed-out-of-range", $"时限 {limit} 不在允许范围内，请填写大于零且不超过 366 天的时长。", nameof(limit));
        }

        Start = start.ToUniversalTime();
        Limit = limit;
    }

    /// <summary>The instant (UTC) from which the limit runs.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>How long it runs.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The last instant (UTC) in time (民法典 1259: 以内 includes the figure itself); the timer's due time.</summary>
    [JsonIgnore]
    public DateTimeOffset Due => Start + Limit;

    /// <summary>True if something done at this instant was in time.</summary>
    public bool IsInTime(DateTimeOffset doneAt) => doneAt <= Due;

    /// <summary>True once the whole limit has elapsed; true when the timer fires at <see cref="Due"/>, never before.</summary>
    public bool HasRunOut(DateTimeOffset now) => now >= Due;

    /// <summary>What is left at an instant; negative when late.</summary>
    public TimeSpan Remaining(DateTimeOffset now) => Due - now;
}

/// <summary>An elapsed limit of a rule that was started by an event and may have been met.</summary>
/// <param name="RuleCode">Code of the rule, such as <c>CMD-5M</c>.</param>
/// <param name="StartEvent">The event that started it, in the domain's words.</param>
/// <param name="Deadline">Start, limit and due instant.</param>
/// <param name="EndedAt">The instant (UTC) at which the matter was done, or null while it runs.</param>
public sealed record ElapsedClock(string RuleCode, string StartEvent, ElapsedDeadline Deadline, DateTimeOffset? EndedAt = null)
{
    /// <summary>Starts a clock.</summary>
    public static ElapsedClock Start(string ruleCode, string startEvent, DateTimeOffset at, TimeSpan limit) =>
        new(ruleCode, startEvent, new ElapsedDeadline(at, limit));

    /// <summary>True if the matter was done, or can still be done at <paramref name="now"/>, in time.</summary>
    public bool IsInTime(DateTimeOffset now) => Deadline.IsInTime(EndedAt ?? now);

    /// <summary>Ends the clock.</summary>
    /// <exception cref="DomainRuleException">It has ended (<c>clock-already-ended</c>) or the instant lies before its start (<c>clock-time-reversed</c>).</exception>
    public ElapsedClock End(DateTimeOffset at)
    {
        if (EndedAt is { } ended)
        {
            throw new DomainRuleException("clock-already-ended", $"时限“{RuleCode}”已于 {ended:O} 结束，不能再次结束。", nameof(at));
        }

        return at < Deadline.Start
            ? throw new DomainRuleException("clock-time-reversed", $"时限“{RuleCode}”的结束时间早于起算时间，请核对时间。", nameof(at))
            : this with { EndedAt = at.ToUniversalTime() };
    }
}
