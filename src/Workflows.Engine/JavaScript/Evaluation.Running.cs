using Workflows.Engine.JavaScript.Library;
using Workflows.Engine.JavaScript.Tree;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript;

/// <summary>The whole of a script, and how errors leave it.</summary>
internal sealed partial class Evaluation
{
    public JsValue Run(FunctionCode program)
    {
        try
        {
            var frame = new Frame(this, program.Locals);
            if (!program.Scope.IsPlain)
            {
                program.Scope.Enter(frame);
            }

            var result = Execute(program, frame);
            _variables?.Flush();
            return result;
        }
        catch (JsThrow thrown)
        {
            throw Uncaught(thrown);
        }
    }

    /// <summary>Runs something that may call back into the script when its result is read.</summary>
    public T Guarded<T>(Func<Evaluation, T> read)
    {
        try
        {
            return read(this);
        }
        catch (JsThrow thrown)
        {
            throw Uncaught(thrown);
        }
    }

    private static JsValue Execute(FunctionCode program, Frame frame)
    {
        foreach (var statement in program.Body)
        {
            if (statement.Exec(frame) == Completion.Return)
            {
                return frame.Result;
            }
        }

        return frame.Completion;
    }

    private ScriptException Uncaught(JsThrow thrown)
    {
        (_callDepth, _nesting) = (0, 0);
        _joining?.Clear();
        var (line, column) = Script.Locate(thrown.Position);
        try
        {
            if (thrown.Value.Ref is not JsError error)
            {
                var text = thrown.Value.Ref is JsObject ? JsonFunctions.Write(this, thrown.Value) ?? "function" : Conversions.ToText(this, thrown.Value);
                return new ScriptException(ScriptErrorKind.Runtime, $"脚本抛出：{Short(text)}", line, column) { ErrorMessage = Short(text) };
            }

            var message = Conversions.ToText(this, error.Get(this, "message"));
            var described = ErrorFunctions.Describe(this, error);
            return new ScriptException(
                error.IsBound ? ScriptErrorKind.Limit : ScriptErrorKind.Runtime,
                error.Chinese is { } chinese ? $"{chinese}（{Short(described)}）" : $"脚本抛出：{Short(described)}",
                line,
                column)
            {
                ErrorName = Conversions.ToText(this, error.Get(this, "name")),
                ErrorMessage = Short(message),
            };
        }
        catch (JsThrow)
        {
            // The error's own name or message threw when it was read.
            return new ScriptException(ScriptErrorKind.Runtime, "脚本抛出了无法显示的错误。", line, column);
        }
    }

    private static string Short(string text) => text.Length <= 500 ? text : text[..500] + "…";
}
