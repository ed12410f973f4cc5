using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Evidences;

/// <summary>What an agreement permits between its departments.</summary>
public enum CooperationPermission
{
    /// <summary>证据互认: one reads and recognises the other's evidence.</summary>
    Evidence,

    /// <summary>信息共享: one reads the other's findings on a target.</summary>
    Findings,

    /// <summary>委托固定事实: one fixes facts for the other (浙江省综合行政执法条例 18).</summary>
    Facts,
}

/// <summary>协作协议 in the register: while it is in force its permissions hold between its departments.</summary>
public sealed record CooperationAgreement : SupervisionRecord
{
    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Number of the signed document.</summary>
    public required string DocumentNumber { get; init; }

    /// <summary>Departments that signed; two or more.</summary>
    public required IReadOnlyList<string> Departments { get; init; }

    /// <summary>What it permits.</summary>
    public required IReadOnlyList<CooperationPermission> Permissions { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, or null while open-ended.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Why and by whom it was ended early, or null.</summary>
    public Inspections.Decision? Ended { get; init; }

    /// <summary>Whether it permits something between two departments on a day.</summary>
    public bool Permits(CooperationPermission permission, string one, string other, DateOnly day) =>
        Permissions.Contains(permission) && Departments.Contains(one, StringComparer.Ordinal) && Departments.Contains(other, StringComparer.Ordinal) && From <= day && (To is not { } last || day <= last);

    /// <inheritdoc/>
    protected override string StateKey => Ended is null ? "InForce" : "Ended";

    /// <inheritdoc/>
    protected override string? ReferenceKey => DocumentNumber;
}

/// <summary>A new agreement.</summary>
/// <param name="Title">Title.</param>
/// <param name="DocumentNumber">Number of the signed document.</param>
/// <param name="Departments">Departments that signed.</param>
/// <param name="Permissions">What it permits.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, or null.</param>
/// <param name="Area">Division code of its area; null for that of whoever registers it.</param>
public sealed record RegisterAgreement(
    string Title, string DocumentNumber, IReadOnlyList<string> Departments, IReadOnlyList<CooperationPermission> Permissions, DateOnly From, DateOnly? To = null, string? Area = null);

/// <summary>协作协议登记: what is registered switches permission on, what is ended switches it off.</summary>
/// <param name="session">The session.</param>
public sealed class AgreementService(ISupervisionSession session)
{
    /// <summary>Family under which agreements change.</summary>
    public const string Family = "agreements";

    /// <summary>Registers an agreement.</summary>
    /// <exception cref="RuleViolationException"><c>field-missing</c>, <c>agreement-departments</c>, <c>agreement-permission</c>, <c>agreement-term</c>, <c>agreement-twice</c>, <c>other-area</c>.</exception>
    public async ValueTask<CooperationAgreement> RegisterAsync(RegisterAgreement command, CancellationToken cancellationToken = default)
    {
        var area = command.Area ?? session.Actor.Area;
        if (session.Actor.Area is { } own && area?.StartsWith(own, StringComparison.Ordinal) != true)
        {
            throw Refusal.Forbidden("other-area", "area", "只能登记本区域的协作协议。");
        }

        var departments = command.Departments.Distinct(StringComparer.Ordinal).ToList();
        if (departments.Count < 2 || command.Permissions.Count == 0)
        {
            throw Refusal.Invalid("agreement-departments", "departments", "协作协议至少有两个部门和一项事项（Evidence）。");
        }

        if (command.Permissions.Any(permission => permission != CooperationPermission.Evidence))
        {
            throw Refusal.Invalid("agreement-permission", "permissions", "目前只能登记证据互认（Evidence）：信息共享、委托固定事实尚未启用，登记后也不会生效。");
        }

        if (command.To < command.From)
        {
            throw Refusal.Invalid("agreement-term", "to", "截止日期早于起始日期，请核对。");
        }

        var number = Refusal.Text(command.DocumentNumber, "documentNumber", "协议文号");
        if ((await session.ListAsync<CooperationAgreement>(new AggregateFilter { Reference = number, Take = 1 }, cancellationToken)).Count > 0)
        {
            throw Refusal.Conflict("agreement-twice", "documentNumber", "此文号的协议已经登记，请核对。");
        }

        return session.Add(
            new CooperationAgreement
            {
                Id = session.NewId(), CaseKey = Family, Area = area, Created = session.Cause(), Title = Refusal.Text(command.Title, "title", "协议名称"), DocumentNumber = number,
                Departments = departments, Permissions = [.. command.Permissions.Distinct()], From = command.From, To = command.To,
            },
            "agreement.registered", ("departments", string.Join(' ', departments)), ("permissions", string.Join(' ', command.Permissions)));
    }

    /// <summary>Ends an agreement today; what was recognised under it stays so.</summary>
    /// <exception cref="RuleViolationException"><c>already-ended</c>, <c>field-missing</c>.</exception>
    public async ValueTask<CooperationAgreement> EndAsync(string id, string reason, CancellationToken cancellationToken = default)
    {
        var agreement = await session.GetAsync<CooperationAgreement>(id, "id", "协作协议", cancellationToken);
        // An end shortens a term and never gives back one that has run out.
        var last = session.Today().AddDays(-1);
        return agreement.Ended is not null
            ? throw Refusal.Conflict("already-ended", "id", "此协议已经终止。")
            : session.Update(
                agreement with { To = agreement.To < last ? agreement.To : last, Ended = new Inspections.Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "终止理由")) },
                "agreement.ended");
    }

    /// <summary>The agreement that permits something between two departments today, or null.</summary>
    public async ValueTask<CooperationAgreement?> FindAsync(CooperationPermission permission, string one, string other, string? area, CancellationToken cancellationToken = default) =>
        (await session.ListAsync<CooperationAgreement>(new AggregateFilter { States = ["InForce"] }, cancellationToken))
            .FirstOrDefault(a => (a.Area is null || area?.StartsWith(a.Area, StringComparison.Ordinal) == true) && a.Permits(permission, one, other, session.Today()));
}
