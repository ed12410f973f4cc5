using Workflows.Host.Access;
using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Tasks;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Escalation;

/// <summary>Something that is late, or will be.</summary>
/// <param name="Kind"><c>task</c> or <c>lead</c> (超期未办), or <c>clock</c> (a legal period; 逾期未改正 where a party is held by it).</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is.</param>
/// <param name="Owner">Who has to act.</param>
/// <param name="DueAt">When it was or is due, UTC.</param>
/// <param name="Late">Whether it is late now.</param>
/// <param name="CaseId">Case, or null.</param>
/// <param name="PlanId">Plan, or null.</param>
/// <param name="Department">Department whose matter it is, or null.</param>
internal sealed record LateRow(string Kind, string Id, string Title, string? Owner, DateTimeOffset DueAt, bool Late, string? CaseId, string? PlanId, string? Department);

/// <summary>超期 and 逾期: what is late and what will be.</summary>
internal static class LateRoutes
{
    private const int Longest = 500;
    private static readonly string[] OpenLeads = [.. Enum.GetValues<LeadState>().Where(state => state is not (LeadState.Merged or LeadState.Closed)).Select(state => state.ToString())];
    private static readonly TimeSpan LongestOutlook = TimeSpan.FromDays(92);

    /// <summary>Maps <c>/api/overdue</c>.</summary>
    public static void MapLate(this IEndpointRouteBuilder api) =>
        api.MapGet("/overdue", ListAsync).For(RouteAccess.CaseReaders).WithTags("督办").WithSummary("已超期、已逾期的事项；within=P3D 一并列出将到期的，按到期时间排序");

    private static async Task<IReadOnlyList<LateRow>> ListAsync(
        AggregateReader rows, Viewer viewer, TimeProvider clock, CancellationToken cancellationToken, string? within = null)
    {
        var now = clock.GetUtcNow();
        var until = now + Outlook(within);
        var (sight, owners) = (viewer.Sight, viewer.Owners);
        var wide = sight.AllDepartments || LeadDoor.IsTown(viewer.Actor);
        var tasks = await rows.ListAsync<WorkTask>(
            query => query.Where(row => row.State == "Open" && row.DueAt != null && row.DueAt <= until
                && (sight.Area == null || row.Area == null || row.Area.StartsWith(sight.Area))
                && (sight.AllDepartments || row.Department == sight.Department)), Longest, cancellationToken);
        var clocks = await rows.ListAsync<DeadlineClock>(
            query => query.Where(row => row.State == "Running" && row.DueAt != null && row.DueAt <= until
                && (sight.Area == null || row.Area == null || row.Area.StartsWith(sight.Area))
                && (sight.AllDepartments || row.Department == sight.Department)), Longest, cancellationToken);
        var leads = await rows.ListAsync<Lead>(
            query => query.Where(row => OpenLeads.Contains(row.State) && row.DueAt != null && row.DueAt <= until
                && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))
                && (wide || row.Department == sight.Department || row.Owner != null && owners.Contains(row.Owner))), Longest, cancellationToken);
        return
        [
            .. tasks.Where(task => TaskAccess.IsVisible(task, viewer.Actor))
                .Select(task => new LateRow("task", task.Id, task.Title, task.Index.Owner, task.DueAt!.Value, task.DueAt <= now, task.CaseId, task.PlanId, task.Department))
                .Concat(clocks.Select(row => new LateRow("clock", row.Id, row.Clock.RuleCode, row.HeldBy, row.Clock.PassedAt!.Value, row.Clock.PassedAt <= now, row.CaseId, row.PlanId, row.Department)))
                .Concat(leads.Where(lead => LeadDoor.Sees(lead, viewer))
                    .Select(lead => new LateRow("lead", lead.Id, lead.Wait!.Name, lead.Wait.Owner, lead.Index.DueAt!.Value, lead.Index.DueAt <= now, lead.CaseId, null, lead.Department)))
                .OrderBy(row => row.DueAt).ThenBy(row => row.Id, StringComparer.Ordinal),
        ];
    }

    private static TimeSpan Outlook(string? within)
    {
        if (within is null)
            return TimeSpan.Zero;
        return IsoDuration.TryParse(within, out var outlook) && outlook <= LongestOutlook
            ? outlook
            : throw new RefusedException(new Refusal(400, "bad-duration", "within", "时长应为ISO 8601格式且不超过92天，如 P3D 或 PT12H。"));
    }
}
