using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Limits;
using Workflows.Host.Problems;
using Workflows.Host.Sample;
using Workflows.Storage.Alterations;
using Workflows.Storage.Queries.Instances;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Elsa.Instances;

/// <summary>Which instances are cancelled.</summary>
internal sealed record BulkCancelRequest
{
    /// <summary>These.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Those on this version.</summary>
    public string? DefinitionVersionId { get; init; }

    /// <summary>Those of this definition.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Those of these versions of <see cref="DefinitionId"/>: a number, or AllVersions.</summary>
    public string? VersionOptions { get; init; }
}

/// <summary>Which instances are deleted.</summary>
internal sealed record BulkDeleteRequest
{
    /// <summary>These.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Those of this definition.</summary>
    public string? WorkflowDefinitionId { get; init; }

    /// <summary>Those of these definitions.</summary>
    public IReadOnlyList<string>? WorkflowDefinitionIds { get; init; }
}

/// <summary>Which instances are exported, with what.</summary>
internal sealed record BulkExportRequest
{
    /// <summary>These.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>With their waits.</summary>
    public bool IncludeBookmarks { get; init; } = true;

    /// <summary>With their executions.</summary>
    public bool IncludeActivityExecutionLog { get; init; } = true;

    /// <summary>With their journals.</summary>
    public bool IncludeWorkflowExecutionLog { get; init; } = true;
}

/// <summary>A value for a variable.</summary>
internal sealed record VariableValue
{
    /// <summary>Id of the variable.</summary>
    public string? Id { get; init; }

    /// <summary>Its name, which Studio sends along.</summary>
    public string? Name { get; init; }

    /// <summary>The value; null empties it.</summary>
    public JsonNode? Value { get; init; }
}

/// <summary>Values for variables.</summary>
internal sealed record VariablesRequest
{
    /// <summary>The values.</summary>
    public IReadOnlyList<VariableValue>? Variables { get; init; }
}

/// <summary>How many were cancelled.</summary>
internal sealed record CancelledCount(int Cancelled);

/// <summary>How many were deleted.</summary>
internal sealed record DeletedCount(int Deleted);

/// <summary>How many were imported, by both names.</summary>
internal sealed record ImportedCount(int Count, int Imported);

/// <summary>
/// Instances as analysts act on them: cancel, delete, set variables, export, import (contract 40–44). Cancelling spares the
/// workflows of open cases and plans, which are withdrawn by who may; deleting spares whatever belongs to a case
/// or plan: it is part of the record of supervision. Importing is for the sample district: elsewhere a file could pass for something that happened.
/// </summary>
internal static class InstanceActRoutes
{
    private const int MostVariables = 100;

    private static readonly string[] ExportMethods = ["GET", "POST"];

