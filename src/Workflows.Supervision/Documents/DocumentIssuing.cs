using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Documents;

/// <summary>Where the templates of a package version are found.</summary>
public interface IDocumentTemplates
{
    /// <summary>The templates of a package version, or null.</summary>
    ValueTask<DocumentTemplateSet?> FindAsync(string packageVersionId, CancellationToken cancellationToken = default);
}

/// <summary>Issues a document.</summary>
/// <param name="Form">Key of the form.</param>
/// <param name="SubjectId">Id of the record of which it speaks.</param>
/// <param name="Department">Department whose organ issues it; null for that of the record, else the leading one.</param>
/// <param name="Details">What people add that no record holds, merged over the model; may not touch <c>document</c>, <c>organ</c>, <c>party</c>.</param>
/// <param name="CorrectionOf">Document that it corrects, or null.</param>
public sealed record IssueDocument(string Form, string SubjectId, string? Department = null, JsonObject? Details = null, string? CorrectionOf = null);

/// <summary>A document as it would be issued now, without number and marked as a draft.</summary>
/// <param name="Title">Title in the scenario.</param>
/// <param name="Html">Its text.</param>
/// <param name="Missing">Fields that it still lacks.</param>
/// <param name="Restricted">Whether it holds data on a minor or is sealed by law.</param>
public sealed record DraftPaper(string Title, string Html, IReadOnlyList<MissingField> Missing, bool Restricted);

/// <summary>Check → number → render → hash → keep. The number is taken only now; a failure takes none, because nothing is committed.</summary>
/// <param name="session">The session.</param>
/// <param name="models">Builds the models.</param>
/// <param name="templates">Templates by package version.</param>
/// <param name="renderer">Renders models.</param>
public sealed class DocumentIssuing(ISupervisionSession session, DocumentModelBuilder models, IDocumentTemplates templates, IDocumentRenderer renderer)
{
    /// <summary>Issues a document.</summary>
    /// <exception cref="RuleViolationException">
    /// <c>document-incomplete</c> with every missing field, <c>form-unknown</c>, <c>template-missing</c>, <c>document-not-approved</c>, <c>assistant-decides</c>,
    /// <c>correction-only</c>.
    /// </exception>
    public async ValueTask<OfficialDocument> IssueAsync(IssueDocument command, CancellationToken cancellationToken = default)
    {
        if (session.Actor.Is(Role.Assistant) || (session.Actor.Is(Role.Party) && FormCatalogue.Find(command.Form)?.PreparedBy != FormCatalogue.PreparedByParty))
        {
            throw Refusal.Forbidden("assistant-decides", "actor", "辅助人员和当事人不能签发文书，请由执法人员办理。");
        }

        var draft = await models.BuildAsync(command, cancellationToken);
        var form = draft.Form;
        await RequireCorrectionAsync(command, form, cancellationToken);
        var set = await RequireTemplatesAsync(draft, cancellationToken);
        RequiredFields.Require(form, draft.Model);

        var today = session.Today();
        var series = new NumberSeries(draft.Organ.NumberName, draft.Document.Code ?? "", today.Year);
        var serial = await session.TakeNumberAsync(series, cancellationToken);
        var number = NumberOf(series, serial, draft.Document.IsLetter);
        var id = session.NewId();
        var code = CodeOf(id, number);
        var printed = draft.Model["document"]!.AsObject();
        printed["number"] = number;
        printed["verificationCode"] = code;
        printed["templateVersion"] = VersionOf(set, draft);
        var model = draft.Model.ToJsonString(SupervisionJson.Options);
        var rendered = Render(set, draft, model);
        if (rendered.MissingFields.Count > 0)
        {
            throw RequiredFields.Refuse(form, rendered.MissingFields);
        }

        return session.Add(
            new OfficialDocument
            {
                Id = id,
                CaseKey = draft.Keys.CaseKey,
                CaseId = draft.Keys.CaseId,
                PlanId = draft.Keys.PlanId,
                TargetId = draft.Keys.TargetId,
                Area = draft.Keys.Area,
                Department = draft.Department,
                Created = session.Cause(),
                Number = number,
                Form = form.Key,
                Title = draft.Document.Title,
                Organ = draft.Organ.Name,
                Series = series,
                Serial = serial,
                IssuedOn = today,
                Subject = $"{form.Subject}:{command.SubjectId}",
                VerificationCode = code,
                Template = rendered.Template,
                TemplateSha256 = rendered.TemplateSha256,
                ModelSha256 = Sha256Of(model),
                Model = model,
                HtmlSha256 = Sha256Of(rendered.Html),
                Html = rendered.Html,
                CorrectionOf = command.CorrectionOf,
                Restricted = draft.Restricted,
            },
            "document.issued", ("number", number), ("form", form.Key), ("html", Sha256Of(rendered.Html)), ("template", rendered.TemplateSha256));
    }

