using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Messages;

/// <summary>Why a message reached a person.</summary>
/// <param name="Address">Address of the message that stands for the person, such as <c>department:FIR/role:department-head</c>.</param>
/// <param name="Capacity">In which capacity, as people read it, such as 市消防救援支队的单位负责人.</param>
/// <param name="ActivityId">Activity of the diagram that sent it, or null.</param>
public sealed record MessageReason(string Address, string Capacity, string? ActivityId);

/// <summary>One matter that a message lists, such as a step in the morning's digest.</summary>
/// <param name="Section">What the list calls it: 已超期, 今日到期 or 新收.</param>
/// <param name="Title">Title as people read it.</param>
/// <param name="Due">When it is due, UTC, or null.</param>
/// <param name="Link">Path on this service.</param>
public sealed record MessageLine(string Section, string Title, DateTimeOffset? Due, string Link);

/// <summary>站内消息: a message in the list of one account, with the reasons why it is there. Its text is seen by that account alone.</summary>
public sealed record PersonalMessage : SupervisionRecord
{
    /// <summary>State of a message that was not opened.</summary>
    public const string Unread = "Unread";

    /// <summary>State of a message that was opened.</summary>
    public const string Read = "Read";

    /// <summary>Id of the account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Kind, such as 黄牌.</summary>
    public required string Kind { get; init; }

    /// <summary>Text as rendered from the template of its kind.</summary>
    public required string Text { get; init; }

    /// <summary>Number of the matter, or null.</summary>
    public string? Number { get; init; }

    /// <summary>Last day (Asia/Shanghai), or null.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Path on this service at which the matter is seen, or null.</summary>
    public string? Link { get; init; }

    /// <summary>Whether it passes quiet hours.</summary>
    public bool Urgent { get; init; }

    /// <summary>Why it is here; one or more.</summary>
    public required IReadOnlyList<MessageReason> Reasons { get; init; }

    /// <summary>What it lists; empty for a message on one matter.</summary>
    public IReadOnlyList<MessageLine> Lines { get; init; } = [];

    /// <summary>When it was opened, UTC, or null.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => ReadAt is null ? Unread : Read;

    /// <inheritdoc/>
    protected override string? KindKey => Kind.Length <= 60 ? Kind : Kind[..60];

    /// <inheritdoc/>
    protected override string? OwnerKey => AccountId;
}
