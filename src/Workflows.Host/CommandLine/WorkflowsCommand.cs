using System.CommandLine;
using Workflows.Host.Composition;

namespace Workflows.Host.CommandLine;

/// <summary>The root command: <c>serve</c> when no verb is named, else one of <see cref="Verbs"/>.</summary>
internal static class WorkflowsCommand
{
    /// <summary>Exit code for input that cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>Parses and runs; returns the exit code (0 done, 1 a check failed, 2 bad input).</summary>
    /// <param name="args">What was typed.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where complaints go.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <param name="environment">Gives the value of a variable or null; by default that of the process.</param>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken, Func<string, string?>? environment = null)
    {
        var parsed = Create(output, error, environment ?? Environment.GetEnvironmentVariable).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync(OneLine(parsed.Errors[0].Message) + "（--help 列出用法）");
            return BadInput;
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error };
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (BadInputException refused)
        {
            await error.WriteLineAsync(OneLine(refused.Message));
            return BadInput;
        }
    }

    private static RootCommand Create(TextWriter output, TextWriter error, Func<string, string?> environment)
    {
        var serve = new ServeVerb();
        var root = new RootCommand("监管一件事：跨部门综合监管流程服务") { serve.Create(output, error) };
        root.SetAction((_, cancellationToken) => ServeVerb.RunAsync(output, cancellationToken));
        foreach (var verb in Verbs.All(environment))
            root.Add(verb.Create(output, error));
        return root;
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();
}
