using System.Text;
using System.Text.RegularExpressions;
using Workflows.Engine.JavaScript.Library;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>A regular expression as a value.</summary>
internal sealed class JsRegExp(RegexProgram program) : JsObject
{
    public RegexProgram Program => program;

    public int LastIndex { get; set; }

    public override string ClassName => "RegExp";

    public override MethodTable Methods => RegExpMethods.Table;

    public override IEnumerable<string> HiddenKeys => ["lastIndex"];

    public override JsValue Get(Evaluation evaluation, string key) => key switch
    {
        "source" => program.Source.Length == 0 ? "(?:)" : Readable(program.Source),
        "flags" => string.Concat(program.Flags.Order()),
        "global" => program.IsGlobal,
        "sticky" => program.IsSticky,
        "unicode" => program.IsUnicode,
        "ignoreCase" => program.Flags.Contains('i', StringComparison.Ordinal),
        "multiline" => program.Flags.Contains('m', StringComparison.Ordinal),
        "dotAll" => program.Flags.Contains('s', StringComparison.Ordinal),
        "hasIndices" => program.Flags.Contains('d', StringComparison.Ordinal),
        _ => base.Get(evaluation, key),
    };

    public override bool TryGetOwn(Evaluation evaluation, string key, out JsValue value)
    {
        value = LastIndex;
        return key == "lastIndex" || base.TryGetOwn(evaluation, key, out value);
    }

    public override void Set(Evaluation evaluation, string key, JsValue value)
    {
        if (key == "lastIndex")
        {
            LastIndex = (int)Math.Clamp(Conversions.ToInteger(evaluation, value), 0, int.MaxValue);
            return;
        }

        base.Set(evaluation, key, value);
    }

    /// <summary>The pattern as it would stand between slashes.</summary>
    private static string Readable(string source)
    {
        if (!source.AsSpan().ContainsAny('/', '\n'))
        {
            return source;
        }

        var text = new StringBuilder();
        var (inClass, escaped) = (false, false);
        foreach (var c in source)
        {
            text.Append(c == '\n' ? (escaped ? "n" : "\\n") : c == '/' && !inClass && !escaped ? "\\/" : c.ToString());
            inClass = !escaped && c is '[' or ']' ? c == '[' : inClass;
            escaped = !escaped && c == '\\';
        }

        return text.ToString();
    }

    /// <summary>Matches as <c>exec</c> does: from <c>lastIndex</c> where the expression is global or sticky, and moves it.</summary>
    public Match? Exec(Evaluation evaluation, string text)
    {
        var moves = program.IsGlobal || program.IsSticky;
        if (moves && LastIndex > text.Length)
        {
            LastIndex = 0;
            return null;
        }

        var match = program.Match(evaluation, text, moves ? LastIndex : 0);
        if (moves)
        {
            LastIndex = match is null ? 0 : match.Index + match.Length;
        }

        return match;
    }
}
