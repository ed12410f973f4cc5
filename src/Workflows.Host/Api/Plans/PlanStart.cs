using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Activities.Planning;
using Workflows.Engine.Bursts;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Packages;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Plans;

/// <summary>A plan to be drawn up from an item of the annual plan.</summary>
/// <param name="Title">Title as it stands on paper.</param>
/// <param name="AnnualItem">Item of the published annual plan.</param>
/// <param name="ScenarioCode">Scenario; its published package version is taken.</param>
/// <param name="LeadDepartment">Department that leads; null for the scenario's.</param>
/// <param name="Departments">Departments that take part.</param>
/// <param name="DrawCount">How many targets are drawn; null for the scenario's usual share of the roster.</param>
/// <param name="VisitFrom">First day of the visits.</param>
/// <param name="VisitTo">Last day of the visits.</param>
/// <param name="AlternateCount">How many alternates follow.</param>
/// <param name="WeightMode">How chances are given.</param>
/// <param name="Surprise">Whether the party is told only on arrival.</param>
/// <param name="Area">Division code of the district; null for the caller's.</param>
/// <param name="TaskForceId">Task force (专班) from which the officers are drawn; null for the whole roster.</param>
internal sealed record NewPlan(
    string Title, AnnualPlanItem AnnualItem, string ScenarioCode, IReadOnlyList<PlanDepartment> Departments, int? DrawCount, DateOnly VisitFrom, DateOnly VisitTo,
    string? LeadDepartment = null, int AlternateCount = 0, WeightMode WeightMode = WeightMode.Weighted, bool Surprise = false, string? Area = null, string? TaskForceId = null);

/// <summary>A plan whose workflow has begun; its steps are tasks.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="InstanceId">Its workflow instance.</param>
/// <param name="State">How far it is.</param>
internal sealed record PlanStarted(string PlanId, string InstanceId, PlanState State);

/// <summary>The rosters of a plan as they are frozen now.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="State">How far it is.</param>
/// <param name="Targets">Roster of targets.</param>
/// <param name="Officers">Roster of officers.</param>
internal sealed record FrozenRosters(string PlanId, PlanState State, RosterSnapshot Targets, RosterSnapshot Officers);

/// <summary>Starts the workflow of a plan, and freezes its rosters anew while it waits for its approval.</summary>
internal static class PlanStart
{
    /// <summary>Maps <c>POST /api/plans</c> and <c>POST /api/plans/{id}/rosters</c>.</summary>
    public static void MapPlanStart(this IEndpointRouteBuilder api)
    {
        api.MapPost("/plans", StartAsync).For(Role.Dispatcher, Role.DepartmentHead, Role.Inspector).Idempotent().Produces<PlanStarted>(201)
            .WithTags("计划与抽取").WithSummary("从年度计划事项建立抽查计划；后续审批、承诺、抽取、确认均为待办");
        api.MapPost("/plans/{id}/rosters", RefreezeAsync).For(Role.Dispatcher, Role.DepartmentHead, Role.Inspector).Idempotent().Produces<FrozenRosters>()
            .WithTags("计划与抽取").WithSummary("名录更正后重新冻结（仅限抽取承诺公布之前）");
    }

    private static async Task<IResult> RefreezeAsync(string id, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var plan = await viewer.PlanAsync(id, cancellationToken);
        return await gate.ServiceAsync<PlanDraw, FrozenRosters>(
            context, plan.CaseKey,
            async (draws, token) =>
            {
                var frozen = await draws.RefreezeAsync(plan.Id, token);
                return new FrozenRosters(frozen.Id, frozen.State, frozen.TargetRoster!, frozen.OfficerRoster!);
            },
            cancellationToken);
    }

    private static async Task<IResult> StartAsync(
        NewPlan request, HttpContext context, PackageCatalogue packages, ChangeGate gate, CancellationToken cancellationToken)
    {
        var start = await OrderAsync(request, context.User.ToActor(), packages, cancellationToken);
        return await gate.OnceAsync(
            context,
            idempotency => Task.FromResult<Stimulus>(start.Stimulus with { Key = gate.NewKey(), Idempotency = idempotency }),
            static async (session, result, token) => await session.ListAsync<InspectionPlan>(new AggregateFilter { CaseKey = result.InstanceIds[0], Take = 1 }, token) is [var plan, ..]
                ? new PlanStarted(plan.Id, result.InstanceIds[0], plan.State)
                : throw new RefusedException(new Refusal(500, "plan-not-created", "", "流程没有建立计划，未作任何改变：请检查计划流程的第一步。")),
            StatusCodes.Status201Created);
    }

    /// <summary>What starts the workflow of a plan, and the plan that it will draw up.</summary>
    /// <param name="request">The plan.</param>
    /// <param name="actor">Who draws it up.</param>
    /// <param name="packages">Published packages.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<(StartWorkflow Stimulus, OpenPlan Plan)> OrderAsync(NewPlan request, Actor actor, PackageCatalogue packages, CancellationToken cancellationToken)
    {
        var package = (await packages.PublishedAsync(cancellationToken)).FirstOrDefault(head => head.Name == request.ScenarioCode)
            ?? throw new RefusedException(new Refusal(422, "scenario-unknown", "scenarioCode", $"没有已发布的场景“{request.ScenarioCode}”：请从场景列表中选择。"));
        var definition = await packages.PlanDefinitionAsync(package.VersionId, cancellationToken)
            ?? throw new RefusedException(new Refusal(409, "plan-definition-missing", "scenarioCode", "该场景尚未发布计划流程（plan.json）：请由场景分析师发布。"));
        var area = request.Area ?? actor.Area;
        if (!Sight.Of(actor).SeesArea(area))
            throw new RefusedException(new Refusal(403, "other-area", "area", "只能为本区域及下级区域建立计划。"));
        var open = new OpenPlan
        {
            Title = request.Title,
            AnnualItem = request.AnnualItem,
            ScenarioCode = request.ScenarioCode,
            PackageVersionId = package.VersionId,
            Area = area,
            LeadDepartment = request.LeadDepartment ?? actor.Department ?? "",
            Departments = request.Departments,
            HeadCountLimit = (await packages.RequireAsync(package.VersionId, cancellationToken)).Scenario.HeadCountWarning,
            DrawCount = request.DrawCount switch { null => 0, 0 => throw new RefusedException(new Refusal(422, "plan-count", "drawCount", "抽取数应为1至1000000；不填按场景的常用比例。")), { } count => count },
            AlternateCount = request.AlternateCount,
            WeightMode = request.WeightMode,
            VisitFrom = request.VisitFrom,
            VisitTo = request.VisitTo,
            Surprise = request.Surprise,
            TaskForceId = request.TaskForceId,
        };
        var start = new StartWorkflow
        {
            Key = "",
            Actor = actor,
            Workflow = new WorkflowReference(null, PackageVersions.DefinitionVersion(package.VersionId, definition)),
            // The name stands in the workflows' lists, which show no words of people.
            Name = request.AnnualItem.Code,
            Input = new Dictionary<string, JsonNode?>
            {
                ["plan"] = JsonSerializer.SerializeToNode(open, SupervisionJson.Options),
                ["leadDepartment"] = open.LeadDepartment,
            },
        };
        return (start, open);
    }
}
