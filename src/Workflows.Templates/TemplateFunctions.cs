using Workflows.Templates.Builtins;
using Workflows.Templates.Values;

namespace Workflows.Templates;

/// <summary>
/// Functions that the host adds to the language, alone (<c>amount</c>) or in a group (<c>cn.date</c>; a built-in group such as <c>date</c> may be extended).
/// Build once and share; not to be changed while renderings use it.
/// </summary>
public sealed class TemplateFunctions
{
    private readonly Dictionary<string, Dictionary<string, object>> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _global = new(StringComparer.Ordinal);
    private Dictionary<string, object>? _resolved;

    /// <summary>
    /// Adds a function. Its arguments are null, <see cref="bool"/>, a number, <see cref="string"/>, <see cref="DateTime"/>, <see cref="TimeSpan"/>,
    /// <c>IReadOnlyList&lt;object?&gt;</c> or <c>IReadOnlyDictionary&lt;string, object?&gt;</c>; it may return the same and <see cref="TrustedMarkup"/>.
    /// An exception it throws becomes a <see cref="TemplateException"/> at the place of the call.
    /// </summary>
    /// <param name="name"><c>function</c> or <c>group.function</c>, in lower case with underscores.</param>
    /// <param name="required">Number of arguments that must be given.</param>
    /// <param name="optional">Number of further arguments that may be given; they are null when left out.</param>
    /// <param name="body">The function.</param>
    /// <returns>This registry.</returns>
    public TemplateFunctions Add(string name, int required, int optional, Func<IReadOnlyList<object?>, object?> body)
    {
        var parameters = Enumerable.Range(1, required + optional).Select(i => new Parameter($"arg{i}", i > required)).ToArray();
        var function = new BuiltinFunction(name, call => Run(body, call), parameters);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) _global[name] = function;
        else
        {
            var group = name[..dot];
            if (!_groups.TryGetValue(group, out var members)) _groups[group] = members = new Dictionary<string, object>(StringComparer.Ordinal);
            members[name[(dot + 1)..]] = function;
        }
        _resolved = null;
        return this;
    }

    internal object? Find(string name)
    {
        var resolved = _resolved ??= Resolve();
        return resolved.GetValueOrDefault(name);
    }

    private Dictionary<string, object> Resolve()
    {
        var all = new Dictionary<string, object>(_global, StringComparer.Ordinal);
        foreach (var (group, members) in _groups)
        {
            all[group] = Builtin.Find(group) is BuiltinObject known ? known.With(members) : new BuiltinObject(group, members);
        }
        return all;
    }

    private static object? Run(Func<IReadOnlyList<object?>, object?> body, BuiltinCall call)
    {
        try
        {
            return ModelValues.Import(body(call.Arguments), frozen: false);
        }
        catch (Exception e) when (e is not (TemplateException or OperationCanceledException))
        {
            throw call.Error(e.Message, e);
        }
    }
}
