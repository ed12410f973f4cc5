using System.Text;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Tests.Time;

internal static class Calendars
{
    public static readonly DateOnly Loaded = new(2026, 11, 21);

    public static WorkCalendar National { get; } = Load();

    public static WorkCalendar LoadText(this WorkCalendar calendar, string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return calendar.Load(stream, Loaded);
    }

    public static DateOnly D(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", null);

    private static WorkCalendar Load()
    {
        using var china = RepositoryFiles.Open("calendars/china.json");
        using var statutory = RepositoryFiles.Open("calendars/statutory-days.json");
        return WorkCalendar.WeekendsOnly.Load(china, Loaded).Load(statutory, Loaded);
    }
}
