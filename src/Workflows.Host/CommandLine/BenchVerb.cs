using System.CommandLine;
using Workflows.Host.Benchmarks;

namespace Workflows.Host.CommandLine;

/// <summary><c>bench engine|draw|render|lifecycle|leads</c>: measures on this machine and prints one JSON line.</summary>
internal sealed class BenchVerb(Func<string, string?> environment) : IVerb
{
    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error) => new("bench", "在本机测量性能，每项输出一行 JSON") 
    {
        EngineCommand(output), LifecycleCommand(output), DrawCommand(output), RenderCommand(output), LeadsCommand(output),
    };

    private static Command EngineCommand(TextWriter output)
    {
        var definition = new Option<string?>("--definition") { Description = "流程定义文件；不填为十个活动的流程图" };
        var seconds = Seconds();
        var command = new Command("engine", "单核在内存中每秒执行多少个活动") { definition, seconds };
        command.SetAction(parsed =>
        {
            output.WriteLine(EngineLine.Measure(parsed.GetValue(definition), Duration(parsed, seconds)));
            return 0;
        });
        return command;
    }

    private static Command LifecycleCommand(TextWriter output)
    {
        var store = new Option<string>("--store") { Description = "sqlite 或 postgres", Required = true };
        var clients = new Option<int>("--clients") { Description = "并发调用者", DefaultValueFactory = _ => 16 };
        var keep = new Option<bool>("--keep") { Description = "保留数据库" };
        var connection = new Option<string?>("--connection") { Description = "PostgreSQL 连接串；不填则启动私有集群" };
        var seconds = Seconds();
        var command = new Command("lifecycle", "启动、等待、恢复、结束：每一步都提交到数据库") { store, clients, keep, connection, seconds };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var asked = new LifecycleOrder(parsed.GetRequiredValue(store), parsed.GetValue(clients), parsed.GetValue(keep), parsed.GetValue(connection), Duration(parsed, seconds));
            await output.WriteLineAsync(await LifecycleLine.MeasureAsync(asked, cancellationToken));
            return 0;
        });
        return command;
    }

    private static Command DrawCommand(TextWriter output)
    {
        var targets = new Option<int>("--targets") { Description = "名录规模", DefaultValueFactory = _ => 1_000_000 };
        var drawn = new Option<int>("--drawn") { Description = "抽取数", DefaultValueFactory = _ => 10_000 };
        var command = new Command("draw", "从百万对象中抽取一万个，权重 1 至 8") { targets, drawn };
        command.SetAction(parsed =>
        {
            var (pool, winners) = (parsed.GetValue(targets), parsed.GetValue(drawn));
            if (pool is < 1 or > 5_000_000 || winners < 1 || winners > pool)
            {
                throw new BadInputException("--targets、--drawn：应为 1 至 5000000 的整数，且抽取数不大于名录规模。");
            }

            output.WriteLine(DrawBenchmark.Run(pool, winners));
            return 0;
        });
        return command;
    }

    private static Command RenderCommand(TextWriter output)
    {
        var seconds = Seconds();
        var command = new Command("render", "渲染一份含 12 个整改事项的责令限期改正通知书") { seconds };
        command.SetAction(parsed =>
        {
            output.WriteLine(RenderBenchmark.Run(Duration(parsed, seconds)));
            return 0;
        });
        return command;
    }

    private Command LeadsCommand(TextWriter output)
    {
        var store = new Option<string>("--store") { Description = "sqlite 或 postgres", Required = true };
        var count = new Option<int>("--count") { Description = "线索条数，20 的倍数", DefaultValueFactory = _ => 3000 };
        var clients = new Option<int>("--clients") { Description = "并发调用者", DefaultValueFactory = _ => 16 };
        var command = new Command("leads", "经 HTTP 报送线索，10% 完全重复、5% 疑似重复，同时有定时器触发；有遗漏时以 1 退出") { store, count, clients };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var asked = new LeadsOrder(parsed.GetRequiredValue(store), parsed.GetValue(count), parsed.GetValue(clients), HomeFolder.Find(environment));
            var (line, sound) = await LeadsLine.MeasureAsync(asked, cancellationToken);
            await output.WriteLineAsync(line);
            return sound ? 0 : 1;
        });
        return command;
    }

    /// <summary>How long to measure.</summary>
    internal static Option<double> Seconds() => new("--seconds") { Description = "测量时长（秒）", DefaultValueFactory = _ => 3 };

    /// <summary>Reads the duration.</summary>
    internal static TimeSpan Duration(ParseResult parsed, Option<double> option) => parsed.GetValue(option) is > 0 and <= 600 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new BadInputException("--seconds：应为 0 至 600 之间的数。");
}
