using Workflows.Activities.Filing;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>What follows when things are not put right: interview, second term, filing; and the publication at the end.</summary>
internal static class FilingPeople
{
    private const int InterviewNotice = 3;

    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("filing.review", StepRule.Ordinary(_ => Handing.Decision("同意", "事实清楚，证据充分，同意立案。"))),
        ("filing.decide", StepRule.Ordinary(step => step.Story.Unfiled is null
            ? Handing.Decision("准予立案", "准予立案。")
            : Handing.Decision("不予立案", "违法行为轻微，尚未造成危害后果，不予立案。"))),
        ("order.unfiled", StepRule.Ordinary(UnfiledAsync)),
        ("filing.result", StepRule.At(ResultWhen, Result)),
        ("interview.call", StepRule.Ordinary(CallAsync)),
        ("interview.hold", new StepRule(HoldWhenAsync, HoldAsync)),
        ("order.second-term", StepRule.Ordinary(SecondTermAsync)),
        ("publication.review", StepRule.Ordinary(PublicationAsync)),
    ];

    private static async ValueTask<Handing?> PublicationAsync(StepContext step) =>
        (await step.AllAsync<PublicationEntry>()) is [.., { Result: PublicationService.Withheld }]
            ? Handing.Decision(PublicationService.Withheld, (await step.CaseAsync()).Target.Identity == PartyIdentity.Unknown ? "当事人无法查明，没有可以公示的对象。" : "所涉问题依法不公开。")
            : Handing.Decision(PublicationService.Published, "内容核对无误，同意公示。");

    private static DateTimeOffset? ResultWhen(StepContext step) =>
        step.Hours.On(step.Hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(step.Now), 12 + step.Chance.Next(18)), step.Chance.Next(300));

    private static ValueTask<Handing?> Result(StepContext step) =>
        new(Handing.Of("", new FilingResult($"样例{step.Task.Department}案〔{ShanghaiTime.DateOf(step.Now).Year}〕{step.Chance.Next(100_000):00000}号", step.Story.Sample == SampleStory.Refuted ? "检验结论被复检推翻，撤销案件" : "行政处罚决定已作出")));

    private static async ValueTask<Handing?> CallAsync(StepContext step)
    {
        var day = step.Hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(step.Now), InterviewNotice + 1);
        var person = (await step.CaseAsync()).Target.Representative ?? "负责人";
        return Handing.Of("", new CallInterview(
            step.Task.CaseId!, step.Task.Department!, "责令改正事项逾期未改正", step.Hours.On(day, 30), "区综合行政执法指导办会议室", [person], null, ["整改情况说明"]));
    }

    private static async ValueTask<DateTimeOffset?> HoldWhenAsync(StepContext step) =>
        (await step.AllAsync<Interview>()) is [.., var last] ? last.AppointedAt.AddMinutes(45) : null;

    private static async ValueTask<Handing?> HoldAsync(StepContext step)
    {
        if (!step.Story.ComesToInterview)
        {
            return Handing.Of("", new RecordInterview([], "经电话联系，未说明理由未到场。"));
        }

        var promise = new InterviewPromise("按期完成全部整改", step.Hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(step.Now), 3));
        return Handing.Of("", new RecordInterview([(await step.CaseAsync()).Target.Representative ?? "负责人"], "采购延误，承诺尽快整改。", [promise]));
    }

    private static async ValueTask<Handing?> UnfiledAsync(StepContext step)
    {
        var items = (await step.AllAsync<RectificationOrder>()).Where(o => o.Department == step.Task.Department)
            .SelectMany(o => o.Items).Where(i => i.State == RectificationItemState.Overdue).ToList();
        return step.Story.Unfiled == UnfiledStory.Continues && items.Count > 0 && items.TrueForAll(i => i is { Term: 1, Period.Length: > 1 })
            ? Handing.Of(ResolveUnfiled.Continue, new SecondTermDecision(items.Min(i => i.Period!.Value.Length) / 2, "仍须整改，书面给予一次期限。"))
            : Handing.Decision(ResolveUnfiled.End, "设施已停用，整改要求不再存在。");
    }

    private static async ValueTask<Handing?> SecondTermAsync(StepContext step)
    {
        var items = (await step.AllAsync<RectificationOrder>()).Where(o => o.Department == step.Task.Department)
            .SelectMany(o => o.Items).Where(i => i is { State: RectificationItemState.Overdue, Period: not null }).ToList();
        return items.Count == 0
            ? Handing.Of("不同意", new SecondTermDecision(0, "没有可以再给期限的事项。"))
            : Handing.Of("同意", new SecondTermDecision(Math.Max(1, items.Min(i => i.Period!.Value.Length) / 2), "已约谈并承诺整改，给予一次期限。"));
    }
}
