using System.CommandLine;
using Workflows.Host.CommandLine;
using Workflows.Host.Sample.History;

namespace Workflows.Host.Composition;

/// <summary><c>serve</c>, the default verb: runs the service until it is told to stop.</summary>
internal sealed class ServeVerb : IVerb
{
    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("serve", "启动服务（默认）");
        command.SetAction((_, cancellationToken) => RunAsync(output, cancellationToken));
        return command;
    }

    /// <summary>Serves until the process is told to stop; returns 0 after a graceful drain.</summary>
    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var settings = ServeSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        await SampleHistory.EnsureAsync(settings, output, cancellationToken);
        await using var application = WorkflowsApplication.Build(settings);
        await StartUp.PrepareAsync(application.Services, output, cancellationToken);
        await application.StartAsync(cancellationToken);
        await output.WriteLineAsync($"http: {string.Join(' ', application.Urls)}");
        await application.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
