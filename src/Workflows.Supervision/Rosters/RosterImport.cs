using System.Collections.Immutable;
using Workflows.Supervision.DelimitedText;

namespace Workflows.Supervision.Rosters;

/// <summary>
/// Reads roster files (CSV, header in Chinese, UTF-8 or GBK/GB18030) and reports line by line what is wrong. A file with
/// problems gives no rows unless the good ones alone are asked for. Several values in a cell are parted by <c>、</c> or a
/// semicolon; dates are written 2026-11-21 (2026/11/21 and 2026年11月21日 are read too). Columns in any order; unknown
/// columns are ignored; the needed ones are marked with an asterisk.
/// <list type="bullet">
/// <item>检查对象: 编号* 名称* 类型 地址 镇街代码* 部门代码 信用等级 信用来源 信用日期 风险等级 标签 状态 最近检查日期 近90日投诉数 开业日期 有效期至 联系电话 负责人</item>
/// <item>执法人员: 编号* 姓名* 部门代码* 服务镇街代码 执法证号 证件有效期至 执法领域 申报回避对象 状态 小组 休假 任务上限 (休假 as 2026-11-21至2026-11-25)</item>
/// <item>部门: 代码* 名称* 机关代字* 区县代码*</item>
/// <item>镇街: 代码* 名称* 区县代码 区县名称</item>
/// </list>
/// </summary>
public static class RosterImport
{
    private static readonly Dictionary<string, TargetKind> Kinds = new(StringComparer.Ordinal)
    {
        ["场所"] = TargetKind.Premises, ["水库"] = TargetKind.Reservoir, ["项目"] = TargetKind.Project, ["活动"] = TargetKind.Event, ["个人"] = TargetKind.Person,
    };

    private static readonly Dictionary<string, TargetStatus> TargetStates = new(StringComparer.Ordinal)
    {
        ["正常"] = TargetStatus.Normal, ["停业"] = TargetStatus.Suspended, ["注销"] = TargetStatus.Deregistered, ["吊销"] = TargetStatus.Deregistered,
        ["迁出"] = TargetStatus.MovedAway, ["异常"] = TargetStatus.Abnormal,
    };

    private static readonly Dictionary<string, OfficerStatus> OfficerStates = new(StringComparer.Ordinal)
    {
        ["在岗"] = OfficerStatus.Active, ["停职"] = OfficerStatus.Suspended, ["离岗"] = OfficerStatus.Left,
    };

    /// <summary>Reads inspection targets (检查对象名录).</summary>
    public static RosterImportResult<RosterTarget> ParseTargets(Stream csv, RosterImportOptions options) => Parse(
        csv, options, ["编号", "名称", "镇街代码"], "编号", t => t.Id, row =>
        {
            var town = row.RequiredId("镇街代码");
            if (town.Length > 0 && (town.Length < 6 || !town.All(char.IsAsciiDigit)))
            {
                row.Report("镇街代码", town, "不是行政区划代码。", "请填写九位数字代码，如 330203001。");
                town = "";
            }

            return new RosterTarget
            {
                Id = row.RequiredId("编号"),
                Name = row.Required("名称"),
                Kind = row.Choice("类型", Kinds, TargetKind.Premises),
                Address = row.Optional("地址") ?? "",
                TownCode = row.Known("镇街代码", town, options.Towns, "镇街"),
                District = town.Length >= 6 ? town[..6] : "",
                Departments = Departments(row, options),
                Credit = Credit(row),
                RiskLevel = row.Optional("风险等级"),
                Tags = row.List("标签"),
                Status = row.Choice("状态", TargetStates, TargetStatus.Normal),
                LastInspectedOn = row.Date("最近检查日期"),
                ComplaintsIn90Days = row.Number("近90日投诉数", 0, 100_000),
                OpenedOn = row.Date("开业日期"),
                ValidTo = row.Date("有效期至"),
                Phone = row.Optional("联系电话"),
                Representative = row.Optional("负责人"),
            };
        });

    /// <summary>Reads enforcement officers (执法人员名录).</summary>
    public static RosterImportResult<RosterOfficer> ParseOfficers(Stream csv, RosterImportOptions options) => Parse(
        csv, options, ["编号", "姓名", "部门代码"], "编号", o => o.Id, row =>
        {
            var certificate = row.Optional("执法证号");
            var validTo = row.Date("证件有效期至");
            if (certificate is not null && validTo is null && !row.HasProblem)
            {
                row.Report("证件有效期至", "", "有执法证号而没有有效期。", "请填写证件有效期的最后一日。");
            }

            return new RosterOfficer
            {
                Id = row.RequiredId("编号"),
                Name = row.Required("姓名"),
                Department = row.Known("部门代码", row.Required("部门代码"), options.Departments, "部门"),
                ServingTown = row.Optional("服务镇街代码") is { } town ? row.Known("服务镇街代码", town, options.Towns, "镇街") : null,
                CertificateNumber = certificate,
                CertificateValidTo = validTo,
                Fields = row.List("执法领域"),
                DeclaredRelations = row.List("申报回避对象"),
                Status = row.Choice("状态", OfficerStates, OfficerStatus.Active),
                Group = row.Optional("小组"),
                Leaves = LeaveList.Read(row),
                LargestLoad = row.Number("任务上限", 20, 1_000),
            };
        });

