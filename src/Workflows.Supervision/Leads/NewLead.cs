using System.Text.Json.Serialization;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>Who reported.</summary>
/// <param name="Name">Name, or null for somebody unnamed.</param>
/// <param name="Contact">Telephone or the like, or null.</param>
/// <param name="Capacity">As what, such as 居民, 物业; one of <see cref="GridCapacity"/> where the grid reports.</param>
/// <param name="Confidential">Whether the dispatcher alone may know (举报).</param>
public sealed record LeadReporter(string? Name = null, string? Contact = null, string? Capacity = null, bool Confidential = false);

/// <summary>What a machine saw.</summary>
/// <param name="DeviceId">The probe, camera or drone.</param>
/// <param name="Confidence">How sure it is, 0–1; null where it does not say.</param>
/// <param name="Snapshot">Reference of the picture or reading, or null.</param>
/// <param name="SnapshotSha256">Hash of the picture, lower-case hex, or null.</param>
public sealed record LeadSensing(string DeviceId, double? Confidence = null, string? Snapshot = null, string? SnapshotSha256 = null);

/// <summary>A photo that came with a report.</summary>
/// <param name="Sha256">Hash of its file, lower-case hex.</param>
/// <param name="MediaType">Kind of picture, as its content says.</param>
/// <param name="Length">Bytes.</param>
public sealed record LeadPhoto(string Sha256, string MediaType, long Length);

/// <summary>线索 as it comes in.</summary>
public sealed record NewLead
{
    /// <summary>What kind of report (scenarios.md 0.3).</summary>
    public required TriggerKind Trigger { get; init; }

    /// <summary>System or channel from which it comes, such as <c>12345</c>; at most 40 characters.</summary>
    public required string Source { get; init; }

    /// <summary>Its number there, or null; at most 100 characters.</summary>
    public string? ExternalNumber { get; init; }

    /// <summary>Division code of town (nine digits) or district (six).</summary>
    public required string Area { get; init; }

    /// <summary>Code of the grid, or null.</summary>
    public string? Grid { get; init; }

    /// <summary>Address, or null.</summary>
    public string? Address { get; init; }

    /// <summary>Degrees north, or null.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east, or null.</summary>
    public double? Longitude { get; init; }

    /// <summary>Code of the matter in the catalogue, or null where it is not known yet.</summary>
    public string? MatterCode { get; init; }

    /// <summary>What was seen; at most 4,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>Who reported, or null.</summary>
    public LeadReporter? ReportedBy { get; init; }

    /// <summary>When it happened, or null where nobody knows.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>What a machine saw, or null.</summary>
    public LeadSensing? Sensing { get; init; }

    /// <summary>Until when the source wants an answer, or null.</summary>
    public DateTimeOffset? ReplyDueAt { get; init; }

    /// <summary>Target in the roster that it concerns, or null.</summary>
    public string? TargetId { get; init; }

    /// <summary>Photos, or null for none. Only the door that took their files names them: nobody reads a file by naming its hash.</summary>
    [JsonIgnore]
    public IReadOnlyList<LeadPhoto>? Photos { get; init; }

    internal LeadPlace Place() => new(Area, Grid, Address, Latitude, Longitude);

    /// <summary>What is wrong with it, or null.</summary>
    internal RuleViolationException? Problem(ISupervisionSession session)
    {
        static bool TooLong(string? text, int most) => text?.Length > most;

        if (string.IsNullOrWhiteSpace(Text))
        {
            return Refusal.Invalid("field-missing", "text", "缺少“线索内容”，请填写看到了什么。");
        }

        if (string.IsNullOrWhiteSpace(Source) || Source.Length > 40)
        {
            return Refusal.Invalid("field-missing", "source", "“来源”应为1至40个字符，如 12345、网格平台。");
        }

        if (TooLong(Text, 4000) || TooLong(ExternalNumber, 100) || TooLong(Address, 200) || TooLong(Grid, 40) || TooLong(MatterCode, 40) || TooLong(TargetId, 128)
            || TooLong(ReportedBy?.Name, 60) || TooLong(ReportedBy?.Contact, 60) || TooLong(ReportedBy?.Capacity, 40)
            || TooLong(Sensing?.DeviceId, 100) || TooLong(Sensing?.Snapshot, 500) || TooLong(Sensing?.SnapshotSha256, 64))
        {
            return Refusal.Invalid("field-too-long", "", "有字段过长：内容至多4000字，来源单号100字，地址200字，其余见接口说明。");
        }

        if (Trigger is TriggerKind.GridReport or TriggerKind.WhistleBlow && ReportedBy?.Capacity is { } capacity && !GridCapacity.Knows(capacity))
        {
            return Refusal.Invalid("capacity-unknown", "reportedBy.capacity", $"“{capacity}”不是网格人员的身份，请填写{string.Join('、', GridCapacity.All)}之一，或者留空。");
        }

        if (Area is not { Length: 6 or 9 } || !Area.All(char.IsAsciiDigit))
        {
            return Refusal.Invalid("area-invalid", "area", "“区划代码”应为镇街九位或区县六位数字，如 330203001。");
        }

        if (session.Actor.Area is { } own && !Area.StartsWith(own, StringComparison.Ordinal))
        {
            return Refusal.Forbidden("other-area", "area", "只能报送本区域的线索，请由所在区域的人员报送。");
        }

        if (Latitude is null != Longitude is null || Latitude is < 3 or > 54 || Longitude is < 73 or > 136 || double.IsNaN(Latitude ?? 0) || double.IsNaN(Longitude ?? 0))
        {
            return Refusal.Invalid("coordinates-invalid", "latitude", "经纬度应同时填写：纬度3至54，经度73至136；请检查两者是否写反。");
        }

        if (Sensing is { Confidence: < 0 or > 1 })
        {
            return Refusal.Invalid("confidence-invalid", "sensing.confidence", "“置信度”应为0至1之间的数。");
        }

        return OccurredAt is { } at && (at > session.Now + TimeSpan.FromMinutes(5) || at < session.Now - TimeSpan.FromDays(366))
            ? Refusal.Invalid("occurred-at-invalid", "occurredAt", "“发生时间”不能晚于现在，也不能早于一年以前，请核对时区（应带时区偏移）。")
            : null;
    }
}
