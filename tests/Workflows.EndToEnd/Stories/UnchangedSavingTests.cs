using System.Text.Json.Nodes;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Stories;

/// <summary>Each definition of the repository goes through the real Studio: opened, drawn, saved by Studio's own button.</summary>
[Collection(StudioSiteTests.Name)]
public class UnchangedSavingTests(StudioSite site, UnchangedSavingTests.OneAnalyst analyst) : IClassFixture<UnchangedSavingTests.OneAnalyst>
{
    public static TheoryData<string> Definitions =>
        [.. Directory.EnumerateFiles(Repository.Find("workflow-definitions"), "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not ("scenario.json" or "legal-bases.json")).Select(file => Path.GetRelativePath(Repository.Find("workflow-definitions"), file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Definitions))]
    public async Task Every_definition_is_drawn_whole_and_saving_it_unchanged_changes_nothing(string file)
    {
        var written = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Find("workflow-definitions", file)))!;
        var id = written["definitionId"]!.GetValue<string>();
        using var desk = await Desk.OpenAsync(site.Service, "analyst");
        var before = await desk.DefinitionAsync(id);
        var visit = await analyst.SignedInAsync();
        await visit.Editor.OpenAsync(id);

        var expected = written["root"]!["activities"]!.AsArray().Select(activity => activity!["id"]!.GetValue<string>()).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(expected, (await visit.Editor.ActivityIdsAsync()).Intersect(expected).Order(StringComparer.Ordinal));
        Assert.Equal(0, await visit.Page.GetByText("未找到：").CountAsync());
        Assert.Equal(written["root"]!["connections"]!.AsArray().Count, await visit.Editor.Lines.CountAsync());

        var answer = await visit.Editor.SaveAsync();
        Assert.True(answer.Ok, answer.StatusText);
        var served = await desk.GetAsync($"/elsa/api/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");
        Assert.DoesNotContain("NotFoundActivity", served.ToJsonString(), StringComparison.Ordinal);
        Assert.True(served["isPublished"]!.GetValue<bool>(), "A draft was opened though nothing had changed.");
        var after = await desk.DefinitionAsync(id);
        Assert.True(JsonNode.DeepEquals(before, after), "What is stored has changed.");
        Assert.Empty(visit.Complaints);
    }

    /// <summary>One person who opens one definition after the other, as analysts do: Studio's runtime is fetched once.</summary>
    public sealed class OneAnalyst(StudioSite site) : IAsyncLifetime
    {
        private Visit? _visit;

        public async Task<Visit> SignedInAsync()
        {
            if (_visit is null)
            {
                _visit = await site.VisitAsync(visitor: "unchanged-saving");
                await _visit.SignInAsync("analyst");
            }

            _visit.ForgetComplaints();
            return _visit;
        }

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync()
        {
            if (_visit is not null)
                await _visit.DisposeAsync();
        }
    }
}
