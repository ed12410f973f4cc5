using Workflows.Engine.Definitions;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>节点 of 小区装修 (scenarios.md 4): registered projects, patrols at each milestone, no entry without consent, and who answers for what.</summary>
public sealed class RenovationProjectTests
{
    [Fact]
    public async Task Milestones_are_counted_from_registration_works_and_completion()
    {
        // Twelve months after 5 February 2027 is a Saturday: expected on Monday.
        var run = await StartAsync();
        Assert.Equal(
            [("M0", "2026-12-01"), ("M1", "2026-12-10"), ("M2", "2026-12-22"), ("M3", "2027-01-06"), ("M4", "2027-01-21"), ("M5", "2027-02-05"), ("M6", "2028-02-07")],
            run.TheLead.Milestones.Select(m => (m.Code, m.PlannedOn.ToString("yyyy-MM-dd"))));
        Assert.Equal(("项目进行中", "HM-1"), (run.TheLead.Wait!.Name, run.TheLead.TargetId));
    }

    [Fact]
    public async Task A_milestone_that_nobody_confirms_reminds_the_firm_brings_an_interview_and_a_card_to_the_town_that_lets_it_lie()
    {
        var run = await StartAsync();
        await ReachAsync(run, "M0");
        await run.UntilAsync(1, 4, year: 2027);
        // Expected Thursday 10 December; five working days end on the 17th. Three more for the firm, then five for the town.
        Assert.Equal(
            ["12-18 00:00 RemindFirm", "12-24 00:00 FirmLimit 超期未办", "01-01 00:00 TownLimit 超期未办", "01-01 00:00 CardTown"],
            run.Completed().Where(line => line.Contains("RemindFirm", StringComparison.Ordinal) || line.Contains("FirmLimit", StringComparison.Ordinal) || line.Contains("Town", StringComparison.Ordinal)));
        Assert.Contains(run.Session.Outbox, m => m is { Recipient: "party:WY-1", Kind: "提醒确认节点" });
        var card = Assert.Single(run.All<WarningCard>());
        Assert.Equal(("TOWN", CardColour.Yellow), (card.Department, card.Colour));
        // It is confirmed in the end and the patrol follows.
        await run.ConfirmAsync("M1");
        Assert.Equal("M1", run.Task("project.patrol").Subject["milestone"]);
    }

    [Fact]
    public async Task Each_milestone_that_lies_reminds_anew()
    {
        var run = await StartAsync();
        await ReachAsync(run, "M0");
        await run.UntilAsync(12, 21);
        await ReachAsync(run, "M1");
        await run.UntilAsync(12, 31);
        Assert.Equal(["12-18 00:00 RemindFirm", "12-30 00:00 RemindFirm"], run.Completed().Where(line => line.EndsWith(" RemindFirm", StringComparison.Ordinal)));
        await run.UntilAsync(1, 8, year: 2027);
        Assert.Contains(run.Tasks(), t => t.Kind == "lead.step");
    }

    [Fact]
    public async Task A_town_that_talks_to_the_firm_in_time_gets_no_card()
    {
        var run = await StartAsync();
        await ReachAsync(run, "M0");
        await run.UntilAsync(12, 28);
        await run.DoAsync("lead.step", People.Officer("TOWN"), "完成");
        await run.UntilAsync(1, 8, year: 2027);
        Assert.Empty(run.All<WarningCard>());
    }

