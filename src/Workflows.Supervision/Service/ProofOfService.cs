using System.Text.Json.Serialization;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Service;

/// <summary>送达方式 (民诉法 88–95).</summary>
public enum ServiceMethod
{
    /// <summary>直接送达: served on the day it is signed for.</summary>
    [JsonStringEnumMemberName("直接送达")]
    Direct,

    /// <summary>留置送达: left at the residence before a witness or camera.</summary>
    [JsonStringEnumMemberName("留置送达")]
    LeaveAtResidence,

    /// <summary>邮寄送达: served on the day of the return slip.</summary>
    [JsonStringEnumMemberName("邮寄送达")]
    Mail,

    /// <summary>电子送达: with signed consent; served when it reaches the party's system.</summary>
    [JsonStringEnumMemberName("电子送达")]
    Electronic,

    /// <summary>委托送达: by another organ; served on the day it is signed for.</summary>
    [JsonStringEnumMemberName("委托送达")]
    Delegated,

    /// <summary>公告送达: served 30 days after publication.</summary>
    [JsonStringEnumMemberName("公告送达")]
    PublicNotice,
}

/// <summary>送达回证.</summary>
public sealed record ProofOfService : SupervisionRecord
{
    /// <summary>Documents served.</summary>
    public required IReadOnlyList<string> DocumentIds { get; init; }

    /// <summary>Way.</summary>
    public required ServiceMethod Method { get; init; }

    /// <summary>Details that the way needs.</summary>
    public required ServiceDetails Details { get; init; }

    /// <summary>Two servers.</summary>
    public required IReadOnlyList<OfficerSignature> Servers { get; init; }

    /// <summary>Day of service: it starts the clocks.</summary>
    public required DateOnly ServedOn { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => "Served";

    /// <inheritdoc/>
    protected override string? KindKey => Method.ToString();

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => ShanghaiTime.StartOf(ServedOn);
}

/// <summary>What a way of service may need; the way decides which members are required.</summary>
public sealed record ServiceDetails
{
    /// <summary>Addressee.</summary>
    public string? Addressee { get; init; }

    /// <summary>Place of service.</summary>
    public string? Place { get; init; }

    /// <summary>Who received it.</summary>
    public string? ReceiverName { get; init; }

    /// <summary>Relation of the receiver to the addressee.</summary>
    public string? ReceiverRelation { get; init; }

    /// <summary>When it was signed for (direct, delegated), or left (residence), UTC.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Why it was refused (residence).</summary>
    public string? RefusalReason { get; init; }

    /// <summary>Witness (residence).</summary>
    public string? WitnessName { get; init; }

    /// <summary>Number of photograph or video (residence).</summary>
    public string? VideoNumber { get; init; }

    /// <summary>Number of the postal item (mail).</summary>
    public string? MailNumber { get; init; }

    /// <summary>Date on the return slip (mail).</summary>
    public DateOnly? ReturnSlipDate { get; init; }

    /// <summary>送达地址确认书 with signed consent (electronic).</summary>
    public string? ConsentDocumentId { get; init; }

    /// <summary>Address in the party's system, such as an e-mail address (electronic).</summary>
    public string? ElectronicAddress { get; init; }

    /// <summary>When it reached the party's system, UTC (electronic).</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>Organ asked to serve (delegated).</summary>
    public string? DelegatedOrgan { get; init; }

    /// <summary>Number of the letter of delegation (delegated).</summary>
    public string? DelegationLetter { get; init; }

    /// <summary>Why no other way is open (public notice).</summary>
    public string? NoOtherWayReason { get; init; }

    /// <summary>Where the notice is published (public notice).</summary>
    public string? NoticePlace { get; init; }

    /// <summary>Day of publication (public notice).</summary>
    public DateOnly? PublishedOn { get; init; }
}
