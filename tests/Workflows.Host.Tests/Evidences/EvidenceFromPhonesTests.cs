using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Evidences;

/// <summary>What officers' phones bring, hours after it was taken: the time of taking, the seal of the police, and the handwriting of those who signed.</summary>
public sealed class EvidenceFromPhonesTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly DistrictJourney _journey = new(service);

    [Fact]
    public async Task A_photo_bears_the_time_at_which_it_was_taken_and_beside_it_that_of_its_receipt()
    {
        var officer = await AtTheDoorAsync("CUL");
        var taken = service.Now.AddHours(-8);
        var evidence = await (await SendAsync(officer, ("takenAt", Rfc3339(taken)))).SucceededAsync();
        var received = Time(evidence["created"]!["at"]!);
        Assert.InRange(Time(evidence["takenAt"]!) - taken, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
        Assert.True(received >= taken.AddHours(8));
        Assert.Equal(received, Time(evidence["custody"]![0]!["at"]!));
        // Without one it is that of receipt.
        var plain = await (await SendAsync(officer)).SucceededAsync();
        Assert.Equal(Time(plain["created"]!["at"]!), Time(plain["takenAt"]!));
    }

    [Theory]
    [InlineData(1, 0, "taken-at")]
    [InlineData(-31, 0, "taken-at")]
    [InlineData(-29, 0, null)]
    // A phone's clock that runs half a minute ahead brings the time of receipt.
    [InlineData(0, 30, null)]
    public async Task A_time_in_the_future_or_a_month_ago_is_refused(int days, int seconds, string? code)
    {
        var officer = await AtTheDoorAsync("CUL");
        using var answer = await SendAsync(officer, ("takenAt", Rfc3339(service.Now.AddDays(days).AddSeconds(seconds))));
        if (code is not null)
        {
            await answer.RefusedAsync(422, code, "takenAt");
            return;
        }

        var kept = await answer.SucceededAsync();
        Assert.True(Time(kept["takenAt"]!) <= Time(kept["created"]!["at"]!));
    }

    [Theory]
    [InlineData("2026-11-22 09:30")]
    [InlineData("2026-11-22T09:30:00")]
    [InlineData("yesterday")]
    public async Task A_time_that_is_none_is_refused_with_its_field(string text)
    {
        var officer = await AtTheDoorAsync("CUL");
        // Without an offset a time would be read in the zone of the server.
        await (await SendAsync(officer, ("takenAt", text))).RefusedAsync(422, "date-invalid", "takenAt");
    }

    [Fact]
    public async Task What_the_police_bring_is_sealed_whatever_their_phone_says()
    {
        var police = await AtTheDoorAsync("PSB");
        var id = Text(await (await SendAsync(police, ("sealed", "false"))).SucceededAsync(), "id");
        foreach (var user in (string[])[await OfficerAsync("CUL"), "cul.head", "supervisor"])
        {
            using var other = await service.SamplePersonAsync(user);
            await (await other.GetAsync(new Uri($"/api/evidence/{id}", UriKind.Relative))).RefusedAsync(404, "not-found", "id");
            Assert.DoesNotContain((await _journey.StoryAsync(user))["evidence"]!.AsArray(), piece => Text(piece!, "id") == id);
        }

        using var own = await service.SamplePersonAsync("psb.head");
        using var file = await own.GetAsync(new Uri($"/api/evidence/{id}", UriKind.Relative));
        Assert.Equal(200, (int)file.StatusCode);
        // The others' are not.
        var health = Text(await (await SendAsync(await OfficerAsync("HEA"))).SucceededAsync(), "id");
        Assert.Contains((await _journey.StoryAsync("cul.head"))["evidence"]!.AsArray(), piece => Text(piece!, "id") == health);
    }

    [Fact]
    public async Task A_signature_names_the_picture_of_the_handwriting_which_is_a_piece_of_the_same_case()
    {
        var officer = await AtTheDoorAsync("FIR");
        var member = (await _journey.TeamAsync()).OfficersOf("FIR").First();
        var picture = Text(await (await SendAsync(officer)).SucceededAsync(), "id");
        var section = new VisitSection
        {
            Department = "FIR", Items = [], Signatures = [new OfficerSignature(member.OfficerId, member.Name, member.CertificateNumber!, service.Now, "E-unknown")],
        };
        using var person = await service.SamplePersonAsync(officer);
        await (await HandInAsync(person, section)).RefusedAsync(422, "signature-evidence", "section.signatures[0].evidenceId");
        var kept = await (await HandInAsync(person, section with { Signatures = [section.Signatures[0] with { EvidenceId = picture }] })).SucceededAsync();
        Assert.Equal(picture, Text(kept["section"]!["signatures"]![0]!, "evidenceId"));
    }

    private async Task<string> AtTheDoorAsync(string department)
    {
        await _journey.PlanAsync();
        await _journey.DrawAsync();
        await _journey.ArriveAsync();
        return await OfficerAsync(department);
    }

    private async Task<string> OfficerAsync(string department) => DistrictJourney.UserOf((await _journey.TeamAsync()).OfficersOf(department).First().OfficerId);

    private Task<HttpResponseMessage> HandInAsync(HttpClient person, VisitSection section) => person.PostAsync(
        $"/api/cases/{_journey.CaseId}/visit/sections", "section-" + Guid.NewGuid(), JsonSerializer.SerializeToNode(new HandInSection(section, 0), SupervisionJson.Options)!);

    private async Task<HttpResponseMessage> SendAsync(string user, params (string Name, string Value)[] fields)
    {
        using var officer = await service.SamplePersonAsync(user);
        using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent("现场照片"), "title" } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        using var photo = new ByteArrayContent([0xff, 0xd8, 0xff, 0xe0]);
        photo.Headers.ContentType = new("image/jpeg");
        form.Add(photo, "file", "photo.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases/{_journey.CaseId}/evidence") { Content = form };
        request.Headers.Add("Idempotency-Key", "evidence-" + Guid.NewGuid());
        return await officer.SendAsync(request);
    }

    private static string Rfc3339(DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonNode node) => node.GetValue<DateTimeOffset>();

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
