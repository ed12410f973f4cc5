using System.Net;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Definitions;

/// <summary>The list in each of the forms in which Studio asks for it.</summary>
[Collection(SharedService.Name)]
public sealed class ListTests(ServiceUnderTest service)
{
    [Fact]
    public async Task The_list_page_shows_summaries_with_the_links_that_let_it_be_edited()
    {
        using var analyst = await service.PersonAsync("analyst");
        await analyst.SaveAsync(EditingTests.Flow("listed-1", "一"));
        var page = await analyst.ReadAsync("/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=LISTED&IsSystem=False&OrderDirection=Ascending");
        Assert.Equal(page["totalCount"]!.GetValue<int>(), page["items"]!.AsArray().Count);
        var item = page["items"]!.AsArray().Single(row => row!["definitionId"]!.GetValue<string>() == "listed-1")!.AsObject();
        foreach (var member in new[] { "id", "name", "version", "isLatest", "isPublished", "materializerName", "createdAt", "isReadonly", "isMaterializerAvailable", "links" })
            Assert.NotNull(item[member]);
        Assert.False(item.ContainsKey("root"));
        Assert.Contains("publish", Rels(item));
        Assert.Contains("bulk-publish", Rels(page));
    }

    [Fact]
    public async Task A_supervisor_reads_and_may_change_nothing()
    {
        using var analyst = await service.PersonAsync("analyst");
        await analyst.SaveAsync(EditingTests.Flow("listed-2", "一"));
        using var supervisor = await service.PersonAsync("supervisor", null, "330203");
        var page = await supervisor.ReadAsync("/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=listed-2");
        Assert.DoesNotContain("bulk-publish", Rels(page));
        Assert.DoesNotContain("publish", Rels(page["items"]![0]!.AsObject()));
        var definition = await supervisor.DefinitionAsync("listed-2");
        Assert.DoesNotContain("publish", Rels(definition));
        using var saved = await supervisor.SendSaveAsync(definition);
        Assert.Equal(HttpStatusCode.Forbidden, saved.StatusCode);
    }

    [Fact]
    public async Task Without_paging_everything_comes_and_ids_pick_single_versions()
    {
        using var analyst = await service.PersonAsync("analyst");
        for (var i = 1; i <= 3; i++)
            await analyst.SaveAsync(EditingTests.Flow("listed-3", "第" + i), publish: true);
        var versions = await analyst.ReadAsync("/workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=2&DefinitionIds=listed-3&OrderBy=Version&OrderDirection=Descending");
        Assert.Equal(3, versions["totalCount"]!.GetValue<int>());
        Assert.Equal([3, 2], versions["items"]!.AsArray().Select(row => row!["version"]!.GetValue<int>()));
        var second = await analyst.ReadAsync("/workflow-definitions?versionOptions=AllVersions&Page=1&PageSize=2&DefinitionIds=listed-3&OrderBy=Version&OrderDirection=Descending");
        Assert.Equal([1], second["items"]!.AsArray().Select(row => row!["version"]!.GetValue<int>()));
        var ids = versions["items"]!.AsArray().Select(row => row!["id"]!.GetValue<string>()).ToList();
        var picked = await analyst.ReadAsync($"/workflow-definitions?versionOptions=&Ids={ids[0]}&Ids={ids[1]}");
        Assert.Equal(ids.Order(), picked["items"]!.AsArray().Select(row => row!["id"]!.GetValue<string>()).Order());
        var all = await analyst.ReadAsync("/workflow-definitions");
        Assert.Equal(all["totalCount"]!.GetValue<int>(), all["items"]!.AsArray().Count);
        Assert.True(all["items"]!.AsArray().Count >= 3);
        var published = await analyst.ReadAsync("/workflow-definitions?VERSIONOPTIONS=published&definitionids=listed-3");
        Assert.Equal([3], published["items"]!.AsArray().Select(row => row!["version"]!.GetValue<int>()));
        Assert.Empty((await analyst.ReadAsync("/workflow-definitions?IsSystem=True"))["items"]!.AsArray());
    }

    [Fact]
    public async Task The_wider_reads_answer_in_elsas_shapes()
    {
        using var analyst = await service.PersonAsync("analyst");
        var one = (await analyst.SaveAsync(EditingTests.Flow("listed-4", "一"), publish: true))["workflowDefinition"]!["id"]!.GetValue<string>();
        var two = (await analyst.SaveAsync(EditingTests.Flow("listed-4", "二")))["workflowDefinition"]!["id"]!.GetValue<string>();
        var many = await analyst.ReadAsync($"/workflow-definitions/many-by-id?ids={one}&ids={two}");
        Assert.Equal((2, 2), (many["count"]!.GetValue<int>(), many["items"]!.AsArray().Count));
        using var answer = await analyst.GetAsync(new Uri(StudioClient.Base + "/listed-4/versions", UriKind.Relative));
        var versions = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
        Assert.Equal([2, 1], versions.Select(version => version!["version"]!.GetValue<int>()));
        Assert.True((await analyst.ReadAsync("/workflow-definitions/query/count"))["count"]!.GetValue<int>() >= 1);
        Assert.Equal(2, (await analyst.ReadAsync("/workflow-definitions/listed-4?versionOptions=2"))["version"]!.GetValue<int>());
        Assert.Equal(0, (await analyst.ReadAsync("/workflow-definitions/listed-4/live-instances"))["totalCount"]!.GetValue<int>());
        using var unknown = await analyst.GetAsync(new Uri(StudioClient.Base + "/by-id/no-such-version", UriKind.Relative));
        await unknown.RefusedAsync(404, "not-found", "definitionId");
        using var wrong = await analyst.GetAsync(new Uri(StudioClient.Base + "?versionOptions=Newest", UriKind.Relative));
        await wrong.RefusedAsync(400, "bad-query", "versionOptions");
    }

    private static IEnumerable<string> Rels(JsonObject o) => o["links"]!.AsArray().Select(link => link!["rel"]!.GetValue<string>());
}
