using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Paging;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Leads;

/// <summary>What became of a batch of reports.</summary>
/// <param name="Sent">Reports in it.</param>
/// <param name="Stored">Leads that were stored.</param>
/// <param name="ExactDuplicates">Reports that were there already.</param>
/// <param name="Refused">Reports that were refused.</param>
/// <param name="Linked">Stored leads that are probably duplicates.</param>
/// <param name="Results">Each report, in order.</param>
internal sealed record LeadBatchTaken(int Sent, int Stored, int ExactDuplicates, int Refused, int Linked, IReadOnlyList<IntakeResult> Results)
{
    /// <summary>Counts the results.</summary>
    public static LeadBatchTaken Of(IReadOnlyList<IntakeResult> results) => new(
        results.Count,
        results.Count(r => r.Outcome == IntakeOutcome.Stored),
        results.Count(r => r.Outcome == IntakeOutcome.ExactDuplicate),
        results.Count(r => r.Outcome == IntakeOutcome.Refused),
        results.Count(r => r.Outcome == IntakeOutcome.Stored && r.Links.Count > 0),
        results);
}

/// <summary>线索: intake and reading.</summary>
internal static class LeadRoutes
{
    /// <summary>Maps the routes under <c>/api/leads</c>.</summary>
    public static void MapLeads(this IEndpointRouteBuilder api)
    {
        var leads = api.MapGroup("/leads").WithTags("线索");
        leads.MapPost("", TakeAsync).For(RouteAccess.CaseWorkers).Idempotent().Produces<IntakeResult>(201)
            .WithSummary("报送一条线索：完全重复的不另存，疑似重复的互相关联");
        leads.MapPost("/batch", TakeManyAsync).For(RouteAccess.CaseWorkers).Idempotent().Produces<LeadBatchTaken>()
            .Accepts<NewLead[]>("application/json", LeadBatch.Lines).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LeadBatch.LargestBody))
            .WithSummary("成批报送线索（JSON数组，或每行一个JSON对象），至多500条：有错的逐条退回，其余照收");
        leads.MapGet("", ListAsync).For(RouteAccess.CaseReaders).WithSummary("线索列表；mine=true 只列等我办理的，late=true 只列超期未办的，replyLate=true 只列答复超期的，view 为工作台的分类，order=newest 新的在前");
        leads.MapGet("/{id}", FindAsync).For(RouteAccess.CaseReaders).WithSummary("线索详情及办理经过");
    }

    private static Task<IResult> TakeAsync(NewLead lead, HttpContext context, ChangeGate gate, CancellationToken cancellationToken) =>
        gate.ServiceAsync<LeadIntake, IntakeResult>(context, LeadIntake.Family, (intake, token) => intake.TakeAsync(lead, token), cancellationToken, StatusCodes.Status201Created);

    private static async Task<IResult> TakeManyAsync(HttpContext context, ChangeGate gate, CancellationToken cancellationToken)
    {
        var batch = await LeadBatch.ReadAsync(context.Request, cancellationToken);
        NewLead[] given = [.. batch.Leads.Select(read => read.Lead)];
        return await gate.ServiceAsync<LeadIntake, LeadBatchTaken>(
            context, LeadIntake.Family, async (intake, token) => LeadBatchTaken.Of(batch.Answers(await intake.TakeAsync(given, token))), cancellationToken);
    }

    /// <summary>One page of leads.</summary>
    public static Task<Page<Lead>> ListAsync(
        AggregateReader rows, Viewer viewer, PageRequest page, TimeProvider clock, CancellationToken cancellationToken,
        LeadState? state = null, TriggerKind? trigger = null, string? department = null, string? area = null, string? matter = null, string? targetId = null, bool mine = false, bool late = false, bool replyLate = false, LeadView? view = null)
    {
        var (actor, sight, owners, now) = (viewer.Actor, viewer.Sight, viewer.Owners, clock.GetUtcNow());
        var (stateKey, kind, own) = (state?.ToString(), trigger?.ToString(), actor.Department);
        var all = sight.AllDepartments || LeadDoor.IsTown(actor);
        return rows.PageAsync<Lead, Lead>(
            page,
            query => query.Where(row => (stateKey == null || row.State == stateKey) && (kind == null || row.Kind == kind) && (department == null || row.Department == department)
                && (area == null || row.Area != null && row.Area.StartsWith(area)) && (targetId == null || row.TargetId == targetId)
                && (!late || row.DueAt != null && row.DueAt <= now)
                && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))
                && (!mine || row.Owner != null && owners.Contains(row.Owner))
                && (all || row.Department == own || row.Owner != null && owners.Contains(row.Owner))),
            lead => (matter is null || lead.MatterCode == matter) && (!replyLate || lead.ReplyLateSince is not null) && LeadViews.Holds(lead, view, now) && LeadDoor.Sees(lead, viewer),
            lead => LeadDoor.Masked(lead, actor),
            cancellationToken).AsTask();
    }

    private static async Task<Lead> FindAsync(string id, LeadDoor door, CancellationToken cancellationToken) => await door.FindAsync(id, cancellationToken);
}
