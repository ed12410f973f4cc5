using System.Text;
using System.Text.Json.Nodes;
using Workflows.Supervision.Audit;
using Workflows.Supervision.Drawing;

namespace Workflows.EndToEnd.CommandLine;

public sealed class OfflineVerbTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 4, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder _scratch = new();

    [Theory]
    [InlineData("2026-12-01", "15", "working-days", "2026-12-22")]
    [InlineData("2026-09-25", "7", "calendar-days", "2026-10-08")]
    [InlineData("2026-10-31", "1", "months", "2026-11-30")]
    public async Task A_period_is_counted_without_its_first_day_and_explained(string from, string length, string unit, string due)
    {
        var printed = await Terminal.RunAsync("calendar", "add", "--from", from, "--length", length, "--unit", unit);
        Assert.Equal(0, printed.Exit);
        Assert.Equal(due, printed.Lines[0]);
        Assert.Contains("当日不计入", printed.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_period_into_a_year_without_calendar_is_marked_provisional() =>
        Assert.Equal("2028-01-05 provisional", (await Terminal.RunAsync("calendar", "add", "--from", "2027-12-31", "--length", "3", "--unit", "working-days")).Lines[0]);

    [Theory]
    [InlineData("--from", "2026-13-01", "--length", "3", "--unit", "working-days")]
    [InlineData("--from", "2026-12-01", "--length", "0", "--unit", "working-days")]
    [InlineData("--from", "2026-12-01", "--length", "x", "--unit", "working-days")]
    [InlineData("--from", "2026-12-01", "--length", "3", "--unit", "weeks")]
    [InlineData("--from", "2026-12-01", "--length", "3")]
    public async Task A_period_that_cannot_be_counted_is_refused_in_one_line(params string[] options) =>
        (await Terminal.RunAsync(["calendar", "add", .. options])).Refusal();

    [Fact]
    public async Task A_draw_record_verifies_and_a_changed_weight_roster_or_secret_is_found()
    {
        var record = JsonNode.Parse(Record())!;
        var intact = await Terminal.RunAsync("draw", "verify", _scratch.Write("draw.json", record.ToJsonString()));
        Assert.Equal((0, ""), (intact.Exit, intact.Error));

        await FoundAsync(record, copy => copy["pool"]![3]!["weight"] = 8, "pool");
        await FoundAsync(record, copy => copy["pool"]!.AsArray().RemoveAt(2), "pool");
        await FoundAsync(record, copy => copy["secret"] = new string('a', 64), "secret");
        (await Terminal.RunAsync("draw", "verify", _scratch.Write("text.json", "nonsense"))).Refusal();
    }

    [Fact]
    public async Task An_audit_export_verifies_and_a_changed_removed_or_reordered_row_is_found()
    {
        var lines = Export();
        var intact = await Terminal.RunAsync("audit", "verify", _scratch.Write("audit.jsonl", Join(lines)));
        Assert.Equal((0, "完好：核对了 6 条。"), (intact.Exit, Assert.Single(intact.Lines)));

        await FoundAsync([.. lines.Select((line, i) => i == 1 ? line.Replace("officer-2", "officer-9", StringComparison.Ordinal) : line)]);
        await FoundAsync([.. lines.Where((_, i) => i != 2)]);
        await FoundAsync([lines[0], lines[2], lines[1], .. lines[3..]]);
        await FoundAsync(lines[..^1]);
    }

    [Fact]
    public async Task A_template_is_rendered_with_its_neighbours_and_escaped_on_request()
    {
        _scratch.Write("_sign.sbn", "{{ organ }}");
        var template = _scratch.Write("page.sbn", "{{ name }}：{{ include '_sign' }} {{ due | cn.date }}");
        var model = _scratch.Write("model.json", """{"name":"<甲>","organ":"某局","due":"2026-12-01"}""");
        Assert.Equal((0, "<甲>：某局 2026年12月1日"), (await Terminal.RunAsync("render", "--template", template, "--model", model) is var plain ? (plain.Exit, plain.Output) : default));
        var html = await Terminal.RunAsync("render", "--template", template, "--model", model, "--html");
        Assert.Equal("&lt;甲&gt;：某局 2026年12月1日", html.Output);
    }

    [Fact]
    public async Task A_missing_field_is_named_and_a_broken_template_is_refused_with_its_place()
    {
        var model = _scratch.Write("model.json", "{}");
        var gap = await Terminal.RunAsync("render", "--template", _scratch.Write("gap.sbn", "{{ party.name }}"), "--model", model, "--html");
        Assert.Contains("party", gap.Error, StringComparison.Ordinal);
        Assert.Contains("第 2 行", (await Terminal.RunAsync("render", "--template", _scratch.Write("broken.sbn", "a\n{{ if }}"), "--model", model)).Refusal(), StringComparison.Ordinal);
        (await Terminal.RunAsync("render", "--template", _scratch.Write("out.sbn", "{{ include '../model.json' }}"), "--model", model)).Refusal();
        (await Terminal.RunAsync("render", "--template", _scratch.Write("endless.sbn", "{{ while true }}{{ end }}"), "--model", model)).Refusal();
        (await Terminal.RunAsync("render", "--template", _scratch.Write("fine.sbn", "x"), "--model", _scratch.Write("list.json", "[1]"))).Refusal();
    }

    public void Dispose() => _scratch.Dispose();

    private static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static string Record()
    {
        var candidates = Enumerable.Range(1, 20).Select(i => new DrawCandidate($"T{i:00}", "B", 1 + (i % 4))).ToArray();
        var pool = DrawPool.Freeze(candidates);
        var secret = DrawSecret.FromHex(new string('5', 64));
        var commitment = Draw.Commit(new DrawTerms("D-1", "P-1", "1", "operator", 5, 2), pool, [], [], secret, Noon);
        var value = new PublicValue("2026135", "双色球第2026135期", Noon.AddHours(2), ["witness"]);
        using var stream = new MemoryStream();
        DrawRecord.Create(commitment, pool, [], [], secret, value, [], new DateOnly(2026, 12, 2)).Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string[] Export()
    {
        var entries = new List<AuditEntry>();
        foreach (var key in new[] { "case-1", "case-2" })
        {
            var head = AuditHead.Empty(key);
            for (var i = 1; i <= 3; i++)
            {
                var entry = AuditEntry.Append(head, new AuditEvent(Noon.AddMinutes(i), $"officer-{i}", "FIR", "step", "ArriveOnSite", "{}"));
                entries.Add(entry);
                head = entry.Head;
            }
        }

        using var stream = new MemoryStream();
        AuditExport.Write(stream, [], entries);
        return Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
    }

    private async Task FoundAsync(JsonNode record, Action<JsonNode> change, string place)
    {
        var copy = record.DeepClone();
        change(copy);
        var printed = await Terminal.RunAsync("draw", "verify", _scratch.Write("changed.json", copy.ToJsonString()));
        Assert.Equal(1, printed.Exit);
        Assert.Contains(printed.Lines, line => line.StartsWith(place, StringComparison.Ordinal));
    }

    private async Task FoundAsync(string[] lines)
    {
        var printed = await Terminal.RunAsync("audit", "verify", _scratch.Write("changed.jsonl", Join(lines)));
        Assert.Equal(1, printed.Exit);
        Assert.True(printed.Lines.Length > 1, printed.Output);
    }
}
