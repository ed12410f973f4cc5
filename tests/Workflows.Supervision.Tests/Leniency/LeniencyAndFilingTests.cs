using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Leniency;

public sealed class LeniencyAndFilingTests
{
    private readonly World _world = new();

    private static Finding FindingOf(PenaltyClause clause, Severity severity, bool fixedOnSpot) => new()
    {
        Id = "F1", CaseKey = "k", Created = new Cause(null, "a", "a", default), VisitId = "V1", ItemCode = "X", ItemTitle = "x", SupervisingDepartment = "MKT",
        PenaltyDepartment = "MKT", Severity = severity, PenaltyClause = clause, ViolatedOn = new DateOnly(2026, 12, 1), Violates = [], Facts = "f", Disposition = Disposition.FixedOnSpot,
        Fix = fixedOnSpot ? new OnTheSpotFix(default, "E1", "E2", "d") : null,
    };

    // 处罚法 33(1): kind, clause, severity, fixed, harm, first offence → open or not.
    [Theory]
    [InlineData(LeniencyKind.FirstOffence, PenaltyClause.Direct, Severity.General, true, "轻微", true, true)]
    [InlineData(LeniencyKind.FirstOffence, PenaltyClause.WarnAndCorrect, Severity.Minor, true, "无", true, true)]
    [InlineData(LeniencyKind.FirstOffence, PenaltyClause.CorrectFirst, Severity.Minor, true, "无", true, false)]
    [InlineData(LeniencyKind.FirstOffence, PenaltyClause.NoClause, Severity.Minor, true, "无", true, false)]
    [InlineData(LeniencyKind.FirstOffence, PenaltyClause.Direct, Severity.Minor, false, "无", true, false)]
    [InlineData(LeniencyKind.FirstOffence, PenaltyClause.Direct, Severity.Minor, true, "无", false, false)]
    [InlineData(LeniencyKind.FirstOffence, PenaltyClause.Direct, Severity.Minor, true, "严重", true, false)]
    [InlineData(LeniencyKind.MinorOffence, PenaltyClause.Direct, Severity.Minor, true, "无", true, true)]
    [InlineData(LeniencyKind.MinorOffence, PenaltyClause.Direct, Severity.Minor, true, "无", false, true)]
    [InlineData(LeniencyKind.MinorOffence, PenaltyClause.Direct, Severity.Minor, true, "轻微", true, false)]
    [InlineData(LeniencyKind.MinorOffence, PenaltyClause.Direct, Severity.General, true, "无", true, false)]
    [InlineData(LeniencyKind.MinorOffence, PenaltyClause.CorrectFirst, Severity.Minor, true, "无", true, false)]
    [InlineData(LeniencyKind.MinorOffence, PenaltyClause.Direct, Severity.Minor, false, "无", true, false)]
    public void Leniency_is_open_only_under_all_its_conditions(LeniencyKind kind, PenaltyClause clause, Severity severity, bool fixedOnSpot, string harm, bool first, bool open)
    {
        var item = _world.Scenario.Items[0] with { Leniency = new ItemLeniency(true, true, "事项", []) };

        Assert.Equal(open, LeniencyService.UnmetConditions(kind, FindingOf(clause, severity, fixedOnSpot), item, harm, first).Count == 0);
    }

    [Fact]
    public void An_item_outside_the_list_gets_no_leniency()
    {
        var item = _world.Scenario.Items[0] with { Leniency = null };

        Assert.NotEmpty(LeniencyService.UnmetConditions(LeniencyKind.FirstOffence, FindingOf(PenaltyClause.Direct, Severity.Minor, true), item, "无", true));
    }

    private async Task<LeniencyDecision> ProposeAsync(string caseId, string findingId, LeniencyKind kind = LeniencyKind.FirstOffence) =>
        await new LeniencyService(_world.Session, _world).ProposeAsync(new ProposeLeniency(caseId, kind, [findingId], "无", "已当面教育", true));

