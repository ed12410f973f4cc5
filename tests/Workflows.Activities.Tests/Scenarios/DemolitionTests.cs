using Workflows.Engine.Definitions;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>违建和拆改承重结构 (scenarios.md 4, HR-03 and HR-08): the lawful order of steps, the waits that are no lateness, and the guard over the day of execution.</summary>
public sealed class DemolitionTests
{
    [Fact]
    public async Task The_clock_of_the_decision_stands_still_while_planning_looks_at_it()
    {
        var run = await StoppedAsync();
        await run.UntilAsync(12, 7);
        // 1 December and 90 days is 1 March 2027; six days stood still.
        Assert.True(Limit(run, "DecisionLimit").Paused);
        await run.DoAsync("enforcement.confirm", People.Officer("NRP"), "应当拆除", Report);
        Assert.Equal((false, new DateOnly(2027, 3, 8)), (Limit(run, "DecisionLimit").Paused, Limit(run, "DecisionLimit").LastDay!.Value));
    }

    [Fact]
    public async Task Planning_that_does_not_answer_in_five_working_days_is_urged()
    {
        var run = await StoppedAsync();
        await run.UntilAsync(12, 10);
        Assert.Contains(run.Completed(), line => line == "12-09 00:00 OpinionLimit 超期未办");
        Assert.DoesNotContain(run.Completed(), line => line.Contains("DecisionLimit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_party_that_takes_it_down_itself_is_verified_and_nobody_is_forced()
    {
        var run = await DecidedAsync();
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "自行履行");
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "已完成", Report);
        // Whether to cut the power is no question any more.
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.supply");
        Assert.Empty(run.State.Incidents);
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Contains(run.Session.Outbox, m => m is { Recipient: "department:NRP", Kind: "违建处置结果（不动产登记）" });
        Assert.DoesNotContain(run.Case.Enforcement, a => a.Stage == EnforcementStage.Execution);
    }

    [Fact]
    public async Task The_wait_for_review_and_lawsuit_is_no_lateness_and_nothing_is_forced_before_it_ends()
    {
        var run = await AnnouncedAsync();
        await run.UntilAsync(6, 1, year: 2027);
        // Served on 1 December: 60 days for review end on Saturday 30 January and so on Monday, six months for a lawsuit on Tuesday 1 June. The announcement of 17 December moves neither.
        Assert.Contains(run.Completed(), line => line == "02-02 00:00 ReviewPeriod 期限届满");
        Assert.DoesNotContain(run.Completed(), line => line.Contains("SuitPeriod", StringComparison.Ordinal));
        Assert.Empty(run.All<WarningCard>());
        await run.UntilAsync(6, 2, year: 2027);
        Assert.Contains(run.Completed(), line => line == "06-02 00:00 SuitPeriod 期限届满");
        Assert.Equal("Reminder", run.Task("enforcement.step").Subject["stage"]);
    }

    [Fact]
    public async Task A_second_announcement_does_not_begin_the_periods_again()
    {
        var run = await AnnouncedAsync();
        await run.UntilAsync(3, 1, year: 2027);
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "自行履行");
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "未履行", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 15));
        Assert.Single(run.Tasks(), t => t.Kind == "enforcement.choice");
        await run.UntilAsync(6, 2, year: 2027);
        Assert.Contains(run.Completed(), line => line == "06-02 00:00 SuitPeriod 期限届满");
        Assert.Equal("Reminder", run.Task("enforcement.step").Subject["stage"]);
        Assert.Empty(run.State.Incidents);
    }

    [Fact]
    public async Task A_party_that_stopped_in_word_only_is_ordered_to_stop_again()
    {
        var run = await OpenedAsync();
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "当事人已自行履行", Report);
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "未履行", Report);
        Assert.Equal("StopOrder", run.Task("enforcement.step").Subject["stage"]);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.DoAsync("enforcement.confirm", People.Officer("NRP"), "应当拆除", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Served(run));
        Assert.Equal(EnforcementStage.Decision, run.Case.Enforcement[^1].Stage);
    }

    [Fact]
    public async Task A_party_that_stops_and_restores_it_at_once_is_verified_and_the_matter_ends()
    {
        var run = await OpenedAsync();
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "当事人已自行履行", Report);
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "已完成", Report);
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.supply");
    }

    [Theory]
    [InlineData("自行履行", false)]
    [InlineData("申请协助", false)]
    [InlineData("自行履行", true)]
    [InlineData("申请协助", true)]
    public async Task After_the_review_the_party_may_still_take_it_down_or_ask_for_help(string choice, bool inVain)
    {
        var run = await DecidedAsync();
        await NoPowerCutAsync(run);
        await ContestAsync(run, "维持");
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), choice);
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), inVain ? "未履行" : "已完成", Report);
        Assert.Equal(inVain ? CaseState.Open : CaseState.Closed, run.Case.State);
        if (inVain)
            Assert.Equal("Announcement", run.Task("enforcement.step").Subject["stage"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_party_that_performs_before_the_day_is_not_forced(bool performed)
    {
        var run = await ToExecutionAsync();
        await run.DoAsync("enforcement.execute", People.Officer("CLE"), "当事人已自行履行", Report);
        // Nobody has to approve an emergency any more.
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.step");
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), performed ? "已完成" : "未履行", Report);
        Assert.DoesNotContain(run.Case.Enforcement, a => a is { Stage: EnforcementStage.Execution, Outcome: "已完成" });
        Assert.Equal(performed ? CaseState.Closed : CaseState.Open, run.Case.State);
        if (!performed)
            Assert.Equal("Reminder", run.Task("enforcement.step").Subject["stage"]);
    }

    [Fact]
    public async Task A_step_out_of_order_is_refused_whatever_the_diagram_draws()
    {
        var run = await AnnouncedAsync();
        var procedure = run.Get<EnforcementProcedure>();
        run.Session.Actor = People.Officer("CLE");
        foreach (var (stage, code) in new[]
        {
            (EnforcementStage.Reminder, "enforcement-too-early"), (EnforcementStage.Defence, "enforcement-order"), (EnforcementStage.ExecutionDecision, "enforcement-order"), (EnforcementStage.Mandate, "enforcement-order"),
        })
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolationException>(async () => await procedure.TakeAsync(run.CaseId, stage, "已完成", new EnforcementReport("提前")))).Code);
        }

        Assert.Equal("enforcement-order", (await Assert.ThrowsAsync<RuleViolationException>(
            async () => await procedure.ExecuteAsync(run.CaseId, new ExecutionReport(run.Session.Now, "见证人", "V1", "清单")))).Code);
    }

    [Fact]
    public async Task A_decision_is_the_heads()
    {
        var run = await StoppedAsync();
        await run.DoAsync("enforcement.confirm", People.Officer("NRP"), "应当拆除", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        run.Session.Actor = People.Officer("CLE");
        Assert.Equal("head-required", (await Assert.ThrowsAsync<RuleViolationException>(
            async () => await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Decision, "已完成", new EnforcementReport("决定")))).Code);
        run.Session.Actor = People.Head("HUD");
        Assert.Equal("other-department", await RefusedAsync(run, EnforcementStage.Decision, new EnforcementReport("决定")));
        run.Session.Actor = People.Head("CLE");
        Assert.Equal("field-missing", await RefusedAsync(run, EnforcementStage.Decision, new EnforcementReport("决定")));
        Assert.Equal("enforcement-day", await RefusedAsync(run, EnforcementStage.Decision, new EnforcementReport("决定", ServedOn: new DateOnly(2026, 12, 2))));
    }

    [Fact]
    public async Task A_decision_needs_the_stop_order_and_the_confirmation_before_it()
    {
        var run = await StoppedAsync();
        run.Session.Actor = People.Head("CLE");
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Views, "已完成", Report);
        Assert.Equal("enforcement-order", await RefusedAsync(run, EnforcementStage.Decision, Served(run)));
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Confirmation, "不构成违法", Report);
        Assert.Equal("enforcement-order", await RefusedAsync(run, EnforcementStage.Decision, Served(run)));
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Confirmation, "应当拆除", Report);
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Decision, "已完成", Served(run));
    }

    [Fact]
    public async Task After_a_review_that_upholds_the_party_has_fifteen_days_to_sue()
    {
        var run = await DecidedAsync();
        await ContestAsync(run, "维持");
        run.Session.Actor = People.Officer("CLE");
        // Served on Tuesday 1 December: the fifteen days end on Wednesday the 16th.
        Assert.Equal(new DateOnly(2026, 12, 17), run.Get<EnforcementProcedure>().EnforceableFrom(run.Case));
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Announcement, "已完成", Report with { PerformBy = new DateOnly(2026, 12, 2) });
        await run.UntilAsync(12, 16);
        Assert.Equal("enforcement-too-early", await RefusedAsync(run, EnforcementStage.Reminder, Report));
        Assert.Single(run.Tasks(), t => t.Kind == "enforcement.choice");
        await run.UntilAsync(12, 17);
        Assert.Equal("Announcement", run.Task("enforcement.step").Subject["stage"]);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.choice");
    }

    [Fact]
    public async Task A_party_that_sues_after_the_review_stops_every_step_until_the_last_judgment()
    {
        var run = await DecidedAsync();
        await ContestAsync(run, "维持");
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "复议或者诉讼");
        run.Session.Actor = People.Head("CLE");
        Assert.Equal("enforcement-contested", await RefusedAsync(run, EnforcementStage.Announcement, PerformBy(run, 15)));
        await run.DoAsync("enforcement.remedy", People.Officer("CLE"), "终审维持", Served(run));
        Assert.Equal(new DateOnly(2026, 12, 1), run.Get<EnforcementProcedure>().EnforceableFrom(run.Case));
        Assert.Equal("Announcement", run.Task("enforcement.step").Subject["stage"]);
    }

    [Fact]
    public async Task Announcement_and_reminder_leave_the_party_the_time_that_they_state()
    {
        var run = await DecidedAsync();
        await ContestAsync(run, "终审维持");
        run.Session.Actor = People.Officer("CLE");
        Assert.Equal("field-missing", await RefusedAsync(run, EnforcementStage.Announcement, Report));
        Assert.Equal("enforcement-day", await RefusedAsync(run, EnforcementStage.Announcement, PerformBy(run, 0)));
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 15));
        run.Session.Actor = People.Officer("CLE");
        await run.UntilAsync(12, 16);
        Assert.Equal("enforcement-too-early", await RefusedAsync(run, EnforcementStage.Reminder, PerformBy(run, 10)));
        await run.UntilAsync(12, 17);
        // Until 6 January; the diagram waits ten working days, which end on 31 December, the guard as long as the reminder says.
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 20));
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.UntilAsync(12, 31);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.step");
        await run.UntilAsync(1, 4, year: 2027);
        Assert.Equal("ExecutionDecision", run.Task("enforcement.step").Subject["stage"]);
        run.Session.Actor = People.Head("CLE");
        Assert.Equal("enforcement-too-early", await RefusedAsync(run, EnforcementStage.ExecutionDecision, Report));
        await run.UntilAsync(1, 7, year: 2027);
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Report);
        Assert.Equal("Mandate", run.Task("enforcement.step").Subject["stage"]);
    }

    [Fact]
    public async Task The_periods_count_from_service_and_the_later_one_decides()
    {
        var run = await AnnouncedAsync();
        // Served on 1 December: six months end on Tuesday 1 June.
        Assert.Equal(new DateOnly(2027, 6, 2), run.Get<EnforcementProcedure>().EnforceableFrom(run.Case));
    }

    [Fact]
    public async Task A_party_that_said_it_would_and_did_not_is_back_in_the_procedure()
    {
        var run = await DecidedAsync();
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "自行履行");
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "未履行", Report);
        Assert.Equal("Announcement", run.Task("enforcement.step").Subject["stage"]);
        Assert.Equal(CaseState.Open, run.Case.State);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "当事人已自行履行", Report);
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "未履行", Report);
        Assert.Equal("Announcement", run.Task("enforcement.step").Subject["stage"]);
        Assert.Empty(run.State.Incidents);
    }

    [Theory]
    [InlineData("home-renovation/demolition.json")]
    [InlineData("home-renovation/project.json")]
    [InlineData("home-renovation/lead.json")]
    [InlineData("braised-meat/lead.json")]
    public void Every_outcome_that_a_person_may_choose_leads_somewhere(string file)
    {
        var path = Path.Combine(RepositoryFiles.Root, "workflow-definitions", file);
        if (!File.Exists(path))
        {
            return;
        }

        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(path));
        var root = document.RootElement.GetProperty("root");
        var connected = root.GetProperty("connections").EnumerateArray().Select(c => c.GetProperty("source")).Select(c => (c.GetProperty("activity").GetString(), c.GetProperty("port").GetString())).ToHashSet();
        var types = typeof(Activities.Work.HumanStep).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Activities.Work.HumanStep)) && !t.IsAbstract)
            .ToDictionary(t => "Supervision." + t.Name, t => t.GetCustomAttributes(typeof(Engine.Activities.FlowNodeAttribute), inherit: false).Cast<Engine.Activities.FlowNodeAttribute>().SingleOrDefault(), StringComparer.Ordinal);
        var dead = root.GetProperty("activities").EnumerateArray()
            .Where(a => types.GetValueOrDefault(a.GetProperty("type").GetString()!) is not null)
            .SelectMany(a => types[a.GetProperty("type").GetString()!]!.Ports.Select(o => (a.GetProperty("id").GetString(), o)))
            .Where(one => one.o != Activities.Work.HumanStep.WithdrawnPort && !connected.Contains(one)).ToList();
        Assert.Empty(dead);
    }

    [Theory]
    [InlineData("2027-04-15T21:59:00+08:00", null, false, null)]
    [InlineData("2027-04-15T22:30:00+08:00", null, false, "enforcement-at-night")]
    [InlineData("2027-04-16T05:59:00+08:00", null, false, "enforcement-at-night")]
    [InlineData("2027-05-01T10:00:00+08:00", null, false, "enforcement-on-holiday")]
    [InlineData("2027-04-15T22:30:00+08:00", "墙体即将坍塌", false, "approval-missing")]
    [InlineData("2027-04-15T22:30:00+08:00", "墙体即将坍塌", true, null)]
    [InlineData("2027-05-20T10:01:00+08:00", null, false, "execution-time")]
    [InlineData("2027-01-10T10:00:00+08:00", null, false, "execution-time")]
    [InlineData(null, null, false, "field-missing")]
    public async Task Nothing_is_forced_at_night_or_on_a_holiday_but_in_an_approved_emergency(string? at, string? emergency, bool approved, string? code)
    {
        var run = await ToExecutionAsync();
        if (approved)
        {
            await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Report);
        }

        await run.UntilAsync(5, 20, year: 2027);
        var report = new ExecutionReport(at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), "样例见证人", "V-1", "无贵重物品", emergency);
        if (code is null)
        {
            await run.DoAsync("enforcement.execute", People.Officer("CLE"), "已完成", report);
            Assert.Equal(CaseState.Closed, run.Case.State);
            Assert.Contains("样例见证人", run.Case.Enforcement[^1].Note, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("enforcement.execute", People.Officer("CLE"), "已完成", report))).Code);
    }

    [Fact]
    public async Task Who_executes_does_not_approve_the_emergency()
    {
        var run = await ToExecutionAsync();
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Report);
        run.Session.Actor = People.Head("CLE");
        Assert.Equal("approval-missing", (await Assert.ThrowsAsync<RuleViolationException>(async () => await run.Get<EnforcementProcedure>().ExecuteAsync(
            run.CaseId, new ExecutionReport(run.Session.Now, "样例见证人", "V-1", "无贵重物品", "墙体即将坍塌")))).Code);
    }

    [Theory]
    [InlineData("HR-03", true, true, "HR-03", null)]
    [InlineData("HR-03", true, true, "HR-08", "supply-cut")]
    [InlineData("HR-08", true, true, "HR-08", "supply-cut")]
    [InlineData("HR-03", false, true, "HR-03", "supply-cut")]
    [InlineData("HR-03", true, false, "HR-03", "supply-cut")]
    public async Task Power_is_cut_under_the_conditions_of_the_law_alone(string item, bool unoccupied, bool danger, string found, string? code)
    {
        var run = await StoppedAsync();
        run.Session.Save(new Finding
        {
            Id = "finding-1", CaseKey = run.CaseId, CaseId = run.CaseId, Department = "CLE", Area = CaseRun.District, Created = run.Session.CauseNow(), VisitId = "visit-1", ItemCode = found, ItemTitle = found,
            SupervisingDepartment = "CLE", PenaltyDepartment = "CLE", Severity = Supervision.Scenarios.Severity.Serious, PenaltyClause = Supervision.Scenarios.PenaltyClause.CorrectFirst,
            ViolatedOn = new DateOnly(2026, 12, 1), Violates = [], Facts = "拆改承重墙", Disposition = Disposition.Pending,
        });
        var cut = () => run.DoAsync("enforcement.supply", People.Head("CLE"), "已通知", new SupplyCut(item, unoccupied, danger, "样例供电企业", "函1号"));
        if (code is null)
        {
            await cut();
            Assert.Equal("样例供电企业，函1号", run.Case.SupplyCut);
            return;
        }

        Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolationException>(cut)).Code);
    }

    [Fact]
    public async Task A_decision_that_is_annulled_ends_the_matter()
    {
        var run = await DecidedAsync();
        await ContestAsync(run, "撤销");
        run.Session.Actor = People.Head("CLE");
        Assert.Equal("enforcement-contested", await RefusedAsync(run, EnforcementStage.Announcement, PerformBy(run, 15)));
        Assert.Equal(CaseState.Closed, run.Case.State);
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public async Task Whatever_people_choose_the_matter_waits_for_somebody_until_it_is_over(int walk)
    {
        var run = await OpenedAsync();
        var chance = (uint)walk;
        var day = new DateOnly(2026, 12, 1);
        for (var steps = 0; run.Case.State == CaseState.Open && steps < 120; steps++)
        {
            Assert.Empty(run.State.Incidents);
            // Nobody acts on a holiday or before the day that was announced.
            var open = run.Tasks().Where(t => t.Kind.StartsWith("enforcement.", StringComparison.Ordinal) && t.Kind != "enforcement.supply").ToList();
            Assert.True(open.Count > 0 || run.State.Bookmarks.Any(b => b.DueAt is not null && b.ActivityId is not ("DecisionLimit" or "DecisionLadder")), string.Join('\n', run.Completed()));
            if (open.Count == 0 || (open.TrueForAll(t => t.Kind == "enforcement.choice") && Next(3) == 0) || Next(4) == 0)
            {
                day = day.AddDays(1 + Next(30));
                while (!run.Session.Calendar.IsWorkingDay(day))
                    day = day.AddDays(1);
                await run.UntilAsync(day.Month, day.Day, year: day.Year);
                continue;
            }

            var task = open[Next(open.Count)];
            var outcome = task.Outcomes[Next(task.Outcomes.Count)];
            var actor = task.Role == Role.DepartmentHead ? People.Head(task.Department!) : People.Officer(task.Department!);
            object data = (task.Kind, outcome) is ("enforcement.execute", "已完成")
                ? new ExecutionReport(run.Session.Now, "样例见证人", "V-1", "无贵重物品")
                : Report with { ServedOn = day, PerformBy = day.AddDays(task.Subject.GetValueOrDefault("stage") == "Reminder" ? 10 : 15) };
            await run.DoAsync(task.Kind, actor, outcome, data, task.Department);
        }

        var last = run.Case.Enforcement[^1];
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.True(
            last is { Stage: EnforcementStage.Verification or EnforcementStage.Execution, Outcome: "已完成" } or { Stage: EnforcementStage.Remedy, Outcome: "撤销" } or { Stage: EnforcementStage.Confirmation, Outcome: "不构成违法" },
            string.Join('\n', run.Completed()));
        Assert.DoesNotContain(run.Tasks(), t => t.Kind.StartsWith("enforcement.", StringComparison.Ordinal));
        Assert.DoesNotContain(run.State.Bookmarks, b => b.DueAt is not null);

        int Next(int below)
        {
            chance = unchecked((chance * 1664525) + 1013904223);
            return (int)((chance >> 8) % (uint)below);
        }
    }

    public static TheoryData<int> Walks => new(Enumerable.Range(1, 40));

    [Fact]
    public void Its_diagram_is_clean() => Assert.Empty(DefinitionValidator.Validate(
        CaseRun.Named("home-renovation/demolition.json"), new Engine.Activities.ActivityRegistry().RegisterFrom(typeof(Activities.Work.HumanStep).Assembly)));

    private static EnforcementReport Report { get; } = new("按法定步骤办理", ["E1"]);

    private static EnforcementReport Served(CaseRun run) => Report with { ServedOn = ShanghaiTime.DateOf(run.Session.Now) };

    private static EnforcementReport PerformBy(CaseRun run, int days) => Report with { PerformBy = ShanghaiTime.DateOf(run.Session.Now).AddDays(days) };

    private static async Task ContestAsync(CaseRun run, string result)
    {
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "复议或者诉讼");
        await run.DoAsync("enforcement.remedy", People.Officer("CLE"), result, Served(run));
    }

    private static async Task<string> RefusedAsync(CaseRun run, EnforcementStage stage, EnforcementReport report) =>
        (await Assert.ThrowsAsync<RuleViolationException>(async () => await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, stage, "已完成", report))).Code;

    private static StepLimit Limit(CaseRun run, string step) => run.All<StepLimit>().Single(l => l.Created.ActivityId == step);

    private static Task<CaseRun> OpenedAsync() =>
        new CaseRun(CaseRun.Named("home-renovation/demolition.json"), "home-renovation") { Tags = ["住宅装修项目"] }.StartAsync("CLE", "HUD", "TOWN", "NRP");

    private static async Task<CaseRun> StoppedAsync()
    {
        var run = await OpenedAsync();
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        return run;
    }

    private static async Task<CaseRun> DecidedAsync()
    {
        var run = await StoppedAsync();
        await run.DoAsync("enforcement.confirm", People.Officer("NRP"), "应当拆除", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Served(run));
        return run;
    }

    // Decided on 1 December; the fifteen days for doing it oneself end on the 16th.
    private static async Task<CaseRun> AnnouncedAsync()
    {
        var run = await DecidedAsync();
        await run.UntilAsync(12, 17);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.choice");
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 15));
        return run;
    }

    private static async Task<CaseRun> ToExecutionAsync()
    {
        var run = await DecidedAsync();
        await NoPowerCutAsync(run);
        await ContestAsync(run, "维持");
        await run.UntilAsync(12, 17);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 15));
        await run.UntilAsync(1, 5, year: 2027);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 10));
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.UntilAsync(1, 20, year: 2027);
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        return run;
    }

    private static Task NoPowerCutAsync(CaseRun run) => run.DoAsync("enforcement.supply", People.Head("CLE"), "不通知", new SupplyCut());
}
