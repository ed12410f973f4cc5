using System.Collections.Immutable;

namespace Workflows.Supervision.Time;

/// <summary>Walks day by day and notes what it left out; used once for one deadline.</summary>
internal sealed class DayCount(WorkCalendar calendar, ImmutableArray<ClockPause> pauses)
{
    private readonly List<DaySpan> _notCounted = [];
    private readonly List<DaySpan> _rolledOver = [];
    private readonly List<DateOnly> _makeUpDays = [];

    public ImmutableArray<DaySpan> NotCounted => [.. _notCounted];

    public ImmutableArray<DaySpan> RolledOver => [.. _rolledOver];

    public ImmutableArray<DateOnly> MakeUpDays => [.. _makeUpDays];

    public DateOnly WorkingDays(DateOnly start, int length)
    {
        var day = start;
        for (var counted = 0; counted < length;)
        {
            day = day.AddDays(1);
            var known = calendar.Day(day);
            if (PausedBy(day) is { } pause)
            {
                Note(_notCounted, day, pause.ReasonText);
            }
            else if (known.IsWorking)
            {
                counted++;
                if (known.Kind is DayKind.MakeUpWorkday or DayKind.LocalWorkday)
                {
                    _makeUpDays.Add(day);
                }
            }
            else
            {
                Note(_notCounted, day, known.Reason);
            }
        }

        return day;
    }

    /// <summary>Counts as many unpaused days as lie between the start and its nominal end, so months keep their corresponding day.</summary>
    public DateOnly CalendarDays(DateOnly start, DateOnly nominalEnd)
    {
        if (pauses.IsEmpty)
        {
            return nominalEnd;
        }

        var day = start;
        for (var left = nominalEnd.DayNumber - start.DayNumber; left > 0;)
        {
            day = day.AddDays(1);
            if (PausedBy(day) is { } pause)
            {
                Note(_notCounted, day, pause.ReasonText);
            }
            else
            {
                left--;
            }
        }

        return day;
    }

    public DateOnly RollOver(DateOnly raw)
    {
        var day = raw;
        while (true)
        {
            var known = calendar.Day(day);
            var pause = PausedBy(day);
            if (known.IsWorking && pause is null)
            {
                return day;
            }

            Note(_rolledOver, day, pause?.ReasonText ?? known.Reason);
            day = day.AddDays(1);
        }
    }

    private ClockPause? PausedBy(DateOnly day)
    {
        foreach (var pause in pauses)
        {
            if (pause.Covers(day))
            {
                return pause;
            }
        }

        return null;
    }

    private static void Note(List<DaySpan> spans, DateOnly day, string reason)
    {
        if (spans is [.., var last] && last.To.AddDays(1) == day && last.Reason == reason)
        {
            spans[^1] = last with { To = day };
        }
        else
        {
            spans.Add(new DaySpan(day, day, reason));
        }
    }
}
