using System.Collections.Immutable;
using System.Text.Json;
using Workflows.Host.CommandLine;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Simulation;

/// <summary>
/// A district of real public data with made-up targets and officers under neutral labels: 海曙区 of Ningbo with its towns, the
/// scenario's departments, targets of which some cannot be drawn, and officers of which some may not go.
/// </summary>
internal sealed class SimulatedDistrict
{
    /// <summary>Division code of 宁波市海曙区.</summary>
    public const string Code = "330203";

    private const string City = "宁波市";
    private const string Name = "海曙区";
    private const string NumberPlace = "甬海曙";

    private static readonly (string Code, string Name, string Number)[] Offices =
        [("CMD", "社会治理中心", "治"), ("GUI", "综合行政执法指导办公室", "执指"), ("JUS", "司法局", "司")];

    private readonly Chance _chance;
    private readonly DateOnly _from;
    private readonly string _prefix;

    /// <param name="scenario">The scenario.</param>
    /// <param name="options">Seed, first day and number of targets.</param>
    /// <param name="officersPerDepartment">Officers of each department that inspects.</param>
    public SimulatedDistrict(Scenario scenario, SimulationOptions options, int officersPerDepartment)
    {
        _chance = new Chance(options.Seed, "district");
        _from = options.From;
        _prefix = scenario.Items[0].Code.Split('-')[0];
        Towns = ReadTowns(options.Home);
        Departments = DepartmentsOf(scenario);
        // Twice as many as are drawn, so that a draw leaves somebody out.
        Targets = [.. Enumerable.Range(1, (options.Targets * 2) + 20).Select(n => Target(n, scenario))];
        Officers = [.. scenario.Departments.SelectMany(d => Enumerable.Range(1, officersPerDepartment).Select(n => Officer(d, n)))];
    }

    /// <summary>Everything together.</summary>
    public SimulatedRosters Rosters => new(Towns, Departments, Targets, Officers);

    /// <summary>镇街.</summary>
    public IReadOnlyList<Town> Towns { get; }

    /// <summary>部门.</summary>
    public IReadOnlyList<Department> Departments { get; }

    /// <summary>检查对象.</summary>
    public IReadOnlyList<RosterTarget> Targets { get; }

    /// <summary>执法人员.</summary>
    public IReadOnlyList<RosterOfficer> Officers { get; }

    /// <summary>The departments of a scenario, as organs of the district, and the offices that no scenario names.</summary>
    public static IReadOnlyList<Department> DepartmentsOf(Scenario scenario) =>
    [
        .. scenario.Departments.Select(d => Department(d.Code, d.Name, d.NumberName)),
        .. Offices.Where(o => scenario.Departments.All(d => d.Code != o.Code)).Select(o => Department(o.Code, o.Name, o.Number)),
    ];

    /// <summary>An organ of the district.</summary>
    public static Department Department(string code, string name, string number) => code switch
    {
        "PSB" => new Department(code, $"{City}公安局海曙分局", "甬公海曙", Code),
        // Organs of the city with a branch in the district.
        "ECO" => new Department(code, $"{City}生态环境局海曙分局", "甬环海", Code),
        "NRP" => new Department(code, $"{City}自然资源和规划局海曙分局", "甬自然资规海", Code),
        _ => new Department(code, $"{City}{Name}{name}", NumberPlace + number, Code),
    };

    /// <summary>The towns of the district.</summary>
    public static IReadOnlyList<Town> TownsOf(string home) => ReadTowns(home);

    private static List<Town> ReadTowns(string home)
    {
        using var json = InputFile.ReadJson(Path.Combine(home, "sample", "ningbo-divisions.json"), "sample");
        var district = json.RootElement.GetProperty("districts").EnumerateArray().First(d => d.GetProperty("code").GetString() == Code);
        return [.. district.GetProperty("towns").EnumerateArray().Select(t => new Town(Text(t, "code"), Text(t, "name"), Code, Name))];
    }

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString()!;

    private RosterTarget Target(int number, Scenario scenario)
    {
        var town = Towns[_chance.Next(Towns.Count)];
        var credit = "AABBBBBCCD"[_chance.Next(10)].ToString();
        List<string> tags = [.. KindOf(scenario)];
        tags.AddRange(scenario.TargetTags.Except(scenario.KindTags).Where(_ => _chance.Next(3) == 0));
        return new RosterTarget
        {
            Id = $"{Code}-{_prefix}-{number:0000}",
            Name = $"样例{scenario.Name}{number:0000}号",
            Kind = Enum.TryParse<TargetKind>(scenario.TargetKind, out var kind) ? kind : TargetKind.Premises,
            Address = $"{City}{Name}{town.Name}样例路{number}号",
            TownCode = town.Code,
            District = Code,
            Departments = [.. scenario.Departments.Where(d => d.Role is DepartmentRole.Lead or DepartmentRole.Participating).Select(d => d.Code)],
            Credit = new CreditClassification(credit, "样例数据", _from.AddDays(-30)),
            Tags = [.. tags],
            Status = number % 29 == 0 ? TargetStatus.Suspended : TargetStatus.Normal,
            LastInspectedOn = number % 10 == 0 ? _from.AddDays(-20 - _chance.Next(40)) : _from.AddDays(-150 - _chance.Next(400)),
            ComplaintsIn90Days = Math.Max(0, _chance.Next(6) - 3),
            OpenedOn = _from.AddDays(-400 - _chance.Next(2000)),
            Phone = $"0574-0000{number:0000}",
            Representative = $"样例负责人{number:0000}",
        };
    }

    // A third are of the first kind, the rest is shared among the others.
    private IEnumerable<string> KindOf(Scenario scenario) => scenario.KindTags.Count switch
    {
        < 2 => scenario.KindTags,
        2 => [scenario.KindTags[_chance.Next(3) == 0 ? 0 : 1]],
        var kinds => [scenario.KindTags[_chance.Next(3) == 0 ? 0 : 1 + _chance.Next(kinds - 1)]],
    };

    private RosterOfficer Officer(ScenarioDepartment department, int number)
    {
        var expired = number % 9 == 0;
        return new RosterOfficer
        {
            Id = $"{department.Code}-{number:00}",
            Name = $"样例{department.NumberName}执法员{number:00}",
            Department = department.Code,
            CertificateNumber = $"样例{department.Code}{number:000}",
            CertificateValidTo = _from.AddDays(expired ? -40 : 900),
            Fields = [department.NumberName],
            DeclaredRelations = number == 1 ? [$"{Code}-{_prefix}-{1 + _chance.Next(20):0000}"] : [],
            Leaves = number == 2 ? [new Leave(_from.AddDays(5), _from.AddDays(40))] : ImmutableArray<Leave>.Empty,
            LargestLoad = 1000,
        };
    }
}
