namespace Workflows.Host.CommandLine;

/// <summary>All verbs but <c>serve</c>, in the order in which the help lists them. A new verb is added here and nowhere else.</summary>
internal static class Verbs
{
    /// <summary>The verbs.</summary>
    /// <param name="environment">Gives the value of an environment variable or null; injected so that tests need no process environment.</param>
    public static IReadOnlyList<IVerb> All(Func<string, string?> environment) =>
    [
        new RenderVerb(),
        new CalendarVerb(environment),
        new DrawVerb(),
        new AuditVerb(environment),
        new DefinitionsVerb(environment),
        new RostersVerb(environment),
        new ConformanceVerb(environment),
        new SimulateVerb(environment),
        new CoverageVerb(environment),
        new BenchVerb(environment),
        new TortureVerb(environment),
    ];
}
