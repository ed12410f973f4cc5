namespace Workflows.Supervision.Leads;

/// <summary>分诊.</summary>
/// <param name="MatterCode">Matter, or null to leave it as it is.</param>
/// <param name="Area">Town or district of the place, or null to leave it as it is.</param>
/// <param name="Path">How it is handled.</param>
/// <param name="Note">Note, or null.</param>
/// <param name="TargetId">Target in the roster that it concerns, or null to leave it as it is.</param>
public sealed record TriageLead(string? MatterCode = null, string? Area = null, LeadPath Path = LeadPath.Department, string? Note = null, string? TargetId = null);

/// <summary>派单.</summary>
/// <param name="Department">Department, or null for the one that the catalogue names.</param>
/// <param name="Reason">Why, where it departs from the catalogue or goes back to a department that gave it back.</param>
public sealed record RouteLead(string? Department = null, string? Reason = null);

/// <summary>派发.</summary>
/// <param name="Officers">Officers who are sent; empty where the department decides later.</param>
/// <param name="Note">Note, or null.</param>
/// <param name="TaskForceId">Task force (专班) that sends the officers, or null. Where none are named two of the department are drawn from it.</param>
public sealed record DispatchLead(IReadOnlyList<string>? Officers = null, string? Note = null, string? TaskForceId = null);

/// <summary>裁决 of a dispute by the guidance office, or of a lead that nobody moves by a supervisor.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Department">Whose duty it is; null, for a supervisor only, leaves it where it was and urges.</param>
public sealed record DecideLead(string Reason, string? Department = null);

/// <summary>并件.</summary>
/// <param name="Into">Lead that goes on.</param>
/// <param name="Reason">Why.</param>
public sealed record MergeLead(string Into, string Reason);

/// <summary>移送 to somebody outside.</summary>
/// <param name="Receiver">Who gets it.</param>
/// <param name="Reason">Why.</param>
/// <param name="DocumentNumber">Number of the letter, or null.</param>
public sealed record TransferLead(string Receiver, string Reason, string? DocumentNumber = null);

/// <summary>办结.</summary>
/// <param name="Outcome">What became of it, such as 已整改, 未发现, 不属实, 未查获.</param>
/// <param name="Reason">What was found and done.</param>
/// <param name="Class">Service, management or enforcement; needed where somebody handled it.</param>
/// <param name="Reply">Answer to the source; needed for a hotline order.</param>
public sealed record CloseLead(string Outcome, string Reason, ResponseClass? Class = null, string? Reply = null);
