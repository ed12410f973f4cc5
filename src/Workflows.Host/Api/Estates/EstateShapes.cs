using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Estates;

/// <summary>A link of an estate as it was opened: the token is shown here and nowhere else.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="Token">What the firm or committee holds.</param>
/// <param name="Path">Path of its page.</param>
/// <param name="ExpiresAt">Until when it works, UTC.</param>
internal sealed record EstateLinkOpened(string LinkId, string Token, string Path, DateTimeOffset ExpiresAt);

/// <summary>A link of an estate in the list: never its token.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="Name">Firm or committee.</param>
/// <param name="Capacity">物业, 居委会 or 业委会.</param>
/// <param name="Area">Division code of the town.</param>
/// <param name="Places">Estates or areas.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="OpenedBy">Who opened it.</param>
/// <param name="ExpiresAt">Until when it works, UTC.</param>
/// <param name="Revoked">Whether it was revoked.</param>
/// <param name="Works">Whether it still opens anything.</param>
/// <param name="Reports">How many reports came in over it and earlier links of the same holder.</param>
internal sealed record EstateLinkRow(
    string LinkId, string Name, string Capacity, string Area, IReadOnlyList<string> Places, DateTimeOffset OpenedAt, string OpenedBy, DateTimeOffset ExpiresAt, bool Revoked, bool Works, int Reports)
{
    /// <summary>The row of a link.</summary>
    public static EstateLinkRow Of(PartyLink link, DateTimeOffset now) => new(
        link.Id, link.Estate!.Name, link.Estate.Capacity, link.Area!, link.Estate.Places, link.Created.At, link.Created.ActorName, link.ExpiresAt, link.Revoked, !link.Revoked && link.ExpiresAt > now,
        link.Reports.Count);
}

/// <summary>How far a report of an estate is; nothing of what the authorities write among themselves.</summary>
internal enum EstateReportStage
{
    /// <summary>已收到.</summary>
    Received,

    /// <summary>办理中.</summary>
    Handled,

    /// <summary>已办结.</summary>
    Closed,
}

/// <summary>A report of its own.</summary>
/// <param name="Receipt">Number to name when asking about it.</param>
/// <param name="At">When it came in, UTC.</param>
/// <param name="Place">Where, as it was said.</param>
/// <param name="Text">What was said.</param>
/// <param name="Photos">How many photos came with it.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="EndedAt">When it ended, UTC, or null.</param>
/// <param name="Reply">The answer to the reporter, or null.</param>
internal sealed record EstateReport(string Receipt, DateTimeOffset At, string? Place, string Text, int Photos, EstateReportStage Stage, DateTimeOffset? EndedAt, string? Reply);

/// <summary>How a milestone stands for whoever has to report it.</summary>
internal enum EstateMilestoneState
{
    /// <summary>Reported, or reached before the project was registered.</summary>
    Done,

    /// <summary>The next to be reported, and its time has come.</summary>
    Due,

    /// <summary>The next to be reported; its last day has passed.</summary>
    Late,

    /// <summary>Lies ahead.</summary>
    Ahead,
}

/// <summary>A milestone that has to be reported.</summary>
/// <param name="Code">Code.</param>
/// <param name="Title">Title.</param>
/// <param name="PlannedOn">Day on which it is expected.</param>
/// <param name="ReportBy">Last day to report it without a reminder.</param>
/// <param name="State">How it stands.</param>
/// <param name="MayConfirm">Whether it is the one that can be reported now.</param>
/// <param name="ConfirmedAt">When it was reported, UTC, or null.</param>
/// <param name="ConfirmedBy">Who did: 业主, 物业 or 网格.</param>
internal sealed record EstateMilestone(
    string Code, string Title, DateOnly PlannedOn, DateOnly ReportBy, EstateMilestoneState State, bool MayConfirm, DateTimeOffset? ConfirmedAt, string? ConfirmedBy);

/// <summary>A project on which the firm has to report.</summary>
/// <param name="Id">The project.</param>
/// <param name="Name">Name, such as 某小区3幢501室装修.</param>
/// <param name="Address">Address.</param>
/// <param name="Milestones">Its milestones, in order.</param>
internal sealed record EstateDuty(string Id, string Name, string? Address, IReadOnlyList<EstateMilestone> Milestones);

/// <summary>What the holder of a link of an estate sees: itself, its duties, its own reports.</summary>
/// <param name="Name">Firm or committee.</param>
/// <param name="Capacity">物业, 居委会 or 业委会.</param>
/// <param name="Town">Name of the town.</param>
/// <param name="Places">Estates or areas on which it reports.</param>
/// <param name="Today">Today in the district.</param>
/// <param name="ExpiresAt">Until when the link works, UTC.</param>
/// <param name="Duties">Projects on which it has to report, the late ones first.</param>
/// <param name="Reports">Its reports, the newest first.</param>
internal sealed record EstateView(
    string Name, string Capacity, string Town, IReadOnlyList<string> Places, DateOnly Today, DateTimeOffset ExpiresAt, IReadOnlyList<EstateDuty> Duties, IReadOnlyList<EstateReport> Reports);
