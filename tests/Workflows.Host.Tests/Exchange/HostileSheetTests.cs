using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Exchange;

/// <summary>Orders of the hotline as sheets, and sheets that mean harm.</summary>
[Collection(SharedSample.Name)]
public sealed class HostileSheetTests(SampleService service)
{
    private const string Path = "/api/exchange/12345/leads/import";
    private static readonly string[] Headings = ["工单编号", "区划代码", "事发地址", "诉求内容", "是否保密", "答复期限"];

    [Fact]
    public async Task Orders_of_the_hotline_keep_number_and_deadline_and_a_wrong_line_is_named_and_stops_the_file_unless_the_good_are_accepted()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var file = ExchangeBench.Csv([Headings, Order("G-1", "2026-12-30 17:30"), ["G-2", "33020", "样例路2号", "样例诉求二", "否", "月底"], Order("G-3", "2026/12/31")]);
        using (var refused = await dispatcher.ImportAsync(Path, file))
        {
            var report = await refused.ReportAsync(422);
            Assert.Equal((3, 1), (report["rowsRead"]!.GetValue<int>(), report["rowsInError"]!.GetValue<int>()));
            Assert.Equal((3, "答复期限"), (report["problems"]![0]!["line"]!.GetValue<int>(), report["problems"]![0]!["column"]!.GetValue<string>()));
        }

