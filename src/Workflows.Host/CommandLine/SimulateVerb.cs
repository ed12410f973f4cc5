using System.CommandLine;
using Workflows.Host.Simulation;
using Workflows.Host.Simulation.Output;
using Workflows.Storage.Postgres;
using Workflows.Storage.Providers;
using Workflows.Storage.Sqlite;

namespace Workflows.Host.CommandLine;

/// <summary>
/// <c>simulate SCENARIO|FOLDER --from DATE --days N --seed S</c>: the real engine, activities and store on a virtual clock with scripted,
/// seeded people. The same seed gives the same bytes whatever the time zone, folder, user or wall clock.
/// </summary>
/// <param name="environment">Gives the value of an environment variable or null.</param>
internal sealed class SimulateVerb(Func<string, string?> environment) : IVerb
{
    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error)
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "场景代码，或者含 plan.json、case.json、scenario.json 的文件夹" };
        var from = CommandDate.Option("--from", "第一天");
        var days = new Option<int>("--days") { Description = "天数", Required = true };
        var seed = new Option<long>("--seed") { Description = "种子；相同的种子得到相同的结果", Required = true };
        var targets = new Option<int>("--targets") { Description = "抽取的检查对象总数", DefaultValueFactory = _ => 60 };
        var store = new Option<string>("--store") { Description = "sqlite 或 postgres（临时数据库）", DefaultValueFactory = _ => "sqlite" };
        var folder = new Option<string?>("--out") { Description = "结果文件夹" };
        var command = new Command("simulate", "在虚拟时钟上运行整个场景") { scenario, from, days, seed, targets, store, folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var home = HomeFolder.Find(environment);
            var options = new SimulationOptions
            {
                Home = home,
                Package = ScenarioFolder.Read(parsed.GetRequiredValue(scenario), home),
                From = CommandDate.Read(parsed, from),
                Days = Within(parsed.GetRequiredValue(days), SimulationOptions.MostDays, "--days"),
                Seed = parsed.GetRequiredValue(seed),
                Targets = Within(parsed.GetValue(targets), SimulationOptions.MostTargets, "--targets"),
            };
            return await RunAsync(options, parsed.GetValue(store)!, parsed.GetValue(folder), output, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(SimulationOptions options, string store, string? folder, TextWriter output, CancellationToken cancellationToken)
    {
        if (store is not ("sqlite" or "postgres"))
        {
            throw new BadInputException($"--store：不认识“{store}”，请写 sqlite 或 postgres。");
        }

        var scratch = Directory.CreateTempSubdirectory("workflows-simulation-").FullName;
        try
        {
            await using var cluster = store == "postgres" ? await PrivateCluster.StartAsync(durable: false, cancellationToken: cancellationToken) : null;
            await using StoreProvider provider = cluster is null
                ? new SqliteStore(Path.Combine(scratch, "simulation.db"), durable: false)
                : new PostgresStore(await cluster.CreateDatabaseAsync("simulation", cancellationToken: cancellationToken));
            await using var world = new SimulationWorld(options, provider);
            await world.PrepareAsync(cancellationToken);
            var run = new SimulationRun(world, options);
            await run.RunAsync(cancellationToken);
            var report = await SimulationReport.CreateAsync(world, run, options, cancellationToken);
            if (folder is not null)
            {
                await SimulationFiles.WriteAsync(world, run, report, folder, cancellationToken);
            }

            await output.WriteLineAsync(report.Summary);
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>A count within its bounds.</summary>
    /// <exception cref="BadInputException">It is not.</exception>
    internal static int Within(int value, int most, string name) =>
        value >= 1 && value <= most ? value : throw new BadInputException($"{name}：应为 1 至 {most} 的整数，现为 {value}。");
}
