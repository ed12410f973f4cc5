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

    [Fact]
    public void Every_setting_of_the_service_is_documented()
    {
        var settings = Variable().Matches(File.ReadAllText(Repository.Find("src", "Workflows.Host", "Composition", "ServeSettings.cs"))).Select(match => match.Value).Distinct().ToList();
        var operations = File.ReadAllText(Repository.Find("docs", "operations.md"));

        Assert.NotEmpty(settings);
        Assert.DoesNotContain(settings, name => !operations.Contains($"| `{name}` |", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Repository.Find("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.Find("README.md")).Append(Repository.Find("CHANGELOG.md"));

    [GeneratedRegex("`((?!WORKFLOWS_)[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){2,})`")]
    private static partial Regex TestName();

    [GeneratedRegex("public (?:async Task|void) ([A-Za-z0-9_]+)\\(")]
    private static partial Regex Method();

    [GeneratedRegex("\\]\\(([^)\\s]+)\\)")]
    private static partial Regex Link();

    [GeneratedRegex("WORKFLOWS_[A-Z_]+|ASPNETCORE_URLS")]
    private static partial Regex Variable();
}
