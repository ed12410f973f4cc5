using System.CommandLine;
using Workflows.Host.Api.Rosters;

namespace Workflows.Host.CommandLine;

/// <summary><c>rosters import targets|officers|departments|towns FILE</c>: takes a CSV file over, with a report line by line.</summary>
/// <param name="environment">Gives the value of an environment variable or null.</param>
internal sealed class RostersVerb(Func<string, string?> environment) : IVerb
{
    private static readonly (string Name, RosterKind Kind, string Help)[] Kinds =
    [
        ("targets", RosterKind.Targets, "检查对象名录"), ("officers", RosterKind.Officers, "执法人员名录"), ("departments", RosterKind.Departments, "部门"), ("towns", RosterKind.Towns, "镇街"),
    ];

    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error)
    {
        var import = new Command("import", "导入 CSV 名录（UTF-8 或 GBK）；文件有误时不导入任何一行，除非 --accept-good");
        foreach (var (name, kind, help) in Kinds)
        {
            var file = new Argument<string>("FILE") { Description = "CSV 文件" };
            var acceptGood = new Option<bool>("--accept-good") { Description = "文件有误时仍导入没有错误的行" };
            var dryRun = new Option<bool>("--dry-run") { Description = "只报告，不导入" };
            var command = new Command(name, help) { file, acceptGood, dryRun };
            command.SetAction((parsed, cancellationToken) => ImportAsync(
                kind, parsed.GetRequiredValue(file), new RosterOrder(parsed.GetValue(dryRun), parsed.GetValue(acceptGood)), output, cancellationToken));
            import.Add(command);
        }

        return new Command("rosters", "名录") { import };
    }

    private async Task<int> ImportAsync(RosterKind kind, string path, RosterOrder order, TextWriter output, CancellationToken cancellationToken)
    {
        await using var file = InputFile.Open(path, "FILE");
        await using var store = await OpenStore.OpenAsync(environment, creates: true, cancellationToken);
        var (report, _) = await store.Service<RosterDesk>().ImportAsync(kind, file, order, cancellationToken);
        foreach (var problem in report.Problems)
        {
            await output.WriteLineAsync(problem.ToString());
        }

        var taken = order.DryRun ? "试导入" : "导入";
        await output.WriteLineAsync($"{report.Encoding}，读取 {report.RowsRead} 行，有误 {report.RowsInError} 行，{taken} {report.RowsTaken} 行。");
        return report.Problems.Count == 0 ? 0 : 1;
    }
}
