using System.Text.Json.Serialization;

namespace Workflows.Supervision.Scenarios;

/// <summary>严重程度.</summary>
public enum Severity
{
    /// <summary>轻微.</summary>
    [JsonStringEnumMemberName("轻微")]
    Minor,

    /// <summary>一般.</summary>
    [JsonStringEnumMemberName("一般")]
    General,

    /// <summary>严重.</summary>
    [JsonStringEnumMemberName("严重")]
    Serious,

    /// <summary>重大: immediate.</summary>
    [JsonStringEnumMemberName("重大")]
    Critical,
}

/// <summary>罚则: the kind of penalty clause decides what may follow (practice.md 1).</summary>
public enum PenaltyClause
{
    /// <summary>直接处罚.</summary>
    [JsonStringEnumMemberName("直接处罚")]
    Direct,

    /// <summary>警告并责令改正.</summary>
    [JsonStringEnumMemberName("警告并责令改正")]
    WarningAndOrder,

    /// <summary>责令改正、逾期(拒不)改正才处罚: a failed re-inspection goes to 立案 at once, without a second term.</summary>
    [JsonStringEnumMemberName("责令改正、逾期(拒不)改正才处罚")]
    OnlyIfNotRectified,

    /// <summary>无罚则.</summary>
    [JsonStringEnumMemberName("无罚则")]
    None,
}
