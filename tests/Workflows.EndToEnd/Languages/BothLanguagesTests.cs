using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Languages;

/// <summary>
/// Every screen in either language: no Chinese label in the English pages, no English word and no code in the Chinese ones. The Chinese ones are also
/// looked at for what keeps people out, and on the narrowest phone.
/// </summary>
[Collection(PeopleSiteTests.Name)]
public sealed class BothLanguagesTests(StudioSite site)
{
    private static readonly (string Person, string[] Paths)[] Desks =
    [
        ("supervisor", ["wall", "wall?screen=1", "cards", "cards?tab=cards", "cards?tab=orders", "cases", "leads", "plans", "merges", "merges?state=Lapsed", "measures", "subscriptions", "rosters", "deputies", "approvals", "stuck", "map", "forces", "oversight", "exchange", "exchange?tab=entries", "exchange?tab=mappings", "evidence", "evidence?tab=monitoring", "evidence?tab=agreements", "transfers", "transfers?view=talks", "evaluations", "evaluations?view=done"]),
        ("dispatcher", ["leads", "estates", "operations", "operations?tab=timers", "operations?tab=nodes", "operations?tab=faulted", "deputies", "exchange?tab=send", "exchange?tab=receive"]),
        ("admin", ["users", "operations?tab=outbox", "operations?tab=channels", "rosters"]),
    ];

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task No_screen_of_the_desk_speaks_the_other_language(string language)
    {
        using var made = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "L-01", ("CUL", "文旅"), ("HEA", "卫健"));
        await made.ArriveAsync();
        await made.RecordAsync("esports-hotel", "EH-16", "EH-20");
        await made.CompleteAsync(made.Officer("CUL"), "order.prepare", null, new JsonObject { ["items"] = new JsonArray() });
        var plan = (await made.StoryAsync())["case"]!["planId"]!.GetValue<string>();
        var found = new List<string>();
        foreach (var (person, paths) in Desks)
        {
            await using var visit = await site.VisitAsync(visitor: $"language-{person}-{language}");
            await ForeignWords.ListenAsync(visit.Page, language);
            await visit.SignInAsync(person, "/desk");
            foreach (var path in paths)
                await LookAsync(visit, "/desk/" + path, ".dk-main h1", language, found);
            if (person != "supervisor")
                continue;
            foreach (var tab in new[] { "", "?tab=diagram", "?tab=tasks", "?tab=findings", "?tab=documents", "?tab=clocks", "?tab=moves", "?tab=audit", "?tab=statements" })
                await LookAsync(visit, $"/desk/cases/{made.Id}{tab}", ".dk-head h1", language, found);
            await LookAsync(visit, "/desk/plans/" + plan, ".wf-title h1", language, found);
            await LookAsync(visit, $"/desk/plans/{plan}/screen", "h1", language, found);
        }

        // A step with its form, for each of its outcomes; and the dialogs that people open most.
        await using var head = await site.VisitAsync(visitor: "language-head-" + language);
        await ForeignWords.ListenAsync(head.Page, language);
        // Others may have left a step without a choice on the list of this head.
        var step = (await made.StoryAsync())["tasks"]!.AsArray().First(task => task!["state"]!.GetValue<string>() == "Open" && task["department"]?.GetValue<string>() == "HEA" && task["outcomes"]!.AsArray().Count > 0)!;
        await head.SignInAsync("hea.head", "/desk/approvals?task=" + step["id"]!.GetValue<string>());
        await head.Page.Locator(".dk-decision input[type=radio]").First.WaitForAsync();
        foreach (var choice in await head.Page.Locator(".dk-decision input[name=outcome]").AllAsync())
        {
            await choice.CheckAsync();
            found.AddRange((await ForeignWords.FindAsync(head.Page, language)).Select(words => "approvals | " + words));
        }

