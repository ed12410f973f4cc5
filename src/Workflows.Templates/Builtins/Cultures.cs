using System.Collections.Concurrent;
using System.Globalization;

namespace Workflows.Templates.Builtins;

/// <summary>
/// Number and date conventions of the cultures that a template may name. They are kept here, because the application runs with invariant
/// globalisation and must print the same on every machine.
/// </summary>
internal static class Cultures
{
    private static readonly ConcurrentDictionary<string, CultureInfo?> Known = new(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] English = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static CultureInfo Invariant => CultureInfo.InvariantCulture;

    public static CultureInfo? Find(string name)
    {
        if (Known.TryGetValue(name, out var known)) return known;
        var culture = Create(name.ToUpperInvariant());
        if (culture is not null) Known.TryAdd(name, culture);
        return culture;
    }

    private static CultureInfo? Create(string name) => name switch
    {
        "EN-US" or "EN" => English12("$", "M/d/yyyy", "h:mm:ss tt"),
        "EN-GB" => English12("£", "dd/MM/yyyy", "HH:mm:ss"),
        "ZH-CN" or "ZH" or "ZH-HANS" or "ZH-HANS-CN" => Chinese(),
        "FR-FR" or "FR" => European("\u202f", ",", "dd/MM/yyyy",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            "dimanche lundi mardi mercredi jeudi vendredi samedi", "dim. lun. mar. mer. jeu. ven. sam."),
        "DE-DE" or "DE" => European(".", ",", "dd.MM.yyyy",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
            "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag", "So Mo Di Mi Do Fr Sa"),
        "ES-ES" or "ES" => European(".", ",", "d/M/yyyy",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "ene feb mar abr may jun jul ago sept oct nov dic",
            "domingo lunes martes miércoles jueves viernes sábado", "dom lun mar mié jue vie sáb"),
        "IT-IT" or "IT" => European(".", ",", "dd/MM/yyyy",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            "domenica lunedì martedì mercoledì giovedì venerdì sabato", "dom lun mar mer gio ven sab"),
        "INVARIANT" => Invariant,
        _ => null,
    };

    private static CultureInfo English12(string currency, string date, string time)
    {
        var culture = Base();
        culture.NumberFormat.CurrencySymbol = currency;
        culture.NumberFormat.CurrencyPositivePattern = 0;
        culture.NumberFormat.CurrencyNegativePattern = 1;
        culture.NumberFormat.PercentPositivePattern = 1;
        culture.NumberFormat.PercentNegativePattern = 1;
        culture.NumberFormat.PositiveInfinitySymbol = "∞";
        culture.NumberFormat.NegativeInfinitySymbol = "-∞";
        culture.DateTimeFormat.ShortDatePattern = date;
        culture.DateTimeFormat.LongTimePattern = time;
        return culture;
    }

    private static CultureInfo Chinese()
    {
        var culture = Base();
        culture.NumberFormat.CurrencySymbol = "¥";
        culture.NumberFormat.CurrencyPositivePattern = 0;
        culture.NumberFormat.CurrencyNegativePattern = 1;
        culture.NumberFormat.PercentPositivePattern = 1;
        culture.NumberFormat.PercentNegativePattern = 1;
        var dates = culture.DateTimeFormat;
        dates.ShortDatePattern = "yyyy/M/d";
        dates.LongDatePattern = "yyyy年M月d日dddd";
        dates.LongTimePattern = "HH:mm:ss";
        dates.AMDesignator = "上午";
        dates.PMDesignator = "下午";
        string[] months = ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"];
        SetMonths(dates, months, [.. Enumerable.Range(1, 12).Select(m => $"{m}月")]);
        SetDays(dates, ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"], ["周日", "周一", "周二", "周三", "周四", "周五", "周六"]);
        return culture;
    }

    private static CultureInfo European(string group, string point, string date, string months, string shortMonths, string days, string shortDays)
    {
        var culture = Base();
        var numbers = culture.NumberFormat;
        numbers.NumberGroupSeparator = numbers.CurrencyGroupSeparator = numbers.PercentGroupSeparator = group;
        numbers.NumberDecimalSeparator = numbers.CurrencyDecimalSeparator = numbers.PercentDecimalSeparator = point;
        numbers.CurrencySymbol = "€";
        numbers.CurrencyPositivePattern = 3;
        numbers.CurrencyNegativePattern = 8;
        culture.DateTimeFormat.ShortDatePattern = date;
        culture.DateTimeFormat.LongTimePattern = "HH:mm:ss";
        culture.DateTimeFormat.FirstDayOfWeek = DayOfWeek.Monday;
        culture.DateTimeFormat.CalendarWeekRule = CalendarWeekRule.FirstFourDayWeek;
        SetMonths(culture.DateTimeFormat, months.Split(' '), shortMonths.Split(' '));
        SetDays(culture.DateTimeFormat, days.Split(' '), shortDays.Split(' '));
        return culture;
    }

    private static CultureInfo Base()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalDigits = 2;
        culture.DateTimeFormat.MonthNames = [.. English, string.Empty];
        return culture;
    }

    private static void SetMonths(DateTimeFormatInfo dates, string[] names, string[] abbreviated)
    {
        dates.MonthNames = dates.MonthGenitiveNames = [.. names, string.Empty];
        dates.AbbreviatedMonthNames = dates.AbbreviatedMonthGenitiveNames = [.. abbreviated, string.Empty];
    }

    private static void SetDays(DateTimeFormatInfo dates, string[] names, string[] abbreviated)
    {
        dates.DayNames = names;
        dates.AbbreviatedDayNames = abbreviated;
    }
}
