using System.Text.Json.Nodes;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Tests.Rectification;

public sealed class RectificationTests
{
    private readonly World _world = new();

    [Fact]
    public async Task Each_organ_orders_in_its_own_name_with_a_date_for_each_item()
    {
        var (_, orders) = await _world.ServedAsync("EH-20", "EH-21", "EH-09");

        // Served Tuesday 1 December 2026: 5 and 7 and 15 working days, first day excluded.
        Assert.Equal(["PSB 12-08", "HEA 12-10 12-22"], orders.Select(o => $"{o.Department} {string.Join(' ', o.Items.Select(i => $"{i.Due:MM-dd}"))}"));
        Assert.All(orders, o => Assert.Equal(OrderState.Served, o.State));
    }

    [Theory]
    [InlineData(7, null, null)]
    [InlineData(3, "设备已到货", null)]
    [InlineData(10, "需送检", null)]
    [InlineData(3, null, "field-missing")]
    [InlineData(2, "赶工", "period-out-of-bounds")]
    [InlineData(11, "需送检", "period-out-of-bounds")]
    public async Task The_officer_chooses_a_period_within_the_bounds_and_says_why(int length, string? reason, string? code)
    {
        var (one, visit) = await _world.VisitedAsync("EH-20");
        Task Act() => _world.Orders.PrepareAsync(new PrepareOrders(one.Id, [new OrderItemChoice(visit.FindingIds[0], length, reason)])).AsTask();

        if (code is null)
        {
            await Act();
            var order = Assert.Single(await _world.Session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = one.Id }));
            Assert.Equal(length, order.Items[0].Period!.Value.Length);
        }
        else
        {
            await Refused.WithAsync(code, RefusalKind.Invalid, Act);
        }
    }

    [Fact]
    public async Task An_assistant_orders_nothing_and_only_the_own_head_approves()
    {
        var (one, _) = await _world.VisitedAsync("EH-20");
        _world.As(World.Assistant("HEA"));
        await Refused.WithAsync("assistant-decides", RefusalKind.Forbidden, () => _world.Orders.PrepareAsync(new PrepareOrders(one.Id)).AsTask());
        _world.As(World.Officer("HEA"));
        var package = await _world.Orders.PrepareAsync(new PrepareOrders(one.Id));

        await Refused.WithAsync("head-required", RefusalKind.Forbidden, () => _world.Orders.ApproveAsync(package.OrderIds[0], null).AsTask());
        _world.As(World.Head("FIR"));
        await Refused.WithAsync("other-department", RefusalKind.Forbidden, () => _world.Orders.ApproveAsync(package.OrderIds[0], null).AsTask());
    }

    [Fact]
    public async Task An_order_served_later_than_issued_binds_from_service()
    {
        var (one, _) = await _world.VisitedAsync("EH-20");
        var id = (await _world.Orders.PrepareAsync(new PrepareOrders(one.Id))).OrderIds[0];
        await _world.As(World.Head("HEA")).Orders.ApproveAsync(id, null);
        var document = await _world.As(World.Officer("HEA")).Issuing.IssueAsync(new Workflows.Supervision.Documents.IssueDocument("rectification-order", id));
        await _world.Orders.MarkIssuedAsync(id, document);
        var served = await _world.On(2026, 12, 4).Orders.MarkServedAsync(id, new DateOnly(2026, 12, 4));

        Assert.Equal((new DateOnly(2026, 12, 10), new DateOnly(2026, 12, 15)), (served.Items[0].PrintedDue!.Value, served.Items[0].Due!.Value));
        var clock = Assert.Single(await _world.Session.ListAsync<DeadlineClock>(new AggregateFilter { CaseId = one.Id }));
        Assert.Equal(("送达", new DateOnly(2026, 12, 4), "party:T001"), (clock.Clock.StartEvent, clock.Clock.StartDate, clock.Index.Owner));
    }

    [Fact]
    public async Task A_limit_has_passed_only_when_its_last_day_is_over()
    {
        var (_, orders) = await _world.ServedAsync("EH-20");
        _world.As(Actor.Clock).On(2026, 12, 10, 23);
        Assert.Empty(await _world.Orders.MarkOverdueAsync(orders[0].Id));
        _world.On(2026, 12, 11, 0);
        Assert.Equal([1], await _world.Orders.MarkOverdueAsync(orders[0].Id));
    }

    private async Task<ExtensionRequest> AskAsync(RectificationOrder order, int length = 7, Actor? party = null, params int[] items) =>
        await new ExtensionService(_world.As(party ?? World.Party()).Session, _world).SubmitAsync(new SubmitExtension(order.Id, items.Length > 0 ? items : [1], length, "配件未到"));

    [Fact]
    public async Task An_extension_counts_from_the_old_end_date()
    {
        var (_, orders) = await _world.ServedAsync("EH-20");
        _world.On(2026, 12, 10, 23);
        var request = await AskAsync(orders[0]);
        Assert.Equal(ShanghaiTime.PassedAt(new DateOnly(2026, 12, 14)), request.DecideBy);

        var outcome = await new ExtensionService(_world.As(World.Head("HEA")).On(2026, 12, 11).Session, _world).DecideAsync(request.Id, true, null, "理由成立");

        Assert.Equal(ExtensionService.Granted, outcome);
        var order = (await _world.Session.FindAsync<RectificationOrder>(orders[0].Id))!;
        Assert.Equal(new DateOnly(2026, 12, 21), order.Items[0].Due);
    }

    [Fact]
    public async Task A_refused_extension_leaves_the_date_and_silence_is_no_consent()
    {
        var (_, orders) = await _world.ServedAsync("EH-20");
        var request = await AskAsync(orders[0]);
        Assert.Equal(new DateOnly(2026, 12, 10), (await _world.Session.FindAsync<RectificationOrder>(orders[0].Id))!.Items[0].Due);

        Assert.Equal(ExtensionService.Refused, await new ExtensionService(_world.As(World.Head("HEA")).Session, _world).DecideAsync(request.Id, false, null, "理由不足"));
        Assert.Equal(new DateOnly(2026, 12, 10), (await _world.Session.FindAsync<RectificationOrder>(orders[0].Id))!.Items[0].Due);
    }

    [Fact]
    public async Task An_extension_is_refused_after_expiry_beyond_the_original_twice_and_to_strangers()
    {
        var (_, orders) = await _world.ServedAsync("EH-20");
        await Refused.WithAsync("not-own-case", RefusalKind.NotFound, () => AskAsync(orders[0], 7, World.Party("T999")));
        await Refused.WithAsync("not-own-case", RefusalKind.NotFound, () => AskAsync(orders[0], 7, World.Officer("HEA")));
        await Refused.WithAsync("extension-too-long", RefusalKind.Invalid, () => AskAsync(orders[0], 8));
        var request = await AskAsync(orders[0]);
        await Refused.WithAsync("extension-pending", RefusalKind.Conflict, () => AskAsync(orders[0]));
        var extensions = new ExtensionService(_world.As(World.Officer("HEA")).Session, _world);
        await Refused.WithAsync("head-required", RefusalKind.Forbidden, () => extensions.DecideAsync(request.Id, true, null, "同意").AsTask());
        _world.As(World.Head("HEA"));
        await extensions.DecideAsync(request.Id, true, 3, "同意");
        await Refused.WithAsync("extension-once", RefusalKind.Conflict, () => AskAsync(orders[0], 1));
    }

    [Fact]
    public async Task An_extension_asked_the_day_after_expiry_is_refused()
    {
        var (_, orders) = await _world.ServedAsync("EH-20");
        _world.On(2026, 12, 11, 0);

        await Refused.WithAsync("extension-after-expiry", RefusalKind.Conflict, () => AskAsync(orders[0]));
    }

    [Fact]
    public async Task A_posted_application_is_in_time_by_its_postmark()
    {
        var (_, orders) = await _world.ServedAsync("EH-20");
        _world.As(World.Party()).On(2026, 12, 12);
        var postmark = ShanghaiTime.At(new DateOnly(2026, 12, 10), new TimeOnly(18, 0));

        Assert.NotNull(await new ExtensionService(_world.Session, _world).SubmitAsync(new SubmitExtension(orders[0].Id, [1], 3, "配件未到", postmark)));
    }

    [Fact]
    public async Task An_immediate_order_cannot_be_extended()
    {
        var (_, orders) = await _world.ServedAsync("EH-15");

        await Refused.WithAsync("extension-immediate", RefusalKind.Invalid, () => AskAsync(orders[0], 1));
    }

    [Fact]
    public async Task A_proof_for_anothers_case_is_not_even_found_and_an_accepted_one_closes_its_item_alone()
    {
        var (one, orders) = await _world.ServedAsync("EH-20", "EH-21");
        var evidence = await _world.EvidenceAsync(one);
        var proofs = new ProofService(_world.As(World.Party("T999")).Session);
        await Refused.WithAsync("not-own-case", RefusalKind.NotFound, () => proofs.SubmitAsync(new SubmitProof(orders[0].Id, [1], "已消毒", [evidence])).AsTask());

        _world.As(World.Party());
        var proof = await proofs.SubmitAsync(new SubmitProof(orders[0].Id, [1], "已消毒", [evidence]));
        _world.As(World.Assistant("HEA"));
        await Refused.WithAsync("assistant-decides", RefusalKind.Forbidden, () => proofs.ReviewAsync(proof.Id, ProofService.Accepted, "符合").AsTask());
        _world.As(World.Officer("FIR"));
        await Refused.WithAsync("other-department", RefusalKind.Forbidden, () => proofs.ReviewAsync(proof.Id, ProofService.Accepted, "符合").AsTask());
        _world.As(World.Officer("HEA"));
        await proofs.ReviewAsync(proof.Id, ProofService.Accepted, "符合");

        var order = (await _world.Session.FindAsync<RectificationOrder>(orders[0].Id))!;
        Assert.Equal([RectificationItemState.Rectified, RectificationItemState.Open], order.Items.Select(i => i.State));
        Assert.Equal(OrderState.Served, order.State);
        var clocks = await _world.Session.ListAsync<DeadlineClock>(new AggregateFilter { CaseId = one.Id });
        Assert.Equal(["Ended", "Running"], clocks.Select(c => c.Index.State));
    }

    private async Task<ReinspectionResult> ReinspectAsync(Case one, params OpinionOnItem[] opinions)
    {
        _world.As(World.Officer("HEA"));
        return await new ReinspectionService(_world.Session, _world, _world).RecordAsync(new RecordReinspection(one.Id, "现场",
            [.. World.Present.SelectMany(d => new[] { _world.Signature(d, 1), _world.Signature(d, 2) })], opinions));
    }

    private static OpinionOnItem Opinion(RectificationOrder order, int ordinal, ItemOpinion opinion) => new(order.Id, ordinal, "现场查看", opinion, []);

    [Fact]
    public async Task A_partial_pass_closes_what_passed_and_the_last_pass_closes_order_and_package()
    {
        var (one, orders) = await _world.ServedAsync("EH-20", "EH-21");
        _world.On(2026, 12, 23);
        await Refused.WithAsync("opinion-missing", RefusalKind.Invalid, () => ReinspectAsync(one, Opinion(orders[0], 1, ItemOpinion.Rectified)));
        var first = await ReinspectAsync(one, Opinion(orders[0], 1, ItemOpinion.Rectified), Opinion(orders[0], 2, ItemOpinion.NotRectified));
        Assert.Equal(ReinspectionService.PartlyRectified, first.Outcome);

        await Refused.WithAsync("opinion-unknown", RefusalKind.Invalid, () => ReinspectAsync(one, Opinion(orders[0], 1, ItemOpinion.Rectified), Opinion(orders[0], 2, ItemOpinion.Rectified)));
        var second = await ReinspectAsync(one, Opinion(orders[0], 2, ItemOpinion.Rectified));

        Assert.Equal(ReinspectionService.AllRectified, second.Outcome);
        Assert.Equal(OrderState.Fulfilled, (await _world.Session.FindAsync<RectificationOrder>(orders[0].Id))!.State);
        Assert.True((await _world.Session.FindAsync<RectificationPackage>(orders[0].PackageId))!.Closed);
    }

    [Theory]
    [InlineData("EH-20", false)]
    [InlineData("EH-21", true)]
    [InlineData("EH-17", true)]
    public async Task A_failed_item_goes_to_interview_or_to_filing_by_its_clause_and_severity(string code, bool filed)
    {
        var (one, orders) = await _world.ServedAsync(code);
        _world.On(2026, 12, 28);

        var result = await ReinspectAsync(one, Opinion(orders[0], 1, ItemOpinion.NotRectified));

        Assert.Equal(filed, result.FileOrders.Count == 1);
        Assert.Equal(!filed, result.InterviewOrders.Count == 1);
    }

    [Fact]
    public async Task A_second_term_is_short_once_by_the_head_and_never_for_clauses_that_punish_only_the_unrectified()
    {
        var (one, orders) = await _world.ServedAsync("EH-20", "EH-21");
        await _world.On(2026, 12, 23).Orders.MarkOverdueAsync(orders[0].Id);
        Task Grant(int item, int length) => _world.Orders.GrantSecondTermAsync(orders[0].Id, [item], length, "部分改正，继续督促").AsTask();
        _world.As(World.Officer("HEA"));
        await Refused.WithAsync("head-required", RefusalKind.Forbidden, () => Grant(1, 3));
        _world.As(World.Head("HEA"));
        await Refused.WithAsync("second-term-length", RefusalKind.Invalid, () => Grant(1, 4));
        await Refused.WithAsync("no-second-term", RefusalKind.Conflict, () => Grant(2, 3));
        await Grant(1, 3);
        await Refused.WithAsync("second-term-once", RefusalKind.Conflict, () => Grant(1, 3));
        Assert.Equal(new DateOnly(2026, 12, 28), (await _world.Session.FindAsync<RectificationOrder>(orders[0].Id))!.Items[0].Due);
        Assert.NotNull(one);
    }

    // EH-20 has seven working days: a half leaves three of them, three tenths leave two.
    [Fact]
    public async Task The_scenario_says_how_long_an_extension_and_a_second_term_may_be_and_when_it_is_decided()
    {
        _world.Package = _world.Package with
        {
            Scenario = _world.Scenario with { Rectification = _world.Scenario.Rectification with { ExtensionShare = 0.5m, ExtensionDecideWithin = LegalPeriod.WorkingDays(3), SecondTermShare = 0.3m } },
        };
        var (_, orders) = await _world.ServedAsync("EH-20");
        _world.On(2026, 12, 10);
        await Refused.WithAsync("extension-too-long", RefusalKind.Invalid, () => AskAsync(orders[0], 4));
        Assert.Equal(ShanghaiTime.PassedAt(new DateOnly(2026, 12, 15)), (await AskAsync(orders[0], 3)).DecideBy);

        await _world.As(Actor.Clock).On(2026, 12, 23).Orders.MarkOverdueAsync(orders[0].Id);
        _world.As(World.Head("HEA"));
        await Refused.WithAsync("second-term-length", RefusalKind.Invalid, () => _world.Orders.GrantSecondTermAsync(orders[0].Id, [1], 3, "部分改正，继续督促").AsTask());
        Assert.Equal(2, (await _world.Orders.GrantSecondTermAsync(orders[0].Id, [1], 2, "部分改正，继续督促")).Items[0].Term);
    }

    [Fact]
    public async Task An_urgent_measure_is_made_good_within_a_day_or_not_at_all()
    {
        var (_, visit) = await _world.VisitedAsync("EH-15");
        var measures = _world.As(World.Officer("FIR")).Measures;
        await Refused.WithAsync("head-required", RefusalKind.Forbidden, () => measures.TakeAsync(visit.FindingIds[0], false).AsTask());
        var measure = await measures.TakeAsync(visit.FindingIds[0], true);
        Assert.Equal(_world.Session.Now.AddHours(24), measure.Index.DueAt);

        _world.As(World.Head("FIR")).Session.Now = measure.ApproveBy!.Value.AddSeconds(1);
        await Refused.WithAsync("approval-too-late", RefusalKind.Conflict, () => measures.ApproveAsync(measure.Id, "属实").AsTask());
        _world.Session.Now = measure.ApproveBy!.Value;
        Assert.Equal("InForce", (await measures.ApproveAsync(measure.Id, "属实")).Index.State);
    }

    [Fact]
    public async Task What_is_stopped_and_what_may_go_on_is_on_paper_with_a_number_of_its_organ()
    {
        var (_, visit) = await _world.VisitedAsync("EH-15");
        var measures = _world.As(World.Officer("FIR")).Measures;
        var taken = await measures.TakeAsync(visit.FindingIds[0], true);
        var notice = (await _world.Session.FindAsync<OfficialDocument>(taken.NoticeId!))!;
        Assert.Equal((StopMeasureService.StopNotice, "FIR", taken.NoticeNumber), (notice.Form, notice.Department, notice.Number));
        Assert.EndsWith("停整字〔2026〕第0001号", notice.Number, StringComparison.Ordinal);
        var printed = JsonNode.Parse(notice.Model)!["measure"]!;
        Assert.Equal(("临时查封", true), (printed["kind"]!.GetValue<string>(), printed["seizes"]!.GetValue<bool>()));
        Assert.Equal(taken.ApproveBy, printed["approveBy"]!.GetValue<DateTimeOffset>());
        Assert.Equal(2, printed["officers"]!.AsArray().Count);

        var lifted = await _world.As(World.Head("FIR")).Measures.LiftAsync(taken.Id, "疏散通道已经清空。");
        var end = (await _world.Session.FindAsync<OfficialDocument>(lifted.LiftNoticeId!))!;
        printed = JsonNode.Parse(end.Model)!["measure"]!;
        Assert.Equal((notice.Number, "疏散通道已经清空"), (printed["notice"]!["number"]!.GetValue<string>(), printed["lifted"]!["opinion"]!.GetValue<string>()));
        Assert.Equal(1, notice.Serial);
        await Refused.WithAsync("already-decided", RefusalKind.Conflict, () => measures.LiftAsync(taken.Id, "再解除").AsTask());
    }

    [Fact]
    public async Task A_case_closes_only_when_nothing_in_it_is_open()
    {
        var (one, orders) = await _world.ServedAsync("EH-20");
        var cases = new CaseService(_world.Session, _world, _world);
        await Refused.WithAsync("case-open-matters", RefusalKind.Conflict, () => cases.CloseAsync(one.Id, "责令改正", "整改完成").AsTask());
        await ReinspectAsync(one, Opinion(orders[0], 1, ItemOpinion.Rectified));

        Assert.Equal(CaseState.Closed, (await cases.CloseAsync(one.Id, "责令改正", "整改完成")).State);
    }
}
