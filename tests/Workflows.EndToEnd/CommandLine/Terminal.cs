using Workflows.Host.CommandLine;

namespace Workflows.EndToEnd.CommandLine;

/// <summary>What a command printed.</summary>
internal sealed record Printed(int Exit, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Exit 2, exactly one line of complaint, nothing else.</summary>
    public string Refusal()
    {
        Assert.Equal((2, ""), (Exit, Output));
        return Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}

/// <summary>Runs the command line in this process.</summary>
internal static class Terminal
{
    public static async Task<Printed> RunAsync(string[] args, IReadOnlyDictionary<string, string>? environment = null)
    {
        var variables = new Dictionary<string, string> { ["WORKFLOWS_HOME"] = Repository.Root };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            variables[name] = value;
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = await WorkflowsCommand.RunAsync(args, output, error, CancellationToken.None, variables.GetValueOrDefault);
        return new Printed(exit, output.ToString(), error.ToString());
    }

    public static Task<Printed> RunAsync(params string[] args) => RunAsync(args, null);
}
