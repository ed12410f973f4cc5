namespace Workflows.Templates.Parsing;

/// <content>Punctuation and operators.</content>
internal sealed partial class Lexer
{
    // Longest first, so that the first match is the token.
    private static readonly (string Text, TokenKind Kind)[] Operators =
    [
        ("//=", TokenKind.DivideRoundAssign), ("..<", TokenKind.RangeExclusive), ("...", TokenKind.Ellipsis),
        ("..", TokenKind.Range), ("?.", TokenKind.OptionalDot), ("??", TokenKind.Coalesce), ("?!", TokenKind.NotCoalesce),
        ("|>", TokenKind.Pipe), ("||", TokenKind.Or), ("&&", TokenKind.And), ("==", TokenKind.Equal), ("!=", TokenKind.NotEqual),
        ("<=", TokenKind.LessOrEqual), (">=", TokenKind.GreaterOrEqual), ("<<", TokenKind.ShiftLeft), (">>", TokenKind.ShiftRight),
        ("++", TokenKind.Increment), ("--", TokenKind.Decrement), ("+=", TokenKind.PlusAssign), ("-=", TokenKind.MinusAssign),
        ("*=", TokenKind.MultiplyAssign), ("/=", TokenKind.DivideAssign), ("%=", TokenKind.ModulusAssign), ("//", TokenKind.DivideRound),
        (".", TokenKind.Dot), (",", TokenKind.Comma), (":", TokenKind.Colon), (";", TokenKind.Semicolon), ("?", TokenKind.Question),
        ("(", TokenKind.OpenParen), (")", TokenKind.CloseParen), ("[", TokenKind.OpenBracket), ("]", TokenKind.CloseBracket),
        ("{", TokenKind.OpenBrace), ("}", TokenKind.CloseBrace), ("|", TokenKind.Pipe), ("@", TokenKind.Alias), ("^", TokenKind.Expand),
        ("!", TokenKind.Not), ("+", TokenKind.Plus), ("-", TokenKind.Minus), ("*", TokenKind.Multiply), ("/", TokenKind.Divide),
        ("%", TokenKind.Modulus), ("=", TokenKind.Assign), ("<", TokenKind.Less), (">", TokenKind.Greater),
    ];

    private void ReadOperator(char first, bool space)
    {
        var rest = _text.AsSpan(_pos, _end - _pos);
        foreach (var (text, kind) in Operators)
        {
            if (text[0] != first || !rest.StartsWith(text, StringComparison.Ordinal)) continue;
            // `{ ... }}}` closes an object before it closes the code block.
            if (kind == TokenKind.OpenBrace) _braces++;
            else if (kind == TokenKind.CloseBrace && _braces > 0) _braces--;
            Add(kind, _pos, _pos + text.Length, null, space);
            _pos += text.Length;
            return;
        }
        Add(TokenKind.Invalid, _pos, _pos + 1, $"出现了意外的字符 {first}", space);
        _pos++;
    }
}
