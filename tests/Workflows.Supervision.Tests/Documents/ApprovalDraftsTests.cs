using System.Text.Json.Nodes;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Tests.Documents;

/// <summary>拟稿: each step that decides on a paper has it before whoever decides; the records stay as they are.</summary>
public sealed class ApprovalDraftsTests
{
    private readonly World _world = new();

    private async Task<DraftPaper?> FindAsync(Case one, string kind, string? department)
    {
        var task = await new TaskService(_world.Session).CreateAsync(new NewTask
        {
            InstanceId = "root-1", CaseKey = one.CaseKey, CaseId = one.Id, ActivityId = "decide", Kind = kind, Title = "审批", Department = department, Role = Role.DepartmentHead,
        });
        var draft = await new ApprovalDrafts(_world.Session, _world, _world, _world, _world).FindAsync(task);
        Assert.DoesNotContain(_world.Session.Numbers.Keys, s => s.Form is "责改" or "督");
        return draft;
    }

    // The world's renderer prints the model.
    private static JsonNode Model(DraftPaper draft) => JsonNode.Parse(draft.Html["<html>".Length..^"</html>".Length])!;

    [Fact]
    public async Task An_order_is_drafted_for_the_department_that_approves_it()
    {
        var (one, _) = await _world.VisitedAsync("EH-16", "EH-20");
        await _world.Orders.PrepareAsync(new PrepareOrders(one.Id));

        var draft = (await FindAsync(one, "order.approve", "HEA"))!;
        var order = Model(draft)["order"]!;
        Assert.Equal("责令改正通知书", draft.Title);
        Assert.Equal(["EH-20"], order["findings"]!.AsArray().Select(f => (string)f!["itemCode"]!));
        Assert.All(await _world.Session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = one.Id }), o => Assert.Null(o.Approval));
        Assert.Null(await FindAsync(one, "order.approve", "MKT"));
    }

    [Fact]
    public async Task A_filing_lacks_the_opinions_that_are_still_to_come()
    {
        var (one, visit) = await _world.VisitedAsync("EH-02", "EH-03");
        await new CaseFilingService(_world.Session, _world).ProposeAsync(one.Id, visit.FindingIds, "未经许可");

        var draft = (await FindAsync(one, "filing.review", "PSB"))!;
        Assert.Contains("审批意见", draft.Missing.Select(m => m.Name));
        Assert.Contains("法制审核意见", draft.Missing.Select(m => m.Name));
    }

    [Fact]
    public async Task Leniency_is_drafted_before_it_is_decided()
    {
        var (one, visit) = await _world.VisitedAsync("EH-06+");
        var decision = await new LeniencyService(_world.Session, _world).ProposeAsync(new ProposeLeniency(one.Id, LeniencyKind.FirstOffence, [visit.FindingIds[0]], "无", "已当面教育", true));

        Assert.Equal("不予行政处罚决定书", (await FindAsync(one, "leniency.decide", "CUL"))!.Title);
        Assert.Equal(LeniencyState.Proposed, (await _world.Session.FindAsync<LeniencyDecision>(decision.Id))!.State);
    }

    [Fact]
    public async Task Who_signs_a_supervision_order_reads_it_though_its_record_belongs_to_the_unit()
    {
        var one = await _world.OpenCaseAsync();
        _world.As(World.WithRole(Role.Supervisor, "GUI"));
        await new SupervisionOrderService(_world.Session).DraftAsync(new DraftSupervisionOrder(one.Id, "FIR", "复查超期未办", "限期复查", "权责清单第12项", _world.Session.Now.AddDays(-4)));

        var draft = (await FindAsync(one, "supervision.sign", "GUI"))!;
        Assert.Contains("限期复查", (string)Model(draft)["supervision"]!["requirement"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_to_be_published_is_a_table_of_this_row_alone()
    {
        var (one, _) = await _world.VisitedAsync();
        await new CaseService(_world.Session, _world, _world).EndTaskAsync(one.Id, VisitOutcome.NoProblem);
        await new PublicationService(_world.Session, _world).PrepareAsync(one.Id);

        var rows = Model((await FindAsync(one, "publication.review", "CUL"))!)["publication"]!["rows"]!.AsArray();
        Assert.Equal(one.Number, (string)Assert.Single(rows)!["taskNumber"]!);
    }

    [Fact]
    public async Task A_stop_that_was_handed_over_at_the_door_is_no_draft_any_more()
    {
        var (one, visit) = await _world.VisitedAsync("EH-15");
        var taken = await _world.As(World.Officer("FIR")).Measures.TakeAsync(visit.FindingIds[0], true);
        Assert.NotNull(taken.NoticeId);
        Assert.Null(await FindAsync(one, "measure.approve", "FIR"));

        _world.Session.Save(taken with { NoticeId = null });
        Assert.Equal("采取停止措施决定书", (await FindAsync(one, "measure.approve", "FIR"))!.Title);
    }

    [Fact]
    public async Task A_visit_is_drafted_without_the_opinion_and_other_steps_have_no_paper()
    {
        var one = await _world.OpenCaseAsync();
        _world.As(World.Officer("CUL"));
        var team = await new TeamService(_world.Session, _world).FormAsync(new FormTeam(one.Id, new DateOnly(2026, 12, 1), World.Pairs(), null));
        await new VisitService(_world.Session, _world).PlanAsync(one.Id, new DateOnly(2026, 12, 1), team.Id, null);

        Assert.Contains("审批意见", (await FindAsync(one, "visit.approve", "CUL"))!.Missing.Select(m => m.Name));
        Assert.Null(await FindAsync(one, "visit.record", "CUL"));
        Assert.False(ApprovalDrafts.Covers("visit.record"));
    }
}
