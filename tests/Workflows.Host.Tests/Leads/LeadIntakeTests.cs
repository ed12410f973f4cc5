using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Leads;

[Collection(SharedService.Name)]
public sealed class LeadIntakeTests(ServiceUnderTest service)
{
    private const string Town = "330203001";

    [Fact]
    public async Task A_report_becomes_a_lead_that_waits_for_the_dispatcher_until_a_time()
    {
        using var dispatcher = await service.PersonAsync("dispatcher", "CMD", "330203");
        using var taken = await dispatcher.PostAsync("/api/leads", "first-report", Reports.Of("first-report", "东门口停车场内有人焚烧垃圾，烟很大"));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        var answer = await taken.SucceededAsync();
        Assert.Equal(("Stored", "Received"), (answer["outcome"]!.GetValue<string>(), answer["state"]!.GetValue<string>()));
        var lead = await GetAsync(dispatcher, answer["leadId"]!.GetValue<string>());
        Assert.Equal("东门口停车场内有人焚烧垃圾，烟很大", lead["text"]!.GetValue<string>());
        Assert.Equal(("待分诊", "role:dispatcher"), (lead["wait"]!["name"]!.GetValue<string>(), lead["wait"]!["owner"]!.GetValue<string>()));
        Assert.True(lead["wait"]!["dueAt"]!.GetValue<DateTimeOffset>() > service.Now);
        Assert.Equal("受理", Assert.Single(lead["steps"]!.AsArray())!["act"]!.GetValue<string>());
        using var listed = await dispatcher.GetAsync(new Uri($"/api/leads?state=Received&area={Town}&take=200", UriKind.Relative));
        Assert.Contains((await listed.SucceededAsync())["items"]!.AsArray(), row => row!["id"]!.GetValue<string>() == lead["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_number_of_the_same_source_is_stored_once_and_counted()
    {
        using var dispatcher = await service.PersonAsync("dispatcher", "CMD", "330203");
        var first = await TakeAsync(dispatcher, "number-a", Reports.Of("number-7", "流动摊贩占道经营") with { OccurredAt = null });
        var again = await TakeAsync(dispatcher, "number-b", Reports.Of("number-7", "流动摊贩仍在占道经营") with { OccurredAt = null });
        var other = await TakeAsync(dispatcher, "number-c", Reports.Of("number-7", "流动摊贩占道经营") with { Source = "网格平台", Address = "另一处样例路", OccurredAt = null });
        Assert.Equal("ExactDuplicate", again["outcome"]!.GetValue<string>());
        Assert.Equal(first["leadId"]!.GetValue<string>(), again["leadId"]!.GetValue<string>());
        Assert.NotEqual(first["leadId"]!.GetValue<string>(), other["leadId"]!.GetValue<string>());
        Assert.Equal(1, (await GetAsync(dispatcher, first["leadId"]!.GetValue<string>()))["repeats"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_same_words_place_and_time_under_another_number_are_one_lead_that_keeps_both_numbers()
    {
        using var dispatcher = await service.PersonAsync("dispatcher", "CMD", "330203");
        var at = service.Now - TimeSpan.FromMinutes(3);
        var first = await TakeAsync(dispatcher, "words-a", Reports.Of("words-1", "小区门口油烟扰民") with { OccurredAt = at });
        var again = await TakeAsync(dispatcher, "words-b", Reports.Of("words-2", "小区门口， 油烟扰民！") with { OccurredAt = at });
        Assert.Equal("ExactDuplicate", again["outcome"]!.GetValue<string>());
        var alias = Assert.Single((await GetAsync(dispatcher, first["leadId"]!.GetValue<string>()))["aliases"]!.AsArray())!;
        Assert.Equal("words-2", alias["externalNumber"]!.GetValue<string>());
        var third = await TakeAsync(dispatcher, "words-c", Reports.Of("words-2", "完全不同的另一件事情") with { OccurredAt = null });
        Assert.Equal(first["leadId"]!.GetValue<string>(), third["leadId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Near_reports_are_linked_to_each_other_and_none_is_merged()
    {
        using var dispatcher = await service.PersonAsync("dispatcher", "CMD", "330203");
        var at = service.Now - TimeSpan.FromMinutes(20);
        var report = Reports.Of("near-1", "水库边有人钓鱼") with { MatterCode = "RS-04", Address = null, Latitude = 29.8000, Longitude = 121.5000, OccurredAt = at };
        var first = await TakeAsync(dispatcher, "near-a", report);
        var near = await TakeAsync(dispatcher, "near-b", report with { ExternalNumber = "near-2", Text = "两名男子在岸边垂钓", Latitude = 29.8008, OccurredAt = at.AddMinutes(15) });
        var far = await TakeAsync(dispatcher, "near-c", report with { ExternalNumber = "near-3", Text = "有人垂钓的另一处", Latitude = 29.8010, OccurredAt = at.AddMinutes(1) });
        var late = await TakeAsync(dispatcher, "near-d", report with { ExternalNumber = "near-4", Text = "又有人来钓鱼了", OccurredAt = at.AddMinutes(-16) });
        Assert.Equal(first["leadId"]!.GetValue<string>(), Assert.Single(near["links"]!.AsArray())!["leadId"]!.GetValue<string>());
        // 111 m from the first, 22 m from the second, but 14 minutes from it: linked to the second alone.
        Assert.Equal(near["leadId"]!.GetValue<string>(), Assert.Single(far["links"]!.AsArray())!["leadId"]!.GetValue<string>());
        Assert.Empty(late["links"]!.AsArray());
        var stored = await GetAsync(dispatcher, first["leadId"]!.GetValue<string>());
        Assert.Equal(near["leadId"]!.GetValue<string>(), Assert.Single(stored["links"]!.AsArray())!["leadId"]!.GetValue<string>());
        Assert.Equal("Received", stored["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Much_the_same_words_of_one_town_are_linked_where_one_names_no_place()
    {
        using var dispatcher = await service.PersonAsync("dispatcher", "CMD", "330203");
        var at = service.Now - TimeSpan.FromMinutes(2);
        var first = await TakeAsync(dispatcher, "text-a", Reports.Of("text-1", "南站东路烧烤店每天夜里十二点以后把桌子摆到人行道上，噪声很大") with { OccurredAt = at, Address = "南站东路19号" });
        var near = await TakeAsync(dispatcher, "text-b", Reports.Of("text-2", "南站东路的烧烤店每天夜里十二点以后把桌子摆到人行道上，噪声大") with { OccurredAt = at.AddMinutes(1), Address = null });
        var other = await TakeAsync(dispatcher, "text-c", Reports.Of("text-3", "南站东路的烧烤店每天夜里十二点以后把桌子摆到人行道上，噪声大") with { OccurredAt = at.AddMinutes(1), Area = "330203002", Address = null });
        Assert.Equal((first["leadId"]!.GetValue<string>(), "SimilarText"), (near["links"]![0]!["leadId"]!.GetValue<string>(), near["links"]![0]!["ground"]!.GetValue<string>()));
        Assert.Empty(other["links"]!.AsArray());
    }

    [Fact]
    public async Task A_batch_is_taken_line_by_line_and_answers_in_order()
    {
        using var dispatcher = await service.PersonAsync("dispatcher", "CMD", "330203");
        var lines = string.Join('\n',
            Reports.Json(Reports.Of("line-1", "第一条线索内容")),
            "{ not json",
            Reports.Json(Reports.Of("line-2", "")),
            Reports.Json(Reports.Of("line-3", "第三条线索的内容") with { Area = "33020" }),
            Reports.Json(Reports.Of("line-1", "第一条线索又来")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/leads/batch") { Content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson") };
        request.Headers.Add("Idempotency-Key", "line-by-line");
        using var taken = await dispatcher.SendAsync(request);
        var answer = await taken.SucceededAsync();
        Assert.Equal((5, 1, 1, 3), (Number(answer, "sent"), Number(answer, "stored"), Number(answer, "exactDuplicates"), Number(answer, "refused")));
        var results = answer["results"]!.AsArray();
        Assert.Equal([0, 1, 2, 3, 4], results.Select(result => Number(result!, "position")));
        Assert.Equal([null, "", "text", "area", null], results.Select(result => result!["field"]?.GetValue<string>()));
        Assert.Equal(results[0]!["leadId"]!.GetValue<string>(), results[4]!["leadId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Wrong_reports_are_refused_by_field()
    {
        using var dispatcher = await service.PersonAsync("dispatcher", "CMD", "330203");
        var good = Reports.Of("wrong", "内容");
        foreach (var (field, code, report) in new (string, string, Report)[]
        {
            ("text", "field-missing", good with { Text = " " }),
            ("area", "area-invalid", good with { Area = "宁波" }),
            ("latitude", "coordinates-invalid", good with { Latitude = 121.5, Longitude = 29.8 }),
            ("latitude", "coordinates-invalid", good with { Latitude = 29.8 }),
            ("occurredAt", "occurred-at-invalid", good with { OccurredAt = service.Now.AddHours(1) }),
        })
            await (await dispatcher.PostAsync("/api/leads", "wrong-" + Guid.NewGuid(), report)).RefusedAsync(422, code, field);
        await (await dispatcher.PostAsync("/api/leads", "wrong-area-1", good with { Area = "330206001" })).RefusedAsync(403, "other-area", "area");
        await (await dispatcher.PostAsync("/api/leads/batch", "wrong-batch", new { })).RefusedAsync(422, "no-leads", "");
    }

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();

    private static async Task<JsonObject> TakeAsync(HttpClient client, string key, Report report)
    {
        using var answer = await client.PostAsync("/api/leads", "lead-" + key, report);
        return await answer.SucceededAsync();
    }

    private static async Task<JsonObject> GetAsync(HttpClient client, string id)
    {
        using var answer = await client.GetAsync(new Uri($"/api/leads/{id}", UriKind.Relative));
        return await answer.SucceededAsync();
    }
}
