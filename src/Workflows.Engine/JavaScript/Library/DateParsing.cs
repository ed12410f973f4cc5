using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Dates from text: the standard's ISO form, and the freer forms that V8 also reads.</summary>
internal static partial class DateParsing
{
    private const int LongestText = 100;
    private static readonly SearchValues<char> Separators = SearchValues.Create(" ,/-.\t");
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static double Parse(Evaluation evaluation, string text)
    {
        text = TextSpace.Trim(text).ToString();
        if (text.Length > LongestText)
        {
            return double.NaN;
        }

        var iso = IsoForm().Match(text);
        return iso.Success ? FromIso(evaluation, iso) : FromWords(evaluation, text);
    }

    private static double FromIso(Evaluation evaluation, Match match)
    {
        double Field(string name, double missing) => match.Groups[name] is { Success: true } group ? double.Parse(group.Value, CultureInfo.InvariantCulture) : missing;
        double year = Field("y", 0), month = Field("m", 1), day = Field("d", 1), hour = Field("h", 0), minute = Field("n", 0), second = Field("s", 0);
        if (match.Groups["y"].Value == "-000000" || month is < 1 or > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 59)
        {
            return double.NaN;
        }

        var fraction = match.Groups["f"].Success ? Math.Truncate(double.Parse("0." + match.Groups["f"].Value, CultureInfo.InvariantCulture) * 1000 + 1e-9) : 0;
        if (hour == 24 && minute + second + fraction > 0)
        {
            return double.NaN;
        }

        var time = Calendar.Make(year, month - 1, day, hour, minute, second, fraction);
        if (match.Groups["z"].Success)
        {
            return Calendar.Clip(time - Zone(match.Groups["z"].Value));
        }

        // A date alone is UTC, a date with a time is local: a rule that surprises everybody and holds everywhere.
        return Calendar.Clip(match.Groups["h"].Success ? Calendar.ToUtc(evaluation, time) : time);
    }

    private static double Zone(string zone)
    {
        if (zone is "Z" or "z")
        {
            return 0;
        }

        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
        var hours = double.Parse(digits[..2], CultureInfo.InvariantCulture);
        var minutes = digits.Length > 2 ? double.Parse(digits[2..], CultureInfo.InvariantCulture) : 0;
        return (zone[0] == '-' ? -1 : 1) * ((hours * 3_600_000) + (minutes * 60_000));
    }

