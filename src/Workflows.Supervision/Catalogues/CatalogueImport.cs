using Workflows.Supervision.Merging;
using Workflows.Supervision.Rosters;

namespace Workflows.Supervision.Catalogues;

/// <summary>A row of the file of matters.</summary>
/// <param name="Area">District or city.</param>
/// <param name="Code">Matter.</param>
/// <param name="Version">What is in force from a day on.</param>
public sealed record MatterRow(string Area, string Code, MatterVersion Version);

/// <summary>A row of the file of delegations.</summary>
/// <param name="Town">Town.</param>
/// <param name="MatterCode">Matter.</param>
/// <param name="Term">Time during which it holds the power.</param>
public sealed record DelegationRow(string Town, string MatterCode, DelegationTerm Term);

/// <summary>A row of the list of what is merged.</summary>
/// <param name="Area">District or city.</param>
/// <param name="Code">Entry.</param>
/// <param name="Version">What is in force from a day on.</param>
public sealed record MergeRow(string Area, string Code, MergeRuleVersion Version);

/// <summary>
/// Reads catalogue files as roster files are read (CSV, Chinese header, UTF-8 or GBK, problems line by line; see <see cref="RosterImport"/>).
/// <list type="bullet">
/// <item>管执清单: 区划代码* 事项编码* 事项名称* 执法领域 监管部门代码* 处罚部门代码* 首接 生效日期* 失效日期 法律依据 场景 受理小时 办理工作日 网格处置 自动并件</item>
/// <item>赋权清单: 镇街代码* 事项编码* 清单文号* 生效日期* 失效日期</item>
/// <item>综合查一次清单: 区划代码* 清单编码* 事项名称* 部门代码* 对象标签 应当合并 窗口天数 生效日期* 失效日期</item>
/// </list>
/// </summary>
public static class CatalogueImport
{
    private const int LongestHours = 24 * 30;
    private const int LongestDays = 365;

    private static readonly Dictionary<string, bool> YesOrNo = new(StringComparer.Ordinal) { ["是"] = true, ["否"] = false };
    private static readonly Dictionary<string, bool> First = new(StringComparer.Ordinal) { ["监管"] = false, ["处罚"] = true };

    /// <summary>Reads matters. A matter may stand in a file several times, with different first days.</summary>
    public static RosterImportResult<MatterRow> ParseMatters(Stream csv, RosterImportOptions options) => RosterImport.Parse(
        csv, options, ["区划代码", "事项编码", "事项名称", "监管部门代码", "处罚部门代码", "生效日期"], "事项编码", m => $"{m.Area}/{m.Code}/{m.Version.From:yyyyMMdd}", row =>
        {
            var area = row.RequiredId("区划代码");
            if (area.Length > 0 && (area.Length is not (4 or 6) || !area.All(char.IsAsciiDigit)))
            {
                row.Report("区划代码", area, "不是区县或市的行政区划代码。", "请填写六位（区县）或四位（市）数字代码，如 330203。");
            }

            var (from, to) = Term(row);
            return new MatterRow(area, Code(row), new MatterVersion
            {
                From = from,
                To = to,
                Name = row.Required("事项名称"),
                Field = row.Optional("执法领域"),
                Managing = Department(row, "监管部门代码", options),
                Enforcing = Department(row, "处罚部门代码", options),
                EnforcingFirst = row.Choice("首接", First, false),
                LegalBasis = row.Optional("法律依据"),
                Scenario = row.Optional("场景"),
                AcceptHours = row.Number("受理小时", 0, LongestHours) is > 0 and var hours ? hours : null,
                HandleDays = row.Number("办理工作日", 0, LongestDays) is > 0 and var days ? days : null,
                InGrid = row.Choice("网格处置", YesOrNo, false),
                MergesRepeats = row.Choice("自动并件", YesOrNo, false),
            });
        });

    /// <summary>Reads delegations. A town may hold a power several times, with different first days.</summary>
    public static RosterImportResult<DelegationRow> ParseDelegations(Stream csv, RosterImportOptions options) => RosterImport.Parse(
        csv, options, ["镇街代码", "事项编码", "清单文号", "生效日期"], "事项编码", d => $"{d.Town}/{d.MatterCode}/{d.Term.From:yyyyMMdd}", row =>
        {
            var town = row.RequiredId("镇街代码");
            if (town.Length > 0 && (town.Length != 9 || !town.All(char.IsAsciiDigit)))
            {
                row.Report("镇街代码", town, "不是镇街的行政区划代码。", "请填写九位数字代码，如 330203001。");
                town = "";
            }

            var (from, to) = Term(row);
            return new DelegationRow(row.Known("镇街代码", town, options.Towns, "镇街"), Code(row), new DelegationTerm(from, to, row.Required("清单文号")));
        });

    /// <summary>Reads the list of what is merged. An entry may stand in a file several times, with different first days.</summary>
    public static RosterImportResult<MergeRow> ParseMerges(Stream csv, RosterImportOptions options) => RosterImport.Parse(
        csv, options, ["区划代码", "清单编码", "事项名称", "部门代码", "生效日期"], "清单编码", m => $"{m.Area}/{m.Code}/{m.Version.From:yyyyMMdd}", row =>
        {
            var area = row.RequiredId("区划代码");
            if (area.Length > 0 && (area.Length is not (4 or 6) || !area.All(char.IsAsciiDigit)))
            {
                row.Report("区划代码", area, "不是区县或市的行政区划代码。", "请填写六位（区县）或四位（市）数字代码，如 330203。");
            }

            var given = row.Required("部门代码");
            var codes = given.Split([';', '；', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
            if (codes.Count < 2)
            {
                row.Report("部门代码", given, "少于两个部门，无从合并。", "请以分号隔开两个以上部门代码，如 CUL;FIR。");
            }

            foreach (var code in codes)
            {
                row.Known("部门代码", code, options.Departments, "部门");
            }

            var (from, to) = Term(row);
            return new MergeRow(area, row.RequiredId("清单编码"), new MergeRuleVersion
            {
                From = from,
                To = to,
                Name = row.Required("事项名称"),
                Departments = string.Join(';', codes),
                TargetTag = row.Optional("对象标签"),
                IsMandatory = row.Choice("应当合并", YesOrNo, false),
                WindowDays = (int)row.Number("窗口天数", 0, LongestDays),
            });
        });

    private static string Department(RosterRow row, string column, RosterImportOptions options) => row.Required(column) is var code && code == Delegation.TownDepartment
        ? code
        : row.Known(column, code, options.Departments, "部门");

    private static string Code(RosterRow row)
    {
        var code = row.RequiredId("事项编码");
        if (code.Length > 40 || code.Contains('/'))
        {
            row.Report("事项编码", code, "超过40个字符或含有斜线。", "请使用清单中的事项编码，如 RS-04。");
        }

        return code;
    }

    private static (DateOnly From, DateOnly? To) Term(RosterRow row)
    {
        if (row.Optional("生效日期") is null)
        {
            row.Required("生效日期");
        }

        var (from, to) = (row.Date("生效日期"), row.Date("失效日期"));
        if (from > to)
        {
            row.Report("失效日期", to.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), "早于生效日期。", "请核对两个日期。");
        }

        return (from ?? default, to);
    }
}
