using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Stores;

namespace Workflows.Host.Tests.Exchange;

/// <summary>What an order that goes to the province's platform and comes back does, whatever the database.</summary>
public abstract class InspectionExchangeTests(SampleService service)
{
    private const string Path = "/api/exchange/ZJ-ZHZF/";

    [Fact]
    public async Task An_order_that_goes_out_as_a_sheet_and_comes_back_with_results_closes_the_same_case_without_a_second_keying()
    {
        var journey = await ReadyAsync();
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var sheet = await dispatcher.SheetAsync($"{Path}inspections?caseId={journey.CaseId}");
        var filled = ExchangeBench.Fill(sheet, row => Visit(row, row["事项编码"] == "EH-20"));
        using (var trial = await dispatcher.ImportAsync(Path + "inspections/import?dryRun=true", filled))
            Assert.Equal("Ready", Text((await trial.ReportAsync(200))["records"]![0]!, "outcome"));
        Assert.Empty((await journey.StoryAsync("cul.head"))["findings"]!.AsArray());
        using (var taken = await dispatcher.ImportAsync(Path + "inspections/import", filled))
            Assert.Equal("Taken", Text(Assert.Single((await taken.ReportAsync(200))["records"]!.AsArray())!, "outcome"));
        var story = await journey.StoryAsync("supervisor");
        var finding = Assert.Single(story["findings"]!.AsArray())!;
        Assert.Equal(("EH-20", "现场未公示卫生信誉度等级"), (Text(finding, "itemCode"), Text(finding, "facts")));
        Assert.Equal("Recorded", Text(Assert.Single(story["visits"]!.AsArray())!, "state"));

        // The same again, under another key of the request: nothing more happens.
        using (var again = await dispatcher.ImportAsync(Path + "inspections/import", filled))
            Assert.Equal("Repeated", Text((await again.ReportAsync(200))["records"]![0]!, "outcome"));
        var changed = ExchangeBench.Fill(filled, row => row["事项编码"] == "EH-20" ? new Dictionary<string, string> { ["问题描述"] = "另一种说法" } : new Dictionary<string, string>());
        using (var conflict = await dispatcher.ImportAsync(Path + "inspections/import", changed))
        {
            var record = (await conflict.ReportAsync(409))["records"]![0]!;
            Assert.Contains(record["kept"]!.AsArray(), line => Text(line!, "facts") == "现场未公示卫生信誉度等级");
            Assert.Contains(record["given"]!.AsArray(), line => Text(line!, "facts") == "另一种说法");
        }

        Assert.Single((await journey.StoryAsync("supervisor"))["findings"]!.AsArray());
        await journey.OrderAsync();
        await MoveAsync(dispatcher, "P45D");
        var reinspection = await dispatcher.SheetAsync($"{Path}reinspections?caseId={journey.CaseId}");
        var officers = string.Join('、', (await journey.TeamAsync()).Members.Where(member => member.Department is "HEA" or "CUL").Select(member => member.CertificateNumber));
        var opinions = ExchangeBench.Fill(reinspection, _ => new Dictionary<string, string> { ["复查结果"] = "通过", ["复查情况"] = "现场已按要求公示", ["复查人员证号"] = officers });
        using (var done = await dispatcher.ImportAsync(Path + "reinspections/import", opinions))
            Assert.Equal("Taken", Text((await done.ReportAsync(200))["records"]![0]!, "outcome"));
        await FinishAsync(journey);
        var closed = await journey.StoryAsync("supervisor");
        Assert.Equal("Closed", Text(closed["case"]!, "state"));
        Assert.Equal("全部改正", Text(Assert.Single(closed["reinspections"]!.AsArray())!, "conclusion"));
        Assert.Contains(closed["documents"]!.AsArray(), document => Text(document!, "form") == "reinspection-opinion");
    }

    [Fact]
    public async Task A_callback_is_taken_once_and_something_else_under_its_number_is_refused_with_both()
    {
        var journey = await ReadyAsync();
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var platform = await service.PersonAsync("platform", "ZJ-ZHZF", "330203");
        using var read = await platform.GetAsync(new Uri($"{Path}inspections?format=json&caseId={journey.CaseId}", UriKind.Relative));
        var rows = (await read.SucceededAsync())["rows"]!.AsArray();
        foreach (var row in rows)
        {
            var named = row!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());
            foreach (var (heading, value) in Visit(named, false))
                row[heading] = value;
            row["省平台任务编号"] = "ZJ-0001-" + journey.CaseId;
        }