    /// <summary>"Dec 2, 2026 08:00", "2 December 2026", "12/2/2026", "2026/12/2 8:00 PM", with or without GMT+0800.</summary>
    private static double FromWords(Evaluation evaluation, string text)
    {
        text = Bracketed().Replace(text, " ");
        double? zone = null;
        var hours = (0.0, 0.0, 0.0, 0.0);
        var clock = ClockForm().Match(text);
        if (clock.Success)
        {
            double Part(string name) => clock.Groups[name].Success ? double.Parse(clock.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
            var hour = Part("h");
            var half = clock.Groups["half"].Value.ToUpperInvariant();
            if (half.Length > 0)
            {
                if (hour is < 1 or > 12)
                {
                    return double.NaN;
                }

                hour = (hour % 12) + (half == "PM" ? 12 : 0);
            }

            if (hour > 24 || Part("n") > 59 || Part("s") > 59)
            {
                return double.NaN;
            }

            hours = (hour, Part("n"), Part("s"), clock.Groups["f"].Success ? Math.Truncate(double.Parse("0." + clock.Groups["f"].Value, CultureInfo.InvariantCulture) * 1000) : 0);
            text = text.Remove(clock.Index, clock.Length).Insert(clock.Index, " ");
        }

        var shift = ZoneForm().Match(text);
        if (shift.Success)
        {
            zone = shift.Groups["o"].Success ? Zone(shift.Groups["o"].Value) : 0;
            text = text.Remove(shift.Index, shift.Length);
        }

        return FromDateWords(evaluation, text, hours, zone);
    }

    private static double FromDateWords(Evaluation evaluation, string text, (double H, double M, double S, double F) clock, double? zone)
    {
        var numbers = new List<string>();
        int month = 0;
        foreach (Match word in DateWord().Matches(text))
        {
            if (char.IsAsciiDigit(word.Value[0]))
            {
                numbers.Add(word.Value);
                continue;
            }

            var name = word.Value.ToLowerInvariant();
            var found = name.Length >= 3 ? Array.FindIndex(Months, m => name.StartsWith(m, StringComparison.Ordinal)) : -1;
            if (found >= 0)
            {
                month = found + 1;
            }
            else if (name.Length < 3 || !"sunday monday tuesday wednesday thursday friday saturday".Contains(name[..3], StringComparison.Ordinal))
            {
                return double.NaN;
            }
        }

        if (month == 0 && numbers.Count == 1 && numbers[0].Length <= 2)
        {
            // V8 reads a lone small number as a month of 2001 or as a year.
            var lone = int.Parse(numbers[0], CultureInfo.InvariantCulture);
            (month, numbers) = lone is >= 1 and <= 12 ? (lone, ["1", "2001"]) : lone is 0 or > 31 ? (1, ["1", numbers[0]]) : (0, numbers);
        }

        if (DateWord().Replace(text, "").AsSpan().ContainsAnyExcept(Separators) || numbers.Count != (month > 0 ? 2 : 3) && !(month > 0 && numbers.Count == 1))
        {
            return double.NaN;
        }

        double year, day;
        if (month > 0)
        {
            var yearFirst = numbers[0].Length > 2;
            day = double.Parse(yearFirst && numbers.Count > 1 ? numbers[1] : yearFirst ? "1" : numbers[0], CultureInfo.InvariantCulture);
            year = numbers.Count == 1 && !yearFirst ? 2001 : double.Parse(yearFirst ? numbers[0] : numbers[1], CultureInfo.InvariantCulture);
        }
        else
        {
            var parts = numbers[0].Length > 2 ? (numbers[0], numbers[1], numbers[2]) : (numbers[2], numbers[0], numbers[1]);
            year = double.Parse(parts.Item1, CultureInfo.InvariantCulture);
            month = int.Parse(parts.Item2, CultureInfo.InvariantCulture);
            day = double.Parse(parts.Item3, CultureInfo.InvariantCulture);
        }

        year = year < 50 ? 2000 + year : year < 100 ? 1900 + year : year;
        if (month is < 1 or > 12 || day is < 1 or > 31)
        {
            return double.NaN;
        }

        var time = Calendar.Make(year, month - 1, day, clock.H, clock.M, clock.S, clock.F);
        return Calendar.Clip(zone is { } offset ? time - offset : Calendar.ToUtc(evaluation, time));
    }

    [GeneratedRegex(@"^(?<y>\d{4}|[+-]\d{6})(?:-(?<m>\d\d)(?:-(?<d>\d\d))?)?(?:T(?<h>\d\d):(?<n>\d\d)(?::(?<s>\d\d)(?:[.,](?<f>\d+))?)?(?<z>Z|[+-]\d\d:\d\d)?)?$", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex IsoForm();

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"[T\s]?\s*(?<h>\d{1,2}):(?<n>\d{1,2})(?::(?<s>\d{1,2})(?:\.(?<f>\d+))?)?\s*(?<half>[AaPp][Mm])?", RegexOptions.CultureInvariant)]
    private static partial Regex ClockForm();

    [GeneratedRegex(@"\s*(?:(?:GMT|UTC|Z)\s*(?<o>[+-]\d{2}:?\d{2})?|(?<=\s)(?<o>[+-]\d{2}:?\d{2}))\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneForm();

    [GeneratedRegex("[0-9]+|[A-Za-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex DateWord();
}
