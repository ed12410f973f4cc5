using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Guards;

/// <summary>
/// Whether a scenario may check a target outside a plan: it is of the kind and bears a tag of the scenario, and its time has not run out. One guard for every door; what a
/// plan draws was screened before, and a 临时对象 is what the lead by which it became known says it is.
/// </summary>
/// <param name="session">The session.</param>
public sealed class TargetGuard(ISupervisionSession session)
{
    /// <summary>Whether a target is of the kind of a scenario and bears one of its tags.</summary>
    public static bool Concerns(Scenario scenario, string kind, IEnumerable<string> tags) => kind == scenario.TargetKind && tags.Any(scenario.TargetTags.Contains);

    /// <summary>Refuses a target that the scenario does not check.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="target">The target.</param>
    /// <param name="field">Field that names the target.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>target-differs</c>, <c>target-expired</c> (409).</exception>
    public async ValueTask RequireAsync(Scenario scenario, TargetSnapshot target, string field, CancellationToken cancellationToken = default)
    {
        var known = (await session.FindAsync<TargetRecord>(target.Id, cancellationToken))?.Target;
        if (known?.IsAdHoc == true)
        {
            return;
        }

        if (!Concerns(scenario, target.Kind, target.Tags))
        {
            throw Refusal.Invalid("target-differs", field, $"检查对象“{target.Name}”不属于场景“{scenario.Name}”的检查对象，请核对场景和对象。");
        }

        if (known?.ValidTo is { } last && last < session.Today())
        {
            throw Refusal.Conflict("target-expired", field, $"检查对象“{target.Name}”的有效期已于{ChineseDate.Of(last)}届满，不再立项检查；举办下一期的，请先在名录中更新有效期。");
        }
    }
}
