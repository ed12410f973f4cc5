using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Elsa;
using Workflows.Host.Packages;
using Workflows.Host.Problems;
using Workflows.Host.Trials;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Scenarios;

/// <summary>Asks how a document would look with the templates of the draft.</summary>
/// <param name="Form">Form of the document, the name of its template.</param>
/// <param name="Path">Template that is being edited, or null.</param>
/// <param name="Text">Its text, not saved yet; null with <paramref name="Path"/> null.</param>
/// <param name="DocumentId">Issued document whose data are used, in sight of the caller; or null.</param>
/// <param name="TrialId">Trial whose data are used, with <paramref name="TrialDocumentId"/>; or null.</param>
/// <param name="TrialDocumentId">Document of the trial, or null.</param>
internal sealed record PreviewRequest(string Form, string? Path = null, string? Text = null, string? DocumentId = null, string? TrialId = null, string? TrialDocumentId = null);

/// <summary>How it would look.</summary>
/// <param name="Html">The document.</param>
/// <param name="Missing">Names of fields without which it could not be issued.</param>
/// <param name="Source"><c>example</c>, <c>trial</c> or <c>document</c>: whose data it shows.</param>
internal sealed record DocumentPreview(string Html, IReadOnlyList<string> Missing, string Source);

/// <summary>Documents as the templates of a draft would print them. Case data appear only to those who may read the document they come from.</summary>
internal sealed class PreviewDesk(ScenarioDrafts drafts, IDocumentRenderer renderer, Viewer viewer, TrialReader trials)
{
    private const int LongestTemplate = 256 << 10;
    private const int MostRounds = 4;
    private const string Example = "example";

    /// <summary>Renders a document.</summary>
    /// <exception cref="RuleViolationException">No such scenario or template, or the template fails (422, with its place).</exception>
    /// <exception cref="RefusedException">The data asked for are not in sight (403, 404), or the request is not complete.</exception>
    public async Task<DocumentPreview> RenderAsync(string code, PreviewRequest request, CancellationToken cancellationToken)
    {
        var read = await drafts.ReadAsync(code, null, cancellationToken);
        var texts = read.Files.ToDictionary(file => file.Path, file => file.Text, StringComparer.Ordinal);
        if (request.Path is { } path)
        {
            if (ScenarioText.KindOf(path) != ScenarioFileKind.Template || request.Text is not { Length: <= LongestTemplate } text)
                throw Refused("bad-template", "path", "请给出正在编辑的模板（templates/ 下）及其内容，最长256 Ki字符。");
            texts[path] = text;
        }

        var files = new PackageFiles(code, texts);
        if (PackageCatalogue.Read(files) is not { Package: { } package })
            throw Refused("scenario-has-problems", "", "场景数据有问题，暂不能预览文书：请先校验并改正。");
        var form = FormCatalogue.Find(request.Form) ?? throw Refused("form-unknown", "form", $"没有文种“{request.Form}”：请从文书清单中选择。");
        var (model, source) = await ModelAsync(request, form, package.Scenario, cancellationToken);
        if (model["document"] is JsonObject document)
        {
            document["draft"] = true;
            document["templateVersion"] = "预览";
        }

        var rendered = Render(files, form, model);
        // An invented case has whatever the template asks for.
        for (var round = 0; source == Example && rendered.MissingFields.Count > 0 && round < MostRounds; round++)
        {
            ExampleModel.Fill(model, rendered.MissingFields);
            rendered = Render(files, form, model);
        }

        return new DocumentPreview(rendered.Html, [.. RequiredFields.Missing(form, model).Select(field => $"{field.Name}（{field.Path}）").Concat(rendered.MissingFields).Distinct()], source);
    }

    private RenderedDocument Render(PackageFiles files, FormDefinition form, JsonObject model)
    {
        using var parsed = JsonDocument.Parse(model.ToJsonString());
        return renderer.Render(files.TemplateSet(), files.Name, form.Key, parsed.RootElement);
    }

    private async Task<(JsonObject Model, string Source)> ModelAsync(
        PreviewRequest request, FormDefinition form, Supervision.Scenarios.Scenario scenario, CancellationToken cancellationToken)
    {
        if (request.DocumentId is { } id)
        {
            if (!RouteAccess.CaseReaders.Any(viewer.Actor.Is))
                throw new RefusedException(new Refusal(403, "case-data", "documentId", "您的角色不能查看案件内容：请改用示例数据，或用试运行（脱敏）的文书预览。"));
            return (Model((await viewer.RowAsync<OfficialDocument>(id, "文书", cancellationToken)).Model), "document");
        }

        if (request.TrialId is { } trial)
        {
            var file = trials.Simulation(trial).ModelOf(request.TrialDocumentId ?? "")
                ?? throw new RefusedException(new Refusal(404, "not-found", "trialDocumentId", "此试运行没有这份文书：请从文书列表中选择。"));
            return (Model(await File.ReadAllTextAsync(file, cancellationToken)), "trial");
        }

        return (ExampleModel.Of(form, scenario), Example);
    }

    private static JsonObject Model(string json) => JsonNode.Parse(json)!.AsObject();

    private static RefusedException Refused(string code, string field, string detail) => new(new Refusal(422, code, field, detail));
}

/// <summary>The route of the preview.</summary>
internal static class PreviewRoutes
{
    private const long LargestBody = 2 << 20;

    /// <summary>Maps the route under <c>/api/scenarios/{code}</c>. It is a POST because a template does not fit into an address; it changes nothing.</summary>
    public static void MapPreview(this IEndpointRouteBuilder api) =>
        api.MapPost("/scenarios/{code}/preview", (string code, PreviewRequest request, PreviewDesk desk, CancellationToken token) => desk.RenderAsync(code, request, token))
            .ForElsaReaders().WithTags("场景").WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestBody))
            .WithSummary("用草稿中（或尚未保存）的模板预览文书：示例数据、试运行数据，或有权查看的已出具文书的数据；不保存任何内容");
}
