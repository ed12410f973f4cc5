using System.Text.Json.Serialization;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Escalation;

/// <summary>Colour of a card.</summary>
public enum CardColour
{
    /// <summary>黄牌.</summary>
    [JsonStringEnumMemberName("黄牌")]
    Yellow,

    /// <summary>红牌.</summary>
    [JsonStringEnumMemberName("红牌")]
    Red,
}

/// <summary>State of a card.</summary>
public enum CardState
{
    /// <summary>Held back by the dispatcher with a reason.</summary>
    Held,

    /// <summary>Given.</summary>
    Active,

    /// <summary>The unit answered.</summary>
    Answered,

    /// <summary>Appealed against; stays until decided.</summary>
    Appealed,

    /// <summary>Revoked with a reason; not counted.</summary>
    Revoked,
}

/// <summary>预警牌 against the unit that handles, never against a party.</summary>
public sealed record WarningCard : SupervisionRecord
{
    /// <summary>Colour.</summary>
    public required CardColour Colour { get; init; }

    /// <summary>Task that is late, or null (absence at a visit).</summary>
    public string? TaskId { get; init; }

    /// <summary>Why it was given, such as 超期未办.</summary>
    public required string Reason { get; init; }

    /// <summary>When the matter was due, UTC.</summary>
    public DateTimeOffset? OriginalDueAt { get; init; }

    /// <summary>Until when the head of the unit must answer, UTC.</summary>
    public DateTimeOffset? AnswerBy { get; init; }

    /// <summary>Answer of the unit, or null.</summary>
    public Decision? Answer { get; init; }

    /// <summary>Holding back, or null.</summary>
    public Decision? Hold { get; init; }

    /// <summary>Appeal, or null.</summary>
    public Decision? Appeal { get; init; }

    /// <summary>Decision on the appeal, or revocation, or null.</summary>
    public Decision? AppealDecision { get; init; }

    /// <summary>State.</summary>
    public required CardState State { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => Colour.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => State switch
    {
        CardState.Active => $"department:{Department}",
        CardState.Held => $"role:{Role.Dispatcher}",
        CardState.Appealed => $"role:{Role.Supervisor}",
        _ => null,
    };

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => State == CardState.Active ? AnswerBy : null;
}

/// <summary>State of a supervision order.</summary>
public enum SupervisionOrderState
{
    /// <summary>Drawn up; the supervisor has to sign.</summary>
    Draft,

    /// <summary>Signed and sent; a reply is due.</summary>
    Sent,

    /// <summary>The unit says that it has no power; the guidance office decides.</summary>
    Objected,

    /// <summary>Answered with a result.</summary>
    Replied,

    /// <summary>No reply in time; goes to consultation.</summary>
    Unanswered,

    /// <summary>Withdrawn after an objection.</summary>
    Withdrawn,
}

/// <summary>督办单 to a unit; never to a party.</summary>
public sealed record SupervisionOrder : SupervisionRecord
{
    /// <summary>Card it goes with, or null.</summary>
    public string? CardId { get; init; }

    /// <summary>Task that is late.</summary>
    public string? TaskId { get; init; }

    /// <summary>Summary of the matter.</summary>
    public required string Summary { get; init; }

    /// <summary>What is to be done and by when.</summary>
    public required string Requirement { get; init; }

    /// <summary>When the matter was due, UTC.</summary>
    public required DateTimeOffset OriginalDueAt { get; init; }

    /// <summary>Item of the list of powers that gives the receiver the power (职权依据).</summary>
    public required string ReceiverPower { get; init; }

    /// <summary>Words for those who are told when it is signed, beside the head of the unit, such as 分管领导.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>What the power was found to rest on when the order was signed: an entry of the catalogue, a delegation, or the part in the case; null before.</summary>
    public string? PowerGround { get; init; }

    /// <summary>Signature of the supervisor, or null.</summary>
    public Decision? Signature { get; init; }

    /// <summary>Last day for the reply, or null before it is sent.</summary>
    public DateOnly? ReplyDue { get; init; }

    /// <summary>Last day for an objection, or null before it is sent.</summary>
    public DateOnly? ObjectionDue { get; init; }

    /// <summary>Reply, or null.</summary>
    public SupervisionReply? Reply { get; init; }

    /// <summary>Objection, or null.</summary>
    public Decision? Objection { get; init; }

    /// <summary>Decision of the guidance office on the objection, or null.</summary>
    public Decision? ObjectionDecision { get; init; }

