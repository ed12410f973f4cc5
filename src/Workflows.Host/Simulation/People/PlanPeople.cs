using System.Globalization;
using Workflows.Activities.Inspections;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;

namespace Workflows.Host.Simulation.People;

/// <summary>Those who approve plans, witness draws, form teams and declare relations.</summary>
internal static class PlanPeople
{
    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("plan.approve", StepRule.Ordinary(_ => Handing.Decision("批准", "同意；各部门联合上门一次完成，人数确有必要。"))),
        ("plan.public-value", StepRule.Ordinary(PublicValue)),
        ("plan.shortage", StepRule.Ordinary(step => Handing.Decision("作废计划", "名录中持证人员不足，按实际情况处理。") with { Event = RosterEvents.AllBack(step) })),
        ("plan.confirm-draw", StepRule.Ordinary(step => Handing.Decision("确认", "抽取结果已核对。") with { Event = RosterEvents.AfterDraw(step) })),
        ("team.recusal-declaration", StepRule.Ordinary(DeclareAsync)),
        ("team.recusal-decision", StepRule.Ordinary(step => Handing.Decision(
            step.Story.Recusal == false ? RecusalService.Refused : RecusalService.Granted, step.Story.Recusal == false ? "经核实无利害关系。" : "经核实，应当回避。"))),
        ("team.supplement", StepRule.Ordinary(SupplementAsync)),
        ("visit.approve", StepRule.Ordinary(_ => Handing.Decision("批准", "同意按计划检查。"))),
        ("visit.substitute-target", StepRule.Ordinary(_ => Handing.Decision("不同意", "登记状态核实为在抽取日之后变更，不予递补。"))),
    ];

    private static Handing PublicValue(StepContext step) => Handing.Of("", new EnterPublicValue(
        step.Chance.Next(1_000_000).ToString("000000", CultureInfo.InvariantCulture), "见证人现场投掷的六位数字", "样例见证人", "区司法局派员"));

    private static async ValueTask<Handing?> DeclareAsync(StepContext step)
    {
        if (step.Story.Recusal is null || (await step.AllAsync<Recusal>()).Count > 0)
        {
            return new Handing("无需回避");
        }

        // The last officer of the last department: the first of the leading one goes on with the case.
        var officer = (await step.TeamAsync()).Members.Last(m => !m.IsAssistant);
        return Handing.Of("申请回避", new RecusalDeclaration(officer.OfficerId, officer.Department, "与检查对象负责人系近亲属"), step.People.Officer(officer.OfficerId));
    }

    private static async ValueTask<Handing?> SupplementAsync(StepContext step)
    {
        var matter = await step.CaseAsync();
        var recused = (await step.AllAsync<Recusal>()).Where(r => r.State == RecusalState.Granted).Select(r => r.OfficerId).ToHashSet(StringComparer.Ordinal);
        var chosen = matter.Departments.Where(d => d.Attends).SelectMany(d =>
            step.People.CertifiedOfficers(d.Code).Where(o => !recused.Contains(o.OfficerId!)).Take(2).Select(o => new TeamChoice(o.OfficerId!, d.Code)));
        return Handing.Of("", new TeamSupplement([.. chosen]));
    }
}
