using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Workflows.Templates.Values;
using static Workflows.Templates.Builtins.Builtin;

namespace Workflows.Templates.Builtins;

/// <summary>The functions of <c>regex</c>: run without backtracking where the pattern allows, otherwise against a time limit.</summary>
internal static class RegexFunctions
{
    private const int MaximumPattern = 4000;
    private const int MaximumCached = 32;
    private const int MaximumCachedPattern = 200;

    private static readonly ConcurrentDictionary<(string, RegexOptions, TimeSpan), Regex> Cache = new();

    public static BuiltinObject Create() => new("regex", new[]
    {
        Function("escape", c => c.Text(0) is { } text ? c.Checked(Regex.Escape(text)) : null, "pattern"),
        Function("unescape", Unescape, "pattern"),
        Function("match", Match, "text", "pattern", "options?"),
        Function("matches", Matches, "text", "pattern", "options?"),
        Function("replace", Replace, "text", "pattern", "replace", "options?"),
        Function("split", Split, "text", "pattern", "options?"),
    }.ToDictionary(f => f.Name, f => (object)f));

    private static string? Unescape(BuiltinCall call)
    {
        try
        {
            return call.Text(0) is { } text ? Regex.Unescape(text) : null;
        }
        catch (ArgumentException)
        {
            throw call.Error("转义序列无效");
        }
    }

    private static ScriptArray Match(BuiltinCall call) => Run(call, 2, (regex, text) => Groups(call, regex.Match(text)));

    private static ScriptArray Matches(BuiltinCall call) => Run(call, 2, (regex, text) =>
    {
        var all = new ScriptArray();
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            call.Context.Step(call.Site);
            call.Context.ChargeArray(call.Site, all.Count + 1 > call.Context.Limits.ArrayLength ? all.Count + 1 : 1);
            all.Add(Groups(call, match));
        }
        return all;
    });

    private static ScriptArray Groups(BuiltinCall call, Match match)
    {
        var groups = new ScriptArray();
        if (!match.Success) return groups;
        foreach (Group group in match.Groups)
        {
            call.Context.Charge(call.Site, 40 + (2L * group.Length));
            groups.Add(group.Value);
        }
        return groups;
    }

    private static object? Replace(BuiltinCall call)
    {
        var replacement = call.Text(2) ?? string.Empty;
        return Run(call, 3, (regex, text) =>
        {
            var length = 0L;
            var last = 0;
            var result = regex.Replace(text, match =>
            {
                call.Context.Step(call.Site);
                var part = match.Result(replacement);
                length += match.Index - last + part.Length;
                last = match.Index + match.Length;
                if (length > call.Context.Limits.StringLength) throw call.Site.Limit($"字符串长度超过上限 {call.Context.Limits.StringLength}");
                return part;
            });
            return call.Checked(result);
        });
    }

    private static ScriptArray Split(BuiltinCall call) => Run(call, 2, (regex, text) =>
    {
        call.Context.Charge(call.Site, 4L * text.Length);
        var parts = regex.Split(text);
        return call.Array(parts);
    });

    private static T Run<T>(BuiltinCall call, int options, Func<Regex, string, T> body)
    {
        var text = call.Text(0) ?? string.Empty;
        var regex = Get(call, call.Text(1) ?? string.Empty, Options(call, call.Text(options)));
        try
        {
            var result = body(regex, text);
            call.Context.CheckTime(call.Site);
            return result;
        }
        catch (RegexMatchTimeoutException)
        {
            throw call.Site.Limit($"正则表达式运行超过上限 {call.Context.Limits.RegexTime.TotalSeconds} 秒");
        }
    }

    private static RegexOptions Options(BuiltinCall call, string? letters)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var letter in letters ?? string.Empty)
        {
            options |= letter switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => throw call.Error($"不认识的正则选项 {letter}"),
            };
        }
        return options;
    }

    private static Regex Get(BuiltinCall call, string pattern, RegexOptions options)
    {
        if (pattern.Length > MaximumPattern) throw call.Site.Limit($"正则表达式超过上限 {MaximumPattern} 个字符");
        var time = call.Context.Limits.RegexTime;
        if (Cache.TryGetValue((pattern, options, time), out var known)) return known;
        var regex = Create(call, pattern, options, time);
        if (Cache.Count < MaximumCached && pattern.Length <= MaximumCachedPattern) Cache.TryAdd((pattern, options, time), regex);
        return regex;
    }

    private static Regex Create(BuiltinCall call, string pattern, RegexOptions options, TimeSpan time)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, time);
        }
        catch (NotSupportedException)
        {
            // Look-around, back-references and very large counts need the backtracking engine.
            return new Regex(pattern, options, time);
        }
        catch (ArgumentException e)
        {
            throw call.Error($"正则表达式无效：{e.Message}");
        }
    }
}
