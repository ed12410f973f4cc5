using System.Text.Json.Nodes;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;

namespace Workflows.Supervision.Documents;

/// <summary>A field that a form cannot do without.</summary>
/// <param name="Path">Path in the model; <c>[]</c> stands for each element of a list that must not be empty.</param>
/// <param name="Name">Its name in Chinese.</param>
/// <param name="When">When it is required; null for always.</param>
public sealed record RequiredField(string Path, string Name, Func<JsonObject, bool>? When = null);

/// <summary>A form of the catalogue (documents.md 12): who prepares, approves and seals it, and what it must hold.</summary>
/// <param name="Key">Key, also the name of its template and of its entry in the scenario.</param>
/// <param name="Title">Title.</param>
/// <param name="Subject">Kind of record of which it speaks.</param>
/// <param name="PreparedBy">Who prepares it.</param>
/// <param name="ApprovedBy">Who approves it, or null.</param>
/// <param name="Sealed">Whether it bears the organ's seal.</param>
/// <param name="ToParty">Whether it is served on the party, so that it prints party and remedies.</param>
/// <param name="Required">Fields it cannot do without, besides those of every document.</param>
public sealed record FormDefinition(
    string Key, string Title, DocumentSubject Subject, string PreparedBy, string? ApprovedBy, bool Sealed, bool ToParty, IReadOnlyList<RequiredField> Required)
{
    // Before the visit nobody may have seen the party's papers; what says that nobody could find out who it is cannot name it.
    private static readonly string[] s_beforeVisit = ["inspection-task", "inspection-approval", "inspection-notice"];
    private static readonly string[] s_withoutParty = ["inspection-record", "refusal-record", "not-found-certificate"];

    // A danger is stopped whoever is responsible for it; the paper says how far that is known.
    private static readonly string[] s_onTheSpot = ["stop-notice", "lift-notice"];

    /// <summary>What the form prints in the place of the party's number, such as 待现场核实; null where it has to print the number.</summary>
    /// <param name="identity">How far the party is known.</param>
    public string? MarkOf(PartyIdentity? identity) => identity switch
    {
        PartyIdentity.Pending when s_beforeVisit.Concat(s_onTheSpot).Contains(Key, StringComparer.Ordinal) => EnumNames<PartyIdentity>.NameOf(PartyIdentity.Pending),
        PartyIdentity.Unknown when s_beforeVisit.Concat(s_withoutParty).Concat(s_onTheSpot).Contains(Key, StringComparer.Ordinal) => EnumNames<PartyIdentity>.NameOf(PartyIdentity.Unknown),
        _ => null,
    };
}

/// <summary>Kind of record of which a document speaks; its id is the subject of the issue.</summary>
public enum DocumentSubject
{
    /// <summary>A plan.</summary>
    Plan,

    /// <summary>A case.</summary>
    Case,

    /// <summary>A visit.</summary>
    Visit,

    /// <summary>The samples of a visit.</summary>
    Sampling,

    /// <summary>An order.</summary>
    Order,

    /// <summary>A package of orders.</summary>
    Package,

    /// <summary>An application for more time.</summary>
    Extension,

    /// <summary>A decision of leniency.</summary>
    Leniency,

    /// <summary>A stop measure.</summary>
    Measure,

    /// <summary>A re-inspection.</summary>
    Reinspection,

    /// <summary>A supervision order.</summary>
    Supervision,

    /// <summary>A card.</summary>
    Card,

    /// <summary>An interview.</summary>
    Interview,

    /// <summary>A case filing.</summary>
    Filing,

    /// <summary>A proof of service.</summary>
    Service,

    /// <summary>A row of the publication.</summary>
    Publication,

    /// <summary>A transfer of the matter to another organ.</summary>
    Transfer,

    /// <summary>A consultation of units.</summary>
    Consultation,

    /// <summary>A promise of the party.</summary>
    Promise,

    /// <summary>An issued document that is corrected.</summary>
    Document,
}

/// <summary>The forms that the service issues.</summary>
public static class FormCatalogue
{
    private static readonly RequiredField[] Common =
    [
        new("document.title", "文书名称"), new("organ.name", "机关名称"), new("organ.contact", "联系人"), new("organ.phone", "联系电话"), new("organ.address", "机关地址"),
        new("matter.taskNumber", "任务编号"), new("matter.scenario", "场景名称"),
    ];

    private static readonly RequiredField[] Party =
    [
        new("party.name", "当事人名称"), new("party.address", "当事人地址"),
        new("party.creditCode", "统一社会信用代码", m => !IsTrue(m, "party.isIndividual") && !IsMarked(m)),
        new("party.representative", "法定代表人（负责人）", m => !IsTrue(m, "party.isIndividual") && !IsMarked(m)),
        new("party.identityNumber", "身份证号", m => IsTrue(m, "party.isIndividual") && !IsMarked(m)),
    ];

