using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Access;
using Workflows.Host.Api.Documents;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Tasks;
using Workflows.Host.Paging;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Cases;

/// <summary>Cases: list, the whole story, and its parts.</summary>
internal static class CaseRoutes
{
    /// <summary>Maps the routes under <c>/api/cases</c>.</summary>
    public static void MapCases(this IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("案件");
        cases.MapGet("", ListAsync).For(RouteAccess.CaseReaders).WithSummary("案件列表，可按状态、计划、对象、场景、阶段筛选；q 查找案号、对象、阶段、结果，ids 列出编号（逗号分隔），order=newest 新的在前");
        cases.MapGet("/{id}", StoryAsync).For(RouteAccess.CaseReaders).WithSummary("一案全貌：时间线、等待事项、问题、文书、时限");
        cases.MapGet("/{id}/timeline", TimelineAsync).For(RouteAccess.CaseReaders).WithSummary("时间线（审计链中与本案有关的记录）");
        cases.MapGet("/{id}/waits", WaitsAsync).For(RouteAccess.CaseReaders).WithSummary("等待事项：名称、承办方、到期时间");
        Part<Finding>(cases, "findings", "问题");
        Part<RectificationOrder>(cases, "orders", "责令改正");
        Part<ExtensionRequest>(cases, "extensions", "延期申请");
        Part<RectificationProof>(cases, "proofs", "整改证明");
        Part<Reinspection>(cases, "reinspections", "复查");
        Part<ProofOfService>(cases, "services", "送达回证");
        Part<DeadlineClock>(cases, "clocks", "时限");
    }

    private static void Part<T>(RouteGroupBuilder cases, string path, string title)
        where T : SupervisionRecord =>
        cases.MapGet($"/{{id}}/{path}", async (string id, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken) =>
        {
            await viewer.CaseAsync(id, cancellationToken);
            return await VisibleAsync<T>(id, rows, viewer, cancellationToken);
        }).For(RouteAccess.CaseReaders).WithSummary(title);

    /// <summary>One page of cases.</summary>
    public static Task<Page<CaseRow>> ListAsync(
        AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken cancellationToken,
        CaseState? state = null, string? planId = null, string? targetId = null, string? scenario = null, string? stage = null, string? q = null, string? ids = null)
    {
        var sight = viewer.Sight;
        var wanted = IdList.Read(ids);
        var stateKey = state?.ToString();
        return rows.PageAsync<Case, CaseRow>(
            page,
            query => query.Where(row => (stateKey == null || row.State == stateKey) && (planId == null || row.PlanId == planId)
                && (targetId == null || row.TargetId == targetId) && (scenario == null || row.Kind == scenario) && (wanted == null || wanted.Contains(row.Id))
                && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))),
            one => sight.Sees(one) && (stage is null || one.Stage == stage) && (q is null || new[] { one.Number, one.Target.Name, one.Stage, one.Outcome }.Any(text => text?.Contains(q, StringComparison.OrdinalIgnoreCase) == true)),
            CaseRow.Of,
            cancellationToken).AsTask();
    }

    private static async Task<CaseStory> StoryAsync(string id, AggregateReader rows, Viewer viewer, WorkflowsDbContext database, CancellationToken cancellationToken)
    {
        var subject = await viewer.CaseAsync(id, cancellationToken);
        Task<IReadOnlyList<T>> Of<T>()
            where T : SupervisionRecord => VisibleAsync<T>(id, rows, viewer, cancellationToken);
        return new CaseStory(
            subject with { Target = RowRules.Masked(subject.Target) },
            await TimelineOfAsync(subject, viewer, database, cancellationToken),
            await WaitsOfAsync(subject, database, cancellationToken),
            [.. (await Of<WorkTask>()).Select(TaskShape.Of)],
            await Of<InspectionTeam>(),
            await Of<Substitution>(),
            await VisitsAsync(id, rows, viewer, cancellationToken),
            await Of<Finding>(),
            await Of<Evidence>(),
            await Of<RectificationOrder>(),
            await Of<ExtensionRequest>(),
            await Of<RectificationProof>(),
            await Of<Reinspection>(),
            await Of<StopMeasure>(),
            await Of<LeniencyDecision>(),
            await Of<CaseFiling>(),
            [.. (await Of<OfficialDocument>()).Select(DocumentShape.Of)],
            await Of<ProofOfService>(),
            await Of<DeadlineClock>(),
            await Of<WarningCard>(),
            await Of<SupervisionOrder>(),
            await Of<PublicationEntry>(),
            await rows.OfCaseAsync<PartyStatement>(id, cancellationToken));
    }

    private static async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(string id, Viewer viewer, WorkflowsDbContext database, CancellationToken cancellationToken) =>
        await TimelineOfAsync(await viewer.CaseAsync(id, cancellationToken), viewer, database, cancellationToken);

    private static async Task<IReadOnlyList<WaitShape>> WaitsAsync(string id, Viewer viewer, WorkflowsDbContext database, CancellationToken cancellationToken) =>
        await WaitsOfAsync(await viewer.CaseAsync(id, cancellationToken), database, cancellationToken);

    private static async Task<IReadOnlyList<Visit>> VisitsAsync(string caseId, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken)
    {
        var findings = await rows.OfCaseAsync<Finding>(caseId, cancellationToken);
        return [.. (await VisibleAsync<Visit>(caseId, rows, viewer, cancellationToken)).Select(visit => RowRules.Redacted(visit, findings, viewer.Actor))];
    }

    private static async Task<IReadOnlyList<T>> VisibleAsync<T>(string caseId, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken)
        where T : SupervisionRecord =>
        [.. (await rows.OfCaseAsync<T>(caseId, cancellationToken)).Where(row => viewer.Sight.SeesDepartment(row.Department) && RowRules.Shows(row, viewer.Actor))];

    private static async Task<IReadOnlyList<TimelineEntry>> TimelineOfAsync(Case subject, Viewer viewer, WorkflowsDbContext database, CancellationToken cancellationToken)
    {
        // A chain serves a whole family: the plan and all its cases. The facts of this case name it.
        var name = $"\"{subject.Id}\"";
        var facts = await database.Set<AuditEntryRow>().AsNoTracking()
            .Where(row => row.CaseKey == subject.CaseKey && row.Data.Contains(name))
            .OrderBy(row => row.Sequence).ToListAsync(cancellationToken);
        var names = await new ActorNames(database).ReadAsync(facts.Select(row => row.Actor), cancellationToken);
        return
        [
            .. facts.Select(row => new TimelineEntry(row.Sequence, row.At, row.Kind, row.ActivityId, row.Actor, JsonNode.Parse(row.Data), names.GetValueOrDefault(row.Actor)))
                .Where(entry => viewer.Sight.SeesDepartment((entry.Data as JsonObject)?["department"]?.GetValue<string>())),
        ];
    }

    private static async Task<IReadOnlyList<WaitShape>> WaitsOfAsync(Case subject, WorkflowsDbContext database, CancellationToken cancellationToken) =>
        await database.Set<BookmarkRow>().AsNoTracking()
            .Where(row => row.CaseKey == subject.CaseKey && row.CorrelationId == subject.Id && row.WaitName != null)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => new WaitShape(row.WaitName!, row.WaitOwner, row.DueAt, row.CreatedAt, row.ActivityId, row.InstanceId))
            .ToListAsync(cancellationToken);
}
