using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Exchange;

/// <summary>What is exchanged with another platform.</summary>
public enum ExchangeKind
{
    /// <summary>检查任务: the checklist of a visit goes out, the signed answers come back.</summary>
    Inspections,

    /// <summary>复查任务: the open items of the orders go out, the opinions come back.</summary>
    Reinspections,

    /// <summary>立案: what was filed goes out, number and outcome come back (案件办理中).</summary>
    Filings,

    /// <summary>线索工单 such as those of 12345: they come in with number and deadline, the answers go out.</summary>
    Leads,

    /// <summary>答复回执: the source says that it received an answer; in only.</summary>
    Receipts,

    /// <summary>抽查计划: in either direction.</summary>
    Plans,

    /// <summary>问题: out only.</summary>
    Findings,

    /// <summary>文书: out as a list with hashes.</summary>
    Documents,

    /// <summary>检查结果 of cases: out only.</summary>
    Results,
}

/// <summary>A value as both sides write it.</summary>
/// <param name="Ours">Our word, such as 符合.</param>
/// <param name="Theirs">Their word, such as 合格. Of several for one of ours the first goes out, all come in.</param>
public sealed record ExchangeValue(string Ours, string Theirs);

/// <summary>A column of a sheet.</summary>
public sealed record ExchangeColumn
{
    /// <summary>Our field (see <see cref="ExchangeFields"/>).</summary>
    public required string Field { get; init; }

    /// <summary>Their heading.</summary>
    public required string Heading { get; init; }

    /// <summary>Other headings under which it is read.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Words that differ; empty where both write the same.</summary>
    public IReadOnlyList<ExchangeValue> Values { get; init; } = [];

    /// <summary>What stands for an empty cell that comes in, in our words; null for nothing.</summary>
    public string? WhenEmpty { get; init; }

    /// <summary>Whether the other side fills it in; such columns are empty or prefilled when they go out.</summary>
    public bool Filled { get; init; }
}

/// <summary>How a kind of thing stands in a platform's sheets from a day on.</summary>
public sealed record ExchangeMapping
{
    /// <summary>What is exchanged.</summary>
    public required ExchangeKind Kind { get; init; }

    /// <summary>First day on which it is used.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Title of the sheet.</summary>
    public required string Title { get; init; }

    /// <summary>Its columns, in order.</summary>
    public required IReadOnlyList<ExchangeColumn> Columns { get; init; }
}

/// <summary>互联平台: a system with which work is exchanged, what it may speak for, and how its sheets look. All of it is data.</summary>
public sealed record ExchangePlatform : SupervisionRecord
{
    /// <summary>Family under which platforms change.</summary>
    public const string Family = "exchange";

    /// <summary>Name as people read it.</summary>
    public required string Name { get; init; }

    /// <summary>Departments whose work it may hand in; empty for all of its area.</summary>
    public IReadOnlyList<string> Departments { get; init; } = [];

    /// <summary>Versions of its sheets.</summary>
    public required IReadOnlyList<ExchangeMapping> Mappings { get; init; }

    /// <summary>Whether nothing is exchanged with it any more.</summary>
    public bool Closed { get; init; }

    /// <summary>Mappings of a kind in force on a day or before it, the newest first: a sheet that went out under an older one may still come back.</summary>
    public IReadOnlyList<ExchangeMapping> MappingsOf(ExchangeKind kind, DateOnly day) =>
        [.. Mappings.Where(mapping => mapping.Kind == kind && mapping.From <= day).OrderByDescending(mapping => mapping.From)];

    /// <summary>Whether it may hand in work of a department.</summary>
    public bool SpeaksFor(string? department) => Departments.Count == 0 || (department is not null && Departments.Contains(department, StringComparer.Ordinal));

    /// <inheritdoc/>
    protected override string StateKey => Closed ? "Closed" : "Open";
}

/// <summary>What came in from a platform and had its effect: the same again has none, something else under the same number is refused.</summary>
public sealed record ExchangeEntry : SupervisionRecord
{
    /// <summary>Code of the platform.</summary>
    public required string Platform { get; init; }

    /// <summary>What it is.</summary>
    public required ExchangeKind Kind { get; init; }

    /// <summary>Its number there, or ours where the platform kept ours.</summary>
    public required string ExternalId { get; init; }

    /// <summary>SHA-256 of all that was handed in and read, lower-case hex; it stays when the content is erased.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What was handed in, in our fields, as canonical JSON, without who reported; null once erased (到期删除) and for readers other than the platform.</summary>
    public string? Content { get; init; }

    /// <summary>What it brought about, such as 现场检查已记录.</summary>
    public required string Effect { get; init; }

    /// <summary>Id of what it brought about or concerns.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Id of the entry of a number; the same number is never taken twice.</summary>
    public static string IdOf(string platform, ExchangeKind kind, string externalId) =>
        $"{platform}|{kind}|{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(externalId)))[..40]}";

    /// <inheritdoc/>
    protected override string StateKey => "Taken";

    /// <inheritdoc/>
    protected override string? KindKey => Kind.ToString();
}
