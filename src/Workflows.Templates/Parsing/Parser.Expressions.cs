using System.Runtime.CompilerServices;
using Workflows.Templates.Evaluation;
using Workflows.Templates.Syntax;

namespace Workflows.Templates.Parsing;

/// <content>Expressions: pipes, conditions, binary operators by precedence, and calls.</content>
internal sealed partial class Parser
{
    private const int Coalescing = 10;
    private const int LogicalOr = 20;
    private const int MaximumChain = 2000;

    /// <summary>Where an expression stands, as far as that decides what ends it.</summary>
    private readonly record struct Mode(bool InCall = false, bool InLoopHead = false, bool InConditional = false)
    {
        public Mode AsOperand() => this with { InLoopHead = false };
    }

    private void RequireStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new SyntaxError(Current.Start, "嵌套太深", isLimit: true);
    }

    /// <summary>A whole expression, pipes included.</summary>
    private Expression ParseExpression(bool inLoopHead = false, bool inConditional = false)
    {
        var mode = new Mode(InLoopHead: inLoopHead, InConditional: inConditional);
        var left = ParseConditional(mode);
        for (var chain = 0; Current.Kind == TokenKind.Pipe; chain++)
        {
            if (chain > _limits.NestingDepth) throw new SyntaxError(Current.Start, $"管道超过上限 {_limits.NestingDepth} 段", isLimit: true);
            Next();
            SkipNewLines();
            left = Receive(ParseConditional(mode.AsOperand()), left);
        }
        return left;
    }

    /// <summary>A single argument or parameter: no pipes and, inside a call, no nested call without parentheses.</summary>
    private Expression ParseOperand(bool inCall, bool inConditional = false) => ParseConditional(new Mode(inCall, InConditional: inConditional));

    /// <summary>Hands a piped value to the first function of the receiver: <c>x | f + 1</c> is <c>f(x) + 1</c>.</summary>
    private static Expression Receive(Expression receiver, Expression value) => receiver switch
    {
        CallExpression call => call.Piped(value),
        BinaryExpression b => b.WithLeft(Receive(b.Left, value)),
        LogicalExpression l => l.WithLeft(Receive(l.Left, value)),
        CoalesceExpression c => c.WithLeft(Receive(c.Left, value)),
        ConditionalExpression c => c.WithCondition(Receive(c.Condition, value)),
        UnaryExpression u => u.WithOperand(Receive(u.Operand, value)),
        GroupExpression { Inner: CallExpression or BinaryExpression } g => new GroupExpression(g.Span, Receive(g.Inner, value)),
        _ => new CallExpression(receiver.Span, receiver, [new Argument(value)]),
    };

    private Expression ParseConditional(Mode mode)
    {
        Deepen();
        RequireStack();
        var condition = ParseBinary(0, mode);
        if (Current.Kind == TokenKind.Question)
        {
            Next();
            SkipNewLines();
            var yes = ParseConditional(new Mode(mode.InCall, InConditional: true));
            SkipNewLines();
            Expect(TokenKind.Colon, "冒号");
            SkipNewLines();
            var no = ParseConditional(mode.AsOperand());
            condition = new ConditionalExpression(SpanFrom(condition.Span.Start), condition, yes, no);
        }
        _depth--;
        return condition;
    }

    private Expression ParseBinary(int above, Mode mode)
    {
        var left = ParseUnary(mode);
        for (var chain = 0; ; chain++)
        {
            var token = Current;
            var precedence = Precedence(token.Kind);
            if (precedence <= above) return left;
            if (chain > MaximumChain) throw new SyntaxError(token.Start, $"运算超过上限 {MaximumChain} 项", isLimit: true);
            Next();
            SkipNewLines();
            if (Current.Kind is TokenKind.CodeExit or TokenKind.Eof) throw Unexpected("运算符右边缺少表达式");
            Deepen();
            RequireStack();
            var right = ParseBinary(precedence, mode.AsOperand());
            _depth--;
            left = Combine(token, left, right, chain);
        }
    }

    private Expression Combine(Token op, Expression left, Expression right, int chain)
    {
        var span = new Span(_source, op.Start, op.End);
        return op.Kind switch
        {
            TokenKind.And or TokenKind.Or => new LogicalExpression(span, op.Kind == TokenKind.And, left, right),
            TokenKind.Coalesce or TokenKind.NotCoalesce => new CoalesceExpression(span, op.Kind == TokenKind.Coalesce, left, right),
            _ => new BinaryExpression(span, Operator(op.Kind), left, right, chain),
        };
    }

    private static int Precedence(TokenKind kind) => kind switch
    {
        TokenKind.Coalesce or TokenKind.NotCoalesce => Coalescing,
        TokenKind.Or => LogicalOr,
        TokenKind.And => 30,
        TokenKind.Equal or TokenKind.NotEqual => 40,
        TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual => 50,
        TokenKind.Range or TokenKind.RangeExclusive => 60,
        TokenKind.ShiftLeft or TokenKind.ShiftRight => 70,
        TokenKind.Plus or TokenKind.Minus => 80,
        TokenKind.Multiply or TokenKind.Divide or TokenKind.DivideRound or TokenKind.Modulus => 90,
        _ => 0,
    };

    private static BinaryOperator Operator(TokenKind kind) => kind switch
    {
        TokenKind.Plus => BinaryOperator.Add,
        TokenKind.Minus => BinaryOperator.Subtract,
        TokenKind.Multiply => BinaryOperator.Multiply,
        TokenKind.Divide => BinaryOperator.Divide,
        TokenKind.DivideRound => BinaryOperator.DivideRound,
        TokenKind.Modulus => BinaryOperator.Modulus,
        TokenKind.ShiftLeft => BinaryOperator.ShiftLeft,
        TokenKind.ShiftRight => BinaryOperator.ShiftRight,
        TokenKind.Equal => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessOrEqual => BinaryOperator.LessOrEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterOrEqual => BinaryOperator.GreaterOrEqual,
        TokenKind.Range => BinaryOperator.Range,
        _ => BinaryOperator.RangeExclusive,
    };

    private static BinaryOperator CompoundOperator(TokenKind kind) => kind switch
    {
        TokenKind.PlusAssign => BinaryOperator.Add,
        TokenKind.MinusAssign => BinaryOperator.Subtract,
        TokenKind.MultiplyAssign => BinaryOperator.Multiply,
        TokenKind.DivideAssign => BinaryOperator.Divide,
        TokenKind.DivideRoundAssign => BinaryOperator.DivideRound,
        _ => BinaryOperator.Modulus,
    };

    private Expression ParseUnary(Mode mode)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Not: return Unary(UnaryOperator.Not, mode);
            case TokenKind.Minus: return Unary(UnaryOperator.Negate, mode);
            case TokenKind.Plus: return Unary(UnaryOperator.Plus, mode);
            case TokenKind.Increment or TokenKind.Decrement:
                Next();
                if (ParsePostfix(ParsePrimary(mode), allowCall: false) is not PathExpression target) throw new SyntaxError(token.Start, "++ 和 -- 只能用于变量");
                return new IncrementExpression(SpanFrom(token.Start), target, token.Kind == TokenKind.Increment ? 1 : -1, prefix: true);
            case TokenKind.Alias:
                Next();
                var function = ParsePostfix(ParsePrimary(mode), allowCall: false);
                return new AliasExpression(SpanFrom(token.Start), function);
        }
        var operand = ParsePostfix(ParsePrimary(mode), allowCall: true);
        if (Current.Kind is TokenKind.Increment or TokenKind.Decrement && operand is PathExpression counter)
        {
            var by = Next().Kind == TokenKind.Increment ? 1 : -1;
            return new IncrementExpression(SpanFrom(token.Start), counter, by, prefix: false);
        }
        return !mode.InCall && StartsArgument(mode) ? ParseCommandCall(operand, mode) : operand;
    }

    private UnaryExpression Unary(UnaryOperator op, Mode mode)
    {
        var start = Next().Start;
        Deepen();
        RequireStack();
        var operand = ParseUnary(mode.AsOperand());
        _depth--;
        return new UnaryExpression(SpanFrom(start), op, operand);
    }
}
