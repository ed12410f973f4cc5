using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Api.Exchange;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Rosters;

[Collection(SharedService.Name)]
public sealed class RosterImportTests(ServiceUnderTest service)
{
    private const string Departments = "代码,名称,机关代字,区县代码\nT{0},某区测试局,某测,330299\n";

    [Fact]
    public async Task A_file_with_errors_changes_nothing_unless_good_rows_are_asked_for()
    {
        using var administrator = await service.AdministratorAsync();
        const string file = "代码,名称,区县代码,区县名称\n330298001,甲街道,330298,某区\n33029,乙街道,330298,某区\n";
        using var refused = await ImportAsync(administrator, "towns", file, "roster-refused-1");
        await refused.RefusedAsync(422, "roster-errors", "file");
        var problem = (await refused.JsonAsync())["report"]!["problems"]!.AsArray()[0]!;
        Assert.Equal(3, problem["line"]!.GetValue<int>());
        Assert.DoesNotContain("330298001", await administrator.GetStringAsync(new Uri("/api/rosters/towns?take=200", UriKind.Relative)), StringComparison.Ordinal);

        using var accepted = await ImportAsync(administrator, "towns?accept=good", file, "roster-refused-2");
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal(1, (await accepted.JsonAsync())["rowsTaken"]!.GetValue<int>());
        Assert.Contains("330298001", await administrator.GetStringAsync(new Uri("/api/rosters/towns?take=200", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_city_of_578_bodies_and_25000_officers_is_imported_with_a_report_and_its_participation_counted()
    {
        using var administrator = await service.AdministratorAsync();
        // A city of twelve districts, 339901 to 339912.
        var bodies = Enumerable.Range(0, 578).Select(n => (Code: $"CITY{n:000}", District: (339901 + n % 12).ToString(CultureInfo.InvariantCulture))).ToList();
        using (var imported = await ImportAsync(administrator, "departments", "代码,名称,机关代字,区县代码\n" + string.Concat(bodies.Select(b => $"{b.Code},样例机关{b.Code},样{b.Code},{b.District}\n")), "city-bodies"))
            Assert.Equal((578, 0), Counts(await imported.SucceededAsync()));

        // Twenty-five thousand officers; one line names a body that is not there, one stands twice.
        var officers = new StringBuilder("编号,姓名,部门代码,执法证号,证件有效期至,状态\n");
        for (var n = 0; n < 25_000; n++)
            officers.Append(CultureInfo.InvariantCulture, $"CO{n:00000},样例执法员{n},{bodies[n % 578].Code},证{n:00000},2029-12-31,{(n % 100 == 99 ? "离岗" : "在岗")}\n");
        var broken = officers + "CO25000,样例执法员,NOBODY,证X,2029-12-31,在岗\nCO00000,样例执法员0,CITY000,证00000,2029-12-31,在岗\n";
        using (var refused = await ImportAsync(administrator, "officers", broken, "city-officers-broken"))
        {
            await refused.RefusedAsync(422, "roster-errors", "file");
            var problems = (await refused.JsonAsync())["report"]!["problems"]!.AsArray();
            Assert.Equal([25_002, 25_003], problems.Select(p => p!["line"]!.GetValue<int>()));
        }

        using (var imported = await ImportAsync(administrator, "officers", officers.ToString(), "city-officers"))
            Assert.Equal((25_000, 0), Counts(await imported.SucceededAsync()));

        // Forty visits, each of two officers of its own body, the fortieth of the same two as the first.
        var now = service.Now;
        await service.Services.GetRequiredService<StimulusPump>().SendAsync(new DomainCommand
        {
            Key = "city-visits", Actor = Actor.Clock, CaseKey = "city-visits", Execute = (session, _, _) =>
            {
                for (var n = 0; n < 40; n++)
                {
                    var (code, district) = bodies[n % 39];
                    session.Save(new Visit
                    {
                        Id = $"city-visit-{n}", CaseKey = $"city-visit-{n}", Area = district, Created = new Cause(null, "test", "样例", now), Ordinal = 1, PlannedOn = new DateOnly(2026, 12, 1), State = VisitState.Recorded,
                        ArrivedAt = now, EndedAt = now, Attendances = [new Attendance(code, [$"CO{n % 39:00000}", $"CO{1156 + n % 39:00000}"], [])],
                    });
                }

                return ValueTask.FromResult<object?>(null);
            },
        });
        using var supervisor = await service.PersonAsync("supervisor", "CMD");
        var day = DateOnly.FromDateTime(now.ToOffset(TimeSpan.FromHours(8)).Date).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var figure = await supervisor.GetAsync(new Uri($"/api/measures/participation?from={day}&to={day}&area=3399", UriKind.Relative));
        var counted = await figure.SucceededAsync();
        // 39 bodies sent two officers each; of 25,000 officers 250 have left.
        Assert.Equal((78m, 24_750m), (counted["numerator"]!.GetValue<decimal>(), counted["denominator"]!.GetValue<decimal>()));
        Assert.InRange(counted["statements"]!.GetValue<int>(), 1, 3);
        using var district12 = await supervisor.GetAsync(new Uri($"/api/measures/participation?from={day}&to={day}&area=339901", UriKind.Relative));
        Assert.Equal(8m, (await district12.SucceededAsync())["numerator"]!.GetValue<decimal>());
    }

    private static (int Taken, int Wrong) Counts(JsonObject report) => (report["rowsTaken"]!.GetValue<int>(), report["rowsInError"]!.GetValue<int>());

    [Fact]
    public async Task A_dry_run_reports_and_changes_nothing()
    {
        using var administrator = await service.AdministratorAsync();
        using var dry = await ImportAsync(administrator, "departments?dryRun=true", Departments.Replace("{0}", "DRY", StringComparison.Ordinal), "roster-dry-run");
        Assert.Equal(HttpStatusCode.OK, dry.StatusCode);
        Assert.Equal(1, (await dry.JsonAsync())["rowsTaken"]!.GetValue<int>());
        Assert.DoesNotContain("TDRY", await administrator.GetStringAsync(new Uri("/api/rosters/departments?take=200", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_under_the_same_key_is_answered_from_memory_and_another_file_is_refused()
    {
        using var administrator = await service.AdministratorAsync();
        var file = Departments.Replace("{0}", "ONE", StringComparison.Ordinal);
        using var first = await ImportAsync(administrator, "departments", file, "roster-replayed");
        using var again = await ImportAsync(administrator, "departments", file, "roster-replayed");
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        using var other = await ImportAsync(administrator, "departments", Departments.Replace("{0}", "TWO", StringComparison.Ordinal), "roster-replayed");
        await other.RefusedAsync(422, "idempotency-key-reused", "Idempotency-Key");
    }

    [Fact]
    public async Task Text_in_gbk_and_rare_characters_survive()
    {
        using var administrator = await service.AdministratorAsync();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var imported = await ImportAsync(administrator, "towns", "代码,名称,区县代码,区县名称\n330297001,石碶街道,330297,某区\n", "roster-gbk-file", Encoding.GetEncoding("GB18030"));
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        Assert.Contains("石碶街道", await administrator.GetStringAsync(new Uri("/api/rosters/towns?take=200", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_is_read_like_delimited_text_and_names_the_lines_that_its_sender_sees()
    {
        using var administrator = await service.AdministratorAsync();
        string[] headings = ["代码", "名称", "区县代码", "区县名称"];
        var file = WorkbookWriter.Write("镇街", headings, [["330296001", "丙街道,\"新\"", "330296", "某区"], ["", "", "", ""], ["33029", "丁街道", "330296", "某区"]]);
        using var refused = await ImportAsync(administrator, "towns", file, "roster-workbook-1");
        await refused.RefusedAsync(422, "roster-errors", "file");
        Assert.Equal(4, (await refused.JsonAsync())["report"]!["problems"]![0]!["line"]!.GetValue<int>());
        using var taken = await ImportAsync(administrator, "towns?accept=good", file, "roster-workbook-2");
        Assert.Equal((1, 1), Counts(await taken.SucceededAsync()));
        var towns = (await administrator.GetFromJsonAsync<JsonObject>(new Uri("/api/rosters/towns?take=200", UriKind.Relative)))!["items"]!.AsArray();
        Assert.Equal("丙街道,\"新\"", Assert.Single(towns, town => town!["code"]!.GetValue<string>() == "330296001")!["name"]!.GetValue<string>());
        using var broken = await ImportAsync(administrator, "towns", [.. file.Take(file.Length / 2)], "roster-workbook-3");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
    }

    [Fact]
    public async Task A_kind_that_does_not_exist_and_a_request_without_file_are_refused()
    {
        using var administrator = await service.AdministratorAsync();
        await (await ImportAsync(administrator, "people", "x", "roster-unknown-kind")).RefusedAsync(404, "not-found", "kind");
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "other" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/rosters/towns/import") { Content = empty };
        request.Headers.Add("Idempotency-Key", "roster-no-file");
        await (await administrator.SendAsync(request)).RefusedAsync(400, "missing-field", "file");
    }

    private static Task<HttpResponseMessage> ImportAsync(HttpClient client, string kind, string text, string key, Encoding? encoding = null) =>
        ImportAsync(client, kind, (encoding ?? Encoding.UTF8).GetBytes(text), key);

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient client, string kind, byte[] file, string key)
    {
        var parts = kind.Split('?');
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "roster" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/rosters/{parts[0]}/import" + (parts.Length > 1 ? "?" + parts[1] : "")) { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}
