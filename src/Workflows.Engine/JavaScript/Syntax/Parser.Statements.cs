using Workflows.Engine.JavaScript.Tree;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>Statements.</summary>
internal sealed partial class Parser
{
    private Statement ParseStatement(bool isListItem = false)
    {
        Enter();
        var depth = _depth;
        var statement = ParseBareStatement(isListItem);
        _depth--;
        return depth % LevelsBetweenGuards == 0 ? new StatementGuard(statement) { Position = statement.Position } : statement;
    }

    private Statement ParseBareStatement(bool isListItem)
    {
        var at = _token.Start;
        if (_token.Kind == TokenKind.Punctuator)
        {
            if (_token.Is("{"))
            {
                return ParseBlock();
            }

            if (Take(";"))
            {
                return new EmptyStatement { Position = at };
            }
        }

        if (_token.Kind != TokenKind.Name)
        {
            return ParseExpressionStatement();
        }

        switch (_token.Text)
        {
            case "var":
                Advance();
                return EndOf(ParseDeclarators(BindingKind.Var));
            case "let" when Peek() is { Kind: TokenKind.Name } next && !(next.Text is "in" or "instanceof") || Peek().Is("[") || Peek().Is("{"):
            case "const":
                if (!isListItem)
                {
                    throw Error("let 和 const 不能直接作为分支或循环体，请加上花括号。", at);
                }

                var kind = Advance().Text == "let" ? BindingKind.Let : BindingKind.Const;
                return EndOf(ParseDeclarators(kind));
            case "function":
                return ParseFunctionDeclaration(isListItem);
            case "if":
                return ParseIf();
            case "for":
                return ParseFor([]);
            case "while":
                return ParseWhile([]);
            case "do":
                return ParseDo([]);
            case "switch":
                return ParseSwitch();
            case "try":
                return ParseTry();
            case "return":
                Advance();
                var hasValue = !_token.Is(";") && !_token.Is("}") && _token.Kind != TokenKind.End && !_token.AfterLineEnd;
                return EndOf(new ReturnStatement(hasValue ? ParseExpression() : null) { Position = at });
            case "break":
            case "continue":
                return ParseJump();
            case "throw":
                Advance();
                if (_token.AfterLineEnd)
                {
                    throw Error("throw 后面不能换行，请把要抛出的值写在同一行。", at);
                }

                return EndOf(new ThrowStatement(ParseExpression()) { Position = at });
            case "class" or "import" or "export" or "with" or "debugger":
                throw Refuse(_token.Text, at);
            default:
                if (!ReservedWords.Contains(_token.Text) && Peek().Is(":"))
                {
                    return ParseLabelled();
                }

                return ParseExpressionStatement();
        }
    }

    private T EndOf<T>(T statement)
        where T : Statement
    {
        ExpectStatementEnd();
        return statement;
    }

    private ExpressionStatement ParseExpressionStatement()
    {
        var at = _token.Start;
        return EndOf(new ExpressionStatement(ParseExpression(), _scope.Code.IsProgram) { Position = at });
    }

    private Statement[] ParseList()
    {
        Expect("{");
        var body = new List<Statement>();
        while (!_token.Is("}"))
        {
            if (_token.Kind == TokenKind.End)
            {
                throw Unexpected("此处应为“}”");
            }

            body.Add(ParseStatement(isListItem: true));
        }

        Advance();
        return [.. body];
    }

    private BlockStatement ParseBlock()
    {
        var at = _token.Start;
        var scope = OpenBlock();
        var body = ParseList();
        CloseBlock();
        return new BlockStatement(scope, body) { Position = at };
    }

    private DeclarationStatement ParseDeclarators(BindingKind kind)
    {
        var at = _token.Start;
        var declarators = new List<(Node, Node?)>();
        do
        {
            var (target, bindings) = ParseBindingTarget(kind);
            Node? value = null;
            if (Take("="))
            {
                value = Named(ParseAssignment(), target);
                SetSource(target, value);
            }
            else if (target is not NameNode)
            {
                throw Unexpected("解构声明需要“=”和初始值");
            }
            else if (kind == BindingKind.Const)
            {
                throw Error("const 声明需要初始值，请写 const 名称 = 值。", target.Position);
            }

            Live(bindings);
            declarators.Add((target, value));
        }
        while (Take(","));
        return new DeclarationStatement([.. declarators], kind == BindingKind.Var) { Position = at };
    }

