using System.Text.RegularExpressions;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary><c>RegExp</c> and its methods.</summary>
internal static class RegExpMethods
{
    public static readonly MethodTable Table = new MethodTable(ObjectMethods.Table)
        .Add("test", 1, static (e, self, a) => This(e, self).Exec(e, Conversions.ToText(e, a.At(0))) is not null)
        .Add("exec", 1, static (e, self, a) =>
        {
            var text = Conversions.ToText(e, a.At(0));
            var regex = This(e, self);
            return regex.Exec(e, text) is { } match ? Result(e, regex.Program, match, text) : JsValue.Null;
        })
        .Add("toString", 0, static (e, self, _) => $"/{Conversions.ToText(e, This(e, self).Get(e, "source"))}/{Conversions.ToText(e, This(e, self).Get(e, "flags"))}");

    public static readonly Constructor Type = new(
        "RegExp",
        2,
        static (e, _, a) => a.At(0).Ref is JsRegExp && a.At(1).IsUndefined ? a[0] : Create(e, a),
        static (e, _, a) => Create(e, a),
        static o => o is JsRegExp);

    /// <summary>What <c>exec</c> and <c>match</c> give: the texts of all groups, with index, input and named groups.</summary>
    public static JsArray Result(Evaluation evaluation, RegexProgram program, Match match, string text)
    {
        evaluation.ChargeElements(program.GroupCount + 8);
        var result = new JsArray(program.GroupCount + 1);
        for (var i = 0; i <= program.GroupCount; i++)
        {
            result.Add(evaluation, GroupText(evaluation, match, i));
        }

        result.Define("index", match.Index);
        result.Define("input", text);
        result.Define("groups", Groups(evaluation, program, match));
        return result;
    }

    public static JsValue Groups(Evaluation evaluation, RegexProgram program, Match match)
    {
        if (program.GroupNames.Count == 0)
        {
            return default;
        }

        evaluation.Charge(96);
        var groups = new JsObject();
        foreach (var (name, number) in program.GroupNames)
        {
            groups.Set(evaluation, name, GroupText(evaluation, match, number));
        }

        return groups;
    }

    public static JsValue GroupText(Evaluation evaluation, Match match, int number)
    {
        var group = match.Groups[number];
        if (!group.Success)
        {
            return default;
        }

        evaluation.ChargeTextWork(group.Length);
        return group.Value;
    }

    private static JsRegExp This(Evaluation evaluation, JsValue self) => self.Ref as JsRegExp
        ?? throw evaluation.TypeError("Receiver is not a RegExp", "该方法只能用于正则表达式。");

    private static JsRegExp Create(Evaluation evaluation, ReadOnlySpan<JsValue> arguments)
    {
        var given = arguments.At(0).Ref as JsRegExp;
        var source = given?.Program.Source ?? (arguments.At(0).IsUndefined ? "" : Conversions.ToText(evaluation, arguments[0]));
        var flags = arguments.At(1).IsUndefined ? given?.Program.Flags ?? "" : Conversions.ToText(evaluation, arguments[1]);
        return Make(evaluation, source, flags);
    }

    public static JsRegExp Make(Evaluation evaluation, string source, string flags)
    {
        // Building an automaton costs far more than its text.
        evaluation.Charge(2048 + (source.Length * 64L));
        evaluation.Steps(500 + (source.Length * 10L));
        if (source.Length > 4096)
        {
            throw evaluation.Limit("正则表达式超过 4096 个字符。");
        }

        try
        {
            return new JsRegExp(RegexProgram.Compile(source, flags));
        }
        catch (RegexSyntaxException error)
        {
            throw evaluation.Throw("SyntaxError", $"Invalid regular expression: /{source}/: {error.Message}", $"正则表达式有误：{error.Message}");
        }
    }
}
