using System.Text;
using Workflows.Supervision.Drawing;
using Workflows.Supervision.Rosters;

namespace Workflows.Supervision.Tests.Rosters;

public class RosterImportTests
{
    private const string TargetHeader = "编号,名称,类型,地址,镇街代码,部门代码,信用等级,信用来源,信用日期,风险等级,标签,状态,最近检查日期,近90日投诉数,开业日期,联系电话,负责人\n";
    private const string GoodTarget = "91330203MA2AAAAA0X,检查对象甲,场所,\"示范路1号\n二楼\",330203001,CUL、FIR,C,市监总局,2026-10-01,,专业电竞酒店;夜间营业,正常,2026/5/8,3,2025年1月2日,0574-00000000,𠮷㐂䶮\n";

    private static readonly RosterImportOptions Known = new()
    {
        Departments = new HashSet<string> { "CUL", "FIR" },
        Towns = new HashSet<string> { "330203001" },
    };

    private static RosterImportResult<RosterTarget> Targets(string text, RosterImportOptions? options = null, Encoding? encoding = null)
    {
        using var stream = new MemoryStream((encoding ?? new UTF8Encoding(false)).GetBytes(text));
        return RosterImport.ParseTargets(stream, options ?? Known);
    }

    [Theory]
    [InlineData("utf-8", "UTF-8")]
    [InlineData("utf-8-bom", "UTF-8")]
    [InlineData("GB18030", "GB18030")]
    public void Every_column_is_read_in_each_encoding_and_rare_characters_survive(string encoding, string reported)
    {
        var text = TargetHeader + GoodTarget;
        using var stream = new MemoryStream(encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8-bom" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            _ => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text),
        });
        var result = RosterImport.ParseTargets(stream, Known);
        Assert.Empty(result.Problems);
        Assert.Equal(reported, result.Encoding);
        var target = Assert.Single(result.Rows);
        Assert.Equal(("91330203MA2AAAAA0X", "检查对象甲", "示范路1号\n二楼", "𠮷㐂䶮"), (target.Id, target.Name, target.Address, target.Representative));
        Assert.Equal(("330203001", "330203", TargetKind.Premises, TargetStatus.Normal), (target.TownCode, target.District, target.Kind, target.Status));
        Assert.Equal(["CUL", "FIR"], target.Departments.AsEnumerable());
        Assert.Equal(["专业电竞酒店", "夜间营业"], target.Tags.AsEnumerable());
        Assert.Equal(new CreditClassification("C", "市监总局", new DateOnly(2026, 10, 1)), target.Credit);
        Assert.Equal((new DateOnly(2026, 5, 8), new DateOnly(2025, 1, 2), 3), (target.LastInspectedOn, target.OpenedOn, target.ComplaintsIn90Days));
    }

    [Fact]
    public void GBK_bytes_from_a_spreadsheet_are_read()
    {
        // 编号,名称,镇街代码 CRLF A1,酒店,330203001 as code page 936 writes them.
        byte[] bytes = [0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xC3, 0xFB, 0xB3, 0xC6, 0x2C, 0xD5, 0xF2, 0xBD, 0xD6, 0xB4, 0xFA, 0xC2, 0xEB, 0x0D, 0x0A, 0x41, 0x31, 0x2C, 0xBE, 0xC6, 0xB5, 0xEA, 0x2C, .. "330203001\r\n"u8];
        using var stream = new MemoryStream(bytes);
        var target = Assert.Single(RosterImport.ParseTargets(stream, Known).Rows);
        Assert.Equal(("A1", "酒店", "330203001"), (target.Id, target.Name, target.TownCode));
    }

    [Theory]
    [InlineData("A1,,330203001", "名称")]
    [InlineData(",酒店,330203001", "编号")]
    [InlineData("A|1,酒店,330203001", "编号")]
    [InlineData("A1,酒店,330299001", "镇街代码")]
    [InlineData("A1,酒店,石碶街道", "镇街代码")]
    [InlineData("A1,酒店,330203001,2026-02-30", "开业日期")]
    [InlineData("A1,酒店,330203001,,HEA", "部门代码")]
    [InlineData("A1,酒店,330203001,,,E", "信用等级")]
    [InlineData("A1,酒店,330203001,,,A", "信用来源")]
    [InlineData("A1,酒店,330203001,,,,很多", "近90日投诉数")]
    [InlineData("A1,酒店,330203001,,,,,暂停", "状态")]
    [InlineData("A1,酒\u0007店,330203001", "名称")]
    [InlineData("A1,酒\uFFFD店,330203001", "名称")]
    public void Each_problem_names_line_column_value_and_remedy_and_the_file_gives_no_rows(string row, string column)
    {
        var result = Targets($"编号,名称,镇街代码,开业日期,部门代码,信用等级,近90日投诉数,状态\nA0,好店,330203001\n\n{row}\n");
        Assert.Empty(result.Rows);
        Assert.Equal((2, 1), (result.RowsRead, result.RowsInError));
        Assert.Contains(result.Problems, p => p.Column == column && p.Line == 4 && p.Problem.Length > 0 && p.Remedy.Length > 0);
    }

    [Fact]
    public void Good_rows_alone_are_taken_only_when_asked()
    {
        const string text = "编号,名称,镇街代码\nA1,甲,330203001\nA1,乙,330203001\nA2,丙,330203001\n";
        Assert.Empty(Targets(text).Rows);
        var result = Targets(text, Known with { AcceptGoodRows = true });
        Assert.Equal(["甲", "丙"], result.Rows.Select(r => r.Name));
        var problem = Assert.Single(result.Problems);
        Assert.Equal((3, "编号", "A1"), (problem.Line, problem.Column, problem.Value));
        Assert.Contains("第 2 行", problem.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("名称,镇街代码\n甲,330203001\n", 1)]
    [InlineData("编号,编号,名称,镇街代码\n", 1)]
    [InlineData("编号,名称,镇街代码\nA1,\"甲,330203001\n", 2)]
    public void A_broken_file_gives_nothing_even_when_good_rows_are_asked_for(string text, int line)
    {
        var result = Targets(text, Known with { AcceptGoodRows = true });
        Assert.Empty(result.Rows);
        Assert.Equal(line, result.Problems[0].Line);
    }

    [Fact]
    public void Oversize_is_refused_within_bounds()
    {
        Assert.Contains("字符", Targets($"编号,名称,镇街代码\nA1,{new string('长', 2001)},330203001\n").Problems[0].Problem, StringComparison.Ordinal);
        Assert.Contains("行数", Targets("编号,名称,镇街代码\nA1,甲,330203001\nA2,乙,330203001\n", Known with { MostRows = 2 }).Problems[0].Problem, StringComparison.Ordinal);
        Assert.Contains("MiB", Targets(TargetHeader + GoodTarget, Known with { LargestFile = 100 }).Problems[0].Problem, StringComparison.Ordinal);
        Assert.Contains("列数", Targets(new string(',', 100) + "\n").Problems[0].Problem, StringComparison.Ordinal);
        var many = Targets("编号,名称,镇街代码\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"A{i},,330203001\n")), Known with { MostProblems = 10 });
        Assert.Equal((10, 50), (many.Problems.Length, many.RowsInError));
        Assert.Contains("多于表头", Targets("编号,名称,镇街代码\nA1,甲,330203001,x\n").Problems[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Officers_are_read_with_certificate_leave_and_relations()
    {
        using var stream = new MemoryStream("编号,姓名,部门代码,服务镇街代码,执法证号,证件有效期至,执法领域,申报回避对象,状态,小组,休假,任务上限\nP1,人员甲,CUL,330203001,11330203001,2027-06-30,文化;公共场所,T001,在岗,一组,2026-11-24至2026-11-26、2026-12-01,5\n"u8.ToArray());
        var result = RosterImport.ParseOfficers(stream, Known);
        Assert.Empty(result.Problems);
        var officer = Assert.Single(result.Rows);
        Assert.True(officer.IsCertifiedOn(new DateOnly(2027, 6, 30)));
        Assert.False(officer.IsCertifiedOn(new DateOnly(2027, 7, 1)));
        Assert.Equal([false, true, true, false, true], new[] { 23, 24, 26, 27, 31 }.Select(d => officer.IsOnLeave(new DateOnly(2026, 11, 1).AddDays(d - 1))));
        var frozen = DrawOfficer.Freeze(officer, new DateOnly(2026, 11, 25), 2, ["T009"]);
        Assert.True(frozen.OnLeave);
        Assert.False(frozen.Suspended);
        Assert.Equal(("P1", 2, 5, "一组"), (frozen.Id, frozen.Load, frozen.LargestLoad, frozen.Group));
        Assert.Equal(["T001"], frozen.Conflicts.AsEnumerable());
    }

    [Theory]
    [InlineData("P1,甲,CUL,11330,,", "证件有效期至")]
    [InlineData("P1,甲,CUL,,,2026-11-26至2026-11-24", "休假")]
    [InlineData("P1,甲,XXX,,,", "部门代码")]
    public void An_officers_problems_are_named(string row, string column)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"编号,姓名,部门代码,执法证号,证件有效期至,休假\n{row}\n"));
        Assert.Equal(column, Assert.Single(RosterImport.ParseOfficers(stream, Known).Problems).Column);
    }

    [Fact]
    public void Departments_and_towns_are_read()
    {
        using var departments = new MemoryStream("代码,名称,机关代字,区县代码\nCUL,宁波市海曙区文化和广电旅游体育局,甬海曙文广旅,330203\n"u8.ToArray());
        Assert.Equal(new Department("CUL", "宁波市海曙区文化和广电旅游体育局", "甬海曙文广旅", "330203"), Assert.Single(RosterImport.ParseDepartments(departments, new()).Rows));
        using var towns = new MemoryStream("代码,名称,区县名称\n330203009,石碶街道,海曙区\n"u8.ToArray());
        Assert.Equal(new Town("330203009", "石碶街道", "330203", "海曙区"), Assert.Single(RosterImport.ParseTowns(towns, new()).Rows));
    }
}
