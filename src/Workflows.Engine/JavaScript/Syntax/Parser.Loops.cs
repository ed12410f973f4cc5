using Workflows.Engine.JavaScript.Tree;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>Loops, labels and jumps.</summary>
internal sealed partial class Parser
{
    private readonly List<string> _labels = [];
    private readonly HashSet<string> _loopLabels = [];
    private int _breakable;
    private int _loops;

    private Statement ParseLoopBody()
    {
        _breakable++;
        _loops++;
        var body = ParseStatement();
        _loops--;
        _breakable--;
        return body;
    }

    private WhileStatement ParseWhile(string[] labels)
    {
        var at = Advance().Start;
        var test = ParseBracketed();
        return new WhileStatement(test, ParseLoopBody()) { Position = at, Labels = labels };
    }

    private DoWhileStatement ParseDo(string[] labels)
    {
        var at = Advance().Start;
        var body = ParseLoopBody();
        if (!TakeWord("while"))
        {
            throw Unexpected("do 循环之后应为 while");
        }

        var test = ParseBracketed();
        // The standard always lets the semicolon behind do-while be left out.
        Take(";");
        return new DoWhileStatement(body, test) { Position = at, Labels = labels };
    }

    private Loop ParseFor(string[] labels)
    {
        var at = Advance().Start;
        if (_token.IsWord("await"))
        {
            throw Refuse("await", _token.Start);
        }

        Expect("(");
        var scope = OpenBlock();
        var loop = ParseForHead(scope, at, labels);
        CloseBlock();
        return loop;
    }

    private Loop ParseForHead(Scope scope, int at, string[] labels)
    {
        Statement? first = null;
        if (_token.IsWord("var") || _token.IsWord("const") || (_token.IsWord("let") && (Peek() is { Kind: TokenKind.Name, Text: not "in" } || Peek().Is("[") || Peek().Is("{"))))
        {
            var kind = _token.Text switch { "var" => BindingKind.Var, "let" => BindingKind.Let, _ => BindingKind.Const };
            var start = Advance();
            var (target, bindings) = ParseBindingTarget(kind);
            if (_token.IsWord("of") || _token.IsWord("in"))
            {
                return ParseForEach(scope, target, bindings, at, labels);
            }

            // Not a for-of: read the first declarator to its end and the others as usual.
            _noIn = true;
            Node? value = null;
            if (Take("="))
            {
                value = Named(ParseAssignment(), target);
            }
            else if (target is not NameNode || kind == BindingKind.Const)
            {
                throw Unexpected("此处应为 of、in 或“=”");
            }

            Live(bindings);
            var declarators = new List<Statement> { new DeclarationStatement([(target, value)], kind == BindingKind.Var) { Position = start.Start } };
            if (Take(","))
            {
                declarators.Add(ParseDeclarators(kind));
            }

            _noIn = false;
            first = declarators.Count == 1 ? declarators[0] : new StatementPair(declarators[0], declarators[1]) { Position = start.Start };
        }
        else if (!_token.Is(";"))
        {
            var start = _token.Start;
            _noIn = true;
            var expression = ParseExpression();
            _noIn = false;
            if (_token.IsWord("of") || _token.IsWord("in"))
            {
                return ParseForEach(scope, ToPattern(expression, null), [], at, labels);
            }

            first = new ExpressionStatement(expression, isTopLevel: false) { Position = start };
        }

        Expect(";");
        var test = _token.Is(";") ? null : ParseExpression();
        Expect(";");
        var next = _token.Is(")") ? null : ParseExpression();
        Expect(")");
        return new ForStatement(scope, first, test, next, ParseLoopBody()) { Position = at, Labels = labels };
    }

    private ForEachStatement ParseForEach(Scope scope, Node target, List<Binding> bindings, int at, string[] labels)
    {
        var ofKeys = Advance().Text == "in";
        var valuesAt = _token.Start;
        var values = ofKeys ? ParseExpression() : ParseAssignment();
        Expect(")");
        Live(bindings);
        return new ForEachStatement(scope, target, values, ParseLoopBody(), ofKeys) { Position = valuesAt, Labels = labels };
    }

    private Statement ParseLabelled()
    {
        var labels = new List<string>();
        var at = _token.Start;
        while (_token.Kind == TokenKind.Name && !ReservedWords.Contains(_token.Text) && Peek().Is(":"))
        {
            var label = Advance();
            if (_labels.Contains(label.Text))
            {
                throw Error($"标签“{label.Text}”重复。", label.Start);
            }

            labels.Add(label.Text);
            _labels.Add(label.Text);
            Advance();
        }

        string[] own = [.. labels];
        Statement statement;
        if (_token.Text is "for" or "while" or "do" && _token.Kind == TokenKind.Name)
        {
            _loopLabels.UnionWith(own);
            statement = _token.Text switch { "for" => ParseFor(own), "while" => ParseWhile(own), _ => ParseDo(own) };
            _loopLabels.ExceptWith(own);
        }
        else
        {
            statement = ParseStatement();
            foreach (var label in Enumerable.Reverse(own))
            {
                statement = new LabelledStatement(label, statement) { Position = at };
            }
        }

        _labels.RemoveRange(_labels.Count - own.Length, own.Length);
        return statement;
    }

    private JumpStatement ParseJump()
    {
        var word = Advance();
        var isBreak = word.Text == "break";
        string? label = null;
        if (_token.Kind == TokenKind.Name && !_token.AfterLineEnd && !ReservedWords.Contains(_token.Text))
        {
            label = _token.Text;
            if (isBreak ? !_labels.Contains(label) : !_loopLabels.Contains(label))
            {
                throw Error($"{word.Text} 的标签“{label}”不存在。", _token.Start);
            }

            Advance();
        }
        else if (isBreak ? _breakable == 0 : _loops == 0)
        {
            throw Error(isBreak ? "break 只能用在循环或 switch 中。" : "continue 只能用在循环中。", word.Start);
        }

        return EndOf(new JumpStatement(isBreak ? Completion.Break : Completion.Continue, label) { Position = word.Start });
    }
}
