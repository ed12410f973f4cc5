namespace Workflows.Supervision.Scenarios;

/// <summary>严重程度.</summary>
public enum Severity
{
    /// <summary>轻微.</summary>
    Minor,

    /// <summary>一般.</summary>
    General,

    /// <summary>严重.</summary>
    Serious,

    /// <summary>重大: immediate.</summary>
    Critical,
}

/// <summary>罚则: the kind of penalty clause decides what may follow (practice.md 1).</summary>
public enum PenaltyClause
{
    /// <summary>直接处罚.</summary>
    Direct,

    /// <summary>警告并责令改正.</summary>
    WarnAndCorrect,

    /// <summary>责令改正、逾期(拒不)改正才处罚: a failed re-inspection goes to 立案 at once, without a second term.</summary>
    CorrectFirst,

    /// <summary>无罚则.</summary>
    NoClause,
}

/// <summary>How these stand on paper.</summary>
public static class SeverityText
{
    /// <summary>Severity in Chinese.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Minor => "轻微",
        Severity.General => "一般",
        Severity.Serious => "严重",
        _ => "重大",
    };

    /// <summary>Kind of penalty clause in Chinese.</summary>
    public static string Of(PenaltyClause clause) => clause switch
    {
        PenaltyClause.Direct => "直接处罚",
        PenaltyClause.WarnAndCorrect => "警告并责令改正",
        PenaltyClause.CorrectFirst => "责令改正、逾期(拒不)改正才处罚",
        _ => "无罚则",
    };
}
