using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Inspecting;

/// <summary>What holds of every page of the phone: small, whole at 360 px, open to everybody, and nothing left behind after signing out.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class PhonePagesTests(StudioSite site)
{
    private const int MostScriptBytes = 250 * 1024;

    [Fact]
    public async Task Everything_that_the_page_may_ever_load_of_script_is_at_most_250_KB_compressed()
    {
        using var handler = new HttpClientHandler { CheckCertificateRevocationList = true };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(site.Url) };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        using var whole = new HttpClientHandler { CheckCertificateRevocationList = true };
        using var plain = new HttpClient(whole) { BaseAddress = new Uri(site.Url) };
        var worker = await plain.GetStringAsync(new Uri("/inspect/sw.js", UriKind.Relative));
        var files = JsonSerializer.Deserialize<string[]>(worker.Split("const FILES = ")[1].Split('\n')[0])!;
        var sum = 0;
        foreach (var file in files.Where(name => name.EndsWith(".js", StringComparison.Ordinal)))
        {
            sum += (await client.GetByteArrayAsync(new Uri(file, UriKind.Relative))).Length;
            var text = await plain.GetStringAsync(new Uri(file, UriKind.Relative));
            Assert.DoesNotContain("el-button", text, StringComparison.Ordinal);
            Assert.DoesNotContain("zrender", text, StringComparison.Ordinal);
        }

        Assert.InRange(sum, 30 * 1024, MostScriptBytes);
        // What a browser fetches while an officer opens every part of the page is among the files that were counted.
        await using var phone = await Phone.OpenAsync(site, "cul.03");
        foreach (var path in (string[])["/inspect", "/inspect/unsent", "/inspect/me", "/inspect/messages", "/inspect/visit/none", "/inspect/step/none"])
        {
            await phone.Page.GotoAsync(path);
            await phone.Page.Locator(".in-bar").WaitForAsync();
        }

        var loaded = phone.Requests.Select(url => new Uri(url)).Where(url => url.AbsolutePath.EndsWith(".js", StringComparison.Ordinal) && url.AbsolutePath != "/inspect/sw.js").Select(url => url.AbsolutePath);
        Assert.Empty(loaded.Except(files));
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task No_page_is_cut_at_360_px_nor_closed_to_people_who_see_or_hold_differently(string language)
    {
        using var one = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "A-32", ("CUL", "文旅"), ("FIR", "消防"));
        await using var officer = await Phone.OpenAsync(site, one.Officer("CUL"), 360, 780, language);
        await CheckAsync(officer, "list-" + language);
        await officer.Page.Locator("a[href^='/inspect/step/']").First.ClickAsync();
        await officer.Page.Locator("form.in-card").WaitForAsync();
        await CheckAsync(officer, "step-" + language);
        await officer.Page.Locator("button[aria-expanded]").Last.ClickAsync();
        await CheckAsync(officer, "handover-" + language);
        await one.ArriveAsync();
        await officer.Page.GotoAsync($"/inspect/visit/{one.Id}");
        await officer.Page.Locator(".in-item").First.WaitForAsync();
        var item = officer.Page.Locator(".in-item").First;
        await item.Locator("label.fail").ClickAsync();
        await item.Locator("summary").ClickAsync();
        await CheckAsync(officer, "visit-" + language);
        await officer.Page.Locator(".in-card .in-buttons button").First.ClickAsync();
        await officer.Page.Locator(".in-code svg").WaitForAsync();
        await CheckAsync(officer, "certificates-" + language);
        // The focus goes into the sheet, stays there, and goes back when Escape closes it.
        const string Inside = "() => document.activeElement.closest('dialog') !== null";
        Assert.True(await officer.Page.EvaluateAsync<bool>(Inside));
        for (var n = 0; n < 3; n++)
        {
            await officer.Page.Keyboard.PressAsync("Tab");
            Assert.True(await officer.Page.EvaluateAsync<bool>("() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null"));
        }

        await officer.Page.Keyboard.PressAsync("Escape");
        await officer.Page.Locator("dialog").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        Assert.True(await officer.Page.EvaluateAsync<bool>("() => document.activeElement.matches('.in-card .in-buttons button')"));
        await officer.Page.GotoAsync("/inspect/me");
        await CheckAsync(officer, "me-" + language);
        await officer.Page.GotoAsync("/inspect/messages");
        await officer.Page.Locator(".in-message, .in-empty").First.WaitForAsync();
        await CheckAsync(officer, "messages-" + language);
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task After_signing_out_neither_key_nor_data_is_left_on_the_phone()
    {
        await using var phone = await Phone.OpenAsync(site, "cul.02");
        const string Rows = """
            async () => {
              const names = (await indexedDB.databases()).map(one => one.name)
              if (!names.includes('inspect')) return 0
              const base = await new Promise(resolve => { const open = indexedDB.open('inspect'); open.onsuccess = () => resolve(open.result) })
              const counts = await Promise.all([...base.objectStoreNames].map(name => new Promise(resolve => { const all = base.transaction(name).objectStore(name).count(); all.onsuccess = () => resolve(all.result) })))
              base.close()
              return counts.reduce((a, b) => a + b, 0)
            }
            """;
        Assert.True(await phone.Page.EvaluateAsync<int>(Rows) > 0);
        await phone.Page.GotoAsync("/inspect/me");
        await phone.PictureAsync("me");
        await phone.ButtonAsync("退出登录");
        await phone.Page.Locator("input[name=userName]").WaitForAsync();
        Assert.Equal(0, await phone.Page.EvaluateAsync<int>(Rows));
        Assert.DoesNotContain("ey", await phone.Page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage, ...localStorage })"), StringComparison.Ordinal);
    }

    private static async Task CheckAsync(Phone phone, string name)
    {
        await phone.PictureAsync("360-" + name, whole: true);
        Assert.Empty(await phone.CutAsync());
        Assert.Empty(await phone.BarriersAsync());
        var small = await phone.Page.EvaluateAsync<string>("""
            () => [...document.querySelectorAll('.in-main button, .in-main a, .in-tabs a, .in-main summary, .in-main label.in-choice, .in-main label.in-check')]
              .filter(one => one.offsetParent && one.getBoundingClientRect().height < 47.5 && !one.closest('p')).map(one => one.outerHTML.slice(0, 100)).join('\n')
            """);
        Assert.Equal("", small);
    }
}
