using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Papers;
using Workflows.Host.Scheduling;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Leads;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Audit;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Messages;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Retention;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Retention;

/// <summary>What may not be kept any longer goes in the night in which it is due, and the chain of the audit trail holds.</summary>
public sealed class RetentionTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly CheckDesk _desk = new(service);

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

    [Fact]
    public async Task Who_said_that_a_matter_cannot_get_done_is_erased_two_years_after_the_supervisor_closed_it()
    {
        using var anybody = service.Anonymous();
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        using var filed = await anybody.PostAsync("/api/public/stuck-matters", "retention-stuck", new { text = "跑了三趟没办成", area = "330203001", name = "样例人戊", contact = "13700000000" });
        var path = new Uri("/api/stuck-matters/" + (await filed.SucceededAsync())["receipt"]!.GetValue<string>(), UriKind.Relative);
        using var supervisor = await service.SamplePersonAsync("supervisor");
        await NightAsync(months: 25);
        Assert.Equal("样例人戊", await NameAsync());
        using (var closed = await supervisor.PostAsync(path + "/review", "retention-stuck-closed", new { finding = "已当场办结" }))
            await closed.SucceededAsync();
        await NightAsync(months: 23);
        Assert.Equal("样例人戊", await NameAsync());
        await NightAsync(months: 25);
        Assert.Null(await NameAsync());

        async Task<string?> NameAsync()
        {
            using var read = await supervisor.GetAsync(path);
            return (await read.SucceededAsync())["reportedBy"]?["name"]?.GetValue<string>();
        }
    }

    [Fact]
    public async Task What_a_lead_said_its_photo_who_was_met_and_the_target_made_for_it_go_and_a_photo_of_no_lead_goes_at_once()
    {
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 9, 9, 9, 9];
        using var anybody = service.Anonymous();
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        using var form = new MultipartFormDataContent { { new StringContent("样例人丁占道"), "text" }, { new StringContent("330203001"), "area" } };
        using var photo = new ByteArrayContent(picture);
        photo.Headers.ContentType = new("image/png");
        form.Add(photo, "photo1", "a.png");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/public/reports") { Content = form };
        request.Headers.Add("Idempotency-Key", "retention-report");
        using var sent = await anybody.SendAsync(request);
        var lead = (await sent.SucceededAsync())["receipt"]!.GetValue<string>();
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using (var closed = await dispatcher.PostAsync($"/api/leads/{lead}/close", "retention-close-report", new { outcome = "不属实", reason = "现场核实", @class = "Service" }))
            await closed.SucceededAsync();
        await _desk.ChangeAsync(async (session, token) =>
        {
            var one = (await session.FindAsync<Lead>(lead, token))!;
            session.Save(one with { Settlement = new LeadSettlement { Outcome = LeadOutcomes.Persuaded, Person = new LeadPerson("样例人丁", Phone: "13900000000"), Note = "劝离样例人丁", By = "x", At = session.Now } });
            session.Save(TargetRecord.Of(
                new RosterTarget { Id = AdHocTargets.IdOf(lead), Name = "样例人丁", TownCode = "330203001", District = "330203", Representative = "样例人丁", Phone = "13900000000", IsAdHoc = true }, one.Created));
            return lead;
        });
        var file = Aged("reports", Convert.ToHexStringLower(SHA256.HashData(picture)), null);
        var orphan = Aged("reports", Convert.ToHexStringLower(SHA256.HashData([1])), [1]);
        await NightAsync(months: 59);
        Assert.Equal((true, false), (File.Exists(file), File.Exists(orphan)));
        var before = await LeadAsync(dispatcher, lead);
        Assert.Contains("样例人丁", before, StringComparison.Ordinal);
        await NightAsync(months: 61);
        Assert.False(File.Exists(file));
        var after = await LeadAsync(dispatcher, lead);
        Assert.All(["样例人丁", "13900000000", "photos\":[{"], words => Assert.DoesNotContain(words, after, StringComparison.Ordinal));
        await (await dispatcher.GetAsync(new Uri($"/api/leads/{lead}/photos/1", UriKind.Relative))).RefusedAsync(404, "not-found", "id");
        var target = await _desk.ChangeAsync(async (session, token) => (await session.FindAsync<TargetRecord>(AdHocTargets.IdOf(lead), token))!);
        Assert.Equal(("（保存期限届满，已删除）", null, null), (target!.Target.Name, target.Target.Phone, target.Target.Representative));
    }

    [Fact]
    public async Task Evidence_of_a_lead_that_ended_without_a_case_goes_two_years_after_and_that_of_a_case_stays()
    {
        byte[] first = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3], second = [0xff, 0xd8, 0xff, 0xe0, 4, 5, 6], third = [0xff, 0xd8, 0xff, 0xe0, 7, 8, 9];
        var people = new LeadPeople(service);
        var (alone, withCase) = (await people.AcceptedAsync(), await people.AcceptedAsync());
        var (between, merged) = (await people.AcceptedAsync(), await people.AcceptedAsync());
        var (gone, kept, taken) = (await BringAsync(alone, first), await BringAsync(withCase, second), await BringAsync(merged, third));
        foreach (var lead in (string[])[alone, withCase, between, merged])
            await people.DoAsync("hea.head", lead, "close", new { outcome = "已整改", reason = "当场清洗消毒", @class = "Management" });
        await _desk.ChangeAsync(async (session, token) =>
        {
            session.Save((await session.FindAsync<Lead>(withCase, token))! with { CaseId = "C-of-the-lead" });
            return withCase;
        });
        // Merged into one that was itself merged later: it serves the case at the end of the chain.
        foreach (var (lead, into) in ((string, string)[])[(merged, between), (between, withCase)])
        {
            await _desk.ChangeAsync(async (session, token) =>
            {
                session.Save((await session.FindAsync<Lead>(lead, token))! with { State = LeadState.Merged, DuplicateOf = into });
                return lead;
            });
        }

        await NightAsync(months: 23);
        Assert.Equal((true, true), (File.Exists(gone), File.Exists(kept)));
        await NightAsync(months: 25);
        Assert.Equal((false, true, true), (File.Exists(gone), File.Exists(kept), File.Exists(taken)));
        var piece = Assert.Single(await EvidenceAsync(alone))!;
        Assert.Equal((ErasureService.Erased, null, "到期删除"), (piece["title"]!.GetValue<string>(), piece["place"]?.GetValue<string>(), piece["custody"]!.AsArray()[^1]!["act"]!.GetValue<string>()));
        Assert.Equal("现场照片", Assert.Single(await EvidenceAsync(withCase))!["title"]!.GetValue<string>());
        Assert.Equal("现场照片", Assert.Single(await EvidenceAsync(merged))!["title"]!.GetValue<string>());

        async Task<string> BringAsync(string lead, byte[] content)
        {
            using var officer = await service.SamplePersonAsync("hea.01");
            using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent("现场照片"), "title" }, { new StringContent("样例路1号"), "place" } };
            using var photo = new ByteArrayContent(content);
            photo.Headers.ContentType = new("image/jpeg");
            form.Add(photo, "file", "photo.jpg");
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/leads/{lead}/evidence") { Content = form };
            request.Headers.Add("Idempotency-Key", "retention-evidence-" + lead);
            using var sent = await officer.SendAsync(request);
            await sent.SucceededAsync();
            var hash = Convert.ToHexStringLower(SHA256.HashData(content));
            return Path.Combine(service.DataFolder, "evidence", hash[..2], hash);
        }

        async Task<System.Text.Json.Nodes.JsonArray> EvidenceAsync(string lead)
        {
            using var answer = await people.GetAsync("hea.head", $"/api/leads/{lead}/evidence");
            return System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
        }
    }

    [Fact]
    public async Task Owner_and_telephone_of_a_project_and_who_let_the_patrol_in_go_when_it_is_long_over()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var registered = await dispatcher.PostAsync("/api/projects", "retention-project", new
        {
            scenario = "home-renovation", number = "样例装修-0009", name = "样例小区9幢901室装修", address = "样例路9号", townCode = "330203001", owner = "样例业主戊", phone = "13700000000",
            startsOn = "2027-03-01", endsOn = "2027-06-30",
        });
        var id = (await registered.SucceededAsync())["id"]!.GetValue<string>();
        await _desk.ChangeAsync(async (session, token) =>
        {
            var one = (await session.FindAsync<Lead>(id, token))!;
            session.Save(one with { State = LeadState.Closed, Wait = null, Patrols = [new PatrolRecord("水电", PatrolOutcomes.Clean, [], [], [], new EntryConsent("样例业主戊", "业主", session.Now), false, [], "查看", "x", session.Now)] });
            return id;
        });
        await NightAsync(months: 59);
        Assert.Equal(("样例业主戊", "13700000000", "样例业主戊"), await PeopleAsync());
        await NightAsync(months: 61);
        Assert.Equal(("（保存期限届满，已删除）", null, "（保存期限届满，已删除）"), await PeopleAsync());

        async Task<(string, string?, string)> PeopleAsync()
        {
            var found = await _desk.ChangeAsync(async (session, token) => Tuple.Create((await session.FindAsync<TargetRecord>("样例装修-0009", token))!, (await session.FindAsync<Lead>(id, token))!));
            return (found!.Item1.Target.Project!.Owner, found.Item1.Target.Phone, found.Item2.Patrols[0].Consent!.Person);
        }
    }

    [Fact]
    public async Task What_was_written_for_a_visit_that_was_refused_goes_half_a_year_after_the_case()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.ArriveAsync();
        await _desk.ChangeAsync(async (session, token) =>
        {
            var visit = (await session.ListAsync<Visit>(new AggregateFilter { CaseId = journey.CaseId }, token))[0];
            var section = new VisitSection { Department = "CUL", Items = [], Signatures = [] };
            session.Save(visit with { State = VisitState.Refused, SectionsInWork = [new SectionInWork(section, 1, session.Now, "样例草稿人")] });
            session.Save((await session.FindAsync<Case>(journey.CaseId, token))! with { State = CaseState.Closed, ClosedAt = session.Now });
            return journey.CaseId;
        });
        await NightAsync(months: 5);
        Assert.Equal(1, await DraftsAsync());
        await NightAsync(months: 7);
        Assert.Equal(0, await DraftsAsync());

        async Task<int> DraftsAsync() => (await _desk.ChangeAsync(async (session, token) =>
            (await session.ListAsync<Visit>(new AggregateFilter { CaseId = journey.CaseId }, token))[0]))!.SectionsInWork?.Count ?? 0;
    }

    [Fact]
    public async Task Messages_and_what_was_delivered_go_in_their_time_and_what_still_waits_stays()
    {
        var number = "R-" + Guid.NewGuid().ToString("N");
        await _desk.ChangeAsync((session, _) =>
        {
            session.Send(new OutboxMessage("notice", "role:dispatcher", "提醒", "样例消息", null, null) { Subject = new OutboxSubject(number, null, null, "330203") });
            session.Send(new OutboxMessage("sms", "group", "提醒", number, null, null) { NotBefore = session.Now.AddYears(90) });
            return ValueTask.FromResult(number);
        });
        await service.UntilAsync(async () => (await RowsAsync()).Messages > 0 && (await RowsAsync()).Delivered > 0);
        await NightAsync(months: 5);
        Assert.True((await RowsAsync()).Delivered > 0);
        await NightAsync(months: 7);
        Assert.Equal(0, (await RowsAsync()).Delivered);
        await NightAsync(months: 23);
        Assert.True((await RowsAsync()).Messages > 0);
        await NightAsync(months: 25);
        Assert.Equal((0, 0, 1), await RowsAsync());

        async Task<(int Messages, int Delivered, int Waiting)> RowsAsync()
        {
            await using var scope = service.Services.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
            return (await database.Set<AggregateRow<PersonalMessage>>().CountAsync(row => row.Body.Contains(number)), await database.Set<OutboxRow>().CountAsync(row => row.State == "Delivered" && row.Subject!.Contains(number)),
                await database.Set<OutboxRow>().CountAsync(row => row.State == "Pending" && row.Body == number));
        }
    }

    [Fact]
    public async Task A_printed_paper_goes_after_a_year_and_is_made_again_when_it_is_asked_for()
    {
        var shelf = service.Services.GetRequiredService<PaperShelf>();
        var (source, pdf) = (PaperShelf.HashOf("retention"), await shelf.KeepAsync([.. "%PDF-retention"u8], CancellationToken.None));
        await _desk.ChangeAsync((session, _) =>
        {
            session.Save(new Paper { Id = source, CaseKey = PaperDesk.CaseKey, Created = new Cause(null, "test", "样例", session.Now), State = PaperState.Rendered, PdfSha256 = pdf, Length = 14 });
            return ValueTask.FromResult(source);
        });
        var file = shelf.PdfPath(pdf);
        File.SetLastWriteTimeUtc(file, service.Clock.GetUtcNow().AddDays(-2).UtcDateTime);
        await shelf.KeepTextAsync(source, "retention", CancellationToken.None);
        var text = Path.Combine(service.DataFolder, "papers", "waiting", source + ".html");
        File.SetLastWriteTimeUtc(text, service.Clock.GetUtcNow().AddDays(-31).UtcDateTime);
        await NightAsync(months: 11);
        Assert.Equal((true, false), (File.Exists(file), File.Exists(text)));
        await NightAsync(months: 13);
        Assert.False(File.Exists(file));
        var paper = await _desk.ChangeAsync(async (session, token) => (await session.FindAsync<Paper>(source, token))!);
        Assert.Equal((PaperState.Dropped, null), (paper!.State, paper.PdfSha256));
    }

    [Fact]
    public void Every_kind_of_data_that_can_be_erased_has_a_period_in_the_file_and_a_ground() =>
        Assert.All(Enum.GetValues<RetainedData>(), data => Assert.Single(
            RetentionSchedule.Read(File.ReadAllText(Path.Combine(ServiceUnderTest.HomeFolder(), "retention.json"))).Rules, rule => rule.Data == data && rule.Basis.Length > 5));

    private string Aged(string folder, string hash, byte[]? content)
    {
        var path = Path.Combine(service.DataFolder, folder, hash[..2], hash);
        if (content is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        File.SetLastWriteTimeUtc(path, service.Clock.GetUtcNow().AddDays(-2).UtcDateTime);
        return path;
    }

    private static async Task<string> LeadAsync(HttpClient dispatcher, string lead) => await dispatcher.GetStringAsync(new Uri("/api/leads/" + lead, UriKind.Relative));

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
