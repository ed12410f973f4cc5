using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflows.EndToEnd;

/// <summary>What the pages say of the tree is there.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_test_that_the_guarantees_name_exists()
    {
        var named = TestName().Matches(File.ReadAllText(Repository.Find("docs", "guarantees.md"))).Select(match => match.Groups[1].Value).Distinct().ToList();
        var methods = Directory.EnumerateFiles(Repository.Find("tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Method().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !methods.Contains(name));
    }

    [Fact]
    public void Every_link_between_pages_leads_somewhere()
    {
        var broken = Pages().SelectMany(page => Link().Matches(File.ReadAllText(page)).Select(match => (Page: page, Target: match.Groups[1].Value)))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal) && !link.Target.StartsWith('#'))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.Page)!, link.Target.Split('#')[0])))
            .Select(link => $"{Path.GetFileName(link.Page)}: {link.Target}");

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("analyst-guide.zh.md")]
    [InlineData("inspector-guide.zh.md")]
    [InlineData("supervisor-guide.zh.md")]
    public void Each_guide_shows_the_pages_that_it_speaks_of(string guide) =>
        Assert.True(Picture().Count(File.ReadAllText(Repository.Find("docs", guide))) >= 3, $"{guide} shows fewer than three pictures.");

    [Fact]
    public void Every_setting_of_the_service_is_documented()
    {
        var settings = Variable().Matches(File.ReadAllText(Repository.Find("src", "Workflows.Host", "Composition", "ServeSettings.cs"))).Select(match => match.Value).Distinct().ToList();
        var operations = File.ReadAllText(Repository.Find("docs", "operations.md"));

        Assert.NotEmpty(settings);
        Assert.DoesNotContain(settings, name => !operations.Contains($"| `{name}` |", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_and_route_that_the_coverage_names_exists()
    {
        var page = Coverage();
        var tests = Directory.EnumerateFiles(Repository.Find("tests"), "*.cs", SearchOption.AllDirectories).SelectMany(TestsOf).ToHashSet(StringComparer.Ordinal);
        var named = QualifiedTest().Matches(page).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !tests.Contains(name));

        var table = File.ReadAllText(Repository.Find("tests", "Workflows.Host.Tests", "Access", "RouteTable.cs"));
        var routes = Route().Matches(page).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(routes);
        Assert.DoesNotContain(routes, route => !table.Contains($"[\"{route}\"]", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_branch_of_the_scenarios_names_tests_that_exist()
    {
        var page = File.ReadAllText(Repository.Find("docs", "branches.md")).ReplaceLineEndings("\n");
        var tests = Directory.EnumerateFiles(Repository.Find("tests"), "*.cs", SearchOption.AllDirectories).SelectMany(TestsOf).ToHashSet(StringComparer.Ordinal);
        var rows = page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();
        Assert.DoesNotContain(rows, row => !QualifiedTest().IsMatch(row));
        Assert.DoesNotContain(QualifiedTest().Matches(page).Select(match => match.Groups[1].Value), name => !tests.Contains(name));
        // Each of the shipped scenarios has rows.
        var scenarios = Directory.EnumerateFiles(Repository.Find("workflow-definitions"), "scenario.json", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).ToList();
        Assert.NotEmpty(scenarios);
        Assert.DoesNotContain(scenarios, name => !rows.Exists(row => row.StartsWith($"| {name} |", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_counts_of_the_coverage_are_those_of_its_rows()
    {
        var page = Coverage();
        var rows = CoverageRow().Matches(page).Select(match => (Number: match.Groups[1].Value, State: match.Groups[2].Value)).ToList();
        var stated = CoverageCount().Matches(page).ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);

        // A row in another form than the table's would not be counted, so it is a fault of its own.
        Assert.Equal(page.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Length > 2 && char.IsAsciiDigit(line[2])), rows.Count);
        Assert.Equal(rows.Count, rows.Select(row => row.Number).Distinct(StringComparer.Ordinal).Count());
        foreach (var state in new[] { "works", "partly", "not" })
            Assert.Equal((state, rows.Count(row => row.State == state)), (state, stated[state]));
        Assert.Equal(rows.Count, stated["rows"]);
    }

    private static string Coverage() => File.ReadAllText(Repository.Find("docs", "coverage.md")).ReplaceLineEndings("\n");

    private static IEnumerable<string> TestsOf(string file)
    {
        var text = File.ReadAllText(file);
        return TypeName().Matches(text).SelectMany(_ => Method().Matches(text), (type, method) => $"{type.Groups[1].Value}.{method.Groups[1].Value}");
    }

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Repository.Find("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.Find("README.md")).Append(Repository.Find("CHANGELOG.md"));

    [GeneratedRegex(@"!\[[^\]]+\]\(pictures/[\w-]+\.png\)")]
    private static partial Regex Picture();

    [GeneratedRegex("`((?!WORKFLOWS_)[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){2,})`")]
    private static partial Regex TestName();

    [GeneratedRegex("public (?:async Task|void) ([A-Za-z0-9_]+)\\(")]
    private static partial Regex Method();

    [GeneratedRegex("\\]\\(([^)\\s]+)\\)")]
    private static partial Regex Link();

    [GeneratedRegex("WORKFLOWS_[A-Z_]+|ASPNETCORE_URLS")]
    private static partial Regex Variable();

    [GeneratedRegex("class ([A-Za-z0-9]+)")]
    private static partial Regex TypeName();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*\\.[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex QualifiedTest();

    [GeneratedRegex("`((?:GET|POST|PUT|DELETE) /[^`]+)`")]
    private static partial Regex Route();

    [GeneratedRegex("^\\| ([0-9]+) \\| [^|\n]+ \\| [^|\n]+ \\| (works|partly(?=: )|not(?=: ))(?:: [^|\n]+)? \\|$", RegexOptions.Multiline)]
    private static partial Regex CoverageRow();

    [GeneratedRegex("^\\| (rows|works|partly|not) \\| ([0-9]+) \\|$", RegexOptions.Multiline)]
    private static partial Regex CoverageCount();
}
