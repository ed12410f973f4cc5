using System.Text.Json.Serialization;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Escalation;

/// <summary>Colour of something that runs against a time.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LateColour>))]
internal enum LateColour
{
    /// <summary>Late.</summary>
    Red,

    /// <summary>Due within two working days.</summary>
    Amber,

    /// <summary>Due later.</summary>
    Green,
}

/// <summary>Who is late: 逾期 is said of the party, 超期 of the handling unit (practice.md 6).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LateSide>))]
internal enum LateSide
{
    /// <summary>Handling unit.</summary>
    Unit,

    /// <summary>Party.</summary>
    Party,
}

/// <summary>For how long something is late, in working days after its last day.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LateAge>))]
internal enum LateAge
{
    /// <summary>At most three.</summary>
    UpTo3,

    /// <summary>Four to ten.</summary>
    UpTo10,

    /// <summary>Eleven to thirty.</summary>
    UpTo30,

    /// <summary>More.</summary>
    Over30,
}

/// <summary>Something that is late, or will be.</summary>
/// <param name="Kind"><c>task</c> or <c>lead</c> (超期未办), or <c>clock</c> (a legal period; 逾期未改正 where a party is held by it).</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is; of a clock the code of its rule.</param>
/// <param name="Owner">Who has to act.</param>
/// <param name="DueAt">When it was or is due, UTC.</param>
/// <param name="Late">Whether it is late now.</param>
/// <param name="CaseId">Case, or null.</param>
/// <param name="PlanId">Plan, or null.</param>
/// <param name="Department">Department whose matter it is, or null.</param>
/// <param name="Colour">Colour now.</param>
/// <param name="Side">Who is, or would be, late.</param>
/// <param name="WorkingDays">Working days by which it is late; negative for those that are left.</param>
/// <param name="CaseNumber">Number of the case, of the lead at its source, or of the annual item of the plan; null where there is none.</param>
/// <param name="Target">What it is about: name of the target of the case, text of the lead in short, or title of the plan; null where the asker may not see it.</param>
/// <param name="Scenario">Scenario of the case or plan, or null.</param>
/// <param name="Area">District or town, or null.</param>
/// <param name="LeadId">Lead, where there is no case or plan; else null.</param>
internal sealed record LateRow(
    string Kind, string Id, string Title, string? Owner, DateTimeOffset DueAt, bool Late, string? CaseId, string? PlanId, string? Department,
    LateColour Colour, LateSide Side, int WorkingDays, string? CaseNumber, string? Target, string? Scenario, string? Area, string? LeadId)
{
    /// <summary>For how long it is late; null while it is not.</summary>
    [JsonIgnore]
    public LateAge? Age => !Late ? null : WorkingDays switch { <= 3 => LateAge.UpTo3, <= 10 => LateAge.UpTo10, <= 30 => LateAge.UpTo30, _ => LateAge.Over30 };
}

/// <summary>Which rows are meant; all given members must hold.</summary>
internal sealed record LateQuery
{
    /// <summary>How far ahead is looked for what will be late.</summary>
    public TimeSpan Outlook { get; init; }

    /// <summary>Colour.</summary>
    public LateColour? Colour { get; init; }

    /// <summary>Who is late.</summary>
    public LateSide? Side { get; init; }

    /// <summary>For how long.</summary>
    public LateAge? Age { get; init; }

    /// <summary>Department whose matter it is.</summary>
    public string? Department { get; init; }

    /// <summary>Scenario.</summary>
    public string? Scenario { get; init; }

    /// <summary>District or town, and what lies below.</summary>
    public string? Area { get; init; }

    /// <summary><c>task</c>, <c>clock</c> or <c>lead</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Last day on which it is in time: what is due on Friday and not done is late when Friday has passed.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Whether a row is meant.</summary>
    public bool Holds(LateRow row) =>
        (Colour is null || row.Colour == Colour) && (Side is null || row.Side == Side) && (Age is null || row.Age == Age)
        && (Department is null || row.Department == Department) && (Scenario is null || row.Scenario == Scenario)
        && (Area is null || row.Area is not null && row.Area.StartsWith(Area, StringComparison.Ordinal)) && (Kind is null || row.Kind == Kind)
        && (Due is null || ShanghaiTime.DateOf(row.DueAt.AddTicks(-1)) == Due);
}
