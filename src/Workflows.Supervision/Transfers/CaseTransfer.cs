using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Transfers;

/// <summary>To whom a matter goes.</summary>
public enum TransferKind
{
    /// <summary>移送有管辖权的部门 (浙江省综合行政执法条例 18, 行政处罚法 27).</summary>
    ToDepartment,

    /// <summary>移送公安机关: suspected crime (行政执法机关移送涉嫌犯罪案件的规定 3, 5, 6).</summary>
    ToPolice,
}

/// <summary>How far a transfer has come.</summary>
public enum TransferState
{
    /// <summary>待决定: the head decides; on suspected crime within 3 days.</summary>
    Reported,

    /// <summary>待移交: approved; suspected crime is handed over within 24 hours.</summary>
    Approved,

    /// <summary>待回执: handed over.</summary>
    HandedOver,

    /// <summary>已接收. Terminal.</summary>
    Accepted,

    /// <summary>已退回 with a reason: the matter is the sender's again. Terminal.</summary>
    Returned,

    /// <summary>不予移送 with a reason. Terminal.</summary>
    Refused,
}

/// <summary>A line of the list of evidence.</summary>
/// <param name="EvidenceId">The evidence.</param>
/// <param name="Number">Its number within the case.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Sha256">Hash of its file when the list was made.</param>
public sealed record TransferredEvidence(string EvidenceId, int Number, string Title, string Kind, string Sha256);

/// <summary>Handing over.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who handed over.</param>
/// <param name="ReceivedBy">Who took it at the receiver's.</param>
/// <param name="Late">Whether the 24 hours had passed.</param>
public sealed record TransferHandover(DateTimeOffset At, string By, string ReceivedBy, bool Late);

/// <summary>Receipt of the receiver.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who noted it.</param>
/// <param name="Accepted">Whether it was accepted.</param>
/// <param name="Number">Number of the receipt, or null.</param>
/// <param name="Reason">Why it was returned, or null.</param>
public sealed record TransferReceipt(DateTimeOffset At, string By, bool Accepted, string? Number, string? Reason);

/// <summary>案件移送 with its list of evidence, both limits and the receipt.</summary>
public sealed record CaseTransfer : SupervisionRecord
{
    /// <summary>To whom.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>Organ that receives it.</summary>
    public required string Receiver { get; init; }

    /// <summary>Code of the receiver's department where it works on this platform, or null.</summary>
    public string? ReceiverDepartment { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Summary of the matter.</summary>
    public required string Summary { get; init; }

    /// <summary>Findings that go with it.</summary>
    public required IReadOnlyList<string> FindingIds { get; init; }

    /// <summary>Disposition of each finding when it was reported, by finding; what was decided otherwise meanwhile stays as it is.</summary>
    public IReadOnlyDictionary<string, Disposition>? Dispositions { get; init; }

    /// <summary>证据清单, with hashes.</summary>
    public required IReadOnlyList<TransferredEvidence> Evidence { get; init; }

    /// <summary>涉案物品清单.</summary>
    public IReadOnlyList<string> Goods { get; init; } = [];

    /// <summary>Measures in force with the day on which they end, such as 查封（至2026-12-20）.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>Until when the present step is due, UTC; null at the end.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Step that waits on somebody's list; null at the end.</summary>
    public string? TaskId { get; init; }

    /// <summary>Decision of the head, or null.</summary>
    public Decision? Decision { get; init; }

    /// <summary>移送函 that was issued with the decision; null before, and where the scenario has no such form.</summary>
    public string? LetterId { get; init; }

    /// <summary>Number of the letter, or null.</summary>
    public string? LetterNumber { get; init; }

    /// <summary>Whether the decision came after its limit.</summary>
    public bool DecidedLate { get; init; }

    /// <summary>Handing over, or null.</summary>
    public TransferHandover? Handover { get; init; }

    /// <summary>Receipt, or null.</summary>
    public TransferReceipt? Receipt { get; init; }

    /// <summary>How far it has come.</summary>
    public required TransferState State { get; init; }

    /// <summary>Whether somebody still has to act.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => State is TransferState.Reported or TransferState.Approved or TransferState.HandedOver;

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => Kind.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => DueAt is null ? null : State == TransferState.HandedOver && ReceiverDepartment is { } receiver ? $"department:{receiver}" : $"department:{Department}";

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => DueAt;
}

/// <summary>Proposes a transfer.</summary>
/// <param name="Kind">To whom.</param>
/// <param name="Receiver">Organ that receives it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Summary">Summary of the matter.</param>
/// <param name="FindingIds">Findings that go with it.</param>
/// <param name="EvidenceIds">Evidence of the case that goes with it.</param>
/// <param name="ReceiverDepartment">Code of the receiver's department where it works on this platform, or null.</param>
/// <param name="Goods">Goods.</param>
/// <param name="Measures">Measures in force.</param>
public sealed record ReportTransfer(
    TransferKind Kind, string Receiver, string Reason, string Summary, IReadOnlyList<string> FindingIds, IReadOnlyList<string> EvidenceIds,
    string? ReceiverDepartment = null, IReadOnlyList<string>? Goods = null, IReadOnlyList<string>? Measures = null);
