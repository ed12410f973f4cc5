using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;

namespace Workflows.Host.Api.Exports;

/// <summary>What states and kinds are called in the cells of a workbook.</summary>
internal static class ListWords
{
    /// <summary>State of a card.</summary>
    public static string Of(CardState state) => state switch
    {
        CardState.Held => "暂缓", CardState.Active => "有效", CardState.Answered => "已答复", CardState.Appealed => "申诉中", _ => "已撤销",
    };

    /// <summary>State of a supervision order.</summary>
    public static string Of(SupervisionOrderState state) => state switch
    {
        SupervisionOrderState.Draft => "待签发", SupervisionOrderState.Sent => "已送达承办单位", SupervisionOrderState.Objected => "有职权异议", SupervisionOrderState.Replied => "已回复",
        SupervisionOrderState.Unanswered => "逾期未复", _ => "已撤销",
    };

    /// <summary>State of a lead.</summary>
    public static string Of(LeadState state) => state switch
    {
        LeadState.Received => "待分诊", LeadState.Triaged => "待派单", LeadState.Routed => "待受理", LeadState.Accepted => "待派发", LeadState.Dispatched => "办理中", LeadState.Returned => "已退回",
        LeadState.Disputed => "职责争议", LeadState.Transferred => "已移送", LeadState.Merged => "已并件", LeadState.Closed => "已办结", _ => "督办中",
    };

    /// <summary>Where a lead comes from.</summary>
    public static string Of(TriggerKind trigger) => trigger switch
    {
        TriggerKind.MonthlyPlan => "计划抽查", TriggerKind.SpecialCampaign => "专项行动", TriggerKind.Complaint12345 => "12345热线", TriggerKind.Report => "投诉举报", TriggerKind.GridReport => "网格上报",
        TriggerKind.WhistleBlow => "网格吹哨", TriggerKind.TransferIn => "部门移送", TriggerKind.SuperiorAssign => "上级交办", TriggerKind.SensorAlarm => "感知告警", TriggerKind.VideoAI => "视频识别",
        TriggerKind.DronePatrol => "无人机巡查", TriggerKind.BoatPatrol => "水上巡查", TriggerKind.LandPatrol => "陆上巡查", TriggerKind.Milestone => "项目节点", TriggerKind.LicenceEvent => "许可变动",
        TriggerKind.CreditEvent => "信用变动", TriggerKind.Recheck => "复查", TriggerKind.SelfCorrection => "自我纠错", _ => "办不成事",
    };

    /// <summary>How far a plan has come.</summary>
    public static string Of(PlanState state) => state switch
    {
        PlanState.Draft => "待审批", PlanState.Approved => "已批准", PlanState.Committed => "已公布承诺，待公共值", PlanState.ValueKnown => "公共值已录入", PlanState.Drawn => "已抽取，待确认",
        PlanState.Confirmed => "已确认，检查中", PlanState.Closed => "已完成", _ => "已撤销",
    };

    /// <summary>State of a target.</summary>
    public static string Of(TargetStatus status) => status switch
    {
        TargetStatus.Normal => "正常", TargetStatus.Suspended => "停业", TargetStatus.Deregistered => "注销", TargetStatus.MovedAway => "迁出", _ => "经营异常",
    };

    /// <summary>State of an officer.</summary>
    public static string Of(OfficerStatus status) => status switch
    {
        OfficerStatus.Active => "在岗", OfficerStatus.Suspended => "停职", _ => "离岗",
    };
}
