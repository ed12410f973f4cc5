using Workflows.Engine.JavaScript.Library;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>A point in time in milliseconds since 1970, or NaN for an invalid date.</summary>
internal sealed class JsDate(double time) : JsObject
{
    public double Time { get; set; } = time;

    public override string ClassName => "Date";

    public override MethodTable Methods => DateFunctions.Table;
}
