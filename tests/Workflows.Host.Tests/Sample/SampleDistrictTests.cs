using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Sample;

[Collection(SharedSample.Name)]
public sealed class SampleDistrictTests(SampleService service)
{
    [Fact]
    public async Task The_district_has_rosters_with_neutral_labels_and_real_towns()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var targets = await AllAsync(dispatcher, "/api/rosters/targets");
        Assert.All(targets, target => Assert.StartsWith("样例", target["name"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(60, targets.Count(target => target["name"]!.GetValue<string>().StartsWith("样例电竞酒店", StringComparison.Ordinal)));
        foreach (var name in new[] { "卤肉", "水库", "小区装修", "宠物店", "无人洗车", "后备箱市集" })
            Assert.Equal(20, targets.Count(target => target["name"]!.GetValue<string>().StartsWith("样例" + name, StringComparison.Ordinal)));
        Assert.All(targets, target => Assert.StartsWith("330203", target["townCode"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(68, (await AllAsync(dispatcher, "/api/rosters/officers")).Count);
        var towns = await AllAsync(dispatcher, "/api/rosters/towns");
        Assert.Equal(17, towns.Count);
        Assert.Contains(towns, town => town["name"]!.GetValue<string>() == "石碶街道");
    }

    [Fact]
    public void The_passwords_stand_in_a_file_that_only_its_owner_reads()
    {
        var path = Path.Combine(service.DataFolder, "sample-users.txt");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var roles = File.ReadAllLines(path).Skip(1).Select(line => line.Split('\t')[3]).ToHashSet();
        string[] all = ["analyst", "inspector", "assistant", "department-head", "legal-reviewer", "supervisor", "dispatcher", "publication-reviewer", "auditor"];
        Assert.Equal(all.Order(), roles.Order());
    }

    [Fact]
    public async Task The_clock_moves_by_a_duration_once_for_each_key()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var before = await NowAsync(dispatcher);
        using var first = await dispatcher.PostAsync("/api/sample/clock", "clock-three-days", new { advance = "P3D" });
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(before.AddDays(3), await NowAsync(dispatcher));
        using var again = await dispatcher.PostAsync("/api/sample/clock", "clock-three-days", new { advance = "P3D" });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(before.AddDays(3), await NowAsync(dispatcher));
        using var other = await dispatcher.PostAsync("/api/sample/clock", "clock-three-days", new { advance = "P4D" });
        await other.RefusedAsync(422, "idempotency-key-reused", "Idempotency-Key");
    }

    [Fact]
    public async Task The_clock_moves_by_working_days_to_the_morning_and_skips_the_weekend()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var moved = await dispatcher.PostAsync("/api/sample/clock", "clock-working-" + Guid.NewGuid(), new { workingDays = 7 });
        var reading = await moved.JsonAsync();
        var date = DateOnly.Parse(reading["date"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        Assert.DoesNotContain(date.DayOfWeek, new[] { DayOfWeek.Saturday, DayOfWeek.Sunday });
        // Nine in the morning in Beijing is one o'clock UTC.
        Assert.Equal(new TimeSpan(1, 0, 0), DateTimeOffset.Parse(reading["now"]!.GetValue<string>(), CultureInfo.InvariantCulture).TimeOfDay);
    }

    [Theory]
    [InlineData("""{"advance":"-P3D"}""", "bad-duration", "advance")]
    [InlineData("""{"advance":"P1Y"}""", "bad-duration", "advance")]
    [InlineData("""{"advance":"P401D"}""", "bad-duration", "advance")]
    [InlineData("""{"workingDays":0}""", "bad-working-days", "workingDays")]
    [InlineData("""{"workingDays":251}""", "bad-working-days", "workingDays")]
    [InlineData("""{}""", "bad-advance", "advance")]
    [InlineData("""{"advance":"P1D","workingDays":1}""", "bad-advance", "advance")]
    public async Task An_unusable_advance_is_refused_and_the_clock_stands(string body, string code, string field)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var before = await NowAsync(dispatcher);
        using var refused = await dispatcher.PostAsync("/api/sample/clock", "clock-bad-" + Guid.NewGuid(), JsonNode.Parse(body)!);
        await refused.RefusedAsync(422, code, field);
        Assert.Equal(before, await NowAsync(dispatcher));
    }

    private static async Task<DateTimeOffset> NowAsync(HttpClient client) => DateTimeOffset.Parse(
        (await (await client.GetAsync(new Uri("/api/sample/clock", UriKind.Relative))).JsonAsync())["now"]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private static async Task<List<JsonObject>> AllAsync(HttpClient client, string path)
    {
        var items = new List<JsonObject>();
        for (string? after = ""; after is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonObject>($"{path}?take=25" + (after.Length > 0 ? "&after=" + after : ""));
            items.AddRange(page!["items"]!.AsArray().Select(item => item!.AsObject()));
            after = page["next"]?.GetValue<string>();
        }

        return items;
    }
}

[Collection(SharedService.Name)]
public sealed class OrdinaryDistrictTests(ServiceUnderTest service)
{
    [Fact]
    public async Task Elsewhere_the_clock_cannot_be_moved()
    {
        using var dispatcher = await service.PersonAsync("dispatcher", "CMD");
        await (await dispatcher.PostAsync("/api/sample/clock", "clock-nowhere", new { advance = "P3D" })).RefusedAsync(404, "not-found", "");
        await (await dispatcher.GetAsync(new Uri("/api/sample/clock", UriKind.Relative))).RefusedAsync(404, "not-found", "");
    }
}
