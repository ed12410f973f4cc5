using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Providers;

/// <summary>Somebody else changed what a batch built on, or holds what it needs: it is rolled back and run again. Reaches nobody but the pump.</summary>
public sealed class BatchConflictException(string message) : Exception(message)
{
    internal NumberSeries? BusySeries { get; init; }

    internal IReadOnlyList<string> BusyKeys { get; init; } = [];
}
