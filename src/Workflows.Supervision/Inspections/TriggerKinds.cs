namespace Workflows.Supervision.Inspections;

/// <summary>What the kinds of trigger have in common.</summary>
public static class TriggerKinds
{
    /// <summary>
    /// Whether the organ goes by its own choice: by plan, campaign, milestone or classification. All other kinds answer something that came from outside
    /// (a complaint, a report, an alarm, a transfer, a re-inspection that is due) and can neither be chosen nor put off.
    /// </summary>
    public static bool IsChosen(this TriggerKind trigger) =>
        trigger is TriggerKind.MonthlyPlan or TriggerKind.SpecialCampaign or TriggerKind.Milestone or TriggerKind.LicenceEvent or TriggerKind.CreditEvent;

    /// <summary>Names of the kinds that machines raise: sensors, cameras and drones.</summary>
    internal static IReadOnlyList<string> Alarms { get; } = [nameof(TriggerKind.SensorAlarm), nameof(TriggerKind.VideoAI), nameof(TriggerKind.DronePatrol)];

    /// <summary>The kind as people read it.</summary>
    public static string ChineseName(this TriggerKind trigger) => trigger switch
    {
        TriggerKind.MonthlyPlan => "月度计划",
        TriggerKind.SpecialCampaign => "专项检查",
        TriggerKind.Complaint12345 => "12345热线",
        TriggerKind.Report => "举报",
        TriggerKind.GridReport => "网格上报",
        TriggerKind.WhistleBlow => "吹哨",
        TriggerKind.TransferIn => "部门移送",
        TriggerKind.SuperiorAssign => "上级交办",
        TriggerKind.SensorAlarm => "感知告警",
        TriggerKind.VideoAI => "视频智能识别",
        TriggerKind.DronePatrol => "无人机巡查",
        TriggerKind.BoatPatrol => "船艇巡查",
        TriggerKind.LandPatrol => "陆路巡查",
        TriggerKind.Milestone => "项目节点",
        TriggerKind.LicenceEvent => "许可或者登记",
        TriggerKind.CreditEvent => "信用降级",
        TriggerKind.Recheck => "复查",
        TriggerKind.SelfCorrection => "自查自纠",
        _ => "办不成事反映",
    };
}
