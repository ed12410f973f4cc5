using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <summary>A problem in a scenario file.</summary>
/// <param name="Path">JSON path, such as <c>$.items[3].period.max</c>.</param>
/// <param name="Message">What is wrong and what to do, in Chinese.</param>
/// <param name="IsUnknownName">Whether it is a name that nothing reads.</param>
public sealed record ScenarioProblem(string Path, string Message, bool IsUnknownName = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}：{Message}";
}

/// <summary>Reads one JSON object strictly: each member once, none unknown, all problems collected with their path.</summary>
internal sealed class JsonNodeReader
{
    /// <summary>Remarks of the analyst, allowed everywhere: they decide nothing.</summary>
    private static readonly HashSet<string> Remarks = new(StringComparer.Ordinal) { "$comment", "note", "verify" };

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<ScenarioProblem> _problems;
    private readonly bool _isObject;

    public JsonNodeReader(JsonElement element, string path, List<ScenarioProblem> problems)
    {
        Path = path;
        _problems = problems;
        _isObject = element.ValueKind == JsonValueKind.Object;
        if (!_isObject)
        {
            Report(path, "应为对象 {…}");
            return;
        }

        foreach (var member in element.EnumerateObject().Where(m => !_members.TryAdd(m.Name, m.Value)))
        {
            Report($"{path}.{member.Name}", "重复出现，请只保留一个");
        }
    }

    public string Path { get; }

    public IEnumerable<string> Names => _members.Keys;

    public void Report(string path, string message) => _problems.Add(new ScenarioProblem(path, message));

    public void ReportAt(string name, string message) => Report($"{Path}.{name}", message);

    /// <summary>Reports every member that nobody asked for. Called last.</summary>
    public void Close()
    {
        foreach (var name in _members.Keys.Where(n => !_asked.Contains(n) && !Remarks.Contains(n)))
        {
            var near = _asked.FirstOrDefault(a => string.Equals(a, name, StringComparison.OrdinalIgnoreCase));
            _problems.Add(new ScenarioProblem($"{Path}.{name}", near is null
                ? $"未知字段，请删除；此处可用：{string.Join("、", _asked.Order(StringComparer.Ordinal))}"
                : $"未知字段，是否应写作“{near}”？", true));
        }
    }

    public string Text(string name, int longest = 2000) => OptionalText(name, longest) ?? Missing(name, "");

    public string? OptionalText(string name, int longest = 2000)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString()))
        {
            ReportAt(name, "应为非空文字");
            return "";
        }

        var text = value.GetString()!;
        if (text.Length > longest)
        {
            ReportAt(name, $"长度 {text.Length} 超过上限 {longest}，请缩短");
        }

        return text;
    }

    public bool Flag(string name)
    {
        if (!Has(name, out var value))
        {
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            ReportAt(name, "应为 true 或 false");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    public int Number(string name, int least, int most) => OptionalNumber(name, least, most) ?? Missing(name, least);

    public int? OptionalNumber(string name, int least, int most)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        ReportAt(name, $"应为 {least} 至 {most} 的整数");
        return least;
    }

    public T Choice<T>(string name)
        where T : struct, Enum
    {
        if (!Has(name, out var value))
        {
            return Missing(name, default(T));
        }

        return Parse<T>(value, $"{Path}.{name}");
    }

    public T Parse<T>(JsonElement value, string path)
        where T : struct, Enum
    {
        var names = EnumNames<T>.ByName;
        if (value.ValueKind == JsonValueKind.String && names.TryGetValue(value.GetString()!, out var parsed))
        {
            return parsed;
        }

        Report(path, $"“{Shown(value)}”不是可用的值，可用：{string.Join("、", names.Keys)}");
        return default;
    }

    public bool Has(string name) => Has(name, out _);

    public void Ignore(string name) => _asked.Add(name);

    /// <summary>A number that must have one value.</summary>
    public void Constant(string name, int value) => Number(name, value, value);

    /// <summary>A text that must have one value, because the code knows no other rule.</summary>
    public void Fixed(string name, string value)
    {
        var text = OptionalText(name) ?? Missing(name, "");
        if (text.Length > 0 && text != value)
        {
            ReportAt(name, $"只能是“{value}”");
        }
    }

    public decimal Decimal(string name, decimal least, decimal most)
    {
        if (!Has(name, out var value))
        {
            return Missing(name, least);
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= least && number <= most)
        {
            return number;
        }

        ReportAt(name, $"应为 {least} 至 {most} 的数");
        return least;
    }

    public LegalPeriod Period(string name) => OptionalPeriod(name) ?? Missing(name, LegalPeriod.WorkingDays(1));

    /// <summary>A period such as <c>{"length": 3, "unit": "WorkingDays"}</c>.</summary>
    public LegalPeriod? OptionalPeriod(string name) =>
        Object(name, false, r => Tuple.Create(new LegalPeriod(r.Number("length", 1, 366), r.Choice<PeriodUnit>("unit"))))?.Item1;

    public IReadOnlyList<string> Texts(string name, bool required = false) =>
        List(name, required, (value, path) =>
        {
            if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
            {
                return value.GetString()!;
            }

            Report(path, "应为非空文字");
            return "";
        });

    public IReadOnlyList<TItem> List<TItem>(string name, bool required, Func<JsonElement, string, TItem> read, int most = 500)
    {
        if (!Has(name, out var value))
        {
            return required ? Missing<IReadOnlyList<TItem>>(name, []) : [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            ReportAt(name, "应为数组 […]");
            return [];
        }

        var count = value.GetArrayLength();
        if (count > most || (required && count == 0))
        {
            ReportAt(name, count == 0 ? "不能为空，请至少填写一项" : $"有 {count} 项，超过上限 {most}");
        }

        return [.. value.EnumerateArray().Take(most).Select((e, i) => read(e, $"{Path}.{name}[{i}]"))];
    }

    public TValue? Object<TValue>(string name, bool required, Func<JsonNodeReader, TValue> read)
        where TValue : class
    {
        if (!Has(name, out var value))
        {
            return required ? Missing<TValue?>(name, null) : null;
        }

        return Read(value, $"{Path}.{name}", _problems, read);
    }

    public TValue Nested<TValue>(JsonElement value, string path, Func<JsonNodeReader, TValue> read) => Read(value, path, _problems, read);

    public static TValue Read<TValue>(JsonElement value, string path, List<ScenarioProblem> problems, Func<JsonNodeReader, TValue> read)
    {
        var reader = new JsonNodeReader(value, path, problems);
        var result = read(reader);
        reader.Close();
        return result;
    }

    private bool Has(string name, out JsonElement value)
    {
        _asked.Add(name);
        return _members.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private TValue Missing<TValue>(string name, TValue stand)
    {
        // What is no object has been reported already; each of its members would only repeat it.
        if (_isObject)
        {
            ReportAt(name, "缺少必填字段，请补充");
        }

        return stand;
    }

    private static string Shown(JsonElement value)
    {
        var text = value.ToString();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}

/// <summary>Names of an enumeration as they stand in JSON.</summary>
internal static class EnumNames<T>
    where T : struct, Enum
{
    public static IReadOnlyDictionary<string, T> ByName { get; } = Enum.GetValues<T>().ToDictionary(
        v => typeof(T).GetField(v.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? v.ToString(),
        v => v,
        StringComparer.Ordinal);

    public static string NameOf(T value) => ByName.First(p => EqualityComparer<T>.Default.Equals(p.Value, value)).Key;
}
