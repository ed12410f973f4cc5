using Workflows.Engine.JavaScript.Library;
using Workflows.Engine.JavaScript.Tree;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>Literals, names, brackets, and the accesses and calls behind them.</summary>
internal sealed partial class Parser
{
    private const int LongestChain = 1_000;
    private const int AccessesBetweenGuards = 24;

    private Node ParsePostfix(Node? begun)
    {
        var node = begun ?? ParsePrimary();
        var chained = false;
        for (var length = 1; ; length++)
        {
            if (length > LongestChain)
            {
                throw SourceText.Error(_lexer.Source, ScriptErrorKind.Limit, $"连续的属性访问或调用超过 {LongestChain} 个，请拆成多个语句。", _token.Start);
            }

            if (length % AccessesBetweenGuards == 0)
            {
                node = new StackGuard(node);
            }

            var at = _token.Start;
            if (_token.Kind == TokenKind.Template)
            {
                throw Refuse("tagged", at);
            }

            if (_token.Kind != TokenKind.Punctuator)
            {
                break;
            }

            if (Take("."))
            {
                node = ParseMember(node, isOptional: false);
            }
            else if (Take("?."))
            {
                chained = true;
                node = _token.Is("[") ? ParseIndex(node, isOptional: true) : _token.Is("(") ? ParseCall(node, at, isOptional: true) : ParseMember(node, isOptional: true);
            }
            else if (_token.Is("["))
            {
                node = ParseIndex(node, isOptional: false);
            }
            else if (_token.Is("("))
            {
                node = ParseCall(node, at, isOptional: false);
            }
            else
            {
                break;
            }
        }

        return chained ? new ChainNode(node) { Position = node.Position } : node;
    }

    private MemberNode ParseMember(Node target, bool isOptional)
    {
        var name = _token;
        if (name.Is("#"))
        {
            throw Refuse("private", name.Start);
        }

        if (name.Kind != TokenKind.Name)
        {
            throw Unexpected("“.” 之后应为属性名");
        }

        if (Refusals.IsMember(name.Text))
        {
            throw Refuse(name.Text, name.Start);
        }

        if (target is NameNode { Name: "Object" } && Refusals.IsObjectFunction(name.Text))
        {
            throw Refuse("Object." + name.Text, name.Start);
        }

        Advance();
        return new MemberNode(target, name.Text, isOptional) { Position = name.Start };
    }

    private IndexNode ParseIndex(Node target, bool isOptional)
    {
        var at = Advance().Start;
        var noIn = _noIn;
        _noIn = false;
        var key = ParseExpression();
        _noIn = noIn;
        Expect("]");
        return new IndexNode(target, key, isOptional) { Position = at };
    }

    private CallNode ParseCall(Node callee, int at, bool isOptional) => new(callee, ParseArguments(), isOptional) { Position = callee is AccessNode ? callee.Position : callee is NameNode ? callee.Position : at };

    private Node[] ParseArguments()
    {
        Expect("(");
        var noIn = _noIn;
        _noIn = false;
        var arguments = new List<Node>();
        while (!_token.Is(")"))
        {
            arguments.Add(ParseSpreadable());
            if (!_token.Is(")"))
            {
                Expect(",");
            }
        }

        Advance();
        _noIn = noIn;
        return [.. arguments];
    }

    private Node ParseSpreadable()
    {
        var at = _token.Start;
        return Take("...") ? new SpreadNode(ParseAssignment()) { Position = at } : ParseAssignment();
    }

    private Node ParsePrimary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return new Constant(token.Number) { Position = token.Start };
            case TokenKind.Text:
                Advance();
                return new Constant(token.Text) { Position = token.Start };
            case TokenKind.Template:
                return ParseTemplate();
            case TokenKind.Name:
                return ParseWord();
            case TokenKind.Punctuator:
                return token.Text switch
                {
                    "(" => ParseBracketsOrParameters(out var parameters) is { } node && parameters is null ? node : throw Unexpected(),
                    "[" => ParseArray(),
                    "{" => ParseObject(),
                    "/" or "/=" => ParseRegex(),
                    "#" => throw Refuse("private", token.Start),
                    "@" => throw Refuse("decorator", token.Start),
                    _ => throw Unexpected(),
                };
            default:
                throw Unexpected();
        }
    }

    private Node ParseWord()
    {
        var word = _token;
        switch (word.Text)
        {
            case "true" or "false":
                Advance();
                return new Constant(word.Text == "true") { Position = word.Start };
            case "null":
                Advance();
                return new Constant(JsValue.Null) { Position = word.Start };
            case "this":
                Advance();
                return new SelfNode { Position = word.Start };
            case "function":
                return ParseFunctionExpression();
            case "new":
                return ParseNew();
            case "async" when Peek() is { Kind: TokenKind.Name, Text: "function", AfterLineEnd: false }:
            case "class" or "super" or "import" or "export" or "await":
                throw Refuse(word.Text, word.Start);
            default:
                if (ReservedWords.Contains(word.Text))
                {
                    throw Unexpected();
                }

                Advance();
                return Name(word.Text, word.Start);
        }
    }

    private NewNode ParseNew()
    {
        var at = Advance().Start;
        if (_token.Is("."))
        {
            throw Refuse("new.target", at);
        }

        if (_token.IsWord("Function") || _token.IsWord("Promise") || _token.IsWord("Proxy") || _token.IsWord("WeakMap") || _token.IsWord("WeakSet") || _token.IsWord("WeakRef"))
        {
            throw Refuse(_token.Text, at);
        }

        if (_token.Kind != TokenKind.Name && !_token.Is("("))
        {
            throw Unexpected("new 之后应为类型名");
        }

        if (!Refusals.Constructible.Contains(_token.Text))
        {
            throw Refuse("new", at);
        }

        var type = Advance();
        if (_token.Is(".") || _token.Is("["))
        {
            throw Refuse("new", at);
        }

        return new NewNode(Name(type.Text, type.Start), _token.Is("(") ? ParseArguments() : []) { Position = at };
    }

    private TemplateNode ParseTemplate()
    {
        var at = _token.Start;
        var texts = new List<string>();
        var values = new List<Node>();
        var position = _token.End;
        while (true)
        {
            var (text, end, last) = _lexer.ReadTemplatePart(position);
            texts.Add(text);
            ContinueAt(end);
            if (last)
            {
                return new TemplateNode([.. texts], [.. values]) { Position = at };
            }

            var noIn = _noIn;
            _noIn = false;
            values.Add(ParseExpression());
            _noIn = noIn;
            if (!_token.Is("}"))
            {
                throw Unexpected("模板中的表达式应以“}”结束");
            }

            position = _token.End;
        }
    }

    private RegexNode ParseRegex()
    {
        var at = _token.Start;
        var (pattern, flags, end) = _lexer.ReadRegex(at);
        ContinueAt(end);
        try
        {
            return new RegexNode(RegexProgram.Compile(pattern, flags)) { Position = at };
        }
        catch (RegexSyntaxException error)
        {
            throw Error($"正则表达式有误：{error.Message}", at);
        }
    }

    private ArrayNode ParseArray()
    {
        var at = Advance().Start;
        var noIn = _noIn;
        _noIn = false;
        var elements = new List<Node?>();
        while (!_token.Is("]"))
        {
            if (Take(","))
            {
                elements.Add(null);
                continue;
            }

            elements.Add(ParseSpreadable());
            if (!_token.Is("]"))
            {
                Expect(",");
            }
        }

        Advance();
        _noIn = noIn;
        return new ArrayNode([.. elements]) { Position = at };
    }
}
