using Microsoft.Extensions.DependencyInjection;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>
/// The services of one stimulus: the host's, in a scope of their own that is made only when somebody asks, and its session.
/// Scoped services of the host may depend on <see cref="ISupervisionSession"/>.
/// </summary>
internal sealed class BurstServices(IServiceProvider root, StimulusSession session) : IServiceProvider, IAsyncDisposable
{
    private AsyncServiceScope? _scope;

    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(ISupervisionSession) || serviceType == typeof(IRowSession))
            return session;
        if (_scope is null)
        {
            _scope = root.CreateAsyncScope();
            if (_scope.Value.ServiceProvider.GetService<SessionHolder>() is { } holder)
                holder.Session = session;
        }
        return _scope.Value.ServiceProvider.GetService(serviceType);
    }

    public ValueTask DisposeAsync() => _scope?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Hands the session of the running stimulus to scoped services.</summary>
internal sealed class SessionHolder
{
    public ISupervisionSession? Session { get; set; }
}
