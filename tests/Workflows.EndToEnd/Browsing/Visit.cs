using System.Collections.Concurrent;
using Microsoft.Playwright;
using Workflows.EndToEnd.Pages;
using Workflows.EndToEnd.Walkthrough;

namespace Workflows.EndToEnd.Browsing;

/// <summary>One person's browser. It notes what went wrong in the page, so that a test can say that nothing did.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>Studio starts a whole runtime in the browser; on a busy machine that takes its time.</summary>
    public const float StudioStartsWithinMs = 120_000;

    private const int MostShots = 3;

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly IBrowserContext _context;
    private readonly ServiceProcess _service;
    private readonly string _visitor;

    private Visit(IBrowserContext context, IPage page, ServiceProcess service, string visitor)
    {
        _visitor = visitor;
        _context = context;
        _service = service;
        Page = page;
        page.SetDefaultTimeout(30_000);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Request += (_, request) => _requests.Enqueue(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors of the page's console, refused requests and breaches of its content policy among them.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Every address that was asked for. The browser may add to them while a test reads them.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Forgets the errors so far, so that the next step answers for its own.</summary>
    public void ForgetComplaints() => _complaints.Clear();

    internal static async Task<Visit> BeginAsync(IBrowserContext context, ServiceProcess service, string visitor) => new(context, await context.NewPageAsync(), service, visitor);

    /// <summary>Signs in as a person of the sample district on the page that is asked for.</summary>
    public async Task SignInAsync(string userName, string path = "/studio")
    {
        await Page.GotoAsync(path);
        await Page.FillAsync("input[name=userName]", userName);
        await Page.FillAsync("input[name=password]", _service.PasswordOf(userName));
        await Page.ClickAsync(".wf-sign-in-card button[type=submit]");
        await Page.Locator(".wf-person").WaitForAsync();
    }

    /// <summary>Takes up the session of another visit's tab: a person who is signed in, with nothing in the browser's cache.</summary>
    public async Task ContinueSessionAsync(Visit other)
    {
        var kept = await other.Page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage })");
        await Page.AddInitScriptAsync($"for (const [name, value] of Object.entries({kept})) if (sessionStorage.getItem(name) === null) sessionStorage.setItem(name, value)");
    }

    /// <summary>Our list of scenarios.</summary>
    public ScenarioListPage Scenarios => new(Page);

    /// <summary>Studio's list of definitions.</summary>
    public DefinitionListPage Definitions => new(Page);

    /// <summary>Studio's editor.</summary>
    public EditorPage Editor => new(Page);

    /// <summary>Our history of a definition.</summary>
    public VersionPage Versions => new(Page);

    /// <summary>Studio's list of instances.</summary>
    public InstanceListPage Instances => new(Page);

    /// <summary>Studio's viewer of one instance.</summary>
    public ViewerPage Viewer => new(Page);

    /// <summary>Keeps a picture of the page, and renews the one of that name in the guides where they show it.</summary>
    public async Task PictureAsync(string name)
    {
        var picture = Path.Combine(StudioSite.Screenshots, name + ".png");
        await TakeAsync(Page, picture);
        var shown = Repository.Find("docs", "pictures", name + ".png");
        if (Environment.GetEnvironmentVariable("WORKFLOWS_UPDATE_GOLDEN") == "1" && File.Exists(shown))
            File.Copy(picture, shown, overwrite: true);
    }

    /// <summary>Takes a picture. The browser gives none now and then while it has much to draw; a moment later it does.</summary>
    internal static async Task TakeAsync(IPage page, string path, bool whole = false)
    {
        for (var left = MostShots; ; left--)
        {
            try
            {
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = whole });
                return;
            }
            catch (PlaywrightException missed) when (left > 1 && missed.Message.Contains("Unable to capture screenshot", StringComparison.Ordinal))
            {
            }
        }
    }

    /// <summary>Leaves a picture of what was seen last, which tells most of why a test failed.</summary>
    public async ValueTask DisposeAsync()
    {
        await PictureAsync("last-" + _visitor);
        await _context.DisposeAsync();
    }
}
