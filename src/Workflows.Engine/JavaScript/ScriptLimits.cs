namespace Workflows.Engine.JavaScript;

/// <summary>
/// Bounds of one evaluation of a script. Reaching one ends the evaluation with a <see cref="ScriptException"/>
/// of kind <see cref="ScriptErrorKind.Limit"/>; no script can catch it, but for the call depth, which is a
/// <c>RangeError</c> as in V8.
/// </summary>
public sealed record ScriptLimits
{
    /// <summary>The bounds that apply where nothing else is said.</summary>
    public static ScriptLimits Default { get; } = new();

    /// <summary>Longest source in UTF-16 code units.</summary>
    public int MaxSourceLength { get; init; } = 65_536;

    /// <summary>Deepest nesting of brackets, blocks and functions in the source, and of arrays and objects in data that is read or written as a whole.</summary>
    public int MaxNesting { get; init; } = 256;

    /// <summary>Deepest chain of calls.</summary>
    public int MaxCallDepth { get; init; } = 1_000;

    /// <summary>Most steps: statements, calls, turns of loops, and elements that built-in functions visit.</summary>
    public long MaxSteps { get; init; } = 1_000_000;

    /// <summary>Most bytes that all strings, arrays, objects and closures together may take, garbage included.</summary>
    public long MaxMemoryBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Longest evaluation by the wall clock.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(1);
}
