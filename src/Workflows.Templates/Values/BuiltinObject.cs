using System.Collections.Frozen;

namespace Workflows.Templates.Values;

/// <summary>A named group of functions such as <c>string</c>; the same for all renderings and never changed.</summary>
internal sealed class BuiltinObject(string name, IReadOnlyDictionary<string, object> members)
{
    private readonly FrozenDictionary<string, object> _members = members.ToFrozenDictionary(StringComparer.Ordinal);

    public string Name { get; } = name;

    public IReadOnlyCollection<string> Keys => _members.Keys;

    public object? Get(string member) => _members.GetValueOrDefault(member);

    /// <summary>This group with further members, which win.</summary>
    public BuiltinObject With(IReadOnlyDictionary<string, object> more)
    {
        var all = new Dictionary<string, object>(_members, StringComparer.Ordinal);
        foreach (var (key, value) in more) all[key] = value;
        return new BuiltinObject(Name, all);
    }
}
