namespace Workflows.Host.CommandLine;

/// <summary>All verbs but <c>serve</c>, in the order in which the help lists them. A new verb is added here and nowhere else.</summary>
internal static class Verbs
{
    /// <summary>The verbs.</summary>
    public static IReadOnlyList<IVerb> All { get; } = [];
}
