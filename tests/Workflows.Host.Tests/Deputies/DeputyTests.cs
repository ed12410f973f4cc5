using System.Net;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Deputies;

/// <summary>代理: somebody of the same department takes the steps of an office for a bounded time, and the record says so.</summary>
public sealed class DeputyTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly DistrictJourney _journey = new(service);

    [Fact]
    public async Task A_deputy_sees_and_does_the_steps_of_the_absent_head_while_it_holds_and_both_names_are_kept()
    {
        await _journey.PlanAsync();
        var today = await _journey.TodayAsync();
        using var head = await service.SamplePersonAsync("cul.head");
        using var deputy = await service.SamplePersonAsync("cul.publisher");
        var task = await _journey.TaskAsync("cul.head", "plan.approve");
        Assert.Empty((await _journey.GetAsync("cul.publisher", "/api/tasks?mine&kind=plan.approve"))["items"]!.AsArray());
        await (await deputy.PostAsync($"/api/tasks/{task}/complete", "deputy-too-early", new { outcome = "批准", data = new { note = "同意" } })).RefusedAsync(403, "not-your-task", "id");

        var (absent, acting, legal) = (await AccountAsync("样例文旅负责人"), await AccountAsync("样例文旅公示审核员"), await AccountAsync("样例文旅法制审核员"));
        object Named(string account, string by, DateOnly from, DateOnly to) => new { accountId = account, deputyId = by, from, to, reason = "出差" };
        using (var other = await service.SamplePersonAsync("fir.head"))
            await (await other.PostAsync("/api/deputies", "deputy-foreign", Named(absent, acting, today, today))).RefusedAsync(403, "other-department", "actor");
        await (await head.PostAsync("/api/deputies", "deputy-other-unit", Named(absent, await AccountAsync("样例消防公示审核员"), today, today))).RefusedAsync(403, "other-department", "deputyId");
        await (await head.PostAsync("/api/deputies", "deputy-himself", Named(absent, absent, today, today))).RefusedAsync(422, "same-person", "deputyId");
        await (await head.PostAsync("/api/deputies", "deputy-too-long", Named(absent, acting, today, today.AddDays(92)))).RefusedAsync(422, "bad-period", "to");
        await (await head.PostAsync("/api/deputies", "deputy-in-past", Named(absent, acting, today.AddDays(-1), today))).RefusedAsync(422, "bad-period", "to");
        await (await head.PostAsync("/api/deputies", "deputy-legal", Named(legal, acting, today, today))).RefusedAsync(422, "not-qualified", "deputyId");
        await (await head.PostAsync("/api/deputies", "deputy-by-legal", Named(absent, legal, today, today))).RefusedAsync(422, "not-qualified", "deputyId");
        await (await head.PostAsync("/api/deputies", "deputy-is-officer", Named(absent, await AccountAsync("样例文旅执法员01"), today, today))).RefusedAsync(422, "not-qualified", "deputyId");
        await (await head.PostAsync("/api/deputies", "deputy-officer", Named(await AccountAsync("样例文旅执法员01"), acting, today, today))).RefusedAsync(422, "no-office", "accountId");
        using (var inspector = await service.SamplePersonAsync("cul.01"))
            Assert.Equal(403, (int)(await inspector.PostAsync("/api/deputies", "deputy-by-officer", Named(absent, acting, today, today))).StatusCode);
        await (await head.PostAsync("/api/deputies", "deputy-named", Named(absent, acting, today, today.AddDays(2)))).SucceededAsync();
        await (await head.PostAsync("/api/deputies", "deputy-twice", Named(absent, acting, today.AddDays(1), today.AddDays(1)))).RefusedAsync(409, "deputy-twice", "from");

        var mine = Assert.Single((await _journey.GetAsync("cul.publisher", "/api/tasks?mine&kind=plan.approve"))["items"]!.AsArray(), one => one!["id"]!.GetValue<string>() == task)!;
        Assert.Equal("样例文旅负责人", mine["actingFor"]!.GetValue<string>());
        Assert.Single(await _journey.ListAsync("cul.publisher", "/api/deputies/mine"));
        Assert.Empty(await _journey.ListAsync("psb.publisher", "/api/deputies/mine"));
        await (await deputy.PostAsync($"/api/tasks/{task}/complete", "deputy-acts-now", new { outcome = "批准", data = new { note = "同意" } })).SucceededAsync();
        var plan = await _journey.GetAsync("cul.head", $"/api/plans/{_journey.PlanId}");
        Assert.Equal(("样例文旅公示审核员（代样例文旅负责人）", acting), (plan["approval"]!["name"]!.GetValue<string>(), plan["approval"]!["by"]!.GetValue<string>()));
        Assert.Equal("Done", (await _journey.GetAsync("cul.publisher", $"/api/tasks/{task}"))["state"]!.GetValue<string>());

        // Its time is over: what waits for the head is the head's alone.
        using (var moved = await head.PostAsync("/api/sample/clock", "deputy-time-over", new { advance = "P3D" }))
            await moved.SucceededAsync();
        Assert.Empty(await _journey.ListAsync("cul.publisher", "/api/deputies/mine"));
        await _journey.DoAsync("dispatcher", "plan.public-value", null, new Workflows.Supervision.Planning.EnterPublicValue("305184", "见证人现场投掷的六位数字", "样例见证人", "区司法局派员"));
        Assert.Empty((await _journey.GetAsync("cul.publisher", "/api/tasks?mine&kind=plan.confirm-draw"))["items"]!.AsArray());
        var confirm = await _journey.TaskAsync("cul.head", "plan.confirm-draw");
        await (await deputy.PostAsync($"/api/tasks/{confirm}/complete", "deputy-too-late", new { outcome = "确认", data = new { note = "同意" } })).RefusedAsync(403, "not-your-task", "id");
    }

    [Fact]
    public async Task A_deputy_is_ended_with_a_reason_and_nothing_waits_for_it_any_more()
    {
        await _journey.PlanAsync();
        var today = await _journey.TodayAsync();
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var named = await (await dispatcher.PostAsync("/api/deputies", "deputy-by-dispatcher", new
        {
            accountId = await AccountAsync("样例公安负责人"), deputyId = await AccountAsync("样例公安公示审核员"), from = today, to = today.AddDays(10), reason = "住院",
        })).SucceededAsync();
        Assert.Single(await _journey.ListAsync("psb.publisher", "/api/deputies/mine"));
        var path = $"/api/deputies/{named["id"]!.GetValue<string>()}/end";
        using (var other = await service.SamplePersonAsync("fir.head"))
            Assert.Equal(404, (int)(await other.PostAsync(path, "deputy-end-foreign", new { reason = "试探" })).StatusCode);
        await (await dispatcher.PostAsync(path, "deputy-ended-now", new { reason = "已返岗" })).SucceededAsync();
        await (await dispatcher.PostAsync(path, "deputy-ended-again", new { reason = "已返岗" })).RefusedAsync(409, "deputy-ended", "id");
        Assert.Empty(await _journey.ListAsync("psb.publisher", "/api/deputies/mine"));
    }

    [Fact]
    public async Task A_deputy_reads_what_the_office_of_the_absent_reads_and_does_no_more_than_before_until_the_period_ends()
    {
        await (await _journey.PlanAsync()).DrawAsync();
        using var absent = await service.PersonAsync("supervisor", "CMD", "330203");
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var today = await _journey.TodayAsync();
        var (matter, trail) = ($"/api/cases/{_journey.CaseId}", $"/api/audit/cases/{_journey.CaseId}");
        await ReadsAsync("cmd.head", (matter, HttpStatusCode.NotFound), (trail, HttpStatusCode.Forbidden));
        await (await dispatcher.PostAsync("/api/deputies", "deputy-of-supervisor", new
        {
            accountId = await AccountAsync("supervisor.cmd.330203"), deputyId = await AccountAsync("样例指挥中心负责人"), from = today, to = today.AddDays(1), reason = "休假",
        })).SucceededAsync();
        await ReadsAsync("cmd.head", (matter, HttpStatusCode.OK), (trail, HttpStatusCode.OK), ("/api/users", HttpStatusCode.Forbidden));
        var standing = Assert.Single(await _journey.ListAsync("cmd.head", "/api/deputies/standing-in"))!;
        Assert.Equal(("supervisor.cmd.330203", "supervisor"), (standing["name"]!.GetValue<string>(), Assert.Single(standing["roles"]!.AsArray())!.GetValue<string>()));
        using (var deputy = await service.SamplePersonAsync("cmd.head"))
            Assert.Equal(HttpStatusCode.Forbidden, (await deputy.PostAsync("/api/measures/on-time-rate/targets", "deputy-sets-target", new { from = today, reason = "越权", value = 0.1 })).StatusCode);
        // Nobody else of the district reads more because of it.
        await ReadsAsync("gui.head", (matter, HttpStatusCode.NotFound), (trail, HttpStatusCode.Forbidden));
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "deputy-sight-over", new { advance = "P2D" }))
            await moved.SucceededAsync();
        await ReadsAsync("cmd.head", (matter, HttpStatusCode.NotFound), (trail, HttpStatusCode.Forbidden));
        Assert.Empty(await _journey.ListAsync("cmd.head", "/api/deputies/standing-in"));
    }

    [Fact]
    public async Task The_digest_of_a_deputy_lists_both_and_says_for_whom_until_the_period_ends()
    {
        await _journey.PlanAsync();
        var link = $"/tasks/{await _journey.TaskAsync("cul.head", "plan.approve")}";
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var today = await _journey.TodayAsync();
        var last = today.AddDays(20);
        await (await dispatcher.PostAsync("/api/deputies", "deputy-digest", new
        {
            accountId = await AccountAsync("样例文旅负责人"), deputyId = await AccountAsync("样例文旅公示审核员"), from = today.AddDays(10), to = last, reason = "培训",
        })).SucceededAsync();
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "digest-of-deputy", new { advance = "P30D" }))
            await moved.SucceededAsync();
        var own = await DigestLinesAsync("cul.head", link);
        var acting = await DigestLinesAsync("cul.publisher", link);
        Assert.NotEmpty(acting);
        Assert.Equal(own.Where(line => today.AddDays(10) <= line.Day && line.Day <= last).Select(line => line.Day), acting.Select(line => line.Day));
        Assert.All(acting, line => Assert.StartsWith("代样例文旅负责人：", line.Title, StringComparison.Ordinal));
        Assert.All(own, line => Assert.False(line.Title.StartsWith('代')));
        Assert.Contains(own, line => line.Day > last);
    }

    private async Task<IReadOnlyList<(DateOnly Day, string Title)>> DigestLinesAsync(string person, string link) =>
    [
        .. (await _journey.GetAsync(person, "/api/messages?take=200"))["items"]!.AsArray().Where(item => item!["kind"]!.GetValue<string>() == "每日提要")
            .SelectMany(item => item!["lines"]!.AsArray().Where(line => line!["link"]?.GetValue<string>() == link)
                .Select(line => (Workflows.Supervision.Time.ShanghaiTime.DateOf(item["at"]!.GetValue<DateTimeOffset>()), line!["title"]!.GetValue<string>())))
            .OrderBy(line => line.Item1),
    ];

    private async Task ReadsAsync(string person, params (string Path, HttpStatusCode Status)[] expected)
    {
        using var client = await service.SamplePersonAsync(person);
        foreach (var (path, status) in expected)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }

    private async Task<string> AccountAsync(string name) =>
        (await _journey.ListAsync("dispatcher", "/api/deputies/candidates")).Single(account => account!["name"]!.GetValue<string>() == name)!["id"]!.GetValue<string>();
}
