using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Deputies;
using Workflows.Host.Api.Reading;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Tasks;

/// <summary>The paper that a decision would issue.</summary>
/// <param name="Title">Title; null where the step decides on no paper.</param>
/// <param name="Html">Its text, marked as a draft.</param>
/// <param name="Missing">What it still lacks, by name; the decision itself is among it.</param>
internal sealed record TaskDraft(string? Title, string? Html, IReadOnlyList<string> Missing);

/// <summary>拟稿: the document before whoever decides on it.</summary>
internal static class DraftRoutes
{
    /// <summary>Maps <c>/api/tasks/{id}/draft</c>.</summary>
    public static void MapTaskDrafts(this IEndpointRouteBuilder api) =>
        api.MapGet("/tasks/{id}/draft", DraftAsync).For(RouteAccess.CaseWorkers).WithTags("待办").WithSummary("拟稿：批准后将出具的文书，不编号、不保存；只给办理此事项的人看");

    private static async Task<TaskDraft> DraftAsync(
        string id, HttpContext context, AggregateReader rows, Viewer viewer, DeputyDesk deputies, ChangeGate gate, CancellationToken cancellationToken)
    {
        var task = await rows.FindAsync<WorkTask>(id, cancellationToken) ?? throw Viewer.NotFound("事项");
        var principal = DeputyDesk.ActsFor(task, viewer.Actor, await deputies.PrincipalsAsync(viewer.Actor, cancellationToken));
        if (task.State != TaskState.Open || principal is null && !TaskAccess.IsFor(task, viewer.Actor))
            throw Viewer.NotFound("事项");
        var none = new TaskDraft(null, null, []);
        if (!ApprovalDrafts.Covers(task.Kind))
            return none;
        // Through the gate, since only there all records of the family are read as one; nothing is changed.
        var answer = await gate.SendAsync(
            new DomainCommand
            {
                Key = gate.NewKey(),
                Actor = context.User.ToActor(),
                CaseKey = task.CaseKey,
                Execute = async (_, services, token) => await services.GetRequiredService<ApprovalDrafts>().FindAsync(task, token),
            },
            cancellationToken);
        return answer.Value is DraftPaper draft && RowRules.ShowsRestricted(draft.Restricted, viewer.Actor)
            ? new TaskDraft(draft.Title, draft.Html, [.. draft.Missing.Select(field => field.Name)])
            : none;
    }
}
