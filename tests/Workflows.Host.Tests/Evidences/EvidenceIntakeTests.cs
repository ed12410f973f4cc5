using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Host.Api.Evidences;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Evidences;

/// <summary>What comes in as evidence: by its content, not by its name, and within bounds.</summary>
public sealed class EvidenceIntakeTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly CheckDesk _desk = new(service);

    [Fact]
    public async Task A_file_is_kept_as_what_it_is_whatever_its_sender_calls_it_and_pages_and_programs_are_not_kept()
    {
        var caseId = await OpenAsync();
        var png = await (await UploadAsync(caseId, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4], "text/html", "page.html")).SucceededAsync();
        Assert.Equal("image/png", png["mediaType"]!.GetValue<string>());
        var text = await (await UploadAsync(caseId, Encoding.UTF8.GetBytes("现场情况说明\r\n第二行"), "application/x-msdownload", "a.exe")).SucceededAsync();
        Assert.Equal("text/plain", text["mediaType"]!.GetValue<string>());
        using var officer = await service.SamplePersonAsync("cul.01");
        using var shown = await officer.GetAsync(new Uri($"/api/evidence/{png["id"]}", UriKind.Relative));
        Assert.Equal(("image/png", "attachment"), (shown.Content.Headers.ContentType!.MediaType, shown.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Contains("sandbox", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var hostile in new[]
        {
            "<html><script>alert(1)</script></html>", "  \n<!DOCTYPE html><p>", "text first <img src=x onerror=alert(1)>", "<?xml version=\"1.0\"?><svg/>", "#!/bin/sh\nrm", "MZ\u0090 program", "a\0b",
        })
            await (await UploadAsync(caseId, Encoding.Latin1.GetBytes(hostile), "text/plain", "a.txt")).RefusedAsync(422, "evidence-type", "file");
        await (await UploadAsync(caseId, "no picture"u8.ToArray(), "image/jpeg", "a.jpg")).RefusedAsync(422, "evidence-type", "file");
        await (await UploadAsync(caseId, [0x7f, 0x45, 0x4c, 0x46, 2, 1], "image/jpeg", "a.jpg")).RefusedAsync(422, "evidence-type", "file");
        await (await UploadAsync(caseId, [], "image/jpeg", "a.jpg")).RefusedAsync(422, "evidence-type", "file");
    }

    [Theory]
    [InlineData("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation")]
    [InlineData("word/vbaProject.bin", null)]
    [InlineData("payload.exe", null)]
    public async Task Office_documents_are_known_by_their_parts_and_macros_are_not_taken(string part, string? type)
    {
        using var archive = Archive("[Content_Types].xml", part);
        Assert.Equal(type, await EvidenceContent.TypeOfAsync(archive, "application/msword", CancellationToken.None));
        Assert.Equal(0, archive.Position);
    }

    [Theory]
    [InlineData("%PDF-1.7", "application/octet-stream", "application/pdf")]
    [InlineData("\0\0\0\u0018ftypmp42....", "video/mp4", "video/mp4")]
    [InlineData("\0\0\0\u0018ftypmp42....", "audio/mp4", "audio/mp4")]
    [InlineData("\0\0\0\u0018ftypM4A ....", "video/mp4", "audio/mp4")]
    [InlineData("\0\0\0\u0018ftypheic....", "image/jpeg", "image/heic")]
    [InlineData("\u001A\u0045\u00DF\u00A3", "audio/webm;codecs=opus", "audio/webm")]
    [InlineData("\u001A\u0045\u00DF\u00A3", "text/html", "video/webm")]
    [InlineData("ID3\u0004", null, "audio/mpeg")]
    [InlineData("RIFF1234WAVE", null, "audio/wav")]
    [InlineData("PK\u0003\u0004 cut off", null, null)]
    public async Task Films_sound_and_papers_are_known_by_their_first_bytes(string head, string? declared, string? type)
    {
        using var file = new MemoryStream(Encoding.Latin1.GetBytes(head));
        Assert.Equal(type, await EvidenceContent.TypeOfAsync(file, declared, CancellationToken.None));
    }

    [Fact]
    public async Task A_text_that_turns_into_something_else_after_its_beginning_is_no_text()
    {
        using var file = new MemoryStream([.. Enumerable.Repeat((byte)'a', 200_000), 0, 1, 2]);
        Assert.Null(await EvidenceContent.TypeOfAsync(file, "text/plain", CancellationToken.None));
    }

    [Fact]
    public async Task A_case_that_is_over_takes_nothing_more_and_a_request_that_is_sent_again_is_answered_as_before()
    {
        var caseId = await OpenAsync();
        byte[] photo = [0xff, 0xd8, 0xff, 5];
        using var first = await UploadAsync(caseId, photo, "image/jpeg", "a.jpg", "before-" + caseId);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await _desk.WithdrawAsync(caseId);
        using var again = await UploadAsync(caseId, photo, "image/jpeg", "a.jpg", "before-" + caseId);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        byte[] late = [0xff, 0xd8, 0xff, 6];
        await (await UploadAsync(caseId, late, "image/jpeg", "a.jpg")).RefusedAsync(409, "case-closed", "caseId");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(late));
        Assert.False(File.Exists(Path.Combine(service.DataFolder, "evidence", hash[..2], hash)));
    }

    [Fact]
    public async Task A_case_and_its_party_have_bounds_in_pieces_and_in_bytes()
    {
        var caseId = await OpenAsync();
        await UploadAsync(caseId, [0xff, 0xd8, 0xff, 7], "image/jpeg", "a.jpg");
        var (one, piece) = await FoundAsync(caseId);
        var party = new Actor { Id = $"party:{one.TargetId}", Name = "当事人", Roles = [Role.Party] };
        var officer = new Actor { Id = "o", Name = "o", Roles = [Role.Inspector] };
        IReadOnlyList<Evidence> Of(int count, EvidenceOrigin origin, long length = 1) => [.. Enumerable.Repeat(piece with { Origin = origin, Length = length }, count)];

        EvidenceRoom.Require(one, Of(99, EvidenceOrigin.Party), 1, party);
        Refused(() => EvidenceRoom.Require(one, Of(100, EvidenceOrigin.Party), 1, party));
        Refused(() => EvidenceRoom.Require(one, Of(1, EvidenceOrigin.Party, 512L << 20), 1, party));
        // What the officers took does not count against the party, nor the other way round while the case has room.
        EvidenceRoom.Require(one, Of(400, EvidenceOrigin.Taken), 1, party);
        EvidenceRoom.Require(one, Of(100, EvidenceOrigin.Party), 1, officer);
        Refused(() => EvidenceRoom.Require(one, Of(1000, EvidenceOrigin.Taken), 1, officer));
        Refused(() => EvidenceRoom.Require(one, Of(1, EvidenceOrigin.Taken, 8L << 30), 1, officer));

        static void Refused(Action act) => Assert.Equal("evidence-full", Assert.Throws<RuleViolationException>(act).Code);
    }

    private async Task<(Case One, Evidence Piece)> FoundAsync(string caseId)
    {
        var found = await _desk.ChangeAsync(async (session, token) =>
            Tuple.Create((await session.FindAsync<Case>(caseId, token))!, (await session.ListAsync<Evidence>(new AggregateFilter { CaseId = caseId }, token))[0]));
        return (found!.Item1, found.Item2);
    }

    private async Task<string> OpenAsync() =>
        (await _desk.OpenAsync("cul.head", await _desk.TargetAsync("B"), "SpecialCampaign", departments: ["CUL", "FIR"]))["caseId"]!.GetValue<string>();

    private async Task<HttpResponseMessage> UploadAsync(string caseId, byte[] content, string type, string name, string? key = null)
    {
        using var officer = await service.SamplePersonAsync("cul.01");
        using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent("现场照片"), "title" } };
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new(type);
        form.Add(file, "file", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases/{caseId}/evidence") { Content = form };
        request.Headers.Add("Idempotency-Key", key ?? "upload-" + Guid.NewGuid());
        return await officer.SendAsync(request);
    }

    private static MemoryStream Archive(params string[] parts)
    {
        var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in parts)
            {
                using var entry = archive.CreateEntry(part).Open();
                entry.Write("<x/>"u8);
            }
        }

        content.Position = 0;
        return content;
    }
}
