using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Api.Reading;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Audit;
using Workflows.Supervision.Leads;

namespace Workflows.Host.Tests.Leads;

/// <summary>一图指挥: what the devices of those who go say of time and place, and what whoever commands sees of it.</summary>
public sealed class LeadMapTests(LeadScenario service) : IClassFixture<LeadScenario>
{
    private readonly LeadPeople _people = new(service);

    [Fact]
    public async Task Contact_and_arrival_keep_the_devices_time_and_place_beside_the_services_and_a_wrong_clock_is_noted_and_never_corrected()
    {
        var id = await DispatchedAsync();
        var right = service.Now.AddSeconds(3);
        await StepAsync(id, "接警联络", "完成", new { at = right, latitude = 29.8612, longitude = 121.5407, accuracy = 12.5 });
        var ahead = service.Now.AddSeconds(432);
        await StepAsync(id, "到达现场", "完成", new { at = ahead, latitude = 29.8613, longitude = 121.5408, accuracy = 8 });
        var done = service.Now.AddHours(-5);
        await StepAsync(id, "现场处置", "未查获", new { at = done, sentAt = service.Now, latitude = 30.2, longitude = 121.5407, accuracy = 30 });

        var lead = await _people.LeadAsync(id);
        var marks = lead["marks"]!.AsArray();
        Assert.Equal(["接警联络", "到达现场", "现场处置"], marks.Select(mark => Text(mark!, "step")));
        Assert.Equal([3L, 432L, 0L], marks.Select(mark => mark!["clockSeconds"]!.GetValue<long>()));
        Assert.Equal([right, ahead, done], marks.Select(mark => mark!["device"]!["at"]!.GetValue<DateTimeOffset>()));
        Assert.All(marks, mark => Assert.Equal(service.Now, mark!["at"]!.GetValue<DateTimeOffset>()));
        Assert.Equal((29.8612, 121.5407, 12.5), (Number(marks[0]!, "latitude"), Number(marks[0]!, "longitude"), Number(marks[0]!, "accuracy")));
        // Three seconds are the way through the network. Seven minutes are not, and neither are five hours that the phone was without one.
        var notes = lead["steps"]!.AsArray().Where(step => Text(step!, "act") == "设备时间").Select(step => Text(step!, "text")).ToList();
        Assert.Equal(2, notes.Count);
        Assert.Contains("快7分12秒", notes[0], StringComparison.Ordinal);
        Assert.Contains("补传", notes[1], StringComparison.Ordinal);
        // Nothing is known of the place of this lead, so that nothing can be said of a distance.
        Assert.Null(marks[2]!["metresAway"]);
    }

