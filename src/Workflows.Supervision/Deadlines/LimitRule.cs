using System.Collections.Frozen;

namespace Workflows.Supervision.Deadlines;

/// <summary>In what a limit of the law is counted.</summary>
public enum LimitUnit
{
    /// <summary>工作日.</summary>
    WorkingDays,

    /// <summary>自然日.</summary>
    CalendarDays,

    /// <summary>月.</summary>
    Months,

    /// <summary>小时, running through nights and holidays.</summary>
    Hours,

    /// <summary>分钟.</summary>
    Minutes,
}

/// <summary>
/// A time limit that a law, a regulation or a published rule sets. A diagram may set itself a shorter one under the same code, never a longer one or
/// another unit. Internal limits have Chinese names and no entry here.
/// </summary>
/// <param name="Code">Code, such as <c>APL-60</c>: short name of the law and article.</param>
/// <param name="Basis">Where it stands.</param>
/// <param name="Length">Longest length in units, or null where the text gives no number.</param>
/// <param name="Unit">What is counted.</param>
public sealed record LimitRule(string Code, string Basis, int? Length, LimitUnit Unit)
{
    private static readonly FrozenDictionary<string, LimitRule> s_rules = new LimitRule[]
    {
        new("APL-28", "行政处罚法第二十八条", null, LimitUnit.WorkingDays),
        new("APL-54", "行政处罚法第五十四条", null, LimitUnit.WorkingDays),
        new("APL-48", "行政处罚法第四十八条", 3, LimitUnit.WorkingDays),
        new("APL-56", "行政处罚法第五十六条", 7, LimitUnit.WorkingDays),
        new("APL-60", "行政处罚法第六十条", 90, LimitUnit.CalendarDays),
        new("APL-61", "行政处罚法第六十一条", 7, LimitUnit.WorkingDays),
        new("APL-64a", "行政处罚法第六十四条", 5, LimitUnit.WorkingDays),
        new("APL-67", "行政处罚法第六十七条", 15, LimitUnit.CalendarDays),
        new("APL-71", "行政处罚法第七十一条", 2, LimitUnit.WorkingDays),
        new("ACL-19", "行政强制法第十九条", 24, LimitUnit.Hours),
        new("ACL-25", "行政强制法第二十五条", 30, LimitUnit.CalendarDays),
        new("ACL-35", "行政强制法第三十五条", null, LimitUnit.WorkingDays),
        new("ACL-53", "行政强制法第五十三条", 3, LimitUnit.Months),
        new("ACL-54", "行政强制法第五十四条", 10, LimitUnit.WorkingDays),
        new("REC-20", "行政复议法第二十条", 60, LimitUnit.CalendarDays),
        new("LIT-45", "行政诉讼法第四十五条", 15, LimitUnit.CalendarDays),
        new("LIT-46", "行政诉讼法第四十六条", 6, LimitUnit.Months),
        new("SRV-95", "民事诉讼法第九十五条", 30, LimitUnit.CalendarDays),
        new("INS-PUB", "国发〔2019〕5号", 20, LimitUnit.WorkingDays),
        new("INS-PUBF", "食品生产经营监督检查管理办法第三十九条", 20, LimitUnit.WorkingDays),
        new("INS-FNEW", "浙江省食品小作坊小餐饮店小食杂店和食品摊贩管理规定第十七条", 1, LimitUnit.Months),
        new("PEN-PUB", "市场监督管理行政处罚信息公示规定第九条", 20, LimitUnit.WorkingDays),
        new("CPL-7", "市场监督管理投诉举报处理办法第十四条", 7, LimitUnit.WorkingDays),
        new("CPL-45", "市场监督管理投诉举报处理办法第二十一条", 45, LimitUnit.WorkingDays),
        new("CPL-R5", "市场监督管理投诉举报处理办法第三十一条", 5, LimitUnit.WorkingDays),
        new("CPL-15", "市场监督管理行政处罚程序规定第十八条", 15, LimitUnit.WorkingDays),
        new("XF-5", "信访工作条例第二十三条", 5, LimitUnit.WorkingDays),
        new("XF-15", "信访工作条例第二十三条", 15, LimitUnit.CalendarDays),
        new("XF-30", "信访工作条例第三十五条", 30, LimitUnit.CalendarDays),
        new("XF-60", "信访工作条例第三十四条", 60, LimitUnit.CalendarDays),
        new("TRF-3", "行政执法机关移送涉嫌犯罪案件的规定第五条", 3, LimitUnit.CalendarDays),
        new("TRF-24H", "行政执法机关移送涉嫌犯罪案件的规定第五条", 24, LimitUnit.Hours),
        new("TRF-P3", "行政执法机关移送涉嫌犯罪案件的规定第八条", 3, LimitUnit.CalendarDays),
        new("TRF-R3", "行政执法机关移送涉嫌犯罪案件的规定第九条", 3, LimitUnit.CalendarDays),
        new("FSL-88", "食品安全法第八十八条", 7, LimitUnit.WorkingDays),
        new("CASE-FILE", "行政处罚法第五十四条（及时立案）", null, LimitUnit.WorkingDays),
    }.ToFrozenDictionary(rule => rule.Code, StringComparer.Ordinal);

    /// <summary>All codes in ordinal order.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. s_rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The rule with a code, or null.</summary>
    public static LimitRule? Find(string code) => s_rules.GetValueOrDefault(code);

    /// <summary>The unit in Chinese.</summary>
    public static string NameOf(LimitUnit unit) => unit switch
    {
        LimitUnit.WorkingDays => "工作日",
        LimitUnit.CalendarDays => "自然日",
        LimitUnit.Months => "个月",
        LimitUnit.Hours => "小时",
        _ => "分钟",
    };
}
