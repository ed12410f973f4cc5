using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Access;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Audit;

namespace Workflows.Host.Tests.Public;

/// <summary>物居业三方协同: the firm or committee of an estate reports and confirms over its link, sees its own alone, and inspects nothing.</summary>
public sealed class EstateDoorTests(SampleService service) : IClassFixture<SampleService>
{
    private const string Town = "330203001";
    private const string FirmId = "330203-EH-001";
    private const string OtherFirm = "330203-EH-002";
    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4];

    [Fact]
    public async Task A_firm_reports_with_photo_and_place_and_follows_its_own_reports_alone()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        var (_, token) = await OpenAsync(Firm(FirmId));
        var (_, committee) = await OpenAsync(Committee("样例社区居委会"));
        await (await ReportAsync(token, "别处小区", "堆物")).RefusedAsync(422, "place-not-own", "place");
        var sent = await (await ReportAsync(token, "样例小区", "<b>3幢楼道</b>堆放装修垃圾")).SucceededAsync();
        var lead = await LeadAsync(Text(sent, "receipt"));
        Assert.Equal(("Report", "物居业协同", "样例小区 3幢1单元", Town), (Text(lead, "trigger"), Text(lead, "source"), Text(lead["place"]!, "address"), Text(lead["place"]!, "area")));
        Assert.Equal(("物业", 1), (Text(lead["reportedBy"]!, "capacity"), lead["photos"]!.AsArray().Count));

        var own = Assert.Single((await ViewAsync(token))["reports"]!.AsArray())!;
        Assert.Equal((Text(sent, "receipt"), "<b>3幢楼道</b>堆放装修垃圾", "Received", 1), (Text(own, "receipt"), Text(own, "text"), Text(own, "stage"), own["photos"]!.GetValue<int>()));
        Assert.Empty((await ViewAsync(committee))["reports"]!.AsArray());
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using (var closed = await dispatcher.PostAsync($"/api/leads/{Text(sent, "receipt")}/close", "estate-close", new { outcome = "已整改", reason = "内部办理意见不对外", reply = "已通知清理", @class = "Service" }))
            await closed.SucceededAsync();
        var text = (await ViewAsync(token)).ToJsonString();
        Assert.Equal(("Closed", "已通知清理"), (Text(JsonNode.Parse(text)!["reports"]![0]!, "stage"), Text(JsonNode.Parse(text)!["reports"]![0]!, "reply")));
        Assert.All(["内部办理意见", "caseId", "department"], hidden => Assert.DoesNotContain(hidden, text, StringComparison.Ordinal));

        // A link that takes the place of the first still knows what the firm has reported.
        var (_, renewed) = await OpenAsync(Firm(FirmId));
        Assert.Single((await ViewAsync(renewed))["reports"]!.AsArray());
    }

    [Fact]
    public async Task A_firm_confirms_the_milestones_for_which_it_answers_in_their_order_and_no_other()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        var (_, token) = await OpenAsync(Firm(FirmId));
        var (own, foreign) = (await ProjectAsync(FirmId), await ProjectAsync(OtherFirm));
        var duty = (await ViewAsync(token))["duties"]!.AsArray().Single(one => Text(one!, "id") == own)!;
        Assert.Equal(["M0", "M1", "M2", "M3", "M4", "M5", "M6"], duty["milestones"]!.AsArray().Select(one => Text(one!, "code")));
        Assert.Equal(["M0"], duty["milestones"]!.AsArray().Where(one => one!["mayConfirm"]!.GetValue<bool>()).Select(one => Text(one!, "code")));
        Assert.DoesNotContain((await ViewAsync(token))["duties"]!.AsArray(), one => Text(one!, "id") == foreign);
        Assert.DoesNotContain("样例业主", (await ViewAsync(token)).ToJsonString(), StringComparison.Ordinal);

        await (await ConfirmAsync(token, own, "M1")).RefusedAsync(409, "milestone-order", "code");
        await (await ConfirmAsync(token, own, "M9")).RefusedAsync(404, "milestone-unknown", "code");
        await (await ConfirmAsync(token, own, "M0")).SucceededAsync();
        var lead = await LeadAsync(own);
        Assert.Equal("物业", Text(lead["milestones"]![0]!, "confirmedBy"));
        Assert.Contains($"estate:{FirmId}", Assert.Single((await TrailAsync(own)).Split('\n'), line => line.Contains("project.milestone-confirmed", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("M1", Text((await ViewAsync(token))["duties"]!.AsArray().Single(one => Text(one!, "id") == own)!["milestones"]!.AsArray().Single(one => one!["mayConfirm"]!.GetValue<bool>())!, "code"));

        await (await ConfirmAsync(token, foreign, "M0")).RefusedAsync(404, "not-own-project", "id");
        Assert.Contains($"estate:{FirmId}", Assert.Single((await TrailAsync(RefusedAccess.Family)).Split('\n'), line => line.Contains(foreign, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Null((await LeadAsync(foreign))["milestones"]![0]!["confirmedAt"]);
    }

    [Fact]
    public async Task A_milestone_that_lies_stands_as_late_with_the_firm()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        var (_, token) = await OpenAsync(Firm(OtherFirm));
        var project = await ProjectAsync(OtherFirm);
        await (await ConfirmAsync(token, project, "M0")).SucceededAsync();
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "estate-late-" + Guid.NewGuid(), new { advance = "P60D" }))
            await moved.SucceededAsync();
        var milestone = (await ViewAsync(token))["duties"]!.AsArray().Single(one => Text(one!, "id") == project)!["milestones"]![1]!;
        Assert.Equal(("M1", "Late", true), (Text(milestone, "code"), Text(milestone, "state"), milestone["mayConfirm"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task A_token_that_is_revoked_expired_or_of_the_other_kind_opens_nothing_and_the_try_is_kept_without_the_token()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        var (link, revoked) = await OpenAsync(Committee("样例业主委员会", "业委会"));
        var (shortLink, expired) = await OpenAsync(Committee("样例二社区居委会", days: 1));
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        await (await RevokeAsync(dispatcher, link, " ")).RefusedAsync(422, "field-missing", "reason");
        Assert.False((await (await RevokeAsync(dispatcher, link, "换人")).SucceededAsync())["works"]!.GetValue<bool>());
        await (await RevokeAsync(dispatcher, link, "换人")).RefusedAsync(409, "link-revoked", "linkId");
        using (var other = await service.PersonAsync("department-head", "HEA", "330211"))
            await (await RevokeAsync(other, shortLink, "试探")).RefusedAsync(404, "not-found", "id");
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "estate-expiry-" + Guid.NewGuid(), new { advance = "P2D" }))
            await moved.SucceededAsync();
        var (_, live) = await OpenAsync(Committee("样例三社区居委会"));

        service.Clock.Advance(TimeSpan.FromMinutes(2));
        using var anonymous = service.Anonymous();
        foreach (var (path, holder) in new[] { ($"/api/estate/{revoked}", link), ($"/api/estate/{expired}", shortLink) })
        {
            await (await anonymous.GetAsync(new Uri(path, UriKind.Relative))).RefusedAsync(404, "link-unknown", "token");
            await (await ReportAsync(path.Split('/')[^1], "样例小区", "试探")).RefusedAsync(404, "link-unknown", "token");
            Assert.Equal(2, (await TrailAsync(RefusedAccess.Family)).Split('\n').Count(line => line.Contains($"estate:{holder}", StringComparison.Ordinal)));
        }

        // A live one of an estate is none of a party's, and no sign-in.
        await (await anonymous.GetAsync(new Uri($"/api/party/{live}", UriKind.Relative))).RefusedAsync(404, "link-unknown", "token");
        using var staff = service.Anonymous();
        staff.DefaultRequestHeaders.Authorization = new("Bearer", live);
        foreach (var path in new[] { "/api/leads", "/api/cases", "/api/visits", "/api/tasks" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await staff.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
        var trail = await TrailAsync(RefusedAccess.Family);
        Assert.Contains("GET /api/party/{token}", trail, StringComparison.Ordinal);
        Assert.All([revoked, expired, live], token => Assert.DoesNotContain(token, trail, StringComparison.Ordinal));

        using var listed = await dispatcher.GetAsync(new Uri("/api/estate-links?take=200", UriKind.Relative));
        var rows = await listed.Content.ReadAsStringAsync();
        Assert.DoesNotContain(live, rows, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256", rows, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Reports_of_one_address_are_as_few_in_a_minute_as_those_of_the_public()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        var (_, token) = await OpenAsync(Committee("样例四社区居委会"));
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var number = 0; number < 5; number++)
            await (await ReportAsync(token, "样例小区", $"第{number}件")).SucceededAsync();
        await (await ReportAsync(token, "样例小区", "第六件")).RefusedAsync(429, "too-many-requests", "");
    }

    [Theory]
    [InlineData("""{"capacity":"局长","area":"330203001","places":["样例小区"],"name":"甲"}""", "capacity-unknown", "capacity")]
    [InlineData("""{"capacity":"居委会","area":"330203","places":["样例小区"],"name":"甲"}""", "area-invalid", "area")]
    [InlineData("""{"capacity":"居委会","area":"330203001","places":[" "],"name":"甲"}""", "places-invalid", "places")]
    [InlineData("""{"capacity":"物业","area":"330203001","places":["样例小区"],"targetId":"没有"}""", "firm-unknown", "targetId")]
    [InlineData("""{"capacity":"居委会","area":"330203001","places":["样例小区"],"name":"甲","validDays":400}""", "link-days", "validDays")]
    public async Task A_link_that_binds_to_nothing_is_not_opened(string body, string code, string field)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        await (await dispatcher.PostAsync("/api/estate-links", "wrong-" + Guid.NewGuid(), JsonNode.Parse(body)!)).RefusedAsync(422, code, field);
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static object Firm(string target) => new { capacity = "物业", area = Town, places = new[] { "样例小区", "样例花园" }, targetId = target, validDays = 180 };

    private static object Committee(string name, string capacity = "居委会", int days = 180) => new { capacity, area = Town, places = new[] { "样例小区" }, name, validDays = days };

    private static Task<HttpResponseMessage> RevokeAsync(HttpClient person, string link, string reason) =>
        person.PostAsync($"/api/estate-links/{link}/revoke", "revoke-" + Guid.NewGuid(), new { reason });

    private async Task<(string Link, string Token)> OpenAsync(object body)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var opened = await dispatcher.PostAsync("/api/estate-links", "estate-" + Guid.NewGuid(), body);
        var link = await opened.SucceededAsync();
        Assert.Equal($"/e/{Text(link, "token")}", Text(link, "path"));
        return (Text(link, "linkId"), Text(link, "token"));
    }

    private async Task<string> ProjectAsync(string caretaker)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var start = DateOnly.FromDateTime(service.Now.AddDays(3).Date);
        using var registered = await dispatcher.PostAsync("/api/projects", "estate-project-" + Guid.NewGuid(), new
        {
            scenario = "home-renovation", number = "样例装修-" + Guid.NewGuid().ToString("N")[..8], name = "样例小区3幢501室装修", address = "样例路1号", townCode = Town, owner = "样例业主己", phone = "00000000",
            startsOn = start, endsOn = start.AddDays(60), caretakerId = caretaker,
        });
        return Text(await registered.SucceededAsync(), "id");
    }

    private async Task<JsonObject> ViewAsync(string token)
    {
        using var anonymous = service.Anonymous();
        using var answer = await anonymous.GetAsync(new Uri($"/api/estate/{token}", UriKind.Relative));
        return await answer.SucceededAsync();
    }

    private async Task<HttpResponseMessage> ReportAsync(string token, string place, string text)
    {
        using var anonymous = service.Anonymous();
        using var form = new MultipartFormDataContent { { new StringContent(text), "text" }, { new StringContent(place), "place" }, { new StringContent("3幢1单元"), "address" } };
        using var photo = new ByteArrayContent(Picture);
        photo.Headers.ContentType = new("image/png");
        form.Add(photo, "photo1", "a.png");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/estate/{token}/reports") { Content = form };
        request.Headers.Add("Idempotency-Key", "estate-report-" + Guid.NewGuid());
        return await anonymous.SendAsync(request);
    }

    private async Task<HttpResponseMessage> ConfirmAsync(string token, string project, string code)
    {
        using var anonymous = service.Anonymous();
        return await anonymous.PostAsync($"/api/estate/{token}/projects/{project}/milestones/{code}/confirm", "estate-confirm-" + Guid.NewGuid(), new { });
    }

    private async Task<JsonObject> LeadAsync(string id)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var answer = await dispatcher.GetAsync(new Uri($"/api/leads/{id}", UriKind.Relative));
        return await answer.SucceededAsync();
    }

    private async Task<string> TrailAsync(string family)
    {
        await using var scope = service.Services.CreateAsyncScope();
        using var lines = new MemoryStream();
        await scope.ServiceProvider.GetRequiredService<AuditTrail>().ExportAsync(lines, family);
        return Encoding.UTF8.GetString(lines.ToArray());
    }
}
