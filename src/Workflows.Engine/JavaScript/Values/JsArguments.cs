using Workflows.Engine.JavaScript.Library;

namespace Workflows.Engine.JavaScript.Values;

/// <summary><c>arguments</c>: indexed like an array, but not one.</summary>
internal sealed class JsArguments(JsValue[] items) : JsArray(items)
{
    public override string ClassName => "Arguments";

    public override MethodTable Methods => ObjectMethods.Table;
}
