using System.Security.Cryptography;
using System.Text.Json;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Exchange;

/// <summary>Keeps platforms with their mappings, and remembers what came in.</summary>
/// <param name="session">The session.</param>
public sealed class ExchangeService(ISupervisionSession session)
{
    private const int MostMappings = 200;

    /// <summary>Keeps a platform: its columns are data, and a wrong one is refused with its place.</summary>
    /// <exception cref="RuleViolationException"><c>exchange-code</c>, <c>exchange-mapping</c>, <c>field-missing</c>, <c>other-area</c>; <c>platform-not-found</c> (404) where another area keeps it.</exception>
    public async ValueTask<ExchangePlatform> KeepAsync(string code, ExchangePlatformForm form, CancellationToken cancellationToken = default)
    {
        if (code.Length is < 2 or > 20 || !code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw Refusal.Invalid("exchange-code", "code", "平台代码应为2至20个字母、数字或连字符，如 ZJ-ZHZF。");
        }

        if (session.Actor.Area is { } own && form.Area?.StartsWith(own, StringComparison.Ordinal) != true)
        {
            throw Refusal.Forbidden("other-area", "area", "只能维护本区域的互联平台。");
        }

        Check(form.Mappings);
        var known = await session.FindAsync<ExchangePlatform>(code, cancellationToken);
        // What others keep cannot be taken over by writing the own area into the form.
        if (known is not null && session.Actor.Area is { } mine && known.Area?.StartsWith(mine, StringComparison.Ordinal) != true)
        {
            throw Refusal.NotFound("platform-not-found", "code", "互联平台不存在或不在您的管理范围内：请使用其他代码。");
        }

        var platform = new ExchangePlatform
        {
            Id = code,
            CaseKey = ExchangePlatform.Family,
            Area = form.Area,
            Created = known?.Created ?? session.Cause(),
            Name = Refusal.Text(form.Name, "name", "平台名称"),
            Departments = form.Departments ?? [],
            Mappings = form.Mappings,
            Closed = form.Closed,
        };
        (string, string?)[] facts =
        [
            ("mappings", string.Join(' ', form.Mappings.Select(mapping => $"{mapping.Kind}@{mapping.From:yyyy-MM-dd}"))),
            ("mappingsSha256", Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(form.Mappings, SupervisionJson.Options)))),
            ("area", platform.Area), ("departments", string.Join(' ', platform.Departments)), ("closed", platform.Closed ? "yes" : "no"),
        ];
        return known is null ? session.Add(platform, "exchange.platform", facts) : session.Update(platform, "exchange.platform", facts);
    }

    /// <summary>What was taken under a number before, or null.</summary>
    public ValueTask<ExchangeEntry?> TakenAsync(string platform, ExchangeRecord record, CancellationToken cancellationToken = default) =>
        session.FindAsync<ExchangeEntry>(ExchangeEntry.IdOf(platform, record.Kind, record.ExternalId), cancellationToken);

    /// <summary>Remembers that a record had its effect, in the commit of the effect.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="record">The record.</param>
    /// <param name="caseKey">Family in which it had its effect.</param>
    /// <param name="caseId">Its case, or null.</param>
    /// <param name="area">Area of the case or lead: who sees that sees the entry.</param>
    /// <param name="subjectId">What it brought about, or null.</param>
    /// <param name="effect">The effect in words.</param>
    /// <param name="importer">Who handed it in here.</param>
    public ExchangeEntry Take(ExchangePlatform platform, ExchangeRecord record, string caseKey, string? caseId, string? area, string? subjectId, string effect, Actor importer)
    {
        var entry = new ExchangeEntry
        {
            Id = ExchangeEntry.IdOf(platform.Id, record.Kind, record.ExternalId),
            CaseKey = caseKey,
            CaseId = caseId,
            Area = area ?? platform.Area,
            Created = new Cause(null, importer.Id, importer.Name, session.Now),
            Platform = platform.Id,
            Kind = record.Kind,
            ExternalId = record.ExternalId,
            Sha256 = record.Sha256,
            Content = record.Content,
            Effect = effect,
            SubjectId = subjectId,
        };
        return session.Add(entry, "exchange.taken", ("platform", platform.Id), ("kind", record.Kind.ToString()), ("externalId", record.ExternalId), ("sha256", record.Sha256), ("importer", importer.Id));
    }

    private static void Check(IReadOnlyList<ExchangeMapping> mappings)
    {
        if (mappings.Count > MostMappings || mappings.GroupBy(mapping => (mapping.Kind, mapping.From)).Any(group => group.Count() > 1))
        {
            throw Refusal.Invalid("exchange-mapping", "mappings", $"同一种类、同一生效日期只能有一个映射，总数不超过{MostMappings}。");
        }

        for (var m = 0; m < mappings.Count; m++)
        {
            var (mapping, place) = (mappings[m], $"mappings[{m}]");
            var fields = ExchangeFields.Of(mapping.Kind);
            if (mapping.Columns.Count is 0 or > ExchangeSheets.MostColumns)
            {
                throw Refusal.Invalid("exchange-mapping", $"{place}.columns", $"列数应为1至{ExchangeSheets.MostColumns}。");
            }

            for (var c = 0; c < mapping.Columns.Count; c++)
            {
                var column = mapping.Columns[c];
                if (fields.All(field => field.Name != column.Field))
                {
                    throw Refusal.Invalid("exchange-mapping", $"{place}.columns[{c}].field", $"没有字段“{column.Field}”，可用：{string.Join('、', fields.Select(field => field.Name))}。");
                }

                if (string.IsNullOrWhiteSpace(column.Heading) || column.Heading.Length > 60 || FormulaText.Outward(column.Heading) != column.Heading)
                {
                    throw Refusal.Invalid("exchange-mapping", $"{place}.columns[{c}].heading", "列名应为1至60个字符，不能以等号等公式符号开头。");
                }
            }

            if (mapping.Columns.SelectMany(column => column.Aliases.Prepend(column.Heading)).GroupBy(heading => heading, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                throw Refusal.Invalid("exchange-mapping", $"{place}.columns", $"列名“{twice.Key}”出现了两次。");
            }

            if (mapping.Columns.GroupBy(column => column.Field, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } field2)
            {
                throw Refusal.Invalid("exchange-mapping", $"{place}.columns", $"字段“{field2.Key}”出现了两次。");
            }

            if (fields.FirstOrDefault(field => field.Needed && mapping.Columns.All(column => column.Field != field.Name)) is { } missing)
            {
                throw Refusal.Invalid("exchange-mapping", $"{place}.columns", $"缺少必需的字段“{missing.Name}”（{missing.Meaning}）。");
            }
        }
    }
}

/// <summary>What a platform shall be.</summary>
/// <param name="Name">Name as people read it.</param>
/// <param name="Mappings">Versions of its sheets.</param>
/// <param name="Area">Division code of the area whose work is exchanged; null for the whole city.</param>
/// <param name="Departments">Departments whose work it may hand in; null or empty for all.</param>
/// <param name="Closed">Whether nothing is exchanged any more.</param>
public sealed record ExchangePlatformForm(
    string Name, IReadOnlyList<ExchangeMapping> Mappings, string? Area = null, IReadOnlyList<string>? Departments = null, bool Closed = false);
