using System.Text.Json;
using Workflows.EndToEnd.CommandLine;

namespace Workflows.EndToEnd.Simulations;

public sealed class QuarterTests(SimulatedQuarter quarter) : IClassFixture<SimulatedQuarter>
{
    [Fact]
    public void Each_target_is_one_case_and_nothing_was_refused_or_went_wrong()
    {
        var report = SimulatedQuarter.Report(quarter.Folder);
        Assert.Equal(SimulatedQuarter.Targets, quarter.Lines("cases.jsonl").Count);
        Assert.Equal(SimulatedQuarter.Targets, quarter.Lines("cases.jsonl").Select(c => c.GetProperty("target").GetString()).Distinct().Count());
        foreach (var empty in new[] { "incidents", "refused", "unknownKinds", "deadLetters" })
            Assert.Equal("[]", report.GetProperty(empty).GetRawText());
    }

    [Fact]
    public void Every_branch_of_the_scenario_happens()
    {
        var timeline = quarter.Lines("timeline.jsonl").Where(t => t.GetProperty("kind").GetString() == "completed").ToList();
        var taken = timeline.Where(t => t.GetProperty("port").ValueKind == JsonValueKind.String)
            .SelectMany(t => t.GetProperty("port").GetString()!.Split('、').Select(port => $"{t.GetProperty("activityId").GetString()} {port}")).ToHashSet();
        string[] expected =
        [
            "ClassifyFindings 未发现问题", "ClassifyFindings 当场改正", "ClassifyFindings 首违轻微", "ClassifyFindings 责令改正", "ClassifyFindings 立即措施", "ClassifyFindings 立案",
            "DecideLeniency 不予处罚", "DecideLeniency 不适用", "ReviewProof 全部认可", "ReviewProof 部分认可", "ReviewProof 实地复查", "DecideExtension 准予延期", "DecideExtension 不予延期",
            "RectificationLimit 逾期未改正", "RouteAfterRound 约谈", "RouteAfterRound 立案", "RouteAfterRound 整改完成", "HoldInterview 已约谈", "DecideSecondTerm 同意",
            "RouteArrival 部门缺席", "RouteArrival 无法联系", "RouteArrival 拒绝检查", "SecondVisit 已到场", "DecideRecusal 准予回避", "DecideRecusal 不予回避", "InspectionLimit 超期未办",
        ];
        Assert.Empty(expected.Except(taken));
        var rungs = quarter.Lines("timeline.jsonl").Where(t => t.GetProperty("kind").GetString() == "ladder.rung").Select(t => t.GetProperty("port").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "提醒", "催办", "黄牌", "红牌", "督办单", "会商", "提示", "到期复查" }, rungs);
    }

    [Fact]
    public void Every_due_date_of_a_legal_clock_can_be_counted_again_with_a_wall_calendar()
    {
        var legal = quarter.Lines("clocks.jsonl").Where(c => c.GetProperty("unit").GetString() is "working-days" or "calendar-days" or "months").ToList();
        Assert.True(legal.Count > 100);
        foreach (var clock in legal)
        {
            var due = WallCalendar.Add(WallCalendar.Date(clock, "start"), clock.GetProperty("unit").GetString()!, clock.GetProperty("length").GetInt32());
            if (clock.GetProperty("printed").ValueKind == JsonValueKind.String && WallCalendar.Date(clock, "printed") is var printed && printed > due)
                due = printed;
            foreach (var extension in clock.GetProperty("extensions").EnumerateArray())
                due = WallCalendar.Add(due, extension.GetProperty("unit").GetString()!, extension.GetProperty("length").GetInt32());
            Assert.Equal($"{due:yyyy-MM-dd}", clock.GetProperty("due").GetString());
            Assert.Empty(clock.GetProperty("pauses").EnumerateArray());
        }

        Assert.Contains(legal, clock => clock.GetProperty("extensions").GetArrayLength() > 0);
    }

    [Fact]
    public void Who_confirms_the_draw_acts_on_the_cases_that_follow_at_once()
    {
        var timeline = quarter.Lines("timeline.jsonl").Where(t => t.GetProperty("kind").GetString() == "completed").ToList();
        var confirmed = timeline.Where(t => t.GetProperty("activityId").GetString() == "ConfirmDraw")
            .ToDictionary(t => t.GetProperty("at").GetString()!, t => t.GetProperty("actor").GetString());
        var teams = timeline.Where(t => t.GetProperty("activityId").GetString() == "FormTeams" && confirmed.ContainsKey(t.GetProperty("at").GetString()!)).ToList();
        Assert.NotEmpty(teams);
        Assert.All(teams, t => Assert.Equal(confirmed[t.GetProperty("at").GetString()!], t.GetProperty("actor").GetString()));
    }

    [Fact]
    public void No_series_of_numbers_has_a_gap()
    {
        var series = quarter.Lines("documents.jsonl").Where(d => d.GetProperty("series").GetString() is { Length: > 0 })
            .GroupBy(d => (d.GetProperty("organ").GetString(), d.GetProperty("series").GetString(), d.GetProperty("year").GetInt32())).ToList();
        Assert.True(series.Count > 20);
        Assert.All(series, s => Assert.Equal(Enumerable.Range(1, s.Count()), s.Select(d => d.GetProperty("serial").GetInt32()).Order()));
    }

    [Fact]
    public void Every_wait_of_an_open_case_has_an_owner_and_a_due_time()
    {
        var waits = quarter.Lines("cases.jsonl").Where(c => c.GetProperty("state").GetString() != "Closed").ToList();
        Assert.NotEmpty(waits);
        foreach (var open in waits)
        {
            Assert.NotEmpty(open.GetProperty("waits").EnumerateArray());
            Assert.All(open.GetProperty("waits").EnumerateArray(), wait =>
            {
                Assert.NotEqual(JsonValueKind.Null, wait.GetProperty("owner").ValueKind);
                Assert.NotEqual(JsonValueKind.Null, wait.GetProperty("due").ValueKind);
            });
        }
    }

    [Fact]
    public void No_term_of_rectification_begins_before_its_order_was_served()
    {
        var timeline = quarter.Lines("timeline.jsonl");
        string? Case(JsonElement line) => line.GetProperty("case").GetString();
        var served = timeline.Where(t => t.GetProperty("activityId").GetString() == "ServeOrder" && t.GetProperty("port").GetString() == "已送达")
            .GroupBy(Case).ToDictionary(g => g.Key!, g => g.Min(t => t.GetProperty("seq").GetInt32()));
        var begun = timeline.Where(t => t.GetProperty("activityId").GetString() is "RectificationLimit" or "PartyLadder").ToList();
        Assert.NotEmpty(begun);
        Assert.All(begun, t => Assert.True(t.GetProperty("seq").GetInt32() > served[Case(t)!]));
        var orders = quarter.Lines("clocks.jsonl").Where(c => c.TryGetProperty("subject", out var s) && s.GetString()!.StartsWith("order:", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(orders);
        Assert.All(orders, c => Assert.Contains(c.GetProperty("startEvent").GetString(), new[] { "送达", "第二次期限决定" }));
    }

    [Fact]
    public async Task Draws_and_audit_trail_verify_offline()
    {
        Assert.Equal(0, (await Terminal.RunAsync("audit", "verify", Path.Combine(quarter.Folder, "audit.jsonl"))).Exit);
        var draws = Directory.GetFiles(Path.Combine(quarter.Folder, "draws"));
        Assert.True(draws.Length >= 3);
        foreach (var draw in draws)
            Assert.Equal(0, (await Terminal.RunAsync("draw", "verify", draw)).Exit);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_seed_does_not()
    {
        using var scratch = new ScratchFolder();
        var (once, again, other) = (Path.Combine(scratch.Path, "once"), Path.Combine(scratch.Path, "again"), Path.Combine(scratch.Path, "other"));
        await SimulatedQuarter.RunAsync(once, "esports-hotel", seed: 7, targets: 20);
        await SimulatedQuarter.RunAsync(again, Repository.Find("workflow-definitions", "esports-hotel"), seed: 7, targets: 20);
        await SimulatedQuarter.RunAsync(other, "esports-hotel", seed: 8, targets: 20);
        string[] Files(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];
        Assert.Equal(Files(once), Files(again));
        Assert.All(Files(again), file => Assert.Equal(File.ReadAllBytes(Path.Combine(once, file)), File.ReadAllBytes(Path.Combine(again, file))));
        Assert.NotEqual(await File.ReadAllTextAsync(Path.Combine(once, "timeline.jsonl")), await File.ReadAllTextAsync(Path.Combine(other, "timeline.jsonl")));
    }

    [Theory]
    [InlineData("nowhere", "2026-12-01", "30", "1")]
    [InlineData("esports-hotel", "yesterday", "30", "1")]
    [InlineData("esports-hotel", "2026-12-01", "0", "1")]
    [InlineData("esports-hotel", "2026-12-01", "30", "x")]
    public async Task What_cannot_be_simulated_is_refused_in_one_line(string scenario, string from, string days, string seed) =>
        (await Terminal.RunAsync("simulate", scenario, "--from", from, "--days", days, "--seed", seed)).Refusal();
}
