using System.Net;
using System.Text.Json.Nodes;
using Workflows.Host.Api.Public;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Public;

/// <summary>公众上报: a door without an account that is narrow, and behind which a reporter is safe.</summary>
public sealed class PublicReportTests(SampleService service) : IClassFixture<SampleService>
{
    private const string Town = "330203001";
    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4];

    [Fact]
    public async Task A_report_with_a_photo_becomes_one_lead_whose_reporter_only_the_dispatcher_knows()
    {
        var key = "report-" + Guid.NewGuid();
        var fields = Fields(("text", "<b>楼道</b>堆放杂物"), ("name", "样例居民"), ("contact", "00000001"), ("confidential", "true"), ("capacity", "物业"));
        var first = await (await SendAsync(key, fields, Picture)).SucceededAsync();
        var again = await (await SendAsync(key, fields, Picture)).SucceededAsync();
        var id = first["receipt"]!.GetValue<string>();
        Assert.Equal(id, again["receipt"]!.GetValue<string>());
        Assert.Equal(["known", "receipt"], first.Select(member => member.Key).Order(StringComparer.Ordinal));

        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var lead = await (await dispatcher.GetAsync(new Uri($"/api/leads/{id}", UriKind.Relative))).SucceededAsync();
        Assert.Equal(("Report", "公众网页", "<b>楼道</b>堆放杂物", Town), (Text(lead, "trigger"), Text(lead, "source"), Text(lead, "text"), lead["place"]!["area"]!.GetValue<string>()));
        Assert.Equal(("样例居民", "物业"), (lead["reportedBy"]!["name"]!.GetValue<string>(), lead["reportedBy"]!["capacity"]!.GetValue<string>()));
        Assert.Equal(0, lead["repeats"]!.GetValue<int>());
        using var photo = await dispatcher.GetAsync(new Uri($"/api/leads/{id}/photos/1", UriKind.Relative));
        Assert.Equal("image/png", photo.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Picture, await photo.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", photo.Content.Headers.ContentDisposition!.DispositionType);
        await (await dispatcher.GetAsync(new Uri($"/api/leads/{id}/photos/2", UriKind.Relative))).RefusedAsync(404, "not-found", "id");

        using var supervisor = await service.SamplePersonAsync("supervisor");
        var masked = await (await supervisor.GetAsync(new Uri($"/api/leads/{id}", UriKind.Relative))).SucceededAsync();
        Assert.Null(masked["reportedBy"]!["name"]);
        Assert.Null(masked["reportedBy"]!["contact"]);
        using var stranger = await service.SamplePersonAsync("tob.01");
        foreach (var path in new[] { $"/api/leads/{id}", $"/api/leads/{id}/photos/1" })
            await (await stranger.GetAsync(new Uri(path, UriKind.Relative))).RefusedAsync(404, "not-found", "id");
    }

    [Theory]
    [InlineData("text", "", "report-text")]
    [InlineData("area", "330203999", "area-invalid")]
    [InlineData("area", "330203", "area-invalid")]
    [InlineData("capacity", "局长", "report-capacity")]
    [InlineData("latitude", "三十", "coordinates-invalid")]
    public async Task What_does_not_belong_is_refused_by_name(string field, string value, string code) =>
        await (await SendAsync("refused-" + Guid.NewGuid(), Fields((field, value)))).RefusedAsync(422, code, field);

    [Fact]
    public async Task A_text_is_not_taken_for_a_photo_whatever_it_is_called_and_neither_are_four()
    {
        await (await SendAsync("disguised-" + Guid.NewGuid(), Fields(), "<script>alert(1)</script>"u8.ToArray())).RefusedAsync(422, "photo-type", "photo");
        // Of a report that is refused nothing is kept, of the pictures before the text either.
        byte[] picture = [.. Picture, 7, 7, 7, 7];
        await (await SendAsync("second-" + Guid.NewGuid(), Fields(), picture, "<script>alert(1)</script>"u8.ToArray())).RefusedAsync(422, "photo-type", "photo");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(picture));
        Assert.False(File.Exists(Path.Combine(service.DataFolder, "reports", hash[..2], hash)));
        await (await SendAsync("four-" + Guid.NewGuid(), Fields(), Picture, Picture, Picture, Picture)).RefusedAsync(422, "photos-too-many", "photo");
        Assert.Null(PictureContent.TypeOf([]));
        Assert.Null(PictureContent.TypeOf("RIFF1234WAVE"u8));
        Assert.Equal("image/webp", PictureContent.TypeOf("RIFF1234WEBP"u8));
    }

    [Fact]
    public async Task One_address_reports_five_times_in_a_minute_and_no_more()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 5; i++)
            await (await SendAsync($"many-report-{i}", Fields(("text", $"第{i}件")), wait: false)).SucceededAsync();
        using var sixth = await SendAsync("many-report-5", Fields(("text", "第六件")), wait: false);
        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
    }

    [Fact]
    public async Task Nobody_reads_a_file_by_naming_its_hash_in_a_lead()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var taken = await dispatcher.PostAsync("/api/leads", "named-" + Guid.NewGuid(), new
        {
            trigger = "Report", source = "窗口", area = Town, text = "样例线索", photos = new[] { new { sha256 = new string('a', 64), mediaType = "image/png", length = 1 } },
        });
        var id = (await taken.SucceededAsync())["leadId"]!.GetValue<string>();
        Assert.Null((await (await dispatcher.GetAsync(new Uri($"/api/leads/{id}", UriKind.Relative))).SucceededAsync())["photos"]);
    }

    [Fact]
    public async Task Everybody_reads_who_is_responsible_where()
    {
        using var anybody = service.Anonymous();
        var duties = await (await anybody.GetAsync(new Uri("/api/public/duties", UriKind.Relative))).SucceededAsync();
        Assert.Contains(duties["departments"]!.AsArray(), one => Text(one!.AsObject(), "code") == "FIR" && Text(one.AsObject(), "name").Contains("消防", StringComparison.Ordinal));
        Assert.Contains(duties["towns"]!.AsArray(), one => Text(one!.AsObject(), "code") == Town);
        Assert.NotEmpty(duties["matters"]!.AsArray());
        // The desk of a department is public; the people who sit there are not.
        Assert.Equal(["address", "code", "district", "name", "phone"], duties["departments"]!.AsArray().SelectMany(one => one!.AsObject().Select(member => member.Key)).Distinct().Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] others)
    {
        var fields = new Dictionary<string, string> { ["text"] = "样例问题 " + Guid.NewGuid(), ["area"] = Town };
        foreach (var (name, value) in others)
            fields[name] = value;
        return fields;
    }

    private async Task<HttpResponseMessage> SendAsync(string key, Dictionary<string, string> fields, params byte[][] photos) => await SendAsync(key, fields, true, photos);

    private async Task<HttpResponseMessage> SendAsync(string key, Dictionary<string, string> fields, bool wait, params byte[][] photos)
    {
        if (wait)
            service.Clock.Advance(TimeSpan.FromMinutes(2));
        using var anybody = service.Anonymous();
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        foreach (var (photo, i) in photos.Select((photo, i) => (photo, i)))
        {
            var file = new ByteArrayContent(photo);
            file.Headers.ContentType = new("image/png");
            form.Add(file, $"photo{i + 1}", "../../photo.png");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/public/reports") { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        return await anybody.SendAsync(request);
    }

    private static string Text(JsonObject from, string name) => from[name]!.GetValue<string>();
}
