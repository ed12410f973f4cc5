using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Documents;

/// <summary>
/// Templates of a package version, by name: <c>rectification-order</c> for a form, <c>_open</c> for a part that others include,
/// <c>esports-hotel/rectification-order</c> for what a scenario replaces. Immutable.
/// </summary>
public sealed partial class DocumentTemplateSet
{
    /// <summary>Extension of template files.</summary>
    public const string FileExtension = ".sbn-html";

    private const int MostTemplates = 500;
    private const int LongestTemplate = 256 * 1024;

    private readonly FrozenDictionary<string, string> _sources;

    /// <summary>Makes a set.</summary>
    /// <param name="sources">Text by name, without extension.</param>
    /// <exception cref="RuleViolationException"><c>templates-too-many</c> or <c>template-too-long</c>.</exception>
    public DocumentTemplateSet(IReadOnlyDictionary<string, string> sources)
    {
        if (sources.Count > MostTemplates)
        {
            throw new RuleViolationException(RefusalKind.Invalid, "templates-too-many", "templates", $"模板有 {sources.Count} 个，超过上限 {MostTemplates}，请精简。");
        }

        foreach (var (name, text) in sources)
        {
            if (text.Length > LongestTemplate)
            {
                throw new RuleViolationException(RefusalKind.Invalid, "template-too-long", name, $"模板“{name}”有 {text.Length} 个字符，超过上限 {LongestTemplate}，请拆分。");
            }
        }

        _sources = sources.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Names in ordinal order.</summary>
    public IEnumerable<string> Names => _sources.Keys.Order(StringComparer.Ordinal);

    /// <summary>The name under which a scenario finds a template: its own before the common one; null if there is neither.</summary>
    public string? Resolve(string scenario, string name) =>
        _sources.ContainsKey($"{scenario}/{name}") ? $"{scenario}/{name}" : _sources.ContainsKey(name) ? name : null;

    /// <summary>The text of a template, or null.</summary>
    /// <param name="name">Name as given by <see cref="Resolve"/>.</param>
    public string? Source(string name) => _sources.GetValueOrDefault(name);

    /// <summary>
    /// Hash of a template with all that it includes, as the scenario finds them, lower-case hex. A template that computes the name of an
    /// include is hashed with the whole set.
    /// </summary>
    /// <param name="scenario">Code of the scenario.</param>
    /// <param name="name">Name of the form or part.</param>
    public string Sha256(string scenario, string name)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([name]);
        while (open.TryPop(out var next))
        {
            if (Resolve(scenario, next) is not { } found || !reached.Add(found))
            {
                continue;
            }

            var source = _sources[found];
            var named = NamedInclude().Matches(source);
            foreach (var part in named.Count == AnyInclude().Count(source) ? named.Select(m => m.Groups[1].Value) : _sources.Keys)
            {
                open.Push(part);
            }
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in reached)
        {
            var text = Encoding.UTF8.GetBytes(_sources[part]);
            hash.AppendData(Encoding.UTF8.GetBytes($"{part}\n{text.Length}\n"));
            hash.AppendData(text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [GeneratedRegex("\\binclude\\s+\"([^\"\\\\{]+)\"", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NamedInclude();

    [GeneratedRegex("\\binclude(_join)?\\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AnyInclude();
}
