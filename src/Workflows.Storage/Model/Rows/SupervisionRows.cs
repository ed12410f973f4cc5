namespace Workflows.Storage.Model.Rows;

/// <summary>One entry of an audit chain.</summary>
public sealed class AuditEntryRow
{
    /// <summary>The chain.</summary>
    public string CaseKey { get; set; } = "";

    /// <summary>Position in the chain, from 1.</summary>
    public long Sequence { get; set; }

    /// <summary>Time of the stimulus.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who caused it, by id.</summary>
    public string Actor { get; set; } = "";

    /// <summary>Department of the actor, or null.</summary>
    public string? Department { get; set; }

    /// <summary>What happened.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Activity that caused it, or null.</summary>
    public string? ActivityId { get; set; }

    /// <summary>Identifiers and outcomes, as JSON with members in a fixed order.</summary>
    public string Data { get; set; } = "";

    /// <summary>Hash of the entry before, or the chain's beginning.</summary>
    public string PreviousHash { get; set; } = "";

    /// <summary>Hash of this entry.</summary>
    public string Hash { get; set; } = "";
}

/// <summary>The daily root over all chains.</summary>
public sealed class AuditRootRow
{
    /// <summary>The day, ISO 8601, Asia/Shanghai.</summary>
    public string Day { get; set; } = "";

    /// <summary>Hash of the seal.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Hash of the seal before.</summary>
    public string PreviousHash { get; set; } = "";

    /// <summary>Heads of the chains that grew since the seal before, as JSON.</summary>
    public string Heads { get; set; } = "";

    /// <summary>When it was computed.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>How far a chain has been sealed.</summary>
public sealed class AuditSealRow
{
    /// <summary>The chain.</summary>
    public string CaseKey { get; set; } = "";

    /// <summary>Sequence of the newest entry that a seal covers.</summary>
    public long Sequence { get; set; }
}

/// <summary>The last number taken of a series.</summary>
public sealed class NumberSeriesRow
{
    /// <summary>Organ.</summary>
    public string Organ { get; set; } = "";

    /// <summary>Form.</summary>
    public string Form { get; set; } = "";

    /// <summary>Year.</summary>
    public int Year { get; set; }

    /// <summary>Last number taken, 0 for none.</summary>
    public int Value { get; set; }
}

/// <summary>A start trigger of a published definition or a piece of nightly work, with the time at which it acts next.</summary>
public sealed class ScheduleRow
{
    /// <summary>Id: trigger id or name of the nightly work.</summary>
    public string Id { get; set; } = "";

    /// <summary>Trigger or Nightly.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Cron expression, ISO 8601 interval, or instant.</summary>
    public string Expression { get; set; } = "";

    /// <summary>Definition to start, or null.</summary>
    public string? DefinitionId { get; set; }

    /// <summary>Version that brought the trigger, or null.</summary>
    public string? DefinitionVersionId { get; set; }

    /// <summary>Trigger activity, or null.</summary>
    public string? ActivityId { get; set; }

    /// <summary>When it came to be.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Scheduled time of its last act, or null.</summary>
    public DateTimeOffset? LastActedAt { get; set; }
}

/// <summary>A key of ASP.NET Core's data protection.</summary>
public sealed class DataProtectionKeyRow
{
    /// <summary>Friendly name.</summary>
    public string Id { get; set; } = "";

    /// <summary>The key as XML.</summary>
    public string Xml { get; set; } = "";
}

/// <summary>A calendar file that an administrator has loaded; the calendar in force is all of them in order of loading.</summary>
public sealed class CalendarRow
{
    /// <summary>Identifier, such as the hash of the file.</summary>
    public string Id { get; set; } = "";

    /// <summary>When it was loaded.</summary>
    public DateTimeOffset LoadedAt { get; set; }

    /// <summary>The file, of the form of <c>calendars/china.json</c>.</summary>
    public string Body { get; set; } = "";
}
