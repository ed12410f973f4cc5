using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

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
    public async Task A_kind_that_does_not_exist_and_a_request_without_file_are_refused()
    {
        using var administrator = await service.AdministratorAsync();
        await (await ImportAsync(administrator, "people", "x", "roster-unknown-kind")).RefusedAsync(404, "not-found", "kind");
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "other" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/rosters/towns/import") { Content = empty };
        request.Headers.Add("Idempotency-Key", "roster-no-file");
        await (await administrator.SendAsync(request)).RefusedAsync(400, "missing-field", "file");
    }

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient client, string kind, string text, string key, Encoding? encoding = null)
    {
        var parts = kind.Split('?');
        using var form = new MultipartFormDataContent { { new ByteArrayContent((encoding ?? Encoding.UTF8).GetBytes(text)), "file", "roster.csv" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/rosters/{parts[0]}/import" + (parts.Length > 1 ? "?" + parts[1] : "")) { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}
