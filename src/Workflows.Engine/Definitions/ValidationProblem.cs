namespace Workflows.Engine.Definitions;

/// <summary>Something wrong with a definition.</summary>
/// <param name="ActivityId">Activity concerned; null for the definition as a whole.</param>
/// <param name="Property">Property concerned in JSON, such as <c>timeSpan</c> or <c>connections[2]</c>; null for the activity as a whole.</param>
/// <param name="Code">One of <see cref="ValidationCodes"/>, or a code of the activity's own check (<see cref="IDefinitionCheck"/>).</param>
/// <param name="Message">What is wrong and what to do, in the users' language.</param>
public sealed record ValidationProblem(string? ActivityId, string? Property, string Code, string Message);

/// <summary>Codes of <see cref="ValidationProblem"/>s.</summary>
public static class ValidationCodes
{
    /// <summary>There is no root activity.</summary>
    public const string NoRoot = "no-root";

    /// <summary>An id is used twice.</summary>
    public const string DuplicateId = "duplicate-id";

    /// <summary>A connection begins or ends nowhere.</summary>
    public const string DanglingConnection = "dangling-connection";

    /// <summary>A connection begins at a port that its activity does not have.</summary>
    public const string UnknownPort = "unknown-port";

    /// <summary>A connection leads back past a way around its target; following it would fault.</summary>
    public const string InvalidLoop = "invalid-loop";

    /// <summary>The type of an activity is not known.</summary>
    public const string UnknownType = "unknown-type";

    /// <summary>A required input is empty.</summary>
    public const string MissingInput = "missing-input";

    /// <summary>A fixed value is not of the input's type.</summary>
    public const string InvalidValue = "invalid-value";

    /// <summary>An expression does not parse.</summary>
    public const string InvalidExpression = "invalid-expression";

    /// <summary>The syntax of an expression is not supported.</summary>
    public const string UnsupportedSyntax = "unsupported-syntax";

    /// <summary>A variable is not declared where it is set.</summary>
    public const string UnknownVariable = "unknown-variable";

    /// <summary>A flowchart has nothing to begin with.</summary>
    public const string NoStart = "no-start";

    /// <summary>No way leads to an activity.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The port that says that a time limit has passed leads nowhere.</summary>
    public const string TimeLimitPortUnconnected = "time-limit-port-unconnected";

    /// <summary>An outcome that a person may choose leads nowhere, while others of the step lead on; a notice.</summary>
    public const string OutcomeUnconnected = "outcome-unconnected";

    /// <summary>An input names a step that the definition does not have, or one of the wrong kind.</summary>
    public const string UnknownStep = "unknown-step";

    /// <summary>Too many activities, nested too deeply, or a text too long.</summary>
    public const string BoundExceeded = "bound-exceeded";

    /// <summary>Workflows use each other as activities in a circle.</summary>
    public const string WorkflowCycle = "workflow-cycle";

    /// <summary>A workflow used as activity does not exist.</summary>
    public const string UnknownWorkflow = "unknown-workflow";
}
