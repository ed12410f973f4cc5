using Workflows.Supervision.Scenarios;

namespace Workflows.Supervision.Leads;

/// <summary>A team that was sent to the place of a lead.</summary>
/// <param name="Code">Code in the scenario's list.</param>
/// <param name="Name">Name.</param>
/// <param name="Channel">Way on which it moves.</param>
/// <param name="Department">Department to which it belongs.</param>
/// <param name="Metres">Distance when it was sent, or null where a place is not known.</param>
/// <param name="At">When, UTC.</param>
public sealed record LeadTeam(string Code, string Name, string Channel, string Department, double? Metres, DateTimeOffset At);

/// <summary>Who was met on the spot.</summary>
/// <param name="Name">Name of the person or unit.</param>
/// <param name="IsOrganisation">Whether it is a legal person or other organisation.</param>
/// <param name="Phone">Telephone, or null.</param>
public sealed record LeadPerson(string Name, bool IsOrganisation = false, string? Phone = null);

/// <summary>现场处理: what was done where the lead led.</summary>
public sealed record LeadSettlement
{
    /// <summary>Outcome, one of <see cref="LeadOutcomes"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Item of the scenario, or null where nothing was wrong or nobody was met.</summary>
    public string? ItemCode { get; init; }

    /// <summary>Form of the breach that holds in the zone, or null for the item itself.</summary>
    public string? VariantCode { get; init; }

    /// <summary>How serious it is in the zone.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Who was met, or null.</summary>
    public LeadPerson? Person { get; init; }

    /// <summary>Fine in yuan under the simple procedure (当场处罚), or null.</summary>
    public int? Fine { get; init; }

    /// <summary>Provisions violated, as in force on the day of the act.</summary>
    public IReadOnlyList<Citation> Violates { get; init; } = [];

    /// <summary>Penalty clauses, as in force on the day of the act.</summary>
    public IReadOnlyList<Citation> Penalises { get; init; } = [];

    /// <summary>Second officer of a decision on the spot, or null.</summary>
    public string? SecondOfficer { get; init; }

    /// <summary>Pictures and other evidence.</summary>
    public IReadOnlyList<string> EvidenceIds { get; init; } = [];

    /// <summary>What was found and done.</summary>
    public required string Note { get; init; }

    /// <summary>Who settled it.</summary>
    public required string By { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Outcomes of what a team does on the spot.</summary>
public static class LeadOutcomes
{
    /// <summary>Persuaded to stop and leave; nothing else.</summary>
    public const string Persuaded = "劝离教育";

    /// <summary>Punished on the spot under the simple procedure (行政处罚法 51, 52).</summary>
    public const string Punished = "当场处罚";

    /// <summary>Goes the ordinary way as a case.</summary>
    public const string Filed = "转案件";

    /// <summary>Whoever it was has gone; the picture is kept.</summary>
    public const string NotFound = "未查获";

    /// <summary>Nothing was wrong.</summary>
    public const string NothingWrong = "未发现问题";

    /// <summary>All, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = [Persuaded, Punished, Filed, NotFound, NothingWrong];
}

/// <summary>What is handed in with a step of the response.</summary>
/// <param name="Device">What the device says of time and place, or null.</param>
public sealed record LeadStepDone(DeviceReading? Device = null);

/// <summary>人工复核 of a lead by the dispatcher.</summary>
/// <param name="Note">What was seen.</param>
/// <param name="Channel">Way on which a team is to be sent, or null for any.</param>
/// <param name="Zone">Zone, or null.</param>
/// <param name="TargetId">Target of the roster that it concerns, or null to leave it as it is.</param>
public sealed record LeadConfirmation(string? Note = null, string? Channel = null, string? Zone = null, string? TargetId = null);

/// <summary>What a team hands in on the spot.</summary>
/// <param name="ItemCode">Item of the scenario; by default the lead's matter.</param>
/// <param name="Zone">Zone, where it is another than the dispatcher said.</param>
/// <param name="VariantCode">Form of the breach where the zone does not tell it, or null.</param>
/// <param name="Person">Who was met.</param>
/// <param name="Fine">Fine in yuan.</param>
/// <param name="SecondOfficer">Id of the second officer.</param>
/// <param name="EvidenceIds">Evidence.</param>
/// <param name="Note">What was found and done.</param>
/// <param name="Device">What the device says of time and place, or null.</param>
public sealed record SettleLead(
    string? ItemCode = null, string? Zone = null, string? VariantCode = null, LeadPerson? Person = null, int? Fine = null, string? SecondOfficer = null, IReadOnlyList<string>? EvidenceIds = null, string? Note = null, DeviceReading? Device = null);
