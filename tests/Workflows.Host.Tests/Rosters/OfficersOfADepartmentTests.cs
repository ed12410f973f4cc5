using System.Text.Json.Nodes;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Rosters;

/// <summary>Whoever hands a step over looks for a colleague among hundreds of officers of all departments.</summary>
[Collection(SharedSample.Name)]
public sealed class OfficersOfADepartmentTests(SampleService service)
{
    [Fact]
    public async Task The_officers_of_one_department_are_all_found_page_by_page_and_nobody_else_is()
    {
        using var officer = await service.SamplePersonAsync("fir.head");
        var all = (await PagesAsync(officer, "", 200)).Where(one => one.Department == "FIR").ToList();
        var own = await PagesAsync(officer, "&department=FIR", 2);
        Assert.True(all.Count > 2);
        Assert.Equal(all.Order(), own.Order());
        Assert.Empty(await PagesAsync(officer, "&department=NONE", 2));
    }

    private static async Task<List<(string Id, string Department)>> PagesAsync(HttpClient person, string filter, int take)
    {
        var officers = new List<(string, string)>();
        for (var after = ""; ;)
        {
            var page = JsonNode.Parse(await person.GetStringAsync(new Uri($"/api/rosters/officers?take={take}{filter}{after}", UriKind.Relative)))!;
            officers.AddRange(page["items"]!.AsArray().Select(one => (one!["id"]!.GetValue<string>(), one["department"]!.GetValue<string>())));
            if (page["next"]?.GetValue<string>() is not { } next)
                return officers;
            after = "&after=" + Uri.EscapeDataString(next);
        }
    }
}
