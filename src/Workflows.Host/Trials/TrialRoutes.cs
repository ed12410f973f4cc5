using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Workflows.Engine.Definitions;
using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Composition;
using Workflows.Host.Idempotency;
using Workflows.Host.Packages;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Host.Trials.Replays;
using Workflows.Host.Trials.Results;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Trials;

/// <summary>Limits of a trial: totals, and one page of the single ones.</summary>
/// <param name="Totals">Each limit counted, most broken first; the first 200.</param>
/// <param name="Items">The page.</param>
/// <param name="Next">Value for <c>?after=</c> of the next page; null on the last.</param>
internal sealed record TrialLimitPage(IReadOnlyList<LimitTotal> Totals, IReadOnlyList<TrialLimit> Items, string? Next);

/// <summary>A diagram as it was tried.</summary>
/// <param name="DefinitionId">Logical id.</param>
/// <param name="File">Its file in the package, such as <c>case.json</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Root">Its root activity, or null.</param>
internal sealed record TriedDiagram(string DefinitionId, string File, string Name, JsonNode? Root);

/// <summary>Trying a package before it is published: simulations and replays, and what they came to.</summary>
internal static class TrialRoutes
{
    private static readonly string[] Starters = [Role.Analyst, Role.Administrator];
    // A diagram may be deeper than what the host's own answers hold.
    private static readonly JsonSerializerOptions Drawing = new(Json.HostJson.Options) { MaxDepth = WorkflowDefinition.MaxJsonDepth + 8 };
    private static readonly string[] Readers = [Role.Analyst, Role.Administrator, Role.Supervisor];

