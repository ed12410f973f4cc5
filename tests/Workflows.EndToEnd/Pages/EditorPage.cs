using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Pages;

/// <summary>Studio's editor at <c>/studio/definitions/{id}</c>, used as a person uses it: with mouse and keyboard.</summary>
public sealed class EditorPage(IPage page)
{
    private const int SavedWithinMs = 30_000;

    private const int MostDrags = 20;
    private const int MostDrops = 3;
    private const float DroppedWithinMs = 12_000;
    private const float NearEnough = 30;

    private const string Nodes = ".x6-node";

    /// <summary>Part of the page with the inputs of the selected activity.</summary>
    public InputPanel Inputs => new(page);

    public async Task OpenAsync(string definitionId)
    {
        await page.GotoAsync("/studio/definitions/" + definitionId);
        await IsDrawnAsync();
    }

    /// <summary>Waits until the canvas shows activities and draws no more.</summary>
    public async Task IsDrawnAsync()
    {
        await Activities.First.WaitForAsync(new LocatorWaitForOptions { Timeout = Visit.StudioStartsWithinMs, State = WaitForSelectorState.Attached });
        await SteadyAsync("[id^='activity-'], .x6-edge");
    }

    /// <summary>Waits until there is something, and no more of it comes for half a second.</summary>
    private async Task SteadyAsync(string selector) => await page.WaitForFunctionAsync(
        """
        selector => {
          const count = document.querySelectorAll(selector).length
          const same = count > 0 && window.countedBefore === selector + count
          window.countedBefore = selector + count
          return same
        }
        """,
        selector,
        new PageWaitForFunctionOptions { PollingInterval = 500, Timeout = Visit.StudioStartsWithinMs });

    /// <summary>Waits until an empty canvas and the toolbox are there.</summary>
    public async Task IsReadyAsync()
    {
        await page.Locator(".x6-graph").First.WaitForAsync(new LocatorWaitForOptions { Timeout = Visit.StudioStartsWithinMs });
        await page.Locator(".mud-expand-panel").First.WaitForAsync(new LocatorWaitForOptions { Timeout = Visit.StudioStartsWithinMs });
    }

    /// <summary>Id of the definition that is open.</summary>
    public string DefinitionId => new Uri(page.Url).Segments[^1];

    /// <summary>Every activity on the canvas.</summary>
    public ILocator Activities => page.Locator("[id^='activity-']");

    /// <summary>An activity on the canvas, by its id.</summary>
    public ILocator Activity(string id) => page.Locator($"[id='activity-{id}']");

    /// <summary>Ids of the activities on the canvas.</summary>
    public async Task<IReadOnlyList<string>> ActivityIdsAsync() =>
        [.. await Activities.EvaluateAllAsync<string[]>("all => all.map(activity => activity.id.slice('activity-'.length))")];

    /// <summary>Lines between activities.</summary>
    public ILocator Lines => page.Locator(".x6-edge");

    /// <summary>Drags the empty canvas until an activity stands at a place of it, given in parts of its width and height.</summary>
    public async Task BringAsync(string activityId, float right, float down)
    {
        for (var drag = 0; drag < MostDrags; drag++)
        {
            var area = (await page.Locator(".x6-graph").First.BoundingBoxAsync())!;
            var box = (await Activity(activityId).BoundingBoxAsync())!;
            var (x, y) = (area.X + (area.Width * right) - box.X, area.Y + (area.Height * down) - box.Y);
            if (Math.Abs(x) < NearEnough && Math.Abs(y) < NearEnough)
                return;
            var (fromX, fromY) = await EmptyPlaceAsync();
            await page.Mouse.MoveAsync(fromX, fromY);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(Math.Clamp(fromX + x, area.X + 5, area.X + area.Width - 5), Math.Clamp(fromY + y, area.Y + 5, area.Y + area.Height - 5), new MouseMoveOptions { Steps = 5 });
            await page.Mouse.UpAsync();
        }

        Assert.Fail($"{activityId} could not be brought into view.");
    }

    /// <summary>Where an activity stands on the canvas.</summary>
    public async Task<(float X, float Y)> PlaceAsync(string activityId)
    {
        var area = (await page.Locator(".x6-graph").First.BoundingBoxAsync())!;
        var box = (await Activity(activityId).BoundingBoxAsync())!;
        return (box.X - area.X, box.Y - area.Y);
    }

    /// <summary>A place of the canvas without anything on it.</summary>
    private async Task<(float X, float Y)> EmptyPlaceAsync()
    {
        var place = await page.EvaluateAsync<float[]>(
            """
            () => {
              // From near the middle the hand may go any way.
              const area = document.querySelector('.x6-graph').getBoundingClientRect()
              const [x, y] = [area.x + area.width / 2, area.y + area.height / 2]
              for (let away = 0; away < 0.45; away += 0.02)
                for (const [right, down] of [[1, 1], [-1, 1], [1, -1], [-1, -1], [0, 1], [0, -1], [1, 0], [-1, 0]]) {
                  const place = [x + right * away * area.width, y + down * away * area.height]
                  if (document.elementFromPoint(...place)?.matches('.x6-graph-svg, .x6-graph-grid, .x6-graph, .x6-graph-background')) return place
                }
              return []
            }
            """);
        Assert.Equal(2, place.Length);
        return (place[0], place[1]);
    }

