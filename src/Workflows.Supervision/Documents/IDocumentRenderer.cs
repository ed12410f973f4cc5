using System.Text.Json;

namespace Workflows.Supervision.Documents;

/// <summary>Turns a model into the HTML of a document. Pure: the same templates and model give the same text.</summary>
public interface IDocumentRenderer
{
    /// <summary>Renders a form.</summary>
    /// <param name="templates">Templates of the package version to which the case is pinned.</param>
    /// <param name="scenario">Code of the scenario, whose own templates come before the common ones.</param>
    /// <param name="form">Key of the form, such as <c>rectification-order</c>.</param>
    /// <param name="model">The model: a JSON object as described in <c>templates/README.md</c>.</param>
    /// <returns>The text, and every field of the model that the form needs and does not find.</returns>
    /// <exception cref="Sessions.RuleViolationException">
    /// <c>template-unknown</c>: there is no such form; <c>template-failed</c>: the template is broken or exceeds a bound, with its name,
    /// line and column.
    /// </exception>
    RenderedDocument Render(DocumentTemplateSet templates, string scenario, string form, JsonElement model);
}

/// <summary>A document as rendered.</summary>
/// <param name="Html">Self-contained HTML.</param>
/// <param name="Template">Name of the template that was used, such as <c>rectification-order</c>.</param>
/// <param name="TemplateSha256">Hash of the template with everything it includes, lower-case hex.</param>
/// <param name="MissingFields">
/// Paths of the fields that are missing, such as <c>order.items[0].due</c>, in order of appearance; a document with any must not be issued.
/// </param>
public sealed record RenderedDocument(string Html, string Template, string TemplateSha256, IReadOnlyList<string> MissingFields);
