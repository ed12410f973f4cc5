using Workflows.Engine.Activities;
using Workflows.Supervision.Publication;

namespace Workflows.Activities.Options;

/// <summary>Results that the table of publication knows.</summary>
public sealed class PublicResultOptions : IInputOptionsProvider
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InputOption>> GetOptionsAsync(InputOptionsContext context, CancellationToken cancellationToken) =>
        new([.. PublicResult.All.Select(result => new InputOption(result, result))]);
}
