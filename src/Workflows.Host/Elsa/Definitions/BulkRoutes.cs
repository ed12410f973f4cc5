using Workflows.Host.Access;
using Workflows.Host.Problems;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>What Studio does with several definitions at once. Each is done for itself; what cannot be done is named and does not stop the others.</summary>
internal static class BulkRoutes
{
    private const int Most = 500;

    /// <summary>Maps the routes under <c>/bulk-actions</c>.</summary>
    public static void MapElsaBulk(this IEndpointRouteBuilder elsa)
    {
        var bulk = elsa.MapGroup("/bulk-actions").WithTags("Elsa 流程定义").AddEndpointFilter(DefinitionRoutes.RefuseAsync);
        bulk.MapPost("/delete/workflow-definitions/by-definition-id", DeleteAsync).ForElsaWriters().Accepts<DefinitionIdsRequest>("application/json").Produces<DeletedDefinitions>().WithSummary("删除多个流程");
        bulk.MapPost("/delete/workflow-definitions/by-definition-ids", DeleteAsync).ForElsaWriters().Accepts<DefinitionIdsRequest>("application/json").Produces<DeletedDefinitions>().WithSummary("同 by-definition-id");
        bulk.MapPost("/delete/workflow-definitions/by-id", DeleteVersionsAsync).ForElsaWriters().Accepts<VersionIdsRequest>("application/json").Produces<DeletedDefinitions>().WithSummary("删除多个版本");
        bulk.MapPost("/delete/workflow-definitions/by-ids", DeleteVersionsAsync).ForElsaWriters().Accepts<VersionIdsRequest>("application/json").Produces<DeletedDefinitions>().WithSummary("同 by-id");
        bulk.MapPost("/publish/workflow-definitions/by-definition-ids", PublishAsync).ForElsaWriters().Accepts<DefinitionIdsRequest>("application/json").Produces<PublishedDefinitions>().WithSummary("发布多个流程");
        bulk.MapPost("/retract/workflow-definitions/by-definition-ids", RetractAsync).ForElsaWriters().Accepts<DefinitionIdsRequest>("application/json").Produces<RetractedDefinitions>().WithSummary("撤回多个流程");
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, DefinitionDesk desk, CancellationToken cancellationToken)
    {
        var actor = context.User.ToActor();
        return await DeleteEachAsync(await IdsAsync(context, "definitionIds"), id => desk.DeleteAsync(id, actor, cancellationToken));
    }

    private static async Task<IResult> DeleteVersionsAsync(HttpContext context, DefinitionDesk desk, CancellationToken cancellationToken)
    {
        var actor = context.User.ToActor();
        return await DeleteEachAsync(await IdsAsync(context, "ids"), id => desk.DeleteVersionAsync(id, actor, cancellationToken));
    }

    private static async Task<IResult> DeleteEachAsync(IReadOnlyList<string> ids, Func<string, Task<bool>> delete)
    {
        var deleted = 0;
        var refused = new List<string>();
        foreach (var id in ids)
        {
            try
            {
                deleted += await delete(id) ? 1 : 0;
            }
            catch (RuleViolationException violation)
            {
                refused.Add(violation.Message);
            }
        }

        return deleted == 0 && refused.Count > 0 ? ElsaRefusal.Of([.. refused.Distinct(StringComparer.Ordinal)]) : ElsaJson.Answer(new { deleted, refused });
    }

    private static async Task<IResult> PublishAsync(HttpContext context, DefinitionDesk desk, DefinitionQueries definitions, CancellationToken cancellationToken)
    {
        var actor = context.User.ToActor();
        List<string> published = [], already = [], notFound = [], skipped = [], failed = [];
        var problems = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var id in await IdsAsync(context, "definitionIds"))
        {
            var latest = await definitions.FindAsync(id, new VersionSelection(VersionKind.Latest), cancellationToken);
            if (latest is null)
            {
                notFound.Add(id);
                continue;
            }

            if (latest.IsReadonly)
            {
                skipped.Add(id);
                continue;
            }

            var change = await AttemptAsync(() => desk.PublishAsync(id, actor, cancellationToken));
            (change.Row is null ? failed : change.AlreadyPublished ? already : published).Add(id);
            if (change.Problems.Count > 0)
                problems[id] = change.Problems;
        }

        return ElsaJson.Answer(new
        {
            published, alreadyPublished = already, notFound, skipped, updatedConsumers = Array.Empty<string>(), failed, warnings = new Dictionary<string, string>(), problems,
        });
    }

    private static async Task<IResult> RetractAsync(HttpContext context, DefinitionDesk desk, DefinitionQueries definitions, CancellationToken cancellationToken)
    {
        var actor = context.User.ToActor();
        List<string> retracted = [], notPublished = [], notFound = [];
        foreach (var id in await IdsAsync(context, "definitionIds"))
        {
            if (await definitions.FindAsync(id, new VersionSelection(VersionKind.Latest), cancellationToken) is null)
                notFound.Add(id);
            else
                ((await AttemptAsync(() => desk.RetractAsync(id, actor, cancellationToken))).Row is null ? notPublished : retracted).Add(id);
        }

        return ElsaJson.Answer(new { retracted, alreadyRetracted = notPublished, notPublished, notFound, skipped = Array.Empty<string>() });
    }

    private static async Task<DefinitionChange> AttemptAsync(Func<Task<DefinitionChange>> change)
    {
        try
        {
            return await change();
        }
        catch (RuleViolationException violation)
        {
            return new DefinitionChange(null, false, false, [violation.Message]);
        }
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpContext context, string name)
    {
        var ids = (await DefinitionBody.ReadAsync(context)).Texts(name);
        return ids.Count <= Most ? [.. ids.Distinct(StringComparer.Ordinal)] : throw new RefusedException(new Refusal(400, "too-many", name, $"一次最多 {Most} 个：请分次进行。"));
    }
}
