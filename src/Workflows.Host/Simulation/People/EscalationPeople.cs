using Workflows.Activities.Escalation;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>Supervisor, guidance office and the units that they hold.</summary>
internal static class EscalationPeople
{
    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("supervision.sign", StepRule.Ordinary(_ => new Handing(""))),
        ("supervision.reply", StepRule.Ordinary(step => Handing.Of(
            SupervisionOrderService.Replied,
            new SupervisionAnswer(new ReplyToSupervisionOrder("已安排专人办理，近日办结。", "人员外出培训，安排不周。", In(step, 5)), "该事项依权责清单应由其他单位承办。")))),
        ("supervision.objection", StepRule.Ordinary(_ => Handing.Decision("异议不成立", "权责清单明确由该单位承办。"))),
        ("consultation.conclude", StepRule.Ordinary(step => Handing.Of(
            "", new ConcludeConsultation(["样例调度员", "样例督办人"], MeetingService.NewDate, "会商确定由原单位限期办结。", null, In(step, 3))))),
    ];

    private static DateOnly In(StepContext step, int workingDays) => step.Hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(step.Now), workingDays);
}
