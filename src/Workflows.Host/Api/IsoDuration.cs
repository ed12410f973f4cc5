using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflows.Host.Api;

/// <summary>ISO 8601 durations of weeks, days, hours, minutes and seconds; months and years have no fixed length and are not read.</summary>
internal static partial class IsoDuration
{
    /// <summary>Reads <c>P1W</c>, <c>P3D</c>, <c>PT12H30M</c>, <c>P1DT6H</c> and the like; zero and negative durations are none.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.Length > 32 || Form().Match(text) is not { Success: true } match)
            return false;
        long Part(string name) => match.Groups[name] is { Success: true } group ? long.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var seconds = Part("w") * 604_800 + Part("d") * 86_400 + Part("h") * 3_600 + Part("m") * 60 + Part("s");
        duration = TimeSpan.FromSeconds(seconds);
        return seconds > 0;
    }

    [GeneratedRegex("^P(?:(?<w>[0-9]{1,4})W)?(?:(?<d>[0-9]{1,5})D)?(?:T(?:(?<h>[0-9]{1,6})H)?(?:(?<m>[0-9]{1,6})M)?(?:(?<s>[0-9]{1,8})S)?)?$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Form();
}
