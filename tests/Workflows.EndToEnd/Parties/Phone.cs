using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Parties;

/// <summary>What every page of people without an account has to be on a phone: nothing serious for who cannot see or use a mouse, nothing cut off, a picture kept.</summary>
internal static class Phone
{
    public const int Width = 390;
    public const int Height = 844;
    private const int Narrowest = 360;

    // Whatever sticks out of the page, or is cut off within a box that hides what does not fit.
    private const string CutOff = """
        () => {
          const cut = []
          if (document.scrollingElement.scrollWidth > innerWidth) cut.push('page ' + document.scrollingElement.scrollWidth)
          for (const element of document.querySelectorAll('body *')) {
            const style = getComputedStyle(element), box = element.getBoundingClientRect()
            if (box.width < 2 || box.height < 2 || style.visibility === 'hidden' || element.closest('.ct-nav, .ct-hidden, .ct-paper, .ct-add, .ct-drop, .ct-stars, details:not([open])')) continue
            if (box.right > innerWidth + 1 || box.left < -1) cut.push(element.tagName + '.' + element.className + ' ' + (element.textContent ?? '').slice(0, 30))
            else if (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1) cut.push('hidden in ' + element.tagName + '.' + element.className)
          }
          return cut
        }
        """;

    /// <summary>Looks at what is shown, in both languages and at the narrowest width.</summary>
    public static async Task LookAtAsync(this Visit visit, string name)
    {
        foreach (var language in new[] { "zh", "en" })
        {
            await visit.PictureAsync($"{name}-{language}");
            await visit.Page.SetViewportSizeAsync(Narrowest, 780);
            Assert.Empty(await visit.Page.EvaluateAsync<string[]>(CutOff));
            await visit.PictureAsync($"{name}-{language}-360");
            Assert.Empty(await Barriers.FindAsync(visit.Page));
            await visit.Page.SetViewportSizeAsync(Width, Height);
            // A sheet lies over the button of the language.
            await visit.Page.EvaluateAsync("() => document.querySelector('.ct-language').click()");
        }
    }
}
