using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;

namespace Workflows.Host.Api.Leads.Map;

/// <summary>A step of the response that somebody has to do now.</summary>
/// <param name="Title">Title.</param>
/// <param name="Department">Department that does it, or null.</param>
/// <param name="DueAt">Until when, UTC, or null.</param>
internal sealed record MapStep(string Title, string? Department, DateTimeOffset? DueAt);

/// <summary>Where a team stands when nobody needs it, as the scenario says.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Channel">Way on which it moves.</param>
/// <param name="Department">Department.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
internal sealed record MapStation(string Code, string Name, string Channel, string Department, double Latitude, double Longitude);

/// <summary>A town of the district.</summary>
/// <param name="Code">Division code.</param>
/// <param name="Name">Name.</param>
/// <param name="Latitude">Degrees north of its seat, or null where the roster does not say.</param>
/// <param name="Longitude">Degrees east, or null.</param>
internal sealed record MapTown(string Code, string Name, double? Latitude, double? Longitude);

/// <summary>A lead on the map.</summary>
/// <param name="Id">The lead.</param>
/// <param name="Trigger">What kind of report.</param>
/// <param name="Text">Its first words.</param>
/// <param name="State">State.</param>
/// <param name="Place">Where; without coordinates it is shown in its town.</param>
/// <param name="Department">Department that has it, or null.</param>
/// <param name="ReceivedAt">When it came in, UTC.</param>
/// <param name="DispatchedAt">When it was dispatched, UTC, or null.</param>
/// <param name="Wait">What it waits for, or null at its end.</param>
/// <param name="Links">Leads that are probably the same.</param>
/// <param name="Step">The step of the response that is the most urgent, or null.</param>
/// <param name="Team">Team that was sent, or null.</param>
/// <param name="Marks">Who did which step when and where.</param>
/// <param name="Positions">Where those on the way are, as far as they share it and within <see cref="LeadPositions.Fresh"/>.</param>
/// <param name="CaseId">Case that it became, or null.</param>
internal sealed record MapLead(
    string Id, TriggerKind Trigger, string Text, LeadState State, LeadPlace Place, string? Department, DateTimeOffset ReceivedAt, DateTimeOffset? DispatchedAt, LeadWait? Wait, int Links, MapStep? Step,
    LeadTeam? Team, IReadOnlyList<LeadMark> Marks, IReadOnlyList<LeadPosition> Positions, string? CaseId);

/// <summary>The map of a district: what is where now.</summary>
/// <param name="Leads">Leads in sight, the newest first.</param>
/// <param name="Next">Where the next page of leads begins, or null.</param>
/// <param name="Stations">Teams of the scenarios that these leads follow, within sight.</param>
/// <param name="Towns">Towns within sight; on the first page alone.</param>
internal sealed record LeadMap(IReadOnlyList<MapLead> Leads, string? Next, IReadOnlyList<MapStation> Stations, IReadOnlyList<MapTown> Towns);