    /// <summary>Adds the trials of this node.</summary>
    public static void AddTrials(this IServiceCollection services)
    {
        services.AddSingleton<TrialDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<TrialDesk>());
        services.AddScoped<TrialPackages>();
        services.AddScoped<TrialReader>();
    }

    /// <summary>Maps the routes under <c>/api/trials</c>.</summary>
    public static void MapTrials(this IEndpointRouteBuilder api)
    {
        var trials = api.MapGroup("/trials").WithTags("试运行");
        trials.MapPost("", SimulateAsync).For(Starters).Idempotent().Produces<TrialView>(202).WithSummary("试运行一个版本：样例辖区或上月真实案件的脱敏副本，在虚拟时间上运行；不触碰任何真实数据");
        trials.MapPost("/replays", ReplayAsync).For(Starters).Idempotent().Produces<TrialView>(202).WithSummary("用真实历史对照一个版本：逐案回放当时的办理，列出会走另一条路的案件");
        trials.MapGet("", List).For(Readers).WithSummary("本节点保留的试运行，新的在前");
        trials.MapGet("/{id}", View).For(Readers).WithSummary("试运行的状态、进度和汇总");
        trials.MapGet("/{id}/diagrams", Diagrams).For(Readers).Produces<IReadOnlyList<TriedDiagram>>().WithSummary("试运行所用的流程图");
        trials.MapDelete("/{id}", Remove).For(Starters).Produces<TrialView>().WithSummary("取消试运行；已结束的连同结果清除");
        trials.MapGet("/{id}/timeline", TimelineAsync).For(Readers).WithSummary("时间线，可按案件、实例、步骤筛选；fromSeq 从某一步起");
        trials.MapGet("/{id}/cases", (string id, TrialReader reader, PageRequest page, CancellationToken token) => reader.PageAsync(id, page, results => results.Cases, null, token)).For(Readers).WithSummary("试运行产生的案件");
        trials.MapGet("/{id}/documents", DocumentsAsync).For(Readers).WithSummary("会出具的文书，可按文种、案件筛选");
        trials.MapGet("/{id}/documents/{documentId}/html", HtmlAsync).For(Readers).Produces<string>(contentType: "text/html").WithSummary("会出具的文书原文");
        trials.MapGet("/{id}/people", (string id, TrialReader reader, PageRequest page, CancellationToken token) => reader.PageAsync(id, page, results => results.People, null, token)).For(Readers).WithSummary("会打扰到谁：各部门各角色的步骤数、通知数和最忙的一天");
        trials.MapGet("/{id}/limits", LimitsAsync).For(Readers).WithSummary("时限、梯级和步骤到期：多少次、由谁超过、到期与实际；broken=true 只列超过的");
        trials.MapGet("/{id}/coverage", CoverageAsync).For(Readers).WithSummary("各步骤各出口走过的次数；never=true 只列从未走到的");
        trials.MapGet("/{id}/problems", ProblemsAsync).For(Readers).WithSummary("事故、无人能办的步骤、被拒的办理、结束时仍在等待的事项；可按种类筛选");
        trials.MapGet("/{id}/replay", ReplayedAsync).For(Readers).WithSummary("逐案对照结果，可按结果（same、differs、not-replayed）筛选");
    }

    private static async Task<IResult> SimulateAsync(
        TrialRequest asked, HttpContext context, TrialDesk desk, TrialPackages packages, Viewer viewer, TimeProvider clock, ServeSettings settings, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var plan = asked.Decide(ShanghaiTime.DateOf(now));
        return await SubmitAsync(context, desk, async (id, folder) =>
        {
            var package = await packages.ResolveAsync(plan.Scenario, plan.Version, cancellationToken);
            var validation = packages.Validate(package, ShanghaiTime.StartOf(plan.From));
            return new Trial
            {
                Id = id, Folder = folder, Package = package, PackageHash = package.Hash, Simulation = plan, By = viewer.Actor.Id, Area = viewer.Sight.Area, AskedAt = settings.WallClock.GetUtcNow(),
                Work = new SimulationTrial(plan, package, validation, viewer.Sight.Area, now, settings.HomeFolder, scopes),
            };
        });
    }

    private static async Task<IResult> ReplayAsync(
        ReplayRequest asked, HttpContext context, TrialDesk desk, TrialPackages packages, Viewer viewer, TimeProvider clock, ServeSettings settings, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var plan = asked.Decide(ShanghaiTime.DateOf(now));
        return await SubmitAsync(context, desk, async (id, folder) =>
        {
            var package = await packages.ResolveAsync(plan.Scenario, plan.Version, cancellationToken);
            return new Trial
            {
                Id = id, Folder = folder, Package = package, PackageHash = package.Hash, Replay = plan, By = viewer.Actor.Id, Area = viewer.Sight.Area, AskedAt = settings.WallClock.GetUtcNow(),
                Work = new ReplayTrial(plan, package, viewer.Sight.Area, now, settings.HomeFolder, scopes),
            };
        });
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, TrialDesk desk, Func<string, string, Task<Trial>> make)
    {
        var (trial, replayed) = await desk.SubmitAsync(context.RequestKey(), make);
        if (replayed)
            context.Response.Headers[RequestKey.ReplayedHeader] = "true";
        return TypedResults.Json(desk.View(trial), Json.HostJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static IReadOnlyList<TrialView> List(TrialDesk desk, TrialReader reader) => [.. desk.All().Where(reader.Sees).Select(desk.View)];

    private static TrialView View(string id, TrialDesk desk, TrialReader reader) => desk.View(reader.Find(id));

    private static JsonHttpResult<IReadOnlyList<TriedDiagram>> Diagrams(string id, TrialReader reader)
    {
        var diagrams = reader.Find(id).Package.Texts.Where(file => PackageFiles.IsDiagram(file.Key))
            .Select(file => (File: file.Key, Definition: WorkflowDefinition.Parse(file.Value)))
            .Select(one => new TriedDiagram(one.Definition.DefinitionId, one.File, one.Definition.Name ?? one.Definition.DefinitionId, one.Definition.Root));
        return TypedResults.Json<IReadOnlyList<TriedDiagram>>([.. diagrams], Drawing);
    }

    private static TrialView Remove(string id, TrialDesk desk, TrialReader reader)
    {
        var trial = reader.Find(id);
        desk.Remove(trial);
        return desk.View(trial);
    }

    private static Task<Page<TimelineStep>> TimelineAsync(
        string id, TrialReader reader, PageRequest page, CancellationToken cancellationToken, string? @case = null, string? instance = null, string? activityId = null, int? fromSeq = null) =>
        reader.PageAsync(
            id, page, results => results.Timeline,
            step => (@case is null || step.Case == @case) && (instance is null || step.Instance == instance) && (activityId is null || step.ActivityId == activityId), cancellationToken, (fromSeq ?? 1) - 1);

    private static Task<Page<TrialDocument>> DocumentsAsync(string id, TrialReader reader, PageRequest page, CancellationToken cancellationToken, string? form = null, string? @case = null) =>
        reader.PageAsync(id, page, results => results.Documents, document => (form is null || document.Form == form) && (@case is null || document.Case == @case), cancellationToken);

    private static async Task<IResult> HtmlAsync(string id, string documentId, TrialReader reader, HttpContext context, CancellationToken cancellationToken)
    {
        var path = reader.Simulation(id).HtmlOf(documentId) ?? throw new RefusedException(new Refusal(404, "not-found", "documentId", "此试运行没有这份文书：请从文书列表中选择。"));
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DocumentPolicy;
        return TypedResults.Text(await File.ReadAllTextAsync(path, cancellationToken), "text/html; charset=utf-8");
    }

    private static async Task<TrialLimitPage> LimitsAsync(
        string id, TrialReader reader, PageRequest page, CancellationToken cancellationToken, bool? broken = null, string? kind = null, string? activityId = null)
    {
        var results = reader.Simulation(id);
        var items = await results.Limits.PageAsync(
            page, line => (broken is null || line.Broken == broken) && (kind is null || line.Kind == kind) && (activityId is null || line.ActivityId == activityId), 0, cancellationToken);
        return new TrialLimitPage((await results.LimitTotals.PageAsync(PageRequest.Longest, null, 0, cancellationToken)).Items, items.Items, items.Next);
    }

    private static Task<Page<TrialBranch>> CoverageAsync(string id, TrialReader reader, PageRequest page, CancellationToken cancellationToken, bool? never = null, string? definition = null) =>
        reader.PageAsync(id, page, results => results.Coverage, branch => (never is null || branch.NeverTaken == never) && (definition is null || branch.Definition == definition), cancellationToken);

    private static Task<Page<TrialProblem>> ProblemsAsync(string id, TrialReader reader, PageRequest page, CancellationToken cancellationToken, string? kind = null) =>
        reader.PageAsync(id, page, results => results.Problems, problem => kind is null || problem.Kind == kind, cancellationToken);

    private static Task<Page<ReplayedCase>> ReplayedAsync(string id, TrialReader reader, PageRequest page, CancellationToken cancellationToken, string? outcome = null) =>
        reader.Replay(id).Cases.PageAsync(page, one => outcome is null || one.Outcome == outcome, 0, cancellationToken);
}
