using Workflows.Host.Access;
using Workflows.Host.Problems;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Calendars;

/// <summary>A day of the calendar, for those who show how a period was counted.</summary>
/// <param name="Date">The date.</param>
/// <param name="IsWorking">Whether it counts as a working day.</param>
/// <param name="Reason">Why, in Chinese, such as 周末 or 国庆节放假.</param>
internal sealed record CountedDay(DateOnly Date, bool IsWorking, string Reason);

/// <summary>The days themselves: which count and which do not.</summary>
internal static class CalendarDays
{
    private const int MostDays = 1000;

    /// <summary>Maps <c>/api/calendar/days</c>.</summary>
    public static void MapCalendarDays(this IEndpointRouteBuilder api) =>
        api.MapGet("/calendar/days", ListAsync).For([.. RouteAccess.CaseReaders, Role.Administrator, Role.Analyst]).WithTags("日历").WithSummary("从 from 到 to 逐日是否工作日及原因");

    private static async Task<IReadOnlyList<CountedDay>> ListAsync(DateOnly from, DateOnly to, CalendarReader calendars, CancellationToken cancellationToken)
    {
        if (to < from || to.DayNumber - from.DayNumber >= MostDays)
            throw new RefusedException(new Refusal(400, "bad-period", "to", $"末日不能早于首日，且不超过{MostDays}日。"));
        var calendar = await calendars.ReadAsync(cancellationToken);
        return [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(offset => calendar.Day(from.AddDays(offset))).Select(day => new CountedDay(day.Date, day.IsWorking, day.Reason))];
    }
}
