using System.Net;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Leads;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Public;

/// <summary>“办不成事” for everybody: a narrow door whose requests a supervisor has to review (seed-systems.md 70).</summary>
public sealed class PublicStuckTests(SampleService service) : IClassFixture<SampleService>
{
    private const string Town = "330203001";

    [Fact]
    public async Task What_a_citizen_cannot_get_done_waits_for_the_supervisor_and_is_tied_to_the_report_it_names()
    {
        var lead = await new LeadPeople(service).ReportAsync();
        var known = await FiledAsync(new { text = "报了一个月没人管", area = Town, number = lead, name = "样例居民", contact = "00000001", confidential = true });
        var unknown = await FiledAsync(new { text = "跑了三趟没办成", area = Town, number = "不存在的编号" });
        // Nobody learns from the answer which numbers there are.
        Assert.Equal(["receipt"], known.Select(member => member.Key));
        Assert.Equal(["receipt"], unknown.Select(member => member.Key));

        var request = await ReadAsync("supervisor", Receipt(known));
        Assert.Equal(("Lead", lead, "样例居民"), (request["subject"]!.GetValue<string>(), request["subjectId"]!.GetValue<string>(), request["reportedBy"]!["name"]!.GetValue<string>()));
        Assert.Equal(("Filed", "督办人审查", "role:supervisor", false), LeadPeople.Standing(request));
        var outside = await ReadAsync("supervisor", Receipt(unknown));
        Assert.Equal(("Outside", Town, "跑了三趟没办成\n（反映人所留编号：不存在的编号）"), (outside["subject"]!.GetValue<string>(), outside["area"]!.GetValue<string>(), outside["text"]!.GetValue<string>()));

        // Who asked for confidence is shown to the supervisor alone; other departments and districts find nothing.
        Assert.Null((await ReadAsync("dispatcher", Receipt(known)))["reportedBy"]);
        using var stranger = await service.SamplePersonAsync("tob.head");
        await (await stranger.GetAsync(Path(Receipt(known)))).RefusedAsync(404, "not-found", "id");
        using var elsewhere = await service.PersonAsync("supervisor", null, "330206");
        await (await elsewhere.GetAsync(Path(Receipt(unknown)))).RefusedAsync(404, "not-found", "id");
        using var supervisor = await service.SamplePersonAsync("supervisor");
        await service.UntilAsync(async () =>
        {
            using var messages = await supervisor.GetAsync(new Uri("/api/messages", UriKind.Relative));
            return (await messages.SucceededAsync())["items"]!.AsArray().Any(message => message!["kind"]!.GetValue<string>() == "办不成事" && message["number"]?.GetValue<string>() == Receipt(unknown));
        });
    }

    [Theory]
    [InlineData("text", 0, "stuck-text")]
    [InlineData("text", 1001, "stuck-text")]
    [InlineData("area", 6, "area-invalid")]
    [InlineData("number", 61, "field-too-long")]
    [InlineData("name", 61, "field-too-long")]
    [InlineData("contact", 61, "field-too-long")]
    public async Task What_is_missing_or_too_long_is_refused_by_name(string field, int length, string code)
    {
        var body = new JsonObject { ["text"] = "办不成", ["area"] = Town, [field] = new string('9', length) };
        await (await SendAsync("refused-" + Guid.NewGuid(), body)).RefusedAsync(422, code, field);
    }

    [Fact]
    public async Task One_address_files_five_times_in_a_minute_and_no_more()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 5; i++)
            await (await SendAsync($"many-stuck-{i}", new { text = $"第{i}件", area = Town }, wait: false)).SucceededAsync();
        using var sixth = await SendAsync("many-stuck-5", new { text = "第六件", area = Town }, wait: false);
        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
    }

    private async Task<JsonObject> FiledAsync(object body)
    {
        using var answer = await SendAsync("stuck-" + Guid.NewGuid(), body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.SucceededAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(string key, object body, bool wait = true)
    {
        if (wait)
            service.Clock.Advance(TimeSpan.FromMinutes(2));
        using var anybody = service.Anonymous();
        return await anybody.PostAsync("/api/public/stuck-matters", key, body);
    }

    private async Task<JsonObject> ReadAsync(string person, string id)
    {
        using var reader = await service.SamplePersonAsync(person);
        using var answer = await reader.GetAsync(Path(id));
        return await answer.SucceededAsync();
    }

    private static string Receipt(JsonObject filed) => filed["receipt"]!.GetValue<string>();

    private static Uri Path(string id) => new($"/api/stuck-matters/{id}", UriKind.Relative);
}
