using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Workflows.EndToEnd.Pages;

/// <summary>The unit tests of the web project, run by its own runner; each of its files is a test here.</summary>
public class WebUnitTests
{
    private static readonly string Project = Repository.Find("src", "Workflows.Web");
    private static readonly Lazy<Task<JsonArray>> Results = new(RunAsync);

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(Project, "src"), "*.test.ts", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Project, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_units_of_the_web_project_hold(string file)
    {
        var result = (await Results.Value).Select(entry => entry!.AsObject()).Single(entry => entry["name"]!.GetValue<string>().EndsWith(file, StringComparison.Ordinal));
        var tests = result["assertionResults"]!.AsArray().Select(entry => entry!.AsObject()).ToList();

        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.True(test["status"]!.GetValue<string>() == "passed", $"{test["fullName"]}: {test["failureMessages"]}"));
    }

    private static async Task<JsonArray> RunAsync()
    {
        using var scratch = new ScratchFolder();
        var report = Path.Combine(scratch.Path, "report.json");
        var start = new ProcessStartInfo("npx", ["--no-install", "vitest", "run", "--reporter=json", "--outputFile=" + report])
        {
            WorkingDirectory = Project,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var vitest = Process.Start(start)!;
        var output = vitest.StandardOutput.ReadToEndAsync();
        var error = vitest.StandardError.ReadToEndAsync();
        await vitest.WaitForExitAsync();
        Assert.True(File.Exists(report), await output + await error);
        return JsonNode.Parse(await File.ReadAllTextAsync(report))!["testResults"]!.AsArray();
    }
}
