using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Supervision.Deadlines;

namespace Workflows.Host.Tests.Escalation;

/// <summary>The wall's list: colours, ages and filters, urging and extending, the cards that will fall, and the diagram with its live position.</summary>
public sealed class LateListTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly DistrictJourney _journey = new(service);

    [Fact]
    public async Task Colours_ages_and_filters_part_the_list_without_rest_and_supervisors_urge_and_extend_with_reason()
    {
        await (await _journey.PlanAsync()).DrawAsync();
        var all = await RowsAsync("within=P92D");
        Assert.NotEmpty(all);
        Assert.Equal(all.Count, await CountAsync("colour=Red") + await CountAsync("colour=Amber") + await CountAsync("colour=Green"));
        Assert.Equal(all.Count, await CountAsync("side=Unit") + await CountAsync("side=Party"));
        Assert.All(all, row => Assert.Equal(row!["late"]!.GetValue<bool>(), row["colour"]!.GetValue<string>() == "Red"));

        // The Excel has one row for each of the list, under one row of headings.
        using (var reader = await service.SamplePersonAsync("supervisor"))
        using (var file = await reader.GetAsync(new Uri("/api/overdue?within=P92D&format=xlsx", UriKind.Relative)))
        {
            using var book = new System.IO.Compression.ZipArchive(await file.Content.ReadAsStreamAsync());
            using var sheet = new StreamReader(await book.Entries.Single(entry => entry.FullName.Contains("sheet", StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal) && !entry.FullName.Contains("rels", StringComparison.Ordinal)).OpenAsync());
            var text = await sheet.ReadToEndAsync();
            Assert.Equal(all.Count + 1, System.Text.RegularExpressions.Regex.Count(text, @"<(x:)?row\b"));
            Assert.All(all, row => Assert.Contains(row!["id"]!.GetValue<string>(), text, StringComparison.Ordinal));
        }

        // A step of the case that was just drawn is not due yet; when its days have passed it is red and young.
        var waiting = all.First(row => row!["kind"]!.GetValue<string>() == "task" && row["caseId"]?.GetValue<string>() == _journey.CaseId)!;
        var id = waiting["id"]!.GetValue<string>();
        var number = waiting["caseNumber"]!.GetValue<string>();
        Assert.False(waiting["late"]!.GetValue<bool>());
        Assert.Contains("样例", waiting["target"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(number);
        var left = -waiting["workingDays"]!.GetValue<int>();
        Assert.True(left > 0);
        using var supervisor = await service.SamplePersonAsync("supervisor");
        // The window of the plan is not a supervisor's to move.
        await (await supervisor.PostAsync($"/api/tasks/{id}/extend", "extend-late-0", new { lastDay = (await _journey.TodayAsync()).AddDays(60), reason = "人员外出" })).RefusedAsync(409, "limit-holds", "id");
        using (var dispatcher = await service.SamplePersonAsync("dispatcher"))
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "late-list", new { workingDays = left + 2 }))
            await moved.SucceededAsync();
        var late = (await RowsAsync("colour=Red&age=UpTo3")).Single(row => row!["id"]!.GetValue<string>() == id)!;
        Assert.Equal(2, late["workingDays"]!.GetValue<int>());
        Assert.DoesNotContain(await RowsAsync("age=UpTo10"), row => row!["id"]!.GetValue<string>() == id);
        var due = LastDay(late);
        Assert.Contains(await RowsAsync($"due={due:yyyy-MM-dd}"), row => row!["id"]!.GetValue<string>() == id);
        Assert.DoesNotContain(await RowsAsync($"due={due.AddDays(1):yyyy-MM-dd}"), row => row!["id"]!.GetValue<string>() == id);

        await (await supervisor.PostAsync($"/api/tasks/{id}/remind", "urge-late-0", new { reason = " " })).RefusedAsync(422, "reason-missing", "reason");
        await (await supervisor.PostAsync($"/api/tasks/{id}/remind", "urge-late-1", new { reason = "已超期，请尽快办理" })).SucceededAsync();
        var story = await _journey.GetAsync("supervisor", $"/api/cases/{_journey.CaseId}");
        Assert.Contains(story["timeline"]!.AsArray(), fact => fact!["kind"]!.GetValue<string>() == "task.urged" && fact["data"]!["reason"]!.GetValue<string>() == "已超期，请尽快办理");
        Assert.Contains(story["timeline"]!.AsArray(), fact => fact!["kind"]!.GetValue<string>() == "notice.sent" && fact["data"]!["kind"]!.GetValue<string>() == "催办");

        // Every fact names who did it, also who stands in no record of the case; so does the chain of the whole plan.
        Assert.Equal("样例督办人", story["timeline"]!.AsArray().Last(fact => fact!["kind"]!.GetValue<string>() == "task.urged")!["actorName"]!.GetValue<string>());
        Assert.All(story["timeline"]!.AsArray(), fact => Assert.NotEmpty(fact!["actorName"]!.GetValue<string>()));
        var people = await _journey.GetAsync("supervisor", $"/api/audit/cases/{_journey.CaseId}/people");
        Assert.Equal("样例督办人", people["supervisor"]!.GetValue<string>());
        using var chain = await supervisor.GetAsync(new Uri($"/api/audit/cases/{_journey.CaseId}", UriKind.Relative));
        var actors = (await chain.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["actor"]?.GetValue<string>()).OfType<string>();
        Assert.Equal(actors.Distinct().Order(StringComparer.Ordinal), people.Select(one => one.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_supervisor_extends_a_limit_of_the_house_with_a_reason_and_its_step_goes_along()
    {
        await _journey.PlanAsync();
        var waiting = (await RowsAsync("within=P92D")).Single(row => row!["kind"]!.GetValue<string>() == "task" && row["planId"]?.GetValue<string>() == _journey.PlanId)!;
        var id = waiting["id"]!.GetValue<string>();
        var day = LastDay(waiting);
        using var supervisor = await service.SamplePersonAsync("supervisor");
        await OnceAsync(waiting["dueAt"]!.GetValue<DateTimeOffset>());
        // A row of a plan says which, in the list and in the sheet.
        Assert.Equal(
            ("样例电竞酒店联合抽查", "NB-EH-01", "esports-hotel"),
            (waiting["target"]!.GetValue<string>(), waiting["caseNumber"]!.GetValue<string>(), waiting["scenario"]!.GetValue<string>()));
        const string sheet = "/api/overdue?within=P92D&kind=task&scenario=esports-hotel&format=xlsx";
        Assert.Contains("样例电竞酒店联合抽查", await Workbook.ColumnAsync(supervisor, sheet, 2));
        Assert.All(await Workbook.ColumnAsync(supervisor, sheet, 3), name => Assert.Contains("电竞酒店", name, StringComparison.Ordinal));
        await (await supervisor.PostAsync($"/api/tasks/{id}/extend", "extend-plan-0", new { lastDay = day, reason = "人员外出" })).RefusedAsync(422, "bad-day", "lastDay");
        await (await supervisor.PostAsync($"/api/tasks/{id}/extend", "extend-plan-1", new { lastDay = day.AddDays(7), reason = "" })).RefusedAsync(422, "reason-missing", "reason");
        await (await supervisor.PostAsync($"/api/tasks/{id}/extend", "extend-plan-2", new { lastDay = day.AddDays(7), reason = "人员外出" })).SucceededAsync();
        var moved = LastDay((await RowsAsync("within=P92D")).Single(row => row!["id"]!.GetValue<string>() == id)!);
        // The same weekday a week later; days off between may push it no further than the day that was named.
        Assert.InRange(moved, day.AddDays(1), day.AddDays(7));
        await OnceAsync((await RowsAsync("within=P92D")).Single(row => row!["id"]!.GetValue<string>() == id)!["dueAt"]!.GetValue<DateTimeOffset>());
        using var officer = await service.SamplePersonAsync("cul.01");
        using var refused = await officer.PostAsync($"/api/tasks/{id}/extend", "extend-plan-3", new { lastDay = day.AddDays(21), reason = "人员外出" });
        Assert.Equal(403, (int)refused.StatusCode);
    }

    [Fact]
    public async Task A_case_shows_its_diagram_with_the_steps_that_wait_and_those_that_are_done()
    {
        await (await _journey.PlanAsync()).DrawAsync();
        var diagrams = (await _journey.ListAsync("supervisor", $"/api/cases/{_journey.CaseId}/diagrams"))!;
        var waits = (await _journey.ListAsync("supervisor", $"/api/cases/{_journey.CaseId}/waits")).Select(wait => wait!["activityId"]!.GetValue<string>()).Distinct().Order().ToList();
        Assert.NotEmpty(waits);
        var steps = diagrams.SelectMany(diagram => diagram!["steps"]!.AsArray()).ToList();
        Assert.All(waits, wait => Assert.Contains(steps, step => step!["activityId"]!.GetValue<string>() == wait && step["state"]!.GetValue<string>() == "waiting"));
        Assert.Contains(steps, step => step!["state"]!.GetValue<string>() == "done");
        Assert.All(diagrams, diagram => Assert.NotNull(diagram!["root"]!["id"]));
        using var stranger = await service.SamplePersonAsync("wat.head");
        using var hidden = await stranger.GetAsync(new Uri($"/api/cases/{_journey.CaseId}/diagrams", UriKind.Relative));
        await hidden.RefusedAsync(404, "not-found", "id");
    }

    [Fact]
    public async Task The_calendar_tells_day_by_day_what_counts_and_why()
    {
        // 国庆节 2026: the State Council's notice gives 1–7 October off and lets people work on 20 September and 10 October.
        var days = await _journey.ListAsync("cul.01", "/api/calendar/days?from=2026-09-30&to=2026-10-10");
        Assert.Equal(11, days.Count);
        Assert.Equal(["2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"], days.Where(day => day!["isWorking"]!.GetValue<bool>()).Select(day => day!["date"]!.GetValue<string>()));
        Assert.Contains("国庆", days[1]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        using var officer = await service.SamplePersonAsync("cul.01");
        using var refused = await officer.GetAsync(new Uri("/api/calendar/days?from=2026-10-10&to=2026-09-30", UriKind.Relative));
        await refused.RefusedAsync(400, "bad-period", "to");
    }

    // The limit of the plan runs and is due with its step; that is one piece of work, and one row.
    private async Task OnceAsync(DateTimeOffset dueAt)
    {
        await using (var scope = service.Services.CreateAsyncScope())
        {
            var clocks = await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<AggregateRow<DeadlineClock>>().AsNoTracking()
                .Where(row => row.PlanId == _journey.PlanId && row.CaseId == null && row.State == "Running").Select(row => row.DueAt).ToListAsync();
            Assert.Contains(clocks, due => due == dueAt);
        }

        Assert.Equal("task", Assert.Single(await RowsAsync("within=P92D"), row => row!["planId"]?.GetValue<string>() == _journey.PlanId && row["caseId"] is null)!["kind"]!.GetValue<string>());
    }

    private async Task<IReadOnlyList<JsonNode?>> RowsAsync(string query) =>
        [.. await _journey.ListAsync("supervisor", "/api/overdue?" + (query.Contains("within", StringComparison.Ordinal) ? query : "within=P92D&" + query))];

    private static DateOnly LastDay(JsonNode row) => DateOnly.FromDateTime(row["dueAt"]!.GetValue<DateTimeOffset>().AddTicks(-1).ToOffset(TimeSpan.FromHours(8)).DateTime);

    private async Task<int> CountAsync(string query) => (await RowsAsync(query)).Count;
}
