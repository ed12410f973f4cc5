using System.Text;
using System.Text.RegularExpressions;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Methods of strings that search, replace and split, by text or by regular expression.</summary>
internal static class StringPatterns
{
    public static MethodTable AddPatterns(this MethodTable table) => table
        .Add("split", 2, Split)
        .Add("replace", 2, static (e, self, a) => Replace(e, self, a, all: false))
        .Add("replaceAll", 2, static (e, self, a) => Replace(e, self, a, all: true))
        .Add("match", 1, static (e, self, a) =>
        {
            var text = StringMethods.This(e, self);
            var regex = a.At(0).Ref as JsRegExp ?? RegExpMethods.Make(e, a.At(0).IsUndefined ? "" : Conversions.ToText(e, a[0]), "");
            if (!regex.Program.IsGlobal)
            {
                return regex.Exec(e, text) is { } match ? RegExpMethods.Result(e, regex.Program, match, text) : JsValue.Null;
            }

            regex.LastIndex = 0;
            var found = new JsArray();
            foreach (var match in Matches(e, regex.Program, text, 0))
            {
                found.Add(e, RegExpMethods.GroupText(e, match, 0));
            }

            return found.Count > 0 ? found : JsValue.Null;
        })
        .Add("matchAll", 1, static (e, self, a) =>
        {
            var text = StringMethods.This(e, self);
            var regex = a.At(0).Ref as JsRegExp ?? RegExpMethods.Make(e, a.At(0).IsUndefined ? "" : Conversions.ToText(e, a[0]), "g");
            if (!regex.Program.IsGlobal)
            {
                throw e.TypeError("String.prototype.matchAll called with a non-global RegExp argument", "matchAll 的正则表达式需要 g 标志。");
            }

            return new MatchIterator(regex.Program, Matches(e, regex.Program, text, regex.LastIndex).GetEnumerator(), text);
        })
        .Add("search", 1, static (e, self, a) =>
        {
            var regex = a.At(0).Ref as JsRegExp ?? RegExpMethods.Make(e, a.At(0).IsUndefined ? "" : Conversions.ToText(e, a[0]), "");
            return regex.Program.Match(e, StringMethods.This(e, self), 0)?.Index ?? -1;
        });

    private static IEnumerable<Match> Matches(Evaluation evaluation, RegexProgram program, string text, int from)
    {
        while (from <= text.Length && program.Match(evaluation, text, from) is { } match)
        {
            yield return match;
            from = match.Index + match.Length;
            if (match.Length == 0)
            {
                from += program.IsUnicode && from + 1 < text.Length && char.IsSurrogatePair(text[from], text[from + 1]) ? 2 : 1;
            }
        }
    }

    private static JsValue Replace(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments, bool all)
    {
        var text = StringMethods.This(evaluation, self);
        var replacement = arguments.At(1);
        var function = replacement.AsFunction;
        var template = function is null ? Conversions.ToText(evaluation, replacement) : "";
        var result = new StringBuilder();
        var end = 0;
        if (arguments.At(0).Ref is JsRegExp regex)
        {
            var program = regex.Program;
            if (all && !program.IsGlobal)
            {
                throw evaluation.TypeError("replaceAll must be called with a global RegExp", "replaceAll 的正则表达式需要 g 标志。");
            }

            regex.LastIndex = program.IsGlobal ? 0 : regex.LastIndex;
            IEnumerable<Match> matches = program.IsGlobal ? Matches(evaluation, program, text, 0) : regex.Exec(evaluation, text) is { } only ? [only] : [];
            foreach (var match in matches)
            {
                Append(evaluation, result, text.AsSpan(end, match.Index - end));
                Append(evaluation, result, function is null
                    ? Expand(evaluation, template, text, match.Index, match.Value, program, match)
                    : CallFor(evaluation, function, text, match, program));
                end = match.Index + match.Length;
            }
        }
        else
        {
            var wanted = Conversions.ToText(evaluation, arguments.At(0));
            evaluation.Steps(text.Length / 64);
            for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = NextPlain(text, wanted, at))
            {
                evaluation.Step();
                Append(evaluation, result, text.AsSpan(end, at - end));
                Append(evaluation, result, function is null
                    ? Expand(evaluation, template, text, at, wanted, null, null)
                    : Conversions.ToText(evaluation, evaluation.Call(function, default, wanted, at, text)));
                end = at + wanted.Length;
                if (!all)
                {
                    break;
                }
            }
        }

