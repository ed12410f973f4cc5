using Workflows.Activities.Inspections;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>A person or site that became known by a lead is identified at the door (scenarios.md 2, target kind b): papers before it say 待现场核实, papers after it need the data.</summary>
public sealed class AdHocPartyTests
{
    // 11010519491231002X is the example of GB 11643-1999; nobody bears it.
    private const string SampleNumber = "11010519491231002X";

    [Fact]
    public async Task Papers_before_the_visit_say_that_the_party_is_still_to_be_identified()
    {
        var run = await BeforeDoorAsync();
        var approval = run.All<OfficialDocument>().Single(d => d.Form == "inspection-approval");
        Assert.Contains("<th class=\"sub\">身份证号</th><td class=\"n\">待现场核实</td>", approval.Html, StringComparison.Ordinal);
        Assert.All(run.All<OfficialDocument>().Where(d => d.Form == "inspection-notice"), d => Assert.Contains("身份待查的当事人（身份待现场核实）：", d.Html, StringComparison.Ordinal));
        Assert.Equal(PartyIdentity.Pending, run.Case.Target.Identity);
    }

    [Theory]
    [InlineData("arrival")]
    [InlineData("record")]
    public async Task A_person_who_is_identified_at_the_door_is_the_party_of_all_that_follows(string when)
    {
        var run = await BeforeDoorAsync();
        var known = new IdentifyParty { Kind = PartyKind.Individual, Name = "样例钓客甲", IdentityNumber = SampleNumber, Address = "样例村3号" };
        await run.DoAsync("visit.arrive", People.Officer("WAT"), "已到场", Arrived(run) with { Identification = when == "arrival" ? known : null });
        await run.DoAsync("visit.record", People.Officer("WAT"), null, Record(run) with { Identification = when == "record" ? known : null });

        Assert.Empty(run.State.Incidents);
        Assert.Equal(("样例钓客甲", SampleNumber, "样例村3号", true, PartyIdentity.Verified), (run.Case.Target.Name, run.Case.Target.IdentityNumber, run.Case.Target.Address, run.Case.Target.IsIndividual, run.Case.Target.Identity));
        var record = run.All<OfficialDocument>().Single(d => d.Form == "inspection-record");
        Assert.Contains("110105********002X", record.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleNumber, record.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("待现场核实", record.Html, StringComparison.Ordinal);
        // The roster learns who it is, and not the number; the audit trail neither.
        var made = run.All<TargetRecord>().Single(t => t.Target.IsAdHoc).Target;
        Assert.Equal(("样例钓客甲", TargetKind.Person, "样例村3号"), (made.Name, made.Kind, made.Address));
        var identified = Assert.Single(run.Session.Facts, fact => fact.Kind == "party.identified");
        Assert.DoesNotContain(identified.Data.Values, value => value is not null && (value.Contains("样例钓客", StringComparison.Ordinal) || value.Contains(SampleNumber, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_business_brings_its_credit_code_and_orders_can_be_made_out_to_it()
    {
        var run = await BeforeDoorAsync();
        await run.DoAsync("visit.arrive", People.Officer("WAT"), "已到场", Arrived(run) with
        {
            Identification = new IdentifyParty { Kind = PartyKind.IndividualBusiness, Name = "样例农家乐", CreditCode = "92330203ma00000077", Address = "样例村5号", Representative = "样例人丙", Phone = "0574-00000077" },
        });
        await run.DoAsync("visit.record", People.Officer("WAT"), null, Record(run, People.Breach(run, "RS-21")));
        Assert.Empty(run.State.Incidents);
        await run.DoAsync("order.prepare", People.Officer("WAT"), null);
        await run.DoAsync("order.approve", People.Head("WAT"), "批准");
        var order = run.All<OfficialDocument>().Single(d => d.Form == "rectification-order");
        Assert.Contains("92330203MA00000077", order.Html, StringComparison.Ordinal);
        Assert.Contains("经营者", order.Html, StringComparison.Ordinal);
        Assert.Equal("92330203MA00000077", run.All<TargetRecord>().Single(t => t.Target.IsAdHoc).Target.CreditCode);
    }

    [Fact]
    public async Task The_record_waits_until_somebody_says_who_the_party_is()
    {
        var run = await BeforeDoorAsync();
        await run.DoAsync("visit.arrive", People.Officer("WAT"), "已到场", Arrived(run));
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("visit.record", People.Officer("WAT"), null, Record(run)));
        Assert.Equal(("party-unidentified", "data.identification"), (refused.Code, refused.Field));
        Assert.Contains("统一社会信用代码或者身份证件号码", refused.Message, StringComparison.Ordinal);
        Assert.Contains("无法查明", refused.Message, StringComparison.Ordinal);
        Assert.Equal(VisitState.Arrived, run.All<Visit>().Single().State);
    }

    [Theory]
    [InlineData("个人", "身份证号码校验位", "110105194912310021", null, "identity-number", "data.identification.identityNumber")]
    [InlineData("个人", "证件太短", "E12", null, "identity-number", "data.identification.identityNumber")]
    [InlineData("个人", "没有号码", null, null, "field-missing", "data.identification.identityNumber")]
    [InlineData("单位", "不是代码", null, "330203", "credit-code", "data.identification.creditCode")]
    [InlineData("单位", "不用的字母", null, "91330203MAIIIIIIII", "credit-code", "data.identification.creditCode")]
    [InlineData("单位", "没有代码", null, null, "field-missing", "data.identification.creditCode")]
    [InlineData(null, "没有类型", SampleNumber, null, "field-missing", "data.identification.kind")]
    public async Task What_papers_cannot_say_is_refused_by_field(string? kind, string name, string? number, string? code, string rule, string field)
    {
        var run = await BeforeDoorAsync();
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("visit.arrive", People.Officer("WAT"), "已到场", new
        {
            Arrived(run).Arrival, Arrived(run).Certificates, identification = new { kind, name, identityNumber = number, creditCode = code, address = "样例村3号", representative = "样例人丙" },
        }));
        Assert.Equal((rule, field), (refused.Code, refused.Field));
        Assert.Equal(PartyIdentity.Pending, run.Case.Target.Identity);
    }

    [Fact]
    public async Task Where_nobody_can_be_identified_the_record_keeps_the_facts_and_the_case_ends_without_a_party()
    {
        var run = await BeforeDoorAsync();
        await run.DoAsync("visit.arrive", People.Officer("WAT"), "已到场", Arrived(run));
        await run.DoAsync("visit.record", People.Officer("WAT"), null, Record(run, People.Breach(run, "RS-21")) with { Identification = new IdentifyParty { UnknownReason = "走访周边并调看监控，均未能查明" } });
        Assert.Empty(run.State.Incidents);
        Assert.Empty(run.All<Finding>());
        Assert.Empty(run.All<RectificationOrder>());
        Assert.Contains(run.All<Visit>().Single().Sections.SelectMany(s => s.Items), i => i is { ItemCode: "RS-21", Answer: ItemAnswer.NonCompliant, EvidenceIds: ["E1"] });
        Assert.Contains("<td class=\"n\">当事人无法查明</td>", run.All<OfficialDocument>().Single(d => d.Form == "inspection-record").Html, StringComparison.Ordinal);
        Assert.Equal(("当事人无法查明", CaseState.Closed), (run.Case.Outcome, run.Case.State));
        // Nobody is published, and no result is said of nobody.
        Assert.Equal(PublicationService.Withheld, run.All<PublicationEntry>().Single().Result);
        run.Session.Actor = People.With(Role.PublicationReviewer, "WAT");
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.Get<PublicationService>().ReviewAsync(run.All<PublicationEntry>().Single().Id, publish: true, null).AsTask());
        Assert.Contains("没有可以公示的检查对象", refused.Message, StringComparison.Ordinal);
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "WAT"), PublicationService.Withheld, new { note = "当事人无法查明" });
        Assert.Empty(run.Tasks());
    }

