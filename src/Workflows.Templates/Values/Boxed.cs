namespace Workflows.Templates.Values;

/// <summary>Boxes shared by all renderings, so that counters and conditions allocate nothing.</summary>
internal static class Boxed
{
    private static readonly object[] Integers = [.. Enumerable.Range(-128, 1152).Select(i => (object)i)];

    public static readonly object True = true;
    public static readonly object False = false;

    public static object Bool(bool value) => value ? True : False;

    public static object Int(int value) => value is >= -128 and < 1024 ? Integers[value + 128] : value;
}

/// <summary>The value of <c>empty</c>: equal to every array and object without elements, printed as nothing.</summary>
internal sealed class EmptyValue
{
    public static readonly EmptyValue Instance = new();
}