    [Fact]
    public async Task A_step_done_far_from_the_place_of_the_lead_says_how_far()
    {
        var id = await DispatchedAsync(29.8612, 121.5407);
        await StepAsync(id, "接警联络", "完成", new { at = service.Now, latitude = 29.8612, longitude = 121.5407 });
        // A tenth of a degree of latitude is 11,057 metres (110,574 metres in a degree).
        await StepAsync(id, "到达现场", "完成", new { at = service.Now, latitude = 29.9612, longitude = 121.5407, accuracy = 20 });
        var lead = await _people.LeadAsync(id);
        Assert.Equal([0.0, 11057.0], lead["marks"]!.AsArray().Select(mark => mark!["metresAway"]!.GetValue<double>()));
        Assert.Contains("11.1公里", Assert.Single(lead["steps"]!.AsArray(), step => Text(step!, "act") == "设备位置")!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"at":"2026-12-01T08:00:00+08:00","latitude":29.8}""", "coordinates-invalid", "data.device.latitude")]
    [InlineData("""{"at":"2026-12-01T08:00:00+08:00","latitude":121.5,"longitude":29.8}""", "coordinates-invalid", "data.device.latitude")]
    [InlineData("""{"at":"2026-12-01T08:00:00+08:00","latitude":29.8,"longitude":121.5,"accuracy":-1}""", "accuracy-invalid", "data.device.accuracy")]
    [InlineData("""{"at":"2026-12-01T08:00:00+08:00","latitude":29.8,"longitude":121.5,"accuracy":1e300}""", "accuracy-invalid", "data.device.accuracy")]
    [InlineData("""{"at":"0001-01-01T00:00:00+00:00"}""", "device-time-invalid", "data.device.at")]
    public async Task What_no_device_can_say_is_refused_and_the_step_goes_on_waiting(string device, string code, string field)
    {
        var id = await DispatchedAsync();
        var task = await TaskAsync(id, "接警联络");
        using var refused = await _people.SendAsync("hea.01", $"/api/tasks/{task}/complete", "bad-" + Guid.NewGuid(), new { outcome = "完成", data = new { device = JsonNode.Parse(device) } });
        await refused.RefusedAsync(422, code, field);
        Assert.Equal(task, await TaskAsync(id, "接警联络"));
    }

    [Fact]
    public async Task Where_somebody_on_the_way_is_shows_on_the_map_alone_and_nowhere_once_the_lead_has_ended()
    {
        var id = await DispatchedAsync();
        await PlacedAsync("hea.01", id, HttpStatusCode.NoContent, 29.12345, 121.12345);
        service.Clock.Advance(TimeSpan.FromSeconds(20));
        await PlacedAsync("hea.01", id, HttpStatusCode.NoContent, 29.54321, 121.54321);
        // The lead is out of sight of another department, and no town has it.
        await PlacedAsync("fir.01", id, HttpStatusCode.NotFound, 29.8, 121.5);

        var position = Assert.Single(Row(await MapAsync("dispatcher"), id)!["positions"]!.AsArray())!;
        Assert.Equal((29.54321, 121.54321, 15.0), (position["latitude"]!.GetValue<double>(), position["longitude"]!.GetValue<double>(), position["accuracy"]!.GetValue<double>()));
        Assert.Single(Row(await MapAsync("hea.head"), id)!["positions"]!.AsArray());
        Assert.Empty((await _people.LeadAsync(id))["positions"]!.AsArray());
        service.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Empty(Row(await MapAsync("dispatcher"), id)!["positions"]!.AsArray());
        await PlacedAsync("hea.01", id, HttpStatusCode.NoContent, 29.54321, 121.54321);

        await _people.DoAsync("hea.head", id, "close", new { outcome = "误报", reason = "电话核实为误报", @class = "Service" });
        await PlacedAsync("hea.01", id, HttpStatusCode.Conflict, 29.54321, 121.54321);
        Assert.Empty(await StoredAsync(id));
        var trail = await TrailAsync(id);
        Assert.Contains("lead.position-shared", trail, StringComparison.Ordinal);
        foreach (var place in new[] { "29.12345", "29.54321" })
            Assert.DoesNotContain(place, trail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_sharing_is_forgotten_at_once()
    {
        var id = await DispatchedAsync();
        await PlacedAsync("hea.01", id, HttpStatusCode.NoContent, 29.8, 121.5);
        using var client = await service.SamplePersonAsync("hea.01");
        using var stopped = await client.DeleteAsync(new Uri($"/api/leads/{id}/position", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
        Assert.Empty(await StoredAsync(id));
    }

    [Fact]
    public async Task The_map_holds_what_the_inbox_holds_and_shows_the_clock_that_runs_and_no_lead_of_another_department()
    {
        var id = await DispatchedAsync(29.8612, 121.5407);
        foreach (var view in new[] { "Inbox", "Open", "Late", "Linked", "Closed" })
        {
            using var listed = await _people.GetAsync("dispatcher", $"/api/leads?take=200&order=newest&view={view}");
            var map = await MapAsync("dispatcher", $"&view={view}");
            Assert.Equal((await listed.SucceededAsync())["items"]!.AsArray().Select(lead => Text(lead!, "id")), map["leads"]!.AsArray().Select(lead => Text(lead!, "id")));
        }

        var whole = await MapAsync("supervisor");
        var row = Row(whole, id)!;
        Assert.Equal(("Dispatched", "接警联络", "HEA"), (Text(row, "state"), Text(row["step"]!, "title"), Text(row["step"]!, "department")));
        Assert.Equal(row["dispatchedAt"]!.GetValue<DateTimeOffset>().AddMinutes(1), row["step"]!["dueAt"]!.GetValue<DateTimeOffset>());
        // 横街镇 as the sample has it, and a town of another district for nobody here.
        var towns = whole["towns"]!.AsArray();
        Assert.Equal(29.868, towns.Single(town => Text(town!, "code") == "330203101")!["latitude"]!.GetValue<double>());
        Assert.All(towns, town => Assert.StartsWith("330203", Text(town!, "code"), StringComparison.Ordinal));
        Assert.Null(Row(await MapAsync("fir.head"), id));
        using var inspector = await _people.GetAsync("hea.01", "/api/leads/map");
        Assert.Equal(HttpStatusCode.Forbidden, inspector.StatusCode);
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static double Number(JsonNode mark, string name) => mark["device"]![name]!.GetValue<double>();

    private static JsonNode? Row(JsonObject map, string id) => map["leads"]!.AsArray().SingleOrDefault(lead => Text(lead!, "id") == id);

    private async Task<JsonObject> MapAsync(string person, string query = "")
    {
        using var answer = await _people.GetAsync(person, $"/api/leads/map?take=200&order=newest{query}");
        return await answer.SucceededAsync();
    }

    private async Task<string> DispatchedAsync(double? latitude = null, double? longitude = null)
    {
        // First sign-ins move the clock by a minute each, which is all that the first step has.
        foreach (var person in new[] { "dispatcher", "supervisor", "hea.head", "hea.01", "fir.head", "fir.01" })
            (await _people.GetAsync(person, "/api/tasks")).Dispose();
        string id;
        if (latitude is null)
        {
            id = await _people.ReportAsync("LH-1");
        }
        else
        {
            using var reported = await _people.SendAsync("dispatcher", "/api/leads", Guid.NewGuid().ToString(), new
            {
                trigger = "Report", source = "窗口", area = LeadPeople.PlainTown, text = $"{Guid.NewGuid():N}", matterCode = "LH-1", latitude, longitude, occurredAt = service.Now,
            });
            id = Text(await reported.SucceededAsync(), "leadId");
        }

        await _people.DoAsync("dispatcher", id, "dispatch", new { note = "一键派发" });
        return id;
    }

    private async Task<string> TaskAsync(string leadId, string title)
    {
        JsonNode? found = null;
        await service.UntilAsync(async () =>
        {
            using var answer = await _people.GetAsync("hea.01", "/api/tasks?kind=lead.step&take=200");
            found = (await answer.SucceededAsync())["items"]!.AsArray().FirstOrDefault(task => Text(task!["subject"]!, "leadId") == leadId && Text(task!, "title") == title);
            return found is not null;
        });
        return Text(found!, "id");
    }

    private async Task StepAsync(string leadId, string title, string outcome, object device)
    {
        using var done = await _people.SendAsync("hea.01", $"/api/tasks/{await TaskAsync(leadId, title)}/complete", "step-" + Guid.NewGuid(), new { outcome, data = new { device } });
        await done.SucceededAsync();
    }

    private async Task PlacedAsync(string person, string leadId, HttpStatusCode expected, double latitude, double longitude)
    {
        using var client = await service.SamplePersonAsync(person);
        using var answer = await client.PutAsJsonAsync($"/api/leads/{leadId}/position", new { at = service.Now, latitude, longitude, accuracy = 15.0 });
        Assert.True(expected == answer.StatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<IReadOnlyList<LeadPosition>> StoredAsync(string leadId)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<AggregateReader>().FindAsync<Lead>(leadId, CancellationToken.None))!.Positions;
    }

    private async Task<string> TrailAsync(string family)
    {
        await using var scope = service.Services.CreateAsyncScope();
        using var lines = new MemoryStream();
        await scope.ServiceProvider.GetRequiredService<AuditTrail>().ExportAsync(lines, family);
        return Encoding.UTF8.GetString(lines.ToArray());
    }
}
