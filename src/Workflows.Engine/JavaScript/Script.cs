using Workflows.Engine.JavaScript.Syntax;
using Workflows.Engine.JavaScript.Tree;

namespace Workflows.Engine.JavaScript;

/// <summary>
/// A script of a workflow: parsed once, evaluated as often as wanted and from any number of threads. It gives the value
/// of its last expression statement, or of a <c>return</c> at its top level.
/// </summary>
public sealed class Script
{
    private readonly FunctionCode _program;
    private readonly ScriptLimits _limits;

    private Script(string source, FunctionCode program, string[] globals, ScriptLimits limits)
    {
        Source = source;
        _program = program;
        Globals = globals;
        _limits = limits;
    }

    /// <summary>The source as it was written.</summary>
    public string Source { get; }

    /// <summary>Names that the script takes from outside, in the order of their use.</summary>
    public IReadOnlyList<string> OuterNames => Globals;

    internal string[] Globals { get; }

    /// <summary>Parses a script.</summary>
    /// <param name="source">The source.</param>
    /// <param name="limits">Bounds; those of evaluation apply where <see cref="Evaluate"/> is given none.</param>
    /// <returns>The script.</returns>
    /// <exception cref="ScriptException">The source is not JavaScript, uses what workflows refuse, or exceeds a bound.</exception>
    public static Script Parse(string source, ScriptLimits? limits = null)
    {
        limits ??= ScriptLimits.Default;
        var (program, globals) = Parser.Parse(source, limits);
        return new Script(source, program, globals, limits);
    }

    /// <summary>Evaluates the script.</summary>
    /// <param name="environment">What the host offers.</param>
    /// <param name="limits">Bounds; those of <see cref="Parse"/> where null.</param>
    /// <param name="cancellation">Ends the evaluation early.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ScriptException">An error was not caught, or a bound was reached.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public ScriptValue Evaluate(ScriptEnvironment environment, ScriptLimits? limits = null, CancellationToken cancellation = default)
    {
        var evaluation = new Evaluation(this, environment, limits ?? _limits, cancellation);
        return new ScriptValue(evaluation, evaluation.Run(_program));
    }

    internal (int Line, int Column) Locate(int position) => SourceText.Locate(Source, position);
}
