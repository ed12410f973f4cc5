using System.Globalization;
using System.Text.Json;
using Workflows.Host.CommandLine;
using Workflows.Host.Composition;
using Workflows.Host.Json;
using Workflows.Storage.Outbox;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Templates;

namespace Workflows.Host.Messages;

/// <summary>What <c>templates/messages/messages.json</c> says of one kind of message.</summary>
/// <param name="Kind">Kind, as domain and diagrams name it.</param>
/// <param name="Urgent">Whether it passes quiet hours.</param>
/// <param name="Inside">Template of the text on this service, for messages with a number; null for the common one. Knows <c>kind</c>, <c>number</c>, <c>due</c>, <c>link</c> and <c>text</c>.</param>
/// <param name="Outside">Template of the text that leaves the service; null for the common one. Knows <c>kind</c>, <c>number</c>, <c>due</c> and <c>link</c>.</param>
internal sealed record MessageKind(string Kind, bool Urgent = false, string? Inside = null, string? Outside = null);

/// <summary>Hours in which nothing leaves the service that can wait, local time; may go over midnight.</summary>
/// <param name="From">Beginning, <c>HH:mm</c>.</param>
/// <param name="To">End, <c>HH:mm</c>.</param>
internal sealed record QuietHours(string From, string To);

/// <summary>The file of message templates.</summary>
/// <param name="Inside">Common template of texts on this service.</param>
/// <param name="Outside">Common template of texts that leave it.</param>
/// <param name="Kinds">What differs by kind. A kind that is not listed is called 通知 outside: its name may come from a diagram.</param>
/// <param name="Quiet">Quiet hours, or null for none.</param>
internal sealed record MessageFile(string Inside, string Outside, IReadOnlyList<MessageKind> Kinds, QuietHours? Quiet = null);

/// <summary>The templates of messages, compiled once, and the hours at which they may go out.</summary>
internal sealed class MessageCatalogue
{
    /// <summary>What a kind that is not listed is called outside.</summary>
    public const string PlainKind = "通知";

    private const int LargestFile = 256 * 1024;
    private readonly Template _inside;
    private readonly Template _outside;
    private readonly Dictionary<string, (MessageKind Kind, Template? Inside, Template? Outside)> _kinds = new(StringComparer.Ordinal);
    private readonly (TimeOnly From, TimeOnly To)? _quiet;

    /// <summary>Compiles the templates of a file.</summary>
    /// <exception cref="BadInputException">A template or an hour cannot be read; the message names the place.</exception>
    public MessageCatalogue(MessageFile file)
    {
        _inside = Compiled(file.Inside, "inside");
        _outside = Compiled(file.Outside, "outside");
        for (var i = 0; i < file.Kinds.Count; i++)
        {
            var kind = file.Kinds[i];
            if (!_kinds.TryAdd(kind.Kind, (kind, kind.Inside is { } inside ? Compiled(inside, $"kinds[{i}].inside") : null, kind.Outside is { } outside ? Compiled(outside, $"kinds[{i}].outside") : null)))
                throw new BadInputException($"templates/messages/messages.json kinds[{i}]：“{kind.Kind}”重复，请合并。");
        }

        _quiet = file.Quiet is { } quiet ? (Hour(quiet.From, "quiet.from"), Hour(quiet.To, "quiet.to")) : null;
    }

    /// <summary>Reads <c>templates/messages/messages.json</c> below the home folder.</summary>
    /// <exception cref="BadInputException">There is none, or it cannot be read.</exception>
    public static MessageCatalogue Read(ServeSettings settings)
    {
        var path = Path.Combine(settings.HomeFolder, "templates", "messages", "messages.json");
        if (!File.Exists(path))
            throw new BadInputException($"缺少消息模板 {path}：请从安装包恢复此文件。");
        if (new FileInfo(path).Length > LargestFile)
            throw new BadInputException($"{path}：文件超过 {LargestFile >> 10} KiB，请精简。");
        try
        {
            return new MessageCatalogue(JsonSerializer.Deserialize<MessageFile>(File.ReadAllBytes(path), HostJson.Options) ?? throw new JsonException("empty"));
        }
        catch (JsonException broken)
        {
            throw new BadInputException($"{path}：第 {broken.LineNumber + 1} 行（{broken.Path}）不符合格式，请对照文档修改。");
        }
    }

    /// <summary>Whether a kind passes quiet hours.</summary>
    public bool IsUrgent(string kind) => _kinds.TryGetValue(kind, out var known) && known.Kind.Urgent;

    /// <summary>The text of a message for the list of an account.</summary>
    public string Inside(OutboxItem item)
    {
        // Without a number the words of the domain stand for themselves.
        if (item.Subject?.Number is null)
            return item.Body;
        var template = _kinds.TryGetValue(item.Kind, out var known) && known.Inside is { } own ? own : _inside;
        return Rendered(template, new Dictionary<string, object?>
        {
            ["kind"] = item.Kind, ["number"] = item.Subject?.Number, ["due"] = DateOf(item.Subject?.Due), ["link"] = item.Subject?.Link, ["text"] = item.Body,
        });
    }

    /// <summary>The text of a message that leaves the service. It sees the fields of <see cref="OutsideFields"/> and nothing else.</summary>
    public string Outside(OutsideFields fields)
    {
        var known = _kinds.GetValueOrDefault(fields.Kind);
        return Rendered(known.Outside ?? _outside, new Dictionary<string, object?>
        {
            ["kind"] = known.Kind is null ? PlainKind : fields.Kind, ["number"] = fields.Number, ["due"] = DateOf(fields.Due), ["link"] = fields.Link,
        });
    }

    /// <summary>When a message of a time may go out: then, or at the end of the quiet hours in which it lies.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="at">When it came to be, UTC.</param>
    public DateTimeOffset Release(string kind, DateTimeOffset at)
    {
        if (_quiet is not { } quiet || quiet.From == quiet.To || IsUrgent(kind))
            return at;
        var (day, time) = (ShanghaiTime.DateOf(at), ShanghaiTime.TimeOf(at));
        // TimeOnly.IsBetween knows ranges over midnight.
        if (!time.IsBetween(quiet.From, quiet.To))
            return at;
        return ShanghaiTime.At(time < quiet.To ? day : day.AddDays(1), quiet.To).ToUniversalTime();
    }

    private static string? DateOf(DateOnly? day) => day is { } date ? ChineseDate.Of(date) : null;

    private static string Rendered(Template template, Dictionary<string, object?> fields) => template.Render(TemplateModel.From(fields)).Trim();

    private static Template Compiled(string source, string place)
    {
        try
        {
            var template = Template.Parse(source, place);
            // What fails on rendering is to fail at the start, not at the first message.
            template.Render(TemplateModel.From(new Dictionary<string, object?> { ["kind"] = "提醒", ["number"] = "1", ["due"] = "2026年1月1日", ["link"] = "/", ["text"] = "文" }));
            return template;
        }
        catch (TemplateException broken)
        {
            throw new BadInputException($"templates/messages/messages.json {place}：第 {broken.Line} 行第 {broken.Column} 列，{broken.Message}");
        }
    }

    private static TimeOnly Hour(string text, string place) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? time
        : throw new BadInputException($"templates/messages/messages.json {place}：应为 HH:mm，如 21:00，现为“{text}”。");
}
