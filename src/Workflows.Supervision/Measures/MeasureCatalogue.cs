namespace Workflows.Supervision.Measures;

/// <summary>All measures with their definitions. None of them ranks units or people by number of checks, cases or fines.</summary>
public static class MeasureCatalogue
{
    private const string VisitPeriod = "以上门检查结束日（北京时间）计入期间；上门安排建立于期间首日一年以前的不计。";
    private const string LeadPeriod = "以线索办结日（北京时间）计入期间；受理于期间首日一年以前的不计。";

    private const string FilingPeriod = "以办理结果回填日（北京时间）计入期间；立案日不计，办结日计。";

    /// <summary>The measures in the order in which they are shown.</summary>
    public static IReadOnlyList<MeasureDefinition> All { get; } =
    [
        new("joint-visits", "综合查一次次数", MeasureForm.Sum, "次", "两个以上部门到场、已形成检查笔录的上门检查次数", null, VisitPeriod),
        new("avoided-visits", "减少上门次数", MeasureForm.Sum, "次", "每次综合查一次到场部门数减一之和，加上采纳一同上门建议后实际同日上门并形成笔录的检查数减一之和（每次一同上门计一次）", null, VisitPeriod + "一同上门以实际上门日计入；建议提出于期间首日一年以前的不计。"),
        new("double-random-draws", "双随机抽取次数", MeasureForm.Sum, "次", "已完成的对象和人员随机抽取次数（作废重抽的以最后一次计）", null, "以抽取日（北京时间）计入期间；不论计划何时建立。"),
        new("double-random-targets", "双随机抽取对象数", MeasureForm.Sum, "家", "上述抽取抽中的检查对象数之和（不含候补）", null, "以抽取日（北京时间）计入期间；不论计划何时建立。"),
        new("cross-department-rate", "跨部门监管率", MeasureForm.Rate, "比例", "两个以上部门到场的上门检查次数", "已形成检查笔录的上门检查次数", VisitPeriod),
        new("on-time-rate", "按期办结率", MeasureForm.Rate, "比例", "在期限内完成的办理时限数", "期限已完成或者已届满的办理时限数（因流程变更失效的不计）", "以时限的最后期限日（北京时间）计入期间。"),
        new("participation", "执法人员参与率", MeasureForm.Rate, "比例", "期间内至少一次到场检查的在册执法人员数", "统计时在册、在岗的执法人员数", VisitPeriod),
        new("in-grid-closure", "网格内办结率", MeasureForm.Rate, "比例", "由网格自行处置办结的线索数", "办结的线索数（并件、移送的不计）", LeadPeriod),
        new("lead-time", "办理时长", MeasureForm.Mean, "工作日", "案件自立项次日至办结日的工作日数之和", "办结的案件数（撤销的不计）", "以案件办结日（北京时间）计入期间；立项日不计，办结日计。"),
        new("split-ways-rate", "繁简分流率", MeasureForm.Rate, "比例", "按简易程序或者快速办理办结的立案数", "办结的立案数（未设办案程序的场景和依法封存的不计）", FilingPeriod),
        new("case-days-simple", "办案时长（简易）", MeasureForm.Mean, "工作日", "按简易程序办结的立案自立案次日至办结日的工作日数之和", "按简易程序办结的立案数", FilingPeriod),
        new("case-days-fast", "办案时长（快速）", MeasureForm.Mean, "工作日", "按快速办理办结的立案自立案次日至办结日的工作日数之和", "按快速办理办结的立案数", FilingPeriod),
        new("case-days-ordinary", "办案时长（普通）", MeasureForm.Mean, "工作日", "按普通程序办结的立案自立案次日至办结日的工作日数之和", "按普通程序办结的立案数", FilingPeriod),
        new("field-coverage", "领域覆盖率", MeasureForm.Rate, "比例", "期间内至少有一条线索或者一个检查发现的执法领域数", "管执清单在期末日有效事项所属的执法领域数", "线索以受理日、发现以记录日计入期间。"),
        new("dormant-matters", "睡眠事项", MeasureForm.Sum, "项", "管执清单在期末日有效、期间内没有线索也没有检查发现的事项数", null, "线索以受理日、发现以记录日计入期间。"),
        new("delegated-use-rate", "赋权事项使用率", MeasureForm.Rate, "比例", "期间内由该镇街办结过线索的赋权事项数", "赋权清单在期末日有效的赋权事项数（镇街、事项各一项）", LeadPeriod),
        new("share-service", "服务占比（七）", MeasureForm.Rate, "比例", "以服务方式办结的线索数", "按服务、管理、执法分类办结的线索数", LeadPeriod),
        new("share-management", "管理占比（二）", MeasureForm.Rate, "比例", "以管理方式办结的线索数", "按服务、管理、执法分类办结的线索数", LeadPeriod),
        new("share-enforcement", "执法占比（一）", MeasureForm.Rate, "比例", "以执法方式办结的线索数", "按服务、管理、执法分类办结的线索数", LeadPeriod),
        new("problem-rate", "问题发现率", MeasureForm.Rate, "比例", "发现一个以上问题的上门检查次数", "已形成检查笔录的上门检查次数", VisitPeriod),
        new("rectified-on-time", "按期整改率", MeasureForm.Rate, "比例", "在第一次整改期限（含准予的延期）最后一日以前提交证明并经核实已整改的事项数", "整改期限届满的责令改正事项数（撤销、终结的不计）", "以整改期限最后一日计入期间。"),
        new("published-on-time", "结果公示率", MeasureForm.Rate, "比例", "在检查任务结束之日起二十个工作日内公示的结果数", "公示期限届满的检查结果数（依法不予公示的不计）", "以公示期限最后一日计入期间。"),
        new("scan-rate", "亮码检查率", MeasureForm.Rate, "比例", "当事人扫过检查码的上门检查次数", "已形成检查笔录的上门检查次数", VisitPeriod),
        new("off-site-checks", "非现场检查次数", MeasureForm.Sum, "次", "法制审核和技术审核均已通过、可以作为证据使用的电子技术监控记录数（转入他案的副本不重复计；不计入任何上门检查指标）", null, "以两项审核中较晚一项的完成日（北京时间）计入期间；记录上传于期间首日一年以前的不计。"),
        new("checks-year-on-year", "检查总量同比", MeasureForm.Growth, "比例", "本期已形成检查笔录的上门检查次数", "上年同期已形成检查笔录的上门检查次数", VisitPeriod + "上年同期为起止日各减一年。"),
    ];

    /// <summary>The definition with this code, or null.</summary>
    public static MeasureDefinition? Find(string code) => All.FirstOrDefault(d => d.Code == code);
}
