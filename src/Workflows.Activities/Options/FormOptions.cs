using Workflows.Engine.Activities;
using Workflows.Supervision.Documents;

namespace Workflows.Activities.Options;

/// <summary>Forms of the catalogue.</summary>
public sealed class FormOptions : IInputOptionsProvider
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InputOption>> GetOptionsAsync(InputOptionsContext context, CancellationToken cancellationToken) =>
        new([.. FormCatalogue.All.Select(f => new InputOption(f.Title, f.Key))]);
}
