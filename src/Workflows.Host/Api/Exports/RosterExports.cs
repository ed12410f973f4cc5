using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Rosters;
using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using static Workflows.Host.Api.Exports.Workbooks;

namespace Workflows.Host.Api.Exports;

/// <summary>Rosters and catalogues as workbooks; <c>q</c> keeps the rows whose name, number or place holds the text, as the page of the rosters does.</summary>
internal static class RosterExports
{
    /// <summary>Maps them.</summary>
    public static void MapRosterExports(this IEndpointRouteBuilder api)
    {
        Map(api, "/rosters/targets.xlsx", "名录库", "检查对象名录", Writing<TargetRecord>(
            "检查对象名录", ["编号", "名称", "地址", "镇街", "部门", "信用等级", "风险等级", "标签", "状态", "上次检查"],
            (record, names) =>
            {
                var one = record.Target;
                return
                [
                    one.Id, one.Name, one.Address, names.Area(one.TownCode), names.Departments(one.Departments), one.Credit?.Class, one.RiskLevel, string.Join('、', one.Tags), ListWords.Of(one.Status),
                    Day(one.LastInspectedOn),
                ];
            },
            static (record, _) => [record.Target.Id, record.Target.Name, record.Target.Address]));
        Map(api, "/rosters/officers.xlsx", "名录库", "执法人员名录", Writing<OfficerRecord>(
            "执法人员名录", ["编号", "姓名", "部门", "派驻镇街", "执法证号", "有效期至", "专业领域", "状态", "请假"],
            (record, names) =>
            {
                var one = record.Officer;
                return
                [
                    one.Id, one.Name, names.Department(one.Department), names.Area(one.ServingTown), one.CertificateNumber ?? "无证", Day(one.CertificateValidTo), string.Join('、', one.Fields), ListWords.Of(one.Status),
                    string.Join('；', one.Leaves.Select(leave => $"{Day(leave.From)}至{Day(leave.To)}")),
                ];
            },
            static (record, _) => [record.Officer.Id, record.Officer.Name, record.Officer.CertificateNumber]));
        Map(api, "/rosters/departments.xlsx", "名录库", "部门", Writing<DepartmentRecord>(
            "部门", ["代码", "名称", "文号简称", "区县", "联系人", "电话", "地址"],
            (record, names) => [record.Unit.Code, record.Unit.Name, record.Unit.OrganShortName, names.Area(record.Unit.District), record.Contact, record.Phone, record.Address],
            static (record, _) => [record.Unit.Code, record.Unit.Name, record.Unit.OrganShortName]));
        Map(api, "/rosters/towns.xlsx", "名录库", "镇街", Writing<TownRecord>(
            "镇街", ["代码", "镇街", "区县", "纬度", "经度"], (record, _) => [record.Town.Code, record.Town.Name, record.Town.DistrictName, Degrees(record.Town.Latitude), Degrees(record.Town.Longitude)],
            static (record, _) => [record.Town.Code, record.Town.Name, record.Town.DistrictName]));
        Map(api, "/catalogues/matters.xlsx", "清单", "监管事项", Writing<CatalogueMatter>(
            "监管事项", ["编码", "事项", "监管部门", "处罚部门", "领域", "依据", "生效", "失效"],
            (matter, names) => matter.Versions is [.., var last]
                ? [matter.Code, last.Name, names.Department(last.Managing), names.Department(last.Enforcing), last.Field, last.LegalBasis, Day(last.From), Day(last.To)]
                : [matter.Code, "", "", "", "", "", "", ""],
            static (matter, _) => [matter.Code, matter.Versions is [.., var last] ? last.Name : null, matter.Versions is [.., var of] ? of.Field : null], shared: true));
        Map(api, "/catalogues/delegations.xlsx", "清单", "赋权事项", Writing<Delegation>(
            "赋权事项", ["镇街", "事项编码", "期间", "文件"],
            (one, names) => [names.Area(one.Area), one.MatterCode, string.Join('；', one.Terms.Select(term => $"{Day(term.From)}起{(term.To is { } to ? $"至{Day(to)}" : "")}")), string.Join('；', one.Terms.Select(term => term.List))],
            static (one, names) => [one.MatterCode, names.Area(one.Area)], shared: true));
    }

    private static void Map(IEndpointRouteBuilder api, string path, string tag, string title, Delegate write) =>
        api.MapGet(path, write).Sheet(tag, $"导出Excel：{title}，全部页；q 只留名称、编号或者地址含有该文字的行", RosterRoutes.Readers);

    private static string? Degrees(double? degrees) => degrees?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // Catalogues are read by everybody whole, as in their list; rosters within the own area.
    private static Delegate Writing<T>(string title, string[] headings, Func<T, SheetNames, string?[]> cells, Func<T, SheetNames, string?[]> found, bool shared = false)
        where T : SupervisionRecord => async (SheetNames names, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken, string? q = null) =>
        {
            var list = await AllAsync(page => shared
                ? rows.PageAsync<T, T>(page, static query => query, static _ => true, static record => record, cancellationToken).AsTask()
                : RosterRoutes.PageAsync<T, T>(rows, viewer, page, static record => record, cancellationToken));
            await names.ReadAsync(cancellationToken);
            return Book(title, headings, list.Where(record => q is not { Length: > 0 } || found(record, names).Any(text => text?.Contains(q, StringComparison.OrdinalIgnoreCase) == true)).Select(record => cells(record, names)));
        };
}
