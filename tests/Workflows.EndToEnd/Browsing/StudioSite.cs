using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using Workflows.EndToEnd.Walkthrough;

namespace Workflows.EndToEnd.Browsing;

/// <summary>A sample district that is served, and a real Chromium. Started once for all tests of the collection; each test opens visits of its own.</summary>
public sealed class StudioSite : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private ServiceProcess? _service;
    private readonly List<IBrowser> _withCamera = [];

    public string Url => Service.Url;

    internal ServiceProcess Service => _service ?? throw new InvalidOperationException("Not started.");

    /// <summary>Where the tests leave their screenshots, to be looked at.</summary>
    public static string Screenshots { get; } = Directory.CreateDirectory(Repository.Find("artifacts", "screenshots")).FullName;

    public async Task InitializeAsync()
    {
        _service = await ServiceProcess.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var browser in _withCamera)
            await browser.DisposeAsync();
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_service is not null)
            await _service.DisposeAsync();
    }

    /// <summary>A fresh browser profile with one page.</summary>
    /// <param name="width">Width of the screen.</param>
    /// <param name="height">Height of the screen.</param>
    /// <param name="visitor">Whose last picture is kept.</param>
    /// <param name="film">What the camera shows (.y4m), beside a microphone that beeps; null for a browser without either.</param>
    public async Task<Visit> VisitAsync(int width = 1440, int height = 900, [CallerMemberName] string visitor = "", string? film = null)
    {
        var browser = _browser!;
        if (film is not null)
            _withCamera.Add(browser = await LaunchAsync("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--use-file-for-fake-video-capture=" + film));
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Url,
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ViewportSize = new ViewportSize { Width = width, Height = height },
            AcceptDownloads = true,
        });
        return await Visit.BeginAsync(context, Service, visitor);
    }

    private Task<IBrowser> LaunchAsync(params string[] further) => _playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
        Args = ["--no-sandbox", .. further],
    });
}

/// <summary>The analysts' tests share a site and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class StudioSiteTests : ICollectionFixture<StudioSite>
{
    public const string Name = "studio";
}

/// <summary>The tests of phone, desk, party and public share another one, beside the analysts'.</summary>
[CollectionDefinition(Name)]
public sealed class PeopleSiteTests : ICollectionFixture<StudioSite>
{
    public const string Name = "people";
}