    /// <summary>A draft without number, marked as such. Gaps are shown rather than refused; nothing is kept.</summary>
    public async ValueTask<DraftPaper> PreviewAsync(IssueDocument command, CancellationToken cancellationToken = default)
    {
        var draft = await models.BuildAsync(command, cancellationToken);
        var set = await RequireTemplatesAsync(draft, cancellationToken);
        var printed = draft.Model["document"]!.AsObject();
        printed["draft"] = true;
        printed["templateVersion"] = VersionOf(set, draft);
        var rendered = Render(set, draft, draft.Model.ToJsonString(SupervisionJson.Options));
        var missing = RequiredFields.Missing(draft.Form, draft.Model).Concat(RequiredFields.Name(draft.Form, rendered.MissingFields)).DistinctBy(m => m.Path);
        return new DraftPaper(draft.Document.Title, rendered.Html, [.. missing], draft.Restricted);
    }

    /// <summary>A number as printed: forms with 第 and four digits, letters without zeros (GB/T 9704).</summary>
    public static string NumberOf(NumberSeries series, int serial, bool isLetter) => isLetter
        ? $"{series.Organ}{series.Form}〔{series.Year}〕{serial}号"
        : $"{series.Organ}{series.Form}字〔{series.Year}〕第{serial:0000}号";

    private async ValueTask<DocumentTemplateSet> RequireTemplatesAsync(DocumentDraft draft, CancellationToken ct) =>
        await templates.FindAsync(draft.PackageVersionId, ct) is { } set && set.Resolve(draft.Scenario, draft.Form.Key) is not null
            ? set
            : throw Refusal.Conflict("template-missing", "form", $"场景版本“{draft.PackageVersionId}”没有文书“{draft.Form.Title}”的模板，请先发布模板。");

    private RenderedDocument Render(DocumentTemplateSet set, DocumentDraft draft, string model)
    {
        using var parsed = JsonDocument.Parse(model);
        return renderer.Render(set, draft.Scenario, draft.Form.Key, parsed.RootElement);
    }

    private static string VersionOf(DocumentTemplateSet set, DocumentDraft draft) => set.Sha256(draft.Scenario, draft.Form.Key)[..12];

    private async ValueTask RequireCorrectionAsync(IssueDocument command, FormDefinition form, CancellationToken ct)
    {
        if (form.Subject == DocumentSubject.Document || command.CorrectionOf is not null)
        {
            if (command.CorrectionOf is null || form.Subject != DocumentSubject.Document || command.SubjectId != command.CorrectionOf)
            {
                throw Refusal.Invalid("correction-only", "correctionOf", "已签发的文书不得改动，只能另发《文书更正通知书》并指明被更正的文书。");
            }

            await session.GetAsync<OfficialDocument>(command.CorrectionOf, "correctionOf", "文书", ct);
        }
    }

    private static string CodeOf(string id, string number) => Sha256Of($"{id}\n{number}")[..16].ToUpperInvariant();

    private static string Sha256Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
