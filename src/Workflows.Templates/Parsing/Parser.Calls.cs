using Workflows.Templates.Syntax;

namespace Workflows.Templates.Parsing;

/// <content>Calls: <c>f a b name: c</c> and <c>f(a, b)</c>.</content>
internal sealed partial class Parser
{
    /// <summary>Whether the current token, behind an operand, begins an argument and so makes the operand a function.</summary>
    private bool StartsArgument(Mode mode)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Literal or TokenKind.Interpolated or TokenKind.Local or TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace
                or TokenKind.Alias or TokenKind.Expand or TokenKind.Not:
                return true;
            case TokenKind.Identifier:
                if (mode.InLoopHead && (token.Name == "reversed" || Ahead(1).Kind == TokenKind.Colon)) return false;
                return !IsReserved(token);
            default:
                return false;
        }
    }

    private bool IsReserved(Token token) => token.Name switch
    {
        "if" or "else" or "end" or "case" or "when" or "func" or "break" or "continue" or "import" or "readonly" or "with" or "capture" or "ret" or "wrap" => true,
        "for" or "while" or "tablerow" => Ahead(1).Kind != TokenKind.Dot,
        _ => false,
    };

    private CallExpression ParseCommandCall(Expression target, Mode mode)
    {
        var arguments = new List<Argument>();
        while (StartsArgument(mode.AsOperand()))
        {
            CheckArgumentCount(arguments);
            arguments.Add(ParseArgument(arguments, named: !mode.InConditional, inCall: true, mode.InConditional));
        }
        return new CallExpression(SpanFrom(target.Span.Start), target, [.. arguments]);
    }

    private CallExpression ParseExplicitCall(Expression target)
    {
        Next();
        _brackets++;
        var arguments = new List<Argument>();
        while (Current.Kind != TokenKind.CloseParen)
        {
            if (arguments.Count > 0) Expect(TokenKind.Comma, "逗号或右括号");
            CheckArgumentCount(arguments);
            arguments.Add(ParseArgument(arguments, named: true, inCall: false, inConditional: false));
        }
        _brackets--;
        Next();
        return new CallExpression(SpanFrom(target.Span.Start), target, [.. arguments]);
    }

    private void CheckArgumentCount(List<Argument> arguments)
    {
        if (arguments.Count >= 256) throw new SyntaxError(Current.Start, "参数太多", isLimit: true);
    }

    private Argument ParseArgument(List<Argument> before, bool named, bool inCall, bool inConditional)
    {
        if (named && Current.Kind == TokenKind.Identifier && Ahead(1).Kind == TokenKind.Colon)
        {
            var name = Next();
            Next();
            return new Argument(inCall ? ParseOperand(inCall, inConditional) : ParseExpression(), name.Name, Start: name.Start);
        }
        if (before.Exists(a => a.Name is not null)) throw Unexpected("命名参数后面的参数也必须命名");
        var expanded = Accept(TokenKind.Expand);
        return new Argument(inCall ? ParseOperand(inCall, inConditional) : ParseExpression(), Expanded: expanded);
    }
}
