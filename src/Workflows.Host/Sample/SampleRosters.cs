using System.Globalization;
using System.Text;
using System.Text.Json;
using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Sample;

/// <summary>A department of the sample district.</summary>
/// <param name="Code">Code, such as <c>FIR</c>.</param>
/// <param name="Label">Short word for it in labels, such as 消防.</param>
/// <param name="Name">Name of the organ.</param>
/// <param name="NumberName">Its short name in document numbers.</param>
/// <param name="Officers">Officers who inspect; the last one's certificate is out of date. None where it does not inspect.</param>
internal sealed record SampleDepartment(string Code, string Label, string Name, string NumberName, int Officers)
{
    /// <summary>Whether it has officers who inspect.</summary>
    public bool Inspects => Officers > 0;
}

/// <summary>
/// The rosters of the sample district as the files that an administrator would import: towns are real public data, departments bear
/// the names of real kinds of organs, targets and officers are made up from a seed and carry neutral labels.
/// </summary>
/// <param name="divisions">Text of <c>sample/ningbo-divisions.json</c>.</param>
/// <param name="scenarios">Scenarios that bring targets of their own besides the e-sports hotels.</param>
/// <param name="today">Day on which the district comes to be; dates in the rosters are told from it.</param>
internal sealed class SampleRosters(string divisions, IReadOnlyList<Scenario> scenarios, DateOnly today)
{
    /// <summary>District of the sample: 宁波市海曙区.</summary>
    public const string District = "330203";

    /// <summary>E-sports hotels.</summary>
    public const int Hotels = 60;

    /// <summary>Targets of each further scenario.</summary>
    public const int TargetsPerScenario = 20;

    private const string Seed = "sample-district-1";
    private readonly SampleChance _chance = new(Seed);

    /// <summary>The departments.</summary>
    public static IReadOnlyList<SampleDepartment> Departments { get; } =
    [
        new("CUL", "文旅", "宁波市海曙区文化和广电旅游体育局", "甬海曙文广旅", 6),
        new("PSB", "公安", "宁波市公安局海曙分局", "甬公海曙", 6),
        new("FIR", "消防", "宁波市海曙区消防救援大队", "甬海曙消", 6),
        new("HEA", "卫健", "宁波市海曙区卫生健康局", "甬海曙卫", 6),
        new("MKT", "市监", "宁波市海曙区市场监督管理局", "甬海曙市监", 6),
        new("TOB", "烟草", "宁波市海曙区烟草专卖局", "甬海曙烟", 6),
        new("GUI", "指导办", "宁波市海曙区综合行政执法指导办公室", "甬海曙执指", 0),
        new("CMD", "指挥中心", "宁波市海曙区社会治理中心", "甬海曙治", 0),
        new("JUS", "司法", "宁波市海曙区司法局", "甬海曙司", 0),
        new("CLE", "综合执法", "宁波市海曙区综合行政执法局", "甬海曙综执", 4),
        new("AGR", "农业农村", "宁波市海曙区农业农村局", "甬海曙农", 4),
        new("HUD", "住建", "宁波市海曙区住房和城乡建设局", "甬海曙住建", 4),
        new("WAT", "水利", "宁波市海曙区水利局", "甬海曙水", 4),
        new("ECO", "生态环境", "宁波市生态环境局海曙分局", "甬环海", 4),
        new("NRP", "自然资源", "宁波市自然资源和规划局海曙分局", "甬自然资规海", 4),
        new("TRA", "交通", "宁波市海曙区交通运输局", "甬海曙交", 4),
        new("TOWN", "街道", "宁波市海曙区样例街道办事处", "甬海曙样街", 4),
        new("EMR", "应急", "宁波市海曙区应急管理局", "甬海曙应急", 0),
    ];

    /// <summary>镇街.</summary>
    public string TownsCsv()
    {
        var csv = new StringBuilder("代码,名称,区县代码,区县名称,纬度,经度\n");
        var seats = Seats();
        foreach (var (district, town) in Towns(all: true))
        {
            var (north, east) = seats.TryGetValue(town.Code, out var seat) ? seat : (null, null);
            csv.Append(CultureInfo.InvariantCulture, $"{town.Code},{town.Name},{district.Code},{district.Name},{north},{east}\n");
        }


        return csv.ToString();
    }

    /// <summary>部门, and each town of the district with an organ of its own.</summary>
    public string DepartmentsCsv()
    {
        var csv = new StringBuilder("代码,名称,机关代字,区县代码\n");
        foreach (var department in Departments)
            csv.Append(CultureInfo.InvariantCulture, $"{department.Code},{department.Name},{department.NumberName},{District}\n");
        foreach (var (_, town) in Towns(all: false))
            csv.Append(CultureInfo.InvariantCulture, $"{Delegation.TownDepartment},宁波市海曙区{OfficeOf(town.Name)},甬海曙{town.Name.TrimEnd('街', '道', '镇', '乡')}综执,{town.Code}\n");
        return csv.ToString();
    }

    private static string OfficeOf(string town) => town.EndsWith("街道", StringComparison.Ordinal) ? $"{town}办事处" : $"{town}人民政府";

