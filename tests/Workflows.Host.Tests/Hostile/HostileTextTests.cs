using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Papers;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Hostile;

/// <summary>
/// One case in which every text that comes from outside tries to be something else: markup, a template, a formula, a text that reads backwards, control characters. Wherever it comes out it
/// is a text.
/// </summary>
public sealed class HostileTextTests(SampleService service) : IClassFixture<SampleService>
{
    private const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&";
    private const string Template = "{{ 1+1 }}";
    private const string Formula = "=HYPERLINK(\"http://evil.example\";\"x\")";
    private const string Hidden = "\u202Etxt.exe\u202C\u2066\u0001\u0007\u001B\u0085";
    private const string Seen = "txt.exe";

    private static string Hostile(string place) => $"{Formula}{place}{Markup}{Template}{Hidden}";

    private static string Shown(string place) => $"{Formula}{place}{Markup}{Template}{Seen}";

    [Fact]
    public async Task Whatever_a_text_tries_to_be_it_comes_out_as_text()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        var name = await NameAsync(journey);
        await journey.ArriveAsync();
        var sheet = await ReadAsync("dispatcher", $"/api/exchange/ZJ-ZHZF/inspections?caseId={journey.CaseId}&format=csv");
        var evidence = await UploadAsync(journey);
        await journey.RecordAsync("EH-20", evidence, Hostile("事实"));
        await journey.OrderAsync();
        var token = await StatedAsync(journey);
        var lead = await ReportedAsync();
        await PublishedAsync(journey);