    [Fact]
    public async Task A_confirmation_after_the_reminder_ends_the_matter()
    {
        var run = await StartAsync();
        await ReachAsync(run, "M0");
        await run.UntilAsync(12, 21);
        await run.ConfirmAsync("M1", "业主");
        await run.UntilAsync(1, 8, year: 2027);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "lead.step");
        Assert.Contains(run.Completed(), line => line.EndsWith("FirmLimit 按期办结", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("未发现问题", true, false, "consent-missing")]
    [InlineData("拒绝入户", false, false, "notice-missing")]
    [InlineData("拒绝入户", true, true, "consent-missing")]
    public async Task Nobody_enters_without_consent_and_a_refusal_leaves_a_notice(string outcome, bool entered, bool notice, string code)
    {
        var run = await StartAsync();
        await run.ConfirmAsync("M0");
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync(
            "project.patrol", People.Officer("TOWN"), outcome, new PatrolReport(Entered: entered, NoticeLeft: notice, EvidenceIds: ["E1"], Note: "到场")));
        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task A_refusal_takes_evidence_from_outside_and_somebody_comes_a_second_time()
    {
        var run = await StartAsync();
        await run.ConfirmAsync("M0");
        await RefusedAsync(run);
        var patrol = Assert.Single(run.TheLead.Patrols);
        Assert.Equal((null, true), (patrol.Consent, patrol.NoticeLeft));
        Assert.Contains(run.Session.Outbox, m => m is { Recipient: "party:HM-1", Kind: "入户告知" });
        Assert.Equal("M0", run.Task("project.patrol").Subject["milestone"]);
        Assert.DoesNotContain(run.State.Bookmarks, b => b.ActivityId == "AwaitM1");

        // Refused again: nobody forces the door; it stands in the record and the project goes on.
        await RefusedAsync(run);
        Assert.Equal(["拒绝入户", "再次拒绝入户"], run.TheLead.Patrols.Select(p => p.Outcome));
        Assert.Empty(run.All<Case>());
        Assert.Contains(run.State.Bookmarks, b => b.ActivityId == "AwaitM1");
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "project.patrol");
    }

    [Fact]
    public async Task Who_is_let_in_the_second_time_patrols_as_usual()
    {
        var run = await StartAsync();
        await run.ConfirmAsync("M0");
        await RefusedAsync(run);
        await PatrolAsync(run, "未发现问题");
        Assert.Single(run.State.Bookmarks, b => b is { ActivityId: "AwaitM1", Name: ProjectRegister.ConfirmedStimulus });
    }

    [Theory]
    [InlineData("M1", "HR-03", "DemolitionM1")]
    [InlineData("M1", "HR-12", "OpenCaseM1")]
    [InlineData("M2", "HR-06", "OpenCaseM2")]
    public async Task What_was_seen_from_outside_becomes_a_case_although_nobody_was_let_in(string milestone, string item, string step)
    {
        var run = await StartAsync(reached: milestone == "M1" ? ["M0"] : ["M0", "M1"]);
        await run.ConfirmAsync(milestone);
        await RefusedAsync(run, item);
        Assert.Equal(("外围发现问题", null), (run.TheLead.Patrols[^1].Outcome, run.TheLead.Patrols[^1].Consent));
        Assert.Single(run.All<Case>());
        Assert.Contains(run.State.Bookmarks, b => b.ActivityId == step);
    }

    [Theory]
    [InlineData("现使用人为当事人", 1)]
    [InlineData("另有责任人", 0)]
    public async Task Works_of_an_earlier_owner_go_to_legal_review_first(string decided, int cases)
    {
        var run = await PartyOpenAsync("HR-03");
        Assert.Empty(run.All<Case>());
        await run.DoAsync("project.party", People.With(Role.LegalReviewer, "CLE"), decided, new { note = "经查登记和竣工影像" });
        Assert.Equal(cases, run.All<Case>().Count);
    }

    [Theory]
    [InlineData("HR-03", "DemolitionM1")]
    [InlineData("HR-12", "OpenCaseM1")]
    public async Task Works_of_an_earlier_owner_take_the_way_of_what_was_found_and_not_of_a_later_patrol(string item, string step)
    {
        var run = await PartyOpenAsync(item);
        await run.UntilAsync(12, 21);
        await run.ConfirmAsync("M2");
        await PatrolAsync(run, "未发现问题");
        await run.DoAsync("project.party", People.With(Role.LegalReviewer, "CLE"), "现使用人为当事人", new { note = "现使用人承诺拆除" });
        Assert.Contains(run.State.Bookmarks, b => b.ActivityId == step);
    }

    [Theory]
    [InlineData("M3")]
    [InlineData("M5")]
    [InlineData("M6")]
    public async Task Works_of_an_earlier_owner_come_to_demolition_at_each_milestone_where_they_may(string milestone)
    {
        string[] all = ["M0", "M1", "M2", "M3", "M4", "M5", "M6"];
        var run = await StartAsync(reached: [.. all.TakeWhile(m => m != milestone)]);
        await run.ConfirmAsync(milestone);
        await PatrolAsync(run, "责任主体待定", found: ["HR-08"]);
        Assert.NotEqual(LeadState.Closed, run.TheLead.State);
        await run.DoAsync("project.party", People.With(Role.LegalReviewer, "CLE"), "现使用人为当事人", new { note = "现使用人承诺拆除" });
        Assert.Contains(run.State.Bookmarks, b => b.ActivityId == "Demolition" + milestone);
        Assert.Single(run.All<Case>());
    }

