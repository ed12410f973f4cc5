using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Activities.Documents;
using Workflows.Supervision.Documents;

namespace Workflows.Activities.Tests.Documents;

/// <summary>The repository's templates and complete sample models of each form.</summary>
internal static class SampleDocuments
{
    public static string Folder { get; } = Path.GetDirectoryName(ThisFile())!;

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Folder, "..", "..", ".."));

    public static DocumentTemplateSet Templates { get; } = new(Directory
        .EnumerateFiles(Path.Combine(Root, "templates"), "*" + DocumentTemplateSet.FileExtension, SearchOption.AllDirectories)
        .ToDictionary(
            f => Path.GetRelativePath(Path.Combine(Root, "templates"), f).Replace('\\', '/')[..^DocumentTemplateSet.FileExtension.Length],
            File.ReadAllText,
            StringComparer.Ordinal));

    /// <summary>Names of the samples; a name is the form's key, perhaps with a variant behind it.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Path.Combine(Folder, "Samples"), "*.json")
        .Select(f => Path.GetFileNameWithoutExtension(f)!)
        .Where(n => n != "common")
        .Order(StringComparer.Ordinal);

    public static JsonObject Model(string sample)
    {
        var model = Read("common");
        foreach (var (name, value) in Read(sample))
        {
            model[name] = value?.DeepClone();
        }

        return model;
    }

    public static string FormOf(string sample)
    {
        while (Templates.Source(sample) is null)
        {
            sample = sample[..sample.LastIndexOf('-')];
        }

        return sample;
    }

    public static RenderedDocument Render(string sample, JsonObject? model = null) =>
        Render(Templates, FormOf(sample), model ?? Model(sample));

    public static RenderedDocument Render(DocumentTemplateSet templates, string form, JsonObject model) =>
        new ScribanDocumentRenderer(TimeProvider.System).Render(templates, "esports-hotel", form, JsonSerializer.SerializeToElement(model));

    private static JsonObject Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "Samples", name + ".json")))!.AsObject();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
