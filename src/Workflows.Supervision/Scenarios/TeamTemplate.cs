namespace Workflows.Supervision.Scenarios;

/// <summary>As what somebody takes a seat in a team (“1+1+X”).</summary>
public enum SeatCapacity
{
    /// <summary>执法人员 of the roster, certified on the day.</summary>
    Officer,

    /// <summary>镇街、社区干部.</summary>
    Cadre,

    /// <summary>网格人员 (一长六员).</summary>
    Grid,
}

/// <summary>A team to choose, such as 1+1+X: one officer, one cadre, grid staff as needed.</summary>
/// <param name="Code">Code, such as <c>1+1+X</c>.</param>
/// <param name="Title">Name as people read it.</param>
/// <param name="Seats">Its seats.</param>
public sealed record TeamTemplate(string Code, string Title, IReadOnlyList<TeamSeat> Seats);

/// <summary>Seats of one kind in a team.</summary>
/// <param name="Code">Code, unique in the template.</param>
/// <param name="Title">Name as people read it, such as 社区干部.</param>
/// <param name="Capacity">As what people sit here.</param>
/// <param name="Department">Department of the officers; null for that which has the lead, and for other capacities.</param>
/// <param name="Least">Fewest people, 0 for as needed.</param>
/// <param name="Most">Most people.</param>
/// <param name="Signs">Whether who sits here may sign enforcement records; only officers may (行政处罚法 42).</param>
public sealed record TeamSeat(string Code, string Title, SeatCapacity Capacity, string? Department, int Least, int Most, bool Signs);
