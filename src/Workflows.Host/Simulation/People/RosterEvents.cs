using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>What happens to the roster of officers while a plan is drawn, in the department that comes last among those that take part.</summary>
internal static class RosterEvents
{
    private const int LostOrdinal = 4;

    /// <summary>Officers go on leave before the rosters of a plan are frozen.</summary>
    /// <param name="story">Story of the plan.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="people">Everybody.</param>
    public static Action<ISupervisionSession>? BeforePlan(CaseStory story, Scenario scenario, SimulatedPeople people) => story.Roster switch
    {
        RosterStory.OneLeft => session => OnLeave(scenario, people, session, stay: 1),
        RosterStory.TwoLeft => session => OnLeave(scenario, people, session, stay: 2),
        _ => null,
    };

    /// <summary>Those on leave come back.</summary>
    public static Action<ISupervisionSession>? AllBack(StepContext step) => step.Story.Roster is RosterStory.OneLeft or RosterStory.TwoLeft
        ? session => Officers(step).ToList().ForEach(officer => Save(session, officer))
        : null;

    /// <summary>Those on leave come back, or one loses the certificate.</summary>
    public static Action<ISupervisionSession>? AfterDraw(StepContext step) => step.Story.Roster == RosterStory.OneLost
        ? session =>
        {
            var lost = Officers(step).Where(o => o is { Status: OfficerStatus.Active, Leaves.Length: 0, DeclaredRelations.Length: 0 }).ElementAt(LostOrdinal);
            step.People.Lose(lost.Id);
            Save(session, lost with { CertificateValidTo = ShanghaiTime.DateOf(session.Now).AddDays(-1) });
        }
        : AllBack(step);

    private static void OnLeave(Scenario scenario, SimulatedPeople people, ISupervisionSession session, int stay)
    {
        var unit = Unit(scenario);
        var able = people.CertifiedOfficers(unit).Take(stay).Select(a => a.OfficerId).ToHashSet(StringComparer.Ordinal);
        var today = ShanghaiTime.DateOf(session.Now);
        foreach (var officer in people.RosterOf(unit).Where(o => !able.Contains(o.Id)))
        {
            Save(session, officer with { Leaves = [new Leave(today, today.AddDays(60))] });
        }
    }

    private static string Unit(Scenario scenario) => scenario.Departments.Last(d => d.Role is DepartmentRole.Participating or DepartmentRole.Lead).Code;

    private static IEnumerable<RosterOfficer> Officers(StepContext step) => step.People.RosterOf(Unit(step.Scenario));

    private static void Save(ISupervisionSession session, RosterOfficer officer) =>
        session.Save(OfficerRecord.Of(officer, SimulatedDistrict.Code, new Cause(null, "simulation", "样例名录", session.Now)));
}
