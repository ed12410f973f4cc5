using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Trigger kinds (scenarios.md 0.3): every scenario has all of them, so that no lead ends before a closed door.</summary>
public sealed class TriggerKindTests
{
    // The page's own list; the monthly plan draws and takes no lead.
    private static readonly string[] s_kinds =
    [
        "SpecialCampaign", "Complaint12345", "Report", "GridReport", "WhistleBlow", "TransferIn", "SuperiorAssign", "SensorAlarm", "VideoAI", "DronePatrol", "BoatPatrol", "LandPatrol", "Milestone",
        "LicenceEvent", "CreditEvent", "Recheck", "SelfCorrection", "StuckMatter",
    ];

    public static TheoryData<string> Scenarios =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "workflow-definitions"), "scenario.json", SearchOption.AllDirectories).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_lead_of_each_kind_becomes_a_check(string scenario)
    {
        foreach (var name in s_kinds)
        {
            var trigger = Enum.Parse<TriggerKind>(name);
            var run = new CaseRun(scenario: scenario);
            run = new CaseRun(scenario: scenario) { Tags = [run.Scenario.TargetTags[0]] };
            run.PutRosters([.. run.Scenario.Departments.Select(d => d.Code)]);
            run.Session.Save(new Lead
            {
                Id = "lead-9", CaseKey = "lead-9", Area = "330203009", Created = run.Session.CauseNow(), Trigger = trigger, Source = "样例来源", Place = new LeadPlace("330203009", null, "样例路1号"), Text = "样例线索",
                ReceivedAt = run.Session.Now, State = LeadState.Received, Wait = new LeadWait("w-1", "待受理", "role:dispatcher", run.Session.Now.AddDays(1)), Steps = [],
            });
            run.Session.Actor = People.Head(run.Lead);
            var opened = await run.Get<TargetedCheck>().OpenAsync("v1", "definition", new OpenTargetedCheck { TargetId = "91330203MA00000001", Trigger = trigger, Occasion = "核实线索", LeadId = "lead-9" });
            Assert.Equal((trigger, "lead-9"), (opened.Trigger, opened.SourceReference));
            Assert.Equal(opened.Id, (await run.Session.FindAsync<Lead>("lead-9"))!.CaseId);
        }
    }
}
