namespace Workflows.Supervision.Exchange;

/// <summary>A field that a column may stand for.</summary>
/// <param name="Name">Its name, in camel case.</param>
/// <param name="Meaning">What it holds.</param>
/// <param name="Needed">Whether a sheet that comes in must have it.</param>
/// <param name="Blank">Whether a cell of a needed column may be empty all the same.</param>
/// <param name="Shared">Whether it says the same on all lines of a number and may stand on one alone.</param>
/// <param name="Read">Whether an import reads it; what only goes out does not make a record another one.</param>
/// <param name="Personal">Whether it tells who reported: compared by its hash, never kept with the entry.</param>
public sealed record ExchangeField(string Name, string Meaning, bool Needed = false, bool Blank = false, bool Shared = false, bool Read = true, bool Personal = false);

/// <summary>The fields of each kind: the part of a mapping that is ours. Lists in a cell are parted by 、 or a semicolon, times are those of Beijing.</summary>
public static class ExchangeFields
{
    private static readonly ExchangeField Number = new("number", "任务编号（本平台）", Needed: true);
    private static readonly ExchangeField PlatformNumber = new("platformNumber", "平台编号", Shared: true);

    private static readonly ExchangeField[] Target =
    [
        new("targetName", "检查对象", Read: false), new("creditCode", "统一社会信用代码", Read: false), new("address", "地址", Read: false), new("area", "区划代码", Read: false),
    ];

    private static readonly ExchangeField[] Home =
    [
        new("consentPerson", "同意进入住宅的人", Shared: true), new("consentCapacity", "同意人身份", Shared: true), new("entryGround", "依法进入住宅的依据", Shared: true),
        new("noticeLeft", "未同意入户的，是否已留置告知书：是、否", Shared: true),
    ];

