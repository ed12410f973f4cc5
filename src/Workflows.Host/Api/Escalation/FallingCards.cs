using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Reading;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Escalation;

/// <summary>A card that will be given unless the unit acts before.</summary>
/// <param name="Colour">Colour.</param>
/// <param name="FallsAt">When, UTC.</param>
/// <param name="Step">Wait of the ladder, as the diagram names it.</param>
/// <param name="Owner">Who is held by the limit, such as <c>department:HEA</c>.</param>
/// <param name="CaseId">Case.</param>
/// <param name="CaseNumber">Its number.</param>
/// <param name="Target">Its target.</param>
/// <param name="Scenario">Its scenario.</param>
internal sealed record FallingCard(CardColour Colour, DateTimeOffset FallsAt, string Step, string? Owner, string CaseId, string CaseNumber, string Target, string Scenario);

/// <summary>Foresees cards: the rungs of ladders that come next, read from what the workflows wait for.</summary>
internal sealed class FallingCards(WorkflowsDbContext database, AggregateReader rows, Viewer viewer, CalendarReader calendars, TimeProvider clock)
{
    private const int Longest = 500;

    // A ladder names its next rung at the end of its wait.
    private static readonly (string Ending, CardColour Colour)[] Rungs = [("黄牌", CardColour.Yellow), ("红牌", CardColour.Red)];

    /// <summary>Cards that fall until the end of the n-th working day after today, soonest first; those of cases in sight.</summary>
    /// <param name="workingDays">Working days ahead; 0 for today alone.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<IReadOnlyList<FallingCard>> ReadAsync(int workingDays, CancellationToken cancellationToken)
    {
        var calendar = await calendars.ReadAsync(cancellationToken);
        var until = ShanghaiTime.PassedAt(calendar.AddWorkingDays(ShanghaiTime.DateOf(clock.GetUtcNow()), workingDays));
        var waits = await database.Set<BookmarkRow>().AsNoTracking()
            .Where(row => row.CorrelationId != null && row.DueAt != null && row.DueAt <= until && row.WaitName != null && row.WaitName.Contains('牌'))
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(Longest)
            .Select(row => new { row.CorrelationId, row.DueAt, row.WaitName, row.WaitOwner }).ToListAsync(cancellationToken);
        var falling = new List<FallingCard>();
        foreach (var wait in waits)
        {
            var rung = Array.Find(Rungs, rung => wait.WaitName!.EndsWith(rung.Ending, StringComparison.Ordinal));
            if (rung.Ending is not null && await rows.FindAsync<Case>(wait.CorrelationId!, cancellationToken) is { } one && viewer.Sight.Sees(one))
                falling.Add(new FallingCard(rung.Colour, wait.DueAt!.Value, wait.WaitName!, wait.WaitOwner, one.Id, one.Number, one.Target.Name, one.ScenarioCode));
        }

        return falling;
    }
}
