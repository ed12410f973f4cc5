using System.Globalization;
using Workflows.Host.Simulation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Trials.History;

/// <summary>Targets and officers that stand for real ones under neutral labels, in the made-up district. Nothing of a real name, address or number is in them.</summary>
internal static class NeutralPlaces
{
    /// <summary>Telephone of everybody.</summary>
    public const string Phone = "0574-00000000";

    private const int CertifiedYears = 10;

    /// <summary>Label of the n-th target, from 1.</summary>
    public static string TargetLabel(int number) => string.Create(CultureInfo.InvariantCulture, $"对象-{number:000}");

    /// <summary>A target that stands for a real one: only its kind and those of its tags that the scenario knows are taken over.</summary>
    public static RosterTarget Target(string label, TargetSnapshot real, Scenario scenario, Town town)
    {
        string[] tags = [.. real.Tags.Where(scenario.TargetTags.Contains)];
        return new RosterTarget
        {
            Id = label,
            Name = label,
            Kind = Enum.TryParse<TargetKind>(scenario.TargetKind, out var kind) ? kind : TargetKind.Premises,
            Address = $"{label}的地址",
            TownCode = town.Code,
            District = SimulatedDistrict.Code,
            Tags = [.. tags.Length > 0 ? tags : scenario.TargetTags.Take(1)],
            Representative = $"{label}负责人",
            Phone = Phone,
        };
    }

    /// <summary>The rosters: departments of the scenario and those that only real cases know, with officers who may go on any day.</summary>
    public static SimulatedRosters Rosters(Scenario scenario, IEnumerable<string> furtherDepartments, string home, DateOnly from, int officersPerDepartment)
    {
        var departments = SimulatedDistrict.DepartmentsOf(scenario).ToList();
        departments.AddRange(furtherDepartments.Distinct().Where(code => departments.All(d => d.Code != code)).Select(code => SimulatedDistrict.Department(code, code, code)));
        var number = 0;
        var officers = departments.SelectMany(department => Enumerable.Range(1, officersPerDepartment).Select(n => new RosterOfficer
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{department.Code}-{n:00}"),
            Name = string.Create(CultureInfo.InvariantCulture, $"人员-{++number:000}"),
            Department = department.Code,
            CertificateNumber = string.Create(CultureInfo.InvariantCulture, $"证-{department.Code}-{n:000}"),
            CertificateValidTo = from.AddYears(CertifiedYears),
            LargestLoad = 1000,
        })).ToList();
        return new SimulatedRosters(SimulatedDistrict.TownsOf(home), departments, [], officers);
    }
}
