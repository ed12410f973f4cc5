namespace Workflows.Engine;

/// <summary>A definition compiled once per version: graph, ports and expressions resolved. Immutable and thread-safe.</summary>
public sealed partial class CompiledWorkflow
{
    internal CompiledWorkflow()
    {
    }
}