    [Fact]
    public async Task Leniency_needs_a_legal_review_by_another_and_the_head()
    {
        var (one, visit) = await _world.VisitedAsync("EH-06+");
        Assert.Equal(visit.FindingIds, visit.LenientFindingIds);
        var service = new LeniencyService(_world.Session, _world);
        var decision = await ProposeAsync(one.Id, visit.FindingIds[0]);
        var handlerAsReviewer = World.Officer("CUL") with { Roles = [Role.Inspector, Role.LegalReviewer] };

        _world.As(World.Head("CUL"));
        await Refused.WithAsync("legal-review-missing", RefusalKind.Conflict, () => service.DecideAsync(decision.Id, true, "同意").AsTask());
        _world.As(handlerAsReviewer);
        await Refused.WithAsync("own-legal-review", RefusalKind.Forbidden, () => service.ReviewAsync(decision.Id, true, "同意").AsTask());
        _world.As(World.Officer("CUL", 2));
        await Refused.WithAsync("legal-reviewer-required", RefusalKind.Forbidden, () => service.ReviewAsync(decision.Id, true, "同意").AsTask());
        _world.As(World.WithRole(Role.LegalReviewer, "CUL"));
        Assert.Equal(LeniencyService.Agreed, await service.ReviewAsync(decision.Id, true, "符合清单"));
        await Refused.WithAsync("head-required", RefusalKind.Forbidden, () => service.DecideAsync(decision.Id, true, "同意").AsTask());
        _world.As(World.Head("CUL"));
        Assert.Equal(LeniencyService.Granted, await service.DecideAsync(decision.Id, true, "同意"));

        var finding = (await _world.Session.FindAsync<Finding>(visit.FindingIds[0]))!;
        Assert.Equal((Disposition.Lenient, "已当面教育"), (finding.Disposition, finding.Education!.Reason));
    }

    [Fact]
    public async Task A_breach_within_the_look_back_is_no_first_offence_and_one_before_it_is()
    {
        _world.On(2024, 12, 2);
        await _world.VisitedAsync("EH-06+");
        _world.On(2026, 12, 1);
        var (one, visit) = await _world.VisitedAsync("EH-06+");
        var refusal = await Refused.WithAsync("leniency-conditions", RefusalKind.Conflict, () => ProposeAsync(one.Id, visit.FindingIds[0]));
        Assert.Contains("不是初次违法", refusal.Message, StringComparison.Ordinal);

        _world.On(2026, 12, 3);
        var query = await new LeniencyService(_world.Session, _world).QueryAsync("T001", one.Id, ["EH-06"], _world.Scenario.Leniency.LookBack);
        Assert.Equal((new DateOnly(2024, 12, 3), 0), (query.From, query.EarlierCaseIds.Count));
    }

    [Fact]
    public async Task A_breach_of_another_kind_ends_as_fixed_with_education()
    {
        var (one, visit) = await _world.VisitedAsync("EH-23+");
        Assert.Empty(visit.LenientFindingIds);
        await Refused.WithAsync("leniency-conditions", RefusalKind.Conflict, () => ProposeAsync(one.Id, visit.FindingIds[0]));

        var finding = await new LeniencyService(_world.Session, _world).EducateAsync(visit.FindingIds[0], "讲解控烟要求");

        Assert.Equal((Disposition.FixedOnSpot, "讲解控烟要求"), (finding.Disposition, finding.Education!.Reason));
    }

