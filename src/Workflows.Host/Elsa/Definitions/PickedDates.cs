using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workflows.Engine.Compilation;
using Workflows.Host.Elsa.Descriptors;
using Workflows.Supervision.Time;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>
/// Studio's date picker writes what its language shows, without a zone: <c>2026/12/1 上午9:30:00</c>, <c>12/1/2026 9:30:00 AM</c>.
/// Nobody else could read that, and an instant without a zone would be eight hours off. So it is stored as the instant that the
/// analyst meant: ISO 8601, Beijing time.
/// </summary>
internal static partial class PickedDates
{
    private const int Noon = 12;

    /// <summary>Rewrites what the picker wrote in one activity; every other text stays as it is.</summary>
    /// <param name="activity">The activity; its JSON is changed in place.</param>
    public static void MakeInstants(PlacedActivity activity)
    {
        foreach (var input in activity.Descriptor?.Inputs.Where(input => input is { IsWrapped: true, UIHint: UiSpecifications.DateTimePicker }) ?? [])
        {
            if (activity.Json[char.ToLowerInvariant(input.Name[0]) + input.Name[1..]] is JsonObject wrapper && wrapper["expression"] is JsonObject expression
                && expression.Text("type") == "Literal" && expression.Text("value") is { } text && Read(text) is { } picked)
                expression["value"] = new DateTimeOffset(picked, ShanghaiTime.Offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What a text of the picker says; null for any other text.</summary>
    public static DateTime? Read(string text)
    {
        var match = Chinese().Match(text.Trim());
        if (!match.Success)
            match = English().Match(text.Trim());
        if (!match.Success)
            return null;
        int Part(string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        var hour = Part("hour");
        var half = match.Groups["half"].Value;
        if (half.Length > 0)
            hour = (hour % Noon) + (half is "下午" or "PM" ? Noon : 0);
        var iso = string.Create(CultureInfo.InvariantCulture, $"{Part("year"):0000}-{Part("month"):00}-{Part("day"):00}T{hour:00}:{Part("minute"):00}:{Part("second"):00}");
        return DateTime.TryParseExact(iso, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var picked) ? picked : null;
    }

    [GeneratedRegex(@"^(?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2})\s(?<half>上午|下午)?(?<hour>\d{1,2}):(?<minute>\d{2}):(?<second>\d{2})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Chinese();

    [GeneratedRegex(@"^(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})\s(?<hour>\d{1,2}):(?<minute>\d{2}):(?<second>\d{2})\s(?<half>AM|PM)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex English();
}