    /// <summary>Reads departments.</summary>
    public static RosterImportResult<Department> ParseDepartments(Stream csv, RosterImportOptions options) => Parse(
        csv, options, ["代码", "名称", "机关代字", "区县代码"], "代码", d => $"{d.District}/{d.Code}",
        row => new Department(row.RequiredId("代码"), row.Required("名称"), row.Required("机关代字"), row.RequiredId("区县代码")));

    /// <summary>Reads towns and sub-districts.</summary>
    public static RosterImportResult<Town> ParseTowns(Stream csv, RosterImportOptions options) => Parse(
        csv, options, ["代码", "名称"], "代码", t => t.Code, row =>
        {
            var code = row.RequiredId("代码");
            if (code.Length > 0 && (code.Length != 9 || !code.All(char.IsAsciiDigit)))
            {
                row.Report("代码", code, "不是镇街的行政区划代码。", "请填写九位数字代码，如 330203001。");
                code = "";
            }

            return new Town(code, row.Required("名称"), row.Optional("区县代码") ?? (code.Length == 9 ? code[..6] : ""), row.Optional("区县名称") ?? "", row.Degrees("纬度", 3, 54), row.Degrees("经度", 73, 136));
        });

    private static ImmutableArray<string> Departments(RosterRow row, RosterImportOptions options)
    {
        var departments = row.List("部门代码");
        foreach (var department in departments)
        {
            row.Known("部门代码", department, options.Departments, "部门");
        }

        return departments;
    }

    private static CreditClassification? Credit(RosterRow row)
    {
        if (row.Optional("信用等级") is not { } credit)
        {
            return null;
        }

        if (credit is not ("A" or "B" or "C" or "D"))
        {
            row.Report("信用等级", credit, "不是信用等级。", "请填写 A、B、C 或 D，未评定的留空。");
        }

        var source = row.Required("信用来源");
        var asOf = row.Date("信用日期");
        if (asOf is null && row.Optional("信用日期") is null)
        {
            row.Report("信用日期", "", "有信用等级而没有日期。", "请填写评定日期。");
        }

        return new CreditClassification(credit, source, asOf ?? default);
    }

    internal static RosterImportResult<T> Parse<T>(
        Stream csv, RosterImportOptions options, string[] needed, string keyColumn, Func<T, string> key, Func<RosterRow, T> read)
    {
        var problems = new List<ImportProblem>();
        var rows = ImmutableArray.CreateBuilder<T>();
        if (RosterText.Decode(csv, options.LargestFile) is not var (text, encoding))
        {
            return new RosterImportResult<T>([], 0, 0, [new ImportProblem(0, "", "", $"文件超过 {options.LargestFile >> 20} MiB。", "请拆分后再导入。")], "");
        }

        var (read1, bad, seen) = (0, 0, new Dictionary<string, int>(StringComparer.Ordinal));
        var broken = false;
        try
        {
            Dictionary<string, int>? columns = null;
            using var reader = new StringReader(text);
            foreach (var line in DelimitedReader.Read(reader, new DelimitedBounds(options.MostRows, 64, options.LongestCell)))
            {
                if (columns is null)
                {
                    columns = Header(line, needed, problems);
                    broken = problems.Count > 0;
                    if (broken)
                    {
                        break;
                    }

                    continue;
                }

                read1++;
                var found = new List<ImportProblem>();
                var row = new RosterRow(line, columns, found);
                if (line.Fields.Count > columns.Count && line.Fields.Skip(columns.Count).Any(f => f.Length > 0))
                {
                    row.Report("", line.Fields[columns.Count], "列数多于表头。", "请检查该行的逗号和引号。");
                }

                var value = read(row);
                var id = key(value);
                if (!row.HasProblem && !seen.TryAdd(id, line.Line))
                {
                    row.Report(keyColumn, id, $"与第 {seen[id]} 行重复。", "请只保留一行。");
                }

                if (row.HasProblem)
                {
                    bad++;
                    problems.AddRange(found.Take(options.MostProblems - problems.Count));
                }
                else
                {
                    rows.Add(value);
                }
            }

            if (columns is null)
            {
                broken = true;
                problems.Add(new ImportProblem(0, "", "", "文件是空的。", "请在第一行写明列名。"));
            }
        }
        catch (DelimitedTextException e)
        {
            // Behind such a place the rest of the file cannot be trusted, so not even the good rows are taken.
            broken = true;
            problems.Insert(0, new ImportProblem(e.Line, "", "", e.Message, ""));
        }

        var take = !broken && (bad == 0 || options.AcceptGoodRows);
        return new RosterImportResult<T>(take ? rows.ToImmutable() : [], read1, bad, [.. problems], encoding);
    }

    private static Dictionary<string, int> Header(DelimitedRow line, string[] needed, List<ImportProblem> problems)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < line.Fields.Count; i++)
        {
            var name = line.Fields[i].Trim();
            if (!columns.TryAdd(name.Length == 0 ? $"(空列 {i + 1})" : name, i))
            {
                problems.Add(new ImportProblem(line.Line, name, "", "列名重复。", "请只保留一列。"));
            }
        }

        foreach (var name in needed.Where(n => !columns.ContainsKey(n)))
        {
            problems.Add(new ImportProblem(line.Line, name, string.Join(",", line.Fields.Take(8)), "缺少必需的列。", $"必需的列：{string.Join("、", needed)}。"));
        }

        return columns;
    }
}
