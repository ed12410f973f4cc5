using Workflows.Host.Access;
using Workflows.Host.Api;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Live;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Sample;

/// <summary>How far time shall move on: one of the two.</summary>
/// <param name="Advance">ISO 8601 duration up to 400 days, such as <c>P3D</c> or <c>PT6H</c>.</param>
/// <param name="WorkingDays">Working days, 1–250: to nine in the morning of the n-th working day after today.</param>
internal sealed record ClockAdvance(string? Advance = null, int? WorkingDays = null);

/// <summary>Time of the sample district.</summary>
/// <param name="Now">Now, UTC.</param>
/// <param name="Date">The legal date, Asia/Shanghai.</param>
/// <param name="Ahead">How far it runs ahead of the machine's clock, ISO 8601.</param>
/// <param name="TimersFired">Timers and messages that this request set off; null when only asked for the time.</param>
/// <param name="SetOff">What has come up on the way; null when only asked for the time.</param>
internal sealed record ClockReading(DateTimeOffset Now, DateOnly Date, string Ahead, int? TimersFired = null, ClockEffects? SetOff = null);

/// <summary>What came up in the whole district while the clock was moved.</summary>
/// <param name="Notices">Messages to people, reminders among them.</param>
/// <param name="Cards">预警牌, yellow and red.</param>
/// <param name="Orders">督办单.</param>
/// <param name="Tasks">Steps that people now have to do.</param>
internal sealed record ClockEffects(int Notices, int Cards, int Orders, int Tasks);

/// <summary>A move of the clock as it was decided under the key of its request.</summary>
/// <param name="From">Where the clock stood, UTC.</param>
/// <param name="To">Where it goes, UTC.</param>
internal sealed record ClockMove(DateTimeOffset From, DateTimeOffset To);

/// <summary>The movable clock of the sample district; on any other database these routes do not exist.</summary>
internal static class ClockRoutes
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>Maps <c>/api/sample/clock</c>.</summary>
    public static void MapSampleClock(this IEndpointRouteBuilder api)
    {
        var clock = api.MapGroup("/sample/clock").WithTags("样例辖区");
        clock.MapGet("", ReadAsync).For(RouteAccess.Staff).WithSummary("样例辖区的当前时间");
        clock.MapPost("", AdvanceAsync).For(RouteAccess.Staff).Idempotent().Produces<ClockReading>().WithSummary("拨快样例辖区的时钟，到期事项按各自时间依次触发后返回");
    }

    private static async Task<ClockReading> ReadAsync(SampleDistrict district, DistrictClock clock, CancellationToken cancellationToken)
    {
        await RequireSampleAsync(district, cancellationToken);
        return Reading(clock, null);
    }

    private static async Task<IResult> AdvanceAsync(
        ClockAdvance advance, HttpContext context, SampleDistrict district, DistrictClock clock, ClockMover mover, ChangeGate gate, LiveNews news, CancellationToken cancellationToken)
    {
        await RequireSampleAsync(district, cancellationToken);
        // What was asked for becomes an instant once, under the caller's key; a request that is sent again moves to the same instant.
        var move = await gate.DecideAsync(
            context, "sample-clock", (session, _) => ValueTask.FromResult(new ClockMove(session.Now, Target(advance, session.Now, session.Calendar))), cancellationToken);
        var reading = Reading(clock, await mover.MoveToAsync(move.To, cancellationToken)) with { SetOff = await district.SetOffAsync(move.From, cancellationToken) };
        // Whoever looks on sees the time move, though nothing of theirs may have happened on the way.
        news.CommittedElsewhere();
        return await gate.CommandAsync(context, "sample-clock", (_, _) => ValueTask.FromResult(reading), cancellationToken);
    }

    /// <summary>The instant to which the clock shall move.</summary>
    public static DateTimeOffset Target(ClockAdvance advance, DateTimeOffset now, WorkCalendar calendar) => advance switch
    {
        { Advance: { } text, WorkingDays: null } => IsoDuration.TryParse(text, out var duration) && duration <= Longest
            ? now + duration
            : throw new RuleViolationException(RefusalKind.Invalid, "bad-duration", "advance", "advance 应为ISO 8601时长且不超过400天，如 P3D 或 PT6H。"),
        { Advance: null, WorkingDays: { } days } => days is >= 1 and <= 250
            ? ShanghaiTime.At(calendar.AddWorkingDays(ShanghaiTime.DateOf(now), days), Morning)
            : throw new RuleViolationException(RefusalKind.Invalid, "bad-working-days", "workingDays", "workingDays 应为1至250之间的整数。"),
        _ => throw new RuleViolationException(RefusalKind.Invalid, "bad-advance", "advance", "请填写 advance 或 workingDays 其中之一。"),
    };

    private static ClockReading Reading(DistrictClock clock, int? fired)
    {
        var now = clock.GetUtcNow();
        return new ClockReading(now, ShanghaiTime.DateOf(now), System.Xml.XmlConvert.ToString(clock.Ahead), fired);
    }

    private static async Task RequireSampleAsync(SampleDistrict district, CancellationToken cancellationToken)
    {
        if (!await district.ExistsAsync(cancellationToken))
            throw new RefusedException(new Refusal(404, "not-found", "", "只有样例辖区的时钟可以拨动。"));
    }
}
