using System.Text.Json.Serialization;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>What a lead waits for.</summary>
/// <param name="Key">Tells it from the waits before it.</param>
/// <param name="Name">Name as people read it, such as 待受理.</param>
/// <param name="Owner">Who has to act: <c>department:FIR</c> or <c>role:dispatcher</c>.</param>
/// <param name="DueAt">Until when, UTC; after a lapse, until when at last.</param>
/// <param name="LateSince">When its time passed (超期未办), UTC; null while it is in time.</param>
/// <param name="Term">How it was counted, where it is counted in working days; null for minutes, hours and terms that others set.</param>
public sealed record LeadWait(string Key, string Name, string Owner, DateTimeOffset DueAt, DateTimeOffset? LateSince = null, LeadTerm? Term = null);

/// <summary>A wait counted in working days; the first day is excluded.</summary>
/// <param name="WorkingDays">How many.</param>
/// <param name="From">Date from which they run.</param>
/// <param name="Provisional">Whether a year without a published calendar decided it, so that a later one may move it.</param>
public sealed record LeadTerm(int WorkingDays, DateOnly From, bool Provisional);

/// <summary>A step in the life of a lead.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who acted.</param>
/// <param name="Name">Name as people read it.</param>
/// <param name="Act">What was done, such as 退回.</param>
/// <param name="To">State after it.</param>
/// <param name="Department">Department with which the lead is after it, or null.</param>
/// <param name="Text">Reason or result, or null.</param>
public sealed record LeadStep(DateTimeOffset At, string By, string Name, string Act, LeadState To, string? Department, string? Text);

/// <summary>The department to which a lead was routed, and on what ground.</summary>
/// <param name="Department">Department that has it; <c>TOWN</c> for the town of its place.</param>
/// <param name="Managing">监管部门 by the catalogue, or null.</param>
/// <param name="Enforcing">处罚部门 by the catalogue, or null.</param>
/// <param name="CatalogueFrom">First day of the version of the catalogue that was applied, or null.</param>
/// <param name="DelegationList">List under which the town acts in its own name, or null.</param>
/// <param name="Ground">Why it went there: 清单, 赋权, 指定, 裁决, 网格.</param>
public sealed record LeadRouting(string Department, string? Managing, string? Enforcing, DateOnly? CatalogueFrom, string? DelegationList, string Ground);

/// <summary>吹哨: the grid calls and must be answered.</summary>
/// <param name="DueAt">Until when, UTC.</param>
/// <param name="Lapsed">Whether that time passed without an answer.</param>
/// <param name="AnsweredAt">When it was answered, UTC; null until then.</param>
/// <param name="AnsweredBy">Who answered.</param>
/// <param name="Answer">The answer.</param>
public sealed record LeadWhistle(DateTimeOffset DueAt, bool Lapsed = false, DateTimeOffset? AnsweredAt = null, string? AnsweredBy = null, string? Answer = null);

/// <summary>What works on a dispatched lead.</summary>
/// <param name="At">When it was dispatched, UTC.</param>
/// <param name="Officers">Officers who were sent.</param>
/// <param name="InstanceId">Workflow of the scenario that was started, or null.</param>
/// <param name="PackageVersionId">Version of the scenario's package, or null.</param>
/// <param name="TaskForceId">Task force that sent the officers, or null.</param>
public sealed record LeadDispatch(DateTimeOffset At, IReadOnlyList<string> Officers, string? InstanceId, string? PackageVersionId, string? TaskForceId = null);

/// <summary>Handing over to somebody outside.</summary>
/// <param name="Receiver">Who gets it.</param>
/// <param name="Reason">Why.</param>
/// <param name="DocumentNumber">Number of the letter, or null.</param>
/// <param name="At">When, UTC.</param>
public sealed record LeadTransfer(string Receiver, string Reason, string? DocumentNumber, DateTimeOffset At);