        Csv(sheet, name);
        await DocumentsAsync(journey, name);
        await WorkbookAsync("/api/cases.xlsx", name);
        await WorkbookAsync("/api/overdue?within=P92D&format=xlsx", name);
        using var anybody = service.Anonymous();
        Data(await anybody.GetAsync(new Uri("/api/public/results?take=200", UriKind.Relative)), name);
        Data(await anybody.GetAsync(new Uri($"/api/public/draws/{journey.PlanId}", UriKind.Relative)), name);
        var view = Data(await anybody.GetAsync(new Uri($"/api/party/{token}", UriKind.Relative)), name);
        Assert.Equal(Shown("陈述"), view["statements"]![0]!["text"]!.GetValue<string>());
        using var officer = await service.SamplePersonAsync("dispatcher");
        Assert.Equal(Shown("线索"), Data(await officer.GetAsync(new Uri($"/api/leads/{lead}", UriKind.Relative)), null)["text"]!.GetValue<string>());
        var story = Data(await officer.GetAsync(new Uri($"/api/cases/{journey.CaseId}", UriKind.Relative)), name);
        Assert.Equal(Shown("标题"), story["evidence"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == evidence)!["title"]!.GetValue<string>());
        Assert.Equal(Shown("事实"), Assert.Single(story["findings"]!.AsArray())!["facts"]!.GetValue<string>());
        // The file itself goes out under the service's name for it.
        using var leader = await service.SamplePersonAsync(await journey.LeaderAsync());
        using var file = await leader.GetAsync(new Uri($"/api/evidence/{evidence}", UriKind.Relative));
        Assert.Equal(("attachment", evidence), (file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileName!.Trim('"')));
        await PdfAsync(journey.CaseId);
    }

    // The whole file on paper: nothing in it runs, starts a program or leads to where a text wanted to.
    private async Task PdfAsync(string caseId)
    {
        if (!Browser.IsHere(service))
            return;
        using var person = await service.SamplePersonAsync("supervisor");
        byte[] pdf = [];
        await service.UntilAsync(async () =>
        {
            using var answer = await person.GetAsync(new Uri($"/api/cases/{caseId}/file/pdf", UriKind.Relative));
            if (answer.StatusCode == HttpStatusCode.Accepted)
                return false;
            pdf = await answer.Content.ReadAsByteArrayAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, Encoding.UTF8.GetString(pdf));
            return true;
        });
        var text = Encoding.Latin1.GetString(pdf);
        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
        // Objects are looked at as they stand; were they packed, nothing could be found in them.
        Assert.Contains("/Type /Page", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/ObjStm", text, StringComparison.Ordinal);
        foreach (var active in new[] { "/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/SubmitForm", "evil.example" })
            Assert.DoesNotContain(active, text, StringComparison.Ordinal);
    }

    // As it would stand in an imported roster, and from there in the case.
    private async Task<string> NameAsync(DistrictJourney journey)
    {
        var name = await new CheckDesk(service).ChangeAsync(async (session, token) =>
        {
            var one = (await session.FindAsync<Case>(journey.CaseId, token))!;
            var record = (await session.FindAsync<TargetRecord>(one.Target.Id, token))!;
            var hostile = TargetRecord.Of(record.Target with { Name = Hostile("名称"), Address = Hostile("地址") }, record.Created);
            session.Save(hostile);
            session.Save(one with { Target = one.Target with { Name = hostile.Target.Name, Address = hostile.Target.Address } });
            return hostile.Target.Name;
        });
        Assert.Equal(Shown("名称"), name);
        return name!;
    }

    private async Task<string> UploadAsync(DistrictJourney journey)
    {
        using var officer = await service.SamplePersonAsync(await journey.LeaderAsync());
        using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent(Hostile("标题")), "title" } };
        using var photo = new ByteArrayContent([0xff, 0xd8, 0xff, 0x21]);
        photo.Headers.ContentType = new("image/jpeg");
        form.Add(photo, "file", "x.jpg");
        photo.Headers.Remove("Content-Disposition");
        photo.Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=file; filename=\"../<img src=x onerror=alert(1)>=1+1.jpg\"");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases/{journey.CaseId}/evidence") { Content = form };
        request.Headers.Add("Idempotency-Key", "hostile-evidence");
        using var answer = await officer.SendAsync(request);
        return (await answer.SucceededAsync())["id"]!.GetValue<string>();
    }

    private async Task<string> StatedAsync(DistrictJourney journey)
    {
        using var officer = await service.SamplePersonAsync(await journey.LeaderAsync());
        using var opened = await officer.PostAsync($"/api/cases/{journey.CaseId}/party-links", "hostile-link", new { validDays = 30 });
        var token = (await opened.SucceededAsync())["token"]!.GetValue<string>();
        using var party = service.Anonymous();
        using var stated = await party.PostAsync($"/api/party/{token}/statements", "hostile-statement", new { text = Hostile("陈述") });
        await stated.SucceededAsync();
        return token;
    }

    private async Task<string> ReportedAsync()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var reported = await dispatcher.PostAsync("/api/leads", "hostile-lead", new { trigger = "Report", source = "窗口", area = "330203001", text = Hostile("线索") });
        return (await reported.SucceededAsync())["leadId"]!.GetValue<string>();
    }

    private async Task PublishedAsync(DistrictJourney journey) => await new CheckDesk(service).ChangeAsync(async (session, token) =>
    {
        var one = (await session.FindAsync<Case>(journey.CaseId, token))!;
        session.Save(new PublicationEntry
        {
            Id = "hostile-entry", CaseKey = one.CaseKey, CaseId = one.Id, TargetId = one.TargetId, Area = one.Area, Created = one.Created, TaskNumber = one.Number, Matter = "样例事项", Organs = ["样例机关"],
            TargetName = PublicationService.NameOf(one.Target), District = "海曙区", CheckedOn = new DateOnly(2026, 12, 1), Result = PublicResult.NoProblem, Handling = "无", PublishBy = new DateOnly(2026, 12, 31),
            State = PublicationState.Published, PublishedAt = session.Now,
        });
        return one.Id;
    });

    private async Task DocumentsAsync(DistrictJourney journey, string name)
    {
        var documents = (await journey.GetAsync("supervisor", $"/api/documents?take=200&caseId={journey.CaseId}"))["items"]!.AsArray();
        var pages = new List<string> { await ReadAsync("supervisor", $"/api/cases/{journey.CaseId}/file") };
        foreach (var document in documents)
            pages.Add(await ReadAsync("supervisor", $"/api/documents/{document!["id"]}/html"));
        Assert.True(pages.Count >= 3, "too few documents");
        var named = 0;
        foreach (var html in pages)
        {
            var page = await new HtmlParser().ParseDocumentAsync(html);
            Assert.Empty(page.QuerySelectorAll("script, iframe, object, embed, img[src=x]"));
            Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
            Plain(html);
            if (page.Body!.TextContent.Contains(name, StringComparison.Ordinal))
                named++;
        }

        // Papers on service name whoever took them; the others, and the whole file, name the target.
        Assert.True(named >= 3, $"the name stands on {named} of {pages.Count} papers");

        Assert.Contains(pages, html => WebUtility.HtmlDecode(html).Contains(Shown("事实"), StringComparison.Ordinal));
    }

    private async Task WorkbookAsync(string path, string name)
    {
        using var person = await service.SamplePersonAsync("supervisor");
        using var answer = await person.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var book = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        using var sheet = await book.Entries.Single(entry => entry.FullName.Contains("sheet", StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal) && !entry.FullName.Contains("rels", StringComparison.Ordinal)).OpenAsync();
        var xml = XDocument.Load(sheet);
        // Not one cell computes: all of them are texts that stand in the sheet.
        Assert.DoesNotContain(xml.Descendants(), element => element.Name.LocalName == "f");
        Assert.All(xml.Descendants().Where(element => element.Name.LocalName == "c"), cell => Assert.Equal("inlineStr", cell.Attribute("t")?.Value));
        Assert.Contains(xml.Descendants(), element => element.Name.LocalName == "t" && element.Value == name);
        Plain(xml.ToString());
    }

    private static void Csv(string csv, string name)
    {
        Assert.Contains("'=HYPERLINK", csv, StringComparison.Ordinal);
        // The quotes within are doubled; no field begins as a formula.
        Assert.Contains($"\"'{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", csv, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?:^|[,\n\"])=", csv);
        Plain(csv.TrimStart('\uFEFF'));
    }

    // Data is never taken for a page: it says what it is, nobody guesses, and nothing runs.
    private static JsonObject Data(HttpResponseMessage answer, string? name)
    {
        using (answer)
        {
            Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            var text = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
            var data = JsonNode.Parse(text)!.AsObject();
            if (name is not null)
                Assert.Contains(Texts(data), one => one == name);
            Assert.All(Texts(data), Plain);
            return data;
        }
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static void Plain(string text)
    {
        var odd = text.FirstOrDefault(c => c is < ' ' and not ('\t' or '\n' or '\r') or >= '\u007F' and < '\u00A0' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069');
        Assert.True(odd == default, $"U+{(int)odd:X4} in {text[..Math.Min(text.Length, 400)]}");
    }

    private async Task<string> ReadAsync(string user, string path)
    {
        using var person = await service.SamplePersonAsync(user);
        using var answer = await person.GetAsync(new Uri(path, UriKind.Relative));
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }
}
