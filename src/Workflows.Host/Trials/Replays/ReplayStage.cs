using Workflows.Host.Simulation;
using Workflows.Host.Trials.History;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Trials.Replays;

/// <summary>Sets a real case up in the trial as it was when it began: ids, departments and tags are real, everything else is a label.</summary>
internal static class ReplayStage
{
    private const int Standby = 2;

    /// <summary>Stores target, plan and case.</summary>
    public static void Put(ISupervisionSession session, SimulationWorld world, ReplayedHistory replayed)
    {
        var real = replayed.History.Case;
        var target = NeutralPlaces.Target(replayed.Label, real.Target, world.Scenario, world.Rosters.Towns[0]);
        SimulationWorld.PutTargets(session, [target]);
        var cause = new Cause(null, "replay", "历史回放", session.Now);
        // Cases of one plan began at different times in its life; each has a copy of its own, so that none waits for another.
        var planId = replayed.History.Plan is null ? null : $"{real.PlanId}-{real.Id}";
        if (replayed.History.Plan is { } plan)
            session.Save(PlanOf(plan, planId!, real, replayed.Label, world, cause));
        session.Save(real with
        {
            PlanId = planId,
            TargetId = replayed.Label,
            Area = target.TownCode,
            Department = null,
            Created = cause,
            Changed = null,
            PackageVersionId = world.PackageVersionId,
            Target = new TargetSnapshot
            {
                Id = replayed.Label, Name = replayed.Label, Kind = real.Target.Kind, IsIndividual = real.Target.IsIndividual, Address = target.Address, Area = target.TownCode,
                Representative = target.Representative, Tags = target.Tags, CreditCode = real.Target.CreditCode is null ? null : $"{replayed.Label}代码",
                IdentityNumber = real.Target.IdentityNumber is null ? null : $"{replayed.Label}证件", TradeName = real.Target.TradeName is null ? null : replayed.Label,
                RepresentativeTitle = real.Target.RepresentativeTitle, Phone = target.Phone,
                // Who was known in the end is known from the beginning; who never was is not.
                Identity = real.Target.Identity == PartyIdentity.Verified ? null : real.Target.Identity,
            },
            Departments = [.. real.Departments.Select(department => department with { Organ = OrganOf(department.Code, world).Name, NumberName = OrganOf(department.Code, world).OrganShortName })],
            FrequencyException = real.FrequencyException is null ? null : new Decision(cause.ActorId, cause.ActorName, cause.At, "按当时的决定"),
            Stage = "待检查",
            State = CaseState.Open,
            Outcome = null,
            ClosureReason = null,
            TaskEndedAt = null,
            ClosedAt = null,
            PublicResult = null,
        });
    }

    private static InspectionPlan PlanOf(InspectionPlan real, string id, Case matter, string label, SimulationWorld world, Cause cause) => new()
    {
        Id = id,
        CaseKey = $"plan-of-{matter.CaseKey}",
        PlanId = id,
        Area = SimulatedDistrict.Code,
        Created = cause,
        Title = "历史计划",
        AnnualItem = new AnnualPlanItem(real.AnnualItem.Year, real.AnnualItem.Code, $"{world.Scenario.Name}跨部门联合抽查"),
        ScenarioCode = real.ScenarioCode,
        PackageVersionId = world.PackageVersionId,
        LeadDepartment = real.LeadDepartment,
        Departments = real.Departments,
        DrawCount = 1,
        AlternateCount = 0,
        WeightMode = real.WeightMode,
        VisitFrom = real.VisitFrom,
        VisitTo = real.VisitTo,
        Surprise = real.Surprise,
        Draw = new DrawOutcome
        {
            DrawFileId = "", Sha256 = "", At = cause.At, Targets = [label],
            Officers = [.. matter.Departments.Where(department => department.Attends).Select(department => Drawn(department.Code, real, label, world))],
        },
        State = PlanState.Confirmed,
    };

    private static DrawnOfficers Drawn(string department, InspectionPlan real, string label, SimulationWorld world)
    {
        var officers = world.Rosters.Officers.Where(officer => officer.Department == department).Select(officer => officer.Id).ToList();
        var count = Math.Max(2, real.Departments.FirstOrDefault(known => known.Code == department)?.Officers ?? 2);
        return new DrawnOfficers(label, department, [.. officers.Take(count)], [.. officers.Skip(count).Take(Standby)]);
    }

    private static Workflows.Supervision.Rosters.Department OrganOf(string code, SimulationWorld world) => world.Rosters.Departments.First(department => department.Code == code);
}
