using Workflows.Engine.JavaScript.Tree;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>Expressions from the comma down to what stands before a member access.</summary>
internal sealed partial class Parser
{
    /// <summary>More operators than this in a row are folded in a loop.</summary>
    private const int LongestNestedRun = 6;
    private bool _noIn;

    private Node ParseExpression()
    {
        var at = _token.Start;
        var first = ParseAssignment();
        if (!_token.Is(","))
        {
            return first;
        }

        var parts = new List<Node> { first };
        while (Take(","))
        {
            parts.Add(ParseAssignment());
        }

        return new SequenceNode([.. parts]) { Position = at };
    }

    private Node ParseAssignment()
    {
        Enter();
        var depth = _depth;
        var node = ParseBareAssignment();
        _depth--;
        return Guarded(node, depth);
    }

    private Node ParseBareAssignment()
    {
        var at = _token.Start;
        int firstName = _names.Count, firstScope = _scopes.Count;
        if (_token.Kind == TokenKind.Name)
        {
            if (_token.Text == "async" && Peek() is { AfterLineEnd: false } next && (next.Kind == TokenKind.Name && next.Text is not ("in" or "of" or "instanceof") || next.Is("(")))
            {
                throw Refuse("async", at);
            }

            if (_token.Text == "yield")
            {
                throw Refuse("yield", at);
            }
        }

        if (_token.Is("("))
        {
            // Only what is really followed by => may be empty, end with a comma or hold a rest parameter.
            var covered = ParseBracketsOrParameters(out var parameters);
            if (parameters is not null)
            {
                return ParseArrow(parameters, at, firstName, firstScope);
            }

            return ParseAssignmentTail(ParseConditional(covered), at);
        }

        var left = ParseConditional(null);
        if (_token.Is("=>") && left is NameNode && !_token.AfterLineEnd)
        {
            return ParseArrow([left], at, firstName, firstScope);
        }

        return ParseAssignmentTail(left, at);
    }

    private Node ParseAssignmentTail(Node left, int at)
    {
        if (_token.Kind != TokenKind.Punctuator)
        {
            return left;
        }

        if (_token.Is("="))
        {
            var target = ToPattern(left, null);
            Advance();
            var value = Named(ParseAssignment(), target);
            SetSource(target, value);
            return new AssignNode(target, value, left) { Position = at };
        }

        var operation = _token.Text switch
        {
            "+=" => BinaryOperator.Add,
            "-=" => BinaryOperator.Subtract,
            "*=" => BinaryOperator.Multiply,
            "/=" => BinaryOperator.Divide,
            "%=" => BinaryOperator.Remainder,
            "**=" => BinaryOperator.Power,
            "<<=" => BinaryOperator.ShiftLeft,
            ">>=" => BinaryOperator.ShiftRight,
            ">>>=" => BinaryOperator.ShiftRightUnsigned,
            "&=" => BinaryOperator.BitAnd,
            "|=" => BinaryOperator.BitOr,
            "^=" => BinaryOperator.BitXor,
            "&&=" => BinaryOperator.And,
            "||=" => BinaryOperator.Or,
            "??=" => BinaryOperator.Coalesce,
            _ => (BinaryOperator?)null,
        };
        if (operation is null)
        {
            return left;
        }

        var place = RequirePlace(left);
        Advance();
        return new CompoundAssignNode(operation.Value, place, Named(ParseAssignment(), place)) { Position = at };
    }

    private Node RequirePlace(Node node)
    {
        var bare = StackGuard.Bare(node);
        return bare is NameNode or AccessNode ? bare : throw Error("等号左边必须是变量或属性；判断相等请用 ===。", _token.Start);
    }

    private Node ParseConditional(Node? begun)
    {
        var at = _token.Start;
        var test = ParseBinary(1, begun);
        if (!Take("?"))
        {
            return test;
        }

        var noIn = _noIn;
        _noIn = false;
        var then = ParseAssignment();
        _noIn = noIn;
        Expect(":");
        return new ConditionalNode(test, then, ParseAssignment()) { Position = at };
    }

    private Node ParseBinary(int level, Node? begun)
    {
        var first = begun is null ? ParseUnary() : ParsePower(ParseUpdateTail(ParsePostfix(begun), begun.Position), isOperand: false);
        List<(BinaryOperator Operation, Node Operand, int Position)>? rest = null;
        bool coalesced = false, combined = false;
        while (OperatorHere(out var operation) is var found && found >= level)
        {
            coalesced |= operation == BinaryOperator.Coalesce;
            combined |= operation is BinaryOperator.And or BinaryOperator.Or;
            if (coalesced && combined)
            {
                throw Error("?? 不能与 && 或 || 直接混用，请加括号。", _token.Start);
            }

            var at = Advance().Start;
            Enter();
            // Behind ?? stands nothing looser than |, so that a?? b && c is seen and refused here.
            var operand = ParseBinary(operation == BinaryOperator.Coalesce ? 3 : found + 1, null);
            _depth--;
            (rest ??= []).Add((operation, operand, at));
        }

        if (rest is null)
        {
            return first;
        }

        if (rest.Count > LongestNestedRun)
        {
            return new FoldNode(first, [.. rest]) { Position = rest[0].Position };
        }

        foreach (var (operation, operand, position) in rest)
        {
            first = BinaryOperation.IsLogical(operation)
                ? new LogicalNode(operation, first, operand) { Position = position }
                : new BinaryNode(operation, first, operand) { Position = position };
        }

        return first;
    }

