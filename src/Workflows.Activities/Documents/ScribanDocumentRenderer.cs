using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Templates;

namespace Workflows.Activities.Documents;

/// <summary>
/// Renders documents with the Scriban engine: escaping on, bounded, includes from the same package version only. Templates are compiled
/// once for each content and shared between threads.
/// </summary>
/// <param name="clock">Time of <c>date.now</c> and of the bound on a rendering's duration.</param>
public sealed class ScribanDocumentRenderer(TimeProvider clock) : IDocumentRenderer
{
    private const int MostCompiled = 2_000;

    private static readonly TemplateFunctions Functions = DocumentFunctions.Create();
    private static readonly TemplateLimits Limits = new() { SourceLength = 256 * 1024, OutputLength = 4_000_000, TotalTime = TimeSpan.FromSeconds(5) };
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", ShanghaiTime.Offset, "Asia/Shanghai", "Asia/Shanghai");

    private readonly ConcurrentDictionary<string, Template> _compiled = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public RenderedDocument Render(DocumentTemplateSet templates, string scenario, string form, JsonElement model)
    {
        var name = templates.Resolve(scenario, form) ?? throw new RuleViolationException(
            RefusalKind.NotFound, "template-unknown", form, $"没有文书模板“{form}”，请在 templates 中增加 {form}{DocumentTemplateSet.FileExtension}。");
        var missing = new List<string>();
        try
        {
            var html = Compiled(templates, name).Render(TemplateModel.From(model), new RenderOptions
            {
                Escaping = Escaping.Html,
                Limits = Limits,
                Clock = clock,
                TimeZone = Shanghai,
                Loader = new PackageLoader(this, templates, scenario),
                Functions = Functions,
                OnMissing = field => Note(missing, field.Path),
            });
            // Marks that turn the direction of writing would print other words than stand in the record.
            return new RenderedDocument(WithGaps(PlainText.Of(html), missing), name, templates.Sha256(scenario, form), missing);
        }
        catch (TemplateException broken)
        {
            throw new RuleViolationException(RefusalKind.Invalid, "template-failed", $"{broken.TemplateName}:{broken.Line}:{broken.Column}", broken.Message);
        }
    }

    private static void Note(List<string> missing, string path)
    {
        if (!missing.Contains(path, StringComparer.Ordinal))
        {
            missing.Add(path);
        }
    }

    // A preview with gaps says so on the page: nothing missing may look like a blank that is meant.
    private static string WithGaps(string html, List<string> missing)
    {
        if (missing.Count == 0)
        {
            return html;
        }

        var list = string.Join("、", missing.Select(WebUtility.HtmlEncode));
        var box = $"<div class=\"gaps\" style=\"margin:6mm auto;width:180mm;padding:3mm;border:2pt solid #c00;color:#c00;background:#fff\">本文书缺少下列内容，不得签发：{list}</div>\n";
        var end = html.LastIndexOf("</body>", StringComparison.Ordinal);
        return end < 0 ? html + box : html.Insert(end, box);
    }

    private Template Compiled(DocumentTemplateSet templates, string name)
    {
        var source = templates.Source(name)!;
        var key = $"{name}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))}";
        if (_compiled.TryGetValue(key, out var template))
        {
            return template;
        }

        // Package versions come and go over years; the cache must not grow with them.
        if (_compiled.Count >= MostCompiled)
        {
            _compiled.Clear();
        }

        return _compiled.GetOrAdd(key, Template.Parse(source, name, Limits));
    }

    private sealed class PackageLoader(ScribanDocumentRenderer renderer, DocumentTemplateSet templates, string scenario) : ITemplateLoader
    {
        public Template? Load(string name) => templates.Resolve(scenario, name) is { } found ? renderer.Compiled(templates, found) : null;
    }
}
