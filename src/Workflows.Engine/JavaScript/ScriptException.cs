namespace Workflows.Engine.JavaScript;

/// <summary>What went wrong with a script.</summary>
public enum ScriptErrorKind
{
    /// <summary>The source is not JavaScript.</summary>
    Parse,

    /// <summary>The source is JavaScript but uses a construct that workflows do not allow (classes, <c>async</c>, <c>eval</c> …).</summary>
    Refused,

    /// <summary>An error was thrown and not caught.</summary>
    Runtime,

    /// <summary>A bound of <see cref="ScriptLimits"/> was reached.</summary>
    Limit,
}

/// <summary>A script that cannot be parsed, is refused, failed, or reached a bound. The message is Chinese and names the place and the remedy.</summary>
public class ScriptException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="reason">Why, in Chinese, without the place.</param>
    /// <param name="line">Line in the source, from 1.</param>
    /// <param name="column">Column in UTF-16 code units, from 1.</param>
    public ScriptException(ScriptErrorKind kind, string reason, int line, int column)
        : base($"脚本第 {line} 行第 {column} 列：{reason}")
    {
        Kind = kind;
        Reason = reason;
        Line = line;
        Column = column;
    }

    private protected ScriptException()
    {
        Kind = ScriptErrorKind.Runtime;
        Reason = "";
    }

    /// <summary>What went wrong.</summary>
    public ScriptErrorKind Kind { get; }

    /// <summary>Why, in Chinese, without the place.</summary>
    public string Reason { get; }

    /// <summary>Line in the source, from 1.</summary>
    public int Line { get; }

    /// <summary>Column in UTF-16 code units, from 1.</summary>
    public int Column { get; }

    /// <summary>Name of the JavaScript error (<c>TypeError</c> …) where an <c>Error</c> was thrown and not caught; otherwise null.</summary>
    public string? ErrorName { get; init; }

    /// <summary>The error's own message as V8 words it, or the text of the value that was thrown; null where none was.</summary>
    public string? ErrorMessage { get; init; }
}
