using System.Reflection;
using Workflows.Activities.Work;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Where a case stands, as people read it.</summary>
public sealed partial class EsportsHotelTests
{
    [Fact]
    public async Task The_stage_follows_the_case_from_the_door_to_publication()
    {
        var run = await new CaseRun().StartAsync();
        var stages = new List<string> { run.Case.Stage };
        async Task Then(string kind, Actor actor, string? outcome, object? data = null)
        {
            await run.DoAsync(kind, actor, outcome, data);
            stages.Add($"{kind} {run.Case.Stage}");
        }

        await Then("team.recusal-declaration", People.Officer("CUL"), "无需回避");
        await Then("visit.approve", People.Head("CUL"), "批准", new { note = "同意" });
        await Then("visit.arrive", People.Officer("CUL"), "已到场", People.Arrived(run));
        await Then("visit.record", People.Officer("CUL"), null, People.Record(run, [], People.Breach(run, "EH-18")));
        await Then("order.prepare", People.Officer("CUL"), null, new { });
        await Then("order.approve", People.Head("FIR"), "批准", new { note = "同意" });
        await Then("document.serve", People.Officer("FIR"), "已送达", People.Served(run, "FIR"));
        await run.UntilAsync(12, 16);
        stages.Add($"12-16 {run.Case.Stage}");
        await Then("reinspection.record", People.Officer("FIR"), null, Opinions(run, ("EH-18", "未改正")));
        await Then("filing.review", People.With(Role.LegalReviewer, "FIR"), "同意", new { note = "同意" });
        await Then("filing.decide", People.Head("FIR"), "准予立案", new { note = "同意" });
        await Then("filing.result", People.Officer("FIR"), null, new { number = "消案1号", outcome = "已处罚" });
        await Then("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Assert.Equal(
            [
                "待检查", "team.recusal-declaration 待检查", "visit.approve 待检查", "visit.arrive 检查中", "visit.record 处置中", "order.prepare 处置中", "order.approve 处置中",
                "document.serve 整改中", "12-16 复查", "reinspection.record 立案审批", "filing.review 立案审批", "filing.decide 案件办理中", "filing.result 待公示", "publication.review 办结",
            ],
            stages);
    }

    [Fact]
    public void Every_step_of_the_case_says_in_which_stage_it_is()
    {
        // Supervision of the handling unit runs beside the case and is no stage of it; the others are steps of the plan or of a lead.
        string[] stageless = ["supervision.sign", "supervision.reply", "supervision.objection", "consultation.conclude", "lead.confirm", "lead.settle", "lead.trace", "plan.approve", "plan.public-value", "plan.confirm-draw", "plan.shortage", "project.patrol", "project.party"];
        var kinds = typeof(HumanStep).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(HumanStep)))
            .Select(t => (string)t.GetProperty("Kind", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(Activator.CreateInstance(t))!).ToList();
        Assert.InRange(kinds.Count, 30, 80);
        Assert.Equal(stageless.Order(StringComparer.Ordinal), kinds.Where(k => CaseStage.Of([k]) is null).Distinct().Order(StringComparer.Ordinal));
    }
}
