using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Inspecting;

/// <summary>Two departments at one door, no network for a whole working day: one record arrives, once and whole.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class OfflineVisitStory(StudioSite site)
{
    [Fact]
    public async Task A_visit_that_two_departments_made_over_eight_hours_without_a_network_arrives_once_and_whole()
    {
        using var one = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "A-31", ("CUL", "文旅"), ("FIR", "消防"));
        await one.CompleteAsync(one.Officer("CUL"), "team.recusal-declaration", "无需回避", new JsonObject());
        await one.CompleteAsync("cul.head", "visit.approve", "批准", new JsonObject { ["note"] = "同意" });
        var photo = Path.Combine(StudioSite.Screenshots, "door.png");
        await using var culture = await Phone.OpenAsync(site, one.Officer("CUL"));
        await using var fire = await Phone.OpenAsync(site, one.Officer("FIR"), 360, 780);
        await culture.Page.ScreenshotAsync(new() { Path = photo });
        await culture.TakenAlongAsync(one.Id);
        await fire.TakenAlongAsync(one.Id);
        await culture.PictureAsync("today");

        // From here on the phone's clock is the test's.
        await culture.Page.Clock.InstallAsync();
        await culture.OfflineAsync(true);
        await fire.OfflineAsync(true);
        // The phone was put away and is opened again where there is no network: page, list and sign-in come from what it has.
        await culture.Page.ReloadAsync();
        await culture.OpenVisitAsync(one.Id);
        await culture.ArriveAsync("AC-2026-0031");
        await culture.AllMetAsync();
        await culture.NotMetAsync("EH-06", photo);
        await culture.PictureAsync("item");
        // A working day goes by: the token of one hour is long gone when the officers sign.
        await culture.Page.Clock.FastForwardAsync("08:00:00");
        await culture.SignBothAsync(Names(one, "CUL"));
        await culture.Page.FillAsync("input[name=personName]", "样例店长");
        await culture.ButtonAsync("店长");
        await culture.ButtonAsync("无异议");
        await culture.SignAsync("当事人手写“核对无误”并签名");
        await culture.HandInAsync("提交现场检查笔录");
        // What the page has said is on the phone: it is closed and opened again, and nothing is lost.
        await culture.Page.ReloadAsync();
        await culture.Page.GetByText("已提交").First.WaitForAsync();

        await fire.Page.ReloadAsync();
        await fire.OpenVisitAsync(one.Id);
        await fire.Page.Locator(".in-item").First.WaitForAsync();
        await fire.AllMetAsync();
        await fire.NotMetAsync("EH-16", photo);
        await fire.SignBothAsync(Names(one, "FIR"));
        await fire.HandInAsync("提交本部门检查情况");
        Assert.Empty(await fire.CutAsync());
        await fire.PictureAsync("visit", whole: true);

        var unsent = await culture.UnsentAsync();
        Assert.Equal(
            ["到场登记：已到场", "证据：照片原图：EH-06 现场（原图）", "证据：照片：EH-06 现场", "现场检查笔录"],
            unsent.Select(title => title.StartsWith("照片", StringComparison.Ordinal) || title.StartsWith("签名", StringComparison.Ordinal) ? "证据：" + title : title).Where(title => !title.Contains("签名", StringComparison.Ordinal)));
        // Opening the page tries to send once more; when that has failed, the page says why.
        await culture.Page.Locator(".in-entry").First.Locator(".in-why").GetByText("没有网络").WaitForAsync();
        await culture.PictureAsync("unsent");

        // Above the ground it is eight hours later too. The record is there first; it waits for the other department and says so.
        await one.AdvanceAsync("PT8H");
        await culture.OfflineAsync(false);
        await culture.Page.Locator(".in-held").GetByText("消防").WaitForAsync(new() { Timeout = 120_000 });
        await culture.PictureAsync("held");
        await fire.OfflineAsync(false);
        await fire.AllSentAsync();
        await culture.AllSentAsync();

        var story = await one.StoryAsync();
        var visit = story["visits"]!.AsArray()[^1]!;
        Assert.Equal("Recorded", visit["state"]!.GetValue<string>());
        Assert.Equal(["CUL", "FIR"], visit["sections"]!.AsArray().Select(section => section!["department"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.All(visit["sections"]!.AsArray(), section => Assert.Equal(2, section!["signatures"]!.AsArray().Count));
        Assert.Equal(["EH-06", "EH-16"], story["findings"]!.AsArray().Select(finding => finding!["itemCode"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        // Each photograph with its original, each of five signatures: once.
        var evidence = story["evidence"]!.AsArray().Select(piece => piece!["kind"]!.GetValue<string>()).ToLookup(kind => kind);
        Assert.Equal((2, 2, 5), (evidence["照片"].Count(), evidence["照片原图"].Count(), evidence["签名"].Count()));
        var original = story["evidence"]!.AsArray().First(piece => piece!["kind"]!.GetValue<string>() == "照片原图")!;
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(photo))), original["sha256"]!.GetValue<string>());
        // The photograph bears the hour at which it was taken, the signatures that of the evening, and all of them beside it the one at which they arrived.
        var pieces = story["evidence"]!.AsArray().Where(piece => piece!["holder"]!.GetValue<string>() == "CUL").ToLookup(piece => piece!["kind"]!.GetValue<string>());
        var evening = pieces["签名"].Min(piece => Time(piece!["takenAt"]!));
        Assert.All(pieces["照片"].Concat(pieces["照片原图"]), piece => Assert.InRange(evening - Time(piece!["takenAt"]!), TimeSpan.FromHours(7.9), TimeSpan.FromHours(8.9)));
        Assert.All(pieces["照片"].Concat(pieces["照片原图"]), piece => Assert.True(Time(piece!["created"]!["at"]!) >= evening));
        Assert.Contains(culture.Requests, url => url.EndsWith("/api/session/refresh", StringComparison.Ordinal));
        Assert.Equal(8, (Time(visit["endedAt"]!) - Time(visit["arrivedAt"]!)).TotalHours, 0.9);
        // Each signature names its picture, which is a piece of the case.
        var ids = story["evidence"]!.AsArray().Where(piece => piece!["kind"]!.GetValue<string>() == "签名").Select(piece => piece!["id"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var named = visit["sections"]!.AsArray().SelectMany(section => section!["signatures"]!.AsArray()).Append(visit["party"]).Select(signature => signature!["evidenceId"]!.GetValue<string>()).ToList();
        Assert.Equal(ids, [.. named]);
        Assert.Equal(5, named.Count);
        foreach (var fact in (string[])["visit.arrived", "visit.recorded", "visit.section-signed"])
            Assert.Single(story["timeline"]!.AsArray(), entry => entry!["kind"]!.GetValue<string>() == fact);
        Assert.Equal("人工核对", visit["checkIn"]!["method"]!.GetValue<string>());
        Assert.Empty(culture.Complaints);
        Assert.Empty(fire.Complaints);
        Assert.All(culture.Requests.Concat(fire.Requests).Where(url => url.StartsWith("http", StringComparison.Ordinal)), url => Assert.StartsWith(site.Url, url, StringComparison.Ordinal));
    }

    private static DateTimeOffset Time(JsonNode node) => DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names(CaseOverHttp one, string department) =>
        one.Members.Where(member => member["department"]!.GetValue<string>() == department).Select(member => member["name"]!.GetValue<string>());
}
