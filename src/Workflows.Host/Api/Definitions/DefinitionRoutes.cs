using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Host.Access;
using Workflows.Host.Packages;
using Workflows.Host.Problems;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Definitions;

/// <summary>A workflow definition in a list.</summary>
internal sealed record DefinitionHead(string DefinitionId, string VersionId, int Version, string Name, bool IsPublished, bool IsLatest, string Hash, string? PackageVersionId, string Source, DateTimeOffset CreatedAt);

/// <summary>All that is wrong with a definition.</summary>
/// <param name="Valid">Whether it may be published.</param>
/// <param name="Problems">Every problem, with activity and property.</param>
/// <param name="Notices">What may be meant as it is drawn but seldom is; it keeps nothing from being published.</param>
internal sealed record DefinitionReport(bool Valid, IReadOnlyList<ValidationProblem> Problems, IReadOnlyList<ValidationProblem> Notices);

/// <summary>A scenario as people choose it.</summary>
internal sealed record ScenarioHead(string Code, string Name, string LeadDepartment, IReadOnlyList<string> Departments, string PackageVersionId, int Version, string Source, DateTimeOffset PublishedAt);

/// <summary>Scenarios and workflow definitions.</summary>
internal static class DefinitionRoutes
{
    private static readonly string[] Readers = [.. RouteAccess.CaseReaders, Role.Analyst, Role.Administrator];

    /// <summary>Maps the routes under <c>/api/scenarios</c> and <c>/api/definitions</c>.</summary>
    public static void MapDefinitions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/scenarios", ScenariosAsync).For(Readers).WithTags("场景").WithSummary("已发布的场景");
        api.MapGet("/scenarios/{code}", ScenarioAsync).For(Readers).WithTags("场景").Produces<Scenario>().WithSummary("场景：部门、检查事项、规则、梯级");
        api.MapGet("/definitions", ListAsync).For(Role.Analyst, Role.Administrator).WithTags("流程定义").WithSummary("流程定义的最新版本和已发布版本");
        api.MapPost("/definitions/validate", ValidateAsync).For(Role.Analyst, Role.Administrator).WithTags("流程定义")
            .Accepts<JsonElement>("application/json").Produces<DefinitionReport>().WithSummary("校验流程定义，一次列出全部问题；不改变任何数据");
    }

    private static async Task<IReadOnlyList<ScenarioHead>> ScenariosAsync(PackageCatalogue packages, CancellationToken cancellationToken)
    {
        var heads = await packages.PublishedAsync(cancellationToken);
        var scenarios = (await packages.AllAsync(cancellationToken)).ToDictionary(scenario => scenario.Code, StringComparer.Ordinal);
        return
        [
            .. heads.Where(head => scenarios.ContainsKey(head.Name)).Select(head => new ScenarioHead(
                head.Name, scenarios[head.Name].Name, scenarios[head.Name].Lead.Code, [.. scenarios[head.Name].Departments.Select(department => department.Code)],
                head.VersionId, head.Version, head.Source, head.PublishedAt)),
        ];
    }

    private static async Task<Scenario> ScenarioAsync(string code, PackageCatalogue packages, CancellationToken cancellationToken) =>
        (await packages.AllAsync(cancellationToken)).FirstOrDefault(scenario => scenario.Code == code)
        ?? throw new RefusedException(new Refusal(404, "not-found", "code", "没有此场景：请从场景列表中选择。"));

    private static async Task<IReadOnlyList<DefinitionHead>> ListAsync(WorkflowsDbContext database, CancellationToken cancellationToken) =>
        await database.Set<WorkflowDefinitionRow>().AsNoTracking().Where(row => row.IsLatest || row.IsPublished)
            .OrderBy(row => row.DefinitionId).ThenBy(row => row.Version).Take(1000)
            .Select(row => new DefinitionHead(row.DefinitionId, row.VersionId, row.Version, row.Name, row.IsPublished, row.IsLatest, row.Hash, row.PackageVersionId, row.Source, row.CreatedAt))
            .ToListAsync(cancellationToken);

    private static async Task<DefinitionReport> ValidateAsync(HttpContext context, ActivityRegistry registry, WorkflowEngine engine, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        try
        {
            var definition = WorkflowDefinition.Parse(text);
            var problems = DefinitionValidator.Validate(definition, registry, engine.Options);
            return new DefinitionReport(problems.Count == 0, problems, DefinitionValidator.Notices(definition, registry, engine.Options));
        }
        catch (DefinitionFormatException malformed)
        {
            throw new RefusedException(new Refusal(422, "definition-malformed", "", malformed.Message));
        }
    }
}
