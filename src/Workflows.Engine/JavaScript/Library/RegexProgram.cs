using System.Buffers;
using System.Text.RegularExpressions;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>A regular expression that is not one.</summary>
internal sealed class RegexSyntaxException(string message) : FormatException(message);

/// <summary>
/// A JavaScript regular expression as a .NET one. Where its features allow it runs without backtracking, in time linear
/// in the text; otherwise each match is bounded by <see cref="MatchTime"/>.
/// </summary>
internal sealed class RegexProgram
{
    /// <summary>Longest time for one match of an expression that backtracks.</summary>
    private static readonly TimeSpan MatchTime = TimeSpan.FromMilliseconds(250);
    private static readonly SearchValues<char> KnownFlags = SearchValues.Create("dgimsuy");
    private readonly Regex _regex;

    private RegexProgram(string source, string flags, Regex regex, RegexTranslator translation)
    {
        Source = source;
        Flags = flags;
        _regex = regex;
        GroupCount = translation.GroupCount;
        GroupNames = translation.GroupNames;
    }

    public string Source { get; }

    public string Flags { get; }

    public int GroupCount { get; }

    public IReadOnlyDictionary<string, int> GroupNames { get; }

    public bool IsGlobal => Flags.Contains('g', StringComparison.Ordinal);

    public bool IsSticky => Flags.Contains('y', StringComparison.Ordinal);

    public bool IsUnicode => Flags.Contains('u', StringComparison.Ordinal);

    public static RegexProgram Compile(string source, string flags)
    {
        if (flags.Distinct().Count() != flags.Length || flags.AsSpan().ContainsAnyExcept(KnownFlags))
        {
            throw new RegexSyntaxException($"标志“{flags}”无效，可用 g、i、m、s、u、y。");
        }

        var translator = new RegexTranslator(source, flags);
        var pattern = translator.Translate();
        var options = RegexOptions.CultureInvariant | (flags.Contains('i', StringComparison.Ordinal) ? RegexOptions.IgnoreCase : RegexOptions.None);
        return new RegexProgram(source, flags, Build(pattern, options, translator.NeedsBacktracking), translator);
    }

    /// <summary>The first match from a place on.</summary>
    public Match? Match(Evaluation evaluation, string text, int from)
    {
        evaluation.Steps(1 + ((text.Length - from) / 64));
        try
        {
            var match = _regex.Match(text, from);
            if (!match.Success || (IsSticky && match.Index != from))
            {
                return null;
            }

            evaluation.Charge(128 + (32L * GroupCount));
            return match;
        }
        catch (RegexMatchTimeoutException)
        {
            throw evaluation.Limit($"正则表达式 /{Source}/ 匹配超时，请简化表达式。");
        }
    }

    private static Regex Build(string pattern, RegexOptions options, bool needsBacktracking)
    {
        if (!needsBacktracking)
        {
            try
            {
                return new Regex(pattern, options | RegexOptions.NonBacktracking, MatchTime);
            }
            catch (NotSupportedException)
            {
                // Too large an automaton; the bound on time remains.
            }
            catch (ArgumentException error)
            {
                throw new RegexSyntaxException(error.Message);
            }
        }

        try
        {
            return new Regex(pattern, options, MatchTime);
        }
        catch (ArgumentException error)
        {
            throw new RegexSyntaxException(error.Message);
        }
    }
}
