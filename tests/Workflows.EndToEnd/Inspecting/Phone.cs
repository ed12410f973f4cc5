using System.Text.Json;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Inspecting;

/// <summary>An officer's phone with the inspector's page.</summary>
internal sealed class Phone : IAsyncDisposable
{
    private const float OnABusyMachineMs = 60_000;

    private readonly Visit _visit;

    private Phone(Visit visit) => _visit = visit;

    public IPage Page => _visit.Page;

    /// <summary>Addresses that were asked for.</summary>
    public IEnumerable<string> Requests => _visit.Requests;

    /// <summary>What the page complained of, except that there was no network and that the service refused something, which the page shows itself.</summary>
    public IEnumerable<string> Complaints => _visit.Complaints.Where(text => !text.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal) && !text.Contains("Failed to load resource", StringComparison.Ordinal));

    /// <summary>Signs in and waits until the day, and what is needed for its visits, lies on the phone and the worker keeps the page.</summary>
    public static async Task<Phone> OpenAsync(StudioSite site, string officer, int width = 390, int height = 844, string language = "zh", string? film = null)
    {
        var phone = new Phone(await site.VisitAsync(width, height, "phone-" + officer, film));
        phone.Page.SetDefaultTimeout(OnABusyMachineMs);
        await phone.Page.AddInitScriptAsync($"localStorage.setItem('language', '{language}')");
        await phone.Page.GotoAsync("/inspect");
        await phone.Page.FillAsync("input[name=userName]", officer);
        await phone.Page.FillAsync("input[name=password]", site.Service.PasswordOf(officer));
        await phone.Page.ClickAsync(".wf-sign-in-card button[type=submit]");
        await phone.Page.Locator(".in-foot").WaitForAsync();
        await phone.Page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");
        return phone;
    }

    public Task OfflineAsync(bool offline) => Page.Context.SetOfflineAsync(offline);

    /// <summary>Waits until a case has been taken along.</summary>
    public Task TakenAlongAsync(string caseId) => KeptAsync("kit:" + caseId);

    /// <summary>Waits until something with this beginning of its name, and this part in it, lies on the phone.</summary>
    public Task KeptAsync(string beginning, string part = "") => UntilAsync($$"""
        async () => {
          const base = await new Promise((resolve, reject) => { const open = indexedDB.open('inspect'); open.onsuccess = () => resolve(open.result); open.onerror = reject })
          const keys = await new Promise(resolve => { const all = base.transaction('kept').objectStore('kept').getAllKeys(); all.onsuccess = () => resolve(all.result) })
          base.close()
          return keys.some(key => key.startsWith({{JsonSerializer.Serialize(beginning)}}) && key.includes({{JsonSerializer.Serialize(part)}}))
        }
        """);

    /// <summary>Waits until a question that the page answers later is answered with yes. WaitForFunctionAsync would take the promise itself for a yes.</summary>
    public Task UntilAsync(string question) => Page.EvaluateAsync($$"""
        async () => { while (!await ({{question}})()) await new Promise(next => setTimeout(next, 50)) }
        """).WaitAsync(TimeSpan.FromMilliseconds(OnABusyMachineMs));

    /// <summary>Hands a section or the record in and waits until the page says that it is kept: whoever closes the page before that was told nothing.</summary>
    public async Task HandInAsync(string button)
    {
        await ButtonAsync(button);
        await Page.Locator(".in-sticky [role=status]").Filter(new() { HasText = "已提交" }).WaitForAsync();
    }

    /// <summary>From the list to the visit.</summary>
    public async Task OpenVisitAsync(string caseId)
    {
        await Page.Locator($"a[href='/inspect/visit/{caseId}']").ClickAsync();
        await Page.Locator(".in-card").First.WaitForAsync();
    }

    /// <summary>At the door: checked in by hand, everybody there, certificates shown.</summary>
    public async Task ArriveAsync(string actionCode)
    {
        await ButtonAsync("人工核对到场");
        await Page.FillAsync("input[name=actionCode]", actionCode);
        await ButtonAsync("登记到场");
        await Page.Locator(".in-item").First.WaitForAsync();
    }

    /// <summary>Everything that is not answered is met.</summary>
    public async Task AllMetAsync()
    {
        foreach (var group in await Page.GetByRole(AriaRole.Button, new() { Name = "其余全部符合" }).AllAsync())
            await group.ClickAsync();
    }

    /// <summary>An item is not met: photograph first, the facts as the list words them.</summary>
    public async Task NotMetAsync(string item, string photo)
    {
        var card = Page.Locator($"#item-{item}");
        await card.GetByText("不符合", new() { Exact = true }).ClickAsync();
        await card.Locator("input[type=file]").First.SetInputFilesAsync(photo);
        await card.Locator("figure").WaitForAsync();
    }

    /// <summary>Somebody writes on the screen.</summary>
    public async Task SignAsync(string button)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        var area = Page.Locator(".in-sign-area");
        var box = (await area.BoundingBoxAsync())!;
        var done = Page.GetByRole(AriaRole.Button, new() { Name = "写好了" });
        while (!await done.IsEnabledAsync())
        {
            await Page.Mouse.MoveAsync(box.X + 60, box.Y + 150);
            await Page.Mouse.DownAsync();
            for (var n = 0; n < 10; n++)
                await Page.Mouse.MoveAsync(box.X + 60 + n * 20, box.Y + 150 + n % 3 * 40);
            await Page.Mouse.UpAsync();
        }

        await done.ClickAsync();
        await area.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>Both officers of the own department.</summary>
    public async Task SignBothAsync(IEnumerable<string> names)
    {
        foreach (var name in names)
            await SignAsync($"{name} 签名");
    }

    public Task ButtonAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    /// <summary>Opens the page of what is not sent and gives its titles.</summary>
    public async Task<IReadOnlyList<string>> UnsentAsync()
    {
        await Page.GotoAsync("/inspect/unsent");
        await Page.Locator(".in-bar h1").WaitForAsync();
        await Page.WaitForFunctionAsync("() => document.querySelector('.in-entry, .in-empty')");
        return await Page.Locator(".in-entry .in-row-title").AllInnerTextsAsync();
    }

    /// <summary>Waits until everything has arrived.</summary>
    public async Task AllSentAsync()
    {
        await Page.GotoAsync("/inspect/unsent");
        await Page.GetByText("全部送达，没有未送出的内容。").WaitForAsync(new() { Timeout = OnABusyMachineMs * 2 });
    }

    /// <summary>Nothing is wider than the screen.</summary>
    public async Task<IReadOnlyList<string>> CutAsync() => JsonSerializer.Deserialize<string[]>(await Page.EvaluateAsync<string>("""
        () => JSON.stringify([...document.querySelectorAll('body *')].filter(one => one.clientWidth > 0 && !one.closest('.in-hidden')
          && (one.getBoundingClientRect().right > innerWidth + 1 || (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible' && !one.closest('svg, iframe, .in-sheet, .in-hidden, textarea, input, select'))))
          .map(one => one.outerHTML.slice(0, 120)))
        """))!;

    /// <summary>Serious and critical breaches of accessibility, by the rules of axe.</summary>
    public Task<IReadOnlyList<string>> BarriersAsync() => Barriers.FindAsync(Page);

    /// <summary>Keeps a picture to be looked at, and for the guide.</summary>
    public async Task PictureAsync(string name, bool whole = false)
    {
        await Visit.TakeAsync(Page, Path.Combine(StudioSite.Screenshots, $"inspector-{name}.png"), whole);
        if (Environment.GetEnvironmentVariable("WORKFLOWS_UPDATE_GOLDEN") == "1")
            File.Copy(Path.Combine(StudioSite.Screenshots, $"inspector-{name}.png"), Repository.Find("docs", "pictures", $"inspector-{name}.png"), overwrite: true);
    }

    public ValueTask DisposeAsync() => _visit.DisposeAsync();
}
