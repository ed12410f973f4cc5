using Workflows.Activities.Deadlines;
using Workflows.Engine.Activities;
using Workflows.Supervision.Deadlines;

namespace Workflows.Activities.Options;

/// <summary>A step of a diagram to which other steps refer.</summary>
/// <param name="Id">Its id in the diagram.</param>
/// <param name="Name">Its name as people read it.</param>
/// <param name="TypeName">Type of the activity.</param>
/// <param name="RuleCode">Code of the rule of a time limit, or null.</param>
public sealed record DiagramStep(string Id, string Name, string TypeName, string? RuleCode);

/// <summary>The time limits of the diagrams as they stand now, drafts included.</summary>
public interface IDiagramSteps
{
    /// <summary>Time limits of the latest version of every definition.</summary>
    ValueTask<IReadOnlyList<DiagramStep>> LimitsAsync(CancellationToken cancellationToken);
}

/// <summary>Time limits to which a step may refer: those of all diagrams, since Studio does not say on which one it works.</summary>
public sealed class TimeLimitOptions : IInputOptionsProvider
{
    /// <summary>Types of activities that are time limits.</summary>
    public static IReadOnlyList<string> Types { get; } = ["Supervision." + nameof(TimeLimit), "Supervision." + nameof(RectificationLimit), "Supervision." + nameof(PartyPeriod)];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<InputOption>> GetOptionsAsync(InputOptionsContext context, CancellationToken cancellationToken) =>
        context.Services.GetService(typeof(IDiagramSteps)) is IDiagramSteps steps
            ? [.. (await steps.LimitsAsync(cancellationToken)).DistinctBy(step => step.Id).OrderBy(step => step.Id, StringComparer.Ordinal).Select(step => new InputOption($"{step.Name}（{step.Id}）", step.Id))]
            : [];
}

/// <summary>Rules of time limits: those of the law, the internal ones that diagrams use, and one for limits that nothing else names.</summary>
public sealed class RuleOptions : IInputOptionsProvider
{
    /// <summary>The rule of a limit that the unit sets itself.</summary>
    public const string Own = "内部时限";

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<InputOption>> GetOptionsAsync(InputOptionsContext context, CancellationToken cancellationToken)
    {
        var used = context.Services.GetService(typeof(IDiagramSteps)) is IDiagramSteps steps ? await steps.LimitsAsync(cancellationToken) : [];
        return
        [
            new InputOption("内部时限（没有专门规定）", Own),
            .. used.Where(step => step.RuleCode is not null and not Own && LimitRule.Find(step.RuleCode) is null).GroupBy(step => step.RuleCode!, StringComparer.Ordinal)
                .OrderBy(rule => rule.Key, StringComparer.Ordinal)
                .Select(rule => new InputOption(rule.First().Name == rule.Key ? rule.Key : $"{rule.Key}（{rule.First().Name}）", rule.Key)),
            .. LimitRule.Codes.Select(code => LimitRule.Find(code)!).Select(rule => new InputOption(
                $"{rule.Code}（{rule.Basis}{(rule.Length is { } length ? $"，至多 {length} {LimitRule.NameOf(rule.Unit)}" : "")}）", rule.Code)),
        ];
    }
}
