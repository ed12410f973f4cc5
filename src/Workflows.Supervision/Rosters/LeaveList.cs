using System.Collections.Immutable;
using System.Globalization;

namespace Workflows.Supervision.Rosters;

/// <summary>Reads leaves written as 2026-11-21至2026-11-25, or one day, several parted by 、.</summary>
internal static class LeaveList
{
    public static ImmutableArray<Leave> Read(RosterRow row)
    {
        var leaves = ImmutableArray.CreateBuilder<Leave>();
        foreach (var entry in row.List("休假"))
        {
            var ends = entry.Split('至', '~');
            if (ends.Length is 1 or 2 && TryDate(ends[0], out var from) && TryDate(ends[^1], out var to) && from <= to)
            {
                leaves.Add(new Leave(from, to));
            }
            else
            {
                row.Report("休假", entry, "不是有效的起止日期。", "请写作 2026-11-21至2026-11-25，多段用顿号分开。");
            }
        }

        return leaves.ToImmutable();
    }

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
