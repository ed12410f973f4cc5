using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Escalation;

/// <summary>联合会商 called by hand: what was agreed becomes steps of units with a last day.</summary>
public sealed class ConsultationTests(SampleService service) : IClassFixture<SampleService>
{
    [Fact]
    public async Task What_a_consultation_agrees_becomes_tasks_with_owner_and_date_and_is_done_when_its_unit_says_how()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        using var head = await service.SamplePersonAsync("cul.head");
        await (await head.PostAsync($"/api/cases/{journey.CaseId}/consultations", "no-convenor", new { reason = "样例事由" })).RefusedAsync(403, "convenor-required", "actor");
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var called = await dispatcher.PostAsync($"/api/cases/{journey.CaseId}/consultations", "call-consultation", new { reason = "红牌后协调处置", departments = new[] { "FIR", "HEA" } });
        var id = (await called.SucceededAsync())["id"]!.GetValue<string>();
        var due = (await journey.TodayAsync()).AddDays(7);
        object Conclusion(DateOnly last) => new
        {
            attendees = new[] { "样例人甲", "样例人乙" }, conclusion = "会商议定", minutes = "样例纪要", issues = new[] { "消防通道由谁督促" },
            assignments = new[] { new { text = "督促疏通消防通道", department = "FIR", due = last } },
        };
        await (await dispatcher.PostAsync($"/api/consultations/{id}/conclude", "past-date", Conclusion(due.AddDays(-7)))).RefusedAsync(422, "assignment-due", "assignments[0].due");
        using var concluded = await dispatcher.PostAsync($"/api/consultations/{id}/conclude", "conclude", Conclusion(due));
        var assignment = Assert.Single((await concluded.SucceededAsync())["assignments"]!.AsArray())!;
        var minutes = await journey.PaperAsync("fir.head", "consultation-minutes");
        foreach (var said in new[] { "红牌后协调处置", "样例人甲、样例人乙", "消防通道由谁督促", "样例纪要", "会商议定", "督促疏通消防通道", $"{due.Year}年{due.Month}月{due.Day}日" })
            Assert.Contains(said, minutes, StringComparison.Ordinal);
        var task = Assert.Single((await journey.GetAsync("fir.head", "/api/tasks?mine&kind=consultation.assignment"))["items"]!.AsArray())!;
        Assert.Equal((assignment["taskId"]!.GetValue<string>(), "督促疏通消防通道", "FIR"), (task["id"]!.GetValue<string>(), task["title"]!.GetValue<string>(), task["department"]!.GetValue<string>()));
        // The last day counts whole: it has passed at midnight in Beijing.
        Assert.Equal(due.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) + "T16:00:00+00:00", task["dueAt"]!.GetValue<string>());
        using var fire = await service.SamplePersonAsync("fir.head");
        var path = $"/api/tasks/{task["id"]!.GetValue<string>()}/complete";
        await (await fire.PostAsync(path, "no-result", new { data = new { } })).RefusedAsync(422, "field-missing", "data.result");
        foreach (var odd in new object[] { new { result = 1 }, new { result = (string?)null }, new { result = new[] { "a" } }, new { result = new { text = "a" } } })
            await (await fire.PostAsync(path, "odd-" + Guid.NewGuid(), new { data = odd })).RefusedAsync(422, "field-missing", "data.result");
        using var health = await service.SamplePersonAsync("hea.head");
        Assert.Equal(404, (int)(await health.PostAsync(path, "not-mine", new { data = new { result = "试探" } })).StatusCode);
        using var done = await fire.PostAsync(path, "done-assignment", new { data = new { result = "已督促疏通并拍照" } });
        Assert.Equal("Done", (await done.SucceededAsync())["state"]!.GetValue<string>());
        Assert.Empty((await journey.GetAsync("fir.head", "/api/tasks?mine&kind=consultation.assignment"))["items"]!.AsArray());
    }
}
