using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Trials;

namespace Workflows.Host.Tests.Trials;

public sealed class TrialBoundsTests(TrialBench bench) : IClassFixture<TrialBench>
{
    private static object Small(string version = "published") => new { scenario = "esports-hotel", version, from = "2026-12-01", days = 10, targets = 1, seed = 3 };

    [Fact]
    public async Task Nothing_of_a_trial_touches_the_real_data()
    {
        using (await bench.AnalystAsync())
        {
            var before = await bench.FingerprintAsync();
            await bench.DoneAsync("/api/trials", new { scenario = "esports-hotel", version = "published", from = "2026-12-15", days = 40, source = "lastMonth" });
            await bench.DoneAsync("/api/trials", Small());
            await bench.DoneAsync("/api/trials/replays", new { scenario = "esports-hotel", version = "published", casesFrom = "2026-11-01", casesTo = "2026-12-31" });
            Assert.True(before.Count > 40);
            Assert.Contains(before, table => table.Key == "work_tasks" && !table.Value.StartsWith("0 ", StringComparison.Ordinal));
            Assert.Equal(before, await bench.FingerprintAsync());
        }
    }

    [Theory]
    [InlineData(400, 200, "trial-too-large", "targets")]
    [InlineData(401, 1, "out-of-range", "days")]
    [InlineData(10, 201, "out-of-range", "targets")]
    [InlineData(0, 1, "out-of-range", "days")]
    public async Task Too_much_is_refused_with_what_is_allowed(int days, int targets, string code, string field)
    {
        using var analyst = await bench.AnalystAsync();
        using var answer = await analyst.PostAsync("/api/trials", "bounds-" + Guid.NewGuid(), new { scenario = "esports-hotel", version = "published", from = "2026-12-01", days, targets });
        await answer.RefusedAsync(422, code, field);
    }

    [Fact]
    public async Task Unknown_scenarios_versions_sources_and_trials_are_refused()
    {
        using var analyst = await bench.AnalystAsync();
        using var scenario = await analyst.PostAsync("/api/trials", "none-" + Guid.NewGuid(), new { scenario = "no-such" });
        await scenario.RefusedAsync(404, "not-found", "scenario");
        using var version = await analyst.PostAsync("/api/trials", "none-" + Guid.NewGuid(), new { scenario = "esports-hotel", version = "17" });
        await version.RefusedAsync(404, "not-found", "version");
        using var source = await analyst.PostAsync("/api/trials", "none-" + Guid.NewGuid(), new { scenario = "esports-hotel", source = "real" });
        await source.RefusedAsync(422, "bad-source", "source");
        using var empty = await analyst.GetAsync(new Uri($"/api/trials/{new string('0', 32)}", UriKind.Relative));
        await empty.RefusedAsync(410, "trial-gone", "id");
        using var month = await analyst.GetAsync(new Uri("/api/trials/nonsense/timeline", UriKind.Relative));
        await month.RefusedAsync(404, "not-found", "id");
    }

    [Fact]
    public async Task A_month_without_cases_fails_with_that_reason()
    {
        var trial = await bench.RunAsync("/api/trials", new { scenario = "esports-hotel", version = "published", from = "2025-03-01", days = 10, source = "lastMonth" });
        Assert.Equal(("failed", "no-cases"), (trial["state"]!.GetValue<string>(), trial["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_same_request_sent_twice_is_one_trial()
    {
        using var analyst = await bench.AnalystAsync();
        var key = "twice-" + Guid.NewGuid();
        using var first = await analyst.PostAsync("/api/trials", key, Small());
        using var second = await analyst.PostAsync("/api/trials", key, Small());
        Assert.Equal((await first.JsonAsync())["id"]!.GetValue<string>(), (await second.JsonAsync())["id"]!.GetValue<string>());
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        using var other = await analyst.PostAsync("/api/trials", key, Small("draft"));
        await other.RefusedAsync(422, "idempotency-key-reused", "Idempotency-Key");
    }

    [Fact]
    public async Task A_running_and_a_waiting_trial_can_be_called_off()
    {
        using var analyst = await bench.AnalystAsync();
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await analyst.PostAsync("/api/trials", "long-" + Guid.NewGuid(), new { scenario = "esports-hotel", version = "published", from = "2026-12-01", days = 400, targets = 60, seed = i });
            ids.Add((await answer.JsonAsync())["id"]!.GetValue<string>());
        }

        using var early = await analyst.GetAsync(new Uri($"/api/trials/{ids[0]}/timeline", UriKind.Relative));
        await early.RefusedAsync(409, "trial-running", "id");
        foreach (var id in ids.AsEnumerable().Reverse())
        {
            using var removed = await analyst.DeleteAsync(new Uri($"/api/trials/{id}", UriKind.Relative));
            Assert.Equal("cancelled", (await removed.JsonAsync())["state"]!.GetValue<string>());
            await bench.Services.GetRequiredService<TrialDesk>().Find(id).Ended;
        }

        using var late = await analyst.GetAsync(new Uri($"/api/trials/{ids[0]}/timeline", UriKind.Relative));
        await late.RefusedAsync(409, "trial-without-results", "id");
        using var again = await analyst.DeleteAsync(new Uri($"/api/trials/{ids[0]}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using var gone = await analyst.GetAsync(new Uri($"/api/trials/{ids[0]}", UriKind.Relative));
        await gone.RefusedAsync(410, "trial-gone", "id");
    }

    [Fact]
    public async Task Supervisors_read_and_only_analysts_and_administrators_start()
    {
        var id = await bench.DoneAsync("/api/trials", Small());
        using var supervisor = await bench.SamplePersonAsync("supervisor");
        using var read = await supervisor.GetAsync(new Uri($"/api/trials/{id}/timeline", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var start = await supervisor.PostAsync("/api/trials", "foreign-" + Guid.NewGuid(), Small());
        Assert.Equal(HttpStatusCode.Forbidden, start.StatusCode);
        using var inspector = await bench.PersonAsync("inspector", "CUL", "330203");
        using var refused = await inspector.GetAsync(new Uri($"/api/trials/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_trial_that_read_real_cases_is_out_of_sight_of_another_district()
    {
        var id = await bench.DoneAsync("/api/trials/replays", new { scenario = "esports-hotel", version = "published", casesFrom = "2026-11-01", casesTo = "2026-12-31" });
        using var stranger = await bench.PersonAsync("analyst", area: "330299");
        using var answer = await stranger.GetAsync(new Uri($"/api/trials/{id}/replay", UriKind.Relative));
        await answer.RefusedAsync(404, "not-found", "id");
        using var own = await stranger.PostAsync("/api/trials/replays", "district-" + Guid.NewGuid(), new { scenario = "esports-hotel", version = "published", casesFrom = "2026-11-01", casesTo = "2026-12-31" });
        var asked = (await own.JsonAsync())["id"]!.GetValue<string>();
        await bench.Services.GetRequiredService<TrialDesk>().Find(asked).Ended;
        using var result = await stranger.GetAsync(new Uri($"/api/trials/{asked}", UriKind.Relative));
        Assert.Equal(0, (await result.JsonAsync())["replaySummary"]!["inPeriod"]!.GetValue<int>());
    }
}