    [Fact]
    public async Task A_filing_waits_with_the_own_limit_of_its_organ_until_number_and_outcome_come_back()
    {
        var (one, visit) = await _world.VisitedAsync("EH-02", "EH-03");
        var service = new CaseFilingService(_world.Session, _world);
        var filings = await service.ProposeAsync(one.Id, visit.FindingIds, "未经许可");
        Assert.Equal(["PSB", "FIR"], filings.Select(f => f.Department));
        Assert.Equal(new DateOnly(2026, 12, 8), filings[0].FileBy);

        await Refused.WithAsync("already-filed", RefusalKind.Conflict, () => service.ProposeAsync(one.Id, [visit.FindingIds[0]], "重复").AsTask());
        _world.As(World.Head("PSB"));
        await Refused.WithAsync("legal-review-missing", RefusalKind.Conflict, () => service.DecideAsync(filings[0].Id, true, "立案").AsTask());
        _world.As(World.Officer("CUL") with { Roles = [Role.LegalReviewer] });
        await Refused.WithAsync("own-legal-review", RefusalKind.Forbidden, () => service.ReviewAsync(filings[0].Id, true, "同意").AsTask());
        _world.As(World.WithRole(Role.LegalReviewer));
        foreach (var filing in filings)
        {
            Assert.True(await service.ReviewAsync(filing.Id, true, "同意"));
        }

        _world.As(World.Head("FIR"));
        await Refused.WithAsync("other-department", RefusalKind.Forbidden, () => service.DecideAsync(filings[0].Id, true, "立案").AsTask());
        Assert.Equal(CaseFilingService.Filed, await service.DecideAsync(filings[1].Id, true, "立案"));
        _world.As(World.Head("PSB"));
        Assert.Equal(CaseFilingService.Filed, await service.DecideAsync(filings[0].Id, true, "立案"));

        // 治安 30 calendar days, others 90; both from 1 December 2026.
        var psb = (await _world.Session.FindAsync<CaseFiling>(filings[0].Id))!;
        var fir = (await _world.Session.FindAsync<CaseFiling>(filings[1].Id))!;
        Assert.Equal((new DateOnly(2026, 12, 31), true), (psb.DecideBy!.Value, psb.Sealed));
        Assert.Equal((new DateOnly(2027, 3, 1), false), (fir.DecideBy!.Value, fir.Sealed));

        var cases = new CaseService(_world.Session, _world, _world);
        await Refused.WithAsync("case-open-matters", RefusalKind.Conflict, () => cases.CloseAsync(one.Id, "立案", "移交").AsTask());
        await Refused.WithAsync("filing-number-missing", RefusalKind.Conflict, () => service.ConcludeAsync(psb.Id, "罚款").AsTask());
        await service.AssignNumberAsync(psb.Id, "甬公立〔2026〕1号");
        Assert.Equal(FilingState.Concluded, (await service.ConcludeAsync(psb.Id, "罚款")).State);
    }

    // practice.md 3: limits and seals belong to organ and law. EH-12 is punished under the rules of the network, EH-02 under 治安管理处罚法.
    [Theory]
    [InlineData("EH-02", "PSB-CASE", "2026-12-31")]
    [InlineData("EH-12", "APL-60", "2027-03-01")]
    public async Task The_police_have_thirty_days_only_for_what_they_punish_under_their_own_law(string item, string rule, string decideBy)
    {
        var (one, visit) = await _world.VisitedAsync(item);
        var service = new CaseFilingService(_world.Session, _world);
        var filing = Assert.Single(await service.ProposeAsync(one.Id, visit.FindingIds, "逾期未改正"));
        _world.As(World.WithRole(Role.LegalReviewer));
        await service.ReviewAsync(filing.Id, true, "同意");
        _world.As(World.Head("PSB"));
        await service.DecideAsync(filing.Id, true, "立案");
        var filed = (await _world.Session.FindAsync<CaseFiling>(filing.Id))!;
        Assert.Equal(("PSB", rule, DateOnly.Parse(decideBy, System.Globalization.CultureInfo.InvariantCulture)), (filed.Department, filed.LimitRule, filed.DecideBy!.Value));
        if (rule == CaseFilingService.GeneralRule)
        {
            await Refused.WithAsync("filing-not-extendable", RefusalKind.Conflict, () => new FilingExtensions(_world.Session, _world).ExtendAsync(filing.Id, "案情复杂").AsTask());
        }
    }

