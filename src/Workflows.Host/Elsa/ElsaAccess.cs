using Workflows.Host.Access;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa;

/// <summary>Who may call Elsa's API: analysts and administrators write, supervisors read what is in their sight, nobody else comes in.</summary>
internal static class ElsaAccess
{
    private static readonly string[] Writers = [Role.Analyst, Role.Administrator];
    private static readonly string[] Readers = [.. Writers, Role.Supervisor];

    /// <summary>Open to those who change definitions and instances.</summary>
    public static TBuilder ForElsaWriters<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.For(Writers);

    /// <summary>Open to those who look.</summary>
    public static TBuilder ForElsaReaders<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.For(Readers);

    /// <summary>Open without sign-in.</summary>
    public static TBuilder ForElsaAnybody<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.ForAnybody();
}
