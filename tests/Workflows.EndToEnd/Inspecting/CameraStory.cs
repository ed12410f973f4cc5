using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Inspecting;

/// <summary>Camera and microphone of a real browser: checking in by the code at the door, and a voice note, as far as the evidence of the case.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class CameraStory(StudioSite site)
{
    [Fact]
    public async Task The_code_at_the_door_is_read_by_the_camera_and_what_was_said_arrives_as_a_recording()
    {
        using var one = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "A-35", ("CUL", "文旅"), ("FIR", "消防"));
        await one.CompleteAsync(one.Officer("CUL"), "team.recusal-declaration", "无需回避", new System.Text.Json.Nodes.JsonObject());
        await one.CompleteAsync("cul.head", "visit.approve", "批准", new System.Text.Json.Nodes.JsonObject { ["note"] = "同意" });
        var target = (await one.StoryAsync())["case"]!["target"]!["id"]!.GetValue<string>();
        using var scratch = new ScratchFolder();
        var film = Path.Combine(scratch.Path, "door.y4m");
        // The code of another house first: it is told apart.
        await FakeCamera.FilmAsync(film, "https://desk.example/t/another-target");
        await using (var wrong = await Phone.OpenAsync(site, one.Officer("CUL"), film: film))
        {
            await wrong.TakenAlongAsync(one.Id);
            await wrong.OpenVisitAsync(one.Id);
            await wrong.ButtonAsync("扫码到场");
            await wrong.Page.GetByText("扫到的码不是本对象").WaitForAsync();
            await wrong.PictureAsync("scanned-wrong");
        }

        await FakeCamera.FilmAsync(film, $"https://desk.example/t/{target}");
        await using var phone = await Phone.OpenAsync(site, one.Officer("CUL"), film: film);
        await phone.TakenAlongAsync(one.Id);
        await phone.OpenVisitAsync(one.Id);
        await phone.ButtonAsync("扫码到场");
        await phone.Page.Locator("p[role=status]").GetByText("扫码").WaitForAsync();
        await phone.PictureAsync("scanned");
        await phone.Page.FillAsync("input[name=actionCode]", "AC-2026-0035");
        await phone.ButtonAsync("登记到场");
        await phone.Page.Locator(".in-item").First.WaitForAsync();

        var item = phone.Page.Locator("#item-EH-06");
        await item.GetByText("不符合", new() { Exact = true }).ClickAsync();
        var start = item.GetByRole(AriaRole.Button, new() { Name = "语音说明" });
        await start.ClickAsync();
        var stop = item.GetByRole(AriaRole.Button, new() { Name = "停止录音" });
        await stop.WaitForAsync();
        await phone.PictureAsync("recording");
        await stop.ClickAsync();
        await item.GetByText("录音 1").WaitForAsync();
        Assert.Empty(await phone.CutAsync());
        Assert.Empty(phone.Complaints);
        await phone.AllSentAsync();

        var story = await one.StoryAsync();
        Assert.Equal("扫码", story["visits"]!.AsArray()[^1]!["checkIn"]!["method"]!.GetValue<string>());
        var note = Assert.Single(story["evidence"]!.AsArray(), piece => piece!["kind"]!.GetValue<string>() == "录音")!;
        Assert.Contains(note["mediaType"]!.GetValue<string>(), (string[])["audio/webm", "audio/mp4"]);
        Assert.True(note["length"]!.GetValue<long>() > 100);
        Assert.Equal("CUL", note["holder"]!.GetValue<string>());
    }
}
