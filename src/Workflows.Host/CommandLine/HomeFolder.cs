using Workflows.Supervision.Time;

namespace Workflows.Host.CommandLine;

/// <summary>
/// The folder with <c>workflow-definitions/</c>, <c>templates/</c> and <c>calendars/</c>: the one that <c>WORKFLOWS_HOME</c> names,
/// else the nearest folder above the working folder or the program that holds them, so that verbs work from anywhere in a clone.
/// </summary>
internal static class HomeFolder
{
    private const string Mark = "workflow-definitions";

    /// <summary>Finds it.</summary>
    /// <exception cref="BadInputException"><c>WORKFLOWS_HOME</c> names no such folder, or there is none.</exception>
    public static string Find(Func<string, string?> environment)
    {
        if (environment("WORKFLOWS_HOME") is { Length: > 0 } named)
        {
            return Directory.Exists(Path.Combine(named, Mark))
                ? Path.GetFullPath(named)
                : throw new BadInputException($"WORKFLOWS_HOME：文件夹“{named}”中没有 {Mark}，请指向本项目的根目录。");
        }

        return Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory)
            ?? throw new BadInputException($"找不到含有 {Mark} 的文件夹：请在项目目录中运行，或设置 WORKFLOWS_HOME。");
    }

    /// <summary>The calendar of <c>calendars/*.json</c>, loaded in the order of the file names.</summary>
    /// <param name="home">The home folder.</param>
    /// <param name="loadedOn">Date of loading, local.</param>
    public static WorkCalendar ReadCalendar(string home, DateOnly loadedOn)
    {
        var calendar = WorkCalendar.WeekendsOnly;
        foreach (var path in CalendarFiles(home))
        {
            using var file = InputFile.Open(path, "calendars");
            calendar = calendar.Load(file, loadedOn);
        }

        return calendar;
    }

    /// <summary>The calendar files, in the order in which they are loaded.</summary>
    public static IReadOnlyList<string> CalendarFiles(string home)
    {
        var folder = Path.Combine(home, "calendars");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)]
            : throw new BadInputException($"找不到日历文件夹“{folder}”：请设置 WORKFLOWS_HOME。");
    }

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, Mark)))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
