using System.CommandLine;
using System.Text.Json;
using Workflows.Activities.Documents;
using Workflows.Supervision.Time;
using Workflows.Templates;

namespace Workflows.Host.CommandLine;

/// <summary>
/// <c>render --template F --model F [--html]</c>: renders one template. Partials are looked for beside it. Plain text is what Scriban
/// would print; with <c>--html</c> values are escaped and fields that the model lacks are named.
/// </summary>
internal sealed class RenderVerb : IVerb
{
    private static readonly TemplateFunctions Functions = DocumentFunctions.Create();
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", ShanghaiTime.Offset, "Asia/Shanghai", "Asia/Shanghai");

    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error)
    {
        var template = new Option<string>("--template") { Description = "模板文件；被引用的片段放在同一文件夹", Required = true };
        var model = new Option<string>("--model") { Description = "数据文件（JSON 对象）", Required = true };
        var html = new Option<bool>("--html") { Description = "按 HTML 转义，并指出缺少的字段" };
        var command = new Command("render", "用数据填写模板，结果写到标准输出") { template, model, html };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(template), parsed.GetRequiredValue(model), parsed.GetValue(html), output, error));
        return command;
    }

    private static int Run(string templatePath, string modelPath, bool html, TextWriter output, TextWriter error)
    {
        var source = InputFile.ReadText(templatePath, "--template");
        using var json = InputFile.ReadJson(modelPath, "--model");
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new BadInputException($"--model：文件“{modelPath}”应为 JSON 对象。");
        }

        var missing = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            output.Write(Template.Parse(source, Path.GetFileName(templatePath)).Render(TemplateModel.From(json.RootElement), new RenderOptions
            {
                Escaping = html ? Escaping.Html : Escaping.None,
                TimeZone = Shanghai,
                Functions = Functions,
                Loader = new Neighbours(Path.GetDirectoryName(Path.GetFullPath(templatePath))!, Path.GetExtension(templatePath)),
                OnMissing = html ? field => missing.Add(field.Path) : null,
            }));
        }
        catch (TemplateException e)
        {
            throw new BadInputException(e.Message);
        }

        if (missing.Count > 0)
        {
            error.WriteLine($"缺少字段：{string.Join("、", missing)}");
        }

        return 0;
    }

    /// <summary>Templates in the same folder, by file name with or without extension; a name never leaves the folder.</summary>
    private sealed class Neighbours(string folder, string extension) : ITemplateLoader
    {
        private readonly Dictionary<string, Template?> _loaded = new(StringComparer.Ordinal);

        public Template? Load(string name)
        {
            if (_loaded.TryGetValue(name, out var known))
            {
                return known;
            }

            var path = name.Length is 0 or > 200 || name is "." or ".." || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0
                ? null
                : new[] { name, name + extension }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
            return _loaded[name] = path is null ? null : Template.Parse(InputFile.ReadText(path, "--template"), name);
        }
    }
}
