using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workflows.Supervision.Audit;

namespace Workflows.Supervision.Tests.Audit;

public class AuditVerifierTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-12-01T01:00:00.1234567Z");

    // Lines: 1-2 seals; A 3-6, B 7-9, C 10-11; end 12. The first seal covers A1-A2, B1-B3; the second A4, C2.
    private static readonly string[] Lines = Export();

    private static List<AuditEntry> Chain(string key, int count)
    {
        var entries = new List<AuditEntry>();
        var head = AuditHead.Empty(key);
        for (var i = 1; i <= count; i++)
        {
            var data = AuditData.Canonical(new Dictionary<string, string?> { ["结果"] = $"第{i}步", ["a"] = null });
            entries.Add(AuditEntry.Append(head, new AuditEvent(Start.AddMinutes(i), "u1", "CUL", "finding.recorded", "Visit1", data)));
            head = entries[^1].Head;
        }

        return entries;
    }

    private static string[] Export()
    {
        var (a, b, c) = (Chain("A", 4), Chain("B", 3), Chain("C", 2));
        var first = DailyRoot.Seal(new DateOnly(2026, 12, 1), DailyRoot.Beginning, [b[2].Head, a[1].Head]);
        var second = DailyRoot.Seal(new DateOnly(2026, 12, 2), first.Hash, [c[1].Head, a[3].Head]);
        using var stream = new MemoryStream();
        AuditExport.Write(stream, [first, second], [.. a, .. b, .. c]);
        return Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
    }

    private static VerificationReport Verify(IEnumerable<string> lines, string? knownRoot = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));
        return AuditVerifier.Verify(stream, knownRoot);
    }

    /// <summary>Closes altered lines again as a forger would, so that only the chains and seals can show it.</summary>
    private static string[] Close(IEnumerable<string> lines)
    {
        var body = lines.Where(l => !l.Contains("\"type\":\"end\"", StringComparison.Ordinal)).ToArray();
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(body.Select(l => l + "\n")))));
        var roots = body.Count(l => l.Contains("\"type\":\"root\"", StringComparison.Ordinal));
        return [.. body, $$"""{"type":"end","roots":{{roots}},"entries":{{body.Length - roots}},"digest":"{{digest}}"}"""];
    }

    private static string[] Edited(Action<List<string>> edit)
    {
        var lines = Lines.ToList();
        edit(lines);
        return Close(lines);
    }

    [Fact]
    public void An_untouched_export_is_intact()
    {
        var report = Verify(Lines);
        Assert.Empty(report.Problems);
        Assert.Equal(9, report.Checked);
        Assert.Equal(12, Lines.Length);
        Assert.Equal(Lines, Close(Lines));
    }

    [Fact]
    public void The_hash_covers_the_canonical_row()
    {
        var entry = Chain("A", 1)[0];
        const string row = """{"case":"A","seq":1,"at":"2026-12-01T01:01:00.123Z","actor":"u1","department":"CUL","kind":"finding.recorded","activityId":"Visit1","data":{"a":null,"结果":"第1步"},"previous":"PREVIOUS"}""";
        var beginning = Convert.ToHexStringLower(SHA256.HashData("workflows-audit-v1\nA"u8));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.Replace("PREVIOUS", beginning, StringComparison.Ordinal)))), entry.Hash);
    }

    [Theory]
    [InlineData("第2步", "第9步")]
    [InlineData("\"actor\":\"u1\"", "\"actor\":\"u2\"")]
    [InlineData("01:02:00.123Z", "01:02:00.124Z")]
    [InlineData("\"department\":\"CUL\"", "\"department\":null")]
    [InlineData("Visit1", "Visit2")]
    [InlineData("finding.recorded", "finding.removed")]
    public void A_changed_row_is_named(string old, string replacement)
    {
        var lines = Edited(l => l[3] = l[3].Replace(old, replacement, StringComparison.Ordinal));
        Assert.NotEqual(Lines[3], lines[3]);
        Assert.Equal("第 4 行", Assert.Single(Verify(lines).Problems).Place);
    }

    [Fact]
    public void A_changed_row_with_its_hash_made_again_breaks_the_next_row()
    {
        var forged = AuditEntry.Append(Chain("A", 1)[0].Head, new AuditEvent(Start, "u1", null, "x", null, "{}"));
        var lines = Edited(l =>
        {
            using var stream = new MemoryStream();
            AuditExport.Write(stream, [], [forged]);
            l[3] = Encoding.UTF8.GetString(stream.ToArray()).Split('\n')[0];
        });
        Assert.Equal(["第 4 行", "第 5 行"], Verify(lines).Problems.Select(p => p.Place));
    }

    [Fact]
    public void A_removed_row_is_named_by_the_row_that_follows()
    {
        var problem = Assert.Single(Verify(Edited(l => l.RemoveAt(4))).Problems);
        Assert.Equal("第 5 行", problem.Place);
        Assert.Contains("缺少第 3 条", problem.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Reordered_rows_are_named()
    {
        var places = Verify(Edited(l => (l[3], l[4]) = (l[4], l[3]))).Problems.Select(p => p.Place).ToArray();
        Assert.Equal("第 4 行", places[0]);
        Assert.Contains("第 5 行", places);
        var chains = Verify(Edited(l => (l[5], l[6]) = (l[6], l[5]))).Problems;
        Assert.Contains(chains, p => p.Place == "第 7 行" && p.Problem.Contains("调换", StringComparison.Ordinal));
    }

    [Fact]
    public void A_removed_chain_and_a_removed_end_of_a_chain_are_missed_by_the_seals()
    {
        Assert.Contains(Verify(Edited(l => l.RemoveRange(6, 3))).Problems, p => p.Place == "第 1 行" && p.Problem.Contains("“B”", StringComparison.Ordinal) && p.Problem.Contains("整条", StringComparison.Ordinal));
        Assert.Contains(Verify(Edited(l => l.RemoveAt(10))).Problems, p => p.Place == "第 2 行" && p.Problem.Contains("“C”第 2 条", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chain_written_anew_differs_from_its_seal()
    {
        var forged = Chain("B", 3).Select((e, i) => i).Aggregate(new List<AuditEntry>(), (list, i) =>
        {
            list.Add(AuditEntry.Append(list.Count == 0 ? AuditHead.Empty("B") : list[^1].Head, new AuditEvent(Start.AddMinutes(i), "u9", null, "x", null, "{}")));
            return list;
        });
        using var stream = new MemoryStream();
        AuditExport.Write(stream, [], forged);
        var rows = Encoding.UTF8.GetString(stream.ToArray()).Split('\n')[..3];
        var problem = Assert.Single(Verify(Edited(l =>
        {
            l.RemoveRange(6, 3);
            l.InsertRange(6, rows);
        })).Problems);
        Assert.Equal("第 9 行", problem.Place);
    }

    [Fact]
    public void Seals_are_chained_and_may_be_compared_with_one_kept_elsewhere()
    {
        Assert.Contains(Verify(Edited(l => l.RemoveAt(0))).Problems, p => p.Place == "第 1 行" && p.Problem.Contains("不衔接", StringComparison.Ordinal));
        Assert.Contains(Verify(Edited(l => l[0] = l[0].Replace("2026-12-01", "2026-11-30", StringComparison.Ordinal))).Problems, p => p.Place == "第 1 行");
        var known = JsonDocument.Parse(Lines[1]).RootElement.GetProperty("hash").GetString()!;
        Assert.Empty(Verify(Lines, known).Problems);
        Assert.Equal("文件", Assert.Single(Verify(Lines, new string('0', 64)).Problems).Place);
    }

    [Fact]
    public void A_cut_or_altered_file_shows_at_its_end()
    {
        Assert.Contains(Verify(Lines[..^1]).Problems, p => p.Problem.Contains("结束行", StringComparison.Ordinal));
        Assert.Contains(Verify([.. Lines, Lines[2]]).Problems, p => p.Place == "第 13 行");
        Assert.Contains(Verify(Lines.Select((l, i) => i == 5 ? l.Replace("{\"type\"", "{ \"type\"", StringComparison.Ordinal) : l)).Problems, p => p.Place == "第 12 行");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"entry\"}")]
    [InlineData("{\"type\":\"other\"}")]
    [InlineData("{\"type\":\"entry\",\"case\":\"A\",\"seq\":1.5,\"at\":\"x\"}")]
    public void A_line_of_another_form_is_named(string line) =>
        Assert.Contains(Verify(Edited(l => l.Insert(2, line))).Problems, p => p.Place == "第 3 行");

    [Fact]
    public void A_line_without_end_does_not_fill_the_memory() =>
        Assert.Contains(Verify(Edited(l => l.Insert(2, new string('x', 3 << 20)))).Problems, p => p.Place == "第 3 行");

    [Fact]
    public void Canonical_data_do_not_depend_on_the_order_of_members()
    {
        using var one = JsonDocument.Parse("""{"b":[1.50,{"y":2,"x":"值"}],"a":null}""");
        using var two = JsonDocument.Parse("""{ "a":null, "b":[1.50,{"x":"\u503c","y":2}] }""");
        Assert.Equal("""{"a":null,"b":[1.50,{"x":"值","y":2}]}""", AuditData.Canonical(one.RootElement));
        Assert.Equal(AuditData.Canonical(one.RootElement), AuditData.Canonical(two.RootElement));
        using var twice = JsonDocument.Parse("""{"a":1,"a":2}""");
        Assert.Equal("audit-data-invalid", Assert.Throws<DomainRuleException>(() => AuditData.Canonical(twice.RootElement)).Code);
    }

    [Fact]
    public void The_time_of_a_chain_never_runs_back()
    {
        var first = AuditEntry.Append(AuditHead.Empty("A"), new AuditEvent(Start, "u", null, "k", null, "{}"));
        var second = AuditEntry.Append(first.Head, new AuditEvent(Start.AddHours(-1), "u", null, "k", null, "{}"));
        Assert.Equal(first.At, second.At);
        Assert.Equal(123, first.At.Millisecond);
        Assert.Equal(0, first.At.Ticks % TimeSpan.TicksPerMillisecond);
    }

    [Fact]
    public void An_export_out_of_order_is_a_fault_of_the_caller()
    {
        using var stream = new MemoryStream();
        Assert.Throws<InvalidOperationException>(() => AuditExport.Write(stream, [], [.. Chain("B", 1), .. Chain("A", 1)]));
    }
}
