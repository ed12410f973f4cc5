using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Workflows.Supervision.Time;

/// <summary>What one calendar file says, checked as a whole before any of it is used.</summary>
internal sealed record CalendarFile(
    ImmutableArray<PublishedYear> Years,
    ImmutableArray<CalendarDay> Days,
    ImmutableArray<(DateOnly Date, string Name)> Statutory,
    ImmutableArray<CalendarOverlay> Overlays)
{
    private const int LargestFile = 1 << 20;

    public static CalendarFile Read(Stream json, DateOnly loadedOn)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = json.Read(chunk, 0, chunk.Length)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > LargestFile)
            {
                throw Invalid("文件", "文件超过 1 MiB，请按年度拆分后再导入。");
            }
        }

        try
        {
            var text = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
            if (text.Span.StartsWith("\uFEFF"u8))
            {
                text = text[3..];
            }

            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(document.RootElement, loadedOn);
        }
        catch (JsonException e)
        {
            throw Invalid($"第 {e.LineNumber + 1} 行", "不是有效的 JSON，请按 calendars/china.json 的格式修改。");
        }
    }

    private static CalendarFile Read(JsonElement root, DateOnly loadedOn)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("文件", "最外层应为对象，请按 calendars/china.json 的格式修改。");
        }

        var days = Items(root, "days").Select((d, i) => Day(d, $"days[{i}]")).ToImmutableArray();
        if (days.GroupBy(d => d.Date).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw Invalid($"days {twice.Key:yyyy-MM-dd}", "同一日期出现多次，请只保留一条。");
        }

        return new CalendarFile(
            ReadYears(root, days, loadedOn),
            days,
            [.. Items(root, "statutory").Select((s, i) => (Date(s, "date", $"statutory[{i}]"), Text(s, "name", $"statutory[{i}]")))],
            [.. Items(root, "overlays").Select((o, i) => Overlay(o, $"overlays[{i}]", loadedOn))]);
    }

    private static ImmutableArray<PublishedYear> ReadYears(JsonElement root, ImmutableArray<CalendarDay> days, DateOnly loadedOn)
    {
        var sources = string.Join("; ", Items(root, "source").Where(s => s.ValueKind == JsonValueKind.String).Select(s => s.GetString()));
        if (!root.TryGetProperty("official", out var official))
        {
            return [.. days.Select(d => d.Date.Year).Distinct().Order().Select(y => new PublishedYear(y, "", sources, loadedOn))];
        }

        if (official.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("official", "应为“年份: 文号与网址”的对象。");
        }

        var years = ImmutableArray.CreateBuilder<PublishedYear>();
        foreach (var entry in official.EnumerateObject())
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
                || year is < 1991 or > 2300 || entry.Value.ValueKind != JsonValueKind.String)
            {
                throw Invalid($"official.{entry.Name}", "年份应为四位数字，内容应为文号与网址。");
            }

            // A year announced without a single day off would silently turn every holiday into a working day.
            if (!days.Any(d => d.Date.Year == year && d.Kind == DayKind.Holiday))
            {
                throw Invalid($"official.{entry.Name}", "该年度没有任何放假日，请补充 days 或删去该年度。");
            }

            var parts = entry.Value.GetString()!.Split(' ', 2);
            years.Add(new PublishedYear(year, parts[0], parts.Length > 1 ? parts[1] : sources, loadedOn));
        }

        return years.ToImmutable();
    }

    private static CalendarDay Day(JsonElement item, string place)
    {
        var off = Flag(item, "off", place);
        var date = Date(item, "date", place);
        return !off && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            ? new CalendarDay(date, DayKind.WorkingDay, null)
            : new CalendarDay(date, off ? DayKind.Holiday : DayKind.MakeUpWorkday, Text(item, "name", place));
    }

    private static CalendarOverlay Overlay(JsonElement item, string place, DateOnly loadedOn) => new(
        Text(item, "id", place),
        new CalendarScope(OptionalText(item, "region"), OptionalText(item, "organ")),
        [.. Items(item, "dates").Select((d, i) => ParseDate(d, $"{place}.dates[{i}]"))],
        Flag(item, "off", place),
        Text(item, "reason", place),
        OptionalText(item, "source") ?? "",
        loadedOn);

    private static List<JsonElement> Items(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) switch
        {
            false => [],
            true when value.ValueKind == JsonValueKind.Array => [.. value.EnumerateArray()],
            _ => throw Invalid(name, "应为数组。"),
        };

    private static DateOnly Date(JsonElement item, string name, string place) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value)
            ? ParseDate(value, $"{place}.{name}")
            : throw Invalid($"{place}.{name}", "缺少日期。");

    private static DateOnly ParseDate(JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.String
        && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= 1991 and <= 2300
            ? date
            : throw Invalid(place, "日期应写作 2026-01-01 的形式，年份在 1991 至 2300 之间。");

    private static bool Flag(JsonElement item, string name, string place) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? item.GetProperty(name).GetBoolean()
            : throw Invalid($"{place}.{name}", "应为 true（放假）或 false（上班）。");

    private static string Text(JsonElement item, string name, string place) =>
        OptionalText(item, name) ?? throw Invalid($"{place}.{name}", "缺少文字。");

    private static string? OptionalText(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DomainRuleException Invalid(string place, string problem) =>
        new("calendar-file-invalid", $"日历文件{place}：{problem}", place);
}
