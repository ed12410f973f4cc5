using Workflows.Activities.Documents;
using Workflows.Activities.Escalation;
using Workflows.Activities.Filing;
using Workflows.Activities.Inspections;
using Workflows.Activities.Rectification;
using Workflows.Host.Simulation.People;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Service;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.History;

/// <summary>
/// What a person of a trial hands in to do as the real people did: the real outcome, and what it needs from the records that the real
/// step left, with the trial's own ids, people and neutral words.
/// </summary>
internal static class RecordedHands
{
    /// <summary>What is handed in.</summary>
    /// <param name="step">The step of the trial.</param>
    /// <param name="history">The real case.</param>
    /// <param name="real">The step as it was really done.</param>
    /// <returns>Null when the records do not hold what the outcome needs, or the step offers no such outcome.</returns>
    public static async ValueTask<Handing?> OfAsync(StepContext step, CaseHistory history, WorkTask real)
    {
        var outcome = ChoiceOf(real);
        if (step.Task.Outcomes.Count > 0 && !step.Task.Outcomes.Contains(outcome))
            return null;
        var shift = step.Now - real.EndedAt!.Value;
        return real.Kind switch
        {
            "team.recusal-declaration" => await RecordedVisit.DeclarationAsync(step, history, real, outcome),
            "visit.arrive" or "visit.second" => await RecordedVisit.ArrivalAsync(step, history, outcome),
            "visit.record" => await RecordedVisit.RecordAsync(step, history),
            "leniency.propose" => await LeniencyAsync(step, history, real),
            "order.prepare" => await OrdersAsync(step, history),
            "document.serve" => await ServiceAsync(step, history, real, outcome, shift),
            "party.proof" => await RecordedRectification.ProofAsync(step, history, real),
            "party.extension" => await RecordedRectification.ExtensionAsync(step, history, real),
            "extension.decide" => Handing.Of(outcome, new ExtensionDecision("按当时的决定办理。", GrantedLength(history, real))),
            "reinspection.record" => await RecordedRectification.ReinspectionAsync(step, history, real),
            "order.second-term" => Handing.Of(outcome, new SecondTermDecision(SecondTerm(history, real), "按当时的决定办理。")),
            "order.unfiled" when outcome == ResolveUnfiled.Continue => Handing.Of(outcome, new SecondTermDecision(SecondTerm(history, real), "按当时的决定办理。")),
            "order.unfiled" => Handing.Decision(outcome, "按当时的决定办理。"),
            "filing.result" => Handing.Of("", new FilingResult($"案号-{step.Task.Department}", "案件已办结")),
            "interview.call" => Call(step, history, real, shift),
            "interview.hold" => Hold(step, history, real),
            "supervision.reply" => Handing.Of(outcome, outcome == SupervisionOrderService.Objected
                ? new SupervisionAnswer(null, "不属于本单位职权。")
                : new SupervisionAnswer(new ReplyToSupervisionOrder("已办理。", "按当时的回复办理。"))),
            "consultation.conclude" => Conclude(step, history, real, shift),
            _ => await OrdinaryAsync(step, outcome),
        };
    }

    /// <summary>The choice behind the port by which a step was left.</summary>
    public static string ChoiceOf(WorkTask real) => (real.Kind, real.Outcome) switch
    {
        ("proof.review", "全部认可" or "部分认可") => ProofService.Accepted,
        ("proof.review", "实地复查") => ProofService.OnSite,
        _ when real.Outcomes.Count == 0 => "",
        _ => real.Outcome ?? "",
    };

    // What is handed in does not decide the way: the ordinary words with the real outcome.
    private static async ValueTask<Handing?> OrdinaryAsync(StepContext step, string outcome) =>
        await (StepRules.All.GetValueOrDefault(step.Task.Kind) ?? StepRules.Unknown).Do(step) is { } handing ? handing with { Outcome = outcome } : Handing.Decision(outcome, "按当时的决定办理。");

    private static async ValueTask<Handing?> LeniencyAsync(StepContext step, CaseHistory history, WorkTask real)
    {
        if (history.BroughtBy<LeniencyDecision>(real) is not { } decision)
            return null;
        var codes = history.All<Finding>().Where(finding => decision.FindingIds.Contains(finding.Id)).Select(finding => (finding.ItemCode, finding.VariantCode)).ToHashSet();
        string[] findings = [.. (await step.AllAsync<Finding>()).Where(finding => codes.Contains((finding.ItemCode, finding.VariantCode))).Select(finding => finding.Id)];
        return findings.Length == 0 ? null : Handing.Of(
            "", new ProposeLeniency(step.Task.CaseId!, decision.Kind, findings, decision.Harm, "已教育。", decision.PromiseSigned), await step.OfficerOfAsync(step.Task.Department!));
    }

