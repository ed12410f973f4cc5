using Workflows.Host.Problems;
using Workflows.Storage.Queries.Instances;

namespace Workflows.Host.Elsa.Instances;

/// <summary>Elsa's main status.</summary>
internal enum ElsaStatus
{
    /// <summary>Something can still happen.</summary>
    Running,

    /// <summary>Nothing can happen any more.</summary>
    Finished,
}

/// <summary>Elsa's sub-status.</summary>
internal enum ElsaSubStatus
{
    /// <summary>Created.</summary>
    Pending,

    /// <summary>In a burst; never seen from outside.</summary>
    Executing,

    /// <summary>Waits.</summary>
    Suspended,

    /// <summary>Completed.</summary>
    Finished,

    /// <summary>Cancelled.</summary>
    Cancelled,

    /// <summary>Ended by a fault.</summary>
    Faulted,

    /// <summary>Stopped by a drain; never the case here, a burst that is cut short has not happened.</summary>
    Interrupted,
}

/// <summary>Column of a condition on time.</summary>
internal enum ElsaTimeColumn
{
    /// <summary>When it began.</summary>
    CreatedAt,

    /// <summary>When it last went on.</summary>
    UpdatedAt,

    /// <summary>When it ended.</summary>
    FinishedAt,
}

/// <summary>A condition on time as Studio sends it.</summary>
internal sealed record TimestampFilter
{
    /// <summary>Which time.</summary>
    public ElsaTimeColumn? Column { get; init; }

    /// <summary>How it is compared.</summary>
    public TimeComparison? Operator { get; init; }

    /// <summary>With what.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}

/// <summary>Which instances are meant: the members that lists and alterations share. Empty lists and texts do not count, as in Elsa.</summary>
internal record InstanceFilter
{
    private const int LongestList = 1000;
    private const int MostTimes = 4;

    /// <summary>Part of an id, a definition, a correlation id or a name.</summary>
    public string? SearchTerm { get; init; }

    /// <summary>Definition.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Definitions.</summary>
    public IReadOnlyList<string>? DefinitionIds { get; init; }

    /// <summary>Id of a version.</summary>
    public string? DefinitionVersionId { get; init; }

    /// <summary>Ids of versions.</summary>
    public IReadOnlyList<string>? DefinitionVersionIds { get; init; }

    /// <summary>Correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Correlation ids.</summary>
    public IReadOnlyList<string>? CorrelationIds { get; init; }

    /// <summary>Names.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Instances that dispatched them.</summary>
    public IReadOnlyList<string>? ParentWorkflowInstanceIds { get; init; }

    /// <summary>Number of the version.</summary>
    public int? Version { get; init; }

    /// <summary>With or without incidents.</summary>
    public bool? HasIncidents { get; init; }

    /// <summary>System instances, of which there are none here.</summary>
    public bool? IsSystem { get; init; }

    /// <summary>Main status.</summary>
    public ElsaStatus? Status { get; init; }

    /// <summary>Main statuses.</summary>
    public IReadOnlyList<ElsaStatus>? Statuses { get; init; }

    /// <summary>Sub-status.</summary>
    public ElsaSubStatus? SubStatus { get; init; }

    /// <summary>Sub-statuses.</summary>
    public IReadOnlyList<ElsaSubStatus>? SubStatuses { get; init; }

    /// <summary>Conditions on times.</summary>
    public IReadOnlyList<TimestampFilter>? TimestampFilters { get; init; }

    /// <summary>Whether nothing narrows it.</summary>
    public static bool IsEmpty(InstanceSelection selection) => selection is
    {
        SearchTerm: null, Ids: null, DefinitionIds: null, DefinitionVersionIds: null, Version: null, CorrelationIds: null, ParentIds: null, Names: null,
        Statuses: null, SubStatuses: null, HasIncidents: null, Times.Count: 0,
    };

    /// <summary>As the store takes it; refuses what is too long or half filled in (400).</summary>
    /// <param name="ids">Ids of instances, where the request names them.</param>
    public InstanceSelection ToSelection(IReadOnlyList<string>? ids = null) => new()
    {
        SearchTerm = string.IsNullOrWhiteSpace(SearchTerm) ? null : SearchTerm.Length <= 200 ? SearchTerm : throw TooLong("searchTerm", 200),
        Ids = IsSystem == true ? [] : List("ids", null, ids),
        DefinitionIds = List("definitionIds", DefinitionId, DefinitionIds),
        DefinitionVersionIds = List("definitionVersionIds", DefinitionVersionId, DefinitionVersionIds),
        CorrelationIds = List("correlationIds", CorrelationId, CorrelationIds),
        ParentIds = List("parentWorkflowInstanceIds", null, ParentWorkflowInstanceIds),
        Names = List("names", null, Names),
        Version = Version,
        HasIncidents = HasIncidents,
        Statuses = List("statuses", Status?.ToString(), Statuses?.Select(status => status.ToString()).ToArray()),
        SubStatuses = List("subStatuses", SubStatus?.ToString(), SubStatuses?.Select(status => status.ToString()).ToArray()),
        Times = TimestampFilters is { Count: > MostTimes } ? throw TooLong("timestampFilters", MostTimes) : [.. (TimestampFilters ?? []).Select(Time)],
    };

