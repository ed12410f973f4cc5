using System.Text.Json;
using System.Text.RegularExpressions;

namespace Workflows.Activities.Tests.Documents;

/// <summary>
/// Each form with a complete model gives exactly the text that was reviewed. <c>WORKFLOWS_UPDATE_GOLDEN=1</c> writes the files anew; look
/// at every difference before committing it.
/// </summary>
public sealed partial class GoldenDocumentTests
{
    public static TheoryData<string> Samples() => [.. SampleDocuments.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_complete_model_renders_as_reviewed_and_lacks_nothing(string sample)
    {
        var document = SampleDocuments.Render(sample);

        Assert.Empty(document.MissingFields);
        var html = Style().Replace(document.Html, "<style></style>").ReplaceLineEndings("\n");
        var golden = Path.Combine(SampleDocuments.Folder, "Golden", sample + ".html");
        if (Environment.GetEnvironmentVariable("WORKFLOWS_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
            File.WriteAllText(golden, html);
        }

        Assert.Equal(File.ReadAllText(golden), html);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_document_holds_everything_itself_and_fetches_nothing(string sample)
    {
        var html = SampleDocuments.Render(sample).Html;

        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("<style>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)https?:|url\\(|<script|<link|<img|@import|src=", html);
    }

    [Fact]
    public void Every_form_that_the_scenario_names_has_a_template_and_a_sample()
    {
        using var scenario = JsonDocument.Parse(File.ReadAllBytes(
            Path.Combine(SampleDocuments.Root, "workflow-definitions", "esports-hotel", "scenario.json")));
        var forms = scenario.RootElement.GetProperty("documents").EnumerateArray().Select(d => d.GetProperty("form").GetString()!).ToList();

        Assert.Equal(28, forms.Count);
        Assert.All(forms, f => Assert.NotNull(SampleDocuments.Templates.Source(f)));
        Assert.All(forms, f => Assert.Contains(f, SampleDocuments.Names));
    }

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
