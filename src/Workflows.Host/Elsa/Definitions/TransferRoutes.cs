using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Access;
using Workflows.Host.Limits;
using Workflows.Host.Problems;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>Definitions as files: export as JSON or ZIP, import of the same.</summary>
internal static class TransferRoutes
{
    private const int MostEntries = 200;
    private const long LargestArchive = 24L << 20;
    private const int MostExported = 200;

    // A file is read by people and compared line by line.
    private static readonly JsonSerializerOptions Indented = new(ElsaJson.Options) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Maps the routes.</summary>
    public static void MapElsaTransfer(this IEndpointRouteBuilder elsa)
    {
        var routes = elsa.MapGroup("").WithTags("Elsa 流程定义").AddEndpointFilter(DefinitionRoutes.RefuseAsync);
        routes.MapGet("/workflow-definitions/{definitionId}/export", ExportAsync).ForElsaReaders().WithSummary("导出为文件；versionOptions 默认最新版本");
        routes.MapPost("/workflow-definitions/{definitionId}/export", ExportAsync).ForElsaReaders().WithSummary("同 GET");
        routes.MapPost("/bulk-actions/export/workflow-definitions", ExportManyAsync).ForElsaReaders().Accepts<ExportDefinitionsRequest>("application/json").WithSummary("按版本编号导出为 ZIP");
        routes.MapPost("/workflow-definitions/import", ImportAsync).ForElsaWriters().Accepts<DefinitionShape>("application/json").Produces<DefinitionShape>().TakesDefinitions().WithSummary("导入一个流程为草稿；新建答 201，已有答 200");
        routes.MapPut("/workflow-definitions/import", ImportAsync).ForElsaWriters().Accepts<DefinitionShape>("application/json").Produces<DefinitionShape>().TakesDefinitions().WithSummary("同 POST");
        routes.MapPost("/workflow-definitions/{definitionId}/import", ImportIntoAsync).ForElsaWriters().Accepts<DefinitionShape>("application/json").Produces<DefinitionShape>().TakesDefinitions().WithSummary("导入到指定流程");
        routes.MapPut("/workflow-definitions/{definitionId}/import", ImportIntoAsync).ForElsaWriters().Accepts<DefinitionShape>("application/json").Produces<DefinitionShape>().TakesDefinitions().WithSummary("同 POST");
        routes.MapPost("/workflow-definitions/import-files", ImportFilesAsync).ForElsaWriters().Produces<ImportedDefinitions>().TakesDefinitions(RequestLimits.UploadBytes).DisableAntiforgery()
            .WithSummary("导入文件（files，JSON 或 ZIP，最多 200 个流程，展开后上限 24 MiB）；有一个读不懂则全部不导入");
    }

    private static async Task<IResult> ExportAsync(string definitionId, HttpContext context, DefinitionDesk desk, DefinitionReferences references, CancellationToken cancellationToken)
    {
        var row = await desk.RequireAsync(definitionId, DefinitionList.Versions(context.Request.Query, VersionKind.Latest), cancellationToken);
        if (!bool.TryParse(context.Request.Query["includeConsumingWorkflows"], out var withConsumers) || !withConsumers)
            return Results.File(FileOf(row), "application/json", NameOf(row));
        var consumers = await references.ConsumersAsync(definitionId, cancellationToken);
        return consumers.Count == 0 ? Results.File(FileOf(row), "application/json", NameOf(row)) : Zip([row, .. consumers]);
    }

    private static async Task<IResult> ExportManyAsync(HttpContext context, DefinitionQueries definitions, DefinitionReferences references, CancellationToken cancellationToken)
    {
        var body = await DefinitionBody.ReadAsync(context);
        var rows = await definitions.RowsAsync(new DefinitionFilter { VersionIds = body.Texts("ids") }, MostExported, cancellationToken);
        if (rows.Count == 0)
            throw DefinitionDesk.Unknown();
        var all = rows.ToList();
        if (body.Flag("includeConsumingWorkflows"))
        {
            foreach (var row in rows)
                all.AddRange(await references.ConsumersAsync(row.DefinitionId, cancellationToken));
        }

        return Zip([.. all.DistinctBy(row => row.VersionId, StringComparer.Ordinal)]);
    }

    private static async Task<IResult> ImportAsync(HttpContext context, DefinitionDesk desk, StudioForm studio, CancellationToken cancellationToken) =>
        await ImportedAsync(await DefinitionBody.ReadAsync(context), context, desk, studio, cancellationToken);

    private static async Task<IResult> ImportIntoAsync(string definitionId, HttpContext context, DefinitionDesk desk, StudioForm studio, CancellationToken cancellationToken)
    {
        var model = await DefinitionBody.ReadAsync(context);
        model["definitionId"] = definitionId;
        return await ImportedAsync(model, context, desk, studio, cancellationToken);
    }