    /// <summary>Opens the diagram inside an activity with a double click, and waits for one of its steps.</summary>
    public async Task EnterAsync(string activityId, string inner)
    {
        var box = (await Activity(activityId).BoundingBoxAsync())!;
        await page.Mouse.DblClickAsync(box.X + 60, box.Y + 10);
        await Activity(inner).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await SteadyAsync("[id^='activity-'], .x6-edge");
    }

    /// <summary>Selects an activity; its panels open below the canvas.</summary>
    public async Task SelectAsync(string activityId)
    {
        var box = (await Activity(activityId).BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + 60, box.Y + 10);
    }

    /// <summary>Drags an activity from the toolbox onto the canvas and waits until it is saved.</summary>
    /// <returns>The id that it got.</returns>
    public async Task<string> DropAsync(string name, float x, float y)
    {
        await NothingUnsaved.WaitForAsync();
        var before = await ActivityIdsAsync();
        await page.Locator(".wf-studio input[placeholder]").First.FillAsync(name);
        var entry = page.Locator("[draggable=true]").Filter(new LocatorFilterOptions { HasTextRegex = new Regex($@"^\s*{name}\s*$") });
        // The group that holds it; others may hold names that contain this one.
        var group = page.Locator(".mud-expand-panel").Filter(new LocatorFilterOptions { Has = entry });
        await group.First.WaitForAsync();
        if (!await entry.First.IsVisibleAsync())
            await group.First.Locator(".mud-expand-panel-header").ClickAsync();
        await AgainAsync(
            () => entry.First.DragToAsync(page.Locator(".x6-graph").First, new LocatorDragToOptions { TargetPosition = new TargetPosition { X = x, Y = y } }),
            "before => document.querySelectorAll(\"[id^='activity-']\").length > before", before.Count);
        var added = await StoredAsync<string>("definition.root.activities.map(step => step.id).find(id => !wanted.includes(id))", before);
        await Activity(added).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        return added;
    }

    // Studio lets go of what was dragged or clicked before it had taken hold of it, on a busy machine: then a person does it again.
    private async Task AgainAsync(Func<Task> act, string taken, int before)
    {
        for (var left = MostDrops; ; left--)
        {
            await act();
            try
            {
                await page.WaitForFunctionAsync(taken, before, new PageWaitForFunctionOptions { Timeout = DroppedWithinMs });
                return;
            }
            catch (TimeoutException) when (left > 1)
            {
            }
        }
    }

    /// <summary>Draws a line with the mouse from an outcome of one activity to another, and waits until it is saved.</summary>
    public async Task ConnectAsync(string from, string outcome, string to)
    {
        await NothingUnsaved.WaitForAsync();
        var (x1, y1) = await PortAsync(from, outcome);
        var (x2, y2) = await PortAsync(to, "In");
        await page.Mouse.MoveAsync(x1, y1);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((x1 + x2) / 2, ((y1 + y2) / 2) + 5, new MouseMoveOptions { Steps = 6 });
        await page.Mouse.MoveAsync(x2, y2, new MouseMoveOptions { Steps = 6 });
        await page.Mouse.UpAsync();
        await StoredAsync<bool>(Joined, (string[])[from, outcome, to]);
    }

    /// <summary>Removes the line between two activities, by a click on it and the delete key, and waits until that is saved.</summary>
    public async Task DisconnectAsync(string from, string outcome, string to)
    {
        await NothingUnsaved.WaitForAsync();
        var (x1, y1) = await PortAsync(from, outcome);
        var (x2, _) = await PortAsync(to, "In");
        var before = await page.Locator(".x6-edge").CountAsync();
        await AgainAsync(
            async () =>
            {
                await page.Mouse.ClickAsync((x1 + x2) / 2, y1);
                await page.Keyboard.PressAsync("Delete");
            },
            "before => document.querySelectorAll('.x6-edge').length < before", before);
        await StoredAsync<bool>("!" + Joined, (string[])[from, outcome, to]);
    }

    /// <summary>Whether a line is stored from an outcome of an activity to another: the three are what is wanted.</summary>
    private const string Joined = "definition.root.connections.some(line => line.source.activity === wanted[0] && line.source.port === wanted[1] && line.target.activity === wanted[2])";

    /// <summary>
    /// Waits until the service has the definition as it is wanted, and Studio knows. Studio saves by itself a moment after each change, and may take
    /// two changes in one go, so that no single answer tells whether a change was saved.
    /// </summary>
    /// <param name="condition">Of <c>definition</c>, as the service holds it, and of <paramref name="wanted"/>: JavaScript whose value is awaited until it is true.</param>
    /// <param name="wanted">What the condition compares with.</param>
    /// <returns>That value.</returns>
    private async Task<T> StoredAsync<T>(string condition, object wanted)
    {
        var found = await page.EvaluateAsync<T>(
            $$"""
            async ([id, wanted, last]) => {
              for (;;) {
                const answer = await fetch(`/elsa/api/workflow-definitions/by-definition-id/${encodeURIComponent(id)}?versionOptions=Latest`)
                const definition = await answer.json()
                const found = {{condition}}
                if (found) return found
                if (Date.now() > last) throw new Error('It was not saved: ' + {{JsonSerializer.Serialize(condition)}})
                await new Promise(resolve => setTimeout(resolve, 250))
              }
            }
            """,
            new object[] { DefinitionId, wanted, DateTimeOffset.UtcNow.AddMilliseconds(SavedWithinMs).ToUnixTimeMilliseconds() });
        await NothingUnsaved.WaitForAsync();
        return found;
    }