        Assert.Empty(await LeadsAsync(dispatcher, "G-"));
        using (var trial = await dispatcher.ImportAsync(Path + "?dryRun=true&accept=good", file))
            Assert.Equal(["Ready", "Refused", "Ready"], Outcomes(await trial.ReportAsync(200)));
        Assert.Empty(await LeadsAsync(dispatcher, "G-"));
        using (var taken = await dispatcher.ImportAsync(Path + "?accept=good", file))
            Assert.Equal(["Taken", "Refused", "Taken"], Outcomes(await taken.ReportAsync(200)));
        var leads = await LeadsAsync(dispatcher, "G-");
        Assert.Equal(["G-1 2026-12-30T09:30:00+00:00", "G-3 2026-12-31T16:00:00+00:00"],
            leads.Select(lead => $"{lead["externalNumber"]!.GetValue<string>()} {lead["replyDueAt"]!.GetValue<string>()}").Order(StringComparer.Ordinal));
        Assert.All(leads, lead => Assert.Equal("Complaint12345", lead["trigger"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Text_that_a_spreadsheet_would_execute_comes_in_as_text_and_goes_out_behind_an_apostrophe()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        const string Attack = "=cmd|' /C calc'!A0";
        using (var taken = await dispatcher.ImportAsync(Path, ExchangeBench.Csv([Headings, ["=H-1", "330203001", Attack, "+样例诉求，请处理", "否", "2026-12-30 17:30"]])))
            Assert.Equal(["Taken"], Outcomes(await taken.ReportAsync(200)));
        var lead = Assert.Single(await LeadsAsync(dispatcher, "=H-1"));
        Assert.Equal(Attack, lead["place"]!["address"]!.GetValue<string>());
        var csv = Encoding.UTF8.GetString(await dispatcher.SheetAsync("/api/exchange/12345/leads?format=csv"));
        Assert.Contains("'" + Attack, csv, StringComparison.Ordinal);
        Assert.DoesNotContain("," + Attack, csv, StringComparison.Ordinal);
        var xlsx = ExchangeBench.Cells(await dispatcher.SheetAsync("/api/exchange/12345/leads"));
        Assert.Contains(xlsx, row => row.Contains("'" + Attack) && row.Contains("'=H-1"));
        // What went out and comes back is what it was.
        using var again = await dispatcher.ImportAsync(Path + "?dryRun=true", ExchangeBench.Csv([Headings, ["'=H-1", "330203001", "'" + Attack, "'+样例诉求，请处理", "否", "2026-12-30 17:30"]]));
        Assert.Equal(["Repeated"], Outcomes(await again.ReportAsync(200)));
    }

    [Fact]
    public async Task A_formula_in_a_cell_is_no_record_whatever_result_it_shows()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var sheet = await dispatcher.SheetAsync("/api/exchange/12345/leads");
        var rows = ExchangeBench.Cells(sheet);
        var line = rows[0].Select(heading => heading switch { "工单编号" => "F-1", "区划代码" => "330203001", "诉求内容" => "<f>HYPERLINK(\"x\")", "答复期限" => "2026-12-30 17:30", _ => "" }).ToList();
        using var refused = await dispatcher.ImportAsync(Path, ExchangeBench.Write([rows[0], line], sheet));
        var report = await refused.ReportAsync(422);
        Assert.Contains("公式", report["problems"]![0]!["problem"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(await LeadsAsync(dispatcher, "F-1"));
    }

    [Fact]
    public async Task The_same_number_with_other_words_is_refused_with_both()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using (var taken = await dispatcher.ImportAsync(Path, ExchangeBench.Csv([Headings, Order("S-1", "2026-12-30 17:30")])))
            Assert.Equal(["Taken"], Outcomes(await taken.ReportAsync(200)));
        using var other = await dispatcher.ImportAsync(Path, ExchangeBench.Csv([Headings, Order("S-1", "2026-12-31 17:30")]));
        var record = (await other.ReportAsync(409))["records"]![0]!;
        Assert.Equal(("2026-12-30 17:30", "2026-12-31 17:30"), (record["kept"]![0]!["replyDueAt"]!.GetValue<string>(), record["given"]![0]!["replyDueAt"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_file_that_unpacks_to_more_than_the_bound_is_refused_before_it_is_read()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var sheet = await dispatcher.SheetAsync("/api/exchange/12345/leads");
        using var bomb = new MemoryStream();
        bomb.Write(sheet);
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Update, leaveOpen: true))
        {
            await using var part = await zip.CreateEntry("xl/media/zeros.bin").OpenAsync();
            var zeros = new byte[1 << 20];
            for (var mib = 0; mib < 40; mib++)
                await part.WriteAsync(zeros);
        }

        using var refused = await dispatcher.ImportAsync(Path, bomb.ToArray());
        await refused.RefusedAsync(422, "exchange-too-large", "file");
    }

    [Fact]
    public async Task One_long_text_that_stands_in_every_cell_does_not_fill_the_memory()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var sheet = await dispatcher.SheetAsync("/api/exchange/12345/leads");
        var rows = Enumerable.Range(0, 3000).Select(_ => Enumerable.Repeat(new string('样', 3000), 1).ToList()).ToList();
        using var refused = await dispatcher.ImportAsync(Path, ExchangeBench.Write(rows, sheet));
        await refused.RefusedAsync(422, "exchange-too-large", "file");
    }

    [Theory]
    [InlineData("PK\u0003\u0004 and then nothing")]
    [InlineData("\"open")]
    public async Task What_is_no_sheet_is_refused_in_words(string content)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var refused = await dispatcher.ImportAsync(Path, Encoding.UTF8.GetBytes(content));
        await refused.RefusedAsync(422, "exchange-unreadable", "file");
    }

    [Fact]
    public async Task A_new_version_of_the_columns_is_data_and_a_sheet_of_the_old_one_still_comes_back()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var form = (await (await dispatcher.GetAsync(new Uri("/api/exchange/platforms", UriKind.Relative))).SucceededAsync())["items"]!.AsArray().Single(item => item!["id"]!.GetValue<string>() == "12345")!.AsObject();
        JsonNode Mapping(string from, string number) => new JsonObject
        {
            ["kind"] = "Leads", ["from"] = from, ["title"] = "来件", ["columns"] = new JsonArray(
                [.. new[] { ("number", number), ("area", "区划"), ("text", "内容"), ("replyDueAt", "时限") }.Select(c => (JsonNode)new JsonObject { ["field"] = c.Item1, ["heading"] = c.Item2 })]),
        };
        using (var foreign = await PutAsync(dispatcher, "HOT-1", new JsonObject { ["name"] = "样例热线", ["area"] = "330204", ["mappings"] = new JsonArray(Mapping("2026-01-01", "单号")) }))
            await foreign.RefusedAsync(403, "other-area", "area");
        using (var wrong = await PutAsync(dispatcher, "HOT-1", new JsonObject { ["name"] = "样例热线", ["area"] = "330203", ["mappings"] = new JsonArray(Mapping("2026-01-01", "=单号")) }))
            await wrong.RefusedAsync(422, "exchange-mapping", "mappings[0].columns[0].heading");
        using (var kept = await PutAsync(dispatcher, "HOT-1", new JsonObject { ["name"] = "样例热线", ["area"] = "330203", ["mappings"] = new JsonArray(Mapping("2026-01-01", "单号"), Mapping("2026-02-01", "新单号")) }))
            await kept.SucceededAsync();
        foreach (var (heading, version) in new[] { ("新单号", "2026-02-01"), ("单号", "2026-01-01") })
        {
            using var taken = await dispatcher.ImportAsync("/api/exchange/HOT-1/leads/import", ExchangeBench.Csv([["内容", heading, "区划", "时限"], ["样例诉求" + heading, "N-" + version, "330203001", "月底"]]));
            var report = await taken.ReportAsync(422);
            Assert.Contains("不是有效时间", report["problems"]![0]!["problem"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(version, report["mappingFrom"]!.GetValue<string>());
        }

        Assert.Equal("12345政务服务便民热线", form["name"]!.GetValue<string>());
    }

    private static string[] Order(string number, string due) => [number, "330203001", "样例路" + number, "样例诉求" + number, "是", due];

    private static IEnumerable<string> Outcomes(JsonObject report) => report["records"]!.AsArray().Select(record => record!["outcome"]!.GetValue<string>());

    private static async Task<HttpResponseMessage> PutAsync(HttpClient person, string code, JsonObject form)
    {
        using var content = new StringContent(form.ToJsonString(), Encoding.UTF8, "application/json");
        return await person.PutAsync(new Uri("/api/exchange/platforms/" + code, UriKind.Relative), content);
    }

    private static async Task<List<JsonObject>> LeadsAsync(HttpClient person, string prefix)
    {
        var leads = (await (await person.GetAsync(new Uri("/api/leads?trigger=Complaint12345&take=100", UriKind.Relative))).SucceededAsync())["items"]!.AsArray();
        return [.. leads.Select(lead => lead!.AsObject()).Where(lead => lead["externalNumber"]?.GetValue<string>().StartsWith(prefix, StringComparison.Ordinal) == true)];
    }
}
