using System.Text.Json;
using Microsoft.Playwright;

namespace Workflows.EndToEnd.Browsing;

/// <summary>A person without a mouse: what the Tab key does not reach is out of reach, and where the keyboard stands has to be seen.</summary>
internal sealed class KeyboardOnly(IPage page)
{
    /// <summary>More stops than any page has before what a story looks for.</summary>
    private const int MostPresses = 250;

    // The focused element as a screen reader would name it, what stands beside it, and why nobody would see that it has the focus.
    private const string Focused = """
        () => {
          const one = document.activeElement
          if (!one || one === document.body) return { name: '', beside: '', hidden: '' }
          const words = node => { const copy = node.cloneNode(true); copy.querySelectorAll('input, select, textarea, [aria-hidden=true]').forEach(part => part.remove()); return copy.textContent.replace(/\s+/g, ' ').trim() }
          const labels = [...(one.labels ?? [])].map(words).join(' ')
          const name = one.getAttribute('aria-label') || labels || words(one) || one.title || one.getAttribute('placeholder') || ''
          const row = one.closest('tr, li, article') ?? one.closest('dialog, section, form') ?? document.body
          const rgb = text => (text.match(/[\d.]+/g) ?? []).map(Number)
          const behind = node => { for (let at = node; at; at = at.parentElement) { const paint = rgb(getComputedStyle(at).backgroundColor); if (paint.length === 3 || paint[3] > 0.5) return paint } return [255, 255, 255] }
          const light = paint => { const [r, g, b] = paint.slice(0, 3).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
          const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)
          const style = getComputedStyle(one), box = one.getBoundingClientRect()
          const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
          const hidden = box.width === 0 || box.height === 0 ? 'it has no size'
            : box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth ? 'it is outside of the window'
            : !outlined && style.boxShadow === 'none' ? 'it has neither outline nor shadow'
            : outlined && contrast(rgb(style.outlineColor), behind(one.parentElement)) < 3 ? `its outline ${style.outlineColor} does not stand out from rgb(${behind(one.parentElement)})` : ''
          return { name, beside: row.textContent.replace(/\s+/g, ' '), hidden }
        }
        """;

    /// <summary>Presses Tab until something whose name begins so has the focus, and sees at every stop on the way that it has.</summary>
    /// <param name="name">Beginning of the accessible name.</param>
    /// <param name="beside">What stands in the same row, where several have this name.</param>
    /// <param name="backwards">With Shift: towards the beginning of the page.</param>
    public async Task TabToAsync(string name, string beside = "", bool backwards = false)
    {
        var (met, unseen) = (new List<string>(), new List<string>());
        for (var presses = 0; presses <= MostPresses; presses++)
        {
            var (found, around, hidden) = await FocusAsync();
            if (hidden.Length > 0 && presses > 0)
                unseen.Add($"“{found}”: {hidden}");
            if (found.StartsWith(name, StringComparison.Ordinal) && around.Contains(beside, StringComparison.Ordinal))
            {
                Assert.True(unseen.Count == 0, "Nobody sees that the focus is here: " + string.Join('\n', unseen.Distinct()));
                return;
            }

            met.Add(found);
            await page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
        }

        Assert.Fail($"Tab does not reach “{name}” beside “{beside}”. It met: {string.Join(" | ", met.Distinct())}");
    }

    /// <summary>Tabs to it and presses Enter.</summary>
    public async Task EnterAsync(string name, string beside = "", bool backwards = false)
    {
        await TabToAsync(name, beside, backwards);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Tabs to it and presses the space bar.</summary>
    public async Task SpaceAsync(string name, string beside = "", bool backwards = false)
    {
        await TabToAsync(name, beside, backwards);
        await page.Keyboard.PressAsync("Space");
    }

    /// <summary>Tabs to a field and writes into it, in place of what stood there.</summary>
    public async Task WriteAsync(string field, string text)
    {
        await TabToAsync(field);
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Tabs to a list and moves down it to the first choice whose text or value says this.</summary>
    public async Task SelectAsync(string list, string choice)
    {
        await TabToAsync(list);
        await page.Keyboard.PressAsync("Home");
        var met = new List<string>();
        for (var presses = 0; presses <= MostPresses; presses++)
        {
            var shown = await page.EvaluateAsync<string>("() => [...document.activeElement.selectedOptions ?? []].map(one => one.value + ' ' + one.textContent).join()");
            if (shown.Contains(choice, StringComparison.Ordinal))
                return;
            met.Add(shown);
            await page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Fail($"“{list}” does not offer “{choice}”, but {string.Join(" | ", met.Distinct())}");
    }

    /// <summary>From one of a group of radio buttons with the arrows to another, which is chosen by that.</summary>
    public async Task ChooseAsync(string first, string choice)
    {
        await SpaceAsync(first);
        for (var presses = 0; presses <= MostPresses; presses++)
        {
            if ((await FocusAsync()).Name.StartsWith(choice, StringComparison.Ordinal))
                return;
            await page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Fail($"The arrows do not lead from “{first}” to “{choice}”.");
    }

    /// <summary>Signs in on the page that is asked for.</summary>
    public async Task SignInAsync(string userName, string password, string path)
    {
        await page.GotoAsync(path);
        await page.Locator(".wf-sign-in-card").WaitForAsync();
        await WriteAsync("用户名", userName);
        await WriteAsync("密码", password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".wf-person").WaitForAsync();
        await page.Locator(".dk-main h1").First.WaitForAsync();
    }

    /// <summary>Opens a page of the desk from its menu and waits for the heading.</summary>
    public async Task MenuAsync(string entry, string heading)
    {
        await EnterAsync(entry);
        await page.Locator(".dk-main h1").Filter(new() { HasText = heading }).WaitForAsync();
    }

    /// <summary>Ends the session.</summary>
    public async Task SignOutAsync()
    {
        await EnterAsync("退出");
        await page.Locator(".wf-sign-in-card").WaitForAsync();
    }

    private async Task<(string Name, string Beside, string Hidden)> FocusAsync()
    {
        var found = await page.EvaluateAsync<JsonElement>(Focused);
        return (found.GetProperty("name").GetString()!, found.GetProperty("beside").GetString()!, found.GetProperty("hidden").GetString()!);
    }
}
