using System.Globalization;
using System.Numerics;
using Workflows.Supervision.LegalBases;
using Workflows.Supervision.Time;
using Workflows.Templates;

namespace Workflows.Activities.Documents;

/// <summary>
/// The functions <c>cn.…</c> that document templates have beside those of the language (<c>templates/README.md</c>). Null stays null, so
/// that a missing field is reported once, as the field.
/// </summary>
public static class DocumentFunctions
{
    private const string DateDigits = "〇一二三四五六七八九";

    /// <summary>The functions, to be built once and shared.</summary>
    public static TemplateFunctions Create() => new TemplateFunctions()
        .Add("cn.date", 1, 0, a => a[0] is null ? null : ChineseDate.Of(Date(a[0]!)))
        .Add("cn.datetime", 1, 0, a => a[0] is null ? null : DateAndTime(a[0]!))
        .Add("cn.date_upper", 1, 0, a => a[0] is null ? null : Upper(Date(a[0]!)))
        .Add("cn.number", 1, 0, a => a[0] is null ? null : ChineseNumeral.Of((int)Number(a[0]!)))
        .Add("cn.money", 1, 0, a => a[0] is null ? null : CapitalAmount.Of(Number(a[0]!)))
        .Add("cn.checkbox", 1, 0, a => a[0] is true ? "☑" : "□")
        .Add("cn.sentence", 1, 0, a => a[0] is null ? null : Sentence(Text(a[0]!)))
        .Add("cn.mask_id", 1, 0, a => a[0] is null ? null : PersonalData.IdentityNumber(Text(a[0]!)))
        .Add("cn.mask_phone", 1, 0, a => a[0] is null ? null : PersonalData.Phone(Text(a[0]!)))
        .Add("cn.mask_name", 1, 0, a => a[0] is null ? null : PersonalData.Name(Text(a[0]!)))
        .Add("cn.cite", 1, 0, a => a[0] is null ? null : Citation(a[0]!));

    private static DateOnly Date(object value) => value switch
    {
        DateTime date => DateOnly.FromDateTime(date),
        string text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        string text => ShanghaiTime.DateOf(Instant(text)),
        _ => throw new FormatException("应为日期，形如 2026-12-01"),
    };

    private static string DateAndTime(object value)
    {
        var instant = Instant(Text(value));
        var time = ShanghaiTime.TimeOf(instant);
        return string.Create(CultureInfo.InvariantCulture, $"{ChineseDate.Of(ShanghaiTime.DateOf(instant))}{time.Hour}时{time.Minute:00}分");
    }

    private static DateTimeOffset Instant(string text) =>
        text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new FormatException($"“{text}”不是时间，应形如 2026-12-01T01:05:00Z");

    private static string Upper(DateOnly date) =>
        $"{string.Concat(date.Year.ToString(CultureInfo.InvariantCulture).Select(d => DateDigits[d - '0']))}年{ChineseNumeral.Of(date.Month)}月{ChineseNumeral.Of(date.Day)}日";

    private static decimal Number(object value) => value switch
    {
        BigInteger big when BigInteger.Abs(big) < (BigInteger)1e18 => (decimal)big,
        IConvertible and not string and not bool => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        _ => throw new FormatException($"“{value}”不是数字"),
    };

    private static string Text(object value) => value as string ?? throw new FormatException("应为文字");

    private static string Sentence(string text) => text.Length > 0 && !"。！？…；".Contains(text[^1], StringComparison.Ordinal) ? text + "。" : text;

    private static string Citation(object value)
    {
        if (value is string ready)
        {
            return ready;
        }

        var basis = value as IReadOnlyDictionary<string, object?> ?? throw new FormatException("应为法律依据：law、article、paragraph、item");
        var law = basis.GetValueOrDefault("law") as string ?? throw new FormatException("法律依据缺少 law");
        var number = basis.GetValueOrDefault("documentNumber") is string document ? $"（{document}）" : "";
        int? Part(string name) => basis.GetValueOrDefault(name) is { } part ? (int)Number(part) : null;
        var place = Part("article") is { } article ? new ArticleReference(article, Paragraph: Part("paragraph"), Item: Part("item")) : null;
        return $"《{law}》{number}{place}";
    }
}