/// <summary>The end of a lead.</summary>
/// <param name="Outcome">What became of it, such as 已整改.</param>
/// <param name="Reason">What was found and done.</param>
/// <param name="Class">Service, management or enforcement; null where nothing was done.</param>
/// <param name="Reply">Answer to the source, or null.</param>
/// <param name="InGrid">Whether the grid settled it by itself.</param>
/// <param name="At">When, UTC.</param>
public sealed record LeadClosing(string Outcome, string Reason, ResponseClass? Class, string? Reply, bool InGrid, DateTimeOffset At);

/// <summary>Receipt of an answer.</summary>
/// <param name="Number">Number of the receipt at the source.</param>
/// <param name="At">When the source received it, UTC.</param>
public sealed record LeadReceipt(string Number, DateTimeOffset At);

/// <summary>The same report under another number.</summary>
/// <param name="Source">Source.</param>
/// <param name="ExternalNumber">Number there.</param>
/// <param name="ReplyDueAt">Until when that source wants an answer under that number, UTC, or null.</param>
/// <param name="Hotline">Whether it is an order of the hotline, which must be answered.</param>
/// <param name="Receipt">Receipt of the answer under that number, or null.</param>
public sealed record LeadAlias(string Source, string ExternalNumber, DateTimeOffset? ReplyDueAt = null, bool Hotline = false, LeadReceipt? Receipt = null)
{
    /// <summary>Whether it is the same number of the same source.</summary>
    public bool Names(string source, string number) => Source == source && ExternalNumber == number;
}

/// <summary>线索: a possible problem, not yet a task.</summary>
public sealed record Lead : SupervisionRecord
{
    /// <summary>Links that a lead keeps at most; what is beyond them is joined through the group.</summary>
    public const int MostLinks = 16;

    /// <summary>What kind of report.</summary>
    public required TriggerKind Trigger { get; init; }

    /// <summary>Source.</summary>
    public required string Source { get; init; }

    /// <summary>Number at the source, or null.</summary>
    public string? ExternalNumber { get; init; }

    /// <summary>Where.</summary>
    public required LeadPlace Place { get; init; }

    /// <summary>Matter of the catalogue, or null.</summary>
    public string? MatterCode { get; init; }

    /// <summary>What was seen.</summary>
    public required string Text { get; init; }

    /// <summary>Who reported, or null.</summary>
    public LeadReporter? ReportedBy { get; init; }

    /// <summary>When it happened, UTC, or null.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>When it came in, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What a machine saw, or null.</summary>
    public LeadSensing? Sensing { get; init; }

    /// <summary>Photos that came with it, or null for none.</summary>
    public IReadOnlyList<LeadPhoto>? Photos { get; init; }

    /// <summary>Until when the source wants an answer, UTC, or null.</summary>
    public DateTimeOffset? ReplyDueAt { get; init; }

    /// <summary>The earliest time by which an answer is wanted under any of its numbers, UTC, or null.</summary>
    [JsonIgnore]
    public DateTimeOffset? AnswerBy => Aliases.Select(a => a.ReplyDueAt).Append(ReplyDueAt).Min();

    /// <summary>Whether it is, or has taken up, an order of the hotline: it does not end without an answer.</summary>
    [JsonIgnore]
    public bool MustAnswer => Trigger == TriggerKind.Complaint12345 || Aliases.Any(a => a.Hotline);

    /// <summary>All numbers under which it is known, its own first.</summary>
    [JsonIgnore]
    public IReadOnlyList<LeadAlias> Numbers =>
        [.. ExternalNumber is { } own ? [new LeadAlias(Source, own, ReplyDueAt, Trigger == TriggerKind.Complaint12345, ReplyReceipt)] : Array.Empty<LeadAlias>(), .. Aliases];

    /// <summary>Since when the answer to the source is late, UTC; null while it is in time. It stays when the answer is given at last.</summary>
    public DateTimeOffset? ReplyLateSince { get; init; }

    /// <summary>Receipt of the answer by the source, or null.</summary>
    public LeadReceipt? ReplyReceipt { get; init; }

