using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Measures;

/// <summary>目标值 of a measure for a department or for the whole area, from a day on. Counts of checks, cases or fines never have one (practice.md 10).</summary>
public sealed record MeasureTarget : SupervisionRecord
{
    /// <summary>Family of all targets.</summary>
    public const string Family = "measure-targets";

    /// <summary>Code of the measure.</summary>
    public required string Measure { get; init; }

    /// <summary>The value in the measure's own unit, a rate from 0 to 1; null takes the target back from that day on.</summary>
    public decimal? Value { get; init; }

    /// <summary>First day on which it holds.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Why, such as the paper that sets it.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => "Set";

    /// <inheritdoc/>
    protected override string? KindKey => Measure;
}

/// <summary>Sets a target.</summary>
/// <param name="From">First day; today or later.</param>
/// <param name="Reason">Why.</param>
/// <param name="Value">The value in the measure's own unit; null takes it back.</param>
/// <param name="Department">Department; null for every department of the area.</param>
/// <param name="Area">Division code; null for the area of whoever sets it.</param>
public sealed record SetMeasureTarget(DateOnly From, string Reason, decimal? Value = null, string? Department = null, string? Area = null);

/// <summary>Sets targets of measures. What was set before stays on record; of two for the same day the later one holds.</summary>
/// <param name="session">The session.</param>
public sealed class MeasureTargetService(ISupervisionSession session)
{
    /// <summary>Sets a target.</summary>
    /// <exception cref="RuleViolationException"><c>supervisor-required</c>, <c>other-area</c> (403), <c>measure-unknown</c> (404), <c>no-target</c>, <c>bad-target</c>, <c>target-date</c>, <c>field-missing</c>.</exception>
    public MeasureTarget Set(string measure, SetMeasureTarget command)
    {
        var actor = session.Actor;
        if (!actor.Is(Role.Supervisor) && !actor.Is(Role.Administrator))
        {
            throw Refusal.Forbidden("supervisor-required", "actor", "目标值由督办人或者系统管理员设定。");
        }

        var area = command.Area ?? actor.Area;
        if (actor.Area is { } own && area?.StartsWith(own, StringComparison.Ordinal) != true)
        {
            throw Refusal.Forbidden("other-area", "area", "只能为本区域及下级区域设定目标值。");
        }

        var definition = MeasureCatalogue.Find(measure) ?? throw Refusal.NotFound("measure-unknown", "code", $"没有指标“{measure}”：请从指标列表中选择。");
        if (definition.Form != MeasureForm.Rate)
        {
            throw Refusal.Invalid("no-target", "code", "只有比率类指标可以设目标值：次数、件数和同比不用于评价，不设目标。");
        }

        if (command.Value is < 0 or > 1)
        {
            throw Refusal.Invalid("bad-target", "value", "目标值应在0至1之间（如0.95表示95%）；不填即取消目标。");
        }

        return command.From < session.Today()
            ? throw Refusal.Invalid("target-date", "from", "目标值应自今日或者以后的日期起：已经过去的期间不追溯设定。")
            : session.Add(
                new MeasureTarget
                {
                    Id = session.NewId(), CaseKey = MeasureTarget.Family, Area = area, Department = string.IsNullOrEmpty(command.Department) ? null : command.Department, Created = session.Cause(),
                    Measure = measure, Value = command.Value, From = command.From, Reason = Refusal.Text(command.Reason, "reason", "设定依据"),
                },
                "measure.target-set", ("measure", measure), ("department", command.Department), ("area", area), ("from", command.From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
                ("value", command.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