    /// <summary>检查对象.</summary>
    public string TargetsCsv()
    {
        var csv = new StringBuilder("编号,名称,类型,地址,镇街代码,部门代码,信用等级,信用来源,信用日期,标签,状态,最近检查日期,近90日投诉数,开业日期,负责人,联系电话\n");
        var towns = Towns(all: false).Select(pair => pair.Town).ToArray();
        for (var number = 1; number <= Hotels; number++)
        {
            var town = towns[_chance.Next(towns.Length)];
            string[] tags = [_chance.Next(3) == 0 ? "专业电竞酒店" : "非专业电竞酒店", .. _chance.Some("集中空调", 2), .. _chance.Some("销售食品", 2), .. _chance.Some("销售卷烟", 4)];
            var credit = "AABBBBBCCD"[_chance.Next(10)];
            // Some were inspected lately, so that a draw has something to leave out.
            var inspected = _chance.Next(5) switch { 0 => Day(-_chance.Next(80) - 1), 1 => "", _ => Day(-_chance.Next(500) - 120) };
            csv.Append(CultureInfo.InvariantCulture,
                $"{TargetId(number)},样例电竞酒店{number:000}号,场所,宁波市海曙区{town.Name}样例路{number}号,{town.Code},CUL、PSB、FIR、HEA、MKT,{credit},样例数据,{Day(-30)},{string.Join('、', tags)},正常,{inspected},{Math.Max(0, _chance.Next(6) - 3)},{Day(-_chance.Next(2000) - 60)},样例负责人{number:000},0574-00000{number:000}\n");
        }

        foreach (var scenario in scenarios)
            Targets(scenario, towns, csv);
        return csv.ToString();
    }

    // One of its kinds and some of its other tags, each from a stream of its own, so that a new scenario moves no other.
    private void Targets(Scenario scenario, (string Code, string Name)[] towns, StringBuilder csv)
    {
        var chance = new SampleChance($"{Seed}/{scenario.Code}");
        var prefix = scenario.Items[0].Code.Split('-')[0];
        var kind = scenario.TargetKind switch { nameof(TargetKind.Reservoir) => "水库", nameof(TargetKind.Project) => "项目", nameof(TargetKind.Event) => "活动", _ => "场所" };
        var departments = string.Join('、', scenario.Departments.Where(d => d.Role is DepartmentRole.Lead or DepartmentRole.Participating).Select(d => d.Code));
        for (var number = 1; number <= TargetsPerScenario; number++)
        {
            var town = towns[chance.Next(towns.Length)];
            string[] tags =
            [
                .. scenario.KindTags.Skip(chance.Next(Math.Max(1, scenario.KindTags.Count))).Take(1),
                .. scenario.TargetTags.Except(scenario.KindTags).SelectMany(tag => chance.Some(tag, 3)),
            ];
            var inspected = chance.Next(5) switch { 0 => Day(-chance.Next(80) - 1), 1 => "", _ => Day(-chance.Next(500) - 120) };
            csv.Append(CultureInfo.InvariantCulture,
                $"{District}-{prefix}-{number:000},样例{scenario.Name}{number:000}号,{kind},宁波市海曙区{town.Name}样例路{number}号,{town.Code},{departments},{"AABBBBBCCD"[chance.Next(10)]},样例数据,{Day(-30)},{string.Join('、', tags)},正常,{inspected},{Math.Max(0, chance.Next(6) - 3)},{Day(-chance.Next(2000) - 60)},样例负责人{number:000},0574-00000{number:000}\n");
        }
    }

    /// <summary>执法人员.</summary>
    public string OfficersCsv()
    {
        var csv = new StringBuilder("编号,姓名,部门代码,执法证号,证件有效期至,执法领域,申报回避对象,状态,任务上限\n");
        foreach (var department in Departments.Where(department => department.Inspects))
        {
            for (var number = 1; number <= department.Officers; number++)
            {
                var expired = number == department.Officers;
                // One officer of each department has declared a relation, so that the draw has somebody to leave out.
                var related = number == 1 ? TargetId(_chance.Next(Hotels) + 1) : "";
                csv.Append(CultureInfo.InvariantCulture,
                    $"{OfficerId(department.Code, number)},样例{department.Label}执法员{number:00},{department.Code},样例{department.Code}{number:000},{Day(expired ? -40 : 900)},{department.Label},{related},在岗,20\n");
            }
        }

        return csv.ToString();
    }

    /// <summary>Whether every department that a scenario needs at each visit is in the district.</summary>
    public static bool HasDepartmentsOf(Scenario scenario) => scenario.Departments
        .Where(d => d.Role is DepartmentRole.Lead or DepartmentRole.Participating).All(d => Departments.Any(own => own.Code == d.Code && own.Inspects));

    /// <summary>Id of an e-sports hotel.</summary>
    public static string TargetId(int number) => string.Create(CultureInfo.InvariantCulture, $"{District}-EH-{number:000}");

    /// <summary>Id of an officer.</summary>
    public static string OfficerId(string department, int number) => string.Create(CultureInfo.InvariantCulture, $"{department}-{number:00}");

    private IEnumerable<((string Code, string Name) District, (string Code, string Name) Town)> Towns(bool all)
    {
        using var document = JsonDocument.Parse(divisions);
        foreach (var district in document.RootElement.GetProperty("districts").EnumerateArray())
        {
            var code = district.GetProperty("code").GetString()!;
            if (!all && code != District)
                continue;
            foreach (var town in district.GetProperty("towns").EnumerateArray())
                yield return ((code, district.GetProperty("name").GetString()!), (town.GetProperty("code").GetString()!, town.GetProperty("name").GetString()!));
        }
    }

    // Where the seats of towns are, for the towns of which the file says it.
    private Dictionary<string, (double? Latitude, double? Longitude)> Seats()
    {
        using var document = JsonDocument.Parse(divisions);
        return document.RootElement.GetProperty("seats").EnumerateObject().ToDictionary(
            seat => seat.Name, seat => ((double?)seat.Value[0].GetDouble(), (double?)seat.Value[1].GetDouble()), StringComparer.Ordinal);
    }

    private string Day(int offset) => today.AddDays(offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
