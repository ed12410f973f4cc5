using Workflows.Activities.Planning;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Packages;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Visits;

/// <summary>A check of one target that is opened by hand, with its scenario.</summary>
/// <param name="ScenarioCode">Scenario; its published package version is taken.</param>
/// <param name="TargetId">The target.</param>
/// <param name="Trigger">What sets it off.</param>
/// <param name="Occasion">检查事由.</param>
/// <param name="Departments">Departments that take part; null for those of the scenario.</param>
/// <param name="LeadId">The lead that it answers, or null.</param>
/// <param name="SourceReference">Number of the complaint, transfer or order that it answers, or null.</param>
/// <param name="FrequencyExceptionReason">Reason for a check above the frequency cap, or null.</param>
/// <param name="RepeatReason">Reason for a check although another department has just found nothing, or null.</param>
internal sealed record NewCheck(
    string ScenarioCode, string TargetId, TriggerKind Trigger, string Occasion, IReadOnlyList<string>? Departments = null,
    string? LeadId = null, string? SourceReference = null, string? FrequencyExceptionReason = null, string? RepeatReason = null);

/// <summary>A check that was opened.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="VisitOfYear">How many on-site checks of the leading organ this makes in the year.</param>
/// <param name="FrequencyException">The exception it rests on, or null.</param>
internal sealed record CheckOpened(string CaseId, string Number, int VisitOfYear, Decision? FrequencyException);

/// <summary>检查频次: how targets stand, exceptions, and checks outside a plan, which are held against the cap too.</summary>
internal static class FrequencyRoutes
{
    /// <summary>Maps <c>POST /api/cases</c>, <c>GET /api/targets/{id}/frequency</c> and <c>POST /api/plans/{id}/frequency-exceptions</c>.</summary>
    public static void MapFrequency(this IEndpointRouteBuilder api)
    {
        api.MapPost("/cases", OpenAsync).For(Role.Dispatcher, Role.Inspector, Role.DepartmentHead).Idempotent().Produces<CheckOpened>(201).WithTags("案件")
            .WithSummary("计划外立项检查：投诉举报等须注明来源；自行发起的由牵头部门负责人批准，并受年度检查频次上限约束");
        api.MapGet("/targets/{id}/frequency", StandingAsync).For(RouteAccess.CaseReaders).WithTags("检查频次")
            .WithSummary("检查对象本年度被检查的次数：各部门已检查次数、上限、剩余次数和逐次清单");
        api.MapPost("/plans/{id}/frequency-exceptions", DecideAsync).For(Role.DepartmentHead).Idempotent().Produces<InspectionPlan>().WithTags("检查频次")
            .WithSummary("决定检查频次例外（须写明理由）：批准前作出的使对象可以被抽取；抽中后暂缓的，决定是否仍然检查");
    }

    private static async Task<IResult> OpenAsync(
        NewCheck request, HttpContext context, AggregateReader rows, LeadDoor leads, Viewer viewer, PackageCatalogue packages, ChangeGate gate, CancellationToken cancellationToken)
    {
        await TargetAsync(request.TargetId, "targetId", rows, viewer, cancellationToken);
        // A replayed request must reach the gate although the lead may have gone out of the caller's sight.
        if (request.LeadId is { } lead && !await gate.IsKeptAsync(ChangeGate.KeyOf(context), cancellationToken))
            await leads.FindAsync(lead, cancellationToken);
        var package = await PackageAsync(request.ScenarioCode, packages, cancellationToken);
        var definition = await packages.CaseDefinitionAsync(package.VersionId, cancellationToken)
            ?? throw new RefusedException(new Refusal(409, "case-definition-missing", "scenarioCode", "该场景尚未发布案件流程（case.json）：请由场景分析师发布。"));
        var command = new OpenTargetedCheck
        {
            TargetId = request.TargetId,
            Trigger = request.Trigger,
            Occasion = request.Occasion,
            Departments = request.Departments,
            LeadId = request.LeadId,
            SourceReference = request.SourceReference,
            FrequencyExceptionReason = request.FrequencyExceptionReason,
            RepeatReason = request.RepeatReason,
        };
        // One target at a time, so that two requests at once do not both find room under the cap.
        return await gate.ServiceAsync<TargetedCheck, CheckOpened>(
            context, $"target:{request.TargetId}",
            async (checks, token) =>
            {
                var opened = await checks.OpenAsync(package.VersionId, PackageVersions.DefinitionVersion(package.VersionId, definition), command, token);
                return new CheckOpened(opened.Id, opened.Number, opened.VisitOfYear, opened.FrequencyException);
            },
            cancellationToken, StatusCodes.Status201Created);
    }

    private static async Task<TargetFrequency> StandingAsync(
        string id, AggregateReader rows, Viewer viewer, PackageCatalogue packages, TimeProvider clock, CancellationToken cancellationToken, string? scenario = null)
    {
        var target = await TargetAsync(id, "id", rows, viewer, cancellationToken);
        var published = await ((IPublishedScenarios)packages).AllAsync(cancellationToken);
        var rules = published.FirstOrDefault(s => scenario is null ? TargetKindOf(s) == target.Kind && target.Tags.Any(s.TargetTags.Contains) : s.Code == scenario)
            ?? throw new RefusedException(new Refusal(422, "scenario-unknown", "scenario", "没有适用于该对象的已发布场景：请以 scenario 指定。"));
        var cases = await rows.ListAsync<Case>(query => query.Where(row => row.TargetId == id), 1000, cancellationToken);
        return TargetFrequency.Of(id, target.Credit?.Class, target.BannedUntil, ShanghaiTime.DateOf(clock.GetUtcNow()).Year, cases, rules);
    }

    private static async Task<IResult> DecideAsync(
        string id, DecideFrequencyException request, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var plan = await viewer.PlanAsync(id, cancellationToken);
        return await gate.ServiceAsync<PlanFrequency, InspectionPlan>(context, plan.CaseKey, (frequency, token) => frequency.DecideAsync(plan.Id, request, token), cancellationToken);
    }

    private static async ValueTask<RosterTarget> TargetAsync(string id, string field, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken) =>
        await rows.FindAsync<TargetRecord>(id, cancellationToken) is { } record && viewer.Sight.SeesArea(record.Area)
            ? record.Target
            : throw new RefusedException(new Refusal(404, "target-unknown", field, "检查对象不存在或不在您的管理范围内：请从名录中选择。"));

    private static async ValueTask<PackageHead> PackageAsync(string scenario, PackageCatalogue packages, CancellationToken cancellationToken) =>
        (await packages.PublishedAsync(cancellationToken)).FirstOrDefault(head => head.Name == scenario)
        ?? throw new RefusedException(new Refusal(422, "scenario-unknown", "scenarioCode", $"没有已发布的场景“{scenario}”：请从场景列表中选择。"));

    private static TargetKind? TargetKindOf(Scenario scenario) => Enum.TryParse<TargetKind>(scenario.TargetKind, out var kind) ? kind : null;
}
