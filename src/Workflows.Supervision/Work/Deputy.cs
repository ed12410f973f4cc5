using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Work;

/// <summary>
/// 代理: somebody of the same department who takes the steps of an absent person, for a bounded time. The deputy acts under its own id; what it may do in these
/// steps is what the absent person might.
/// </summary>
public sealed record Deputy : SupervisionRecord
{
    /// <summary>Family of all deputies.</summary>
    public const string Family = "deputies";

    /// <summary>Longest time, in days.</summary>
    public const int MostDays = 92;

    /// <summary>Steps that a deputy may take: those of an office. Work at the door needs an officer's own certificate, and is handed over instead.</summary>
    public static readonly IReadOnlyList<string> Roles = [Role.DepartmentHead, Role.LegalReviewer, Role.PublicationReviewer, Role.Supervisor, Role.Dispatcher];

    /// <summary>Account of the person who is absent.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its name.</summary>
    public required string AccountName { get; init; }

    /// <summary>Account of the deputy.</summary>
    public required string DeputyId { get; init; }

    /// <summary>Its name.</summary>
    public required string DeputyName { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it was ended before its last day.</summary>
    public bool Ended { get; init; }

    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(DateOnly day) => !Ended && From <= day && day <= To;

    /// <inheritdoc/>
    protected override string StateKey => Ended ? "Ended" : "Active";

    /// <inheritdoc/>
    protected override string? OwnerKey => DeputyId;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => Ended ? null : ShanghaiTime.PassedAt(To);
}

/// <summary>An account as far as deputies are concerned.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Roles">Roles.</param>
/// <param name="Department">Department, or null.</param>
/// <param name="Area">Area, or null for the whole city.</param>
public sealed record DeputyAccount(string Id, string Name, IReadOnlyList<string> Roles, string? Department, string? Area);

/// <summary>Names deputies and ends their time.</summary>
/// <param name="session">The session.</param>
public sealed class DeputyService(ISupervisionSession session)
{
    /// <summary>
    /// Whether somebody with roles may act for somebody with others. Who acts holds an office itself: who drew something up must not come to approve it as a deputy.
    /// Legal review is done by those who have passed the examination, and by nobody who decides (行政处罚法 58).
    /// </summary>
    public static bool MayStandIn(IReadOnlyList<string> absent, IReadOnlyList<string> deputy) =>
        deputy.Any(Deputy.Roles.Contains) && !deputy.Contains(Role.Inspector) && absent.Contains(Role.LegalReviewer) == deputy.Contains(Role.LegalReviewer);

    /// <summary>Whether somebody stands in for another as both accounts are now: of one department, with an office that may. Who has left it since is deputy no more.</summary>
    public static bool StandsIn(Actor absent, Actor deputy) => absent.Department is not null && absent.Department == deputy.Department && MayStandIn(absent.Roles, deputy.Roles);

    /// <summary>Names a deputy.</summary>
    /// <param name="absent">Who is absent.</param>
    /// <param name="deputy">Who acts.</param>
    /// <param name="from">First day, from today on.</param>
    /// <param name="to">Last day.</param>
    /// <param name="reason">Why.</param>
    /// <param name="known">Deputies that are named for the same person or held by the same deputy.</param>
    /// <exception cref="RuleViolationException"><c>other-department</c>, <c>same-person</c>, <c>no-office</c>, <c>not-qualified</c>, <c>bad-period</c>, <c>deputy-twice</c>, <c>deputy-chain</c>, <c>reason-missing</c>.</exception>
    public Deputy Appoint(DeputyAccount absent, DeputyAccount deputy, DateOnly from, DateOnly to, string reason, IReadOnlyList<Deputy> known)
    {
        var today = session.Today();
        if (absent.Department is null || absent.Department != deputy.Department)
        {
            throw Refusal.Forbidden("other-department", "deputyId", "代理人须是同一部门的人员。");
        }

        RequireNaming(absent.Department, absent.Area);
        if (absent.Id == deputy.Id)
        {
            throw Refusal.Invalid("same-person", "deputyId", "代理人不能是本人。");
        }

        if (!absent.Roles.Any(Deputy.Roles.Contains))
        {
            throw Refusal.Invalid("no-office", "accountId", "只有负责人、审核人员、督办人和调度员的事项可以代理；执法人员的事项请转办。");
        }

        if (!MayStandIn(absent.Roles, deputy.Roles))
        {
            throw Refusal.Invalid("not-qualified", "deputyId", "代理人须本人担任审批、审核、督办或者调度职务；法制审核只能由法制审核人员代理，法制审核人员不代理其他职务。");
        }

        if (from < today || to < from || to.DayNumber - from.DayNumber >= Deputy.MostDays)
        {
            throw Refusal.Invalid("bad-period", "to", $"代理期间应自今日起，末日不早于首日，且不超过{Deputy.MostDays}日。");
        }

        bool Meets(Deputy one) => !one.Ended && one.From <= to && from <= one.To;
        if (known.Any(one => one.AccountId == absent.Id && Meets(one)))
        {
            throw Refusal.Conflict("deputy-twice", "from", "这一期间已经指定了代理人：请先结束原来的代理。");
        }

        if (known.Any(one => Meets(one) && (one.AccountId == deputy.Id || one.DeputyId == absent.Id)))
        {
            throw Refusal.Conflict("deputy-chain", "deputyId", "代理人本人在此期间也由他人代理，或被代理人正在代理他人：不能转代理。");
        }

        return session.Add(
            new Deputy
            {
                Id = session.NewId(), CaseKey = Deputy.Family, Department = absent.Department, Area = absent.Area, Created = session.Cause(), AccountId = absent.Id, AccountName = absent.Name,
                DeputyId = deputy.Id, DeputyName = deputy.Name, From = from, To = to, Reason = Refusal.Text(reason, "reason", "代理事由"),
            },
            "deputy.named", ("for", absent.Id), ("by", deputy.Id), ("from", from.ToString("yyyy-MM-dd")), ("to", to.ToString("yyyy-MM-dd")));
    }

    /// <summary>Ends a deputy's time before its last day.</summary>
    /// <exception cref="RuleViolationException"><c>other-department</c>, <c>deputy-ended</c>, <c>reason-missing</c>.</exception>
    public async ValueTask<Deputy> EndAsync(string id, string reason, CancellationToken cancellationToken = default)
    {
        var deputy = await session.GetAsync<Deputy>(id, "id", "代理", cancellationToken);
        RequireNaming(deputy.Department!, deputy.Area);
        return deputy.Ended
            ? throw Refusal.Conflict("deputy-ended", "id", "此代理已经结束。")
            : session.Update(deputy with { Ended = true }, "deputy.ended", ("for", deputy.AccountId), ("by", deputy.DeputyId), ("reason", Refusal.Text(reason, "reason", "结束理由")));
    }

    private void RequireNaming(string department, string? area)
    {
        var actor = session.Actor;
        var inArea = actor.Area is null || area?.StartsWith(actor.Area, StringComparison.Ordinal) == true;
        if (!inArea || !(actor.Is(Role.Dispatcher) || actor.Is(Role.DepartmentHead) && actor.Department == department))
        {
            throw Refusal.Forbidden("other-department", "actor", "代理人由本部门负责人或者调度员在管理范围内指定。");
        }
    }
}
