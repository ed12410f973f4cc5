using Workflows.Templates.Syntax;

namespace Workflows.Templates.Parsing;

/// <content>Statements.</content>
internal sealed partial class Parser
{
    private Statement ParseStatement()
    {
        Deepen();
        RequireStack();
        var token = Current;
        var statement = token.Kind == TokenKind.Identifier && Ahead(1).Kind is not TokenKind.Dot ? ParseKeyword(token) : null;
        statement ??= ParseExpressionStatement();
        ExpectEndOfStatement();
        _depth--;
        return statement;
    }

    private Statement? ParseKeyword(Token token)
    {
        switch (token.Name)
        {
            case "if": return ParseIf();
            case "for": return ParseFor(isTable: false);
            case "tablerow": return ParseFor(isTable: true);
            case "while": return ParseWhile();
            case "case": return ParseCase();
            case "func": return ParseFunction();
            case "capture": return ParseCapture();
            case "with": return ParseWith();
            case "wrap": return ParseWrap();
            case "import":
                Next();
                var imported = ParseExpression();
                return new ImportStatement(SpanFrom(token.Start), imported);
            case "readonly":
                Next();
                var name = Expect(TokenKind.Identifier, "变量名");
                return new ReadOnlyStatement(SpanFrom(token.Start), name.Name);
            case "ret":
                Next();
                var value = IsEndOfStatement() ? null : ParseExpression();
                return new ReturnStatement(SpanFrom(token.Start), value);
            case "break" or "continue":
                Next();
                return new JumpStatement(SpanFrom(token.Start), token.Name == "break" ? Flow.Break : Flow.Continue);
            default: return null;
        }
    }

    private bool IsEndOfStatement() => Current.Kind is TokenKind.NewLine or TokenKind.Semicolon or TokenKind.CodeExit or TokenKind.Eof || Current.Is("end");

    /// <summary>The statements of a block; its <c>end</c>, <c>else</c> or <c>when</c> stays current.</summary>
    private Block ParseBody(int start)
    {
        ExpectEndOfStatement();
        var statements = new List<Statement>();
        ParseStatements(statements);
        return new Block(SpanFrom(start), [.. statements]);
    }

    private void ExpectEnd(string statement)
    {
        if (Current.Is("end"))
        {
            Next();
            return;
        }
        if (_errors.Exists(e => e.IsLimit)) throw new SyntaxError(Current.Start, "嵌套太深", isLimit: true);
        throw new SyntaxError(Current.Kind == TokenKind.Eof ? LastStart() : Current.Start, $"语句 {statement} 没有结束：缺少 end");
    }

    private IfStatement ParseIf()
    {
        var start = Current.Start;
        var branches = new List<(Expression, Statement)>();
        Statement? otherwise = null;
        Next();
        while (true)
        {
            var condition = ParseExpression().Guard();
            branches.Add((condition, ParseBody(start)));
            if (!Current.Is("else")) break;
            Next();
            if (Current.Is("if"))
            {
                Next();
                continue;
            }
            otherwise = ParseBody(start);
            break;
        }
        ExpectEnd("if");
        return new IfStatement(SpanFrom(start), [.. branches], otherwise);
    }

    private ForStatement ParseFor(bool isTable)
    {
        var start = Next().Start;
        if (Current.Kind is not (TokenKind.Identifier or TokenKind.Local)) throw new SyntaxError(start, "循环缺少变量名");
        var variable = Next().Name;
        if (!Current.Is("in")) throw new SyntaxError(start, "循环的变量名后面应当是 in");
        Next();
        var source = ParseExpression(inLoopHead: true);
        var options = ParseLoopOptions();
        var body = ParseBody(start);
        Statement? otherwise = null;
        if (Current.Is("else"))
        {
            Next();
            otherwise = ParseBody(start);
            source.Guard();
        }
        ExpectEnd(isTable ? "tablerow" : "for");
        return new ForStatement(SpanFrom(start), variable, source, options, body, otherwise, isTable);
    }

    private LoopOptions ParseLoopOptions()
    {
        Expression? offset = null, limit = null, columns = null;
        var reversed = false;
        while (Current.Kind == TokenKind.Identifier)
        {
            var name = Current;
            if (name.Name == "reversed")
            {
                Next();
                reversed = true;
                continue;
            }
            if (Ahead(1).Kind != TokenKind.Colon) break;
            Next();
            Next();
            var value = ParseOperand(inCall: true);
            switch (name.Name)
            {
                case "offset": offset = value; break;
                case "limit": limit = value; break;
                case "cols": columns = value; break;
                default: throw new SyntaxError(name.Start, $"循环没有名为 {name.Name} 的参数");
            }
        }
        return new LoopOptions(offset, limit, reversed, columns);
    }

    private WhileStatement ParseWhile()
    {
        var start = Next().Start;
        var condition = ParseExpression().Guard();
        var body = ParseBody(start);
        ExpectEnd("while");
        return new WhileStatement(SpanFrom(start), condition, body);
    }

