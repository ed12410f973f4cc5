using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Elsa.Instances;
using Workflows.Host.Problems;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Queries.Instances;
using Workflows.Storage.Sessions;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Elsa.Alterations;

/// <summary>
/// Alterations of instances (contract 45 and section 4): tried out, done at once, or planned for many. Each instance is a stimulus of its own; it
/// is altered wholly or not at all.
/// </summary>
internal static class AlterationRoutes
{
    /// <summary>Instances of one request that are tried out or altered while the caller waits.</summary>
    public const int MostAtOnce = 200;

    /// <summary>Jobs of one plan.</summary>
    public const int MostJobs = 2000;

    /// <summary>Maps the routes under <c>/alterations</c>.</summary>
    public static void MapElsaAlterations(this IEndpointRouteBuilder elsa)
    {
        var alterations = elsa.MapGroup("/alterations").WithTags("Elsa 变更流程实例");
        alterations.MapPost("/dry-run", DryRunAsync).ForElsaWriters().Accepts<AlterationPlanRequest>("application/json").Produces<DryRunAnswer>()
            .WithSummary("试运行：会影响哪些实例，每个实例保留、移动、撤销什么，各定时的新旧到期时间；不改变任何数据");
        alterations.MapPost("/submit", SubmitAsync).ForElsaWriters().Accepts<AlterationPlanRequest>("application/json").Produces<PlanSubmitted>().WithSummary("提交变更计划，在后台逐个实例执行");
        alterations.MapPost("/run", RunAsync).ForElsaWriters().Accepts<AlterationRunRequest>("application/json").Produces<AlterationResults>().WithSummary("立即变更指定的实例");
        alterations.MapPost("/workflows/retry", RetryAsync).ForElsaWriters().Accepts<RetryRequest>("application/json").Produces<AlterationResults>().WithSummary("重试出错的步骤");
        alterations.MapGet("/{id}", FindAsync).ForElsaWriters().Produces<PlanAnswer>().WithSummary("变更计划及各实例的结果");
    }

    private static async Task<IResult> DryRunAsync(HttpContext context, AlterationDesk desk, InstanceDesk sight, InstanceReader instances, CancellationToken cancellationToken)
    {
        var request = await StrictBody.ReadAsync<AlterationPlanRequest>(context);
        var alterations = request.Alterations is null ? null : AlterationReader.Read(request.Alterations);
        var most = alterations is null ? MostJobs : MostAtOnce;
        var ids = await SelectAsync(request.Filter ?? request, sight, instances, most, cancellationToken);
        if (alterations is null)
            return ElsaJson.Answer(new DryRunAnswer(ids, null));
        var previews = await Task.WhenAll(ids.Select(id => desk.TryAsync(id, alterations, dryRun: true, cancellationToken)));
        return ElsaJson.Answer(new DryRunAnswer(ids, previews));
    }

    private static async Task<IResult> RunAsync(HttpContext context, AlterationDesk desk, CancellationToken cancellationToken)
    {
        var request = await StrictBody.ReadAsync<AlterationRunRequest>(context);
        var alterations = AlterationReader.Read(request.Alterations);
        return ElsaJson.Answer(new AlterationResults(await Task.WhenAll(Ids(request.WorkflowInstanceIds).Select(id => desk.TryAsync(id, alterations, dryRun: false, cancellationToken)))));
    }

