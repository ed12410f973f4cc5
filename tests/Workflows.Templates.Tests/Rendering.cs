using System.Text.Json;

namespace Workflows.Templates.Tests;

/// <summary>Short ways to render in tests.</summary>
internal static class Rendering
{
    public static string Render(string template, string model = "{}", RenderOptions? options = null)
    {
        using var json = JsonDocument.Parse(model);
        return Template.Parse(template, "test").Render(TemplateModel.From(json.RootElement), options);
    }

    public static TemplateException Fails(string template, string model = "{}", RenderOptions? options = null) =>
        Assert.Throws<TemplateException>(() => Render(template, model, options));

    public static RenderOptions Html { get; } = new() { Escaping = Escaping.Html };
}
