using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Stories;

/// <summary>What an analyst relies on while drawing: a session that ends in the middle costs no work, and a problem leads to its step however deep it lies.</summary>
[Collection(StudioSiteTests.Name)]
public sealed class EditorSafetyStory(StudioSite site)
{
    // Studio's word for a change of the definition.
    private const string Saving = "**/elsa/api/workflow-definitions";
    private const string Renewing = "**/api/session/refresh";

    [Fact]
    public async Task A_session_that_ends_while_a_step_is_drawn_costs_a_password_and_no_work()
    {
        using var desk = await Desk.OpenAsync(site.Service, "analyst");
        await desk.PostAsync("/api/scenarios/esports-hotel/clone", new JsonObject { ["code"] = "token-room", ["name"] = "会话试验" });
        await using var visit = await site.VisitAsync(1760, 1100);
        var page = visit.Page;
        await visit.SignInAsync("analyst");
        await visit.Editor.OpenAsync("token-room-plan");
        var loaded = await page.EvaluateAsync<double>("() => performance.timeOrigin");

        // The service takes neither the token nor its renewal any more.
        var refused = 0;
        await page.RouteAsync(Saving, async route =>
        {
            if (route.Request.Method == "POST" && Interlocked.Increment(ref refused) == 1)
                await route.FulfillAsync(new() { Status = 401 });
            else
                await route.ContinueAsync();
        });
        await page.RouteAsync(Renewing, route => route.FulfillAsync(new() { Status = 401 }));
        var drawing = visit.Editor.DropAsync("约谈", 300, 500);
        // As long as it may take to drag a step three times.
        await page.Locator("dialog.wf-veil input[name=password]").WaitForAsync(new() { Timeout = 60_000 });
        await visit.PictureAsync("editor-session-ended");
        await page.UnrouteAsync(Renewing);
        await page.FillAsync("dialog.wf-veil input[name=password]", site.Service.PasswordOf("analyst"));
        await page.ClickAsync("dialog.wf-veil button[type=submit]");

        var step = await drawing;
        Assert.True(refused > 1, "The change was not sent again.");
        Assert.Equal(loaded, await page.EvaluateAsync<double>("() => performance.timeOrigin"));
        var stored = await desk.DefinitionAsync("token-room-plan");
        Assert.Contains(stored["root"]!["activities"]!.AsArray(), activity => activity!["id"]!.GetValue<string>() == step);
    }

    [Fact]
    public async Task A_problem_of_a_draft_leads_to_its_step_inside_the_diagrams_of_a_diagram()
    {
        using var desk = await Desk.OpenAsync(site.Service, "analyst");
        await desk.PostAsync("/api/scenarios/esports-hotel/clone", new JsonObject { ["code"] = "jump-room", ["name"] = "校验试验" });
        var model = await desk.DefinitionAsync("jump-room-case");
        Assert.True(Find(model["root"]!, "MeasureLimit").Remove("ruleCode"));
        await desk.PostAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = false });
        await using var visit = await site.VisitAsync();
        await visit.SignInAsync("analyst");
        await visit.Editor.OpenAsync("jump-room-case");
        Assert.Equal(0, await visit.Editor.Activity("MeasureLimit").CountAsync());

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "校验", Exact = true }).ClickAsync();
        await visit.Page.Locator(".wf-report .wf-problems button").Filter(new() { HasText = "规则代码" }).ClickAsync();
        await visit.Page.Locator(".x6-graph [id='activity-MeasureLimit'].wf-jumped").WaitForAsync();
        await visit.PictureAsync("editor-problem-step");
        Assert.Empty(visit.Complaints);
    }

    private static JsonObject Find(JsonNode node, string id) => FindIn(node, id) ?? throw new KeyNotFoundException(id);

    private static JsonObject? FindIn(JsonNode? node, string id) => node switch
    {
        JsonObject one when one["id"] is JsonValue value && value.TryGetValue<string>(out var found) && found == id => one,
        JsonObject one => one.Select(property => FindIn(property.Value, id)).FirstOrDefault(found => found is not null),
        JsonArray all => all.Select(item => FindIn(item, id)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