    [Fact]
    public async Task Who_is_not_there_twice_is_nobody_that_anybody_could_identify()
    {
        var run = await BeforeDoorAsync();
        await run.DoAsync("visit.arrive", People.Officer("WAT"), "找不到对象", new ArrivalReport { NotFound = new ReportNotFound("岸边无人", ["E1"], null) });
        await run.UntilAsync(12, 2, 15);
        await run.DoAsync("visit.second", People.Officer("WAT"), "仍未找到", new ArrivalReport { NotFound = new ReportNotFound("岸边仍无人", ["E2"], "网格员核实无人") });
        Assert.Empty(run.State.Incidents);
        Assert.Equal(("当事人无法查明", CaseState.Closed, PartyIdentity.Unknown), (run.Case.Outcome, run.Case.State, run.Case.Target.Identity));
        Assert.Contains("线索所指的身份待查的当事人（当事人无法查明）", run.All<OfficialDocument>().Single(d => d.Form == "not-found-certificate").Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stands_on_the_roster_is_not_identified_anew()
    {
        var run = await new CaseRun(scenario: "reservoir") { Tags = ["饮用水水源水库"] }.StartAsync("WAT", "ECO", "CLE");
        await run.DoAsync("team.recusal-declaration", People.Officer("WAT"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("WAT"), "批准", new { note = "同意" });
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("visit.arrive", People.Officer("WAT"), "已到场", Arrived(run) with { Identification = new IdentifyParty { UnknownReason = "不知道" } }));
        Assert.Equal("party-known", refused.Code);
    }

    private static async Task<CaseRun> BeforeDoorAsync()
    {
        var run = await new CaseRun(scenario: "reservoir").StartAdHocAsync(
            new RosterTarget
            {
                Id = "adhoc-lead-1", Name = "身份待查的当事人", Kind = TargetKind.Person, Address = "样例水库北岸", TownCode = "330203106", District = CaseRun.District, Tags = ["饮用水水源水库", "一级保护区"],
                Representative = "身份待查", Phone = "待查", IsAdHoc = true,
            },
            "WAT", "ECO", "CLE");
        await run.DoAsync("team.supplement", People.With(Role.Dispatcher, "CMD"), "已补足", new
        {
            officers = run.Case.Departments.SelectMany(d => new[] { 1, 2 }.Select(n => new { officerId = $"{d.Code}{n}", department = d.Code })),
        });
        await run.DoAsync("team.recusal-declaration", People.Officer("WAT"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("WAT"), "批准", new { note = "同意" });
        return run;
    }

    private static IEnumerable<TeamMember> Team(CaseRun run, string department) => run.All<InspectionTeam>()[^1].OfficersOf(department);

    private static ArrivalReport Arrived(CaseRun run) => new()
    {
        Arrival = new VisitArrival([.. run.Case.Departments.Where(d => d.Attends).Select(d => new Attendance(d.Code, [.. Team(run, d.Code).Select(m => m.OfficerId)], []))]),
        Certificates = new CertificatesShown("AC-0001", "不申请回避"),
    };

    private static SignedRecord Record(CaseRun run, params ItemResult[] found)
    {
        var signed = People.Record(run, [], found);
        return signed with
        {
            Record = signed.Record with
            {
                Sections = [.. signed.Record.Sections.Select(s => s with
                {
                    Signatures = [.. Team(run, s.Department).Select(m => new OfficerSignature(m.OfficerId, m.Name, m.CertificateNumber!, run.Session.Now))],
                })],
            },
        };
    }
}
