using Workflows.Supervision.Rosters;

namespace Workflows.Host.Simulation;

/// <summary>The rosters of a simulation.</summary>
/// <param name="Towns">镇街.</param>
/// <param name="Departments">部门.</param>
/// <param name="Targets">检查对象.</param>
/// <param name="Officers">执法人员.</param>
internal sealed record SimulatedRosters(
    IReadOnlyList<Town> Towns, IReadOnlyList<Department> Departments, IReadOnlyList<RosterTarget> Targets, IReadOnlyList<RosterOfficer> Officers);