    private static readonly RequiredField[] Remedies = [new("remedies.reconsideration", "行政复议机关"), new("remedies.court", "行政诉讼管辖法院")];

    private static readonly Dictionary<string, FormDefinition> Forms = new FormDefinition[]
    {
        Form("inspection-plan", "双随机抽查工作方案", DocumentSubject.Plan, "牵头部门", "各机关负责人", false, "plan.purpose|目的,plan.bases[]|依据,plan.annualItem|年度计划事项,plan.lead.organ|牵头机关,plan.departments[].organ|参与机关,plan.departments[].duty|职责分工,plan.visitFrom|开始日期,plan.visitTo|结束日期,plan.items[].title|检查事项,plan.draw.drawCount|抽取数,recipients[]|主送单位"),
        Form("inspection-task", "检查任务通知", DocumentSubject.Visit, "调度员", null, false, "task.from|开始日期,task.to|结束日期,task.sections[].organ|检查机关,task.sections[].officers[].name|检查人员,task.sections[].items[]|检查事项,task.equipment[]|装备,recipients[]|主送单位"),
        Form("inspection-approval", "行政检查审批表", DocumentSubject.Visit, "执法人员", "部门负责人", false, "check.bases[]|检查依据,check.source|任务来源,check.from|检查日期,check.sections[].organ|检查机关,check.sections[].officers[].certificateNumber|执法证号,check.visitOfYear|年度第几次,check.proposal.opinion|承办意见,check.proposal.name|承办人,check.approval.opinion|审批意见,check.approval.name|审批人"),
        Form("inspection-notice", "行政检查通知书", DocumentSubject.Visit, "执法人员", "部门负责人", true, "check.bases[]|检查依据,check.source|任务来源,check.from|检查日期,check.sections[].organ|检查机关,check.sections[].items[]|检查事项,check.sections[].officers[].name|检查人员,check.sections[].officers[].certificateNumber|执法证号,check.visitOfYear|年度第几次,check.materials[]|需准备的材料,organ.supervisionPhone|监督电话"),
        Form("inspection-record", "现场检查笔录", DocumentSubject.Visit, "记录人", null, true, "record.matter|案由,record.startedAt|开始时间,record.endedAt|结束时间,record.place|地点,record.person.name|现场负责人,record.person.capacity|现场负责人职务,record.recorder|记录人,record.certificatesShownAt|出示证件时间,record.actionCode|行政行为码,record.recusalAnswer|是否申请回避,record.sections[].organ|检查机关,record.sections[].items[].answer|检查情况,record.partyStatement|当事人意见"),
        Form("inspection-result", "检查结果告知书", DocumentSubject.Visit, "执法人员", null, true, "result.checkedOn|检查日期,result.organs[]|检查机关,result.sections[].organ|检查机关,result.outcome|检查结果,result.next|后续处理,organ.supervisionPhone|监督电话"),
        Form("refusal-record", "拒绝检查记录", DocumentSubject.Visit, "执法人员", null, true, "refusal.at|时间,refusal.place|地点,refusal.officers[].name|执法人员,refusal.person.name|在场人员,refusal.person.capacity|在场人员身份,refusal.facts|拒绝检查的情形,refusal.reason|理由,refusal.afterExplained|说明法律后的表现,refusal.videoNumber|录像编号,refusal.witness|见证人,refusal.next|后续处理"),
        Form("not-found-certificate", "无法联系情况证明", DocumentSubject.Visit, "执法人员", "部门负责人", true, "notFound.attempts[].at|核实时间,notFound.attempts[].by|核实人,notFound.attempts[].note|现场情况,notFound.grid.by|网格核实人,notFound.grid.text|网格核实意见,notFound.grid.on|网格核实日期,notFound.conclusion|结论"),
        Form("service-address", "送达地址确认书", DocumentSubject.Visit, "执法人员", null, true, "address.postal|邮寄地址,address.receiver|收件人,address.phone|联系电话,address.officers[].name|执法人员"),
        Form("sampling-record", "抽样单", DocumentSubject.Sampling, "抽样人员", null, true, "sampling.takenAt|抽样时间,sampling.place|抽样地点,sampling.officers[].name|抽样人员,sampling.officers[].certificateNumber|执法证号,sampling.samples[].number|抽样单编号,sampling.samples[].product|样品名称,sampling.samples[].batch|批号或者生产日期,sampling.samples[].quantity|抽样数量,sampling.samples[].laboratory|检验机构"),
        Form("test-result-notice", "检验结果告知书", DocumentSubject.Sampling, "执法人员", "部门负责人", true, "sampling.takenAt|抽样时间,sampling.failed[].product|样品名称,sampling.failed[].batch|批号或者生产日期,sampling.failed[].reportNumber|报告编号,sampling.failed[].reportedOn|报告日期,sampling.failed[].detail|检验结果,sampling.failed[].laboratory|检验机构,sampling.retest.days|复检申请期限,sampling.retest.basis|复检依据"),
        Form("rectification-order", "责令改正通知书", DocumentSubject.Order, "执法人员", "部门负责人", true, "order.foundAt|检查时间,order.place|检查地点,order.officers[].name|执法人员,order.officers[].certificateNumber|执法证号,order.findings[].facts|违法事实,order.findings[].violates[]|违反条款,order.orderedBy[]|责令改正依据,order.items[].requirement|改正内容及要求,order.items[].proof|证明方式,order.items[].due|改正期限,order.submission[]|报送方式", remedies: true),
        Form("rectification-package", "综合查一次整改事项汇总单", DocumentSubject.Package, "牵头部门", null, true, "package.checkedOn|检查日期,package.organs[]|检查机关,package.orders[].organ|责令改正机关,package.orders[].number|文号,package.orders[].items[].requirement|改正内容,package.orders[].items[].due|改正期限,package.submission[]|报送方式"),
        Form("stop-notice", "采取停止措施决定书", DocumentSubject.Measure, "执法人员", "部门负责人", true, "measure.kind|措施,measure.basis|依据,measure.takenAt|实施时间,measure.foundAt|检查时间,measure.place|检查地点,measure.officers[].name|执法人员,measure.officers[].certificateNumber|执法证号,measure.findings[].facts|违法事实,measure.condition|适用情形", remedies: true),
        Form("lift-notice", "解除停止措施决定书", DocumentSubject.Measure, "执法人员", "部门负责人", true, "measure.kind|措施,measure.takenAt|实施时间,measure.notice.number|采取措施决定书文号,measure.lifted.opinion|解除理由,measure.lifted.at|解除时间"),
        Form("extension-decision", "延期整改决定书", DocumentSubject.Extension, "承办人", "部门负责人", true, "extension.orderNumber|通知书文号,extension.orderIssuedOn|通知书日期,extension.submittedAt|申请时间,extension.reason|申请理由,extension.finding|审查意见,extension.items[].requirement|改正内容,extension.items[].oldDue|原期限", remedies: true),
        Form("correction-notice", "文书更正通知书", DocumentSubject.Document, "承办人", "部门负责人", true, "correction.originalTitle|原文书名称,correction.originalNumber|原文号,correction.originalIssuedOn|原文书日期,correction.changes[].place|更正位置,correction.changes[].wrong|原内容,correction.changes[].right|更正内容,correction.reason|更正理由"),
        Form("leniency-decision", "不予行政处罚决定书", DocumentSubject.Leniency, "执法人员", "法制审核、机关负责人", true, LeniencyFields, remedies: true),
        Form("leniency-notice", "轻微违法行为告知书", DocumentSubject.Leniency, "执法人员", "法制审核、机关负责人", true, LeniencyFields, remedies: true),
        Form("reinspection-opinion", "整改复查意见书", DocumentSubject.Reinspection, "复查人员", "部门负责人", true, "reinspection.orders[].number|通知书文号,reinspection.at|复查时间,reinspection.method|复查方式,reinspection.place|复查地点,reinspection.officers[].name|复查人员,reinspection.items[].requirement|改正内容,reinspection.items[].found|复查发现,reinspection.items[].opinion|复查意见,reinspection.conclusion|复查结论,reinspection.next|后续处理,reinspection.partyView|当事人意见", remedies: true),
        Form("supervision-order", "督办单", DocumentSubject.Supervision, "督办人", "分管领导", false, "supervision.recipient|受督办单位,supervision.matterNumber|事项编号,supervision.summary|事项摘要,supervision.originalDueOn|原定期限,supervision.receiverPower|职权依据,supervision.requirement|督办要求,supervision.replyBy|回复期限,supervision.objectionBy|异议期限,supervision.signer|签发人"),
        Form("warning-card", "预警通知单", DocumentSubject.Card, "系统", null, false, "card.colour|牌色,card.recipient|受告单位,card.matterNumber|事项编号,card.summary|事项摘要,card.reason|发牌理由,card.answerBy|答复期限,card.consequence|后果"),
        Form("consultation-minutes", "会商纪要", DocumentSubject.Consultation, "召集单位", null, false, "consultation.reason|会商事由,consultation.heldAt|会商时间,consultation.host|主持人,consultation.attendees[]|参加人员,consultation.units[]|参加单位,consultation.minutes|会商情况,consultation.conclusion|会商结论"),
        Form("transfer-letter", "案件移送函", DocumentSubject.Transfer, "承办人", "机关负责人", false, "transfer.receiver|受移送机关,transfer.reason|移送原因,transfer.bases[]|移送依据,transfer.summary|案情摘要,transfer.findings[].facts|违法事实,transfer.decision.opinion|审批意见,transfer.decision.name|审批人,transfer.handler|承办人,party.name|当事人名称"),
        Form("interview-notice", "约谈通知书", DocumentSubject.Interview, "承办人", "部门负责人", true, "interview.reason|约谈事由,interview.appointedAt|约谈时间,interview.place|约谈地点,interview.persons[]|应到人员,interview.absence|不到场的后果"),
        Form("interview-record", "约谈记录", DocumentSubject.Interview, "记录人", null, true, "interview.heldAt|约谈时间,interview.place|约谈地点,interview.host|主持人,interview.recorder|记录人,interview.problems[]|指出的问题,interview.explanation|当事人说明"),
        Form("case-filing-approval", "立案审批表", DocumentSubject.Filing, "承办人", "法制审核、机关负责人", true, "filing.cause|案由,filing.source|案件来源,filing.organ|立案机关,filing.fileBy|立案期限,filing.findings[].facts|违法事实,filing.violates[]|违反条款,filing.penalises[]|处罚条款|filing.refusal,filing.history|前期处理情况,filing.proposal.opinion|承办意见,filing.proposal.names[]|承办人,filing.legalReview.opinion|法制审核意见,filing.legalReview.name|法制审核人,filing.approval.opinion|审批意见,filing.approval.name|审批人"),
        Form("proof-of-service", "送达回证", DocumentSubject.Service, "送达人", null, false, "service.matter|案由,service.documents[].title|送达文书,service.documents[].number|文号,service.addressee|受送达人,service.place|送达地点,service.method|送达方式,service.servedOn|送达日期,service.officers[].name|送达人"),
        Form("promise-letter", "守法承诺书", DocumentSubject.Promise, PreparedByParty, null, true, "promise.texts[]|承诺内容,promise.signer|承诺人,promise.capacity|承诺人职务,promise.givenOn|签署日期,promise.validTo|有效期,promise.manner|签署方式"),
        Form("publication-table", "抽查结果公示表", DocumentSubject.Publication, "牵头部门", "公示审核", false, "publication.title|标题,publication.publishedOn|公示日期,publication.rows[].taskNumber|任务号,publication.rows[].matter|抽查事项,publication.rows[].organs[]|检查机关,publication.rows[].name|对象名称,publication.rows[].district|区域,publication.rows[].checkedOn|检查日期,publication.rows[].result|结果,publication.rows[].handling|处理"),
    }.ToDictionary(f => f.Key, StringComparer.Ordinal);

