using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Tests.Inspections;

/// <summary>自我纠错: what the party put right by itself before the check, and said.</summary>
public sealed class SelfCorrectionTests
{
    // EH-20 cannot be put right on the spot; its first offence may go unpunished.
    private const string Item = "EH-20";

    private readonly World _world = new();

    [Fact]
    public async Task What_the_party_reported_before_the_check_counts_as_prompt_correction_once_the_officers_confirm_it()
    {
        var one = await _world.OpenCaseAsync();
        var report = await ReportAsync(one, Item);
        Assert.Equal(("self-correction", "department:CUL"), (report.Subject, report.Index.Owner));
        var visit = await _world.ArrivedAsync(one);
        var result = await RecordAsync(one, visit, fixedAt: _world.Session.Now.AddDays(-1));

        var finding = Assert.Single(await _world.Session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }));
        Assert.Equal((report.Id, Disposition.FixedOnSpot, false), (finding.SelfCorrectionId, finding.Disposition, finding.IsRectified));
        Assert.Equal([finding.Id], result.LenientFindingIds);
        var decision = await Leniency.ProposeAsync(new ProposeLeniency(one.Id, LeniencyKind.FirstOffence, [finding.Id], "轻微", "已当面教育", true));
        Assert.Equal([report.Id], decision.SelfCorrectionIds);
    }

    [Fact]
    public async Task Without_a_report_or_with_one_on_another_item_nothing_counts()
    {
        var one = await _world.OpenCaseAsync();
        await ReportAsync(one, "EH-21");
        var visit = await _world.ArrivedAsync(one);
        await Refused.WithAsync("not-fixable-on-spot", RefusalKind.Invalid, () => RecordAsync(one, visit, _world.Session.Now));
        await RecordAsync(one, visit, null);
        var finding = Assert.Single(await _world.Session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }));
        Assert.Equal((null, Disposition.Rectification), (finding.SelfCorrectionId, finding.Disposition));
        await Refused.WithAsync("leniency-conditions", RefusalKind.Conflict,
            () => Leniency.ProposeAsync(new ProposeLeniency(one.Id, LeniencyKind.FirstOffence, [finding.Id], "轻微", "已当面教育", true)).AsTask());
    }

    [Fact]
    public async Task A_report_is_the_partys_own_has_proof_and_comes_before_the_record()
    {
        var one = await _world.OpenCaseAsync();
        _world.As(World.Party("T002"));
        await Refused.WithAsync("not-own-case", RefusalKind.NotFound, () => SendAsync(one, Correction(Item)));
        _world.As(World.Party());
        await Refused.WithAsync("self-correction-items", RefusalKind.Invalid, () => SendAsync(one));
        await Refused.WithAsync("field-missing", RefusalKind.Invalid, () => SendAsync(one, Correction(Item) with { EvidenceIds = [] }));
        await Refused.WithAsync("self-correction-items", RefusalKind.Invalid, () => SendAsync(one, Correction(Item) with { CorrectedAt = _world.Session.Now.AddHours(1) }));
        var visit = await _world.ArrivedAsync(one);
        _world.As(World.Party());
        Assert.NotNull(await SendAsync(one, Correction(Item)));
        _world.As(World.Officer("CUL"));
        await RecordAsync(one, visit, null);
        _world.As(World.Party());
        await Refused.WithAsync("self-correction-late", RefusalKind.Conflict, () => SendAsync(one, Correction("EH-12")));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task A_phone_whose_clock_is_a_little_fast_is_not_refused_and_the_time_kept_is_that_of_the_report(int minutes, bool taken)
    {
        var one = await _world.OpenCaseAsync();
        _world.As(World.Party());
        var item = Correction(Item) with { CorrectedAt = _world.Session.Now.AddMinutes(minutes) };
        if (taken)
        {
            Assert.Equal(_world.Session.Now, Assert.Single((await SendAsync(one, item)).Corrections).CorrectedAt);
        }
        else
        {
            await Refused.WithAsync("self-correction-items", RefusalKind.Invalid, () => SendAsync(one, item));
        }
    }

    private LeniencyService Leniency => new(_world.Session, _world);

    private SelfCorrection Correction(string item) => new(item, "消毒记录不全", "已补齐并重新消毒", _world.Session.Now.AddDays(-1), ["P1"]);

    private Task<PartyStatement> SendAsync(Case one, params SelfCorrection[] items) => new SelfCorrections(_world.Session).ReportAsync(new ReportSelfCorrection(one.Id, items)).AsTask();

    private async Task<PartyStatement> ReportAsync(Case one, string item)
    {
        _world.As(World.Party());
        return await SendAsync(one, Correction(item));
    }

    private async Task<VisitResult> RecordAsync(Case one, Visit visit, DateTimeOffset? fixedAt)
    {
        var breach = World.Breach(Item) with { Fix = fixedAt is { } at ? new OnTheSpotFix(at, "P0", "P1", "经核实已自行改正") : null };
        return await new VisitRecording(_world.Session, _world).RecordAsync(visit.Id, _world.Record(one, new Dictionary<string, ItemResult> { [Item] = breach }));
    }
}
