using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;

namespace Workflows.Host.Simulation;

/// <summary>A plan and when it is opened.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Plan">The plan; its package version is filled in when it is opened.</param>
/// <param name="Targets">The only targets that this plan may draw; null for the roster as it is.</param>
internal sealed record PlanOpening(DateTimeOffset At, OpenPlan Plan, IReadOnlyList<RosterTarget>? Targets = null);
