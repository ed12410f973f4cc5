using Workflows.Engine.JavaScript.Tree;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>Names: where they are declared and what contradicts.</summary>
internal sealed partial class Parser
{
    private Scope NewScope(Scope? outer, FunctionCode code, bool isFunction, bool isSwitch = false, bool isCatch = false)
    {
        var scope = new Scope(outer, code, isFunction) { IsSwitch = isSwitch, IsCatch = isCatch };
        _scopes.Add(scope);
        return scope;
    }

    private Scope OpenBlock(bool isSwitch = false, bool isCatch = false) =>
        _scope = NewScope(_scope, _scope.Code, isFunction: false, isSwitch, isCatch);

    private void CloseBlock() => _scope = _scope.Outer!;

    private NameNode Name(string name, int position, Scope? searchFrom = null)
    {
        var node = new NameNode(name, _scope) { Position = position, SearchFrom = searchFrom };
        _names.Add(node);
        return node;
    }

    private Binding Declare(string name, BindingKind kind, int position)
    {
        if (kind == BindingKind.Var)
        {
            return DeclareVar(name, position);
        }

        var isBlockLevel = kind is BindingKind.Let or BindingKind.Const || (kind == BindingKind.Function && !_scope.IsFunction);
        if (isBlockLevel && name == "let")
        {
            throw Error("let 不能用作变量名。", position);
        }

        if (_scope.Names.TryGetValue(name, out var present))
        {
            var mayRepeat = kind == BindingKind.Parameter
                || (kind == BindingKind.Function && !present.IsLexical && (_scope.IsFunction || present.Kind == BindingKind.Function));
            if (!mayRepeat)
            {
                throw Repeated(name, position);
            }

            return present;
        }

        if (isBlockLevel && _scope.Outer is { IsCatch: true } handler && handler.Names.ContainsKey(name))
        {
            throw Repeated(name, position);
        }

        return _scope.Declare(name, kind);
    }

    private Binding DeclareVar(string name, int position)
    {
        var scope = _scope;
        for (; !scope.IsFunction; scope = scope.Outer!)
        {
            if (scope.Names.ContainsKey(name) && !scope.IsCatch)
            {
                throw Repeated(name, position);
            }
        }

        if (!scope.Names.TryGetValue(name, out var present))
        {
            return scope.Declare(name, BindingKind.Var);
        }

        return present.IsLexical ? throw Repeated(name, position) : present;
    }

    /// <summary>The function-wide variable that a function declared in a block also sets, unless something else has the name.</summary>
    private Scope? HoistFromBlock(string name)
    {
        var scope = _scope.Outer!;
        for (; !scope.IsFunction; scope = scope.Outer!)
        {
            if (scope.Names.ContainsKey(name))
            {
                return null;
            }
        }

        if (scope.Names.TryGetValue(name, out var present))
        {
            return present.IsLexical || present.Kind == BindingKind.Parameter ? null : scope;
        }

        scope.Declare(name, BindingKind.Var);
        return scope;
    }

    private ScriptException Repeated(string name, int position) => Error($"“{name}”在同一范围内重复声明，请换一个名称。", position);

    /// <summary>Moves what was read since a mark into the scope of the arrow function that it turned out to belong to.</summary>
    private void MoveInto(Scope arrow, int firstName, int firstScope)
    {
        foreach (var name in _names.Skip(firstName).Where(n => ReferenceEquals(n.Scope, _scope)))
        {
            name.Scope = arrow;
        }

        foreach (var scope in _scopes.Skip(firstScope).Where(s => ReferenceEquals(s.Outer, _scope) && !ReferenceEquals(s, arrow)))
        {
            scope.Outer = arrow;
            scope.Code = ReferenceEquals(scope.Code, _scope.Code) ? arrow.Code : scope.Code;
        }
    }

    private void RequireBindable(Token token)
    {
        if (token.Kind != TokenKind.Name)
        {
            throw Unexpected("此处应为名称");
        }

        if (token.Text is "await" or "yield")
        {
            throw Refuse(token.Text, token.Start);
        }

        if (ReservedWords.Contains(token.Text))
        {
            throw Error($"“{token.Text}”是保留字，不能用作名称。", token.Start);
        }
    }
}
