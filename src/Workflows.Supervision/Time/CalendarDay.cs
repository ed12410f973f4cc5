namespace Workflows.Supervision.Time;

/// <summary>What a day is for the count of working days.</summary>
public enum DayKind
{
    /// <summary>An ordinary working day.</summary>
    WorkingDay,

    /// <summary>调休上班: a Saturday or Sunday on which offices work by the State Council's notice.</summary>
    MakeUpWorkday,

    /// <summary>An ordinary Saturday or Sunday.</summary>
    Weekend,

    /// <summary>A day off by the State Council's notice, statutory or bridged.</summary>
    Holiday,

    /// <summary>A statutory holiday that no loaded arrangement lists, mostly because the year's notice is not published yet.</summary>
    KnownStatutoryHoliday,

    /// <summary>A day on which offices of a place or an organ are closed, for example for a typhoon.</summary>
    LocalClosure,

    /// <summary>A day on which offices of a place or an organ work although others do not.</summary>
    LocalWorkday,
}

/// <summary>A day as the calendar sees it.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Name of the holiday or reason of the local rule, in Chinese; null for ordinary days.</param>
public readonly record struct CalendarDay(DateOnly Date, DayKind Kind, string? Name)
{
    /// <summary>True if the day counts as a working day.</summary>
    public bool IsWorking => Kind is DayKind.WorkingDay or DayKind.MakeUpWorkday or DayKind.LocalWorkday;

    /// <summary>Why the day is what it is, in Chinese, for the explanation of a deadline.</summary>
    public string Reason => Kind switch
    {
        DayKind.WorkingDay => "工作日",
        DayKind.MakeUpWorkday => "调休上班",
        DayKind.Weekend => "周末",
        DayKind.Holiday => $"{Name}放假",
        DayKind.KnownStatutoryHoliday => $"{Name}（法定节假日）",
        _ => Name ?? "当地安排",
    };
}

/// <summary>A year whose arrangement of holidays the State Council has published, as it was loaded.</summary>
/// <param name="Year">The year.</param>
/// <param name="NoticeNumber">Number of the notice, such as 国办发明电〔2025〕7号.</param>
/// <param name="Source">Where the notice or the data set stands.</param>
/// <param name="LoadedOn">The local date on which an administrator loaded it.</param>
public sealed record PublishedYear(int Year, string NoticeNumber, string Source, DateOnly LoadedOn);

/// <summary>To whom a local overlay applies.</summary>
/// <param name="RegionCode">Division code (GB/T 2260) whose area it covers, such as 3302 for Ningbo; null for every place.</param>
/// <param name="Organ">Department code that it is limited to; null for every organ of the place.</param>
public sealed record CalendarScope(string? RegionCode, string? Organ)
{
    /// <summary>True if a place and an organ lie within the scope.</summary>
    public bool Covers(string? regionCode, string? organ) =>
        (RegionCode is null || (regionCode?.StartsWith(RegionCode, StringComparison.Ordinal) ?? false))
        && (Organ is null || string.Equals(Organ, organ, StringComparison.Ordinal));
}

/// <summary>Days that a place or an organ treats otherwise than the national calendar, such as a typhoon stop-work order.</summary>
/// <param name="Id">Stable id; loading the same id again replaces it.</param>
/// <param name="Scope">To whom it applies.</param>
/// <param name="Dates">The days.</param>
/// <param name="Off">True if offices are closed, false if they work.</param>
/// <param name="Reason">Chinese text for explanations, such as 台风停工.</param>
/// <param name="Source">Number of the local notice.</param>
/// <param name="LoadedOn">The local date of loading.</param>
public sealed record CalendarOverlay(
    string Id, CalendarScope Scope, IReadOnlyList<DateOnly> Dates, bool Off, string Reason, string Source, DateOnly LoadedOn);
