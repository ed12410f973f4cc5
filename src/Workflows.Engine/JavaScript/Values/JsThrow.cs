namespace Workflows.Engine.JavaScript.Values;

/// <summary>A value on its way from <c>throw</c> to <c>catch</c>.</summary>
internal sealed class JsThrow(JsValue value, int position) : ScriptException
{
    public JsValue Value { get; } = value;

    public int Position { get; } = position;
}
