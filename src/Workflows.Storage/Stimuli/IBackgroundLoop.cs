using Microsoft.Extensions.Hosting;

namespace Workflows.Storage.Stimuli;

/// <summary>
/// A loop that runs beside the requests: started and stopped by the host, carrying a begun piece of work through when it is stopped.
/// Loops wait on signals and on the injected clock, never on fixed sleeps.
/// </summary>
public interface IBackgroundLoop : IHostedService;
