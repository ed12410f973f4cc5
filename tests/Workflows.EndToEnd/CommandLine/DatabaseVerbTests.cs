using System.Text;
using System.Text.Json.Nodes;

namespace Workflows.EndToEnd.CommandLine;

public sealed class DatabaseVerbTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    private Dictionary<string, string> Data => new() { ["WORKFLOWS_DATA"] = Path.Combine(_scratch.Path, "data") };

    [Fact]
    public async Task Rosters_are_imported_with_a_report_and_a_file_with_errors_changes_nothing_unless_asked()
    {
        var towns = _scratch.Write("towns.csv", "代码,名称,区县代码,区县名称\n330203001,南门街道,330203,海曙区\n");
        var departments = _scratch.Write("departments.csv", "代码,名称,机关代字,区县代码\nFIR,宁波市海曙区消防救援大队,甬海曙消,330203\n");
        Assert.Equal(0, (await Terminal.RunAsync(["rosters", "import", "towns", towns], Data)).Exit);
        Assert.Equal(0, (await Terminal.RunAsync(["rosters", "import", "departments", departments], Data)).Exit);

        var text = "编号,名称,镇街代码,部门代码\nT1,样例𠮷酒店,330203001,FIR\n,无编号,330203001,FIR\n";
        var bad = _scratch.Write("bad.csv", Encoding.UTF8.GetBytes(text));
        var refused = await Terminal.RunAsync(["rosters", "import", "targets", bad], Data);
        Assert.Equal(1, refused.Exit);
        Assert.Contains("第 3 行", refused.Output, StringComparison.Ordinal);
        Assert.EndsWith("导入 0 行。", refused.Lines[^1], StringComparison.Ordinal);
        var taken = await Terminal.RunAsync(["rosters", "import", "targets", bad, "--accept-good"], Data);
        Assert.EndsWith("导入 1 行。", taken.Lines[^1], StringComparison.Ordinal);

        var audit = Path.Combine(_scratch.Path, "audit.jsonl");
        Assert.Equal(0, (await Terminal.RunAsync(["audit", "export", "--out", audit], Data)).Exit);
        var verified = await Terminal.RunAsync("audit", "verify", audit);
        Assert.Equal((0, "完好：核对了 3 条。"), (verified.Exit, Assert.Single(verified.Lines)));
    }

    [Fact]
    public async Task A_definition_comes_out_as_it_went_in()
    {
        var folder = Repository.Find("workflow-definitions", "esports-hotel");
        Assert.Contains("已发布", (await Terminal.RunAsync(["definitions", "import", folder], Data)).Output, StringComparison.Ordinal);
        Assert.Contains("没有变化", (await Terminal.RunAsync(["definitions", "import", folder], Data)).Output, StringComparison.Ordinal);
        var target = Path.Combine(_scratch.Path, "exported");
        Assert.Equal(0, (await Terminal.RunAsync(["definitions", "export", "esports-hotel-case", "--out", target], Data)).Exit);
        var came = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(target, "esports-hotel-case.json")))!;
        var went = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "case.json")))!;
        Assert.True(JsonNode.DeepEquals(went["root"], came["root"]));
        Assert.Equal(went["name"]!.GetValue<string>(), came["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Twelve_planted_faults_are_all_found_at_once()
    {
        var faulty = _scratch.Write("faulty.json", """
            {"definitionId":"faulty","name":"faulty","version":1,"root":{"id":"Flow","type":"Elsa.Flowchart","version":1,"activities":[
              {"id":"Start","type":"Elsa.Start","version":1},
              {"id":"Twin","type":"Elsa.WriteLine","version":1,"text":{"typeName":"String","expression":{"type":"Literal","value":"a"}}},
              {"id":"Twin","type":"Elsa.WriteLine","version":1,"text":{"typeName":"String","expression":{"type":"Literal","value":"b"}}},
              {"id":"Unknown1","type":"Acme.Nothing","version":1},
              {"id":"Unknown2","type":"Acme.Less","version":1},
              {"id":"BadScript","type":"Elsa.SetName","version":1,"value":{"typeName":"String","expression":{"type":"JavaScript","value":"1 +"}}},
              {"id":"BadSyntax","type":"Elsa.SetName","version":1,"value":{"typeName":"String","expression":{"type":"Perl","value":"x"}}},
              {"id":"Limit","type":"Supervision.TimeLimit","version":1,"length":{"typeName":"Int32","expression":{"type":"Literal","value":3}},"withoutLadder":{"typeName":"String","expression":{"type":"Literal","value":"t"}}},
              {"id":"Limit2","type":"Supervision.TimeLimit","version":1,"length":{"typeName":"Int32","expression":{"type":"Literal","value":3}},"withoutLadder":{"typeName":"String","expression":{"type":"Literal","value":"t"}}},
              {"id":"Island","type":"Elsa.WriteLine","version":1,"text":{"typeName":"String","expression":{"type":"Literal","value":"c"}}}
            ],"connections":[
              {"source":{"activity":"Start","port":"Done"},"target":{"activity":"Twin","port":"In"}},
              {"source":{"activity":"Twin","port":"Done"},"target":{"activity":"Nowhere","port":"In"}},
              {"source":{"activity":"Ghost","port":"Done"},"target":{"activity":"BadScript","port":"In"}},
              {"source":{"activity":"Start","port":"Done"},"target":{"activity":"Unknown1","port":"In"}},
              {"source":{"activity":"Start","port":"Done"},"target":{"activity":"Unknown2","port":"In"}},
              {"source":{"activity":"Start","port":"Done"},"target":{"activity":"BadScript","port":"In"}},
              {"source":{"activity":"Start","port":"Done"},"target":{"activity":"BadSyntax","port":"In"}},
              {"source":{"activity":"Start","port":"Done"},"target":{"activity":"Limit","port":"In"}},
              {"source":{"activity":"Start","port":"Done"},"target":{"activity":"Limit2","port":"In"}}
            ]}}
            """);
        var printed = await Terminal.RunAsync("definitions", "validate", faulty);
        Assert.Equal(1, printed.Exit);
        string[] planted =
        [
            "Twin id duplicate-id", "Unknown1 type unknown-type", "Unknown2 type unknown-type", "BadScript value invalid-expression", "BadSyntax value unsupported-syntax",
            "Limit ruleCode missing-input", "Limit 超期未办 time-limit-port-unconnected", "Limit2 ruleCode missing-input", "Limit2 超期未办 time-limit-port-unconnected",
            "Island - unreachable", "connections[1] dangling-connection", "connections[2] dangling-connection",
        ];
        Assert.All(planted, fault => Assert.Contains(fault, printed.Output, StringComparison.Ordinal));
        Assert.Equal("发现 12 个问题。", printed.Lines[^1]);
    }

    [Fact]
    public async Task What_is_no_definition_and_what_has_no_database_are_refused_in_one_line()
    {
        (await Terminal.RunAsync("definitions", "validate", _scratch.Write("text.json", "nonsense"))).Refusal();
        (await Terminal.RunAsync("definitions", "validate", "nowhere.json")).Refusal();
        (await Terminal.RunAsync(["audit", "export", "--out", Path.Combine(_scratch.Path, "a.jsonl")], Data)).Refusal();
        (await Terminal.RunAsync(["rosters", "import", "targets", "nowhere.csv"], Data)).Refusal();
    }

    public void Dispose() => _scratch.Dispose();
}
