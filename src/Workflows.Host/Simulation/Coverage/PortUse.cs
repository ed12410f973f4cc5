namespace Workflows.Host.Simulation.Coverage;

/// <summary>How often a port was taken, and where first.</summary>
/// <param name="ActivityId">Activity of the diagrams.</param>
/// <param name="Port">Port by which it was left; <c>Done</c> where it has one way only.</param>
/// <param name="Count">Lines of the timelines of all seeds.</param>
/// <param name="Seed">First seed whose timeline has it, or null.</param>
/// <param name="Case">Case, or plan, of the first line.</param>
internal sealed record PortUse(string ActivityId, string Port, int Count, long? Seed, string? Case);
