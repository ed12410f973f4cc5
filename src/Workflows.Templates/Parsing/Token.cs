namespace Workflows.Templates.Parsing;

internal enum TokenKind : byte
{
    Eof, Text, CodeEnter, CodeExit, NewLine, Semicolon,
    Identifier, Local, Literal, Interpolated, Invalid,
    Dot, OptionalDot, Range, RangeExclusive, Ellipsis, Comma, Colon, Question, Coalesce, NotCoalesce,
    OpenParen, CloseParen, OpenBracket, CloseBracket, OpenBrace, CloseBrace,
    Pipe, Alias, Expand, Not, Plus, Minus, Multiply, Divide, DivideRound, Modulus, Increment, Decrement,
    Assign, PlusAssign, MinusAssign, MultiplyAssign, DivideAssign, DivideRoundAssign, ModulusAssign,
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, And, Or, ShiftLeft, ShiftRight,
}

/// <summary>
/// One token. <c>Value</c> is the identifier, the literal's value, the text, the indentation of a code block,
/// the parts of an interpolated string, or the message of an invalid token.
/// </summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, object? Value = null, bool SpaceBefore = false)
{
    public string Name => (string)Value!;

    public bool Is(string identifier) => Kind == TokenKind.Identifier && (string)Value! == identifier;
}

/// <summary>A part of an interpolated string: literal text, or the range of the source that holds an expression.</summary>
internal readonly record struct InterpolatedPart(string? Literal, int Start, int End);
