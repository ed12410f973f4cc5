using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workflows.Host.Tests.Leads;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Rosters;

/// <summary>A row of a roster is edited on its page: what the form does not show stays, other areas are out of reach, and the trail says who and why.</summary>
public sealed class RosterEditingTests(SampleService service) : IClassFixture<SampleService>
{
    private const string File = "编号,名称,镇街代码\nBANNED-1,新名,330203001\n";

    [Fact]
    public async Task An_officers_leave_is_entered_and_all_else_stays()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var before = await FirstAsync(dispatcher, "officers");
        var id = before["id"]!.GetValue<string>();
        using var answer = await dispatcher.PutAsJsonAsync($"/api/rosters/officers/{id}", new
        {
            status = "Suspended", group = before["group"]?.GetValue<string>(), certificateValidTo = before["certificateValidTo"]?.GetValue<string>(), largestLoad = 7,
            leaves = new[] { new { from = "2026-12-07", to = "2026-12-11" }, new { from = "2026-12-01", to = "2026-12-01" } }, reason = "赴省厅培训",
        });
        await answer.SucceededAsync();
        var after = await FindAsync(dispatcher, "officers", id);
        Assert.Equal("""[{"from":"2026-12-01","to":"2026-12-01"},{"from":"2026-12-07","to":"2026-12-11"}]""", after["leaves"]!.ToJsonString());
        Assert.Equal(("Suspended", 7), (after["status"]!.GetValue<string>(), after["largestLoad"]!.GetValue<int>()));
        foreach (var name in new[] { "status", "largestLoad", "leaves" })
        {
            before.Remove(name);
            after.Remove(name);
        }

        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        using var auditor = await service.PersonAsync("auditor", officerId: "CITY-02");
        var trail = await auditor.GetStringAsync(new Uri("/api/audit", UriKind.Relative));
        Assert.Contains("roster.edited", trail, StringComparison.Ordinal);
        Assert.Contains("赴省厅培训", Regex.Unescape(trail), StringComparison.Ordinal);
        // Which fields, and what they became; of a leave only that it changed.
        Assert.Contains("largestLoad=7; leaves; status=", Regex.Unescape(trail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_entered_for_a_day_to_come_holds_from_that_day_and_leaves_alone_what_others_change_meanwhile()
    {
        var people = new LeadPeople(service);
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var before = (await ListAsync(dispatcher, "targets"))[3]!.AsObject();
        var (id, name) = (before["id"]!.GetValue<string>(), before["name"]!.GetValue<string>());
        var path = $"/api/rosters/targets/{id}";
        using var clock = await dispatcher.GetAsync(new Uri("/api/sample/clock", UriKind.Relative));
        var today = DateOnly.FromDateTime((await clock.SucceededAsync())["now"]!.GetValue<DateTimeOffset>().ToOffset(TimeSpan.FromHours(8)).DateTime);
        object Edit(string status, int? days, string? address = null) => new
        {
            name, address = address ?? before["address"]!.GetValue<string>(), status, phone = before["phone"]?.GetValue<string>(), representative = before["representative"]?.GetValue<string>(),
            validTo = before["validTo"]?.GetValue<string>(), reason = "停业公告", effectiveFrom = days is { } ahead ? today.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        };
        await (await dispatcher.PutAsJsonAsync(path, Edit("Suspended", -1))).RefusedAsync(422, "effective-date", "effectiveFrom");
        await (await dispatcher.PutAsJsonAsync(path, Edit("Suspended", 400))).RefusedAsync(422, "effective-date", "effectiveFrom");
        await (await dispatcher.PutAsJsonAsync(path, Edit("Normal", 2))).RefusedAsync(422, "nothing-changes", "effectiveFrom");
        var planned = (await (await dispatcher.PutAsJsonAsync(path, Edit("Suspended", 2))).SucceededAsync())["planned"]!.AsArray();
        Assert.Equal("""{"status":"Suspended"}""", Assert.Single(planned)!["fields"]!.ToJsonString());
        var second = (await (await dispatcher.PutAsJsonAsync(path, Edit("Deregistered", 5))).SucceededAsync())["planned"]!.AsArray()[1]!["key"]!.GetValue<string>();
        using (var foreign = await service.PersonAsync("dispatcher", area: "330299"))
            await (await foreign.PostAsync($"{path}/planned/{second}/withdraw", "withdraw-foreign", new { reason = "试" })).RefusedAsync(404, "not-found", "id");
        // Sent twice with its key it has one effect and the same answer; under another key there is nothing left to take back.
        foreach (var _ in new[] { 1, 2 })
            Assert.Single((await (await dispatcher.PostAsync($"{path}/planned/{second}/withdraw", "withdraw-once", new { reason = "登记有误" })).SucceededAsync())["planned"]!.AsArray());
        await (await dispatcher.PostAsync($"{path}/planned/{second}/withdraw", "withdraw-again", new { reason = "登记有误" })).RefusedAsync(404, "not-found", "key");

        // The trail says that the address changed, not where a person lives; a file that is loaded again takes nothing back.
        using var file = new MultipartFormDataContent { { new StringContent($"编号,名称,镇街代码\n{id},{name},{before["townCode"]!.GetValue<string>()}\n"), "file", "targets.csv" } };
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/api/rosters/targets/import") { Content = file })
        {
            request.Headers.Add("Idempotency-Key", "targets-with-planned");
            await (await dispatcher.SendAsync(request)).SucceededAsync();
        }

        Assert.Single((await FindAsync(dispatcher, "targets", id))["planned"]!.AsArray());

        // Until then nothing is different, and the address is corrected meanwhile.
        await (await dispatcher.PutAsJsonAsync(path, Edit("Normal", null, "样例新址2号"))).SucceededAsync();
        await people.PassAsync("P1D");
        Assert.Equal("Normal", (await FindAsync(dispatcher, "targets", id))["status"]!.GetValue<string>());
        await people.PassAsync("P1D");
        var after = await FindAsync(dispatcher, "targets", id);
        using var auditor = await service.PersonAsync("auditor", officerId: "CITY-02");
        Assert.DoesNotContain("样例新址2号", Regex.Unescape(await auditor.GetStringAsync(new Uri("/api/audit", UriKind.Relative))), StringComparison.Ordinal);
        Assert.Equal(("Suspended", "样例新址2号", "[]"), (after["status"]!.GetValue<string>(), after["address"]!.GetValue<string>(), after["planned"]!.ToJsonString()));
        await people.PassAsync("P4D");
        Assert.Equal("Suspended", (await FindAsync(dispatcher, "targets", id))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_target_that_closed_is_marked_and_wrong_input_is_named()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var before = await FirstAsync(dispatcher, "targets");
        var path = $"/api/rosters/targets/{before["id"]!.GetValue<string>()}";
        using (var answer = await dispatcher.PutAsJsonAsync(path, Target(before["name"]!.GetValue<string>(), "Suspended", "样例路1号\u202e", "0574-00000000", "电话核实停业")))
            Assert.Equal("样例路1号", (await answer.SucceededAsync())["address"]!.GetValue<string>());
        var after = await FindAsync(dispatcher, "targets", before["id"]!.GetValue<string>());
        Assert.Equal(("Suspended", "0574-00000000"), (after["status"]!.GetValue<string>(), after["phone"]!.GetValue<string>()));
        Assert.Equal(before["tags"]!.ToJsonString(), after["tags"]!.ToJsonString());

        await (await dispatcher.PutAsJsonAsync(path, Target(" ", "Normal"))).RefusedAsync(422, "roster-entry-invalid", "name");
        await (await dispatcher.PutAsJsonAsync(path, Target("样例", "Normal", reason: " "))).RefusedAsync(422, "reason-missing", "reason");
        var officer = $"/api/rosters/officers/{(await FirstAsync(dispatcher, "officers"))["id"]!.GetValue<string>()}";
        await (await dispatcher.PutAsJsonAsync(officer, Officer(0))).RefusedAsync(422, "roster-entry-invalid", "largestLoad");
        await (await dispatcher.PutAsJsonAsync(officer, Officer(5, ("2026-12-11", "2026-12-07")))).RefusedAsync(422, "roster-entry-invalid", "leaves");
        using var foreign = await service.PersonAsync("dispatcher", area: "330299");
        await (await foreign.PutAsJsonAsync(path, Target("样例", "Normal"))).RefusedAsync(404, "not-found", "id");
    }

    [Fact]
    public async Task Loading_the_file_of_targets_again_lifts_no_ban_and_keeps_what_the_file_cannot_say()
    {
        await new CheckDesk(service).ChangeAsync(async (session, token) =>
        {
            var one = RosterImport.ParseTargets(new MemoryStream(Encoding.UTF8.GetBytes(File)), new RosterImportOptions()).Rows[0];
            session.Save(TargetRecord.Of(one with { Name = "旧名", BannedUntil = new DateOnly(2027, 6, 30), IsAdHoc = true, CreditCode = "91330203MA2AAAAAAX" }, session.CauseNow()));
            return one.Id;
        });
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var body = new MultipartFormDataContent { { new StringContent(File), "file", "targets.csv" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/rosters/targets/import") { Content = body };
        request.Headers.Add("Idempotency-Key", "targets-again");
        using var answer = await dispatcher.SendAsync(request);
        await answer.SucceededAsync();
        var stored = await new CheckDesk(service).ChangeAsync(async (session, token) => (await session.FindAsync<TargetRecord>("BANNED-1", token))!);
        Assert.Equal(("新名", new DateOnly(2027, 6, 30), true, "91330203MA2AAAAAAX"), (stored!.Target.Name, stored.Target.BannedUntil, stored.Target.IsAdHoc, stored.Target.CreditCode));
    }

    // A member that is left out is refused, so that nothing is wiped by an oversight.
    private static object Target(string name, string status, string? address = null, string? phone = null, string reason = "试") =>
        new { name, address, status, phone, representative = (string?)null, validTo = (string?)null, reason };

    private static object Officer(int largestLoad, params (string From, string To)[] leaves) =>
        new { status = "Active", group = (string?)null, certificateValidTo = (string?)null, largestLoad, leaves = leaves.Select(leave => new { from = leave.From, to = leave.To }), reason = "试" };

    private static async Task<JsonObject> FirstAsync(HttpClient person, string kind) => (await ListAsync(person, kind))[0]!.AsObject();

    private static async Task<JsonObject> FindAsync(HttpClient person, string kind, string id) => (await ListAsync(person, kind)).Single(one => one!["id"]!.GetValue<string>() == id)!.AsObject();

    private static async Task<JsonArray> ListAsync(HttpClient person, string kind)
    {
        using var answer = await person.GetAsync(new Uri($"/api/rosters/{kind}?take=200", UriKind.Relative));
        return (await answer.SucceededAsync())["items"]!.AsArray();
    }
}
