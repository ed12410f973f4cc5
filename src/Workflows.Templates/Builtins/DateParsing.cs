using System.Globalization;

namespace Workflows.Templates.Builtins;

/// <summary>Reading of dates. A text with an offset is turned into the time of the rendering's zone, never of the machine's.</summary>
internal static class DateParsing
{
    public static DateTime? Parse(string text, CultureInfo culture, TimeZoneInfo zone)
    {
        if (!DateTime.TryParse(text, culture, DateTimeStyles.RoundtripKind, out var date)) return null;
        if (date.Kind == DateTimeKind.Unspecified) return date;
        if (!DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeUniversal, out var moment)) return null;
        return TimeZoneInfo.ConvertTime(moment, zone).DateTime;
    }

    /// <summary>Reads by a pattern of the kind that <see cref="DatePattern"/> prints; null when the text does not fit.</summary>
    public static DateTime? Parse(string text, string pattern, CultureInfo culture, TimeZoneInfo zone)
    {
        var parts = new Parts { Culture = culture };
        var at = 0;
        return parts.Read(text, ref at, pattern) && at == text.Length ? parts.ToDate(zone) : null;
    }

    private sealed class Parts
    {
        private int _year = 1, _month = 1, _day = 1, _hour, _minute, _second, _dayOfYear;
        private bool? _afternoon;
        private double _fraction;
        private TimeSpan? _offset;
        private long? _epoch;

        public required CultureInfo Culture { get; init; }

        public bool Read(string text, ref int at, string pattern)
        {
            for (var i = 0; i < pattern.Length; i++)
            {
                var ok = pattern[i] == '%' && i + 1 < pattern.Length ? Field(text, ref at, pattern[++i]) : Literal(text, ref at, pattern[i]);
                if (!ok) return false;
            }
            return true;
        }

        private static bool Literal(string text, ref int at, char expected)
        {
            if (at >= text.Length || text[at] != expected) return false;
            at++;
            return true;
        }

        private bool Field(string text, ref int at, char code)
        {
            var names = Culture.DateTimeFormat;
            switch (code)
            {
                case 'Y': return Number(text, ref at, 4, out _year);
                case 'y':
                    if (!Number(text, ref at, 2, out int year)) return false;
                    _year = year < 50 ? 2000 + year : 1900 + year;
                    return true;
                case 'm': return Number(text, ref at, 2, out _month);
                case 'd' or 'e': return Number(text, ref at, 2, out _day);
                case 'H' or 'k': return Number(text, ref at, 2, out _hour);
                case 'I' or 'l':
                    _afternoon ??= false;
                    return Number(text, ref at, 2, out _hour);
                case 'M': return Number(text, ref at, 2, out _minute);
                case 'S': return Number(text, ref at, 2, out _second);
                case 'L' or 'N': return Fraction(text, ref at);
                case 'j': return Number(text, ref at, 3, out _dayOfYear);
                case 's':
                    if (!Number(text, ref at, 12, out long epoch)) return false;
                    _epoch = epoch;
                    return true;
                case 'b' or 'h': return Name(text, ref at, names.AbbreviatedMonthNames, out _month) && ++_month > 0;
                case 'B': return Name(text, ref at, names.MonthNames, out _month) && ++_month > 0;
                case 'a': return Name(text, ref at, names.AbbreviatedDayNames, out _);
                case 'A': return Name(text, ref at, names.DayNames, out _);
                case 'p' or 'P':
                    if (!Name(text, ref at, [names.AMDesignator, names.PMDesignator], out var half)) return false;
                    _afternoon = half == 1;
                    return true;
                case 'Z': return Offset(text, ref at);
                case 'F': return Read(text, ref at, "%Y-%m-%d");
                case 'D': return Read(text, ref at, "%m/%d/%y");
                case 'T': return Read(text, ref at, "%H:%M:%S");
                case 'R': return Read(text, ref at, "%H:%M");
                case 'r': return Read(text, ref at, "%I:%M:%S %p");
                case 'v': return Read(text, ref at, "%e-%b-%Y");
                case 'n': return Literal(text, ref at, '\n');
                case 't': return Literal(text, ref at, '\t');
                case '%': return Literal(text, ref at, '%');
                case 'g': return true;
                default: return false;
            }
        }

        private static bool Number(string text, ref int at, int digits, out int value)
        {
            var ok = Number(text, ref at, digits, out long wide);
            value = (int)Math.Min(wide, int.MaxValue);
            return ok;
        }

        private static bool Number(string text, ref int at, int digits, out long value)
        {
            while (at < text.Length && text[at] == ' ') at++;
            var start = at;
            value = 0;
            while (at < text.Length && at - start < digits && char.IsAsciiDigit(text[at])) value = (value * 10) + text[at++] - '0';
            return at > start;
        }

        private bool Fraction(string text, ref int at)
        {
            var start = at;
            if (!Number(text, ref at, 9, out long digits)) return false;
            _fraction = digits / Math.Pow(10, at - start);
            return true;
        }

        private static bool Name(string text, ref int at, string[] names, out int index)
        {
            for (index = 0; index < names.Length; index++)
            {
                if (names[index].Length == 0 || !text.AsSpan(at).StartsWith(names[index], StringComparison.OrdinalIgnoreCase)) continue;
                at += names[index].Length;
                return true;
            }
            return false;
        }

        private bool Offset(string text, ref int at)
        {
            if (at >= text.Length) return false;
            var sign = text[at++];
            if (sign == 'Z')
            {
                _offset = TimeSpan.Zero;
                return true;
            }
            if (sign is not ('+' or '-') || !Number(text, ref at, 2, out int hours)) return false;
            if (at < text.Length && text[at] == ':') at++;
            if (!Number(text, ref at, 2, out int minutes)) return false;
            _offset = new TimeSpan(hours, minutes, 0) * (sign == '-' ? -1 : 1);
            return true;
        }

        public DateTime? ToDate(TimeZoneInfo zone)
        {
            try
            {
                if (_epoch is { } seconds) return TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone).DateTime;
                var hour = _afternoon is { } afternoon ? (_hour % 12) + (afternoon ? 12 : 0) : _hour;
                var date = new DateTime(_year, _month, _day, hour, _minute, _second, DateTimeKind.Unspecified).AddSeconds(_fraction);
                if (_dayOfYear > 0) date = new DateTime(_year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(_dayOfYear - 1).Add(date.TimeOfDay);
                return _offset is { } offset ? TimeZoneInfo.ConvertTime(new DateTimeOffset(date, offset), zone).DateTime : date;
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }
}
