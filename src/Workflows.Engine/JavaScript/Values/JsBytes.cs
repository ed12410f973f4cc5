namespace Workflows.Engine.JavaScript.Values;

/// <summary>Bytes of the host: read by index and <c>length</c>, otherwise only handed on.</summary>
internal sealed class JsBytes(byte[] content) : JsObject
{
    public byte[] Content => content;

    public override string ClassName => "Bytes";

    public override bool TryGetOwn(Evaluation evaluation, string key, out JsValue value)
    {
        if (key == "length")
        {
            value = content.Length;
            return true;
        }

        if (JsArray.TryIndex(key, out var index) && index < content.Length)
        {
            value = content[index];
            return true;
        }

        return base.TryGetOwn(evaluation, key, out value);
    }
}
