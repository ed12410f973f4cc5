using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Leads;

/// <summary>What those who are sent bring back from the spot, where there is no case.</summary>
public sealed class LeadEvidenceTests(SampleService service) : IClassFixture<SampleService>
{
    private static readonly byte[] s_photo = [0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1];

    private readonly LeadPeople _people = new(service);

    [Fact]
    public async Task A_photograph_of_a_lead_is_kept_for_those_who_have_it_and_no_longer_taken_once_it_is_closed()
    {
        var lead = await _people.AcceptedAsync();
        using (var kept = await UploadAsync("hea.01", lead, "kept", s_photo))
            Assert.Equal("照片", (await kept.SucceededAsync())["kind"]!.GetValue<string>());
        using (var again = await UploadAsync("hea.01", lead, "kept", s_photo))
            Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        // What a sender calls a picture is none by that.
        using (var text = await UploadAsync("hea.01", lead, "text", Encoding.UTF8.GetBytes("这不是一张照片")))
            await text.RefusedAsync(422, "evidence-type", "file");
        using (var stranger = await UploadAsync("fir.01", lead, "stranger", s_photo))
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);

        var piece = Assert.Single(await ListAsync("hea.head", lead))!;
        Assert.Equal((1, "HEA", "现场照片"), (piece["ordinal"]!.GetValue<int>(), piece["holder"]!.GetValue<string>(), piece["title"]!.GetValue<string>()));
        using (var seen = await _people.GetAsync("hea.head", $"/api/evidence/{piece["id"]}"))
            Assert.Equal(s_photo, await seen.Content.ReadAsByteArrayAsync());
        using (var unseen = await _people.GetAsync("fir.head", $"/api/evidence/{piece["id"]}"))
            Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);

        await _people.DoAsync("hea.head", lead, "close", new { outcome = "已整改", reason = "当场清洗消毒", @class = "Management" });
        using (var late = await UploadAsync("hea.01", lead, "late", s_photo))
            await late.RefusedAsync(409, "lead-ended", "id");
        Assert.Single(await ListAsync("hea.01", lead));
    }

    [Fact]
    public async Task What_the_police_bring_is_shown_to_them_alone_whatever_the_upload_says()
    {
        var lead = await _people.ReportAsync();
        await _people.DoAsync("dispatcher", lead, "route", new { department = "PSB", reason = "涉及治安" });
        await _people.DoAsync("psb.head", lead, "accept");
        using var kept = await UploadAsync("psb.01", lead, "police", s_photo);
        var id = (await kept.SucceededAsync())["id"]!.GetValue<string>();
        // The dispatcher brings a picture of its own, which is nobody's secret.
        using var open = await UploadAsync("dispatcher", lead, "open", [.. s_photo, 7]);
        var other = (await open.SucceededAsync())["id"]!.GetValue<string>();
        Assert.Equal([id, other], (await ListAsync("psb.head", lead)).Select(piece => piece!["id"]!.GetValue<string>()));
        using (var own = await _people.GetAsync("psb.head", $"/api/evidence/{id}"))
            Assert.Equal(s_photo, await own.Content.ReadAsByteArrayAsync());
        foreach (var person in (string[])["dispatcher", "supervisor"])
        {
            Assert.Equal([other], (await ListAsync(person, lead)).Select(piece => piece!["id"]!.GetValue<string>()));
            foreach (var path in (string[])[$"/api/evidence/{id}", $"/api/evidence/{id}/story"])
            {
                using var hidden = await _people.GetAsync(person, path);
                Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            }

            using var seen = await _people.GetAsync(person, $"/api/leads/{lead}");
            Assert.DoesNotContain(id, await seen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // Another department that holds the matter later sees what is not the police's.
        await _people.DoAsync("psb.head", lead, "return", new { reason = "不属于本单位职责" });
        await _people.DoAsync("dispatcher", lead, "route", new { department = "HEA", reason = "改派" });
        Assert.Equal([other], (await ListAsync("hea.head", lead)).Select(piece => piece!["id"]!.GetValue<string>()));
        using var refused = await _people.SendAsync("hea.head", $"/api/evidence/{id}/recognition", "recognise-" + id, new { accept = true, reason = "可用" });
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private async Task<JsonArray> ListAsync(string person, string lead)
    {
        using var answer = await _people.GetAsync(person, $"/api/leads/{lead}/evidence");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
    }

    private async Task<HttpResponseMessage> UploadAsync(string person, string lead, string key, byte[] content)
    {
        using var client = await service.SamplePersonAsync(person);
        using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent("现场照片"), "title" } };
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new("image/jpeg");
        form.Add(file, "file", "photo.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/leads/{lead}/evidence") { Content = form };
        request.Headers.Add("Idempotency-Key", $"lead-evidence-{key}-{lead}");
        return await client.SendAsync(request);
    }
}
