using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Workflows.Host.Simulation;
using Workflows.Host.Simulation.Coverage;

namespace Workflows.Host.CommandLine;

/// <summary>
/// <c>coverage SCENARIO|FOLDER --seeds 1-50</c>: simulates each seed and prints one JSON line for each (activity, port) with its count, the
/// first seed and the first case; then how many were never taken. Exit 1 if any was not.
/// </summary>
/// <param name="environment">Gives the value of an environment variable or null.</param>
internal sealed class CoverageVerb(Func<string, string?> environment) : IVerb
{
    private const int MostSeeds = 1000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error)
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "场景代码，或者含 plan.json、case.json、scenario.json 的文件夹" };
        var seeds = new Option<string>("--seeds") { Description = "种子范围，例如 1-50", Required = true, HelpName = "FIRST-LAST" };
        var from = new Option<string>("--from") { Description = "第一天", DefaultValueFactory = _ => "2026-12-01", HelpName = "DATE" };
        var days = new Option<int?>("--days") { Description = "天数；不填为 150，图中有以月计的期限的再加上最长的一个" };
        var targets = new Option<int>("--targets") { Description = "每个种子抽取的检查对象总数", DefaultValueFactory = _ => 20 };
        var command = new Command("coverage", "用多个种子模拟场景，统计每个步骤的每个出口走了多少次") { scenario, seeds, from, days, targets };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var home = HomeFolder.Find(environment);
            var (first, last) = Range(parsed.GetRequiredValue(seeds));
            var package = ScenarioFolder.Read(parsed.GetRequiredValue(scenario), home);
            var options = new SimulationOptions
            {
                Home = home,
                Package = package,
                From = CommandDate.Read(parsed, from),
                Days = SimulateVerb.Within(parsed.GetValue(days) ?? CoverageRun.DaysFor(package), SimulationOptions.MostDays, "--days"),
                Seed = first,
                Targets = SimulateVerb.Within(parsed.GetValue(targets), SimulationOptions.MostTargets, "--targets"),
            };
            var ports = await CoverageRun.RunAsync(options, first, last, cancellationToken);
            foreach (var port in ports)
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(port, Json));
            }

            var never = ports.Count(p => p.Count == 0);
            await output.WriteLineAsync($"{ports.Count} 个出口，{never} 个从未走到");
            return never == 0 ? 0 : 1;
        });
        return command;
    }

    private static (long First, long Last) Range(string text)
    {
        var parts = text.Split('-');
        return parts.Length == 2 && TryRead(parts[0], out var first) && TryRead(parts[1], out var last) && first <= last && last - first < MostSeeds
            ? (first, last)
            : throw new BadInputException($"--seeds：应为 FIRST-LAST，例如 1-50，最多 {MostSeeds} 个，现为“{text}”。");

        static bool TryRead(string number, out long value) => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
