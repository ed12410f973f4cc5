using Workflows.Templates.Syntax;

namespace Workflows.Templates.Parsing;

/// <summary>Builds the tree of a template. This part: tokens, blocks, recovery; the others: statements and expressions.</summary>
internal sealed partial class Parser
{
    private const int MaximumMessages = 20;

    private readonly SourceText _source;
    private readonly TemplateLimits _limits;
    private readonly List<SyntaxError> _errors = [];
    private List<Token> _tokens;
    private int _at;
    private int _depth;
    private int _brackets;

    private Parser(SourceText source, TemplateLimits limits, List<Token> tokens)
    {
        (_source, _limits, _tokens) = (source, limits, tokens);
    }

    /// <summary>Parses a template; throws with all messages when it is not valid.</summary>
    public static Block ParseTemplate(SourceText source, TemplateLimits limits)
    {
        if (source.Text.Length > limits.SourceLength)
        {
            throw new TemplateException(TemplateErrorKind.Limit, source.Name, [new TemplateMessage(1, 1, $"模板超过上限 {limits.SourceLength} 个字符")]);
        }
        var parser = new Parser(source, limits, Lexer.Tokenize(source.Text));
        var page = parser.ParseToEnd();
        parser.ThrowIfFailed();
        return page;
    }

    /// <summary>Parses source that is one code block without its braces.</summary>
    public static Block ParseScript(SourceText source, TemplateLimits limits)
    {
        var parser = new Parser(source, limits, Lexer.TokenizeCode(source.Text, 0, source.Text.Length));
        var page = parser.ParseToEnd();
        parser.ThrowIfFailed();
        return page;
    }

    private Token Current
    {
        get
        {
            while (_brackets > 0 && _tokens[_at].Kind == TokenKind.NewLine) _at++;
            return _tokens[_at];
        }
    }

    private Token Ahead(int count) => _tokens[Math.Min(_at + count, _tokens.Count - 1)];

    private int PreviousEnd => _at == 0 ? 0 : _tokens[_at - 1].End;

    private Token Next()
    {
        var token = Current;
        if (token.Kind == TokenKind.Invalid) throw new SyntaxError(token.Start, token.Name);
        if (_at < _tokens.Count - 1) _at++;
        return token;
    }

    private bool Accept(TokenKind kind)
    {
        if (Current.Kind != kind) return false;
        Next();
        return true;
    }

    private Token Expect(TokenKind kind, string what)
    {
        if (Current.Kind != kind) throw Unexpected($"这里应当是{what}");
        return Next();
    }

    private SyntaxError Unexpected(string message) =>
        new(Current.Start, Current.Kind == TokenKind.Invalid ? Current.Name : message);

    private void SkipNewLines()
    {
        while (_tokens[_at].Kind == TokenKind.NewLine) _at++;
    }

    private Span SpanFrom(int start) => new(_source, start, Math.Max(start, PreviousEnd));

    private void Deepen()
    {
        if (++_depth > _limits.NestingDepth) throw new SyntaxError(Current.Start, $"嵌套超过上限 {_limits.NestingDepth} 层", isLimit: true);
    }

    private Block ParseToEnd()
    {
        var statements = new List<Statement>();
        while (true)
        {
            ParseStatements(statements);
            if (Current.Kind == TokenKind.Eof) break;
            // `end`, `else` or `when` without a block that it could belong to.
            var stray = Current;
            _at++;
            if (stray.Is("end"))
            {
                _errors.Add(new SyntaxError(stray.End - 1, "多余的 end：没有与它对应的语句"));
            }
            else if (stray.Is("else"))
            {
                ParseStatements([]);
                var last = Current.Kind == TokenKind.Eof ? LastStart() : Current.Start;
                _errors.Add(new SyntaxError(last, "多余的 else：没有与它对应的 if、for 或 case"));
                if (Current.Is("end")) _at++;
            }
            else
            {
                _errors.Add(new SyntaxError(stray.Start, $"{stray.Name} 只能写在 case 里"));
                Recover();
            }
            if (_errors.Count > MaximumMessages) break;
        }
        return new Block(new Span(_source, 0, _source.Text.Length), [.. statements]);
    }

    /// <summary>Parses statements up to <c>end</c>, <c>else</c>, <c>when</c> or the end of the source, which stays current.</summary>
    private void ParseStatements(List<Statement> statements)
    {
        while (true)
        {
            var token = Current;
            switch (token.Kind)
            {
                case TokenKind.Eof: return;
                case TokenKind.Text:
                    _at++;
                    statements.Add(new TextStatement(new Span(_source, token.Start, token.End), token.Name));
                    continue;
                case TokenKind.CodeEnter:
                    EnterCode(statements);
                    continue;
                case TokenKind.CodeExit or TokenKind.NewLine or TokenKind.Semicolon:
                    _at++;
                    continue;
                case TokenKind.Identifier when IsBlockEnd(token): return;
            }
            if (!TryParseStatement(statements)) return;
        }
    }

    private bool IsBlockEnd(Token token) => token.Name is "end" or "else" or "when" && Ahead(1).Kind is not (TokenKind.Dot or TokenKind.Assign);

    private void EnterCode(List<Statement> statements)
    {
        var token = _tokens[_at++];
        // Text before the block resets the indentation by itself; another code block right before does not.
        var adjacent = _at >= 2 && _tokens[_at - 2].Kind == TokenKind.CodeExit;
        if (token.Value is null && !adjacent) return;
        statements.Add(new IndentStatement(new Span(_source, token.Start, token.End), (string?)token.Value));
    }

    /// <summary>Parses one statement; false when there are too many errors to go on.</summary>
    private bool TryParseStatement(List<Statement> statements)
    {
        var (depth, brackets) = (_depth, _brackets);
        try
        {
            statements.Add(ParseStatement());
            return true;
        }
        catch (SyntaxError error)
        {
            _errors.Add(error);
            (_depth, _brackets) = (depth, brackets);
            if (error.IsLimit || _errors.Count > MaximumMessages)
            {
                _at = _tokens.Count - 1;
                return false;
            }
            Recover();
            return true;
        }
    }

    private void Recover()
    {
        while (_tokens[_at].Kind is not (TokenKind.Eof or TokenKind.NewLine or TokenKind.Semicolon or TokenKind.CodeExit)) _at++;
    }

    private void ExpectEndOfStatement()
    {
        if (Current.Kind is TokenKind.NewLine or TokenKind.Semicolon or TokenKind.CodeExit or TokenKind.Eof) return;
        throw Unexpected("语句应当在这里结束：换行、分号或 }}");
    }

    private int LastStart() => _at == 0 ? 0 : _tokens[_at - 1].Start;

    private void ThrowIfFailed()
    {
        if (_errors.Count == 0) return;
        var messages = _errors.Select(e =>
        {
            var (line, column) = _source.Locate(e.Offset);
            return new TemplateMessage(line, column, e.Message);
        });
        throw new TemplateException(_errors[0].IsLimit ? TemplateErrorKind.Limit : TemplateErrorKind.Parse, _source.Name, [.. messages]);
    }
}