        var body = new JsonObject { ["rows"] = rows.DeepClone() };
        using (var first = await platform.PostAsync(Path + "inspections/records", "callback-1-" + journey.CaseId, body))
            Assert.Equal("Taken", Text((await first.SucceededAsync())["records"]![0]!, "outcome"));
        using (var retry = await platform.PostAsync(Path + "inspections/records", "callback-1-" + journey.CaseId, body.DeepClone()))
            Assert.Equal("true", Assert.Single(retry.Headers.GetValues("Idempotency-Replayed")));
        using (var again = await platform.PostAsync(Path + "inspections/records", "callback-2-" + journey.CaseId, body.DeepClone()))
            Assert.Equal("Repeated", Text((await again.SucceededAsync())["records"]![0]!, "outcome"));
        body["rows"]![0]!["检查结果"] = "不涉及";
        using var other = await platform.PostAsync(Path + "inspections/records", "callback-3-" + journey.CaseId, body.DeepClone());
        Assert.Equal("Conflict", Text((await other.ReportAsync(409))["records"]![0]!, "outcome"));
        // The journal tells what went out and what came back, to people of the area and to the platform, not to those of another.
        var numbers = rows.Select(row => row!["任务编号"]!.GetValue<string>()).Distinct().ToList();
        foreach (var reader in new[] { dispatcher, platform })
        {
            var sheets = await SheetsAsync(reader);
            Assert.Contains(sheets, sheet => sheet!["out"]!.GetValue<bool>() && Text(sheet, "form") == "json" && sheet["numbers"]!.AsArray().Select(number => number!.GetValue<string>()).SequenceEqual(numbers));
            Assert.Contains(sheets, sheet => !sheet!["out"]!.GetValue<bool>() && Text(sheet, "form") == "api" && sheet["taken"]!.GetValue<int>() == 1);
        }

        using (var elsewhere = await service.PersonAsync("dispatcher", "CMD", "330204"))
            Assert.Empty(await SheetsAsync(elsewhere));
        // Its account exchanges and sees nothing else.
        using var cases = await platform.GetAsync(new Uri("/api/cases/" + journey.CaseId, UriKind.Relative));
        Assert.Equal(403, (int)cases.StatusCode);
        // A dispatcher of another district neither gets the sheet nor may hand it in.
        using (var foreign = await service.PersonAsync("dispatcher", "CMD", "330204"))
        {
            await (await foreign.GetAsync(new Uri($"{Path}inspections?caseId={journey.CaseId}", UriKind.Relative))).RefusedAsync(404, "not-found", "id");
            using var refused = await foreign.PostAsync(Path + "inspections/records", "callback-4-" + journey.CaseId, body.DeepClone());
            Assert.Contains("没有这个编号的案件", Text((await refused.ReportAsync(422))["problems"]![0]!, "problem"), StringComparison.Ordinal);
        }

        using var stranger = await service.PersonAsync("platform", "OTHER", "330203");
        await (await stranger.GetAsync(new Uri($"{Path}inspections", UriKind.Relative))).RefusedAsync(404, "not-found", "id");
    }

    private static async Task<JsonArray> SheetsAsync(HttpClient person) =>
        (await (await person.GetAsync(new Uri("/api/exchange/sheets?order=newest&take=200", UriKind.Relative))).SucceededAsync())["items"]!.AsArray();

    /// <summary>A case whose team is at the door.</summary>
    protected async Task<DistrictJourney> ReadyAsync()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.DoAsync(await journey.LeaderAsync(), "team.recusal-declaration", "无需回避");
        await journey.DoAsync("cul.head", "visit.approve", "批准", new { note = "同意" });
        return journey;
    }

    /// <summary>What the inspectors of the platform write into a line.</summary>
    protected Dictionary<string, string> Visit(IReadOnlyDictionary<string, string> row, bool breach)
    {
        var now = service.Now.ToOffset(TimeSpan.FromHours(8));
        string Time(int minutes) => now.AddMinutes(minutes).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var filled = new Dictionary<string, string>
        {
            ["检查结果"] = breach ? "不合格" : "合格", ["到场时间"] = Time(-50), ["检查结束时间"] = Time(-5), ["行政行为码"] = "AC-0002", ["是否申请回避"] = "不申请回避",
            ["现场人员"] = "样例人乙", ["现场人员身份"] = "店长", ["当事人意见"] = "无异议", ["当事人签名时间"] = Time(-5),
        };
        if (breach)
            (filled["问题描述"], filled["证据编号"]) = ("现场未公示卫生信誉度等级", "ZJ-E1；ZJ-E2");
        Assert.NotEmpty(row["执法人员证号"]);
        return filled;
    }

    private async Task MoveAsync(HttpClient dispatcher, string duration)
    {
        using var moved = await dispatcher.PostAsync("/api/sample/clock", "move-" + Guid.NewGuid(), new { advance = duration });
        await moved.SucceededAsync();
    }

    // What is left after the results came in are decisions of heads and reviewers, never a result keyed again.
    private static async Task FinishAsync(DistrictJourney journey)
    {
        for (var step = 0; step < 20; step++)
        {
            var story = await journey.StoryAsync("supervisor");
            if (Text(story["case"]!, "state") == "Closed")
                return;
            var open = story["tasks"]!.AsArray().Where(task => Text(task!, "state") == "Open").ToList();
            var publication = open.FirstOrDefault(task => Text(task!, "kind") == "publication.review")
                ?? throw new InvalidOperationException($"Nothing of this is for a head: {new JsonArray([.. open.Select(task => task!.DeepClone())]).ToJsonString()}");
            await journey.DoAsync("cul.publisher", Text(publication, "kind")!, publication["outcomes"]!.AsArray() is [{ } first, ..] ? first.GetValue<string>() : null, new { note = "已审核" });
        }
    }

    protected static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();
}

[Collection(SharedSample.Name)]
public sealed class SqliteInspectionExchangeTests(SampleService service) : InspectionExchangeTests(service);

public sealed class PostgresInspectionExchangeTests(PostgresSample service) : InspectionExchangeTests(service), IClassFixture<PostgresSample>;
