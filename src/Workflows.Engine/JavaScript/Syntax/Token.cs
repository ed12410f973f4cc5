namespace Workflows.Engine.JavaScript.Syntax;

internal enum TokenKind
{
    End,
    Name,
    Punctuator,
    Number,
    Text,
    Template,
}

/// <summary>A word, sign or literal of the source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string the value that it means.</param>
/// <param name="Number">Value of a number.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where the next may begin.</param>
/// <param name="AfterLineEnd">A line end stands between it and the token before, which matters for left-out semicolons.</param>
internal readonly record struct Token(TokenKind Kind, string Text, double Number, int Start, int End, bool AfterLineEnd)
{
    public bool Is(string sign) => Kind == TokenKind.Punctuator && Text == sign;

    public bool IsWord(string word) => Kind == TokenKind.Name && Text == word;
}