        foreach (var path in new[] { "deputies", "plans" })
        {
            await head.Page.GotoAsync("/desk/" + path);
            await head.Page.Locator(".wf-title .wf-primary").ClickAsync();
            await head.Page.Locator("dialog form").WaitForAsync();
            found.AddRange((await ForeignWords.FindAsync(head.Page, language)).Select(words => path + " dialog | " + words));
        }

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task No_screen_of_the_phone_the_public_and_the_analysts_own_pages_speaks_the_other_language(string language)
    {
        using var made = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "L-02", ("CUL", "文旅"), ("FIR", "消防"));
        var found = new List<string>();
        await using (var phone = await site.VisitAsync(390, 844, "language-phone-" + language))
        {
            await ForeignWords.ListenAsync(phone.Page, language, await (await made.DeskAsync("dispatcher")).GetAsync("/api/rosters/departments?take=200"));
            await phone.Page.GotoAsync("/inspect");
            await phone.Page.FillAsync("input[name=userName]", made.Officer("CUL"));
            await phone.Page.FillAsync("input[name=password]", site.Service.PasswordOf(made.Officer("CUL")));
            await phone.Page.ClickAsync(".wf-sign-in-card button[type=submit]");
            await phone.Page.Locator("a[href^='/inspect/step/']").First.WaitForAsync();
            var step = await phone.Page.Locator("a[href^='/inspect/step/']").First.GetAttributeAsync("href");
            foreach (var path in new[] { "/inspect", "/inspect/unsent", "/inspect/me", "/inspect/messages", step! })
                await LookAsync(phone, path, ".in-bar", language, found);
            await made.ArriveAsync();
            await LookAsync(phone, "/inspect/visit/" + made.Id, ".in-item", language, found);
            await phone.Page.Locator(".in-item").First.Locator("label.fail").ClickAsync();
            await phone.Page.Locator(".in-item").First.Locator("summary").ClickAsync();
            found.AddRange((await ForeignWords.FindAsync(phone.Page, language)).Select(words => "visit | " + words));
        }

        await using (var citizen = await site.VisitAsync(390, 844, "language-public-" + language))
        {
            await ForeignWords.ListenAsync(citizen.Page, language);
            var link = (await (await made.DeskAsync("cul.head")).PostAsync($"/api/cases/{made.Id}/party-links", new JsonObject { ["validDays"] = 30 }))["path"]!.GetValue<string>();
            var estate = (await (await made.DeskAsync("dispatcher")).PostAsync("/api/estate-links", new JsonObject
            {
                ["capacity"] = "居委会", ["area"] = "330203105", ["places"] = new JsonArray("样例小区"), ["name"] = "样例居委会", ["validDays"] = 30,
            }))["path"]!.GetValue<string>();
            var plan = (await made.StoryAsync())["case"]!["planId"]!.GetValue<string>();
            foreach (var path in new[] { "/", "/public", "/public/draws", "/public/draws/" + plan, "/public/results", "/public/duties", "/public/report", "/public/stuck", "/public/visits", "/public/documents", "/p/none", link, estate })
                await LookAsync(citizen, path, "h1, h2", language, found);
        }

        await using (var analyst = await site.VisitAsync(visitor: "language-analyst-" + language))
        {
            await ForeignWords.ListenAsync(analyst.Page, language);
            await analyst.SignInAsync("analyst");
            foreach (var path in new[] { "/studio", "/studio/scenarios/esports-hotel", "/studio/definitions/esports-hotel-case/versions", "/studio/migrations/esports-hotel-case" })
                await LookAsync(analyst, path, "h1", language, found);
        }

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    [Theory]
    [InlineData("en", "未译")]
    [InlineData("zh", "Untranslated")]
    public async Task A_word_that_the_page_has_from_nobody_is_found_in_texts_labels_and_titles(string language, string word)
    {
        await using var visit = await site.VisitAsync(390, 844, "language-found-" + language);
        await ForeignWords.ListenAsync(visit.Page, language);
        var before = new List<string>();
        await LookAsync(visit, "/public/duties", "h1", language, before);
        Assert.Empty(before);
        await visit.Page.EvaluateAsync("word => { const one = document.createElement('button'); one.title = word; one.textContent = word; document.body.append(one); document.title = word }", word);
        Assert.Equal([$"button@title: {word}", $"button: {word}", $"title: {word}"], await ForeignWords.FindAsync(visit.Page, language));
    }

    private static async Task LookAsync(Visit visit, string path, string ready, string language, List<string> found)
    {
        await visit.Page.GotoAsync(path);
        await visit.Page.Locator(ready).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        found.AddRange((await ForeignWords.FindAsync(visit.Page, language)).Select(words => path + " | " + words));
        if (language != "zh")
            return;
        found.AddRange((await Barriers.FindAsync(visit.Page)).Concat(await Barriers.TooWideAsync(visit.Page)).Select(barrier => path + " | " + barrier));
    }
}