    /// <summary>Does something that changes the definition, and waits until Studio has saved it. What was done before is saved first, so that its answer is not taken for this one.</summary>
    public async Task<IResponse> SavingAsync(Func<Task> act)
    {
        await NothingUnsaved.WaitForAsync();
        var answer = await page.RunAndWaitForResponseAsync(act, IsSaving);
        await NothingUnsaved.WaitForAsync();
        return answer;
    }

    /// <summary>
    /// Fills something in, and waits until all is saved. Studio saves a moment after a change, and may take two changes in one go: whether it was saved
    /// as it was meant is for the story to read back.
    /// </summary>
    public async Task FillingAsync(Func<Task> act)
    {
        await NothingUnsaved.WaitForAsync();
        try
        {
            await page.RunAndWaitForResponseAsync(act, IsSaving, new PageRunAndWaitForResponseOptions { Timeout = SavedWithinMs });
        }
        catch (TimeoutException)
        {
            // Saved together with what came before.
        }

        await NothingUnsaved.WaitForAsync();
    }

    private static bool IsPublishing(IResponse candidate) => IsSaving(candidate) && JsonNode.Parse(candidate.Request.PostData!)!["publish"]!.GetValue<bool>();

    private static bool IsSaving(IResponse candidate) => candidate.Request.Method == "POST" && candidate.Url.EndsWith("/workflow-definitions", StringComparison.Ordinal);

    /// <summary>The green dot at Studio's button for saving; it is amber while there is something to save.</summary>
    private ILocator NothingUnsaved => page.Locator(".elsa-toolbar-icon .mud-badge.mud-theme-success").First;

    /// <summary>Adds a variable in its dialog.</summary>
    public async Task AddVariableAsync(string name)
    {
        await TabAsync("变量");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "添加变量" }).ClickAsync();
        // Studio asks for types and stores first, and then suggests a name over whatever was typed meanwhile.
        var box = page.Locator(".mud-dialog .mud-input-control").Filter(new LocatorFilterOptions { Has = page.Locator("label", new PageLocatorOptions { HasText = "名称" }) }).Locator("input");
        await Assertions.Expect(box).ToHaveValueAsync(new Regex(@"\w"), new LocatorAssertionsToHaveValueOptions { Timeout = SavedWithinMs });
        await box.FillAsync(name);
        await page.Locator(".mud-dialog button", new PageLocatorOptions { HasText = "确定" }).ClickAsync();
        await StoredAsync<bool>("definition.variables.some(variable => variable.name === wanted)", name);
    }

    /// <summary>Opens one of Studio's tabs.</summary>
    public Task TabAsync(string title) => page.Locator(".mud-tab", new PageLocatorOptions { HasText = title }).First.EvaluateAsync("tab => tab.click()");

    /// <summary>Presses Studio's own button for saving.</summary>
    public Task<IResponse> SaveAsync() => SavingAsync(() => page.Locator(".elsa-toolbar-icon > button").First.ClickAsync());

    /// <summary>Presses Studio's own button for publishing, and gives what it says: one message for what was done, or one for each problem.</summary>
    public async Task<IReadOnlyList<string>> PublishAsync()
    {
        await NothingUnsaved.WaitForAsync();
        // Earlier messages go by themselves too, perhaps just now.
        await Snackbars.Locator("button").EvaluateAllAsync<int>("all => { all.forEach(button => button.click()); return all.length; }");
        await page.WaitForFunctionAsync("() => !document.querySelector('.mud-snackbar')");
        await page.RunAndWaitForResponseAsync(() => page.Locator(".mud-button-group-root button").First.ClickAsync(), IsPublishing);
        await SteadyAsync(".mud-snackbar");
        return await Snackbars.AllInnerTextsAsync();
    }

    /// <summary>Presses Studio's own button for running; its viewer opens.</summary>
    public async Task<ViewerPage> RunAsync()
    {
        await page.Locator("button.mud-success-text").First.ClickAsync();
        await page.WaitForURLAsync("**/studio/instances/*");
        var viewer = new ViewerPage(page);
        await viewer.IsDrawnAsync();
        return viewer;
    }

    /// <summary>Messages that Studio shows for a while at the edge, three at a time.</summary>
    public ILocator Snackbars => page.Locator(".mud-snackbar");

    private async Task<(float X, float Y)> PortAsync(string activityId, string port)
    {
        var box = (await page.Locator($"{Nodes}[data-cell-id='{activityId}'] g[port='{port}'] circle").First.BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }
}