    /// <summary>Who prepares what the party itself gives; the party may issue it, and nothing else.</summary>
    public const string PreparedByParty = "当事人";

    private const string LeniencyFields = "leniency.kind|适用情形,leniency.foundAt|检查时间,leniency.place|检查地点,leniency.officers[].name|执法人员,leniency.findings[].facts|违法事实,leniency.findings[].violates[]|违反条款,leniency.conditions[].text|符合条件,leniency.query.from|查询起日,leniency.query.to|查询止日,leniency.query.result|查询结果,leniency.list|清单名称,leniency.matterNumber|清单序号,leniency.matter|清单事项,leniency.education|教育内容";

    /// <summary>All forms, in the order of the catalogue.</summary>
    public static IReadOnlyCollection<FormDefinition> All => Forms.Values;

    /// <summary>The form with a key, or null.</summary>
    public static FormDefinition? Find(string key) => Forms.GetValueOrDefault(key);

    private static FormDefinition Form(
        string key, string title, DocumentSubject subject, string preparedBy, string? approvedBy, bool toParty, string fields, bool remedies = false) => new(
            key, title, subject, preparedBy, approvedBy, key is not ("inspection-record" or "refusal-record" or "interview-record" or "sampling-record" or "promise-letter"), toParty,
            [
                .. Common, .. toParty ? Party : [], .. remedies ? Remedies : [],
                // A third part names what makes the field needless.
                .. fields.Split(',').Select(f => f.Split('|')).Select(f => new RequiredField(f[0], f[1], f.Length > 2 ? m => !IsTrue(m, f[2]) : null)),
            ]);

    private static bool IsMarked(JsonObject model) => RequiredFields.Find(model, "party.unidentified") is not null;

    private static bool IsTrue(JsonObject model, string path) => RequiredFields.Find(model, path) is JsonValue value && value.TryGetValue<bool>(out var b) && b;
}