    /// <summary>State.</summary>
    public required LeadState State { get; init; }

    /// <summary>What it waits for; null at its end alone.</summary>
    public LeadWait? Wait { get; init; }

    /// <summary>How it is handled.</summary>
    public LeadPath Path { get; init; }

    /// <summary>Where it was routed, or null.</summary>
    public LeadRouting? Routing { get; init; }

    /// <summary>Departments that had it.</summary>
    public IReadOnlyList<string> Involved { get; init; } = [];

    /// <summary>How often it was given back.</summary>
    public int Returns { get; init; }

    /// <summary>Whether the guidance office has decided whose duty it is: it cannot be returned any more.</summary>
    public bool DutyDecided { get; init; }

    /// <summary>Whistle that must be answered, or null.</summary>
    public LeadWhistle? Whistle { get; init; }

    /// <summary>What works on it, or null.</summary>
    public LeadDispatch? Dispatch { get; init; }

    /// <summary>Team that was filled after a template of the scenario, or null.</summary>
    public LeadCrew? Crew { get; init; }

    /// <summary>Way on which a team reaches the place, such as 水, 陆 or 空; null where nobody said.</summary>
    public string? Channel { get; init; }

    /// <summary>Zone of the target in which it happened, such as 一级保护区, or null.</summary>
    public string? Zone { get; init; }

    /// <summary>Team that was sent, or null.</summary>
    public LeadTeam? Team { get; init; }

    /// <summary>Who did which step of its response, when by the service and when and where by the device, oldest first.</summary>
    public IReadOnlyList<LeadMark> Marks { get; init; } = [];

    /// <summary>Where those on the way to it were last; none as soon as it moves on. Told on the map alone.</summary>
    public IReadOnlyList<LeadPosition> Positions { get; init; } = [];

    /// <summary>What was done on the spot, or null.</summary>
    public LeadSettlement? Settlement { get; init; }

    /// <summary>Target id of whoever looks after the place and reports, such as the property firm; null for nobody.</summary>
    public string? CaretakerId { get; init; }

    /// <summary>Where it came from, as tracing found; null until then.</summary>
    public LeadOrigin? Origin { get; init; }

    /// <summary>Other targets of the roster that are concerned, as tracing found.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];

    /// <summary>Milestones of the project that it follows; empty for a report.</summary>
    public IReadOnlyList<ProjectMilestone> Milestones { get; init; } = [];

    /// <summary>Patrols of the project, oldest first.</summary>
    public IReadOnlyList<PatrolRecord> Patrols { get; init; } = [];

    /// <summary>Handing over to somebody outside, or null.</summary>
    public LeadTransfer? Transfer { get; init; }

    /// <summary>Its end, or null.</summary>
    public LeadClosing? Closing { get; init; }

    /// <summary>State in which it got stuck, or null.</summary>
    public LeadState? StuckIn { get; init; }

    /// <summary>Leads that are probably the same, the nearest in time; at most <see cref="MostLinks"/>.</summary>
    public IReadOnlyList<LeadLink> Links { get; init; } = [];

    /// <summary>First lead of those that are probably the same, or null.</summary>
    public string? GroupId { get; init; }

    /// <summary>Lead into which it was merged, or null.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>Leads that were merged into it.</summary>
    public int MergedIn { get; init; }

    /// <summary>How often exactly the same came in again; nothing was stored for these.</summary>
    public int Repeats { get; init; }

    /// <summary>Other numbers under which exactly the same came in.</summary>
    public IReadOnlyList<LeadAlias> Aliases { get; init; } = [];

    /// <summary>All that was done, oldest first.</summary>
    public required IReadOnlyList<LeadStep> Steps { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => Trigger.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => Wait?.Owner;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => Wait?.LateSince ?? Wait?.DueAt;

    /// <inheritdoc/>
    protected override string? ReferenceKey => ExternalNumber is { } number ? $"{Source}|{number}" : null;
}
