using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Simulation;
using Workflows.Host.Simulation.Pictures;
using Workflows.Storage.Model;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Sample.History;

/// <summary>
/// What departments of the sample district share: an agreement in force and one that was ended, and in a common case evidence that the other department accepted, rejected and has still to look at, and a
/// recording that waits for its second review.
/// </summary>
/// <param name="world">Where they act.</param>
internal sealed class SharedEvidence(SimulationWorld world)
{
    // Their heads, reviewers and officers have accounts; the records of the police are under seal.
    private static readonly string[] Departments = ["CUL", "FIR", "HEA", "MKT", "TOB", "CLE", "AGR", "HUD", "WAT", "ECO", "NRP", "TRA"];

    /// <summary>Lets all of it happen at the present of the district's clock.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var dispatcher = (await OfficeLife.AccountsAsync(world, ["dispatcher"], cancellationToken))["dispatcher"];
        await AgreeAsync(dispatcher, cancellationToken);
        var bodies = await world.Reading.Set<AggregateRow<Case>>().AsNoTracking().Where(row => row.State == nameof(CaseState.Open)).OrderBy(row => row.Id).Select(row => row.Body).ToListAsync(cancellationToken);
        var common = bodies.Select(body => JsonSerializer.Deserialize<Case>(body, SupervisionJson.Options)!)
            .Select(one => (Case: one, Units: one.Departments.Select(unit => unit.Code).Where(Departments.Contains).Distinct(StringComparer.Ordinal).ToList())).FirstOrDefault(one => one.Units.Count > 1);
        if (common.Case is not null)
            await ShareAsync(common.Case, common.Units[0], common.Units[1], cancellationToken);
    }

    private async Task AgreeAsync(Actor dispatcher, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.DateOf(world.Clock.GetUtcNow());
        ValueTask<CooperationAgreement> RegisterAsync(int number, string title, DateOnly from, params string[] departments) => world.ServiceAsync<AgreementService, CooperationAgreement>(
            $"agreement|{number}", AgreementService.Family, dispatcher,
            (service, token) => service.RegisterAsync(
                new RegisterAgreement(title, $"样例协〔{today.Year}〕{number}号", departments, [CooperationPermission.Evidence], from, new DateOnly(today.Year + 1, 12, 31)), token),
            cancellationToken);

        await RegisterAsync(1, "卫生健康与烟草专卖证据互认协作协议", today, "HEA", "TOB");
        var over = await RegisterAsync(2, "水利与自然资源巡查证据互认协作协议（试行）", today.AddMonths(-6), "WAT", "NRP");
        await world.ServiceAsync<AgreementService, CooperationAgreement>(
            "agreement|2|end", AgreementService.Family, dispatcher, (service, token) => service.EndAsync(over.Id, "试行期满，待正式协议签署后重新登记。", token), cancellationToken);
    }

    private async Task ShareAsync(Case one, string holder, string other, CancellationToken cancellationToken)
    {
        var (taker, legal, decider) = ($"{holder.ToLowerInvariant()}.01", $"{holder.ToLowerInvariant()}.legal", $"{other.ToLowerInvariant()}.01");
        var people = await OfficeLife.AccountsAsync(world, [taker, legal, decider], cancellationToken);
        var today = ShanghaiTime.DateOf(world.Clock.GetUtcNow());
        var accepted = await KeepAsync(one, people[taker], "大门和亮证经营照片", null, cancellationToken);
        var rejected = await KeepAsync(one, people[taker], "经营台账照片", null, cancellationToken);
        await KeepAsync(one, people[taker], "现场全景照片", null, cancellationToken);
        var recorded = await KeepAsync(one, people[taker], "门前监控设备记录", new MonitoringSource("JK-0001", "样例路与样例街路口", today.AddMonths(-10), today.AddMonths(5)), cancellationToken);
        await DecideAsync(accepted, people[decider], new RecogniseEvidence(true, "来源合法，拍摄时间、地点清楚，与本部门检查情况一致。"), cancellationToken);
        await DecideAsync(rejected, people[decider], new RecogniseEvidence(false, "照片未拍到台账日期和签名，不能证明本部门事项，请补拍。"), cancellationToken);
        await world.ServiceAsync<EvidenceRecognitionService, Evidence>(
            "shared|review|" + recorded.Id, one.CaseKey, people[legal],
            (service, token) => service.ReviewAsync(recorded.Id, MonitoringReviewKind.Legal, true, "设置地点已公布，标志明显，设备在检定有效期内。", token), cancellationToken);
    }

    private ValueTask<Evidence> KeepAsync(Case one, Actor taker, string title, MonitoringSource? monitoring, CancellationToken cancellationToken)
    {
        var picture = SamplePicture.Of(title, one.Id);
        return world.ServiceAsync<PartyService, Evidence>(
            "shared|" + title, one.CaseKey, taker,
            (service, token) => service.KeepEvidenceAsync(one.Id, "photo", title, picture.Sha256, picture.Content.Length, SamplePicture.MediaType, place: "检查现场", monitoring: monitoring, cancellationToken: token), cancellationToken);
    }

    private ValueTask<EvidenceRecognition> DecideAsync(Evidence evidence, Actor decider, RecogniseEvidence decision, CancellationToken cancellationToken) =>
        world.ServiceAsync<EvidenceRecognitionService, EvidenceRecognition>(
            "shared|decide|" + evidence.Id, evidence.CaseKey, decider, (service, token) => service.DecideAsync(evidence.Id, decision, token), cancellationToken);
}