    private static TimeCondition Time(TimestampFilter? filter) => filter is { Column: { } column, Operator: { } comparison, Timestamp: { } at }
        ? new TimeCondition(
            column switch { ElsaTimeColumn.UpdatedAt => InstanceTime.Updated, ElsaTimeColumn.FinishedAt => InstanceTime.Finished, _ => InstanceTime.Created }, comparison, at)
        : throw new RefusedException(new Refusal(400, "missing-field", "timestampFilters", "时间条件须同时填写 column、operator 和 timestamp。"));

    private static string[]? List(string field, string? one, IReadOnlyList<string>? several)
    {
        string[] values = [.. (several ?? []).Append(one).OfType<string>().Where(value => value.Length > 0).Distinct()];
        return values.Length > LongestList ? throw TooLong(field, LongestList) : values.Length == 0 ? null : values;
    }

    private static RefusedException TooLong(string field, int most) =>
        new(new Refusal(400, "too-long", field, $"{field} 最多{most}项（字）：请缩小范围。"));
}

/// <summary>Order of a list as Elsa's server and client name it.</summary>
internal enum ElsaInstanceOrder
{
    /// <summary>When they began.</summary>
    Created,

    /// <summary>When they last went on, as the server calls it.</summary>
    UpdatedAt,

    /// <summary>When they last went on, as the client calls it.</summary>
    LastExecuted,

    /// <summary>When they ended.</summary>
    Finished,

    /// <summary>By name.</summary>
    Name,
}

/// <summary>Direction of a list.</summary>
internal enum ElsaDirection
{
    /// <summary>Smallest first.</summary>
    Ascending,

    /// <summary>Greatest first.</summary>
    Descending,
}

/// <summary>What Studio sends for a page of the list.</summary>
internal sealed record InstanceListRequest : InstanceFilter
{
    /// <summary>Most rows of a page.</summary>
    public const int LargestPage = 500;

    private const int DefaultPage = 100;

    /// <summary>Page, from 0.</summary>
    public int? Page { get; init; }

    /// <summary>Rows of a page, 1–500; 100 where none is named.</summary>
    public int? PageSize { get; init; }

    /// <summary>Order; by beginning where none is named.</summary>
    public ElsaInstanceOrder? OrderBy { get; init; }

    /// <summary>Direction; newest first where none is named.</summary>
    public ElsaDirection? OrderDirection { get; init; }

    /// <summary>Order as the store takes it.</summary>
    public InstanceOrder Order => OrderBy switch
    {
        ElsaInstanceOrder.UpdatedAt or ElsaInstanceOrder.LastExecuted => InstanceOrder.Updated,
        ElsaInstanceOrder.Finished => InstanceOrder.Finished,
        ElsaInstanceOrder.Name => InstanceOrder.Name,
        _ => InstanceOrder.Created,
    };

    /// <summary>The stretch of the page; refuses a page outside of its range (400).</summary>
    public Stretch ToStretch()
    {
        var size = PageSize is { } asked ? StrictBody.InRange(asked, "pageSize", 1, LargestPage) : DefaultPage;
        return new Stretch((long)StrictBody.InRange(Page ?? 0, "page", 0, 1_000_000) * size, size);
    }

    /// <summary>The same request as it stands in a query.</summary>
    public static InstanceListRequest Of(HttpContext context) => new()
    {
        SearchTerm = context.Request.Query["searchTerm"],
        DefinitionId = context.Request.Query["definitionId"],
        DefinitionIds = StrictBody.Texts(context, "definitionIds"),
        CorrelationId = context.Request.Query["correlationId"],
        Version = StrictBody.Number(context, "version", 1, int.MaxValue),
        HasIncidents = StrictBody.Flag(context, "hasIncidents"),
        IsSystem = StrictBody.Flag(context, "isSystem"),
        Status = StrictBody.Name<ElsaStatus>(context, "status"),
        Statuses = StrictBody.Texts(context, "statuses")?.Select(text => StrictBody.Name<ElsaStatus>(text, "statuses")).ToArray(),
        SubStatus = StrictBody.Name<ElsaSubStatus>(context, "subStatus"),
        SubStatuses = StrictBody.Texts(context, "subStatuses")?.Select(text => StrictBody.Name<ElsaSubStatus>(text, "subStatuses")).ToArray(),
        Page = StrictBody.Number(context, "page", 0, int.MaxValue),
        PageSize = StrictBody.Number(context, "pageSize", int.MinValue, int.MaxValue),
        OrderBy = StrictBody.Name<ElsaInstanceOrder>(context, "orderBy"),
        OrderDirection = StrictBody.Name<ElsaDirection>(context, "orderDirection"),
    };
}