    private static async Task<IResult> ImportedAsync(JsonObject model, HttpContext context, DefinitionDesk desk, StudioForm studio, CancellationToken cancellationToken)
    {
        if (Misfit(model) is { } misfit)
            return ElsaRefusal.Of(misfit);
        var change = await desk.SaveAsync(model, publish: false, context.User.ToActor(), cancellationToken);
        return change.Row is { } row
            ? ElsaJson.Answer(await studio.OfAsync(row, mayWrite: true, cancellationToken), change.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : ElsaRefusal.Of(change.Problems);
    }

    private static async Task<IResult> ImportFilesAsync(HttpContext context, DefinitionDesk desk, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
            return ElsaRefusal.Of("请以表单（multipart/form-data）上传文件，字段名 files。");
        var form = await context.Request.FormAsync(cancellationToken);
        var models = new List<(string Name, JsonObject Model)>();
        var problems = new List<string>();
        var left = LargestArchive;
        foreach (var file in form.Files)
        {
            await using var stream = file.OpenReadStream();
            if (file.FileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                left = await UnzipAsync(stream, file.FileName, models, problems, left, cancellationToken);
            else
                Add(file.FileName, await DefinitionBody.BytesAsync(stream, DefinitionBody.MaxBytes, cancellationToken), models, problems);
        }

        if (form.Files.Count == 0)
            problems.Add("没有文件：请选择 JSON 或 ZIP 文件（字段名 files）。");
        if (models.Count > MostEntries)
            problems.Add($"一次最多导入 {MostEntries} 个流程：请分次导入。");
        if (problems.Count > 0)
            return ElsaRefusal.Of(problems);
        var count = 0;
        foreach (var (name, model) in models)
        {
            var change = await desk.SaveAsync(model, publish: false, context.User.ToActor(), cancellationToken);
            count += change.Row is null ? 0 : 1;
            problems.AddRange(change.Problems.Select(problem => $"{name}：{problem}"));
        }

        return count == 0 && problems.Count > 0 ? ElsaRefusal.Of(problems) : ElsaJson.Answer(new { count, problems });
    }

    private static async Task<long> UnzipAsync(
        Stream stream, string archive, List<(string Name, JsonObject Model)> models, List<string> problems, long left, CancellationToken cancellationToken)
    {
        try
        {
            await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
            {
                if (models.Count > MostEntries)
                    break;
                // What an archive says of its sizes is not believed: the bytes are counted while they are unpacked.
                await using var content = await entry.OpenAsync(cancellationToken);
                var bytes = await DefinitionBody.BytesAsync(content, Math.Min(DefinitionBody.MaxBytes, left), cancellationToken);
                left -= bytes.Length;
                Add($"{archive}/{entry.Name}", bytes, models, problems);
            }
        }
        // A file that is too short to be an archive fails while its end is looked for.
        catch (Exception broken) when (broken is InvalidDataException or IOException or ArgumentException)
        {
            problems.Add($"{archive}：不是有效的 ZIP 文件。");
        }

        return left;
    }

    private static void Add(string name, byte[] bytes, List<(string Name, JsonObject Model)> models, List<string> problems)
    {
        try
        {
            var model = DefinitionBody.Parse(bytes);
            if (Misfit(model) is { } misfit)
                problems.Add($"{name}：{misfit}");
            else
                models.Add((name, model));
        }
        catch (RefusedException broken)
        {
            problems.Add($"{name}：{broken.Refusal.Detail}");
        }
    }

    private static string? Misfit(JsonObject model) =>
        model["root"] is JsonObject root && root.Text("type") is not null ? null : "不是流程定义：没有根活动（root）。";

    private static IResult Zip(IReadOnlyList<WorkflowDefinitionRow> rows)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var row in rows)
            {
                var name = names.Add(NameOf(row)) ? NameOf(row) : $"{row.DefinitionId}-v{row.Version}.json";
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(FileOf(row));
            }
        }

        return Results.File(target.ToArray(), "application/zip", "workflow-definitions.zip");
    }

    private static byte[] FileOf(WorkflowDefinitionRow row)
    {
        var json = JsonNode.Parse(row.Json, documentOptions: DefinitionBody.Reading)!.AsObject();
        json["isLatest"] = row.IsLatest;
        json["isPublished"] = row.IsPublished;
        return [.. JsonSerializer.SerializeToUtf8Bytes(json, Indented), (byte)'\n'];
    }

    private static string NameOf(WorkflowDefinitionRow row) => string.Concat(row.DefinitionId.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')) + ".json";
}