    private static async Task<IResult> RetryAsync(HttpContext context, AlterationDesk desk, CancellationToken cancellationToken)
    {
        var request = await StrictBody.ReadAsync<RetryRequest>(context);
        return ElsaJson.Answer(new AlterationResults(await Task.WhenAll(Ids(request.WorkflowInstanceIds).Select(id => desk.RetryAsync(id, request.ActivityIds, cancellationToken)))));
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context, InstanceDesk sight, InstanceReader instances, Viewer viewer, IStimulusGate gate, StimulusKeys keys, AlterationRunner runner, CancellationToken cancellationToken)
    {
        var request = await StrictBody.ReadAsync<AlterationPlanRequest>(context);
        _ = AlterationReader.Read(request.Alterations);
        var filter = request.Filter ?? throw new RefusedException(new Refusal(400, "missing-field", "filter", "缺少 filter：请指明要变更哪些流程实例；确要变更全部时填写 emptyFilterSelectsAll。"));
        var ids = await SelectAsync(filter, sight, instances, MostJobs, cancellationToken);
        var plan = await gate.CommandAsync(keys.Next(), "alterations", viewer.Actor, (session, _) =>
        {
            var rows = (IRowSession)session;
            var row = new AlterationPlanRow
            {
                Id = session.NewId(),
                State = ids.Count == 0 ? "Completed" : "Running",
                CreatedAt = session.Now,
                CompletedAt = ids.Count == 0 ? session.Now : null,
                JobCount = ids.Count,
                Actor = JsonSerializer.Serialize(viewer.Actor, StorageJson.Options),
                Alterations = JsonSerializer.Serialize(request.Alterations, StrictBody.Options),
                Filter = JsonSerializer.Serialize(filter, StrictBody.Options),
            };
            rows.Put(row.Id, row);
            for (var i = 0; i < ids.Count; i++)
            {
                var job = new AlterationJobRow { Id = session.NewId(), PlanId = row.Id, InstanceId = ids[i], Position = i, State = "Pending", CreatedAt = session.Now };
                rows.Put(job.Id, job);
            }

            return ValueTask.FromResult(row.Id);
        }, cancellationToken: cancellationToken);
        runner.Wake();
        return ElsaJson.Answer(new PlanSubmitted(plan));
    }

    private static async Task<IResult> FindAsync(string id, WorkflowsDbContext database, CancellationToken cancellationToken)
    {
        var plan = await database.Set<AlterationPlanRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw Viewer.NotFound("变更计划");
        var jobs = await database.Set<AlterationJobRow>().AsNoTracking().Where(row => row.PlanId == id).OrderBy(row => row.Position).Take(MostJobs).ToListAsync(cancellationToken);
        return ElsaJson.Answer(new PlanAnswer(
            new PlanShape
            {
                Id = plan.Id,
                Status = plan.State,
                CreatedAt = plan.CreatedAt,
                CompletedAt = plan.CompletedAt,
                JobCount = plan.JobCount,
                CompletedCount = jobs.Count(static job => job.State == "Completed"),
                FailedCount = jobs.Count(static job => job.State == "Failed"),
                Alterations = JsonNode.Parse(plan.Alterations),
            },
            [.. jobs.Select(static job => new JobShape
            {
                Id = job.Id,
                PlanId = job.PlanId,
                WorkflowInstanceId = job.InstanceId,
                Status = job.State,
                CreatedAt = job.CreatedAt,
                CompletedAt = job.CompletedAt,
                Log = job.Log is null ? null : JsonNode.Parse(job.Log),
            })]));
    }

    private static async Task<IReadOnlyList<string>> SelectAsync(AlterationFilter filter, InstanceDesk sight, InstanceReader instances, int most, CancellationToken cancellationToken)
    {
        if (filter.ToSelectionOrNone() is not { } selection)
            return [];
        var ids = await instances.IdsAsync(selection, sight.Sight, most + 1, cancellationToken);
        return ids.Count <= most ? ids : throw new RefusedException(new Refusal(400, "too-many", "filter", $"符合条件的流程实例超过{most}个：请缩小范围，分次进行。"));
    }

    private static IReadOnlyList<string> Ids(IReadOnlyList<string>? ids) => ids is { Count: > 0 and <= MostAtOnce }
        ? [.. ids.Distinct()]
        : throw new RefusedException(new Refusal(400, "missing-field", "workflowInstanceIds", $"请填写流程实例编号 workflowInstanceIds，1至{MostAtOnce}个；更多时提交变更计划。"));
}
