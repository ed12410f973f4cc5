using System.Text.Json.Serialization;

namespace Workflows.Supervision.Time;

/// <summary>The legal reasons for which a limit may stand still.</summary>
public enum PauseReason
{
    /// <summary>检验.</summary>
    Inspection,

    /// <summary>检测.</summary>
    Testing,

    /// <summary>检疫.</summary>
    Quarantine,

    /// <summary>技术鉴定 (行政强制法 25).</summary>
    Appraisal,

    /// <summary>听证.</summary>
    Hearing,

    /// <summary>公告.</summary>
    PublicNotice,

    /// <summary>延期审查中: an extension was asked before expiry and is not decided.</summary>
    ExtensionUnderReview,

    /// <summary>不可抗力.</summary>
    ForceMajeure,

    /// <summary>A court or reviewing organ has stayed execution (停止执行).</summary>
    ExecutionStayed,
}

/// <summary>
/// A stretch in which a limit stood still. The days from <see cref="From"/> up to, not including, <see cref="ResumedOn"/>
/// do not count, whatever the unit of the period: the limit is longer by exactly the days (or working days) of that
/// half-open stretch, and a pause ended on the day it began takes nothing away.
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="From">The first day that does not count.</param>
/// <param name="ResumedOn">The first day that counts again; null while the pause lasts.</param>
/// <param name="Basis">Law or decision it rests on, in Chinese; null if the reason says it all.</param>
public sealed record ClockPause(PauseReason Reason, DateOnly From, DateOnly? ResumedOn, string? Basis)
{
    /// <summary>True while the pause lasts.</summary>
    [JsonIgnore]
    public bool IsOpen => ResumedOn is null;

    /// <summary>The reason in Chinese.</summary>
    [JsonIgnore]
    public string ReasonText => Reason switch
    {
        PauseReason.Inspection => "检验",
        PauseReason.Testing => "检测",
        PauseReason.Quarantine => "检疫",
        PauseReason.Appraisal => "技术鉴定",
        PauseReason.Hearing => "听证",
        PauseReason.PublicNotice => "公告",
        PauseReason.ExtensionUnderReview => "延期审查中",
        PauseReason.ForceMajeure => "不可抗力",
        _ => "停止执行",
    };

    internal bool Covers(DateOnly date) => ResumedOn is { } resumed && date >= From && date < resumed;
}
