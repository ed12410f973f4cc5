using System.CommandLine;
using System.Globalization;

namespace Workflows.Host.CommandLine;

/// <summary>Dates as options: <c>2026-12-01</c> and nothing else, whatever the machine's locale.</summary>
internal static class CommandDate
{
    /// <summary>A required option for a date.</summary>
    public static Option<string> Option(string name, string description) => new(name) { Description = description, Required = true, HelpName = "DATE" };

    /// <summary>Reads the option's value.</summary>
    /// <exception cref="BadInputException">It is no date.</exception>
    public static DateOnly Read(ParseResult parsed, Option<string> option) =>
        DateOnly.TryParseExact(parsed.GetRequiredValue(option), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new BadInputException($"{option.Name}：“{parsed.GetRequiredValue(option)}”不是日期，请写作 2026-12-01。");
}
