using Workflows.Engine.JavaScript.Tree;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>Places to store to: names, members, and patterns of them.</summary>
internal sealed partial class Parser
{
    /// <summary>Reads a name or pattern that a declaration introduces.</summary>
    private (Node Target, List<Binding> Bindings) ParseBindingTarget(BindingKind kind)
    {
        var bindings = new List<Binding>();
        Enter();
        var node = _token.Is("[") ? ParseArray() : _token.Is("{") ? (Node)ParseObject() : ParseBindingName();
        _depth--;
        return (ToPattern(node, (kind, bindings)), bindings);
    }

    private NameNode ParseBindingName()
    {
        RequireBindable(_token);
        var token = Advance();
        return Name(token.Text, token.Start);
    }

    /// <summary>Reads an expression again as a place; with <paramref name="declares"/> its names are declared.</summary>
    private Node ToPattern(Node node, (BindingKind Kind, List<Binding> Bindings)? declares)
    {
        switch (StackGuard.Bare(node))
        {
            case NameNode name:
                if (declares is { } declaration)
                {
                    RequireBindable(new Token(TokenKind.Name, name.Name, 0, name.Position, name.Position, false));
                    name.Declares = true;
                    declaration.Bindings.Add(Declare(name.Name, declaration.Kind, name.Position));
                }

                return name;
            case AccessNode access when declares is null:
                return access;
            case ArrayNode array:
                return ToArrayPattern(array, declares);
            case ObjectNode literal:
                return ToObjectPattern(literal, declares);
            default:
                throw Error(declares is null ? "等号左边必须是变量、属性或解构模式；判断相等请用 ===。" : "此处应为名称或解构模式。", node.Position);
        }
    }

    private Node ToElement(Node node, (BindingKind Kind, List<Binding> Bindings)? declares)
    {
        if (StackGuard.Bare(node) is not AssignNode assign)
        {
            return ToPattern(node, declares);
        }

        _unclaimedDefaults.Remove(assign);
        return new DefaultNode(ToPattern(assign.Original, declares), assign.Value) { Position = assign.Position };
    }

    private ArrayPattern ToArrayPattern(ArrayNode array, (BindingKind Kind, List<Binding> Bindings)? declares)
    {
        var elements = new List<Node?>();
        Node? rest = null;
        for (var i = 0; i < array.Elements.Count; i++)
        {
            var element = array.Elements[i];
            if (element is SpreadNode spread)
            {
                if (i < array.Elements.Count - 1)
                {
                    throw Error("解构中的 ... 必须放在最后。", spread.Position);
                }

                rest = ToPattern(spread.Inner, declares);
            }
            else
            {
                elements.Add(element is null ? null : ToElement(element, declares));
            }
        }

        return new ArrayPattern([.. elements], rest) { Position = array.Position };
    }

    private ObjectPattern ToObjectPattern(ObjectNode literal, (BindingKind Kind, List<Binding> Bindings)? declares)
    {
        var properties = new List<(string?, Node?, Node)>();
        Node? rest = null;
        for (var i = 0; i < literal.Properties.Count; i++)
        {
            var property = literal.Properties[i];
            if (property.Value is SpreadNode spread)
            {
                if (i < literal.Properties.Count - 1)
                {
                    throw Error("解构中的 ... 必须放在最后。", spread.Position);
                }

                rest = ToPattern(spread.Inner, declares);
            }
            else
            {
                properties.Add((property.Key, property.Computed, ToElement(property.Value, declares)));
            }
        }

        return new ObjectPattern([.. properties], rest) { Position = literal.Position };
    }

    private static void SetSource(Node target, Node value)
    {
        if (target is PatternNode pattern)
        {
            pattern.Source = StackGuard.Bare(value);
        }
    }
}