    private CaseStatement ParseCase()
    {
        var start = Next().Start;
        var value = ParseExpression().Guard();
        var before = ParseBody(start);
        var whens = new List<(Expression[], Statement)>();
        Statement? otherwise = null;
        while (Current.Is("when"))
        {
            Next();
            var values = new List<Expression>();
            do values.Add(ParseBinary(LogicalOr, new Mode()));
            while (Accept(TokenKind.Comma) || Accept(TokenKind.Or));
            whens.Add(([.. values], ParseBody(start)));
        }
        if (Current.Is("else"))
        {
            Next();
            otherwise = ParseBody(start);
        }
        ExpectEnd("case");
        return new CaseStatement(SpanFrom(start), value, before, [.. whens], otherwise);
    }

    private FunctionStatement ParseFunction()
    {
        var start = Next().Start;
        if (ParsePostfix(ParsePrimary(new Mode()), allowCall: false) is not PathExpression target) throw new SyntaxError(start, "func 后面应当是函数名");
        var parameters = Current.Kind == TokenKind.OpenParen ? ParseParameters() : null;
        var body = ParseBody(start);
        ExpectEnd("func");
        return new FunctionStatement(SpanFrom(start), target, new UserFunction(MissingName(target), parameters, body));
    }

    private static string MissingName(PathExpression target) => Evaluation.MissingFields.Text(target);

    private UserParameter[] ParseParameters()
    {
        Next();
        _brackets++;
        var parameters = new List<UserParameter>();
        while (Current.Kind != TokenKind.CloseParen)
        {
            if (parameters.Count > 0) Expect(TokenKind.Comma, "逗号或右括号");
            var name = Expect(TokenKind.Identifier, "参数名");
            if (parameters.Exists(p => p.Name == name.Name)) throw new SyntaxError(name.Start, $"参数 {name.Name} 重复");
            if (parameters.Exists(p => p.Variadic)) throw new SyntaxError(name.Start, "可变参数必须是最后一个");
            if (Accept(TokenKind.Ellipsis)) parameters.Add(new UserParameter(name.Name, null, true));
            else if (Accept(TokenKind.Assign)) parameters.Add(new UserParameter(name.Name, ParseOperand(inCall: true), false));
            else
            {
                if (parameters.Exists(p => p.Default is not null)) throw new SyntaxError(name.Start, "有默认值的参数后面不能再有没有默认值的参数");
                parameters.Add(new UserParameter(name.Name, null, false));
            }
            if (parameters.Count > 64) throw new SyntaxError(name.Start, "参数太多");
        }
        _brackets--;
        Next();
        return [.. parameters];
    }

    private CaptureStatement ParseCapture()
    {
        var start = Next().Start;
        if (ParsePostfix(ParsePrimary(new Mode()), allowCall: false) is not PathExpression target) throw new SyntaxError(start, "capture 后面应当是变量名");
        var body = ParseBody(start);
        ExpectEnd("capture");
        return new CaptureStatement(SpanFrom(start), target, body);
    }

    private WithStatement ParseWith()
    {
        var start = Next().Start;
        var subject = ParseExpression();
        var body = ParseBody(start);
        ExpectEnd("with");
        return new WithStatement(SpanFrom(start), subject, body);
    }

    private WrapStatement ParseWrap()
    {
        var start = Next().Start;
        var call = ParseExpression();
        var body = ParseBody(start);
        ExpectEnd("wrap");
        return new WrapStatement(SpanFrom(start), call, body);
    }

    private Statement ParseExpressionStatement()
    {
        if (IsInlineFunction()) return ParseInlineFunction();
        var expression = ParseExpression();
        var token = Current;
        if (token.Kind is < TokenKind.Assign or > TokenKind.ModulusAssign) return new OutputStatement(expression);
        if (expression is not PathExpression target || expression is MemberPath { Guarded: true }) throw new SyntaxError(expression.Span.Start, "这里不能赋值，等号左边应当是变量、成员或元素");
        Next();
        SkipNewLines();
        var value = ParseExpression();
        if (token.Kind == TokenKind.Assign) return new AssignStatement(target, value);
        var combined = new BinaryExpression(new Span(_source, token.Start, token.End), CompoundOperator(token.Kind), target, value, 0);
        return new AssignStatement(target, combined);
    }

    /// <summary><c>name(a, b) = expression</c>.</summary>
    private bool IsInlineFunction()
    {
        if (Current.Kind != TokenKind.Identifier || Ahead(1) is not { Kind: TokenKind.OpenParen, SpaceBefore: false }) return false;
        for (var i = 2; ; i++)
        {
            var token = Ahead(i);
            if (token.Kind == TokenKind.CloseParen) return Ahead(i + 1).Kind == TokenKind.Assign;
            if (token.Kind is not (TokenKind.Identifier or TokenKind.Comma)) return false;
        }
    }

    private FunctionStatement ParseInlineFunction()
    {
        var name = Next();
        var target = new VariablePath(new Span(_source, name.Start, name.End), name.Name);
        var parameters = ParseParameters();
        Next();
        SkipNewLines();
        var value = ParseExpression();
        var body = new ReturnStatement(value.Span, value);
        return new FunctionStatement(SpanFrom(name.Start), target, new UserFunction(name.Name, parameters, body));
    }
}
