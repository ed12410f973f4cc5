using System.Text.RegularExpressions;
using Workflows.Supervision.Time;
using static Workflows.Supervision.Tests.Time.Calendars;

namespace Workflows.Supervision.Tests.Time;

public partial class DeadlineTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void All_vectors_of_the_shared_file_pass(string newline)
    {
        var text = Vectors().ReplaceLineEndings(newline);
        using var reader = new StringReader(text);
        var report = CalendarConformance.Run(reader, National);
        Assert.Empty(report.Failures);
        Assert.Equal(42, report.Passed);
    }

    [Fact]
    public void Each_falsified_expectation_is_reported_alone()
    {
        var lines = Vectors().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 1; i < lines.Length; i++)
        {
            var fields = lines[i].Split(',');
            fields[5] = D(fields[5]).AddDays(1).ToString("yyyy-MM-dd");
            var copy = lines.ToArray();
            copy[i] = string.Join(',', fields);
            using var reader = new StringReader(string.Join('\n', copy));
            var report = CalendarConformance.Run(reader, National);
            Assert.Equal(41, report.Passed);
            Assert.Equal($"第 {i + 1} 行", Assert.Single(report.Failures).Place);
        }
    }

    [Fact]
    public void Optional_columns_are_tolerated_and_unreadable_rows_are_failures()
    {
        const string csv = """
            extra,unit,length,start_event_date,last_day,provisional
            a,working-days,1,2026-02-13,2026-02-14,false
            b,months,6,2026-08-31,2027-03-01,true
            c,months,6,2026-08-31,2027-03-01,false
            d,fortnights,1,2026-02-13,2026-02-14,
            e,years,2,2024-02-29,2026-02-28,
            f,working-days,0,2026-02-13,2026-02-14,
            """;
        using var reader = new StringReader(csv);
        var report = CalendarConformance.Run(reader, National);
        Assert.Equal(3, report.Passed);
        Assert.Equal(["第 4 行", "第 5 行", "第 7 行"], report.Failures.Select(f => f.Place));
    }

    private static string Vectors() => Bom().Replace(RepositoryFiles.Read("tests/conformance/calendar.csv"), "");

    [GeneratedRegex("^\uFEFF")]
    private static partial Regex Bom();
}
