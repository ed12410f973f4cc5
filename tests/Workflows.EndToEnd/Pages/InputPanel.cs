using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Workflows.EndToEnd.Pages;

/// <summary>The inputs of the activity that is selected in Studio's editor, by their Chinese labels.</summary>
public sealed class InputPanel(IPage page)
{
    /// <summary>Writes into a text box.</summary>
    public Task WriteAsync(string label, string text) => SavingAsync(async () =>
    {
        await Control(label).Locator("input, textarea").First.FillAsync(text);
        await page.Keyboard.PressAsync("Tab");
    });

    /// <summary>Chooses from a list.</summary>
    public Task ChooseAsync(string label, string option) => SavingAsync(async () =>
    {
        await Control(label).Locator(".mud-input-slot").First.ClickAsync();
        await Popover.Locator(".mud-list-item, .mud-list-item-extended").Filter(new LocatorFilterOptions { HasTextRegex = new Regex($@"^\s*{Regex.Escape(option)}\s*$") }).First.ClickAsync();
    });

    /// <summary>What a list offers.</summary>
    public async Task<IReadOnlyList<string>> OffersAsync(string label)
    {
        await Control(label).Locator(".mud-input-slot").First.ClickAsync();
        await Popover.Locator(".mud-list-item, .mud-list-item-extended").First.WaitForAsync();
        var offers = await Popover.Locator(".mud-list-item, .mud-list-item-extended").AllInnerTextsAsync();
        await page.Keyboard.PressAsync("Escape");
        return offers;
    }

    /// <summary>Picks the fifteenth of next month from the calendar.</summary>
    /// <returns>The day that was picked, as the calendar showed it.</returns>
    public async Task<DateOnly> PickFifteenthOfNextMonthAsync(string label)
    {
        var shown = "";
        await SavingAsync(async () =>
        {
            await page.Locator(".mud-form .mud-picker").Filter(new LocatorFilterOptions { Has = Label(label) }).Locator(".mud-input-adornment button").ClickAsync();
            var before = await Month.InnerTextAsync();
            await Popover.Locator(".mud-picker-nav-button-next").ClickAsync();
            await Assertions.Expect(Month).Not.ToHaveTextAsync(before);
            shown = await Month.InnerTextAsync();
            await Popover.Locator(".mud-picker-calendar-day:not(.mud-hidden)").Filter(new LocatorFilterOptions { HasTextRegex = new Regex(@"^\s*15\s*$") }).ClickAsync();
        });
        return DateOnly.ParseExact(shown.Trim() + "15日", "yyyy年M月d日", CultureInfo.InvariantCulture);
    }

    /// <summary>Ticks a box, alone or in a list of boxes.</summary>
    public Task TickAsync(string label) => SavingAsync(() =>
        page.Locator(".mud-form .mud-checkbox, .mud-form .mud-switch").Filter(new LocatorFilterOptions { HasText = label }).First.Locator("input").CheckAsync(new LocatorCheckOptions { Force = true }));

    /// <summary>Switches an input to another syntax, without writing into it.</summary>
    public async Task SyntaxAsync(string label, string syntax)
    {
        await Row(label).Locator(".mud-menu button").First.ClickAsync();
        await Popover.Locator(".mud-menu-item", new LocatorLocatorOptions { HasText = syntax }).First.ClickAsync();
    }

    /// <summary>Types into the code editor of an input.</summary>
    public Task TypeAsync(string label, string code) => SavingAsync(async () =>
    {
        await Row(label).Locator(".monaco-editor").First.ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(code);
    });

    private ILocator Month => Popover.Locator(".mud-button-month");

    private ILocator Popover => page.Locator(".mud-popover-open");

    private ILocator Control(string label) => page.Locator(".mud-form .mud-input-control").Filter(new LocatorFilterOptions { Has = Label(label) }).First;

    private ILocator Row(string label) => page.Locator(".mud-form .d-flex.flex-row").Filter(new LocatorFilterOptions { Has = Label(label) }).First;

    private ILocator Label(string text) => page.Locator("label, legend, .mud-input-label").Filter(new LocatorFilterOptions { HasTextRegex = new Regex($@"^\s*{Regex.Escape(text)}\s*$") });

    private Task SavingAsync(Func<Task> act) => new EditorPage(page).FillingAsync(act);
}
