using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Publication;

/// <summary>State of a publication.</summary>
public enum PublicationState
{
    /// <summary>Waits for 公示审核.</summary>
    Prepared,

    /// <summary>Public.</summary>
    Published,

    /// <summary>Withdrawn, with the reason public.</summary>
    Withdrawn,

    /// <summary>Not published by law or by decision of the reviewer.</summary>
    Withheld,
}

/// <summary>更新公示: what a row said until it was changed.</summary>
/// <param name="At">When it was changed, UTC.</param>
/// <param name="Result">Result until then.</param>
/// <param name="Handling">Handling until then.</param>
/// <param name="Cause">What changed it.</param>
public sealed record PublicationChange(DateTimeOffset At, string Result, string Handling, string Cause);

/// <summary>抽查结果公示: one row of the table.</summary>
public sealed record PublicationEntry : SupervisionRecord
{
    /// <summary>Number of the plan or task.</summary>
    public required string TaskNumber { get; init; }

    /// <summary>Matter of the check.</summary>
    public required string Matter { get; init; }

    /// <summary>Organs that checked.</summary>
    public required IReadOnlyList<string> Organs { get; init; }

    /// <summary>Codes of the departments that checked; empty in rows that were prepared before they were kept.</summary>
    public IReadOnlyList<string> Departments { get; init; } = [];

    /// <summary>Name of the target as shown: masked for individuals.</summary>
    public required string TargetName { get; init; }

    /// <summary>Unified social credit code; null for individuals.</summary>
    public string? CreditCode { get; init; }

    /// <summary>District.</summary>
    public required string District { get; init; }

    /// <summary>Day of the check.</summary>
    public required DateOnly CheckedOn { get; init; }

    /// <summary>Result, one of <see cref="PublicResult"/>.</summary>
    public required string Result { get; init; }

    /// <summary>Whether the diagram named the result instead of leaving it to what the visits found; it is then said anew by nobody.</summary>
    public bool IsResultChosen { get; init; }

    /// <summary>How it was dealt with, such as 已改正.</summary>
    public required string Handling { get; init; }

    /// <summary>Last day for publishing: 20 working days from the end of the task.</summary>
    public required DateOnly PublishBy { get; init; }

    /// <summary>Review, or null.</summary>
    public Decision? Review { get; init; }

    /// <summary>When it was published, UTC.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>What it said before, oldest first: a public row that changes keeps its history.</summary>
    public IReadOnlyList<PublicationChange> Changes { get; init; } = [];

    /// <summary>Withdrawal, or null.</summary>
    public Decision? Withdrawal { get; init; }

    /// <summary>State.</summary>
    public required PublicationState State { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => Result;

    /// <inheritdoc/>
    protected override string? OwnerKey => State == PublicationState.Prepared ? $"role:{Role.PublicationReviewer}" : null;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => State == PublicationState.Prepared ? ShanghaiTime.PassedAt(PublishBy) : null;
}

/// <summary>The set of result codes (documents.md 10).</summary>
public static class PublicResult
{
    /// <summary>未发现问题.</summary>
    public const string NoProblem = "未发现问题";

    /// <summary>未按规定公示应当公示的信息.</summary>
    public const string NotDisclosed = "未按规定公示应当公示的信息";

    /// <summary>公示信息隐瞒真实情况、弄虚作假.</summary>
    public const string FalseDisclosure = "公示信息隐瞒真实情况、弄虚作假";

    /// <summary>通过登记的住所（经营场所）无法联系.</summary>
    public const string NotFound = "通过登记的住所（经营场所）无法联系";

    /// <summary>发现问题已责令改正.</summary>
    public const string OrderedToRectify = "发现问题已责令改正";

    /// <summary>不配合检查情节严重.</summary>
    public const string Uncooperative = "不配合检查情节严重";

    /// <summary>未发现开展本次抽查涉及的经营活动.</summary>
    public const string NoSuchActivity = "未发现开展本次抽查涉及的经营活动";

    /// <summary>发现问题待后续处理.</summary>
    public const string ToBeHandled = "发现问题待后续处理";

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<string> All { get; } =
        [NoProblem, NotDisclosed, FalseDisclosure, NotFound, OrderedToRectify, Uncooperative, NoSuchActivity, ToBeHandled];
}