    // Only what officers chose against the default is history; a changed default of the draft shall show.
    private static async ValueTask<Handing?> OrdersAsync(StepContext step, CaseHistory history)
    {
        var real = history.All<Finding>().ToDictionary(finding => finding.Id, StringComparer.Ordinal);
        var chosen = history.All<RectificationOrder>().SelectMany(order => order.Items).Where(item => item is { PeriodReason: not null, Period: not null } && real.ContainsKey(item.FindingId))
            .GroupBy(item => (real[item.FindingId].ItemCode, real[item.FindingId].VariantCode)).ToDictionary(group => group.Key, group => group.First().Period!.Value.Length);
        var choices = (await step.AllAsync<Finding>()).Where(finding => finding.IsRectified && chosen.ContainsKey((finding.ItemCode, finding.VariantCode)))
            .Select(finding => new OrderItemChoice(finding.Id, chosen[(finding.ItemCode, finding.VariantCode)], "按当时的决定办理。"));
        return Handing.Of("", new OrderChoices([.. choices]));
    }

    private static async ValueTask<Handing?> ServiceAsync(StepContext step, CaseHistory history, WorkTask real, string outcome, TimeSpan shift)
    {
        if (outcome != "已送达")
            return new Handing(outcome);
        if (history.BroughtBy<ProofOfService>(real) is not { } proof)
            return null;
        var matter = await step.CaseAsync();
        var officers = await RectificationPeople.ServersAsync(step, step.Task.Department ?? matter.LeadDepartment);
        DateOnly? Day(DateOnly? day) => day?.AddDays((int)Math.Round(shift.TotalDays));
        DateTimeOffset? Instant(DateTimeOffset? at) => at + shift;
        string? Text(string? text, string neutral) => text is null ? null : neutral;
        var details = proof.Details;
        return Handing.Of(outcome, new ServiceReport(proof.Method, new ServiceDetails
        {
            Addressee = matter.Target.Name,
            Place = Text(details.Place, matter.Target.Address),
            ReceiverName = Text(details.ReceiverName, "签收人"),
            ReceiverRelation = Text(details.ReceiverRelation, "负责人"),
            ReceivedAt = Instant(details.ReceivedAt),
            RefusalReason = Text(details.RefusalReason, "拒收"),
            WitnessName = Text(details.WitnessName, "见证人"),
            VideoNumber = Text(details.VideoNumber, "影像"),
            MailNumber = Text(details.MailNumber, "邮件"),
            ReturnSlipDate = Day(details.ReturnSlipDate),
            ConsentDocumentId = Text(details.ConsentDocumentId, "确认书"),
            ElectronicAddress = Text(details.ElectronicAddress, "电子地址"),
            ArrivedAt = Instant(details.ArrivedAt),
            DelegatedOrgan = Text(details.DelegatedOrgan, "受托机关"),
            DelegationLetter = Text(details.DelegationLetter, "委托函"),
            NoOtherWayReason = Text(details.NoOtherWayReason, "无法以其他方式送达"),
            NoticePlace = Text(details.NoticePlace, "公告栏"),
            PublishedOn = Day(details.PublishedOn),
        }, officers), step.People.Officer(officers[0]));
    }

    private static int? GrantedLength(CaseHistory history, WorkTask real) =>
        history.All<ExtensionRequest>().FirstOrDefault(request => request.Decision?.At == real.EndedAt && (real.Department is null || request.Department == real.Department))?.GrantedLength;

    private static int SecondTerm(CaseHistory history, WorkTask real)
    {
        var clocks = history.All<DeadlineClock>().ToDictionary(clock => clock.Id, StringComparer.Ordinal);
        var item = history.All<RectificationOrder>().Where(order => order.Department == real.Department).SelectMany(order => order.Items)
            .FirstOrDefault(candidate => candidate.SecondTerm?.At == real.EndedAt && candidate.ClockId is not null && clocks.ContainsKey(candidate.ClockId));
        return item is null ? 0 : clocks[item.ClockId!].Clock.Period.Length;
    }

    private static Handing? Call(StepContext step, CaseHistory history, WorkTask real, TimeSpan shift) => history.BroughtBy<Interview>(real) is not { } interview ? null
        : Handing.Of("", new CallInterview(
            step.Task.CaseId!, step.Task.Department!, "责令改正事项逾期未改正", interview.AppointedAt + shift, "约谈地点", ["负责人"], null, ["整改情况说明"], interview.Urgent));

    private static Handing? Hold(StepContext step, CaseHistory history, WorkTask real) => history.All<Interview>().FirstOrDefault(interview => interview.HeldAt == real.EndedAt) is not { } interview ? null
        : Handing.Of("", interview.Attendees.Count == 0
            ? new RecordInterview([], null)
            : new RecordInterview(["负责人"], "当事人说明", [new InterviewPromise("按期完成整改", step.Hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(step.Now), 3))]));

    private static Handing? Conclude(StepContext step, CaseHistory history, WorkTask real, TimeSpan shift)
    {
        if (history.All<Consultation>().FirstOrDefault(consultation => consultation.HeldAt == real.EndedAt) is not { Conclusion: { } conclusion } held)
            return null;
        var earliest = ShanghaiTime.DateOf(step.Now).AddDays(1);
        var due = held.NewDue?.AddDays((int)Math.Round(shift.TotalDays));
        return Handing.Of("", new ConcludeConsultation(["参会人一", "参会人二"], conclusion, "按当时的结论办理。", held.NewOwner, due < earliest ? earliest : due));
    }
}