        Append(evaluation, result, text.AsSpan(end));
        return result.ToString();
    }

    private static int NextPlain(string text, string wanted, int at)
    {
        var from = at + Math.Max(1, wanted.Length);
        return from > text.Length ? -1 : text.IndexOf(wanted, from, StringComparison.Ordinal);
    }

    private static void Append(Evaluation evaluation, StringBuilder result, ReadOnlySpan<char> part)
    {
        evaluation.Charge(part.Length * 4L);
        result.Append(part);
    }

    private static string CallFor(Evaluation evaluation, JsFunction function, string text, Match match, RegexProgram program)
    {
        var mark = evaluation.Mark();
        for (var i = 0; i <= program.GroupCount; i++)
        {
            evaluation.Push(RegExpMethods.GroupText(evaluation, match, i));
        }

        evaluation.Push(match.Index);
        evaluation.Push(text);
        if (program.GroupNames.Count > 0)
        {
            evaluation.Push(RegExpMethods.Groups(evaluation, program, match));
        }

        var result = Conversions.ToText(evaluation, function.Call(evaluation, default, evaluation.Since(mark)));
        evaluation.Release(mark);
        return result;
    }

    /// <summary>Writes a replacement with its <c>$1</c>, <c>$&amp;</c>, <c>$&lt;name&gt;</c> and the like.</summary>
    private static string Expand(Evaluation evaluation, string template, string text, int index, string matched, RegexProgram? program, Match? match)
    {
        if (!template.Contains('$', StringComparison.Ordinal))
        {
            return template;
        }

        var result = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var next = template[i] == '$' && i + 1 < template.Length ? template[i + 1] : '\0';
            var before = result.Length;
            switch (next)
            {
                case '$':
                    result.Append('$');
                    i++;
                    break;
                case '&':
                    result.Append(matched);
                    i++;
                    break;
                case '`':
                    result.Append(text, 0, index);
                    i++;
                    break;
                case '\'':
                    result.Append(text.AsSpan(index + matched.Length));
                    i++;
                    break;
                case >= '0' and <= '9' when GroupNumber(template, i + 1, program?.GroupCount ?? 0) is { Number: > 0 } group:
                    result.Append(match!.Groups[group.Number].Value);
                    i += group.Length;
                    break;
                case '<' when program?.GroupNames.Count > 0 && template.IndexOf('>', i) is > 0 and var close:
                    if (program.GroupNames.TryGetValue(template[(i + 2)..close], out var named))
                    {
                        result.Append(match!.Groups[named].Value);
                    }

                    i = close;
                    break;
                default:
                    result.Append(template[i]);
                    break;
            }

            evaluation.Charge((result.Length - before) * 2L);
        }

        return result.ToString();
    }

    private static (int Number, int Length) GroupNumber(string template, int at, int count)
    {
        var first = template[at] - '0';
        if (at + 1 < template.Length && char.IsAsciiDigit(template[at + 1]) && (first * 10) + template[at + 1] - '0' is > 0 and var two && two <= count)
        {
            return (two, 2);
        }

        return first > 0 && first <= count ? (first, 1) : (0, 0);
    }

    private static JsValue Split(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var text = StringMethods.This(evaluation, self);
        var limit = arguments.At(1).IsUndefined ? uint.MaxValue : Conversions.ToUint32(evaluation, arguments[1]);
        evaluation.ChargeElements(0);
        evaluation.ChargeTextWork(text.Length);
        var result = new JsArray();
        if (limit == 0)
        {
            return result;
        }

        if (arguments.At(0).IsUndefined)
        {
            result.Add(evaluation, text);
            return result;
        }

        if (arguments[0].Ref is JsRegExp regex)
        {
            SplitByRegex(evaluation, result, text, regex.Program, limit);
            return result;
        }

        var separator = Conversions.ToText(evaluation, arguments[0]);
        if (separator.Length == 0)
        {
            foreach (var c in text.AsSpan(0, (int)Math.Min(text.Length, limit)))
            {
                result.Add(evaluation, Tree.Characters.Of(c));
            }

            return result;
        }

        var start = 0;
        while (result.Count < limit)
        {
            evaluation.Step();
            var at = text.IndexOf(separator, start, StringComparison.Ordinal);
            result.Add(evaluation, at < 0 ? text[start..] : text[start..at]);
            if (at < 0)
            {
                break;
            }

            evaluation.Charge(24);
            start = at + separator.Length;
        }

        return result;
    }

    private static void SplitByRegex(Evaluation evaluation, JsArray result, string text, RegexProgram program, uint limit)
    {
        if (text.Length == 0)
        {
            if (program.Match(evaluation, text, 0) is null)
            {
                result.Add(evaluation, text);
            }

            return;
        }

        var start = 0;
        foreach (var match in Matches(evaluation, program, text, 0))
        {
            // An empty match at the edge of a piece splits nothing.
            if (match.Length == 0 && (match.Index == start || match.Index >= text.Length))
            {
                continue;
            }

            result.Add(evaluation, text[start..match.Index]);
            for (var i = 1; i <= program.GroupCount && result.Count < limit; i++)
            {
                result.Add(evaluation, RegExpMethods.GroupText(evaluation, match, i));
            }

            start = match.Index + match.Length;
            if (result.Count >= limit)
            {
                return;
            }
        }

        result.Add(evaluation, text[start..]);
    }

    private sealed class MatchIterator(RegexProgram program, IEnumerator<Match> matches, string text) : JsIterator
    {
        public override string ClassName => "RegExp String Iterator";

        public override bool Next(Evaluation evaluation, out JsValue value)
        {
            var more = matches.MoveNext();
            value = more ? RegExpMethods.Result(evaluation, program, matches.Current, text) : default(JsValue);
            return more;
        }
    }
}
