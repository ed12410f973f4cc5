using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Simulation;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Messages;
using Workflows.Supervision.Oversight;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.StuckMatters;
using Workflows.Supervision.TaskForces;
using Workflows.Supervision.Time;
using Workflows.Supervision.Transfers;
using Workflows.Supervision.Work;

namespace Workflows.Host.Sample.History;

/// <summary>
/// What an office does beside its cases, so that these pages have something to show too: a head is on leave, a task force is formed, an observer writes, somebody says what cannot
/// get done, figures are subscribed to. Everybody acts through the services of the domain, with their own account.
/// </summary>
/// <param name="world">Where they act.</param>
internal sealed class OfficeLife(SimulationWorld world)
{
    private const int LeaveDays = 4;
    private const int ForceDays = 180;
    private const int AnswerDays = 7;

    /// <summary>Lets all of it happen at the present of the district's clock.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var accounts = await AccountsAsync(world, ["hea.head", "hea.publisher", "cul.head", "mkt.head", "gui.head", "auditor", "supervisor"], cancellationToken);
        var today = ShanghaiTime.DateOf(world.Clock.GetUtcNow());
        await AppointAsync(accounts["hea.head"], accounts["hea.publisher"], today, cancellationToken);
        await world.ServiceAsync<TaskForceService, TaskForce>(
            "task-force", TaskForce.Family, accounts["gui.head"],
            (service, token) => service.FormAsync(
                new FormTaskForce(
                    "电竞酒店联合整治专班",
                    new TaskForceDecision("电竞酒店接待未成年人和消防安全联合整治", today, "CUL-01", ["CUL-01", "CUL-02", "PSB-01", "FIR-01", "FIR-02"], today.AddDays(ForceDays), ["esports-hotel"]),
                    SampleRosters.District),
                token),
            cancellationToken);
        await ObserveAsync(accounts["auditor"], cancellationToken);
        await StuckAsync(accounts["supervisor"], today, cancellationToken);
        await MoveAsync(accounts["hea.head"], accounts["supervisor"], cancellationToken);
        await EvaluateAsync(accounts, today, cancellationToken);
        foreach (var (measure, comparison, threshold) in new[] { (MessageSubscription.Overdue, SubscriptionComparison.AtLeast, 10m), ("on-time-rate", SubscriptionComparison.Below, 0.9m) })
            await world.CommandAsync("subscription|" + measure, MessageSubscription.Family, session => session.Save(MessageSubscription.Of(session, measure, null, comparison, threshold, null)), accounts["supervisor"]);
    }

    private async Task AppointAsync(Actor absent, Actor deputy, DateOnly today, CancellationToken cancellationToken) => await world.Pump.SendAsync(
        new DomainCommand
        {
            Key = world.Key("deputy"), CaseKey = Deputy.Family, Actor = absent,
            Execute = (session, _, _) => new ValueTask<object?>(
                new DeputyService(session).Appoint(AccountOf(absent), AccountOf(deputy), today, today.AddDays(LeaveDays), "年休假", [])),
        },
        cancellationToken);

    private async Task ObserveAsync(Actor observer, CancellationToken cancellationToken)
    {
        var seen = await world.Reading.Set<AggregateRow<Case>>().AsNoTracking().Where(row => row.State == nameof(CaseState.Closed)).OrderBy(row => row.Id).Select(row => row.Id).Take(2).ToListAsync(cancellationToken);
        var texts = new[] { "随同检查：亮证、告知、当场反馈规范，检查时长和人数符合要求。", "当场送达的文书未向当事人说明申请延期的途径，请承办单位今后一并告知。" };
        foreach (var (id, text) in seen.Zip(texts))
        {
            await world.ServiceAsync<OversightService, OversightNote>(
                "note|" + id, id, observer, (service, token) => service.WriteAsync(new WriteNote(OversightSubject.Case, id, text, text == texts[0]), token), cancellationToken);
        }
    }

    private async Task StuckAsync(Actor supervisor, DateOnly today, CancellationToken cancellationToken)
    {
        var town = world.Rosters.Towns[0].Code;
        var citizen = new Actor { Id = "public", Name = "公众", Roles = [] };
        ValueTask<StuckRequest> FileAsync(string name, string text) => world.ServiceAsync<StuckMatterService, StuckRequest>(
            name, LeadIntake.Family, citizen, (service, token) => service.FileAsync(new FileStuckMatter(StuckSubject.Outside, text, null, town), token), cancellationToken);

        var first = await FileAsync("stuck|1", "楼下旅馆的消防通道三次反映都说归别的部门管，至今没有人来看。");
        await FileAsync("stuck|2", "店铺整改完成已上传照片，复查一直没有通知，影响开业。");
        await world.ServiceAsync<StuckMatterService, StuckRequest>(
            "stuck|1|review", first.CaseKey, supervisor,
            (service, token) => service.ReviewAsync(first.Id, new ReviewStuckMatter("消防通道属消防救援机构职责，由其限期到场核实并答复反映人。", "FIR", today.AddDays(AnswerDays)), token), cancellationToken);
    }

    // A matter went to another organ and came back, since it was this department's after all, one more awaits the head's word; a talk about one case was held, one about another is to come.
    private async Task MoveAsync(Actor head, Actor supervisor, CancellationToken cancellationToken)
    {
        var findings = await world.Reading.Set<AggregateRow<Finding>>().AsNoTracking().Where(row => row.Department == head.Department).OrderBy(row => row.Id).Take(2).ToListAsync(cancellationToken);
        if (findings.ElementAtOrDefault(1) is { CaseId: { } proposed } other)
        {
            await world.ServiceAsync<TransferService, CaseTransfer>(
                "transfer|proposed", other.CaseKey, head,
                (service, token) => service.ReportAsync(proposed, new ReportTransfer(TransferKind.ToDepartment, "样例区市场监督管理局", "涉及产品质量，提请移送有管辖权的部门", "现场发现的用品来源待查，附检查记录。", [other.Id], [], ReceiverDepartment: "MKT"), token), cancellationToken);
        }

        if (findings.FirstOrDefault() is { CaseId: { } about } finding)
        {
            ValueTask<CaseTransfer> ActAsync(string name, Func<TransferService, CancellationToken, ValueTask<CaseTransfer>> act) =>
                world.ServiceAsync("transfer|" + name, finding.CaseKey, head, act, cancellationToken);
            var transfer = await ActAsync("report", (service, token) => service.ReportAsync(
                about, new ReportTransfer(TransferKind.ToDepartment, "样例区综合行政执法局", "现场核查认为可能属综合行政执法机关管辖", "检查中发现的问题涉及门前区域，请依法处理。", [finding.Id], []), token));
            await ActAsync("decide", (service, token) => service.DecideAsync(transfer.Id, true, "同意移送", token));
            await ActAsync("hand-over", (service, token) => service.HandOverAsync(transfer.Id, "样例收件人", token));
            await ActAsync("receipt", (service, token) => service.ReceiveAsync(transfer.Id, false, null, "该事项在权责清单上属卫生健康部门，退回由其办理", token));
        }

        var open = await world.Reading.Set<AggregateRow<Case>>().AsNoTracking().Where(row => row.State == nameof(CaseState.Open)).OrderBy(row => row.Id).Take(2).ToListAsync(cancellationToken);
        var reasons = new[] { "两部门对整改期限意见不一，请各自说明依据", "整改涉及租赁双方，责任划分需要一并研究" };
        foreach (var (one, reason) in open.Zip(reasons))
        {
            var called = await world.ServiceAsync<MeetingService, Consultation>(
                "consultation|" + one.Id, one.CaseKey, supervisor, (service, token) => service.CallAsync(one.Id, reason, [], token), cancellationToken);
            if (reason == reasons[0])
            {
                await world.ServiceAsync<MeetingService, Consultation>(
                    "consultation|" + one.Id + "|conclude", one.CaseKey, supervisor,
                    (service, token) => service.ConcludeConsultationAsync(called.Id, new ConcludeConsultation(["样例督办人", "样例牵头单位负责人"], MeetingService.Agreed, "各部门按各自通知书上的期限办理，复查一并进行。"), token),
                    cancellationToken);
            }
        }
    }

    // A department is rated by those that work with it, one of whom has not spoken yet; a target by the departments that look after it, all of whom have.
    private async Task EvaluateAsync(FrozenDictionary<string, Actor> accounts, DateOnly today, CancellationToken cancellationToken)
    {
        var period = $"{today.Year}-Q{(today.Month + 2) / 3}";
        static EvaluationRater Head(string department) => new(Role.DepartmentHead, department);
        var target = world.Rosters.Targets[0].Id;
        (OpenEvaluation Open, (string User, string Party, decimal Score)[] Scores)[] evaluations =
        [
            (new OpenEvaluation(
                EvaluationSubject.Department, "HEA", period, new Dictionary<string, int>(StringComparer.Ordinal) { ["文旅（牵头）"] = 40, ["市场监管"] = 30, ["消防"] = 30 },
                new Dictionary<string, EvaluationRater>(StringComparer.Ordinal) { ["文旅（牵头）"] = Head("CUL"), ["市场监管"] = Head("MKT"), ["消防"] = Head("FIR") }, null, SampleRosters.District),
                [("cul.head", "文旅（牵头）", 92), ("mkt.head", "市场监管", 85)]),
            (new OpenEvaluation(
                EvaluationSubject.Target, target, period, new Dictionary<string, int>(StringComparer.Ordinal) { ["文旅"] = 60, ["市场监管"] = 40 },
                new Dictionary<string, EvaluationRater>(StringComparer.Ordinal) { ["文旅"] = Head("CUL"), ["市场监管"] = Head("MKT") }, 60),
                [("cul.head", "文旅", 88), ("mkt.head", "市场监管", 90)]),
        ];
        foreach (var (open, scores) in evaluations)
        {
            var opened = await world.ServiceAsync<EvaluationService, Evaluation>(
                "evaluation|" + open.SubjectId, "evaluation:" + open.SubjectId, accounts["supervisor"], (service, token) => service.OpenAsync(open, token), cancellationToken);
            foreach (var (user, party, score) in scores)
            {
                await world.ServiceAsync<EvaluationService, Evaluation>(
                    "evaluation|" + open.SubjectId + "|" + user, opened.CaseKey, accounts[user], (service, token) => service.ScoreAsync(opened.Id, new GiveScore(party, score), token), cancellationToken);
            }
        }
    }

    /// <summary>Accounts of the district by their user names, as they act.</summary>
    public static async Task<FrozenDictionary<string, Actor>> AccountsAsync(SimulationWorld world, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await using var scope = world.Service<IServiceScopeFactory>().CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WorkflowUser>>();
        var actors = new Dictionary<string, Actor>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var user = await users.Users.AsNoTracking().SingleAsync(one => one.UserName == name, cancellationToken);
            actors.Add(name, new Actor { Id = user.Id, Name = user.DisplayName, Roles = [.. await users.GetRolesAsync(user)], Department = user.Department, Area = user.Area, OfficerId = user.OfficerId });
        }

        return actors.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static DeputyAccount AccountOf(Actor actor) => new(actor.Id, actor.Name, actor.Roles, actor.Department, actor.Area);
}
