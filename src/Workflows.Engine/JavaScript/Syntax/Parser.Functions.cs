using Workflows.Engine.JavaScript.Tree;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>Functions, arrows and their parameters.</summary>
internal sealed partial class Parser
{
    private FunctionNode ParseFunctionExpression()
    {
        var at = Advance().Start;
        if (_token.Is("*"))
        {
            throw Refuse("generator", at);
        }

        if (_token.Kind != TokenKind.Name)
        {
            return ParseFunctionRest("", at);
        }

        RequireBindable(_token);
        var name = Advance();
        var scope = OpenBlock();
        scope.Declare(name.Text, BindingKind.Self);
        var self = Name(name.Text, name.Start);
        self.Declares = true;
        var function = ParseFunctionRest(name.Text, at);
        function.Code.SelfName = (scope, self);
        CloseBlock();
        return function;
    }

    /// <summary>Reads parameters and body of a function from its bracket on.</summary>
    private FunctionNode ParseFunctionRest(string name, int at, bool isMethod = false)
    {
        var code = new FunctionCode { Name = name };
        code.Scope = NewScope(_scope, code, isFunction: true);
        var outer = _scope;
        _scope = code.Scope;
        var noIn = _noIn;
        _noIn = false;
        Expect("(");
        var parameters = new List<Node>();
        var bindings = new List<Binding>();
        while (!_token.Is(")"))
        {
            var rest = Take("...");
            var (target, declared) = ParseBindingTarget(BindingKind.Parameter);
            bindings.AddRange(declared);
            if (rest)
            {
                code.HasRest = true;
            }
            else if (Take("="))
            {
                target = new DefaultNode(target, Named(ParseAssignment(), target)) { Position = target.Position };
            }

            parameters.Add(target);
            if (rest || !_token.Is(")"))
            {
                if (rest && !_token.Is(")"))
                {
                    throw Unexpected("剩余参数（...）必须是最后一个参数");
                }

                if (!rest)
                {
                    Expect(",");
                }
            }
        }

        Advance();
        Complete(code, parameters);
        ParseFunctionBody(code);
        _noIn = noIn;
        _scope = outer;
        code.Source = _lexer.Source[at.._previousEnd];
        return new FunctionNode(code) { Position = at };
    }

    private static void Complete(FunctionCode code, List<Node> parameters)
    {
        code.Parameters = [.. parameters];
        var plain = parameters.FindIndex(static p => p is DefaultNode);
        code.Arity = plain >= 0 ? plain : parameters.Count - (code.HasRest ? 1 : 0);
    }

    private void ParseFunctionBody(FunctionCode code)
    {
        // Labels and loops outside do not reach into a function.
        var (breakable, loops) = (_breakable, _loops);
        var labels = _labels.ToArray();
        var loopLabels = _loopLabels.ToArray();
        (_breakable, _loops) = (0, 0);
        _labels.Clear();
        _loopLabels.Clear();
        code.Body = ParseList();
        (_breakable, _loops) = (breakable, loops);
        _labels.AddRange(labels);
        _loopLabels.UnionWith(loopLabels);
    }

    /// <summary>
    /// Reads what stands in round brackets: an expression, or parameters if <c>=></c> follows. The two look alike until then.
    /// </summary>
    private Node? ParseBracketsOrParameters(out List<Node>? parameters)
    {
        var at = _token.Start;
        Advance();
        var noIn = _noIn;
        _noIn = false;
        var parts = new List<Node>();
        var onlyParameters = false;
        while (!_token.Is(")"))
        {
            var part = ParseSpreadable();
            parts.Add(part);
            if (part is SpreadNode)
            {
                onlyParameters = true;
                break;
            }

            if (!_token.Is(")"))
            {
                Expect(",");
                onlyParameters = _token.Is(")");
            }
        }

        _noIn = noIn;
        Expect(")");
        if (_token.Is("=>") && !_token.AfterLineEnd)
        {
            parameters = parts;
            return null;
        }

        if (onlyParameters || parts.Count == 0)
        {
            throw Unexpected("此处应为“=>”");
        }

        parameters = null;
        return parts.Count == 1 ? parts[0] : new SequenceNode([.. parts]) { Position = at };
    }

    private FunctionNode ParseArrow(List<Node> parts, int at, int firstName, int firstScope)
    {
        var code = new FunctionCode { IsArrow = true };
        code.Scope = NewScope(_scope, code, isFunction: true);
        MoveInto(code.Scope, firstName, firstScope);
        var outer = _scope;
        _scope = code.Scope;
        Advance();
        var parameters = new List<Node>();
        var bindings = new List<Binding>();
        foreach (var part in parts)
        {
            code.HasRest |= part is SpreadNode;
            parameters.Add(part is SpreadNode spread ? ToPattern(spread.Inner, (BindingKind.Parameter, bindings)) : ToElement(part, (BindingKind.Parameter, bindings)));
        }

        if (bindings.Count != bindings.Distinct().Count())
        {
            throw Error("箭头函数的参数名重复。", at);
        }

        Complete(code, parameters);
        if (_token.Is("{"))
        {
            var noIn = _noIn;
            _noIn = false;
            ParseFunctionBody(code);
            _noIn = noIn;
        }
        else
        {
            code.Expression = ParseAssignment();
        }

        _scope = outer;
        code.Source = _lexer.Source[at.._previousEnd];
        return new FunctionNode(code) { Position = at };
    }
}
