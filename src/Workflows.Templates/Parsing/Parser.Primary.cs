using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Parsing;

/// <content>Literals, variables, members, elements, arrays, objects and functions without a name.</content>
internal sealed partial class Parser
{
    private Expression ParsePrimary(Mode mode)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Literal:
                Next();
                return new LiteralExpression(SpanFrom(token.Start), token.Value is int i ? Boxed.Int(i) : token.Value);
            case TokenKind.Interpolated:
                Next();
                return ParseInterpolated(token);
            case TokenKind.Local:
                Next();
                return new LocalPath(SpanFrom(token.Start), token.Name);
            case TokenKind.Identifier when !IsReserved(token):
                return ParseName(token, mode);
            case TokenKind.OpenParen:
                return ParseGroup();
            case TokenKind.OpenBracket:
                return ParseArray();
            case TokenKind.OpenBrace:
                return ParseObject();
            default:
                throw Unexpected("这里应当是一个表达式");
        }
    }

    private Expression ParseName(Token token, Mode mode)
    {
        Next();
        var span = SpanFrom(token.Start);
        switch (token.Name)
        {
            case "true": return new LiteralExpression(span, Boxed.True);
            case "false": return new LiteralExpression(span, Boxed.False);
            case "null": return new LiteralExpression(span, null);
            case "this": return new ThisPath(span);
            case "do": return ParseAnonymousFunction(token);
            case "for" or "tablerow": return new LoopPath(span, isWhile: false);
            case "while": return new LoopPath(span, isWhile: true);
            default: return new VariablePath(span, token.Name);
        }
    }

    private Expression ParsePostfix(Expression target, bool allowCall)
    {
        for (var chain = 0; ; chain++)
        {
            if (chain > _limits.NestingDepth) throw new SyntaxError(Current.Start, $"嵌套超过上限 {_limits.NestingDepth} 层", isLimit: true);
            var token = Current;
            if (token.Kind is TokenKind.Dot or TokenKind.OptionalDot)
            {
                Next();
                var name = Expect(TokenKind.Identifier, "成员名");
                target = new MemberPath(SpanFrom(target.Span.Start), target, name.Name, name.Start, token.Kind == TokenKind.OptionalDot);
            }
            else if (token is { Kind: TokenKind.OpenBracket, SpaceBefore: false })
            {
                target = ParseIndex(target);
            }
            else if (allowCall && token is { Kind: TokenKind.OpenParen, SpaceBefore: false } && target is PathExpression)
            {
                target = ParseExplicitCall(target);
            }
            else return target;
        }
    }

    private IndexPath ParseIndex(Expression target)
    {
        Next();
        _brackets++;
        var index = ParseExpression();
        if (Current.Kind != TokenKind.CloseBracket) throw Unexpected("这里应当是右方括号");
        _brackets--;
        Next();
        return new IndexPath(SpanFrom(target.Span.Start), target, index);
    }

    private GroupExpression ParseGroup()
    {
        var start = Next().Start;
        _brackets++;
        var inner = ParseExpression();
        if (Current.Kind != TokenKind.CloseParen) throw Unexpected("这里应当是右括号");
        _brackets--;
        Next();
        return new GroupExpression(SpanFrom(start), inner);
    }

    private ArrayExpression ParseArray()
    {
        var start = Next().Start;
        _brackets++;
        var items = new List<Expression>();
        while (Current.Kind != TokenKind.CloseBracket)
        {
            if (items.Count > 0)
            {
                Expect(TokenKind.Comma, "逗号或右方括号");
                if (Current.Kind == TokenKind.CloseBracket) break;
            }
            items.Add(ParseExpression());
        }
        _brackets--;
        Next();
        return new ArrayExpression(SpanFrom(start), [.. items]);
    }

    private ObjectExpression ParseObject()
    {
        var start = Next().Start;
        _brackets++;
        var members = new List<KeyValuePair<string, Expression>>();
        while (Current.Kind != TokenKind.CloseBrace)
        {
            if (members.Count > 0)
            {
                Expect(TokenKind.Comma, "逗号或右花括号");
                if (Current.Kind == TokenKind.CloseBrace) break;
            }
            var key = Current;
            if (key.Kind != TokenKind.Identifier && key is not { Kind: TokenKind.Literal, Value: string }) throw Unexpected("这里应当是成员名");
            Next();
            Expect(TokenKind.Colon, "冒号");
            members.Add(KeyValuePair.Create(key.Name, ParseExpression()));
        }
        _brackets--;
        Next();
        return new ObjectExpression(SpanFrom(start), [.. members]);
    }

    private FunctionExpression ParseAnonymousFunction(Token start)
    {
        // Inside the body line ends count again, wherever the function stands.
        var brackets = _brackets;
        _brackets = 0;
        var parameters = Current is { Kind: TokenKind.OpenParen, SpaceBefore: false } ? ParseParameters() : null;
        var body = ParseBody(start.Start);
        ExpectEnd("do");
        _brackets = brackets;
        return new FunctionExpression(SpanFrom(start.Start), new UserFunction("do", parameters, body));
    }

    private InterpolatedExpression ParseInterpolated(Token token)
    {
        Deepen();
        RequireStack();
        var parts = new List<Expression>();
        foreach (var part in (List<InterpolatedPart>)token.Value!)
        {
            var span = new Span(_source, part.Start, part.End);
            parts.Add(part.Literal is not null ? new LiteralExpression(span, part.Literal) : ParseEmbedded(part));
        }
        _depth--;
        return new InterpolatedExpression(SpanFrom(token.Start), [.. parts]);
    }

    private Expression ParseEmbedded(InterpolatedPart part)
    {
        var (tokens, at, brackets) = (_tokens, _at, _brackets);
        (_tokens, _at, _brackets) = (Lexer.TokenizeCode(_source.Text, part.Start, part.End), 0, 1);
        try
        {
            var expression = ParseExpression();
            return Current.Kind == TokenKind.Eof ? expression : throw Unexpected("插值表达式应当在这里结束");
        }
        finally
        {
            (_tokens, _at, _brackets) = (tokens, at, brackets);
        }
    }
}
