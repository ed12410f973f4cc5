using System.Globalization;
using System.Text.Json;

namespace Workflows.EndToEnd.Simulations;

/// <summary>Counts days as somebody with a wall calendar would: nothing of the product is used.</summary>
internal static class WallCalendar
{
    private static readonly Dictionary<DateOnly, bool> Off = Read();

    public static DateOnly Add(DateOnly start, string unit, int length)
    {
        if (unit == "working-days")
        {
            var day = start;
            for (var left = length; left > 0;)
            {
                day = day.AddDays(1);
                left -= Works(day) ? 1 : 0;
            }

            return day;
        }

        var last = unit == "months" ? start.AddMonths(length) : start.AddDays(length);
        while (!Works(last))
            last = last.AddDays(1);
        return last;
    }

    public static DateOnly Date(JsonElement owner, string name) => DateOnly.ParseExact(owner.GetProperty(name).GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool Works(DateOnly day) => Off.TryGetValue(day, out var off) ? !off : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static Dictionary<DateOnly, bool> Read()
    {
        var days = new Dictionary<DateOnly, bool>();
        foreach (var (file, list) in new[] { ("statutory-days.json", "statutory"), ("china.json", "days") })
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Repository.Find("calendars", file)));
            foreach (var day in json.RootElement.GetProperty(list).EnumerateArray())
                days[Date(day, "date")] = !day.TryGetProperty("off", out var off) || off.GetBoolean();
        }

        return days;
    }
}
