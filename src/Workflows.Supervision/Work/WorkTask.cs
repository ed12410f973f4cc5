using System.Text.Json.Serialization;
using System.Text;
using System.Security.Cryptography;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Work;

/// <summary>State of a human step.</summary>
public enum TaskState
{
    /// <summary>Waits for a person.</summary>
    Open,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Fell away.</summary>
    Cancelled,
}

/// <summary>How a step came to whoever has it now.</summary>
/// <param name="Act">转交 or 退回.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who passed it on.</param>
/// <param name="At">When, UTC.</param>
public sealed record PassedOn(string Act, string Reason, string By, DateTimeOffset At)
{
    /// <summary>To a named colleague.</summary>
    public const string HandedOver = "转交";

    /// <summary>Back to the head, or to those who are named besides.</summary>
    public const string GivenBack = "退回";
}

/// <summary>待办: one human step of a workflow.</summary>
public sealed record WorkTask : SupervisionRecord
{
    /// <summary>Owner, in the index, of an open step that any of several named officers may do; <see cref="Assignees"/> says which.</summary>
    public const string SeveralOfficers = "officers";

    /// <summary>Outcomes that send something back to whoever laid it before; the words given with them are kept for whoever revises.</summary>
    public static readonly IReadOnlyList<string> ReturningOutcomes = ["退回", "不同意", "申请重抽", "补充材料", "异议不成立"];

    /// <summary>Instance that waits.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Activity in the diagram that asked for it.</summary>
    public required string TaskActivityId { get; init; }

    /// <summary>Bookmark on which the activity waits; null until it is known.</summary>
    public string? BookmarkId { get; init; }

    /// <summary>Kind of step, such as <c>visit.record</c>; tells the page which form to show.</summary>
    public required string Kind { get; init; }

    /// <summary>Title as people read it, such as 开展现场检查.</summary>
    public required string Title { get; init; }

    /// <summary>Role that may do it, or null.</summary>
    public string? Role { get; init; }

    /// <summary>Officers or users it is for; empty for anybody with role and department.</summary>
    public IReadOnlyList<string> Assignees { get; init; } = [];

    /// <summary>Departments of the officers in <see cref="Assignees"/>, each once; null where nobody is named. Their heads hand it on.</summary>
    public IReadOnlyList<string>? AssigneeDepartments { get; init; }

    /// <summary>Whether the last person named has given it back (退回), so that it waits for the head to hand it out again.</summary>
    public bool IsReturned { get; init; }

    /// <summary>How it came to whoever has it now; null where nobody has passed it on.</summary>
    public PassedOn? PassedOn { get; init; }

    /// <summary>When it is due, UTC; null if it has no limit of its own.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Limit of the diagram that gives the due time and takes it along when it moves; null where the step counts its own days.</summary>
    public string? LimitId { get; init; }

    /// <summary>Whether the law sets its due time and no limit of a diagram stands for it: nobody of the house moves it.</summary>
    public bool IsDueByLaw { get; init; }

    /// <summary>Whether its completion decides something, so that only a certified officer or head may do it.</summary>
    public required bool IsDecision { get; init; }

