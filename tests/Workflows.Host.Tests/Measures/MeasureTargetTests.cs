using System.Net;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Measures;

/// <summary>Targets of measures are kept on the service: by unit, with effective date and author, for everybody who sees the measure.</summary>
public sealed class MeasureTargetTests(SampleService service) : IClassFixture<SampleService>
{
    private const string Path = "/api/measures/on-time-rate/targets";
    private readonly DistrictJourney _journey = new(service);

    [Fact]
    public async Task A_supervisor_sets_it_with_its_day_and_everybody_who_sees_the_measure_sees_it_within_their_own()
    {
        var today = await _journey.TodayAsync();
        using var supervisor = await service.SamplePersonAsync("supervisor");
        var set = await (await supervisor.PostAsync(Path, "target-all", new { value = 0.95m, from = today, reason = "年度考核" })).SucceededAsync();
        Assert.Equal((0.95m, "样例督办人"), (set["value"]!.GetValue<decimal>(), set["created"]!["actorName"]!.GetValue<string>()));
        await (await supervisor.PostAsync(Path, "target-fir", new { value = 0.9m, from = today.AddDays(7), reason = "消防专项", department = "FIR" })).SucceededAsync();
        await (await supervisor.PostAsync(Path, "target-none", new { from = today.AddDays(30), reason = "取消消防专项", department = "FIR" })).SucceededAsync();
        await (await supervisor.PostAsync(Path, "in-the-past", new { value = 0.9m, from = today.AddDays(-1), reason = "追溯" })).RefusedAsync(422, "target-date", "from");
        await (await supervisor.PostAsync(Path, "of-hundred", new { value = 95m, from = today, reason = "百分数" })).RefusedAsync(422, "bad-target", "value");
        await (await supervisor.PostAsync(Path, "no-reason", new { value = 0.9m, from = today, reason = " " })).RefusedAsync(422, "field-missing", "reason");
        // Numbers of checks never judge anybody.
        await (await supervisor.PostAsync("/api/measures/joint-visits/targets", "target-of-checks", new { value = 1m, from = today, reason = "数量" })).RefusedAsync(422, "no-target", "code");
        await (await supervisor.PostAsync("/api/measures/nothing/targets", "target-of-nothing", new { value = 1m, from = today, reason = "数量" })).RefusedAsync(404, "measure-unknown", "code");
        using (var head = await service.SamplePersonAsync("fir.head"))
            Assert.Equal(HttpStatusCode.Forbidden, (await head.PostAsync(Path, "by-a-head", new { value = 0.5m, from = today, reason = "自定" })).StatusCode);
        Assert.Equal(3, (await _journey.ListAsync("fir.head", Path)).Count);
        Assert.Single(await _journey.ListAsync("cul.01", Path));
        Assert.Equal(3, (await _journey.ListAsync("auditor", Path)).Count);
        using (var elsewhere = await service.PersonAsync("supervisor", null, "330206"))
        {
            Assert.Equal("[]", await elsewhere.GetStringAsync(new Uri(Path, UriKind.Relative)));
            await (await elsewhere.PostAsync(Path, "foreign-area", new { value = 0.5m, from = today, reason = "越区", area = "330203" })).RefusedAsync(403, "other-area", "area");
        }

        using var auditor = await service.PersonAsync("auditor", officerId: "CITY-01");
        Assert.Contains("measure.target-set", await auditor.GetStringAsync(new Uri("/api/audit", UriKind.Relative)), StringComparison.Ordinal);
    }
}
