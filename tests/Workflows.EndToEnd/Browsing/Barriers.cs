using Microsoft.Playwright;

namespace Workflows.EndToEnd.Browsing;

/// <summary>What keeps people out of a page: serious and critical breaches of the rules of axe, and a page that is wider than a narrow phone.</summary>
internal static class Barriers
{
    private const int NarrowestWidth = 360;
    private const int NarrowestHeight = 780;

    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Repository.Find("src", "Workflows.Web", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>Each breach with the places where it is.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        // The script is 500 KB: once for each page that is loaded.
        if (!await page.EvaluateAsync<bool>("() => typeof window.axe === 'object'"))
            await page.EvaluateAsync(Axe.Value + "; undefined");
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'], iframes: false })).violations.filter(one => ['serious', 'critical'].includes(one.impact))
              .map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | '))
            """);
    }

    /// <summary>What is wider than a phone of 360 px, but for what scrolls by itself; the window is as before afterwards.</summary>
    public static async Task<IReadOnlyList<string>> TooWideAsync(IPage page)
    {
        var before = page.ViewportSize!;
        await page.SetViewportSizeAsync(NarrowestWidth, NarrowestHeight);
        var found = await page.EvaluateAsync<string[]>("""
            async () => {
              // What measures its own room, such as a sheet of paper, does so a frame later.
              await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
              const scrolls = one => one && one !== document.body && (getComputedStyle(one).overflowX !== 'visible' || scrolls(one.parentElement))
              return document.scrollingElement.scrollWidth <= innerWidth ? [] : ['the page is ' + document.scrollingElement.scrollWidth + ' px wide', ...[...document.querySelectorAll('body *')]
              .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(one).position !== 'fixed' && !scrolls(one.parentElement)).slice(0, 4)
              .map(one => one.tagName + '.' + one.className + ': ' + one.textContent.slice(0, 40))] }
            """);
        await page.SetViewportSizeAsync(before.Width, before.Height);
        return found;
    }
}
