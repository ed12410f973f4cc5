using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Scheduling;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Audit;

namespace Workflows.Host.Tests.Retention;

/// <summary>What may not be kept any longer goes in the night in which it is due, and the chain of the audit trail holds.</summary>
public sealed class RetentionTests(SampleService service) : IClassFixture<SampleService>
{
    [Fact]
    public async Task A_reporter_and_data_on_a_minor_are_erased_when_their_time_has_come_and_not_before()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        var evidence = await UploadAsync(journey);
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var head = await service.SamplePersonAsync("cul.head");
        using (var withdrawn = await head.PostAsync($"/api/cases/{journey.CaseId}/cancel", "retention-case", new { reason = "对象已歇业" }))
            await withdrawn.SucceededAsync();
        using var reported = await dispatcher.PostAsync("/api/leads", "retention-lead", new { trigger = "Report", source = "窗口", area = "330203001", text = "样例举报内容", reportedBy = new { name = "样例人丙", contact = "13800000000", capacity = "居民" } });
        var lead = (await reported.SucceededAsync())["leadId"]!.GetValue<string>();
        using (var closed = await dispatcher.PostAsync($"/api/leads/{lead}/close", "retention-close", new { outcome = "不属实", reason = "现场核实", @class = "Service" }))
            await closed.SucceededAsync();

        var file = Path.Combine(service.DataFolder, "evidence", evidence[..2], evidence);
        await NightAsync(months: 23);
        Assert.Equal(("样例人丙", "现场照片", true), await StateAsync(dispatcher, journey, lead, file));
        await NightAsync(months: 25);
        Assert.Equal((null, "（保存期限届满，已删除）", false), await StateAsync(dispatcher, journey, lead, file));
        // A second night finds nothing more to do, and says so by silence.
        var facts = await FactsAsync(journey);
        await NightAsync(months: 25);
        Assert.Equal(facts, await FactsAsync(journey));
        Assert.Contains("retention.erased", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("样例人丙", facts, StringComparison.Ordinal);
        using var export = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(facts));
        var report = AuditVerifier.Verify(export);
        Assert.True(report.IsIntact, string.Join('\n', report.Problems));
    }

    private async Task NightAsync(int months)
    {
        await using var scope = service.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<INightlyWork>().Single(work => work.Name == "nightly:retention").RunAsync(service.Now.AddMonths(months), CancellationToken.None);
    }

    private static async Task<(string? Reporter, string Title, bool HasFile)> StateAsync(HttpClient dispatcher, DistrictJourney journey, string lead, string file)
    {
        var reported = (await (await dispatcher.GetAsync(new Uri("/api/leads/" + lead, UriKind.Relative))).SucceededAsync())["reportedBy"]!;
        var evidence = Assert.Single((await journey.StoryAsync("cul.head"))["evidence"]!.AsArray())!;
        return (reported["name"]?.GetValue<string>(), evidence["title"]!.GetValue<string>(), File.Exists(file));
    }

    private async Task<string> FactsAsync(DistrictJourney journey)
    {
        using var supervisor = await service.SamplePersonAsync("supervisor");
        return await supervisor.GetStringAsync(new Uri("/api/audit/cases/" + journey.CaseId, UriKind.Relative));
    }

    private async Task<string> UploadAsync(DistrictJourney journey)
    {
        using var officer = await service.SamplePersonAsync("cul.01");
        using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent("现场照片"), "title" }, { new StringContent("true"), "concernsMinor" } };
        using var photo = new ByteArrayContent([0xff, 0xd8, 0xff, 0x02]);
        photo.Headers.ContentType = new("image/jpeg");
        form.Add(photo, "file", "photo.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases/{journey.CaseId}/evidence") { Content = form };
        request.Headers.Add("Idempotency-Key", "retention-evidence");
        using var answer = await officer.SendAsync(request);
        return (await answer.SucceededAsync())["sha256"]!.GetValue<string>();
    }
}
