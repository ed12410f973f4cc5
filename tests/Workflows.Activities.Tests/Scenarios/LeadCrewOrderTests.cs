using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Whom a seat of a team gets: the town's own officers first, and of these who has least to do.</summary>
public sealed class LeadCrewOrderTests
{
    [Fact]
    public async Task Seats_go_to_who_has_least_to_do_and_then_by_id()
    {
        var run = await StartAsync();
        Assert.Equal(["WAT1"], await SeatedAsync(run, "lead-1", "1+1+X"));
        // WAT1 is in a team now; WAT2 comes next, and then nobody of four has more than another but by the teams they are in.
        Assert.Equal(["WAT2"], await SeatedAsync(run, "lead-2", "1+1+X"));
        Assert.Equal(["WAT3", "WAT4"], await SeatedAsync(run, "lead-3", "2+1+X"));
        Assert.Equal(["WAT1", "WAT2"], await SeatedAsync(run, "lead-4", "2+1+X"));
        // Filled again, a lead does not count against its own team.
        Assert.Equal(["WAT1"], await SeatedAsync(run, "lead-1", "1+1+X"));
    }

    [Fact]
    public async Task An_open_step_counts_and_the_towns_own_officers_come_first_all_the_same()
    {
        var run = await StartAsync();
        foreach (var (id, state) in new[] { ("WAT1", TaskState.Open), ("WAT2", TaskState.Done) })
        {
            run.Session.Save(new WorkTask
            {
                Id = "step-" + id, CaseKey = "other", Area = "330203009", Department = "WAT", Created = run.Session.CauseNow(), InstanceId = "i", TaskActivityId = "a", Kind = "k", Title = "样例", IsDecision = false,
                Assignees = [$"officer:{id}"], State = state,
            });
        }

        Assert.Equal(["WAT2"], await SeatedAsync(run, "lead-1", "1+1+X"));
        var own = run.All<OfficerRecord>().Single(record => record.Officer.Id == "WAT1");
        run.Session.Save(own with { Officer = own.Officer with { ServingTown = "330203106" } });
        Assert.Equal(["WAT1"], await SeatedAsync(run, "lead-2", "1+1+X"));
    }

    private static async Task<CaseRun> StartAsync()
    {
        var run = await new CaseRun(CaseRun.LeadDefinition("reservoir"), "reservoir") { Tags = ["饮用水水源水库"] }.StartLeadAsync(
            new NewLead { Trigger = TriggerKind.Report, Source = "窗口", Area = "330203106", MatterCode = "RS-04", Text = "有人垂钓" }, "WAT");
        var first = (await run.Session.FindAsync<Lead>("lead-1"))! with { State = LeadState.Dispatched };
        foreach (var id in new[] { "lead-1", "lead-2", "lead-3", "lead-4" })
        {
            run.Session.Save(first with { Id = id, CaseKey = id });
        }

        run.Session.Actor = People.With(Role.Dispatcher, "CMD");
        return run;
    }

    private static async Task<IEnumerable<string>> SeatedAsync(CaseRun run, string lead, string template) =>
        (await new LeadCrews(run.Session, run).FillAsync(lead, new FillCrew(template))).Crew!.Members.Select(member => member.OfficerId!);
}