    private void Live(List<Binding> bindings)
    {
        foreach (var binding in bindings)
        {
            binding.LiveFrom = Math.Min(binding.LiveFrom, _previousEnd);
        }
    }

    private Statement ParseFunctionDeclaration(bool isListItem)
    {
        if (!isListItem)
        {
            // "if (x) function f() {}" is as if it stood in a block.
            OpenBlock();
            var scope = _scope;
            var declared = ParseFunctionDeclaration(isListItem: true);
            CloseBlock();
            return new BlockStatement(scope, [declared]);
        }

        var at = _token.Start;
        Advance();
        if (_token.Is("*"))
        {
            throw Refuse("generator", at);
        }

        RequireBindable(_token);
        var name = Advance();
        Declare(name.Text, BindingKind.Function, name.Start);
        var inner = Name(name.Text, name.Start);
        inner.Declares = true;
        var outerScope = _scope.IsFunction ? null : HoistFromBlock(name.Text);
        var function = ParseFunctionRest(name.Text, at);
        _scope.Functions.Add((inner, function));
        if (outerScope is null)
        {
            return new EmptyStatement { Position = at };
        }

        var outer = Name(name.Text, name.Start, outerScope);
        return new BlockFunctionStatement(Name(name.Text, name.Start), outer) { Position = at };
    }

    private IfStatement ParseIf()
    {
        var at = Advance().Start;
        var test = ParseBracketed();
        var then = ParseStatement();
        var otherwise = TakeWord("else") ? ParseStatement() : null;
        return new IfStatement(test, then, otherwise) { Position = at };
    }

    private Node ParseBracketed()
    {
        Expect("(");
        var node = ParseExpression();
        Expect(")");
        return node;
    }

    private SwitchStatement ParseSwitch()
    {
        var at = Advance().Start;
        var subject = ParseBracketed();
        Expect("{");
        var scope = OpenBlock(isSwitch: true);
        var cases = new List<(Node?, Statement[])>();
        _breakable++;
        while (!Take("}"))
        {
            Node? test = null;
            if (TakeWord("default"))
            {
                if (cases.Exists(static c => c.Item1 is null))
                {
                    throw Error("switch 中只能有一个 default。", _previousEnd);
                }
            }
            else if (TakeWord("case"))
            {
                test = ParseExpression();
            }
            else
            {
                throw Unexpected("此处应为 case、default 或“}”");
            }

            Expect(":");
            var body = new List<Statement>();
            while (!_token.Is("}") && !_token.IsWord("case") && !_token.IsWord("default"))
            {
                if (_token.Kind == TokenKind.End)
                {
                    throw Unexpected("此处应为“}”");
                }

                body.Add(ParseStatement(isListItem: true));
            }

            cases.Add((test, [.. body]));
        }

        _breakable--;
        CloseBlock();
        return new SwitchStatement(subject, scope, [.. cases]) { Position = at };
    }

    private TryStatement ParseTry()
    {
        var at = Advance().Start;
        var body = ParseBlock();
        CatchClause? handler = null;
        if (TakeWord("catch"))
        {
            var scope = OpenBlock(isCatch: true);
            Node? parameter = null;
            if (Take("("))
            {
                var (target, bindings) = ParseBindingTarget(BindingKind.Let);
                parameter = target;
                Live(bindings);
                Expect(")");
            }

            handler = new CatchClause(scope, parameter, ParseBlock());
            CloseBlock();
        }

        var cleanup = TakeWord("finally") ? ParseBlock() : null;
        return handler is null && cleanup is null
            ? throw Unexpected("try 后面需要 catch 或 finally")
            : new TryStatement(body, handler, cleanup) { Position = at };
    }
}