    /// <summary>The binary operator at the present token and how tightly it binds; 0 where there is none.</summary>
    private int OperatorHere(out BinaryOperator operation)
    {
        (operation, var level) = _token.Kind switch
        {
            TokenKind.Punctuator => _token.Text switch
            {
                "||" => (BinaryOperator.Or, 1),
                "??" => (BinaryOperator.Coalesce, 1),
                "&&" => (BinaryOperator.And, 2),
                "|" => (BinaryOperator.BitOr, 3),
                "^" => (BinaryOperator.BitXor, 4),
                "&" => (BinaryOperator.BitAnd, 5),
                "==" => (BinaryOperator.Equal, 6),
                "!=" => (BinaryOperator.NotEqual, 6),
                "===" => (BinaryOperator.StrictEqual, 6),
                "!==" => (BinaryOperator.StrictNotEqual, 6),
                "<" => (BinaryOperator.Less, 7),
                "<=" => (BinaryOperator.LessOrEqual, 7),
                ">" => (BinaryOperator.Greater, 7),
                ">=" => (BinaryOperator.GreaterOrEqual, 7),
                "<<" => (BinaryOperator.ShiftLeft, 8),
                ">>" => (BinaryOperator.ShiftRight, 8),
                ">>>" => (BinaryOperator.ShiftRightUnsigned, 8),
                "+" => (BinaryOperator.Add, 9),
                "-" => (BinaryOperator.Subtract, 9),
                "*" => (BinaryOperator.Multiply, 10),
                "/" => (BinaryOperator.Divide, 10),
                "%" => (BinaryOperator.Remainder, 10),
                _ => (default, 0),
            },
            TokenKind.Name => _token.Text switch
            {
                "instanceof" => (BinaryOperator.InstanceOf, 7),
                "in" when !_noIn => (BinaryOperator.In, 7),
                _ => (default, 0),
            },
            _ => (default, 0),
        };
        return level;
    }

    /// <summary>A unary expression; <c>**</c> may follow unless a unary operator stands before it.</summary>
    private Node ParseUnary(bool isOperand = false)
    {
        var at = _token.Start;
        UnaryOperator? operation = _token.Kind switch
        {
            TokenKind.Punctuator => _token.Text switch
            {
                "!" => UnaryOperator.Not,
                "-" => UnaryOperator.Minus,
                "+" => UnaryOperator.Plus,
                "~" => UnaryOperator.BitNot,
                _ => null,
            },
            TokenKind.Name => _token.Text switch
            {
                "typeof" => UnaryOperator.TypeOf,
                "void" => UnaryOperator.Void,
                _ => null,
            },
            _ => null,
        };
        var deletes = _token.IsWord("delete");
        if (operation is not null || deletes)
        {
            Advance();
            Enter();
            var depth = _depth;
            var operand = ParseUnary(isOperand: true);
            _depth--;
            if (_token.Is("**"))
            {
                throw Error("** 左边的一元运算需要加括号，例如 (-2) ** 2。", _token.Start);
            }

            Node node = deletes ? new DeleteNode(operand) { Position = at } : new UnaryNode(operation!.Value, StackGuard.Bare(operand) is NameNode name ? name : operand) { Position = at };
            return Guarded(node, depth);
        }

        if (_token.Is("++") || _token.Is("--"))
        {
            var change = Advance().Text == "++" ? 1 : -1;
            var place = RequirePlace(ParseUnary(isOperand: true));
            return ParsePower(new UpdateNode(place, change, isPrefix: true) { Position = at }, isOperand);
        }

        return ParsePower(ParseUpdateTail(ParsePostfix(null), at), isOperand);
    }

    private Node ParseUpdateTail(Node operand, int at)
    {
        if (_token.AfterLineEnd || !(_token.Is("++") || _token.Is("--")))
        {
            return operand;
        }

        var place = RequirePlace(operand);
        return new UpdateNode(place, Advance().Text == "++" ? 1 : -1, isPrefix: false) { Position = at };
    }

    /// <summary><c>**</c> binds to the right, and more tightly than what a unary operator stands before.</summary>
    private Node ParsePower(Node operand, bool isOperand)
    {
        if (isOperand || !_token.Is("**"))
        {
            return operand;
        }

        var position = Advance().Start;
        Enter();
        var exponent = ParseUnary();
        _depth--;
        return new BinaryNode(BinaryOperator.Power, operand, exponent) { Position = position };
    }
}
