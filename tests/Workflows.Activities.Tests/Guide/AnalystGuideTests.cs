using System.Text.RegularExpressions;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Supervision.Tests;

namespace Workflows.Activities.Tests.Guide;

/// <summary>
/// The analysts' guide says what the activities say of themselves. <c>WORKFLOWS_UPDATE_GOLDEN=1</c> writes its catalogue anew; look at every
/// difference before committing it.
/// </summary>
public sealed partial class AnalystGuideTests
{
    private const string Begin = "<!-- 活动目录：开始（由测试生成，请勿手改） -->";
    private const string End = "<!-- 活动目录：结束 -->";

    private static readonly string s_path = Path.Combine(RepositoryFiles.Root, "docs", "analyst-guide.zh.md");

    [Fact]
    public void The_catalogue_of_the_guide_is_what_the_descriptors_say()
    {
        var guide = File.ReadAllText(s_path).ReplaceLineEndings("\n");
        var (from, to) = (guide.IndexOf(Begin, StringComparison.Ordinal), guide.IndexOf(End, StringComparison.Ordinal));
        Assert.InRange(from, 0, to);
        var catalogue = "\n\n" + ActivityCatalogue.Write(Registry()) + "\n";
        if (Environment.GetEnvironmentVariable("WORKFLOWS_UPDATE_GOLDEN") == "1")
        {
            guide = guide[..(from + Begin.Length)] + catalogue + guide[to..];
            File.WriteAllText(s_path, guide);
            to = guide.IndexOf(End, StringComparison.Ordinal);
        }

        Assert.Equal(catalogue, guide[(from + Begin.Length)..to]);
    }

    [Fact]
    public void Every_activity_of_the_diagrams_has_a_section()
    {
        var guide = File.ReadAllText(s_path);
        var types = new[] { "plan.json", "case.json" }
            .SelectMany(file => TypeName().Matches(RepositoryFiles.Read("workflow-definitions/esports-hotel/" + file)))
            .Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.Matches($"(?m)^#### .+ `{Regex.Escape(type)}`$", guide));
    }

    [Fact]
    public void Every_step_that_the_guide_names_stands_in_the_diagrams()
    {
        var diagrams = RepositoryFiles.Read("workflow-definitions/esports-hotel/plan.json")
            + RepositoryFiles.Read("workflow-definitions/esports-hotel/case.json");
        var named = StepName().Matches(File.ReadAllText(s_path)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.All(named, id => Assert.Contains($"\"id\": \"{id}\"", diagrams, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_problem_that_the_validator_reports_is_explained()
    {
        var guide = File.ReadAllText(s_path);
        string[] codes = [.. typeof(ValidationCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!), "invalid-time-limit", "time-limit-without-ladder", "invalid-rung"];

        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Contains($"| `{code}` |", guide, StringComparison.Ordinal));
    }

    private static ActivityRegistry Registry() => new ActivityRegistry().RegisterFrom(typeof(HumanStep).Assembly);

    [GeneratedRegex("\"type\": \"((?:Supervision|Elsa)\\.[A-Za-z]+)\"")]
    private static partial Regex TypeName();

    [GeneratedRegex("步骤 `([A-Za-z0-9]+)`")]
    private static partial Regex StepName();
}