    private static readonly Dictionary<ExchangeKind, IReadOnlyList<ExchangeField>> Known = new()
    {
        [ExchangeKind.Inspections] =
        [
            Number, PlatformNumber, .. Target, new("visitDay", "计划检查日期", Read: false), new("department", "部门代码", Needed: true), new("organ", "检查机关", Read: false),
            new("itemCode", "事项编码", Needed: true), new("itemTitle", "检查事项", Read: false), new("guidance", "检查要点", Read: false), new("basis", "依据", Read: false),
            new("answer", "检查结果：符合、不符合、不适用、未检查", Needed: true, Blank: true), new("variant", "情形"), new("facts", "问题描述"), new("evidence", "证据编号"),
            new("violatedOn", "违法行为发生日"), new("fixedAt", "当场改正时间"), new("fixedBefore", "改正前证据"), new("fixedAfter", "改正后证据"), new("fixedHow", "改正情况"),
            new("factsFixedBy", "固定事实的部门"), new("officers", "执法证号"), new("absence", "部门缺席原因"),
            new("arrivedAt", "到场时间", Shared: true), new("endedAt", "结束时间", Shared: true), new("actionCode", "行政行为码", Shared: true),
            new("recusalAnswer", "是否申请回避", Shared: true), new("partyName", "在场人员", Shared: true), new("partyCapacity", "在场人员身份", Shared: true),
            new("partyStatement", "当事人意见", Shared: true), new("partySignedAt", "当事人签名时间", Shared: true), new("partyRefusal", "拒签原因", Shared: true),
            new("witness", "见证人", Shared: true), new("video", "录像编号", Shared: true), .. Home,
        ],
        [ExchangeKind.Reinspections] =
        [
            Number, PlatformNumber, .. Target, new("department", "部门代码", Read: false), new("organ", "责令机关", Read: false), new("orderNumber", "责令改正文号", Needed: true),
            new("ordinal", "序号", Needed: true), new("requirement", "改正要求", Read: false), new("due", "改正期限", Read: false),
            new("opinion", "复查结果：已改正、部分改正、未改正", Needed: true, Blank: true), new("found", "复查情况", Needed: true, Blank: true), new("evidence", "证据编号"), new("officers", "执法证号"),
            new("method", "复查方式：现场、书面、视频", Shared: true), new("partyView", "当事人意见", Shared: true), .. Home,
        ],
        [ExchangeKind.Filings] =
        [
            Number, PlatformNumber, .. Target, new("department", "部门代码", Read: false), new("organ", "办案机关", Read: false), new("reason", "立案理由", Read: false), new("filedOn", "立案日期", Read: false), new("decideBy", "办案期限", Read: false),
            new("procedure", "办案程序", Read: false), new("filingNumber", "案号", Needed: true), new("outcome", "办理结果", Needed: true),
        ],
        [ExchangeKind.Leads] =
        [
            new("number", "工单编号", Needed: true), new("area", "区划代码", Needed: true), new("trigger", "来源类型，如许可或者登记；不填为平台的类型"), new("grid", "网格"), new("address", "地址"), new("matterCode", "事项编码"), new("text", "诉求内容", Needed: true),
            new("reporterName", "来电人", Personal: true), new("reporterContact", "联系电话", Personal: true), new("confidential", "是否保密：是、否"), new("occurredAt", "发生时间"), new("receivedAt", "来电时间", Read: false),
            new("replyDueAt", "答复期限", Needed: true), new("targetId", "监管对象编号"), new("state", "办理状态", Read: false), new("department", "承办部门", Read: false), new("outcome", "办理结果", Read: false), new("reply", "答复内容", Read: false),
            new("closedAt", "办结时间", Read: false), new("late", "是否超期：是、否", Read: false),
        ],
        [ExchangeKind.Receipts] =
        [
            new("number", "工单编号", Needed: true), new("receiptNumber", "回执编号", Needed: true), new("receiptAt", "回执时间", Needed: true),
        ],
        [ExchangeKind.Plans] =
        [
            new("number", "计划编号", Needed: true), new("title", "计划名称", Needed: true), new("year", "年度", Needed: true), new("annualCode", "年度事项编号", Needed: true),
            new("annualTitle", "年度事项", Needed: true), new("scenario", "场景", Needed: true), new("area", "区划代码"), new("leadDepartment", "牵头部门代码", Needed: true),
            new("departments", "参与部门代码", Needed: true), new("drawCount", "抽取数", Needed: true), new("alternateCount", "备选数"), new("visitFrom", "检查起始日", Needed: true),
            new("visitTo", "检查截止日", Needed: true), new("surprise", "是否突击：是、否"), new("state", "状态", Read: false), new("cases", "案件编号", Read: false),
        ],
        [ExchangeKind.Findings] =
        [
            new("number", "案件编号"), .. Target, new("itemCode", "事项编码"), new("itemTitle", "检查事项"), new("department", "监管部门"), new("penaltyDepartment", "处罚部门"), new("facts", "问题描述"),
            new("violatedOn", "违法行为发生日"), new("basis", "违反依据"), new("disposition", "处理"), new("evidence", "证据编号"),
        ],
        [ExchangeKind.Documents] =
        [
            new("number", "案件编号"), .. Target, new("documentNumber", "文号"), new("title", "文书名称"), new("organ", "制作机关"), new("issuedOn", "制作日期"), new("sha256", "文件摘要"),
            new("verificationCode", "验证码"),
        ],
        [ExchangeKind.Results] =
        [
            new("number", "案件编号"), .. Target, new("scenario", "场景"), new("stage", "阶段"), new("outcome", "检查结果"), new("closureReason", "办结原因"), new("publicResult", "公示结果"),
            new("checkedAt", "检查结束时间"), new("closedAt", "办结时间"),
        ],
    };

    /// <summary>Fields of a kind.</summary>
    public static IReadOnlyList<ExchangeField> Of(ExchangeKind kind) => Known[kind];

    /// <summary>Whether sheets of a kind come in.</summary>
    public static bool ComeIn(ExchangeKind kind) => Known[kind].Any(field => field.Needed);
}
