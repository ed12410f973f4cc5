using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Access;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Audit;

namespace Workflows.Host.Tests.Public;

/// <summary>The party's door: who opens and shuts it, and what is heard of those who try others.</summary>
[Collection(SharedSample.Name)]
public sealed class PartyDoorTests(SampleService service)
{
    [Fact]
    public async Task A_link_is_revoked_by_those_who_work_on_the_case_and_opens_nothing_from_then_on()
    {
        var journey = await DrawnAsync();
        var leader = await journey.LeaderAsync();
        using var officer = await service.SamplePersonAsync(leader);
        var (first, second) = (await OpenAsync(officer, journey.CaseId), await OpenAsync(officer, journey.CaseId));
        // A link of another case is none of this one.
        var other = await DrawnAsync();
        using var otherOfficer = await service.SamplePersonAsync(await other.LeaderAsync());
        var foreign = await OpenAsync(otherOfficer, other.CaseId);
        await (await RevokeAsync(officer, journey.CaseId, foreign.Link, "发错号码")).RefusedAsync(404, "not-found", "linkId");
        await (await RevokeAsync(officer, journey.CaseId, first.Link, " ")).RefusedAsync(422, "field-missing", "reason");

        var revoked = await (await RevokeAsync(officer, journey.CaseId, first.Link, "发错号码")).SucceededAsync();
        Assert.Equal((true, false), (revoked["revoked"]!.GetValue<bool>(), revoked["works"]!.GetValue<bool>()));
        await (await RevokeAsync(officer, journey.CaseId, first.Link, "发错号码")).RefusedAsync(409, "link-revoked", "linkId");
        using var party = service.Anonymous();
        await (await party.GetAsync(new Uri($"/api/party/{first.Token}", UriKind.Relative))).RefusedAsync(404, "link-unknown", "token");
        Assert.Equal(HttpStatusCode.OK, (await party.GetAsync(new Uri($"/api/party/{second.Token}", UriKind.Relative))).StatusCode);

        using var head = await service.SamplePersonAsync("cul.head");
        using var listed = await head.GetAsync(new Uri($"/api/cases/{journey.CaseId}/party-links", UriKind.Relative));
        var text = await listed.Content.ReadAsStringAsync();
        Assert.Equal([second.Link], JsonNode.Parse(text)!.AsArray().Where(row => row!["works"]!.GetValue<bool>()).Select(row => row!["linkId"]!.GetValue<string>()));
        Assert.Equal(2, JsonNode.Parse(text)!.AsArray().Count);
        // The secret, and the hash by which it is known, stay where they are.
        Assert.DoesNotContain(first.Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(await journey.ListAsync("cul.head", $"/api/cases/{journey.CaseId}/timeline"), fact => fact!["kind"]!.GetValue<string>() == "party-link.revoked" && fact["data"]!["reason"]!.GetValue<string>() == "发错号码");
    }

    [Fact]
    public async Task A_party_that_asks_for_the_papers_of_another_finds_nothing_and_is_heard_of_without_its_secret()
    {
        var journey = await DrawnAsync();
        using var officer = await service.SamplePersonAsync(await journey.LeaderAsync());
        var link = await OpenAsync(officer, journey.CaseId);
        var target = (await journey.StoryAsync("cul.head"))["case"]!["targetId"]!.GetValue<string>();
        var (document, order) = ("document-" + Guid.NewGuid().ToString("N"), "order-" + Guid.NewGuid().ToString("N"));
        using var party = service.Anonymous();
        await (await party.GetAsync(new Uri($"/api/party/{link.Token}/documents/{document}", UriKind.Relative))).RefusedAsync(404, "not-found", "id");
        await (await party.PostAsync($"/api/party/{link.Token}/proofs", "proof-" + order, new { orderId = order, items = new[] { 1 }, description = "试探", evidenceIds = Array.Empty<string>() }))
            .RefusedAsync(404, "not-own-case", "orderId");
        await using var scope = service.Services.CreateAsyncScope();
        using var lines = new MemoryStream();
        await scope.ServiceProvider.GetRequiredService<AuditTrail>().ExportAsync(lines, RefusedAccess.Family);
        var kept = Encoding.UTF8.GetString(lines.ToArray());
        foreach (var name in new[] { document, $"orderId={order}" })
            Assert.Contains($"party:{target}", Assert.Single(kept.Split('\n'), line => line.Contains(name, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(link.Token, kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_opens_nothing_is_refused_before_what_it_brings_is_read()
    {
        using var party = service.Anonymous();
        using var content = new Unread();
        using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent("x"), "title" }, { new StreamContent(content), "file", "x.jpg" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/party/{new string('x', 48)}/evidence") { Content = form };
        request.Headers.Add("Idempotency-Key", "unread-" + Guid.NewGuid());
        await (await party.SendAsync(request)).RefusedAsync(404, "link-unknown", "token");
        Assert.True(content.Taken < content.Length, $"{content.Taken} bytes were read");
    }

    private async Task<DistrictJourney> DrawnAsync() => await (await new DistrictJourney(service).PlanAsync()).DrawAsync();

    private static async Task<(string Link, string Token)> OpenAsync(HttpClient officer, string caseId)
    {
        using var opened = await officer.PostAsync($"/api/cases/{caseId}/party-links", "link-" + Guid.NewGuid(), new { validDays = 30 });
        var link = await opened.SucceededAsync();
        return (link["linkId"]!.GetValue<string>(), link["token"]!.GetValue<string>());
    }

    private static Task<HttpResponseMessage> RevokeAsync(HttpClient officer, string caseId, string link, string reason) =>
        officer.PostAsync($"/api/cases/{caseId}/party-links/{link}/revoke", "revoke-" + Guid.NewGuid(), new { reason });

    // Twenty megabytes of which the service takes what it asks for.
    private sealed class Unread : Stream
    {
        public long Taken { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => 20 << 20;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, Length - Position);
            Array.Fill(buffer, (byte)0xff, offset, read);
            Position += read;
            Taken += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = origin == SeekOrigin.Begin ? offset : Length;

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
