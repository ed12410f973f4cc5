using System.Text.Json;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Inspecting;

/// <summary>推送 in a real browser: asked for by a tap, shown by the worker, silent about everything once somebody has signed out.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class PushStory(StudioSite site)
{
    // The browser's own push service is outside; here a subscription stands in for it. The key is that of RFC 8291's example.
    private const string Subscription = """
        {
          let own = null
          const made = key => ({ endpoint: 'https://push.invalid/of-the-test', options: { applicationServerKey: key.buffer }, unsubscribe: async () => { own = null; return true },
            toJSON: () => ({ endpoint: 'https://push.invalid/of-the-test', keys: { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' } }) })
          PushManager.prototype.getSubscription = async () => own
          PushManager.prototype.subscribe = async options => (own = made(options.applicationServerKey))
        }
        """;

    private const string Notices = """
        async () => (await (await navigator.serviceWorker.getRegistration('/inspect')).getNotifications()).map(one => one.title + '|' + (one.data?.link ?? '')).sort()
        """;

    [Fact]
    public async Task Push_is_turned_on_by_a_tap_shows_what_came_and_says_nothing_after_signing_out()
    {
        await using var phone = await Phone.OpenAsync(site, "fir.03");
        await phone.Page.Context.GrantPermissionsAsync(["notifications"]);
        await phone.Page.GotoAsync("/inspect/me");
        var turnOn = phone.Page.GetByRole(AriaRole.Button, new() { Name = "在本机开启推送" });
        // No push service can be reached from here: the page says so in words, and the service keeps no device.
        await turnOn.ClickAsync();
        await phone.Page.GetByText("连不上浏览器的推送服务").WaitForAsync();
        await phone.PictureAsync("push-unreachable");

        await phone.Page.AddInitScriptAsync(Subscription);
        await phone.Page.ReloadAsync();
        await turnOn.ClickAsync();
        await phone.Page.GetByText("本机已开启推送").WaitForAsync();
        Assert.Empty(await phone.CutAsync());
        Assert.Empty(await phone.BarriersAsync());
        await phone.PictureAsync("push-on");

        var browser = await phone.Page.Context.NewCDPSessionAsync(phone.Page);
        var registered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        browser.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, told) =>
        {
            foreach (var one in told!.Value.GetProperty("registrations").EnumerateArray().Where(one => one.GetProperty("scopeURL").GetString()!.EndsWith("/inspect", StringComparison.Ordinal)))
                registered.TrySetResult(one.GetProperty("registrationId").GetString()!);
        };
        await browser.SendAsync("ServiceWorker.enable");
        var registration = await registered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Task PushAsync(string data) => browser.SendAsync("ServiceWorker.deliverPushMessage", new() { ["origin"] = site.Url, ["registrationId"] = registration, ["data"] = data });
        var message = JsonSerializer.Serialize(new { id = "m-1", text = "【催办】甬海曙消检字〔2026〕12号", link = "/tasks/t-1", urgent = false });
        await PushAsync(message);
        await PushAsync(message);
        await phone.UntilAsync($"async () => (await ({Notices})()).length === 1");
        Assert.Equal(["【催办】甬海曙消检字〔2026〕12号|/tasks/t-1"], await phone.Page.EvaluateAsync<string[]>(Notices));

        await phone.Page.RunAndWaitForResponseAsync(() => phone.ButtonAsync("退出登录"), answer => answer.Request.Method == "DELETE" && answer.Url.Contains("/api/push/devices/", StringComparison.Ordinal) && answer.Status == 204);
        await phone.Page.Locator("input[name=userName]").WaitForAsync();
        // The developer tools give a message once, and it is lost where the worker is just then asleep; a push service would come again.
        var later = JsonSerializer.Serialize(new { id = "m-2", text = "【催办】与本机无关", link = "/tasks/t-2", urgent = false });
        for (var tries = 0; tries < 20 && (await phone.Page.EvaluateAsync<string[]>(Notices)).Length < 2; tries++)
        {
            await PushAsync(later);
            await phone.Page.EvaluateAsync("() => new Promise(next => setTimeout(next, 500))");
        }

        Assert.Equal(["【催办】甬海曙消检字〔2026〕12号|/tasks/t-1", "有新的消息，请登录“现场检查”查看。|"], (await phone.Page.EvaluateAsync<string[]>(Notices)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(phone.Complaints, text => text.Contains("Content Security Policy", StringComparison.Ordinal));
    }
}
