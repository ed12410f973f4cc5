using Workflows.Host.Access;
using Workflows.Host.Api.Deputies;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Reading;

/// <summary>The person who asks, with what it may see. Whatever is out of sight is not found, as if it did not exist.</summary>
internal sealed class Viewer(IHttpContextAccessor accessor, AggregateReader rows)
{
    private Actor? _actor;
    private IReadOnlyList<Actor> _principals = [];

    /// <summary>Who asks.</summary>
    public Actor Actor => _actor ??= Read();

    /// <summary>What it sees: its own, and as a deputy what the absent person sees.</summary>
    public Sight Sight => Principals.Aggregate(Sight.Of(Actor), static (sight, principal) => sight.Widened(Sight.Of(principal)));

    /// <summary>Names under which work waits for this person, and as a deputy for the office of the absent one; never what is addressed to the absent person by name.</summary>
    public IReadOnlyList<string> Owners => [.. OwnersOf(Actor).Concat(Principals.SelectMany(OfficeOwnersOf)).Distinct(StringComparer.Ordinal)];

    private IReadOnlyList<Actor> Principals => Actor is not null ? _principals : [];

    // Read once: what runs in the pump on behalf of a request has no request around it.
    private Actor Read()
    {
        var context = accessor.HttpContext!;
        _principals = DeputySight.Of(context);
        return context.User.ToActor();
    }

    /// <summary>Names under which work waits for a person.</summary>
    public static IReadOnlyList<string> OwnersOf(Actor actor)
    {
        var owners = new List<string> { actor.Id, $"user:{actor.Id}" };
        if (actor.OfficerId is { } officer)
            owners.AddRange([officer, $"officer:{officer}", WorkTask.SeveralOfficers]);
        if (actor.Department is { } department)
            owners.Add($"department:{department}");
        owners.AddRange(actor.Roles.Select(role => $"role:{role}"));
        return owners;
    }

    /// <summary>Names under which work waits for the office of a person.</summary>
    public static IEnumerable<string> OfficeOwnersOf(Actor actor) =>
        actor.Roles.Where(Deputy.Roles.Contains).Select(role => $"role:{role}").Concat(actor.Department is { } department ? [$"department:{department}"] : []);

    /// <summary>Whether the case, or where there is none the plan, is in sight.</summary>
    public async ValueTask<bool> SeesMatterAsync(string? caseId, string? planId, CancellationToken cancellationToken) =>
        caseId is not null ? await rows.FindAsync<Case>(caseId, cancellationToken) is { } one && Sight.Sees(one)
        : planId is not null && await rows.FindAsync<InspectionPlan>(planId, cancellationToken) is { } plan && Sight.Sees(plan);

    /// <summary>The case with this id if it is in sight; else 404.</summary>
    public async ValueTask<Case> CaseAsync(string id, CancellationToken cancellationToken) =>
        await rows.FindAsync<Case>(id, cancellationToken) is { } found && Sight.Sees(found) ? found : throw NotFound("案件");

    /// <summary>The plan with this id if it is in sight; else 404.</summary>
    public async ValueTask<InspectionPlan> PlanAsync(string id, CancellationToken cancellationToken) =>
        await rows.FindAsync<InspectionPlan>(id, cancellationToken) is { } found && Sight.Sees(found) ? found : throw NotFound("计划");

    /// <summary>A row with this id if it is in sight by itself and through its case or plan; else 404.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="kind">What it is, as people read it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async ValueTask<T> RowAsync<T>(string id, string kind, CancellationToken cancellationToken)
        where T : SupervisionRecord
    {
        var row = await rows.FindAsync<T>(id, cancellationToken) ?? throw NotFound(kind);
        if (!Sight.SeesDepartment(row.Department) || !RowRules.Shows(row, Actor))
            throw NotFound(kind);
        if (row.CaseId is { } caseId)
            await CaseAsync(caseId, cancellationToken);
        else if (row.PlanId is { } planId)
            await PlanAsync(planId, cancellationToken);
        else if (!Sight.SeesArea(row.Area))
            throw NotFound(kind);
        return row;
    }

    /// <summary>The refusal for what does not exist, or not for this person.</summary>
    public static RefusedException NotFound(string kind) => new(new Refusal(404, "not-found", "id", $"{kind}不存在或不在您的管理范围内：请从列表中选择。"));
}
