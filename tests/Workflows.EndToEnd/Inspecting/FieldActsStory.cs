using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Inspecting;

/// <summary>What goes otherwise than planned in the field: an officer falls ill, a colleague gives the step back, one of 120 items is not met and put right on the spot.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class FieldActsStory(StudioSite site)
{
    // Nodes that the list of 120 items may take, and those that an item may add when it is not met.
    private const int MostNodes = 7000;
    private const string Number = "SAMPLE0000000001";

    // Which items the page touches from now on.
    private const string Watch = """
        () => {
          window.touched = new Set()
          new MutationObserver(changes => changes.forEach(change => [change.target, ...change.addedNodes, ...change.removedNodes].forEach(node => {
            const item = (node.nodeType === 1 ? node : node.parentElement)?.closest('.in-item')
            if (item) window.touched.add(item.id)
          }))).observe(document.querySelector('.in-check-list'), { subtree: true, childList: true, attributes: true, characterData: true })
        }
        """;

    [Fact]
    public async Task A_step_is_handed_over_by_the_ill_given_back_and_handed_out_again_and_a_fault_among_120_items_is_put_right_on_the_spot()
    {
        using var one = await ToyStalls.DrawnAsync(site.Service, "FA-1");
        var stall = (await one.StoryAsync())["case"]!["target"]!["name"]!.GetValue<string>();
        var names = one.Members.Select(member => member["name"]!.GetValue<string>()).ToList();
        var users = one.Members.Select(member => member["officerId"]!.GetValue<string>().ToLowerInvariant().Replace('-', '.')).ToList();

        // Handed over: to whom, and why.
        await using var ill = await Phone.OpenAsync(site, users[0], 360, 780);
        await OpenStepAsync(ill, stall);
        await ill.ButtonAsync("不能办理：退回或转交他人");
        await ill.ButtonAsync("转交");
        await ill.Page.GetByRole(AriaRole.Alert).GetByText("请写明理由").WaitForAsync();
        await ill.ButtonAsync("因病不能到场");
        await ill.ButtonAsync("转交");
        await ill.Page.GetByRole(AriaRole.Alert).GetByText("请选择接办人").WaitForAsync();
        await LookAsync(ill, "handing-over");
        await HandToAsync(ill, names[1]);

        // Given back by the colleague, who reads why it came, in the other language.
        await using (var colleague = await Phone.OpenAsync(site, users[1], 360, 780, "en"))
        {
            await OpenStepAsync(colleague, stall);
            await NoteAsync(colleague, names[0], "因病不能到场", "handed over");
            await colleague.ButtonAsync("Cannot do it: give back or hand over");
            await colleague.ButtonAsync("Give back to the head");
            await colleague.Page.GetByRole(AriaRole.Alert).GetByText("Give a reason").WaitForAsync();
            await colleague.Page.GetByLabel("Reason").FillAsync("执法证件送检，三日后取回");
            await LookAsync(colleague, "giving-back");
            await colleague.ButtonAsync("Give back to the head");
            await GoneAsync(colleague, stall);
            Assert.Empty(colleague.Complaints);
        }

        // The head finds it on the own list with the reason and hands it out again.
        await using (var head = await Phone.OpenAsync(site, "cul.head", 360, 780))
        {
            await OpenStepAsync(head, stall);
            await NoteAsync(head, names[1], "执法证件送检，三日后取回", "退回");
            await head.Page.GetByLabel("理由").FillAsync("已返岗，仍由其办理");
            await LookAsync(head, "handing-out");
            await HandToAsync(head, names[0]);
            Assert.Empty(head.Complaints);
        }

        await OpenStepAsync(ill, stall);
        await NoteAsync(ill, "样例文旅负责人", "已返岗，仍由其办理", "转交");
        await ill.Page.Locator("input[name=outcome][value='无需回避']").CheckAsync(new() { Force = true });
        await ill.ButtonAsync("提交");
        await ill.TakenAlongAsync(one.Id);

        // 120 items. A tap on one leaves the others alone.
        await ill.OpenVisitAsync(one.Id);
        await ill.ArriveAsync("AC-2026-0120");
        var list = ill.Page.Locator(".in-item");
        await list.Nth(ToyStalls.Asked - 1).WaitForAsync();
        Assert.Equal(ToyStalls.Asked, await list.CountAsync());
        Assert.InRange(await ill.Page.EvaluateAsync<int>("() => document.querySelectorAll('*').length"), ToyStalls.Asked * 10, MostNodes);
        await ill.Page.EvaluateAsync(Watch);
        foreach (var n in new[] { 60, 61, ToyStalls.Asked })
            await AnswerAsync(ill, ToyStalls.ItemCode(n), "符合");
        var touched = await TouchedAsync(ill);
        Assert.Equal(new[] { 60, 61, ToyStalls.Asked }.Select(n => "item-" + ToyStalls.ItemCode(n)), touched);

        // The first one opens two more, and closes them again.
        await AnswerAsync(ill, ToyStalls.First, "不符合");
        await list.Nth(ToyStalls.Asked + 1).WaitForAsync();
        var codes = await ill.Page.Locator(".in-item-code").EvaluateAllAsync<string[]>("codes => codes.slice(0, 3).map(one => one.textContent)");
        Assert.Equal(ToyStalls.Opened.Prepend(ToyStalls.First), codes);
        Assert.Subset(ToyStalls.Opened.Prepend(ToyStalls.First).Select(code => "item-" + code).ToHashSet(StringComparer.Ordinal), (await TouchedAsync(ill)).ToHashSet(StringComparer.Ordinal));
        await AnswerAsync(ill, ToyStalls.First, "符合");
        await ill.Page.Locator("#item-" + ToyStalls.Opened[0]).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await AnswerAsync(ill, ToyStalls.First, "不符合");

        // Before and after.
        var card = ill.Page.Locator("#item-" + ToyStalls.First);
        var before = await PhotoAsync(ill.Page, 40);
        await TakeAsync(card, "① 先拍照", before);
        await card.GetByText("当事人当场改正").ClickAsync();
        foreach (var group in await ill.Page.Locator(".in-group").AllAsync())
            await PassRestAsync(group);
        await ill.ButtonAsync("提交现场检查笔录");
        await ill.Page.Locator(".in-sticky [role=alert]").GetByText("还有 1 项没有填完").WaitForAsync();
        await card.Locator(".in-lack").WaitForAsync();
        await card.ScrollIntoViewIfNeededAsync();
        await LookAsync(ill, "on-the-spot-lacks");
        await TakeAsync(card, "③ 拍改正后", await PhotoAsync(ill.Page, 160));
        await card.Locator("figure").Nth(1).WaitForAsync();
        await card.ScrollIntoViewIfNeededAsync();
        await LookAsync(ill, "on-the-spot");

        // Who the person is; then the draft, which is read before anybody signs.
        await ill.Page.Locator("input[name=identity-kind][value='个人']").CheckAsync(new() { Force = true });
        await ill.Page.FillAsync("input[name=identity-name]", stall);
        await ill.Page.FillAsync("input[name=identity-identityNumber]", Number);
        await ill.Page.FillAsync("input[name=identity-address]", "宁波市海曙区样例路1号");
        await ill.Page.FillAsync("input[name=personName]", stall);
        await ill.Page.FillAsync("input[name=capacity]", "本人");
        await ill.ButtonAsync("无异议");
        await ill.ButtonAsync("给当事人看笔录草稿");
        var draft = ill.Page.Locator("dialog .in-page");
        var text = await draft.InnerTextAsync();
        foreach (var said in new[] { stall, "摊位上的玩具没有生产者名称和警示标志", "当场改正：当场撤下没有标志的玩具", names[0], names[1], "无异议" })
            Assert.Contains(said, text, StringComparison.Ordinal);
        await LookAsync(ill, "draft");
        // Printed, all 122 items are on paper: at about forty lines of a page, more than two pages.
        var pages = Regex.Count(Encoding.Latin1.GetString(await ill.Page.PdfAsync(new() { Format = "A4", Path = Path.Combine(StudioSite.Screenshots, "inspector-draft.pdf") })), "/Type /Page\n");
        Assert.InRange(pages, 3, 8);
        await ill.Page.Keyboard.PressAsync("Escape");
        await draft.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await ill.SignBothAsync(names);
        await ill.SignAsync("当事人手写“核对无误”并签名");
        await ill.HandInAsync("提交现场检查笔录");
        await ill.AllSentAsync();
        Assert.Empty(ill.Complaints);

        // The original is what the camera gave, to the byte; the other one bears the mark.
        var story = await one.StoryAsync();
        var finding = Assert.Single(story["findings"]!.AsArray())!;
        Assert.Equal((ToyStalls.First, "当场改正"), (finding["itemCode"]!.GetValue<string>(), finding["disposition"]!.GetValue<string>()));
        var pieces = finding["evidenceIds"]!.AsArray().Select(id => story["evidence"]!.AsArray().Single(piece => piece!["id"]!.GetValue<string>() == id!.GetValue<string>())!).ToList();
        Assert.Equal(["照片", "照片原图", "照片", "照片原图"], pieces.Select(piece => piece["kind"]!.GetValue<string>()));
        Assert.Equal((Id(pieces[0]), Id(pieces[2])), (finding["fix"]!["beforeEvidenceId"]!.GetValue<string>(), finding["fix"]!["afterEvidenceId"]!.GetValue<string>()));
        var officer = await one.DeskAsync(users[0]);
        var original = await officer.FileAsync("/api/evidence/" + Id(pieces[1]));
        Assert.Equal(before.Buffer, original);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(before.Buffer)), pieces[1]["sha256"]!.GetValue<string>());
        var marked = await officer.FileAsync("/api/evidence/" + Id(pieces[0]));
        await File.WriteAllBytesAsync(Path.Combine(StudioSite.Screenshots, "inspector-marked-photo.jpg"), marked);
        Assert.NotEqual(pieces[1]["sha256"]!.GetValue<string>(), pieces[0]["sha256"]!.GetValue<string>());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(marked)), pieces[0]["sha256"]!.GetValue<string>());
        // The picture above is what was seen, the strip below it is black with white writing.
        var (height, strip, writing, changed) = await ComparedAsync(ill.Page, original, marked);
        Assert.Equal(600, height);
        Assert.InRange(strip, 60, 300);
        Assert.InRange(writing, 500, 800 * strip / 3);
        Assert.InRange(changed, 0, 12);
    }

    private static string Id(JsonNode piece) => piece["id"]!.GetValue<string>();

    private static ILocator StepOf(Phone phone, string stall) => phone.Page.Locator("a[href^='/inspect/step/']").Filter(new() { HasText = stall });

    private static async Task OpenStepAsync(Phone phone, string stall)
    {
        if (!phone.Page.Url.EndsWith("/inspect", StringComparison.Ordinal))
            await phone.Page.GotoAsync("/inspect");
        await StepOf(phone, stall).ClickAsync();
        await phone.Page.Locator("form.in-card").WaitForAsync();
    }

    private static async Task HandToAsync(Phone phone, string name)
    {
        var stall = await phone.Page.Locator(".in-bar p").InnerTextAsync();
        var people = phone.Page.Locator("section select");
        await people.Locator("option").Filter(new() { HasText = name }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await people.SelectOptionAsync(new SelectOptionValue { Label = name });
        await phone.ButtonAsync("转交");
        await GoneAsync(phone, stall);
    }

    private static async Task GoneAsync(Phone phone, string stall)
    {
        await phone.Page.Locator(".in-foot").WaitForAsync();
        await StepOf(phone, stall).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task NoteAsync(Phone phone, string by, string why, string act)
    {
        var note = phone.Page.GetByRole(AriaRole.Note);
        await note.GetByText(why).WaitForAsync();
        var said = await note.InnerTextAsync();
        Assert.Contains(by, said, StringComparison.Ordinal);
        Assert.Contains(act, said, StringComparison.Ordinal);
    }

    private static Task AnswerAsync(Phone phone, string item, string answer) => phone.Page.Locator($"#item-{item}").GetByText(answer, new() { Exact = true }).First.ClickAsync();

    // The list is laid out while it is scrolled, which may take a tap away from under the finger: the count beside the button tells, and one taps again.
    private static async Task PassRestAsync(ILocator group)
    {
        var count = group.Locator("header .in-soft");
        var whole = (await count.InnerTextAsync()).Split('/')[1];
        for (var taps = 0; taps < 5; taps++)
        {
            await group.GetByRole(AriaRole.Button, new() { Name = "其余全部符合" }).ClickAsync();
            if (await count.InnerTextAsync() == $"{whole}/{whole}")
                return;
        }

        Assert.Fail($"The group has {await count.InnerTextAsync()} answers after five taps.");
    }

    // The items that were touched, in their order, since the last question.
    private static Task<string[]> TouchedAsync(Phone phone) => phone.Page.EvaluateAsync<string[]>("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => { done([...window.touched].sort()); window.touched.clear() })))");

    private static async Task TakeAsync(ILocator card, string label, FilePayload photo)
    {
        var shots = await card.Locator("figure").CountAsync();
        await card.Locator($"input[aria-label^='{label}']").SetInputFilesAsync(photo);
        await card.Locator("figure").Nth(shots).WaitForAsync();
    }

    private static async Task LookAsync(Phone phone, string name)
    {
        await phone.PictureAsync("acts-" + name);
        Assert.Empty(await phone.CutAsync());
        Assert.Empty(await phone.BarriersAsync());
    }

    /// <summary>A photograph of 800 × 600 px as a camera gives it.</summary>
    private static async Task<FilePayload> PhotoAsync(IPage page, int hue) => new()
    {
        Name = "camera.jpg", MimeType = "image/jpeg",
        Buffer = Convert.FromBase64String(await page.EvaluateAsync<string>(
            """
            hue => {
              const canvas = document.createElement('canvas')
              canvas.width = 800
              canvas.height = 600
              const pen = canvas.getContext('2d')
              pen.fillStyle = `hsl(${hue} 50% 60%)`
              pen.fillRect(0, 0, 800, 600)
              pen.fillStyle = '#fff'
              pen.fillRect(200, 150, 400, 300)
              return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]
            }
            """, hue)),
    };

    // Height of the original; of what the marked one has more; white points of that strip; largest difference of the nine points that are looked at above it.
    private static async Task<(int Height, int Strip, int Writing, int Changed)> ComparedAsync(IPage page, byte[] original, byte[] marked)
    {
        var found = await page.EvaluateAsync<string>(
            """
            async files => {
              const [before, after] = await Promise.all(files.map(async file => {
                const bytes = Uint8Array.from(atob(file), one => one.charCodeAt(0))
                const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }))
                const canvas = new OffscreenCanvas(picture.width, picture.height)
                const pen = canvas.getContext('2d')
                pen.drawImage(picture, 0, 0)
                return { width: picture.width, height: picture.height, at: (x, y, w = 1, h = 1) => pen.getImageData(x, y, w, h).data }
              }))
              const strip = after.height - before.height
              const points = after.at(0, before.height, after.width, strip)
              let writing = 0
              for (let at = 0; at < points.length; at += 4) if (points[at] > 200 && points[at + 1] > 200 && points[at + 2] > 200) writing++
              let changed = 0
              for (const x of [50, 400, 750]) for (const y of [50, 300, 550]) before.at(x, y).forEach((part, at) => (changed = Math.max(changed, Math.abs(part - after.at(x, y)[at]))))
              return [before.height, strip, writing, changed].join()
            }
            """, new[] { Convert.ToBase64String(original), Convert.ToBase64String(marked) });
        var numbers = found.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return (numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
