using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary><c>Date</c> and its methods.</summary>
internal static class DateFunctions
{
    public static readonly MethodTable Table = Make();

    public static readonly Constructor Type = new(
        "Date",
        7,
        static (e, _, _) => DateText.Full(e, Now(e)),
        Construct,
        static o => o is JsDate,
        new MethodTable()
            .Add("now", 0, static (e, _, _) => Now(e))
            .Add("parse", 1, static (e, _, a) => DateParsing.Parse(e, Conversions.ToText(e, a.At(0))))
            .Add("UTC", 7, static (e, _, a) => Calendar.Clip(FromFields(e, a))));

    private static double Now(Evaluation evaluation) => evaluation.Environment.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static JsValue Construct(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        if (arguments.Length == 0)
        {
            return new JsDate(Now(evaluation));
        }

        if (arguments.Length > 1)
        {
            return new JsDate(Calendar.Clip(Calendar.ToUtc(evaluation, FromFields(evaluation, arguments))));
        }

        if (arguments[0].Ref is JsDate other)
        {
            return new JsDate(other.Time);
        }

        var value = Conversions.ToPrimitive(evaluation, arguments[0]);
        return new JsDate(value.IsString ? DateParsing.Parse(evaluation, value.Text) : Calendar.Clip(Conversions.ToNumber(evaluation, value)));
    }

    private static double FromFields(Evaluation evaluation, ReadOnlySpan<JsValue> arguments)
    {
        Span<double> fields = [double.NaN, 0, 1, 0, 0, 0, 0];
        for (var i = 0; i < Math.Min(7, arguments.Length); i++)
        {
            fields[i] = Conversions.ToNumber(evaluation, arguments[i]);
        }

        // Years 0 to 99 mean the twentieth century, as ever.
        var year = Math.Truncate(fields[0]);
        fields[0] = year is >= 0 and <= 99 ? 1900 + year : year;
        return Calendar.Make(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]);
    }

    private static JsDate This(Evaluation evaluation, JsValue self) =>
        self.Ref as JsDate ?? throw evaluation.TypeError("this is not a Date object.", "该方法只能用于日期。");

    private static MethodTable Make()
    {
        var table = new MethodTable(ObjectMethods.Table)
            .Add("getTime", 0, static (e, self, _) => This(e, self).Time)
            .Add("valueOf", 0, static (e, self, _) => This(e, self).Time)
            .Add("setTime", 1, static (e, self, a) => This(e, self).Time = Calendar.Clip(Conversions.ToNumber(e, a.At(0))))
            .Add("getTimezoneOffset", 0, static (e, self, _) => double.IsNaN(This(e, self).Time) ? double.NaN : -Calendar.Offset(e, This(e, self).Time) / 60_000)
            .Add("getYear", 0, static (e, self, _) => double.IsNaN(This(e, self).Time) ? double.NaN : Calendar.Civil(Calendar.ToLocal(e, This(e, self).Time)).Year - 1900)
            .Add("toISOString", 0, static (e, self, _) => double.IsNaN(This(e, self).Time) ? throw e.RangeError("Invalid time value", "日期无效，不能转换为 ISO 格式。") : DateText.Iso(This(e, self).Time))
            .Add("toJSON", 1, static (e, self, _) => double.IsNaN(This(e, self).Time) ? JsValue.Null : DateText.Iso(This(e, self).Time))
            .Add("toString", 0, static (e, self, _) => DateText.Full(e, This(e, self).Time))
            .Add("toDateString", 0, static (e, self, _) => DateText.DatePart(Calendar.ToLocal(e, This(e, self).Time)))
            .Add("toTimeString", 0, static (e, self, _) => DateText.TimePart(e, This(e, self).Time))
            .Add("toUTCString", 0, static (e, self, _) => DateText.Utc(This(e, self).Time))
            .Add("toGMTString", 0, static (e, self, _) => DateText.Utc(This(e, self).Time))
            .Add("toLocaleString", 0, static (e, self, a) => DateLocalization.Format(e, This(e, self).Time, a.At(0), a.At(1), "date time"))
            .Add("toLocaleDateString", 0, static (e, self, a) => DateLocalization.Format(e, This(e, self).Time, a.At(0), a.At(1), "date"))
            .Add("toLocaleTimeString", 0, static (e, self, a) => DateLocalization.Format(e, This(e, self).Time, a.At(0), a.At(1), "time"));
        AddFields(table, "FullYear", 0, 3, static t => Calendar.Civil(t).Year);
        AddFields(table, "Month", 1, 2, static t => Calendar.Civil(t).Month - 1);
        AddFields(table, "Date", 2, 1, static t => Calendar.Civil(t).Day);
        AddFields(table, "Hours", 3, 4, static t => Math.Floor(Calendar.TimeOfDay(t) / 3_600_000));
        AddFields(table, "Minutes", 4, 3, static t => Math.Floor(Calendar.TimeOfDay(t) / 60_000) % 60);
        AddFields(table, "Seconds", 5, 2, static t => Math.Floor(Calendar.TimeOfDay(t) / 1000) % 60);
        AddFields(table, "Milliseconds", 6, 1, static t => Calendar.TimeOfDay(t) % 1000);
        table.Add("getDay", 0, static (e, self, _) => Read(e, self, isUtc: false, static t => Calendar.DayOfWeek(t)));
        table.Add("getUTCDay", 0, static (e, self, _) => Read(e, self, isUtc: true, static t => Calendar.DayOfWeek(t)));
        return table;
    }

    /// <summary>Adds get and set of a field, local and UTC; a setter may also take the fields that follow it.</summary>
    private static void AddFields(MethodTable table, string name, int field, int most, Func<double, double> read)
    {
        foreach (var isUtc in new[] { false, true })
        {
            var zone = isUtc ? "UTC" : "";
            table.Add($"get{zone}{name}", 0, (e, self, _) => Read(e, self, isUtc, read));
            table.Add($"set{zone}{name}", most, (e, self, a) => Write(e, self, a, isUtc, field, most));
        }
    }

    private static double Read(Evaluation evaluation, JsValue self, bool isUtc, Func<double, double> read)
    {
        var time = This(evaluation, self).Time;
        return double.IsNaN(time) ? time : read(isUtc ? time : Calendar.ToLocal(evaluation, time));
    }

    private static JsValue Write(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments, bool isUtc, int field, int most)
    {
        var date = This(evaluation, self);
        var time = isUtc ? date.Time : Calendar.ToLocal(evaluation, date.Time);
        Span<double> given = stackalloc double[4];
        for (var i = 0; i < Math.Max(1, Math.Min(most, arguments.Length)); i++)
        {
            given[i] = Conversions.ToNumber(evaluation, arguments.At(i));
        }

        if (double.IsNaN(time))
        {
            if (field != 0)
            {
                return double.NaN;
            }

            time = 0;
        }

        var (year, month, day) = Calendar.Civil(time);
        var rest = Calendar.TimeOfDay(time);
        Span<double> fields = [year, month - 1, day, Math.Floor(rest / 3_600_000), Math.Floor(rest / 60_000) % 60, Math.Floor(rest / 1000) % 60, rest % 1000];
        for (var i = 0; i < Math.Max(1, Math.Min(most, arguments.Length)); i++)
        {
            fields[field + i] = given[i];
        }

        var made = Calendar.Make(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]);
        date.Time = Calendar.Clip(isUtc ? made : Calendar.ToUtc(evaluation, made));
        return date.Time;
    }
}
