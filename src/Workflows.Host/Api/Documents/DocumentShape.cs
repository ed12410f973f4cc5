using Workflows.Supervision.Documents;

namespace Workflows.Host.Api.Documents;

/// <summary>An issued document without its text.</summary>
internal sealed record DocumentShape(
    string Id, string Number, string Form, string Title, string Organ, DateOnly IssuedOn, string? CaseId, string? PlanId, string? Department, string Subject,
    string VerificationCode, string HtmlSha256, string Template, string TemplateSha256, string? CorrectionOf, string? ActivityId, DateTimeOffset CreatedAt)
{
    /// <summary>The shape of a document.</summary>
    public static DocumentShape Of(OfficialDocument document) => new(
        document.Id, document.Number, document.Form, document.Title, document.Organ, document.IssuedOn, document.CaseId, document.PlanId, document.Department,
        document.Subject, document.VerificationCode, document.HtmlSha256, document.Template, document.TemplateSha256, document.CorrectionOf,
        document.Created.ActivityId, document.Created.At);
}
