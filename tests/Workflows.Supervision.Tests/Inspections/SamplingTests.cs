using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sampling;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Tests.Inspections;

/// <summary>食品安全法 88: seven working days from the day after the result was served; what cannot be tested again; what a second test changes.</summary>
public sealed class SamplingTests
{
    private static readonly string[] TwoOfHea = ["HEA1", "HEA2"];

    private readonly World _world = new();

    private SamplingService Service => new(_world.Session, _world, new VisitRecording(_world.Session, _world), new CaseFilingService(_world.Session, _world));

    [Fact]
    public async Task A_failed_test_is_a_finding_of_the_day_of_sampling_and_is_proposed_for_filing()
    {
        var visit = await SampledAsync();
        _world.On(2026, 12, 14).As(World.Officer("HEA"));

        Assert.Equal(["HEA"], await Service.ReportAsync(visit.Id, [Failed()]));

        var finding = Assert.Single(await _world.Session.ListAsync<Finding>(new AggregateFilter()));
        Assert.Equal((new DateOnly(2026, 12, 1), true, false, Disposition.Filing), (finding.ViolatedOn, finding.IsFiledAtOnce, finding.IsRectified, finding.Disposition));
        Assert.Contains("JY-1", finding.Facts, StringComparison.Ordinal);
        Assert.Equal(FilingState.Proposed, Assert.Single(await _world.Session.ListAsync<CaseFiling>(new AggregateFilter())).State);
    }

    [Fact]
    public async Task A_test_that_passes_makes_no_finding()
    {
        var visit = await SampledAsync();
        _world.On(2026, 12, 14).As(World.Officer("HEA"));

        Assert.Empty(await Service.ReportAsync(visit.Id, [new SampleReport(1, Report(passed: true))]));

        Assert.Empty(await _world.Session.ListAsync<Finding>(new AggregateFilter()));
    }

    // Served Monday 14 December: the seventh working day is Wednesday 23 December (weekends 19 and 20 do not count).
    [Theory]
    [InlineData(23, null)]
    [InlineData(24, "retest-late")]
    public async Task The_party_may_ask_until_the_seventh_working_day(int day, string? refused)
    {
        var visit = await ToldAsync();
        _world.On(2026, 12, day).As(World.Party());

        if (refused is null)
        {
            Assert.Equal(new DateOnly(2026, 12, day), (await Service.AskRetestAsync(visit.Id, new AskRetest(1, "有异议"))).Samples[0].Retest!.AskedOn);
            await Refused.WithAsync("retest-once", RefusalKind.Conflict, () => Service.AskRetestAsync(visit.Id, new AskRetest(1, "有异议")).AsTask());
        }
        else
        {
            await Refused.WithAsync(refused, RefusalKind.Conflict, () => Service.AskRetestAsync(visit.Id, new AskRetest(1, "有异议")).AsTask());
        }
    }

    [Theory]
    [InlineData(true, true, "retest-microbial")]
    [InlineData(false, false, "retest-no-backup")]
    public async Task What_cannot_be_tested_again_is_refused(bool microbial, bool backup, string code)
    {
        var visit = await ToldAsync(microbial, backup);
        _world.On(2026, 12, 15).As(World.Party());

        await Refused.WithAsync(code, RefusalKind.Conflict, () => Service.AskRetestAsync(visit.Id, new AskRetest(1, "有异议")).AsTask());
    }

    [Fact]
    public async Task Another_party_does_not_find_the_sample()
    {
        var visit = await ToldAsync();
        _world.As(World.Party("T002"));

        await Refused.WithAsync("not-own-case", RefusalKind.NotFound, () => Service.AskRetestAsync(visit.Id, new AskRetest(1, "有异议")).AsTask());
    }

    [Fact]
    public async Task The_days_of_the_second_test_do_not_count_for_the_case_and_a_pass_refutes_the_finding()
    {
        var visit = await ToldAsync();
        var filing = Assert.Single(await _world.Session.ListAsync<CaseFiling>(new AggregateFilter()));
        await FileAsync(filing);
        // Ninety days from 14 December end on Sunday 14 March and roll over to Monday.
        Assert.Equal(new DateOnly(2027, 3, 15), (await ClockAsync(filing)).Clock.Due);
        _world.On(2026, 12, 22).As(World.Party());
        await Service.AskRetestAsync(visit.Id, new AskRetest(1, "有异议"));
        Assert.True((await ClockAsync(filing)).Clock.IsPaused);
        _world.On(2026, 12, 30).As(World.Officer("HEA"));

        Assert.True(await Service.ConcludeAsync(visit.Id, new SampleReport(1, Report(passed: true))));

        // Eight days, 22 to 29 December, do not count: 14 March and eight days is Monday 22 March.
        Assert.Equal(new DateOnly(2027, 3, 22), (await ClockAsync(filing)).Clock.Due);
        Assert.Equal(Disposition.Refuted, Assert.Single(await _world.Session.ListAsync<Finding>(new AggregateFilter())).Disposition);
        await Refused.WithAsync("already-reported", RefusalKind.Conflict, () => Service.ConcludeAsync(visit.Id, Failed()).AsTask());
    }

