using Workflows.Activities.Documents;
using Workflows.Activities.Rectification;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Service;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>Officers and heads around an order: draft, approval, service, review of proofs, extension, re-inspection, stop measures.</summary>
internal static class RectificationPeople
{
    private const int OneInMailed = 7;

    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("order.prepare", StepRule.Ordinary(_ => Handing.Of("", new OrderChoices()))),
        ("order.approve", StepRule.Ordinary(_ => Handing.Decision("批准", "同意。"))),
        ("order.revise", StepRule.Ordinary(_ => Handing.Of("", new OrderChoices([])))),
        ("document.serve", StepRule.Ordinary(ServeAsync)),
        ("proof.review", StepRule.Ordinary(step => Handing.Decision(
            step.Story.Correction is CorrectionStory.OnTheSpot or CorrectionStory.OnTheSpotHalf or CorrectionStory.OnTheSpotNothing ? ProofService.OnSite : ProofService.Accepted,
            "已核对整改照片和凭证。"))),
        ("extension.decide", StepRule.Ordinary(step => Handing.Of(
            step.Story.Extension == ExtensionStory.Refused ? ExtensionService.Refused : ExtensionService.Granted,
            new ExtensionDecision(step.Story.Extension == ExtensionStory.Refused ? "延期理由不足，维持原期限。" : "设备采购确需时间，同意延期。")))),
        ("reinspection.record", StepRule.Ordinary(ReinspectAsync)),
        ("measure.take", new StepRule(static step => new(step.Now.AddMinutes(10 + step.Chance.Next(20))), static _ => new(new Handing("")))),
        ("measure.approve", StepRule.At(
            static step => step.Now.AddMinutes(60 + step.Chance.Next(300)), static _ => new(Handing.Decision("批准", "情况紧急，同意采取措施。")))),
        ("measure.lift", StepRule.At(LiftWhen, static _ => new(Handing.Decision("", "危险已经消除，复查合格，解除措施。")))),
    ];

    private static DateTimeOffset? LiftWhen(StepContext step) =>
        step.Hours.On(step.Hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(step.Now), 8 + step.Chance.Next(6)), step.Chance.Next(300));

    private static async ValueTask<Handing?> ServeAsync(StepContext step)
    {
        var matter = await step.CaseAsync();
        var officers = await ServersAsync(step, step.Task.Department ?? matter.LeadDepartment);
        var details = new ServiceDetails { Addressee = matter.Target.Name, Place = matter.Target.Address };
        // Some are sent by mail: the day of the return slip counts.
        var report = step.Chance.Next(OneInMailed) == 0
            ? new ServiceReport(ServiceMethod.Mail, details with { MailNumber = VisitPeople.Name(step, "EMS"), ReturnSlipDate = ShanghaiTime.DateOf(step.Now) }, officers)
            : new ServiceReport(
                ServiceMethod.Direct, details with { ReceiverName = matter.Target.Representative ?? "样例值班经理", ReceiverRelation = "负责人", ReceivedAt = step.Now }, officers);
        return Handing.Of("已送达", report, step.People.Officer(officers[0]));
    }

    /// <summary>Two officers of a department: of the team where it has them.</summary>
    public static async ValueTask<IReadOnlyList<string>> ServersAsync(StepContext step, string department)
    {
        var team = await step.OfficersAsync(department);
        return team.Count >= 2 ? [.. team.Take(2).Select(o => o.OfficerId)] : [.. step.People.CertifiedOfficers(department).Take(2).Select(o => o.OfficerId!)];
    }

    // How many of the items looked at are found put right.
    private static int Rectified(CorrectionStory story, int rounds, int items) => story switch
    {
        CorrectionStory.Never => 0,
        CorrectionStory.AfterInterview or CorrectionStory.OnTheSpotNothing => rounds > 0 ? items : 0,
        CorrectionStory.HalfAtReinspection or CorrectionStory.OnTheSpotHalf => rounds > 0 ? items : (items + 1) / 2,
        _ => items,
    };

    private static async ValueTask<Handing?> ReinspectAsync(StepContext step)
    {
        var rounds = (await step.AllAsync<Reinspection>()).Count;
        var orders = (await step.AllAsync<RectificationOrder>()).Where(o => o.State == OrderState.Served && o.Items.Any(i => i.IsOpen)).ToList();
        var today = ShanghaiTime.DateOf(step.Now);
        var looked = orders.SelectMany(o => o.Items
            .Where(i => i.IsOpen && (step.Story.Correction is not (CorrectionStory.AfterInterview or CorrectionStory.Never) || rounds > 0 || i.Due < today || i.State == RectificationItemState.ProofSubmitted))
            .Select(i => (Order: o.Id, i.Ordinal))).ToList();
        var good = Rectified(step.Story.Correction, rounds, looked.Count);
        var opinions = looked.Select((at, n) => new OpinionOnItem(
            at.Order, at.Ordinal, n < good ? "现场核实已按要求改正" : "现场核实未按要求改正", n < good ? ItemOpinion.Rectified : ItemOpinion.NotRectified, [])).ToList();
        var signatures = new List<OfficerSignature>();
        foreach (var department in orders.Select(o => o.Department!).Distinct())
        {
            foreach (var id in await ServersAsync(step, department))
            {
                var officer = step.People.Roster(id);
                signatures.Add(new OfficerSignature(id, officer.Name, officer.CertificateNumber!, step.Now));
            }
        }

        var record = new RecordReinspection(step.Task.CaseId!, "现场", signatures, opinions, "无异议", VisitPeople.Consent(step));
        return Handing.Of("", record, step.People.Officer((await ServersAsync(step, step.Task.Department!))[0]));
    }
}