    [Theory]
    [InlineData("《中华人民共和国治安管理处罚法》第六十七条第一款", true)]
    [InlineData("《危险化学品安全管理条例》第八十八条", false)]
    public void Records_under_the_police_law_are_sealed_whatever_the_scenario_forgot(string clause, bool isSealed)
    {
        var police = ScenarioPackageReader.Read(File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions/reservoir/scenario.json")),
            File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions/legal-bases.json"))).Package!.Scenario.Department("PSB")!;
        Assert.False(police.SealedRecords);
        Assert.Equal(isSealed, police.Seals([new Citation("X", clause, null)]));
    }

    [Fact]
    public async Task The_head_of_the_police_extends_a_case_twice_by_thirty_days_and_who_has_no_such_law_never()
    {
        var (one, visit) = await _world.VisitedAsync("EH-02", "EH-03");
        var service = new CaseFilingService(_world.Session, _world);
        var filings = await service.ProposeAsync(one.Id, visit.FindingIds, "未经许可");
        foreach (var filing in filings)
        {
            _world.As(World.WithRole(Role.LegalReviewer));
            await service.ReviewAsync(filing.Id, true, "同意");
            _world.As(World.Head(filing.Department!));
            await service.DecideAsync(filing.Id, true, "立案");
        }

        var (psb, fir) = (filings[0].Id, filings[1].Id);
        var extensions = new FilingExtensions(_world.Session, _world);
        // The step that waits for the outcome counts from the filing with a clock of its own.
        var step = Supervision.Deadlines.StepLimits.StartLegal(
            _world.Session, new Supervision.Deadlines.LimitScope(one.CaseKey, one.Id, null, one.TargetId, one.Area, "PSB", "department:PSB"), "PSB-CASE", "立案", new DateOnly(2026, 12, 1), Supervision.Time.LegalPeriod.CalendarDays(30));

        await Refused.WithAsync("other-department", RefusalKind.Forbidden, () => extensions.ExtendAsync(psb, "案情复杂").AsTask());
        await Refused.WithAsync("filing-not-extendable", RefusalKind.Conflict, () => extensions.ExtendAsync(fir, "案情复杂").AsTask());
        _world.As(World.Officer("PSB"));
        await Refused.WithAsync("head-required", RefusalKind.Forbidden, () => extensions.ExtendAsync(psb, "案情复杂").AsTask());
        _world.As(World.Head("PSB")).On(2026, 12, 31);
        await Refused.WithAsync("field-missing", RefusalKind.Invalid, () => extensions.ExtendAsync(psb, " ").AsTask());

        // 31 December + 30 days = 30 January, a Saturday, so Monday 1 February; 30 more from the uncounted end.
        var first = await extensions.ExtendAsync(psb, "需要进一步调查取证");
        var kept = Assert.Single(first.Extensions);
        Assert.Equal((new DateOnly(2026, 12, 31), "需要进一步调查取证", "head-PSB"), (kept.Before, kept.Decision.Reason, kept.Decision.By));
        Assert.Equal(first.DecideBy, kept.Due);
        Assert.InRange(first.DecideBy!.Value, new DateOnly(2027, 1, 30), new DateOnly(2027, 2, 1));
        Assert.Equal(first.DecideBy, (await _world.Session.FindAsync<Supervision.Deadlines.StepLimit>(step.Id))!.LastDay);

        var second = await extensions.ExtendAsync(psb, "等待鉴定意见");
        Assert.InRange(second.DecideBy!.Value, new DateOnly(2027, 3, 1), new DateOnly(2027, 3, 3));
        await Refused.WithAsync("filing-extensions-used", RefusalKind.Conflict, () => extensions.ExtendAsync(psb, "再延长").AsTask());
        Assert.Equal(2, second.Extensions.Count);
    }

    [Fact]
    public async Task Of_two_cases_of_one_department_the_one_that_is_extended_moves_and_its_step_alone()
    {
        var (one, visit) = await _world.VisitedAsync("EH-02", "EH-08");
        var service = new CaseFilingService(_world.Session, _world);
        async Task<CaseFiling> FileAsync(string finding, int day)
        {
            var filing = Assert.Single(await service.ProposeAsync(one.Id, [finding], "未经许可"));
            _world.As(World.WithRole(Role.LegalReviewer));
            await service.ReviewAsync(filing.Id, true, "同意");
            _world.As(World.Head("PSB")).On(2026, 12, day);
            await service.DecideAsync(filing.Id, true, "立案");
            return (await _world.Session.FindAsync<CaseFiling>(filing.Id))!;
        }

        string Step(int day) => Supervision.Deadlines.StepLimits.StartLegal(
            _world.Session, new Supervision.Deadlines.LimitScope(one.CaseKey, one.Id, null, one.TargetId, one.Area, "PSB", "department:PSB"), "PSB-CASE", "立案", new DateOnly(2026, 12, day), Supervision.Time.LegalPeriod.CalendarDays(30)).Id;
        async Task<DateOnly?> DayAsync(string step) => (await _world.Session.FindAsync<Supervision.Deadlines.StepLimit>(step))!.LastDay;
        // 治安: 30 days from 1 December end on 31 December, from 4 December on 3 January 2027, a Sunday after the holidays (1 to 3 January), so on Monday 4.
        var (first, second) = (await FileAsync(visit.FindingIds[0], 1), await FileAsync(visit.FindingIds[1], 4));
        var (ofFirst, ofSecond) = (Step(1), Step(4));
        Assert.Equal((new DateOnly(2026, 12, 31), new DateOnly(2027, 1, 4)), (first.DecideBy!.Value, second.DecideBy!.Value));

        var extensions = new FilingExtensions(_world.Session, _world);
        _world.As(World.Head("PSB")).On(2026, 12, 20);
        var extended = await extensions.ExtendAsync(second.Id, "案情复杂");
        Assert.True(extended.DecideBy > new DateOnly(2027, 1, 30));
        Assert.Equal((new DateOnly(2026, 12, 31), extended.DecideBy), (await DayAsync(ofFirst), await DayAsync(ofSecond)));
        Assert.Equal(new DateOnly(2026, 12, 31), (await _world.Session.FindAsync<CaseFiling>(first.Id))!.DecideBy);
    }

    [Fact]
    public async Task A_step_that_waits_for_two_cases_of_one_day_goes_as_far_as_the_later_and_no_further()
    {
        var (one, visit) = await _world.VisitedAsync("EH-02", "EH-08");
        var service = new CaseFilingService(_world.Session, _world);
        var filings = new List<CaseFiling>();
        foreach (var finding in visit.FindingIds)
        {
            var filing = Assert.Single(await service.ProposeAsync(one.Id, [finding], "未经许可"));
            _world.As(World.WithRole(Role.LegalReviewer));
            await service.ReviewAsync(filing.Id, true, "同意");
            _world.As(World.Head("PSB"));
            await service.DecideAsync(filing.Id, true, "立案");
            filings.Add(filing);
        }

        var step = Supervision.Deadlines.StepLimits.StartLegal(
            _world.Session, new Supervision.Deadlines.LimitScope(one.CaseKey, one.Id, null, one.TargetId, one.Area, "PSB", "department:PSB"), "PSB-CASE", "立案", new DateOnly(2026, 12, 1), Supervision.Time.LegalPeriod.CalendarDays(30));
        var extensions = new FilingExtensions(_world.Session, _world);
        _world.On(2026, 12, 20);
        var due = (await extensions.ExtendAsync(filings[0].Id, "案情复杂")).DecideBy;
        Assert.Equal(due, (await extensions.ExtendAsync(filings[1].Id, "案情复杂")).DecideBy);
        Assert.Equal(due, (await _world.Session.FindAsync<Supervision.Deadlines.StepLimit>(step.Id))!.LastDay);
    }

    [Fact]
    public async Task What_has_no_penalty_clause_cannot_be_filed()
    {
        var (one, visit) = await _world.VisitedAsync("EH-13");

        await Refused.WithAsync("no-penalty-clause", RefusalKind.Conflict, () => new CaseFilingService(_world.Session, _world).ProposeAsync(one.Id, visit.FindingIds, "逾期未改正").AsTask());
    }

    [Fact]
    public async Task A_filing_takes_overdue_items_out_of_their_order()
    {
        var (one, orders) = await _world.ServedAsync("EH-21");
        await _world.As(Actor.Clock).On(2026, 12, 23).Orders.MarkOverdueAsync(orders[0].Id);
        var service = new CaseFilingService(_world.Session, _world);
        var filing = (await service.ProposeAsync(one.Id, [orders[0].Items[0].FindingId], "逾期未改正"))[0];
        _world.As(World.WithRole(Role.LegalReviewer));
        await service.ReviewAsync(filing.Id, true, "同意");
        _world.As(World.Head("HEA"));
        await service.DecideAsync(filing.Id, true, "立案");

        Assert.Equal(OrderState.Filed, (await _world.Session.FindAsync<RectificationOrder>(orders[0].Id))!.State);
    }
}