    /// <summary>Outcomes that may be given; empty for any.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Ids of what it is about, such as <c>orderId</c>.</summary>
    public IReadOnlyDictionary<string, string> Subject { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>When its holder first opened it, UTC.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Outcome given, or null.</summary>
    public string? Outcome { get; init; }

    /// <summary>Data given with it as JSON text, or null; goes no further than the service that used it.</summary>
    public string? Result { get; init; }

    /// <summary>Why it was sent back, where the outcome is one of <see cref="ReturningOutcomes"/>; else null.</summary>
    public string? ReturnReason { get; init; }

    /// <summary>Who did it, or null.</summary>
    public string? CompletedBy { get; init; }

    /// <summary>When it was done or fell away, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>State.</summary>
    public required TaskState State { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => Kind;

    /// <inheritdoc/>
    protected override string? OwnerKey => State != TaskState.Open ? null
        : Assignees.Count == 1 ? Assignees[0]
        : Assignees.Count > 1 ? SeveralOfficers
        : Role == Sessions.Role.Party && TargetId is not null ? $"party:{TargetId}"
        : Department is not null ? $"department:{Department}"
        : $"role:{Role}";

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => State == TaskState.Open ? DueAt : null;

    /// <inheritdoc/>
    protected override string? ReferenceKey => BookmarkId;
}

/// <summary>A message that was handed to the outbox, as people see it in their list.</summary>
public sealed record Notice : SupervisionRecord
{
    /// <summary>Who it is for, such as <c>department:FIR</c> or <c>party:T001</c>.</summary>
    public required string Recipient { get; init; }

    /// <summary>Kind, such as 提醒.</summary>
    public required string Kind { get; init; }

    /// <summary>Text: number, due date and link, never names or facts.</summary>
    public required string Text { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => "Sent";

    /// <inheritdoc/>
    protected override string? KindKey => Kind;

    /// <inheritdoc/>
    protected override string? OwnerKey => Recipient;
}

/// <summary>What a link of the firm or committee of an estate is bound to (物居业三方协同): it reports and confirms milestones there, and opens no case.</summary>
/// <param name="Holder">Target id of the property firm, else an id of the committee's own; names it in the audit trail.</param>
/// <param name="Name">Name of the firm or committee.</param>
/// <param name="Capacity">物业, 居委会 or 业委会.</param>
/// <param name="Places">Names of the estates or areas, such as 样例小区; 1–20.</param>
public sealed record EstateBinding(string Holder, string Name, string Capacity, IReadOnlyList<string> Places)
{
    /// <summary>Kind under which such links are listed.</summary>
    public const string Kind = "Estate";
}

/// <summary>
/// Way in without an account: whoever holds the token acts for the party in this case only, or for the firm or committee of an estate in what it is bound to. The token itself is never stored.
/// </summary>
public sealed record PartyLink : SupervisionRecord
{
    /// <summary>SHA-256 of the token, lower-case hex.</summary>
    public required string TokenSha256 { get; init; }

    /// <summary>Until when it works, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it was revoked.</summary>
    public bool Revoked { get; init; }

    /// <summary>Estate to which it is bound; null for the party of a case.</summary>
    public EstateBinding? Estate { get; init; }

    /// <summary>Leads that came in over it or over an earlier link of the same holder, oldest first; empty for the party of a case.</summary>
    public IReadOnlyList<string> Reports { get; init; } = [];

    /// <summary>Who acts by it.</summary>
    [JsonIgnore]
    public Actor Holder => Estate is { } estate
        ? new Actor { Id = $"estate:{estate.Holder}", Name = estate.Name, Roles = [], Area = Area }
        : new Actor { Id = $"party:{TargetId}", Name = "当事人", Roles = [Role.Party], Area = Area };

    /// <summary>Hash under which a token is known.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <inheritdoc/>
    protected override string StateKey => Revoked ? "Revoked" : "Valid";

    /// <inheritdoc/>
    protected override string? KindKey => Estate is null ? null : EstateBinding.Kind;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => Revoked ? null : ExpiresAt;

    /// <inheritdoc/>
    protected override string? ReferenceKey => TokenSha256;
}

/// <summary>陈述申辩 of the party.</summary>
public sealed record PartyStatement : SupervisionRecord
{
    /// <summary>What it is about: <c>order:{id}</c> or <c>visit:{id}</c>; null for the whole case.</summary>
    public string? Subject { get; init; }

    /// <summary>The party's words.</summary>
    public required string Text { get; init; }

    /// <summary>Evidence.</summary>
    public IReadOnlyList<string> EvidenceIds { get; init; } = [];

    /// <summary>自我纠错: what the party says that it has put right by itself before the check was recorded; empty for any other statement.</summary>
    public IReadOnlyList<SelfCorrection> Corrections { get; init; } = [];

    /// <summary>守法承诺 that it gives, or null for any other statement; it asks for no answer.</summary>
    public PartyPromise? Promise { get; init; }

    /// <summary>When it was made: time of the portal or postmark, UTC.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>How the organ answered, or null.</summary>
    public string? Answer { get; init; }

    /// <summary>When it answered, UTC; null until then.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => Promise is not null ? "Given" : Answer is null ? "Submitted" : "Answered";

    /// <inheritdoc/>
    protected override string? OwnerKey => Answer is null && Promise is null ? $"department:{Department}" : null;
}
