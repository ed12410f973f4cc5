using Workflows.Engine.JavaScript.Tree;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>Object literals.</summary>
internal sealed partial class Parser
{
    private ObjectNode ParseObject()
    {
        var at = Advance().Start;
        var noIn = _noIn;
        _noIn = false;
        var properties = new List<PropertyNode>();
        while (!_token.Is("}"))
        {
            properties.Add(ParseProperty());
            if (!_token.Is("}"))
            {
                Expect(",");
            }
        }

        Advance();
        _noIn = noIn;
        return new ObjectNode([.. properties]) { Position = at };
    }

    private PropertyNode ParseProperty()
    {
        var token = _token;
        if (token.Is("..."))
        {
            return new PropertyNode(null, null, ParseSpreadable());
        }

        if (token.Is("*"))
        {
            throw Refuse("generator", token.Start);
        }

        if (token.Kind == TokenKind.Name && token.Text is "get" or "set" or "async"
            && Peek() is var next && (next.Kind is TokenKind.Name or TokenKind.Text or TokenKind.Number || next.Is("[") || (next.Is("*") && token.Text == "async")))
        {
            throw Refuse(token.Text == "async" ? "async" : "accessor", token.Start);
        }

        var (key, computed) = ParsePropertyKey();
        if (_token.Is("("))
        {
            return new PropertyNode(key, computed, ParseFunctionRest(key ?? "", token.Start, isMethod: true));
        }

        if (Take(":"))
        {
            if (key == "__proto__")
            {
                throw Refuse("__proto__", token.Start);
            }

            var value = ParseAssignment();
            return new PropertyNode(key, computed, key is null ? value : Named(value, key));
        }

        if (token.Kind != TokenKind.Name || ReservedWords.Contains(token.Text))
        {
            throw Unexpected("属性名之后应为“:”");
        }

        var name = Name(token.Text, token.Start);
        if (!_token.Is("="))
        {
            return new PropertyNode(key, null, name);
        }

        var position = Advance().Start;
        var pending = new AssignNode(name, Named(ParseAssignment(), name), name) { Position = position };
        _unclaimedDefaults.Add(pending);
        return new PropertyNode(key, null, pending);
    }

    private (string? Key, Node? Computed) ParsePropertyKey()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Name or TokenKind.Text:
                Advance();
                return (token.Text, null);
            case TokenKind.Number:
                Advance();
                return (NumberText.Shortest(token.Number), null);
            case TokenKind.Punctuator when token.Text == "[":
                Advance();
                var noIn = _noIn;
                _noIn = false;
                var computed = ParseAssignment();
                _noIn = noIn;
                Expect("]");
                return (null, computed);
            case TokenKind.Punctuator when token.Text == "#":
                throw Refuse("private", token.Start);
            default:
                throw Unexpected("此处应为属性名");
        }
    }

    /// <summary>Gives a function without a name the name of what it is assigned to.</summary>
    private static Node Named(Node value, Node target) => target is NameNode name ? Named(value, name.Name) : value;

    private static Node Named(Node value, string name)
    {
        if (StackGuard.Bare(value) is FunctionNode { IsAnonymousFunction: true } function)
        {
            function.Code.Name = name;
        }

        return value;
    }
}
