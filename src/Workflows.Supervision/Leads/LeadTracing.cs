using Workflows.Supervision.Guards;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Leads;

/// <summary>Where something came from.</summary>
/// <param name="Name">Name of the unit.</param>
/// <param name="Area">Division code or name of its place.</param>
public sealed record LeadOrigin(string Name, string Area);

/// <summary>What tracing found.</summary>
/// <param name="SourceName">Name of the unit from which it came, or null where it is not known.</param>
/// <param name="SourceArea">Division code of its place.</param>
/// <param name="Related">Targets of the roster that got it too.</param>
/// <param name="Note">By what it was traced, such as purchase ledgers.</param>
public sealed record SourceTraced(string? SourceName = null, string? SourceArea = null, IReadOnlyList<string>? Related = null, string? Note = null);

/// <summary>溯源: the source of what is wrong, and everybody who got it (one lead, many tasks).</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="rosters">The rosters.</param>
/// <param name="clocks">How long waits take.</param>
public sealed class LeadTracing(ISupervisionSession session, IScenarioCatalogue scenarios, IRosterDirectory rosters, LeadClocks clocks)
{
    /// <summary>Outcome: the source lies in the district.</summary>
    public const string HerePort = "来源在本区";

    /// <summary>Outcome: the source lies elsewhere.</summary>
    public const string ElsewherePort = "来源在区外";

    /// <summary>Outcome: the source is not known.</summary>
    public const string UnknownPort = "来源未查明";

    /// <summary>Most targets that one lead leads to.</summary>
    public const int MostRelated = 200;

    /// <summary>Notes what tracing found.</summary>
    /// <returns>One of the outcomes.</returns>
    /// <exception cref="RuleViolationException"><c>field-missing</c>, <c>target-unknown</c>, <c>target-differs</c>, <c>target-expired</c>, <c>too-many-related</c>, <c>area-invalid</c>.</exception>
    public async ValueTask<string> TraceAsync(string id, SourceTraced traced, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        var note = Refusal.Text(traced.Note, "data.note", "溯源依据");
        var related = (traced.Related ?? []).Where(target => target != lead.TargetId).Distinct(StringComparer.Ordinal).ToList();
        if (related.Count > MostRelated)
        {
            throw Refusal.Invalid("too-many-related", "data.related", $"一条线索至多关联{MostRelated}个对象，请分批报送。");
        }

        // Cases of the lead's own scenario follow at each of them.
        var scenario = lead.Dispatch?.PackageVersionId is { } package ? (await scenarios.RequireAsync(package, cancellationToken)).Scenario : null;
        foreach (var target in related)
        {
            if (await session.FindAsync<TargetRecord>(target, cancellationToken) is not { } found || found.Target.District != lead.Place.District)
            {
                throw Refusal.Invalid("target-unknown", "data.related", $"关联对象“{(target.Length > 60 ? target[..60] + "…" : target)}”不在本区域名录中，请核对；区外的由移送单位查处。");
            }

            if (scenario is not null && await rosters.FindTargetAsync(target, cancellationToken) is { } snapshot)
            {
                await new TargetGuard(session).RequireAsync(scenario, snapshot, "data.related", cancellationToken);
            }
        }

        if (traced.SourceName is { Length: > 0 } && !(traced.SourceArea is { Length: 6 or 9 } area && area.All(char.IsAsciiDigit)))
        {
            throw Refusal.Invalid("area-invalid", "data.sourceArea", "来源单位的区划代码应为六位或者九位数字。");
        }

        var outcome = traced.SourceName is not { Length: > 0 } ? UnknownPort : traced.SourceArea!.StartsWith(lead.Place.District, StringComparison.Ordinal) ? HerePort : ElsewherePort;
        var origin = traced.SourceName is { Length: > 0 } name ? new LeadOrigin(name, traced.SourceArea!) : null;
        session.Update(
            session.Noted(lead with { Origin = origin, Related = related }, "溯源", $"{outcome}：{note}"), "lead.traced",
            ("outcome", outcome), ("related", related.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return outcome;
    }

    /// <summary>The lead waits for the cases of all related targets under the name 案件办理中; where it was handed over meanwhile it waits for the receipt, and where it has ended for nothing.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="opened">How many cases were opened.</param>
    /// <param name="refused">Targets whose case was refused, with the reason.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<Lead> WaitForCasesAsync(string id, int opened, IReadOnlyList<(string Target, string Reason)> refused, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        foreach (var (target, reason) in refused)
        {
            lead = session.Noted(lead, "未予立案", $"{target}：{reason}");
        }

        var next = lead is { State: LeadState.Dispatched, Department: { } department } && opened > 0
            ? session.Move(lead, lead.State, "逐户立案", $"{opened}户", LeadLife.OwnerOf(department), ShanghaiTime.PassedAt(session.Today().AddDays(clocks.CaseDays)), "案件办理中")
            : session.Noted(lead, "逐户立案", $"{opened}户");
        return session.Update(
            next, "lead.fanned-out", ("cases", opened.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("refused", refused.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