    [Fact]
    public async Task What_was_passed_and_is_found_again_at_the_look_back_is_told_apart()
    {
        var run = await StartAsync(reached: ["M0", "M1", "M2", "M3", "M4"]);
        await run.ConfirmAsync("M5");
        await PatrolAsync(run, "未发现问题", passed: ["HR-08", "HR-03"]);
        await run.UntilAsync(2, 8, year: 2028);
        await run.ConfirmAsync("M6");
        await PatrolAsync(run, "发现问题", found: ["HR-08"]);
        Assert.Equal("合格后复发", run.TheLead.Patrols[^1].Outcome);
        Assert.Equal(["HR-08"], run.TheLead.Patrols[^1].Recurred);
        Assert.Contains(run.Session.Outbox, m => m is { Recipient: "department:CLE", Kind: "合格后复发" });
        var matter = Assert.Single(run.All<Case>());
        Assert.Equal((TriggerKind.Milestone, "HM-1"), (matter.Trigger, matter.TargetId));
        Assert.Equal(LeadState.Closed, run.TheLead.State);
    }

    [Fact]
    public void Its_diagram_is_clean() => Assert.Empty(DefinitionValidator.Validate(
        CaseRun.ProjectDefinition("home-renovation"), new Engine.Activities.ActivityRegistry().RegisterFrom(typeof(Activities.Work.HumanStep).Assembly)));

    [Theory]
    [InlineData("WY-2", null, "caretaker-unknown")]
    [InlineData("WY-1", 101, "field-too-long")]
    public async Task A_property_firm_that_is_on_no_roster_and_a_contractor_with_too_long_a_name_are_refused(string caretaker, int? contractor, string code)
    {
        var refused = await Assert.ThrowsAsync<Supervision.Sessions.RuleViolationException>(() => StartAsync(null, caretaker, contractor is { } length ? new string('甲', length) : null));
        Assert.Equal(code, refused.Code);
    }

    private static async Task<CaseRun> StartAsync(IReadOnlyList<string>? reached = null, string caretaker = "WY-1", string? contractor = null) =>
        await new CaseRun(CaseRun.ProjectDefinition("home-renovation"), "home-renovation") { Tags = ["住宅装修项目"] }.StartProjectAsync(new NewProject
        {
            Scenario = "home-renovation", Number = "HM-1", Name = "样例小区3幢501室装修", Address = "样例小区3幢501室", TownCode = "330203001", Tags = ["住宅装修项目"], Owner = "样例业主", Phone = "0574-00000000",
            CaretakerId = caretaker, Contractor = contractor, StartsOn = new DateOnly(2026, 12, 7), EndsOn = new DateOnly(2027, 2, 5), Reached = reached ?? [],
        });

    [Fact]
    public async Task A_milestone_that_lies_after_a_refusal_reminds_the_firm_all_the_same()
    {
        var run = await StartAsync();
        await run.ConfirmAsync("M0");
        await RefusedAsync(run);
        await PatrolAsync(run, "未发现问题");
        await run.UntilAsync(12, 18);
        Assert.Equal(["12-18 00:00 RemindFirm"], run.Completed().Where(line => line.EndsWith(" RemindFirm", StringComparison.Ordinal)));
    }

    private static async Task<CaseRun> PartyOpenAsync(string item)
    {
        var run = await StartAsync();
        await ReachAsync(run, "M0");
        await run.ConfirmAsync("M1");
        await PatrolAsync(run, "责任主体待定", found: [item]);
        return run;
    }

    private static Task RefusedAsync(CaseRun run, params string[] found) => run.DoAsync(
        "project.patrol", People.Officer("TOWN"), "拒绝入户", new PatrolReport(Found: found, NoticeLeft: true, EvidenceIds: ["E1"], Note: "业主不同意入户，留置告知"));

    private static async Task ReachAsync(CaseRun run, string milestone)
    {
        await run.ConfirmAsync(milestone);
        await PatrolAsync(run, "未发现问题");
    }

    private static Task PatrolAsync(CaseRun run, string outcome, string[]? passed = null, string[]? found = null) => run.DoAsync(
        "project.patrol", People.Officer("TOWN"), outcome, new PatrolReport(passed, found, true, new EntryConsent("样例业主", "业主", run.Session.Now), false, ["E1"], "经同意入户查看"));
}
