using Workflows.Templates.Builtins;
using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <summary>A loop's variable while the loop runs; <c>Source</c> and <c>Index</c> tell where in the model its value comes from.</summary>
internal sealed class LoopVariable(string name, Expression source)
{
    public string Name { get; } = name;

    public Expression Source { get; } = source;

    public object? Value { get; set; }

    public long Index { get; set; }

    /// <summary>How many object contexts were open when the loop began; contexts opened later hide the variable.</summary>
    public int Depth { get; set; }
}

/// <content>Variables: the stacked objects with the loops inside them, then functions of the host and built-in ones.</content>
internal sealed partial class RenderContext
{
    public bool TryGetVariable(string name, out object? value)
    {
        var loop = _loopVariables.Count - 1;
        for (var i = _globals.Count - 1; i >= 0; i--)
        {
            for (; loop >= 0 && _loopVariables[loop].Depth > i; loop--)
            {
                if (_loopVariables[loop].Name != name) continue;
                value = _loopVariables[loop].Value;
                return true;
            }
            if (_globals[i].TryGetValue(name, out value)) return true;
        }
        value = Options.Functions?.Find(name) ?? Builtin.Find(name);
        return value is not null;
    }

    public void SetVariable(Node site, string name, object? value)
    {
        for (var i = _loopVariables.Count - 1; i >= 0 && _loopVariables[i].Depth == _globals.Count; i--)
        {
            if (_loopVariables[i].Name != name) continue;
            _loopVariables[i].Value = value;
            return;
        }
        SetMember(site, Current, name, value);
    }

    public void SetMember(Node site, ScriptObject target, string name, object? value)
    {
        if (target.IsReadOnly(name)) throw site.Error($"变量 {name} 是只读的，不能赋值");
        Charge(site, 32);
        target.Set(name, value);
    }

    public void PushLoopVariable(LoopVariable variable)
    {
        variable.Depth = _globals.Count;
        _loopVariables.Add(variable);
    }

    public void PopLoopVariable() => _loopVariables.RemoveAt(_loopVariables.Count - 1);

    /// <summary>Variables that the template has assigned; kept only when missing fields are reported.</summary>
    public HashSet<string> OwnVariables => field ??= new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Missing fields reported so far, each once for each place.</summary>
    public HashSet<(Node Place, string Path)> Missing => field ??= [];

    /// <summary>Whether an inner object context holds the variable, and the expression of its <c>with</c>; none for a function's own.</summary>
    public bool IsScoped(string name, out Expression? source)
    {
        for (var i = _globals.Count - 1; i > 0; i--)
        {
            source = _sources[i];
            if (_globals[i].ContainsKey(name)) return true;
        }
        source = null;
        return false;
    }

    public LoopVariable? FindLoopVariable(string name) => _loopVariables.FindLast(v => v.Name == name);
}

/// <summary>The local variables (<c>$name</c>) of a function call or an included template.</summary>
internal sealed class LocalFrame(in CallArguments arguments)
{
    private readonly CallArguments _given = arguments;
    private readonly List<KeyValuePair<string, object?>> _variables = [];
    private ScriptArray? _arguments;

    public Block? Body => _given.Body;

    /// <summary>The value of <c>$</c>: the arguments, the named ones as properties.</summary>
    public ScriptArray Arguments
    {
        get
        {
            if (_arguments is not null) return _arguments;
            _arguments = new ScriptArray(_given.Positional.AsSpan());
            foreach (var (name, value) in _given.Named) _arguments.SetProperty(name, value);
            return _arguments;
        }
    }

    public void UseArguments(ScriptArray arguments) => _arguments = arguments;

    public object? Argument(int index)
    {
        if (_arguments is not null) return index < _arguments.Count ? _arguments[index] : null;
        return index < _given.Positional.Length ? _given.Positional[index] : null;
    }

    public bool TryGet(string name, out object? value)
    {
        foreach (var (key, found) in _variables)
        {
            if (key != name) continue;
            value = found;
            return true;
        }
        value = null;
        return false;
    }

    public void Set(string name, object? value)
    {
        for (var i = 0; i < _variables.Count; i++)
        {
            if (_variables[i].Key != name) continue;
            _variables[i] = KeyValuePair.Create(name, value);
            return;
        }
        _variables.Add(KeyValuePair.Create(name, value));
    }

    public void Remove(string name) => _variables.RemoveAll(v => v.Key == name);
}
