namespace Workflows.Supervision.Scenarios;

/// <summary>How a scenario answers an alarm: on which ways, with which teams, how fast, and what may be fined on the spot.</summary>
public sealed record ResponseRules
{
    /// <summary>Those of a scenario that says nothing.</summary>
    public static ResponseRules None { get; } = new();

    /// <summary>Ways, such as 水, 陆, 空.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Targets by area and way.</summary>
    public IReadOnlyList<ResponseTarget> Targets { get; init; } = [];

    /// <summary>Teams with their places.</summary>
    public IReadOnlyList<ResponseTeam> Teams { get; init; } = [];

    /// <summary>How far a team may be sent, metres; null for anywhere in its district.</summary>
    public int? ReachMetres { get; init; }

    /// <summary>Highest fine on a citizen under the simple procedure, yuan (行政处罚法 51: 200).</summary>
    public int OnSpotFineOfPerson { get; init; } = 200;

    /// <summary>Highest fine on a legal person or other organisation under the simple procedure, yuan (行政处罚法 51: 3,000).</summary>
    public int OnSpotFineOfOrganisation { get; init; } = 3000;
}

/// <summary>How fast somebody is to be reached and to be there; what is missed is counted, never a card.</summary>
/// <param name="Area">Division code of district or town; null for everywhere.</param>
/// <param name="Channel">Way; null for all.</param>
/// <param name="ContactMinutes">Minutes to contact.</param>
/// <param name="ArrivalMinutes">Minutes to arrival.</param>
public sealed record ResponseTarget(string? Area, string? Channel, int ContactMinutes, int ArrivalMinutes);

/// <summary>A team that can be sent.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Channel">Way on which it moves.</param>
/// <param name="Department">Department to which it belongs.</param>
/// <param name="Area">Division code of the district or town where it stands.</param>
/// <param name="Latitude">Degrees north, or null.</param>
/// <param name="Longitude">Degrees east, or null.</param>
public sealed record ResponseTeam(string Code, string Name, string Channel, string Department, string Area, double? Latitude, double? Longitude);
