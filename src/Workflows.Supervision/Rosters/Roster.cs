using System.Collections.Immutable;

namespace Workflows.Supervision.Rosters;

/// <summary>Kinds of inspection targets.</summary>
public enum TargetKind
{
    /// <summary>场所: premises at one address.</summary>
    Premises,

    /// <summary>水库.</summary>
    Reservoir,

    /// <summary>项目, such as a renovation.</summary>
    Project,

    /// <summary>活动.</summary>
    Event,

    /// <summary>个人.</summary>
    Person,
}

/// <summary>Whether a target can be inspected.</summary>
public enum TargetStatus
{
    /// <summary>正常.</summary>
    Normal,

    /// <summary>停业.</summary>
    Suspended,

    /// <summary>注销 or 吊销.</summary>
    Deregistered,

    /// <summary>迁出.</summary>
    MovedAway,

    /// <summary>异常: on the list of abnormal operations.</summary>
    Abnormal,
}

/// <summary>An imported credit class; never computed here.</summary>
/// <param name="Class">A, B, C or D.</param>
/// <param name="Source">Who gave it.</param>
/// <param name="AsOf">When.</param>
public sealed record CreditClassification(string Class, string Source, DateOnly AsOf);

/// <summary>A row of the roster of targets (检查对象名录).</summary>
public sealed record RosterTarget
{
    /// <summary>统一社会信用代码, or the id of the premises, project or person.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Kind.</summary>
    public TargetKind Kind { get; init; }

    /// <summary>Address.</summary>
    public string Address { get; init; } = "";

    /// <summary>Division code of the town, nine digits.</summary>
    public required string TownCode { get; init; }

    /// <summary>Division code of the district, six digits.</summary>
    public required string District { get; init; }

    /// <summary>Codes of the departments concerned.</summary>
    public ImmutableArray<string> Departments { get; init; } = [];

    /// <summary>Credit class with source and date; null if not classified.</summary>
    public CreditClassification? Credit { get; init; }

    /// <summary>Risk level of a sector, such as A to D for food; another scale than credit.</summary>
    public string? RiskLevel { get; init; }

    /// <summary>Tags of the scenario, such as 专业电竞酒店.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Whether it can be inspected.</summary>
    public TargetStatus Status { get; init; }

    /// <summary>Date of the last inspection by any department; null if none is known.</summary>
    public DateOnly? LastInspectedOn { get; init; }

    /// <summary>Complaints within 90 days.</summary>
    public int ComplaintsIn90Days { get; init; }

    /// <summary>Date of opening; null if unknown.</summary>
    public DateOnly? OpenedOn { get; init; }

    /// <summary>Last day of a target that exists for a time, such as a market with dates (有效期至); null for all others. After it nothing is drawn or opened on it.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Telephone.</summary>
    public string? Phone { get; init; }

    /// <summary>Legal representative or person in charge.</summary>
    public string? Representative { get; init; }

    /// <summary>Last day on which it may not apply for a licence or registration, or null.</summary>
    public DateOnly? BannedUntil { get; init; }

    /// <summary>What a project is about, for targets of the live register; null for all others.</summary>
    public RegisteredProject? Project { get; init; }

    /// <summary>Whether it stands on no roster and became known by a lead (临时对象); such a target is never drawn.</summary>
    public bool IsAdHoc { get; init; }

    /// <summary>统一社会信用代码 of such a target, once officers have seen it; null for all others, whose <see cref="Id"/> it is.</summary>
    public string? CreditCode { get; init; }

    /// <summary>Changes that take effect on a day to come, the nearest first.</summary>
    public ImmutableArray<PlannedEdit> Planned { get; init; } = [];
}

/// <summary>A project of the live register (登记即入库), such as the renovation of a flat.</summary>
/// <param name="Owner">Owner.</param>
/// <param name="Contractor">Contractor, or null where none is named yet.</param>
/// <param name="CaretakerId">Target id of whoever looks after the place, such as the property firm; null for nobody.</param>
/// <param name="StartsOn">First day of the works.</param>
/// <param name="EndsOn">Last day of the works as planned.</param>
public sealed record RegisteredProject(string Owner, string? Contractor, string? CaretakerId, DateOnly StartsOn, DateOnly EndsOn);

/// <summary>Whether an officer serves.</summary>
public enum OfficerStatus
{
    /// <summary>在岗.</summary>
    Active,

    /// <summary>停止执行职务.</summary>
    Suspended,

    /// <summary>离岗: retired or moved; not drawn.</summary>
    Left,
}

/// <summary>Days of leave, both ends included.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public readonly record struct Leave(DateOnly From, DateOnly To)
{
    /// <summary>True if the officer is away on the day.</summary>
    public bool Covers(DateOnly date) => date >= From && date <= To;
}

/// <summary>A row of the roster of enforcement officers (执法人员名录). Assistants and grid members have no place in it.</summary>
public sealed record RosterOfficer
{
    /// <summary>Stable id.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Code of the home department.</summary>
    public required string Department { get; init; }

    /// <summary>Division code of the town served (县属乡用); null for the whole district.</summary>
    public string? ServingTown { get; init; }

    /// <summary>Number of the enforcement certificate; null if none.</summary>
    public string? CertificateNumber { get; init; }

    /// <summary>Last day on which the certificate is valid.</summary>
    public DateOnly? CertificateValidTo { get; init; }

    /// <summary>Fields of skill.</summary>
    public ImmutableArray<string> Fields { get; init; } = [];

    /// <summary>Ids of targets to which the officer declared a relation.</summary>
    public ImmutableArray<string> DeclaredRelations { get; init; } = [];

    /// <summary>Whether the officer serves.</summary>
    public OfficerStatus Status { get; init; }

    /// <summary>Small group; null if none.</summary>
    public string? Group { get; init; }

    /// <summary>Days of leave.</summary>
    public ImmutableArray<Leave> Leaves { get; init; } = [];

    /// <summary>Most open tasks at a time.</summary>
    public int LargestLoad { get; init; } = 20;

    /// <summary>Changes that take effect on a day to come, the nearest first.</summary>
    public ImmutableArray<PlannedEdit> Planned { get; init; } = [];

    /// <summary>True if the certificate is valid on a day.</summary>
    public bool IsCertifiedOn(DateOnly date) => !string.IsNullOrWhiteSpace(CertificateNumber) && CertificateValidTo >= date;

    /// <summary>True if the officer is on leave on a day.</summary>
    public bool IsOnLeave(DateOnly date) => Leaves.Any(l => l.Covers(date));
}

/// <summary>A department of a district.</summary>
/// <param name="Code">Code, such as CUL.</param>
/// <param name="Name">Full name of the organ, such as 宁波市海曙区文化和广电旅游体育局.</param>
/// <param name="OrganShortName">Organ's short name in document numbers, such as 甬海曙文广旅.</param>
/// <param name="District">Division code of the district, six digits; of the town, nine digits, for a town's own organ.</param>
public sealed record Department(string Code, string Name, string OrganShortName, string District);

/// <summary>A town or sub-district.</summary>
/// <param name="Code">Division code, nine digits.</param>
/// <param name="Name">Name, such as 石碶街道.</param>
/// <param name="District">Division code of the district, six digits.</param>
/// <param name="DistrictName">Name of the district.</param>
/// <param name="Latitude">Degrees north of its seat, WGS 84, for the map; null where the roster does not say.</param>
/// <param name="Longitude">Degrees east of its seat, or null.</param>
public sealed record Town(string Code, string Name, string District, string DistrictName, double? Latitude = null, double? Longitude = null);