    [Fact]
    public async Task What_is_refuted_before_the_decision_cannot_be_filed()
    {
        var visit = await ToldAsync();
        var filing = Assert.Single(await _world.Session.ListAsync<CaseFiling>(new AggregateFilter()));
        _world.As(World.Party());
        await Service.AskRetestAsync(visit.Id, new AskRetest(1, "有异议"));
        _world.As(World.Officer("HEA"));
        await Service.ConcludeAsync(visit.Id, new SampleReport(1, Report(passed: true)));

        await Refused.WithAsync("finding-refuted", RefusalKind.Conflict, () => FileAsync(filing));
        _world.As(World.Head("HEA"));
        Assert.Equal(CaseFilingService.NotFiled, await new CaseFilingService(_world.Session, _world).DecideAsync(filing.Id, false, "复检合格"));
    }

    [Theory]
    [InlineData("EH-01", "HEA1", "HEA2", "item-not-sampled")]
    [InlineData("EH-20", "HEA1", "HEA1", "two-officers")]
    [InlineData("EH-20", "HEA1", "FIR1", "two-officers")]
    public async Task Samples_are_taken_for_items_that_are_tested_by_two_officers_of_the_team(string item, string first, string second, string code)
    {
        var visit = await _world.On(2026, 12, 1).ArrivedAsync(await _world.OpenCaseAsync());

        await Refused.WithAsync(code, RefusalKind.Invalid, () => Service.TakeAsync(visit.Id, [Sample(true) with { ItemCode = item, OfficerIds = [first, second] }]).AsTask());
        Assert.Empty((await _world.Session.FindAsync<Visit>(visit.Id))!.Samples);
    }

    [Fact]
    public async Task A_report_has_to_come_for_every_sample_and_an_assistant_enters_none()
    {
        var visit = await SampledAsync();
        await Refused.WithAsync("report-missing", RefusalKind.Invalid, () => Service.ReportAsync(visit.Id, []).AsTask());
        _world.As(World.Assistant("HEA"));
        await Refused.WithAsync("assistant-decides", RefusalKind.Forbidden, () => Service.ReportAsync(visit.Id, [Failed()]).AsTask());
        Assert.Null((await _world.Session.FindAsync<Visit>(visit.Id))!.Samples[0].Report);
    }

    private static SampleTaken Sample(bool backup) => new("EH-20", "CY-1", "样品", "20261201", "2份", "检验所", TwoOfHea, backup);

    private static TestReport Report(bool passed, bool microbial = false) => new("JY-1", new DateOnly(2026, 12, 1), passed, "结果", microbial);

    private static SampleReport Failed(bool microbial = false) => new(1, Report(false, microbial), ["E9"]);

    private async Task<Visit> SampledAsync(bool backup = true)
    {
        var visit = await _world.On(2026, 12, 1).ArrivedAsync(await _world.OpenCaseAsync());
        _world.As(World.Officer("HEA"));
        return await Service.TakeAsync(visit.Id, [Sample(backup)]);
    }

    private async Task<Visit> ToldAsync(bool microbial = false, bool backup = true)
    {
        var visit = await SampledAsync(backup);
        _world.On(2026, 12, 14).As(World.Officer("HEA"));
        await Service.ReportAsync(visit.Id, [Failed(microbial)]);
        return await Service.MarkToldAsync(visit.Id, new DateOnly(2026, 12, 14));
    }

    private async Task FileAsync(CaseFiling filing)
    {
        var service = new CaseFilingService(_world.Session, _world);
        _world.As(World.WithRole(Role.LegalReviewer));
        await service.ReviewAsync(filing.Id, true, "同意");
        _world.As(World.Head("HEA"));
        await service.DecideAsync(filing.Id, true, "立案");
    }

    private async Task<DeadlineClock> ClockAsync(CaseFiling filing) =>
        (await _world.Session.FindAsync<DeadlineClock>((await _world.Session.FindAsync<CaseFiling>(filing.Id))!.ClockId!))!;
}
