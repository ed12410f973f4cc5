namespace Workflows.Templates.Parsing;

/// <summary>Leaves the statement being parsed; the parser records it and goes on with the next statement.</summary>
internal sealed class SyntaxError(int offset, string message, bool isLimit = false) : FormatException(message)
{
    public int Offset { get; } = offset;

    public bool IsLimit { get; } = isLimit;
}
