using System.Text.Json.Nodes;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Inspections;

public sealed class TeamAndVisitTests
{
    private readonly World _world = new();

    private async Task<InspectionTeam> FormAsync(Case one, IReadOnlyList<TeamChoice> officers, IReadOnlyList<AssistantChoice>? assistants = null) =>
        await new TeamService(_world.Session, _world).FormAsync(new FormTeam(one.Id, new DateOnly(2026, 12, 1), officers, assistants));

    [Fact]
    public async Task Two_certified_officers_of_each_department_make_a_team()
    {
        var one = await _world.OpenCaseAsync();

        Assert.Equal(10, (await FormAsync(one, World.Pairs())).Members.Count);
    }

    [Fact]
    public async Task One_officer_of_a_department_is_not_enough_even_with_an_assistant()
    {
        var one = await _world.OpenCaseAsync();
        IReadOnlyList<TeamChoice> officers = [.. World.Pairs().Where(o => o.OfficerId != "FIR2")];

        var refusal = await Refused.WithAsync("two-officers", RefusalKind.Invalid, () => FormAsync(one, officers, [new AssistantChoice("A1", "辅助员", "FIR")]));

        Assert.Equal("members[FIR]", refusal.Field);
    }

    [Theory]
    [InlineData("2026-11-30", false)]
    [InlineData("2026-12-01", true)]
    public async Task A_certificate_must_be_valid_on_the_day_of_the_visit(string validTo, bool valid)
    {
        _world.Officers["HEA2"] = _world.Officers["HEA2"] with { CertificateValidTo = DateOnly.Parse(validTo) };
        var one = await _world.OpenCaseAsync();

        if (valid)
        {
            Assert.NotNull(await FormAsync(one, World.Pairs()));
        }
        else
        {
            await Refused.WithAsync("certificate-invalid", RefusalKind.Invalid, () => FormAsync(one, World.Pairs()));
        }
    }

    [Fact]
    public async Task An_officer_with_a_declared_relation_is_recused_unless_the_head_decided_otherwise()
    {
        _world.Officers["MKT1"] = _world.Officers["MKT1"] with { Relations = ["T001"] };
        var one = await _world.OpenCaseAsync();
        await Refused.WithAsync("officer-recused", RefusalKind.Conflict, () => FormAsync(one, World.Pairs()));

        var recusals = new RecusalService(_world.As(World.Officer("MKT")).Session);
        var request = await recusals.RequestAsync(one.Id, "MKT1", "MKT", "表亲为股东");
        _world.As(World.Head("MKT"));

        Assert.Equal(RecusalService.Refused, await recusals.DecideAsync(request.Id, false, "关系已不存在"));
        Assert.NotNull(await FormAsync(one, World.Pairs()));
    }

    [Fact]
    public async Task Only_the_head_decides_on_recusal_and_not_on_the_own()
    {
        var one = await _world.OpenCaseAsync();
        var head = World.Head("MKT") with { OfficerId = "MKT1" };
        var recusals = new RecusalService(_world.As(World.Party()).Session);
        var request = await recusals.RequestAsync(one.Id, "MKT1", "MKT", "与本店有纠纷");
        Assert.Equal(new DateTimeOffset(2026, 12, 3, 16, 0, 0, TimeSpan.Zero), request.DecideBy);

        _world.As(World.Officer("MKT", 2));
        await Refused.WithAsync("head-required", RefusalKind.Forbidden, () => recusals.DecideAsync(request.Id, true, "属实").AsTask());
        _world.As(head);
        await Refused.WithAsync("own-recusal", RefusalKind.Forbidden, () => recusals.DecideAsync(request.Id, true, "属实").AsTask());
        _world.As(World.Head("MKT"));
        Assert.Equal(RecusalService.Granted, await recusals.DecideAsync(request.Id, true, "属实"));
        await Refused.WithAsync("officer-recused", RefusalKind.Conflict, () => FormAsync(one, World.Pairs()));
    }