    /// <summary>Issued document, or null.</summary>
    public string? DocumentId { get; init; }

    /// <summary>State.</summary>
    public required SupervisionOrderState State { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => State switch
    {
        SupervisionOrderState.Draft => $"role:{Role.Supervisor}",
        SupervisionOrderState.Sent => $"department:{Department}",
        SupervisionOrderState.Objected => "department:GUI",
        SupervisionOrderState.Unanswered => "department:CMD",
        _ => null,
    };

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey =>
        State == SupervisionOrderState.Sent && ReplyDue is { } due ? Time.ShanghaiTime.PassedAt(due) : null;
}

/// <summary>Reply to a supervision order.</summary>
/// <param name="Result">What was done.</param>
/// <param name="Reason">Why it was late.</param>
/// <param name="NewDate">New date, or null if done.</param>
/// <param name="By">Who replied.</param>
/// <param name="At">When, UTC.</param>
public sealed record SupervisionReply(string Result, string Reason, DateOnly? NewDate, string By, DateTimeOffset At);

/// <summary>议定事项: what a consultation gave a unit to do.</summary>
/// <param name="Text">What is to be done.</param>
/// <param name="Department">Unit that does it.</param>
/// <param name="Due">Last day.</param>
/// <param name="TaskId">Step on the unit's list that it became; null before.</param>
public sealed record ConsultationAssignment(string Text, string Department, DateOnly Due, string? TaskId = null);

/// <summary>联合会商.</summary>
public sealed record Consultation : SupervisionRecord
{
    /// <summary>Why it is held.</summary>
    public required string Reason { get; init; }

    /// <summary>Departments that take part.</summary>
    public required IReadOnlyList<string> Departments { get; init; }

    /// <summary>Last day by which it must have been held.</summary>
    public required DateOnly HoldBy { get; init; }

    /// <summary>When it was held, UTC, or null.</summary>
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>Who took part.</summary>
    public IReadOnlyList<string> Attendees { get; init; } = [];

    /// <summary>Conclusion: 更换承办单位, 重新确定期限 or 移送; null before.</summary>
    public string? Conclusion { get; init; }

    /// <summary>New owner, or null.</summary>
    public string? NewOwner { get; init; }

    /// <summary>New last day, or null.</summary>
    public DateOnly? NewDue { get; init; }

    /// <summary>Minutes.</summary>
    public string? Minutes { get; init; }

    /// <summary>Questions that were put.</summary>
    public IReadOnlyList<string> Issues { get; init; } = [];

    /// <summary>What units have to do by when.</summary>
    public IReadOnlyList<ConsultationAssignment> Assignments { get; init; } = [];

    /// <inheritdoc/>
    protected override string StateKey => HeldAt is null ? "Called" : "Held";

    /// <inheritdoc/>
    protected override string? OwnerKey => HeldAt is null ? "department:CMD" : null;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => HeldAt is null ? Time.ShanghaiTime.PassedAt(HoldBy) : null;
}

/// <summary>约谈 of the party or its responsible person.</summary>
public sealed record Interview : SupervisionRecord
{
    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Orders in question.</summary>
    public IReadOnlyList<string> OrderIds { get; init; } = [];

    /// <summary>When it is to be held, UTC.</summary>
    public required DateTimeOffset AppointedAt { get; init; }

    /// <summary>Place.</summary>
    public required string Place { get; init; }

    /// <summary>Persons who must come.</summary>
    public required IReadOnlyList<string> Persons { get; init; }

    /// <summary>Materials to bring.</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    /// <summary>Whether it is urgent (notice one day before).</summary>
    public bool Urgent { get; init; }

    /// <summary>When it was held, UTC, or null.</summary>
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>Who came; empty if nobody.</summary>
    public IReadOnlyList<string> Attendees { get; init; } = [];

    /// <summary>The party's explanation.</summary>
    public string? Explanation { get; init; }

    /// <summary>Promises with their dates.</summary>
    public IReadOnlyList<InterviewPromise> Promises { get; init; } = [];

    /// <inheritdoc/>
    protected override string StateKey => HeldAt is null ? "Called" : Attendees.Count == 0 ? "NotAttended" : "Held";

    /// <inheritdoc/>
    protected override string? OwnerKey => HeldAt is null ? $"department:{Department}" : null;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => HeldAt is null ? AppointedAt : null;
}

/// <summary>Promise made in an interview.</summary>
/// <param name="Text">What was promised.</param>
/// <param name="By">By which day.</param>
public sealed record InterviewPromise(string Text, DateOnly By);
