using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Paging;
using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Public;

/// <summary>抽查结果公示: a row as the public reads it; individuals are masked when it is prepared.</summary>
/// <param name="TaskNumber">Number of the plan or task.</param>
/// <param name="Matter">Matter of the check; like all that follows but district, time and reason, null once the row is withdrawn.</param>
/// <param name="Organs">Organs that checked.</param>
/// <param name="TargetName">Name of the target, masked for individuals.</param>
/// <param name="CreditCode">Unified social credit code; null for individuals.</param>
/// <param name="District">District.</param>
/// <param name="CheckedOn">Day of the check.</param>
/// <param name="Result">Result.</param>
/// <param name="Handling">How it was dealt with.</param>
/// <param name="PublishedAt">When it was published, UTC.</param>
/// <param name="Withdrawn">Why and when the row was withdrawn, or null.</param>
internal sealed record PublicResultRow(
    string TaskNumber, string? Matter, IReadOnlyList<string>? Organs, string? TargetName, string? CreditCode, string District, DateOnly? CheckedOn, string? Result, string? Handling,
    DateTimeOffset? PublishedAt, PublicWithdrawal? Withdrawn)
{
    /// <summary>The row of an entry that is or was published.</summary>
    public static PublicResultRow Of(PublicationEntry entry) => entry.State == PublicationState.Withdrawn
        ? new PublicResultRow(
            entry.TaskNumber, null, null, null, null, entry.District, null, null, null, entry.PublishedAt,
            entry.Withdrawal is { } decision ? new PublicWithdrawal(decision.At, decision.Reason) : null)
        : new PublicResultRow(
            entry.TaskNumber, entry.Matter, entry.Organs, entry.TargetName, entry.CreditCode, entry.District, entry.CheckedOn, entry.Result, entry.Handling, entry.PublishedAt, null);
}

/// <summary>Withdrawal of a published row (行政处罚法 48).</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why.</param>
internal sealed record PublicWithdrawal(DateTimeOffset At, string? Reason);

/// <summary>Who is responsible for what.</summary>
/// <param name="Today">The day for which it holds.</param>
/// <param name="Departments">Departments with their desks.</param>
/// <param name="Towns">Towns and sub-districts.</param>
/// <param name="Matters">Matters of the catalogue in force.</param>
internal sealed record PublicDuties(DateOnly Today, IReadOnlyList<PublicDepartment> Departments, IReadOnlyList<PublicTown> Towns, IReadOnlyList<PublicMatter> Matters);

/// <summary>A department.</summary>
internal sealed record PublicDepartment(string District, string Code, string Name, string? Phone, string? Address);

/// <summary>A town or sub-district.</summary>
internal sealed record PublicTown(string Code, string Name, string District, string DistrictName);

/// <summary>A matter with who manages and who enforces it, and the towns that hold the power over it.</summary>
/// <param name="District">District or city of the catalogue.</param>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Field">执法领域, or null.</param>
/// <param name="Managing">Code of the department that manages.</param>
/// <param name="Enforcing">Code of the department that enforces.</param>
/// <param name="LegalBasis">Legal basis, or null.</param>
/// <param name="Towns">Codes of towns that act in their own name (赋权).</param>
internal sealed record PublicMatter(string District, string Code, string Name, string? Field, string Managing, string Enforcing, string? LegalBasis, IReadOnlyList<string> Towns);

/// <summary>公开: what the law lets everybody read, without an account.</summary>
internal static class PublicReadingRoutes
{
    private const int Most = 5_000;
    private static readonly string[] Shown = [nameof(PublicationState.Published), nameof(PublicationState.Withdrawn)];

    /// <summary>Maps <c>/api/public/results</c> and <c>/api/public/duties</c>.</summary>
    public static void MapPublicReading(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/public").WithTags("公开");
        open.MapGet("/results", ResultsAsync).ForAnybody().WithSummary("抽查结果公示：个人姓名已隐去；撤回的只留理由");
        open.MapGet("/duties", DutiesAsync).ForAnybody().WithSummary("谁负责：部门、镇街和现行管执清单、赋权清单");
    }

    private static Task<Page<PublicResultRow>> ResultsAsync(AggregateReader rows, PageRequest page, CancellationToken cancellationToken, string? result = null, string? district = null) =>
        rows.PageAsync<PublicationEntry, PublicResultRow>(
            page, query => query.Where(row => Shown.Contains(row.State) && (result == null || row.Kind == result) && (district == null || row.Area != null && row.Area.StartsWith(district))),
            static _ => true, PublicResultRow.Of, cancellationToken).AsTask();

    private static async Task<PublicDuties> DutiesAsync(AggregateReader rows, TimeProvider clock, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.DateOf(clock.GetUtcNow());
        var towns = (await rows.ListAsync<Delegation>(static query => query, Most, cancellationToken)).Where(d => d.On(today) is not null && d.Area is not null).ToLookup(d => d.MatterCode, d => d.Area!, StringComparer.Ordinal);
        return new PublicDuties(
            today,
            [.. (await rows.ListAsync<DepartmentRecord>(static query => query, Most, cancellationToken)).Select(d => new PublicDepartment(d.Unit.District, d.Unit.Code, d.Unit.Name, d.Phone, d.Address))],
            [.. (await rows.ListAsync<TownRecord>(static query => query, Most, cancellationToken)).Select(t => new PublicTown(t.Town.Code, t.Town.Name, t.Town.District, t.Town.DistrictName))],
            [.. (await rows.ListAsync<CatalogueMatter>(static query => query, Most, cancellationToken)).Where(m => m.On(today) is not null).Select(m => Of(m, m.On(today)!, towns[m.Code]))]);
    }

    private static PublicMatter Of(CatalogueMatter matter, MatterVersion version, IEnumerable<string> towns) => new(
        matter.Area ?? "", matter.Code, version.Name, version.Field, version.Managing, version.Enforcing, version.LegalBasis,
        [.. towns.Where(town => matter.Area is null || town.StartsWith(matter.Area, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);
}
