using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Workflows.Engine.Bursts;

namespace Workflows.Host.Sample;

/// <summary>A department of the sample district.</summary>
/// <param name="Code">Code, such as <c>FIR</c>.</param>
/// <param name="Label">Short word for it in labels, such as 消防.</param>
/// <param name="Name">Name of the organ.</param>
/// <param name="NumberName">Its short name in document numbers.</param>
/// <param name="Inspects">Whether it has officers who inspect.</param>
internal sealed record SampleDepartment(string Code, string Label, string Name, string NumberName, bool Inspects = true);

/// <summary>
/// The rosters of the sample district as the files that an administrator would import: towns are real public data, departments bear
/// the names of real kinds of organs, targets and officers are made up from a seed and carry neutral labels.
/// </summary>
/// <param name="divisions">Text of <c>sample/ningbo-divisions.json</c>.</param>
/// <param name="today">Day on which the district comes to be; dates in the rosters are told from it.</param>
internal sealed class SampleRosters(string divisions, DateOnly today)
{
    /// <summary>District of the sample: 宁波市海曙区.</summary>
    public const string District = "330203";

    /// <summary>Targets.</summary>
    public const int Targets = 60;

    /// <summary>Officers of each department that inspects; the last one's certificate is out of date.</summary>
    public const int OfficersPerDepartment = 6;

    private const string Seed = "sample-district-1";
    private readonly IdSource _random = new(Seed);

    /// <summary>The departments.</summary>
    public static IReadOnlyList<SampleDepartment> Departments { get; } =
    [
        new("CUL", "文旅", "宁波市海曙区文化和广电旅游体育局", "甬海曙文广旅"),
        new("PSB", "公安", "宁波市公安局海曙分局", "甬公海曙"),
        new("FIR", "消防", "宁波市海曙区消防救援大队", "甬海曙消"),
        new("HEA", "卫健", "宁波市海曙区卫生健康局", "甬海曙卫"),
        new("MKT", "市监", "宁波市海曙区市场监督管理局", "甬海曙市监"),
        new("TOB", "烟草", "宁波市海曙区烟草专卖局", "甬海曙烟"),
        new("GUI", "指导办", "宁波市海曙区综合行政执法指导办公室", "甬海曙执指", Inspects: false),
        new("CMD", "指挥中心", "宁波市海曙区社会治理中心", "甬海曙治", Inspects: false),
        new("JUS", "司法", "宁波市海曙区司法局", "甬海曙司", Inspects: false),
    ];

    /// <summary>镇街.</summary>
    public string TownsCsv()
    {
        var csv = new StringBuilder("代码,名称,区县代码,区县名称\n");
        foreach (var (district, town) in Towns(all: true))
            csv.Append(CultureInfo.InvariantCulture, $"{town.Code},{town.Name},{district.Code},{district.Name}\n");
        return csv.ToString();
    }

    /// <summary>部门.</summary>
    public static string DepartmentsCsv()
    {
        var csv = new StringBuilder("代码,名称,机关代字,区县代码\n");
        foreach (var department in Departments)
            csv.Append(CultureInfo.InvariantCulture, $"{department.Code},{department.Name},{department.NumberName},{District}\n");
        return csv.ToString();
    }

    /// <summary>检查对象.</summary>
    public string TargetsCsv()
    {
        var csv = new StringBuilder("编号,名称,类型,地址,镇街代码,部门代码,信用等级,信用来源,信用日期,标签,状态,最近检查日期,近90日投诉数,开业日期,负责人,联系电话\n");
        var towns = Towns(all: false).Select(pair => pair.Town).ToArray();
        for (var number = 1; number <= Targets; number++)
        {
            var town = towns[Next(towns.Length)];
            string[] tags = [Next(3) == 0 ? "专业电竞酒店" : "非专业电竞酒店", .. Some("集中空调", 2), .. Some("销售食品", 2), .. Some("销售卷烟", 4)];
            var credit = "AABBBBBCCD"[Next(10)];
            // Some were inspected lately, so that a draw has something to leave out.
            var inspected = Next(5) switch { 0 => Day(-Next(80) - 1), 1 => "", _ => Day(-Next(500) - 120) };
            csv.Append(CultureInfo.InvariantCulture,
                $"{TargetId(number)},样例电竞酒店{number:000}号,场所,宁波市海曙区{town.Name}样例路{number}号,{town.Code},CUL、PSB、FIR、HEA、MKT,{credit},样例数据,{Day(-30)},{string.Join('、', tags)},正常,{inspected},{Math.Max(0, Next(6) - 3)},{Day(-Next(2000) - 60)},样例负责人{number:000},0574-00000{number:000}\n");
        }

        return csv.ToString();
    }

    /// <summary>执法人员.</summary>
    public string OfficersCsv()
    {
        var csv = new StringBuilder("编号,姓名,部门代码,执法证号,证件有效期至,执法领域,申报回避对象,状态,任务上限\n");
        foreach (var department in Departments.Where(department => department.Inspects))
        {
            for (var number = 1; number <= OfficersPerDepartment; number++)
            {
                var expired = number == OfficersPerDepartment;
                // One officer of each department has declared a relation, so that the draw has somebody to leave out.
                var related = number == 1 ? TargetId(Next(Targets) + 1) : "";
                csv.Append(CultureInfo.InvariantCulture,
                    $"{OfficerId(department.Code, number)},样例{department.Label}执法员{number:00},{department.Code},样例{department.Code}{number:000},{Day(expired ? -40 : 900)},{department.Label},{related},在岗,20\n");
            }
        }

        return csv.ToString();
    }

    /// <summary>Id of a target.</summary>
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

    private IEnumerable<string> Some(string tag, int oneIn) => Next(oneIn) == 0 ? [tag] : [];

    private string Day(int offset) => today.AddDays(offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private int Next(int below)
    {
        Span<byte> bytes = stackalloc byte[8];
        _random.Fill(bytes);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(bytes) % (ulong)below);
    }
}
