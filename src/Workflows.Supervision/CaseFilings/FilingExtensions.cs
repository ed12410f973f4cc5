using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.CaseFilings;

/// <summary>
/// 延长办案期限: where the law of the organ's field allows it (治安管理处罚法 118: twice by 30 days, practice.md 3), the head of the organ extends the time for deciding a case.
/// How often and by how much are data of the department in the scenario.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class FilingExtensions(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Event from which the limits of a filed case count.</summary>
    public const string FiledEvent = "立案";

    /// <summary>Extends the limit of a filing from its old last day, and with it the limits of the steps that wait for its outcome.</summary>
    /// <param name="filingId">The filing.</param>
    /// <param name="reason">Why; it is kept.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException">
    /// <c>head-required</c>, <c>other-department</c>, <c>filing-state</c>, <c>filing-not-extendable</c>, <c>filing-extensions-used</c>, <c>clock-paused</c>, <c>extension-after-expiry</c> (409), <c>field-missing</c>.
    /// </exception>
    public async ValueTask<CaseFiling> ExtendAsync(string filingId, string reason, CancellationToken cancellationToken = default)
    {
        var filing = await session.GetAsync<CaseFiling>(filingId, "filingId", "立案", cancellationToken);
        Deciders.RequireHead(session.Actor, filing.Department, "延长办案期限");
        if (filing is not { State: FilingState.InProgress, ClockId: { } clockId, DecideBy: { } before })
        {
            throw Refusal.Conflict("filing-state", "filingId", "该立案事项不在办理中，没有可以延长的办案期限。");
        }

        var one = await session.GetAsync<Case>(filing.CaseId!, "caseId", "案件", cancellationToken);
        var clocks = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Department(filing.Department!)?.Clocks;
        if (filing.LimitRule != CaseFilingService.OwnRule(filing.Department!) || clocks is not { Extensions: > 0, Extension: { } length })
        {
            throw Refusal.Conflict("filing-not-extendable", "filingId", "本机关的办案期限没有可以延长的规定；案情需要检验、鉴定等的，请办理期限暂停。");
        }

        if (filing.Extensions.Count >= clocks.Extensions)
        {
            throw Refusal.Conflict("filing-extensions-used", "filingId", $"该案已延长{filing.Extensions.Count}次，{clocks.Basis}规定至多延长{clocks.Extensions}次，请在{ChineseDate.Of(before)}前办结。");
        }

        var stored = await session.GetAsync<DeadlineClock>(clockId, "clockId", "期限", cancellationToken);
        if (stored.Clock.IsPaused)
        {
            throw Refusal.Conflict("clock-paused", "filingId", "办案期限正在暂停，请恢复计时后再决定延长。");
        }

        if (session.Today() > stored.Clock.Due)
        {
            throw Refusal.Conflict("extension-after-expiry", "filingId", $"办案期限已于{ChineseDate.Of(stored.Clock.Due)}届满，不能再延长，请尽快办结并说明超期原因。");
        }

        var words = Refusal.Text(reason, "reason", "延长理由");
        var clock = await new ClockService(session).ExtendAsync(clockId, length, session.Today(), words, cancellationToken);
        await MoveStepsAsync(filing, clock.Clock.Due, length, words, cancellationToken);
        var decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, words);
        return session.Update(
            filing with { DecideBy = clock.Clock.Due, Extensions = [.. filing.Extensions, new FilingExtension(decision, before, clock.Clock.Due)] },
            "filing.extended", ("before", before.ToString("yyyy-MM-dd")), ("due", clock.Clock.Due.ToString("yyyy-MM-dd")), ("reason", words));
    }

    // The steps that wait for the outcome count from the filing too, each with a clock of its own. A department may have filed twice in one case: what was filed on another day has
    // another step, and one step that waits for two filings of a day has moved already where the other was extended before.
    private async ValueTask MoveStepsAsync(CaseFiling filing, DateOnly due, LegalPeriod length, string reason, CancellationToken ct)
    {
        foreach (var limit in await session.ListAsync<StepLimit>(new AggregateFilter { CaseId = filing.CaseId }, ct))
        {
            if (limit.State != StepLimitState.Running || limit.Department != filing.Department || limit.ClockId is not { } id
                || await session.FindAsync<DeadlineClock>(id, ct) is not { Clock: { EndedOn: null, IsPaused: false, StartEvent: FiledEvent } clock }
                || clock.StartDate != filing.FiledOn || clock.Due >= due || clock.Due < session.Today())
            {
                continue;
            }

            await new ClockService(session).ExtendAsync(id, length, session.Today(), reason, ct);
            await StepLimits.RefreshAsync(session, limit, null, ct);
        }
    }
}
