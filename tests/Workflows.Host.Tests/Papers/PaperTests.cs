using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Host.Api.Papers;
using Workflows.Host.Composition;
using Workflows.Host.Papers;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Storage.Outbox;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Papers;

/// <summary>Documents as paper. Where this machine has no Chromium only the refusal can be seen, and nothing where the tests are to be complete.</summary>
[Collection(SharedSample.Name)]
public sealed class PaperTests(SampleService service)
{
    [Fact]
    public async Task An_order_becomes_a_PDF_in_the_background_kept_by_its_hash_and_one_that_was_changed_is_not_given_out()
    {
        var journey = await OrderedAsync();
        var documents = await DocumentsAsync(journey);
        var order = documents.Single(document => document!["form"]!.GetValue<string>() == "rectification-order")!;
        var path = $"/api/documents/{order["id"]}/pdf";
        if (!HasBrowser)
        {
            using var refused = await GetAsync("supervisor", path);
            await refused.RefusedAsync(409, "chromium-missing", "");
            return;
        }

        var (pdf, hash, source) = await PdfAsync("supervisor", path);
        Assert.Equal("%PDF-"u8.ToArray(), pdf[..5]);
        using (var copy = await GetAsync("supervisor", $"/api/documents/{order["id"]}/copy"))
            Assert.Equal(source, Convert.ToHexStringLower(SHA256.HashData(await copy.Content.ReadAsByteArrayAsync())));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(pdf)), hash);
        // A4 upright, 210 × 297 mm (GB/T 9704-2012, 5.1), and its Chinese letters come along: of the fonts of official documents or of the substitute that the style declares.
        var printed = new PrintedPages(pdf);
        Assert.NotEmpty(printed.Sizes);
        Assert.All(printed.Sizes, size =>
        {
            Assert.Equal(595.28, size.Width, 0.5);
            Assert.Equal(841.89, size.Height, 0.5);
        });
        foreach (var letter in "责令限期改正")
            Assert.All(printed.FontsOf(letter), name => Assert.Matches("^[A-Z]{6}[+](FangSong|STFangsong|KaiTi|SimHei|SimSun|FZXiaoBiaoSong|STZhongsong|NotoSerifCJK|NotoSansCJK|SourceHan)", name));
        Assert.NotEmpty(printed.FontsOf('责'));
        Assert.Empty(printed.NotEmbedded);
        var file = service.Services.GetRequiredService<PaperShelf>().PdfPath(hash);
        Assert.Equal(pdf, await File.ReadAllBytesAsync(file));
        Assert.StartsWith(Path.Combine(service.DataFolder, "papers"), file, StringComparison.Ordinal);
        // Asked for again it is the same file; a department that has no part in it does not find it.
        Assert.Equal(hash, (await PdfAsync("supervisor", path)).Hash);
        using (var foreign = await GetAsync("tra.head", path))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        await File.WriteAllBytesAsync(file, [.. pdf, 0]);
        using (var damaged = await GetAsync("supervisor", path))
            await damaged.RefusedAsync(409, "paper-damaged", "");
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString((await PdfAsync("supervisor", path)).Pdf, 0, 5), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_a_case_has_a_cover_its_contents_and_every_document_in_order_and_the_PDF_says_on_which_page()
    {
        var journey = await OrderedAsync();
        var documents = await DocumentsAsync(journey);
        using var answer = await GetAsync("supervisor", $"/api/cases/{journey.CaseId}/file");
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        var listed = page.QuerySelectorAll(".contents tbody tr").Select(row => row.Children[1].TextContent).ToList();
        Assert.Equal(documents.Select(document => document!["number"]!.GetValue<string>()).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Equal(listed.Count, page.QuerySelectorAll("section.part").Length);
        for (var i = 0; i < listed.Count; i++)
            Assert.Contains(listed[i], page.GetElementById($"part-{i + 1}")!.TextContent.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var forms = listed.ConvertAll(number => documents.Single(document => document!["number"]!.GetValue<string>() == number)!["form"]!.GetValue<string>());
        Assert.True(forms.IndexOf("inspection-record") < forms.IndexOf("rectification-order"));
        using (var foreign = await GetAsync("tra.head", $"/api/cases/{journey.CaseId}/file"))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        if (!HasBrowser)
            return;
        var (pdf, _, _) = await PdfAsync("supervisor", $"/api/cases/{journey.CaseId}/file/pdf");
        var pages = TableOfContents.PagesOf(pdf);
        Assert.Equal(listed.Count, pages.Count);
        // Cover and contents come first; parts begin on pages of their own, in order.
        Assert.Equal(3, pages["part-1"]);
        var begins = Enumerable.Range(1, listed.Count).Select(part => pages[$"part-{part}"]).ToList();
        Assert.Equal(begins.Distinct().Order(), begins);
    }

    [Fact]
    public async Task The_copy_for_printing_is_the_text_as_issued_with_a_code_in_its_upper_margin()
    {
        var journey = await OrderedAsync();
        foreach (var document in await DocumentsAsync(journey))
        {
            using var answer = await GetAsync("supervisor", $"/api/documents/{document!["id"]}/copy");
            Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            var copy = await answer.Content.ReadAsStringAsync();
            var begin = copy.IndexOf("<aside class=\"paper-code\"", StringComparison.Ordinal);
            var end = copy.IndexOf("</aside>", begin, StringComparison.Ordinal) + "</aside>".Length;
            Assert.Contains("<svg", copy[begin..end], StringComparison.Ordinal);
            Assert.Equal(document["htmlSha256"]!.GetValue<string>(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(copy.Remove(begin, end - begin)))));
        }
    }

    [Fact]
    public async Task The_code_of_a_document_is_a_picture()
    {
        var journey = await OrderedAsync();
        var document = (await DocumentsAsync(journey))[0]!;
        using var answer = await GetAsync("supervisor", $"/api/documents/{document["id"]}/qr");
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<svg", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_leads_to_a_page_that_the_public_pages_know_and_names_number_and_code()
    {
        var address = PrintedCopy.VerificationAddress(new Uri("https://desk.example/"), "甬海曙消责改字〔2026〕第0001号", "AB 12");
        Assert.Equal("https://desk.example/public/documents?number=%E7%94%AC%E6%B5%B7%E6%9B%99%E6%B6%88%E8%B4%A3%E6%94%B9%E5%AD%97%E3%80%942026%E3%80%95%E7%AC%AC0001%E5%8F%B7&code=AB%2012", address);
        var pages = Path.Combine(ServiceUnderTest.HomeFolder(), "src", "Workflows.Web", "src", "public");
        var place = new Uri(address).Segments[^1];
        Assert.Contains($"<DocumentPage v-else-if=\"here === '{place}'", await File.ReadAllTextAsync(Path.Combine(pages, "PublicApp.vue")), StringComparison.Ordinal);
        // The page takes both from the address.
        var page = await File.ReadAllTextAsync(Path.Combine(pages, "DocumentPage.vue"));
        foreach (var name in System.Web.HttpUtility.ParseQueryString(new Uri(address).Query).AllKeys)
            Assert.Contains($"asked.get('{name}')", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_ask_for_the_same_paper_at_once_are_not_in_each_others_way()
    {
        var shelf = service.Services.GetRequiredService<PaperShelf>();
        var html = new string('纸', 400_000) + Guid.NewGuid();
        var hash = PaperShelf.HashOf(html);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => shelf.KeepTextAsync(hash, html, CancellationToken.None))));
        Assert.Equal(html, await shelf.TextAsync(hash, CancellationToken.None));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(service.DataFolder, "papers", "waiting"), hash + "*.part"));
    }

    [Fact]
    public async Task A_paper_that_fails_for_a_reason_nobody_foresaw_ends_as_failed_with_it()
    {
        // A browser that is no program cannot be started: that is no failure of printing.
        var browser = Path.Combine(service.DataFolder, "no-program");
        await File.WriteAllTextAsync(browser, "text");
        var shelf = service.Services.GetRequiredService<PaperShelf>();
        var html = "<p>样例</p>" + Guid.NewGuid();
        var hash = PaperShelf.HashOf(html);
        await shelf.KeepTextAsync(hash, html, CancellationToken.None);
        var desk = new CheckDesk(service);
        await desk.ChangeAsync((session, _) =>
        {
            session.Save(new Paper { Id = hash, CaseKey = PaperDesk.CaseKey, Created = new Cause(null, "test", "样例", session.Now), State = PaperState.Ordered });
            return ValueTask.FromResult(hash);
        });
        var job = new PaperJob(
            service.Services.GetRequiredService<StimulusPump>(), shelf, new ChromiumPrinter(service.Services.GetRequiredService<ServeSettings>() with { Chromium = browser }), NullLogger<PaperJob>.Instance);
        OutboxItem Try(int attempts) => new("paper-" + hash, "paper", hash, "pdf", "", PaperDesk.CaseKey, null, null, null, attempts, service.Now);
        Assert.NotNull((await job.DeliverAsync(Try(0), CancellationToken.None)).Error);
        Assert.Null((await job.DeliverAsync(Try(2), CancellationToken.None)).Error);
        var paper = await desk.ChangeAsync(async (session, token) => (await session.FindAsync<Paper>(hash, token))!);
        Assert.Equal(PaperState.Failed, paper!.State);
        Assert.StartsWith("排版时出错：", paper.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_text_reaches_neither_files_nor_services_of_this_machine()
    {
        if (!HasBrowser)
            return;
        var secret = Path.Combine(service.DataFolder, "secret.html");
        await File.WriteAllTextAsync(secret, "<h1 id=\"secret\">x</h1><a href=\"#secret\">x</a>" + string.Concat(Enumerable.Repeat("<p style=\"break-before:page\">x</p>", 5)));
        var printer = service.Services.GetRequiredService<ChromiumPrinter>();
        var address = new Uri(secret).AbsoluteUri;
        var pdf = await printer.PrintAsync(
            $"""<html><head><meta http-equiv="refresh" content="0;url={address}"></head><body><iframe src="{address}"></iframe><script>document.body.innerHTML = '<p style="break-before:page">1</p><p style="break-before:page">2</p>';location = '{address}'</script><p id="part-1">a</p><a href="#part-1">b</a></body></html>""",
            CancellationToken.None);
        var text = Encoding.Latin1.GetString(pdf);
        Assert.DoesNotContain("/secret ", text, StringComparison.Ordinal);
        Assert.Contains("/Count 1\n", text, StringComparison.Ordinal);
        Assert.Equal(1, TableOfContents.PagesOf(pdf)["part-1"]);
    }

    [Theory]
    [InlineData("CI", "true", true)]
    [InlineData("WORKFLOWS_TESTS_COMPLETE", "1", true)]
    [InlineData("CI", "false", false)]
    [InlineData("CI", "", false)]
    [InlineData("HOME", "1", false)]
    public void Where_the_tests_are_to_be_complete_a_missing_browser_is_a_failure(string name, string value, bool needed)
    {
        Assert.Equal(needed, Browser.MustBeHere(asked => asked == name ? value : null));
        var script = File.ReadAllLines(Path.Combine(ServiceUnderTest.HomeFolder(), "test.sh"));
        Assert.Contains("export WORKFLOWS_TESTS_COMPLETE=1", script);
    }

    private bool HasBrowser => Browser.IsHere(service);

    private static async Task<JsonArray> DocumentsAsync(DistrictJourney journey) =>
        (await journey.GetAsync("supervisor", $"/api/documents?take=200&caseId={journey.CaseId}"))["items"]!.AsArray();

    private async Task<DistrictJourney> OrderedAsync()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.VisitAsync("EH-20");
        return await journey.OrderAsync();
    }

    private async Task<HttpResponseMessage> GetAsync(string person, string path)
    {
        using var client = await service.SamplePersonAsync(person);
        return await client.GetAsync(new Uri(path, UriKind.Relative));
    }

    private async Task<(byte[] Pdf, string Hash, string Source)> PdfAsync(string person, string path)
    {
        (byte[], string, string)? pdf = null;
        await service.UntilAsync(async () =>
        {
            using var answer = await GetAsync(person, path);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
                return false;
            }

            pdf = (await answer.Content.ReadAsByteArrayAsync(), answer.Headers.GetValues("X-Content-SHA256").Single(), answer.Headers.GetValues("X-Source-SHA256").Single());
            return true;
        });
        return pdf!.Value;
    }
}