    /// <summary>Maps the routes that change instances, and their exports.</summary>
    public static void MapElsaInstanceActs(this IEndpointRouteBuilder elsa)
    {
        var single = elsa.MapGroup("/workflow-instances").WithTags("Elsa 流程实例");
        single.MapPost("/{id}/variables", SetVariablesAsync).ForElsaWriters().Accepts<VariablesRequest>("application/json").Produces<CountedItems<VariableShape>>().WithSummary("设置流程变量");
        single.MapDelete("/{id}", DeleteAsync).ForElsaWriters().Produces(204).WithSummary("删除已结束且不属于案件或计划的流程实例");
        single.MapMethods("/{id}/export", ExportMethods, ExportAsync).ForElsaReaders().WithSummary("导出一个流程实例（json）");
        elsa.MapPost("/cancel/workflow-instances/{id}", CancelAsync).ForElsaWriters().WithTags("Elsa 流程实例").WithSummary("取消流程实例");
        var bulk = elsa.MapGroup("/bulk-actions").WithTags("Elsa 流程实例");
        bulk.MapPost("/cancel/workflow-instances", BulkCancelAsync).ForElsaWriters().Accepts<BulkCancelRequest>("application/json").Produces<CancelledCount>().WithSummary("批量取消流程实例");
        bulk.MapPost("/delete/workflow-instances", BulkDeleteAsync).ForElsaWriters().Accepts<BulkDeleteRequest>("application/json").Produces<DeletedCount>().WithSummary("批量删除流程实例");
        bulk.MapPost("/delete/workflow-instances/by-id", BulkDeleteAsync).ForElsaWriters().Accepts<BulkDeleteRequest>("application/json").Produces<DeletedCount>().WithSummary("按编号批量删除流程实例");
        bulk.MapPost("/export/workflow-instances", BulkExportAsync).ForElsaReaders().Accepts<BulkExportRequest>("application/json").WithSummary("批量导出流程实例（zip）");
        bulk.MapPost("/import/workflow-instances", ImportAsync).ForElsaWriters().WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RequestLimits.UploadBytes)).Produces<ImportedCount>().WithSummary("导入流程实例（json或zip，仅样例辖区）");
    }

    private static async Task<IResult> SetVariablesAsync(string id, HttpContext context, InstanceDesk desk, InstanceChanges changes, CancellationToken cancellationToken)
    {
        var request = await StrictBody.ReadAsync<VariablesRequest>(context);
        if (request.Variables is not { Count: > 0 and <= MostVariables } variables || variables.Any(variable => string.IsNullOrEmpty(variable?.Id)))
            throw new RefusedException(new Refusal(400, "missing-field", "variables", $"请填写 variables：1至{MostVariables}个，每个有编号 id 和值 value。"));
        await desk.HeadAsync(id, cancellationToken);
        var values = variables.GroupBy(variable => variable.Id!).ToDictionary(group => group.Key, group => group.Last().Value);
        if (!(await changes.AlterAsync(id, [new SetVariablesAlteration(values)], dryRun: false, cancellationToken)).Changed)
            throw new RefusedException(new Refusal(409, "instance-over", "id", "流程实例已经结束，变量不再改变：只有运行中的或者出现故障、等待重试的实例可以设置变量。"));
        return ElsaJson.Answer(InstanceRoutes.Variables((await desk.WithStateAsync(id, cancellationToken)).State));
    }

    private static async Task<IResult> CancelAsync(string id, InstanceDesk desk, InstanceChanges changes, CancellationToken cancellationToken)
    {
        await desk.HeadAsync(id, cancellationToken);
        await changes.AlterAsync(id, [new CancelAlteration()], dryRun: false, cancellationToken);
        return Results.Ok();
    }

    private static async Task<IResult> DeleteAsync(string id, InstanceDesk desk, InstanceChanges changes, CancellationToken cancellationToken)
    {
        await desk.HeadAsync(id, cancellationToken);
        await changes.DeleteAsync(id, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> BulkCancelAsync(HttpContext context, InstanceChanges changes, CancellationToken cancellationToken)
    {
        var request = await StrictBody.ReadAsync<BulkCancelRequest>(context);
        int? version = request.VersionOptions switch
        {
            null or "" or "AllVersions" => null,
            var text when int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
            var text => throw new RefusedException(new Refusal(400, "unknown-value", "versionOptions", $"按版本批量取消时 versionOptions 应为版本号或 AllVersions，现为“{(text.Length <= 40 ? text : text[..40])}”。")),
        };
        var filter = new InstanceFilter { DefinitionId = request.DefinitionId, DefinitionVersionId = request.DefinitionVersionId, Version = version, Status = ElsaStatus.Running };
        if (request is { Ids: null or [], DefinitionId: null or "", DefinitionVersionId: null or "" })
            throw new RefusedException(new Refusal(400, "empty-filter", "ids", "请指明要取消的流程实例：填写 ids、definitionVersionId 或 definitionId。"));
        var refusals = new ConcurrentQueue<Refusal>();
        var cancelled = await changes.EachAsync(filter.ToSelection(request.Ids), id => UnlessRefusedAsync(refusals, async () =>
            (await changes.AlterAsync(id, [new CancelAlteration()], dryRun: false, cancellationToken)).Changed), cancellationToken);
        return Partly(cancelled, refusals) ?? ElsaJson.Answer(new CancelledCount(cancelled));
    }

    private static async Task<IResult> BulkDeleteAsync(HttpContext context, InstanceChanges changes, CancellationToken cancellationToken)
    {
        var request = await StrictBody.ReadAsync<BulkDeleteRequest>(context);
        if (request is { Ids: null or [], WorkflowDefinitionId: null or "", WorkflowDefinitionIds: null or [] })
            throw new RefusedException(new Refusal(400, "empty-filter", "ids", "请指明要删除的流程实例：填写 ids 或 workflowDefinitionIds。"));
        var refusals = new ConcurrentQueue<Refusal>();
        var filter = new InstanceFilter { DefinitionId = request.WorkflowDefinitionId, DefinitionIds = request.WorkflowDefinitionIds };
        var deleted = await changes.EachAsync(filter.ToSelection(request.Ids), id => UnlessRefusedAsync(refusals, async () =>
        {
            await changes.DeleteAsync(id, cancellationToken);
            return true;
        }), cancellationToken);
        return Partly(deleted, refusals) ?? ElsaJson.Answer(new DeletedCount(deleted));
    }

    private static async Task<bool> UnlessRefusedAsync(ConcurrentQueue<Refusal> refusals, Func<Task<bool>> act)
    {
        try
        {
            return await act();
        }
        catch (RefusedException refused)
        {
            refusals.Enqueue(refused.Refusal);
            return false;
        }
    }

    // What can be done is; where nothing can, the reason is the answer.
    private static IResult? Partly(int done, ConcurrentQueue<Refusal> refusals) => done == 0 && refusals.TryPeek(out var first) ? first.ToResult() : null;

    private static async Task<IResult> ExportAsync(string id, InstanceDesk desk, HistoryReader history, CancellationToken cancellationToken)
    {
        var (_, state) = await desk.WithStateAsync(id, cancellationToken);
        var parts = new InstanceFile.Parts();
        var file = (await InstanceFile.OfAsync(id, state, history, parts, cancellationToken)).ToJson(parts);
        return Results.File(System.Text.Encoding.UTF8.GetBytes(file.ToJsonString(ElsaJson.Options)), "application/json", $"workflow-instance-{id}.json");
    }

    private static async Task<IResult> BulkExportAsync(HttpContext context, InstanceDesk desk, HistoryReader history, TimeProvider clock, CancellationToken cancellationToken)
    {
        var request = await StrictBody.ReadAsync<BulkExportRequest>(context);
        if (request.Ids is not { Count: > 0 and <= InstanceFile.MostFiles } ids)
            throw new RefusedException(new Refusal(400, "missing-field", "ids", $"请填写要导出的流程实例编号 ids，1至{InstanceFile.MostFiles}个。"));
        var parts = new InstanceFile.Parts(request.IncludeBookmarks, request.IncludeActivityExecutionLog, request.IncludeWorkflowExecutionLog);
        var files = new List<(string, JsonObject)>();
        foreach (var id in ids.Distinct())
        {
            var (_, state) = await desk.WithStateAsync(id, cancellationToken);
            files.Add(($"workflow-instance-{id}.json", (await InstanceFile.OfAsync(id, state, history, parts, cancellationToken)).ToJson(parts)));
        }

        return Results.File(await InstanceFile.ZipAsync(files, clock.GetUtcNow()), "application/zip", "workflow-instances.zip");
    }

    private static async Task<IResult> ImportAsync(HttpContext context, SampleDistrict district, InstanceChanges changes, CancellationToken cancellationToken)
    {
        if (!await district.ExistsAsync(cancellationToken))
            throw new RefusedException(new Refusal(400, "import-elsewhere", "files", "流程实例只能导入样例辖区：正式库中的实例来自真实办理，请在样例辖区中导入查看。"));
        if (!context.Request.HasFormContentType)
            throw new RefusedException(new Refusal(415, "unsupported-media-type", "Content-Type", "请以 multipart/form-data 上传，文件字段名为 files。"));
        var form = await context.Request.FormAsync(cancellationToken);
        if (form.Files.Count is 0 or > InstanceFile.MostFiles)
            throw new RefusedException(new Refusal(400, "missing-file", "files", $"请上传1至{InstanceFile.MostFiles}个流程实例文件（字段 files）。"));
        var files = form.Files.SelectMany(file =>
        {
            using var content = file.OpenReadStream();
            return InstanceFile.ReadAll(content, file.FileName);
        }).ToList();
        foreach (var file in files)
            await changes.ImportAsync(file, cancellationToken);
        return ElsaJson.Answer(new ImportedCount(files.Count, files.Count));
    }
}
