using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Escalation;
using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Supervision.Oversight;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Oversight;

/// <summary>执法监督: notes of observers with their way to justice, and evaluations of targets and departments.</summary>
internal static class OversightRoutes
{
    /// <summary>Maps the routes under <c>/api/oversight-notes</c> and <c>/api/evaluations</c>.</summary>
    public static void MapOversight(this IEndpointRouteBuilder api)
    {
        var notes = api.MapGroup("/oversight-notes").WithTags("执法监督");
        notes.MapGet("", NotesAsync).For(RouteAccess.CaseReaders).WithSummary("执法监督意见：执法监督员、督办人和司法行政部门可见");
        notes.MapPost("", WriteAsync).For(Role.Auditor).Idempotent().Produces<OversightNote>(201).WithSummary("执法监督员提出意见（不改变所监督的案件）");
        notes.MapPost("/{id}/transfer", (string id, ReasonGiven body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ActAsync(id, context, rows, viewer, gate, (service, cancel) => service.TransferAsync(id, body.Reason, cancel), token))
            .For(Role.Auditor).Idempotent().Produces<OversightNote>().WithSummary("将监督线索移交司法行政部门");
        notes.MapPost("/{id}/answer", (string id, ReasonGiven body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ActAsync(id, context, rows, viewer, gate, (service, cancel) => service.AnswerAsync(id, body.Reason, cancel), token))
            .For(Role.DepartmentHead, Role.LegalReviewer, Role.Inspector).Idempotent().Produces<OversightNote>().WithSummary("司法行政部门答复");

        var evaluations = api.MapGroup("/evaluations").WithTags("评价");
        evaluations.MapGet("", EvaluationsAsync).For(RouteAccess.CaseReaders).WithSummary("评价列表：各方权重、分数和加权总分");
        evaluations.MapPost("", OpenAsync).For(Role.Supervisor, Role.Dispatcher).Idempotent().Produces<Evaluation>(201)
            .WithSummary("建立评价：对象由多方加权评价（如街道40、社区30、居民30），部门由镇街反向评价");
        evaluations.MapPost("/{id}/scores", ScoreAsync).For(RouteAccess.CaseWorkers).Idempotent().Produces<Evaluation>().WithSummary("打分：齐全后得出加权总分，低于风险线的对象在下次抽取中加权");
    }

    private static bool SeesNotes(Viewer viewer) => viewer.Sight.AllDepartments || viewer.Actor.Department == OversightNote.Justice;

    private static Task<Page<OversightNote>> NotesAsync(AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken cancellationToken, OversightState? state = null)
    {
        var (sight, stateKey, all) = (viewer.Sight, state?.ToString(), SeesNotes(viewer));
        return rows.PageAsync<OversightNote, OversightNote>(
            page, query => query.Where(row => all && (stateKey == null || row.State == stateKey) && (sight.Area == null || row.Area != null && (row.Area.StartsWith(sight.Area) || sight.Area.StartsWith(row.Area)))),
            static _ => true, static row => row, cancellationToken).AsTask();
    }

    private static async Task<IResult> WriteAsync(WriteNote body, HttpContext context, LeadDoor leads, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        // Whoever may not see it may not say anything of it.
        _ = body.Subject switch
        {
            OversightSubject.Case => (SupervisionRecord)await viewer.CaseAsync(body.SubjectId, cancellationToken),
            OversightSubject.Plan => await viewer.PlanAsync(body.SubjectId, cancellationToken),
            _ => await leads.FindAsync(body.SubjectId, cancellationToken),
        };
        return await gate.ServiceAsync<OversightService, OversightNote>(context, $"oversight:{body.SubjectId}", (service, token) => service.WriteAsync(body, token), cancellationToken, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ActAsync(
        string id, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, Func<OversightService, CancellationToken, ValueTask<OversightNote>> act, CancellationToken cancellationToken)
    {
        var note = await rows.FindAsync<OversightNote>(id, cancellationToken);
        return note is not null && SeesNotes(viewer) && viewer.Sight.SeesArea(note.Area)
            ? await gate.ServiceAsync<OversightService, OversightNote>(context, note.CaseKey, act, cancellationToken)
            : throw Viewer.NotFound("执法监督意见");
    }

    // Who speaks for a party sees what it is asked, also where that lies above its own area; a town rates and is not rated; a department sees what is said
    // of itself and of the targets that it looks after.
    private static bool Sees(Evaluation evaluation, Viewer viewer) => evaluation.Parts.Any(part => part.Rater?.Admits(viewer.Actor) == true) || (viewer.Sight.SeesArea(evaluation.Area)
        && (viewer.Sight.AllDepartments || LeadDoor.IsTown(viewer.Actor)
            || (viewer.Sight.Department is { } department && (evaluation.Department == department || evaluation.Departments.Contains(department, StringComparer.Ordinal)))));

    private static Task<Page<Evaluation>> EvaluationsAsync(
        AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken cancellationToken, EvaluationSubject? subject = null, string? targetId = null)
    {
        var (sight, kind) = (viewer.Sight, subject?.ToString());
        return rows.PageAsync<Evaluation, Evaluation>(
            page,
            query => query.Where(row => (kind == null || row.Kind == kind) && (targetId == null || row.TargetId == targetId) && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))),
            row => Sees(row, viewer), static row => row, cancellationToken).AsTask();
    }

    private static async Task<IResult> OpenAsync(OpenEvaluation body, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken) =>
        body.Area is { } area && !viewer.Sight.SeesArea(area)
            ? throw new RefusedException(new Refusal(403, "other-area", "area", "只能建立本区域的评价。"))
            : await gate.ServiceAsync<EvaluationService, Evaluation>(
                context, $"evaluation:{body.SubjectId}", (service, token) => service.OpenAsync(body, token), cancellationToken, StatusCodes.Status201Created);

    private static async Task<IResult> ScoreAsync(string id, GiveScore body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken) =>
        await rows.FindAsync<Evaluation>(id, cancellationToken) is { } evaluation && Sees(evaluation, viewer)
            ? await gate.ServiceAsync<EvaluationService, Evaluation>(context, evaluation.CaseKey, (service, token) => service.ScoreAsync(id, body, token), cancellationToken)
            : throw Viewer.NotFound("评价");
}
