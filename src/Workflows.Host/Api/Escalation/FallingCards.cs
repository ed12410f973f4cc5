using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Escalation;

/// <summary>A card that will be given unless the unit acts before.</summary>
/// <param name="Colour">Colour.</param>
/// <param name="FallsAt">When, UTC; while it is held, when the hold ends.</param>
/// <param name="Step">Wait of the ladder, as the diagram names it.</param>
/// <param name="Owner">Who is held by the limit, such as <c>department:HEA</c>.</param>
/// <param name="CaseId">Case.</param>
/// <param name="CaseNumber">Its number.</param>
/// <param name="Target">Its target.</param>
/// <param name="Scenario">Its scenario.</param>
/// <param name="Department">Unit that would get it, or null.</param>
/// <param name="Area">District or town.</param>
/// <param name="LimitId">Limit from which the ladder counts; under it the card is held.</param>
/// <param name="Hold">Holding back that runs, or null.</param>
internal sealed record FallingCard(
    CardColour Colour, DateTimeOffset FallsAt, string Step, string? Owner, string CaseId, string CaseNumber, string Target, string Scenario, string? Department, string? Area,
    string LimitId, CardHold? Hold);

/// <summary>Foresees cards: the rungs of ladders that come next, read from what the workflows wait for.</summary>
internal sealed class FallingCards(WorkflowsDbContext database, AggregateReader rows, Viewer viewer, CalendarReader calendars, TimeProvider clock)
{
    private const int Longest = 5000;
    private const int AtOnce = 500;
    private const string Yellow = "黄牌";
    private const string Red = "红牌";
    private const string HeldYellow = Yellow + Activities.Escalation.LadderStep.Held;
    private const string HeldRed = Red + Activities.Escalation.LadderStep.Held;

    /// <summary>Cards that fall until the end of the n-th working day after today, soonest first, and those that are held; of cases in sight.</summary>
    /// <param name="workingDays">Working days ahead; 0 for today alone.</param>
    /// <param name="filter">Colour, unit, scenario, area and case.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<IReadOnlyList<FallingCard>> ReadAsync(int workingDays, CardFilter filter, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var calendar = await calendars.ReadAsync(cancellationToken);
        var until = ShanghaiTime.PassedAt(calendar.AddWorkingDays(ShanghaiTime.DateOf(now), workingDays));
        var (sight, owner) = (viewer.Sight, filter.Department is { } unit ? $"department:{unit}" : null);
        // A ladder names its next rung at the end of its wait.
        var waits = await (
            from wait in database.Set<BookmarkRow>().AsNoTracking()
            join one in database.Set<AggregateRow<Case>>().AsNoTracking() on wait.CorrelationId equals one.Id
            where wait.DueAt != null && wait.WaitName != null
                && (wait.DueAt <= until && (wait.WaitName.EndsWith(Yellow) || wait.WaitName.EndsWith(Red)) || wait.WaitName.EndsWith(HeldYellow) || wait.WaitName.EndsWith(HeldRed))
                && (owner == null || wait.WaitOwner == owner) && (filter.CaseId == null || one.Id == filter.CaseId) && (filter.Scenario == null || one.Kind == filter.Scenario)
                && (filter.Area == null || one.Area != null && one.Area.StartsWith(filter.Area)) && (sight.Area == null || one.Area == null || one.Area.StartsWith(sight.Area))
            orderby wait.DueAt, wait.Id
            select new { wait.DueAt, wait.WaitName, wait.WaitOwner, wait.Payload, one.Body }).Take(Longest + 1).ToListAsync(cancellationToken);
        if (waits.Count > Longest)
            throw new RefusedException(new Refusal(422, "too-many-rows", "days", $"超过{Longest}张：请缩短 days，或按部门、镇街分别查看。"));
        var seen = waits.Select(wait => (Wait: wait, Case: JsonSerializer.Deserialize<Case>(wait.Body, StorageJson.Options)!, LimitId: LimitOf(wait.Payload)))
            .Where(one => one.LimitId is not null && sight.Sees(one.Case)).ToList();
        var limits = await LimitsAsync([.. seen.Select(one => one.LimitId!).Distinct(StringComparer.Ordinal)], cancellationToken);
        return
        [
            .. from one in seen
            let colour = one.Wait.WaitName.Contains($"：{Red}", StringComparison.Ordinal) ? CardColour.Red : CardColour.Yellow
            where filter.Colour is null || colour == filter.Colour
            let hold = limits.GetValueOrDefault(one.LimitId!)?.CardHold
            select new FallingCard(
                colour, one.Wait.DueAt!.Value, one.Wait.WaitName, one.Wait.WaitOwner, one.Case.Id, one.Case.Number, one.Case.Target.Name, one.Case.ScenarioCode,
                one.Wait.WaitOwner?.StartsWith("department:", StringComparison.Ordinal) == true ? one.Wait.WaitOwner["department:".Length..] : null, one.Case.Area, one.LimitId!,
                hold?.EndsAt > now ? hold : null),
        ];
    }

    private async Task<Dictionary<string, StepLimit>> LimitsAsync(string[] wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, StepLimit>(StringComparer.Ordinal);
        foreach (var ids in wanted.Chunk(AtOnce))
        {
            foreach (var limit in await rows.ListAsync<StepLimit>(list => list.Where(row => ids.Contains(row.Id)), AtOnce, cancellationToken))
                found[limit.Id] = limit;
        }

        return found;
    }

    private static string? LimitOf(string? payload) => payload is null ? null : JsonSerializer.Deserialize<LadderWait>(payload, StorageJson.Options)?.LimitId;

    /// <summary>What a ladder waits with.</summary>
    /// <param name="LimitId">Limit from which it counts.</param>
    private sealed record LadderWait(string? LimitId);
}