    [Fact]
    public async Task A_visit_without_findings_ends_as_no_problem()
    {
        var (_, result) = await _world.VisitedAsync();

        Assert.Equal([VisitOutcome.NoProblem], result.Outcomes);
    }

    [Theory]
    [InlineData("EH-06+", "当场改正")]
    [InlineData("EH-20", "责令改正")]
    [InlineData("EH-02", "立案")]
    [InlineData("EH-20 EH-02", "立案,责令改正")]
    [InlineData("EH-06+ EH-20", "责令改正")]
    public async Task Findings_decide_the_outcome(string codes, string outcomes)
    {
        var (_, result) = await _world.VisitedAsync(codes.Split(' '));

        Assert.Equal(outcomes, string.Join(',', result.Outcomes));
    }

    [Fact]
    public async Task An_absent_department_leaves_the_visit_valid_for_the_others()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one, "HEA");

        Assert.Equal("HEA", Assert.Single(visit.Absent).Department);
        var result = await new VisitRecording(_world.Session, _world).RecordAsync(visit.Id, _world.Record(one, new Dictionary<string, ItemResult>(), "HEA"));
        Assert.Equal([VisitOutcome.NoProblem], result.Outcomes);
    }

    [Fact]
    public async Task An_assistant_cannot_sign_the_record()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);
        _world.As(World.Assistant("CUL"));

        await Refused.WithAsync("assistant-decides", RefusalKind.Forbidden,
            () => new VisitRecording(_world.Session, _world).RecordAsync(visit.Id, _world.Record(one, new Dictionary<string, ItemResult>())).AsTask());
    }

    [Fact]
    public async Task Officers_sign_the_section_of_their_own_department_only()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);
        var record = _world.Record(one, new Dictionary<string, ItemResult>());
        var wrong = record with { Sections = [record.Sections[0] with { Signatures = [_world.Signature("CUL", 1), _world.Signature("FIR", 2)] }, .. record.Sections.Skip(1)] };

        var refusal = await Refused.WithAsync("signature-not-own", RefusalKind.Invalid, () => new VisitRecording(_world.Session, _world).RecordAsync(visit.Id, wrong).AsTask());

        Assert.Equal("sections[0].signatures[1]", refusal.Field);
    }

    [Fact]
    public async Task A_minor_found_needs_guardian_and_police_told_first_and_is_hidden_from_other_departments()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);
        var record = _world.Record(one, new Dictionary<string, ItemResult> { ["EH-05"] = World.Breach("EH-05") });
        var recording = new VisitRecording(_world.Session, _world);
        await Refused.WithAsync("minor-notice-missing", RefusalKind.Conflict, () => recording.RecordAsync(visit.Id, record).AsTask());

        await new VisitService(_world.Session, _world).NoteMinorAsync(visit.Id, new MinorProtectionNotice(_world.Session.Now, _world.Session.Now, []));
        var result = await recording.RecordAsync(visit.Id, record);
        var finding = (await _world.Session.FindAsync<Finding>(result.FindingIds[0]))!;

        Assert.True(MinorData.MaySee(World.Officer("PSB"), finding));
        Assert.True(MinorData.MaySee(World.Officer("CUL"), finding));
        Assert.False(MinorData.MaySee(World.Officer("MKT"), finding));
        Assert.False(MinorData.MaySee(World.WithRole(Role.Auditor), finding));
    }

    [Fact]
    public async Task Nobody_found_twice_at_different_times_with_the_grid_is_not_reachable()
    {
        var one = await _world.OpenCaseAsync();
        var visits = new VisitService(_world.As(World.Officer("CUL")).Session, _world);
        var visit = await visits.PlanAsync(one.Id, new DateOnly(2026, 12, 1), null, null);
        Assert.Equal(VisitOutcome.TryAgain, await visits.NotFoundAsync(visit.Id, new ReportNotFound("门锁闭", ["E1"], null)));
        await Refused.WithAsync("not-found-too-soon", RefusalKind.Conflict, () => visits.NotFoundAsync(visit.Id, new ReportNotFound("门锁闭", ["E1"], "属实")).AsTask());

        _world.On(2026, 12, 2, 15);
        await Refused.WithAsync("grid-confirmation-missing", RefusalKind.Invalid, () => visits.NotFoundAsync(visit.Id, new ReportNotFound("门锁闭", ["E1"], null)).AsTask());
        Assert.Equal(VisitOutcome.NotFound, await visits.NotFoundAsync(visit.Id, new ReportNotFound("门锁闭", ["E1"], "网格核实已搬离")));
    }

    [Fact]
    public async Task A_refusal_counts_only_after_the_law_was_explained()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);
        var visits = new VisitService(_world.Session, _world);

        await Refused.WithAsync("law-not-explained", RefusalKind.Invalid, () => visits.RefusedAsync(visit.Id, new ReportRefusal("不让进", false, "V1", null)).AsTask());
        Assert.Equal(VisitOutcome.Refused, await visits.RefusedAsync(visit.Id, new ReportRefusal("不让进", true, "V1", null, "拒不开门", "仍然拒绝", "样例人乙", "店长", "样例人丙")));
    }

    [Fact]
    public async Task A_party_that_does_not_sign_the_record_needs_a_reason_and_a_witness_or_a_video()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);
        var recording = new VisitRecording(_world.Session, _world);
        var record = _world.Record(one, new Dictionary<string, ItemResult>());
        VisitRecord Unsigned(string? reason, string? witness = null, string? video = null) =>
            record with { Party = record.Party with { SignedAt = null, RefusalReason = reason, WitnessName = witness, VideoNumber = video } };

        var silent = await Refused.WithAsync("field-missing", RefusalKind.Invalid, () => recording.RecordAsync(visit.Id, Unsigned(null, "样例人丙")).AsTask());
        Assert.Equal("party.refusalReason", silent.Field);
        var alone = await Refused.WithAsync("refusal-witness", RefusalKind.Invalid, () => recording.RecordAsync(visit.Id, Unsigned("对结果有异议")).AsTask());
        Assert.Equal("party.witnessName", alone.Field);
        await Refused.WithAsync("refusal-witness", RefusalKind.Invalid, () => recording.RecordAsync(visit.Id, Unsigned("对结果有异议", " ", "")).AsTask());

        await recording.RecordAsync(visit.Id, Unsigned("对结果有异议", "样例人丙"));
        var paper = JsonNode.Parse((await _world.Issuing.IssueAsync(new IssueDocument("inspection-record", visit.Id))).Model)!["record"]!;
        Assert.Equal(("样例人丙", "对结果有异议", "样例人丙", "无"),
            ((string)paper["witness"]!, (string)paper["refusal"]!["reason"]!, (string)paper["refusal"]!["witness"]!, (string)paper["refusal"]!["videoNumber"]!));
    }

    [Fact]
    public async Task A_video_stands_in_for_the_witness_of_an_unsigned_record()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);
        var record = _world.Record(one, new Dictionary<string, ItemResult>());
        await new VisitRecording(_world.Session, _world).RecordAsync(visit.Id, record with { Party = record.Party with { SignedAt = null, RefusalReason = "对结果有异议", VideoNumber = "V-7" } });
        var party = (await _world.Session.FindAsync<Visit>(visit.Id))!.Party!;
        Assert.Equal((null, "对结果有异议", null, "V-7"), (party.SignedAt, party.RefusalReason, party.WitnessName, party.VideoNumber));
    }

    [Fact]
    public async Task A_second_visit_needs_the_approval_of_the_leading_head()
    {
        var (one, _) = await _world.VisitedAsync();
        var visits = new VisitService(_world.Session, _world);

        await Refused.WithAsync("second-visit", RefusalKind.Conflict, () => visits.PlanAsync(one.Id, new DateOnly(2026, 12, 5), null, null).AsTask());
        await Refused.WithAsync("head-required", RefusalKind.Forbidden, () => visits.PlanAsync(one.Id, new DateOnly(2026, 12, 5), null, "补查").AsTask());
        _world.As(World.Head("CUL"));
        Assert.Equal(2, (await visits.PlanAsync(one.Id, new DateOnly(2026, 12, 5), null, "补查")).Ordinal);
    }

    [Fact]
    public async Task Above_the_cap_a_check_needs_a_reason_and_a_complaint_lies_outside_it()
    {
        await _world.OpenCaseAsync("r1");
        await _world.OpenCaseAsync("r2");

        await Refused.WithAsync("frequency-cap", RefusalKind.Conflict, () => _world.OpenCaseAsync("r3"));
        Assert.NotNull(await _world.OpenCaseAsync("r4", TriggerKind.Complaint12345));
        Assert.Equal(3, (await _world.OpenCaseAsync("r5", exception: "重大节日专项")).VisitOfYear);
    }

    [Theory]
    [InlineData("2026-12-01T14:30:00Z", null, "enforcement-at-night")]
    [InlineData("2026-10-01T02:00:00Z", null, "enforcement-on-holiday")]
    [InlineData("2026-12-01T02:00:00Z", null, null)]
    [InlineData("2026-12-01T14:30:00Z", "燃气泄漏", null)]
    public void Compulsory_execution_keeps_off_nights_and_holidays(string at, string? emergency, string? code)
    {
        var execution = new CompulsoryExecution(_world.As(World.Head("FIR")).Session);
        void Act() => execution.Appoint("key", "FIR", DateTimeOffset.Parse(at), emergency);

        if (code is null)
        {
            Act();
            Assert.Single(_world.Session.Facts);
        }
        else
        {
            Assert.Equal(code, Assert.Throws<DomainRuleException>(Act).Code);
        }
    }

    [Fact]
    public async Task Everything_saved_names_its_activity_and_leaves_a_fact()
    {
        _world.Session.ActivityId = "开展检查";
        var (one, _) = await _world.VisitedAsync("EH-20");

        Assert.Equal("开展检查", one.Created.ActivityId);
        Assert.All(_world.Session.Facts, f => Assert.Equal("开展检查", f.Data["activityId"]));
        Assert.Contains(_world.Session.Facts, f => f.Kind == "finding.made" && f.Data["item"] == "EH-20");
    }

    [Fact]
    public async Task Assistants_who_came_are_those_of_the_own_department_in_the_team()
    {
        var one = await _world.OpenCaseAsync();
        _world.As(World.Officer("CUL"));
        var team = await FormAsync(one, World.Pairs(), [new AssistantChoice("A1", "辅助员甲", "FIR")]);
        var visits = new VisitService(_world.Session, _world);
        var visit = await visits.PlanAsync(one.Id, new DateOnly(2026, 12, 1), team.Id, null);
        VisitArrival Arrival(string department, string assistant) =>
            new([.. World.Present.Select(d => new Attendance(d, [$"{d}1", $"{d}2"], d == department ? [assistant] : []))]);
        await Refused.WithAsync("attendance-not-team", RefusalKind.Invalid, () => visits.ArriveAsync(visit.Id, Arrival("FIR", "FIR3")).AsTask());
        await Refused.WithAsync("attendance-not-team", RefusalKind.Invalid, () => visits.ArriveAsync(visit.Id, Arrival("CUL", "A1")).AsTask());
        await visits.ArriveAsync(visit.Id, Arrival("FIR", "A1"));
        var came = (await _world.Session.FindAsync<Visit>(visit.Id))!.Attendances.Single(a => a.AssistantIds.Count > 0);
        Assert.Equal(("FIR", "A1"), (came.Department, Assert.Single(came.AssistantIds)));
    }
}
