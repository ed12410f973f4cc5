using Workflows.Templates.Values;

namespace Workflows.Templates.Builtins;

/// <summary>Formats of .NET, for <c>math.format</c> and <c>object.format</c>.</summary>
internal static class Formatting
{
    // A precision such as N999999999 would make the runtime build a text of that length.
    private const int MaximumFormat = 100;
    private const int MaximumPrecision = 200;

    public static object? Format(BuiltinCall call)
    {
        if (call[0] is not { } value) return null;
        var format = call.Text(1);
        if (value is not IFormattable formattable) return call.Text(0);
        if (format is not null && (format.Length > MaximumFormat || Precision(format) > MaximumPrecision)) throw call.Error("格式太长");
        try
        {
            return call.Checked(formattable.ToString(format, call.Culture(2)));
        }
        catch (FormatException)
        {
            throw call.Error($"格式 {format} 不能用于这个值");
        }
    }

    private static int Precision(string format)
    {
        var digits = format.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
        return format.Length > 1 && char.IsAsciiLetter(format[0]) && digits.Length == format.Length - 1 && int.TryParse(digits, out var n) ? n : 0;
    }
}
