using System.CommandLine;
using Workflows.Host.Torture;

namespace Workflows.Host.CommandLine;

/// <summary>
/// <c>torture kill --store S --seed N --kills K</c>: kills the serving process at moments of its own choosing and checks that no
/// acknowledged step was lost and none done twice. It does not test power loss: what the operating system holds survives a kill.
/// </summary>
/// <param name="environment">Gives the value of an environment variable or null.</param>
internal sealed class TortureVerb(Func<string, string?> environment) : IVerb
{
    private const int MostKills = 1000;

    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error)
    {
        var store = new Option<string>("--store") { Description = "sqlite 或 postgres", Required = true };
        var seed = new Option<long>("--seed") { Description = "种子", Required = true };
        var kills = new Option<int>("--kills") { Description = "强制终止的次数", Required = true };
        var kill = new Command("kill", "在请求未答复时强制终止服务进程，核对已答复的一件不丢、一件不重") { store, seed, kills };
        kill.SetAction(async (parsed, cancellationToken) =>
        {
            var (name, count) = (parsed.GetRequiredValue(store), parsed.GetRequiredValue(kills));
            if (name is not ("sqlite" or "postgres"))
            {
                throw new BadInputException($"--store：不认识“{name}”，请写 sqlite 或 postgres。");
            }

            if (count is < 1 or > MostKills)
            {
                throw new BadInputException($"--kills：应为 1 至 {MostKills} 的整数，现为 {count}。");
            }

            await using var torture = await KillTorture.CreateAsync(name, parsed.GetRequiredValue(seed), HomeFolder.Find(environment), error, cancellationToken);
            var verdict = await torture.RunAsync(count, cancellationToken);
            foreach (var fault in verdict.Faults)
            {
                await output.WriteLineAsync(fault);
            }

            await output.WriteLineAsync(verdict.Summary);
            return verdict.Faults.Count == 0 ? 0 : 1;
        });
        return new Command("torture", "故障试验") { kill };
    }
}
