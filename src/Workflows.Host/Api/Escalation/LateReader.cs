using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Tasks;
using Workflows.Host.Problems;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Escalation;

/// <summary>Reads what is late or will be, within the sight of whoever asks: the one list from which the wall counts, the rows are shown and Excel is written.</summary>
internal sealed class LateReader(AggregateReader rows, Viewer viewer, CalendarReader calendars, TimeProvider clock)
{
    /// <summary>Rows of one kind; more are refused, since a list that stops would make every number on it wrong.</summary>
    private const int Longest = 5000;

    /// <summary>Working days before the last day from which something is amber.</summary>
    private const int AmberDays = 2;

    private static readonly string[] OpenLeads = [.. Enum.GetValues<LeadState>().Where(state => state is not (LeadState.Merged or LeadState.Closed)).Select(state => state.ToString())];

    /// <summary>The rows, earliest due first.</summary>
    public async Task<IReadOnlyList<LateRow>> ReadAsync(LateQuery query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + query.Outlook;
        var (sight, owners) = (viewer.Sight, viewer.Owners);
        var wide = sight.AllDepartments || LeadDoor.IsTown(viewer.Actor);
        var tasks = await AllAsync<WorkTask>(
            list => list.Where(row => row.State == "Open" && row.DueAt != null && row.DueAt <= until
                && (sight.Area == null || row.Area == null || row.Area.StartsWith(sight.Area))
                && (sight.AllDepartments || row.Department == sight.Department || row.Department == null && row.Owner == WorkTask.SeveralOfficers
                    || row.Owner != null && owners.Contains(row.Owner))), cancellationToken);
        var clocks = await AllAsync<DeadlineClock>(
            list => list.Where(row => row.State == "Running" && row.DueAt != null && row.DueAt <= until
                && (sight.Area == null || row.Area == null || row.Area.StartsWith(sight.Area))
                && (sight.AllDepartments || row.Department == sight.Department)), cancellationToken);
        var leads = await AllAsync<Lead>(
            list => list.Where(row => OpenLeads.Contains(row.State) && row.DueAt != null && row.DueAt <= until
                && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))
                && (wide || row.Department == sight.Department || row.Owner != null && owners.Contains(row.Owner))), cancellationToken);
        // What a party may hand in is its right; that it is late says the clock of its term, once.
        tasks = [.. tasks.Where(task => task.Role != Role.Party && TaskAccess.IsVisible(task, viewer.Actor))];
        var limits = await AllAsync<StepLimit>(
            list => list.Where(row => row.State == nameof(StepLimitState.Running) && row.DueAt != null && row.DueAt <= until && (sight.Area == null || row.Area == null || row.Area.StartsWith(sight.Area))),
            cancellationToken);
        clocks = LatePieces.WithoutStep(clocks, limits, tasks);
        leads = [.. leads.Where(lead => LeadDoor.Sees(lead, viewer))];
        var subjects = await new LateSubjects(rows, viewer).ReadAsync([.. tasks, .. clocks, .. leads], cancellationToken);
        var count = new Count(await calendars.ReadAsync(cancellationToken), now, subjects);
        return
        [
            .. tasks.Select(task => count.Row("task", task, task.Title, task.Index.Owner, task.DueAt!.Value))
                .Concat(clocks.Select(one => count.Row("clock", one, one.Clock.RuleCode, one.HeldBy, one.Clock.PassedAt!.Value)))
                .Concat(leads.Select(lead => count.Row("lead", lead, lead.Wait!.Name, lead.Wait.Owner, lead.Index.DueAt!.Value)))
                .Where(query.Holds)
                .OrderBy(row => row.DueAt).ThenBy(row => row.Id, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyList<T>> AllAsync<T>(Func<IQueryable<Storage.Model.AggregateRow<T>>, IQueryable<Storage.Model.AggregateRow<T>>> narrow, CancellationToken cancellationToken)
        where T : class, IAggregate
    {
        var found = await rows.ListAsync(narrow, Longest + 1, cancellationToken);
        return found.Count <= Longest
            ? found
            : throw new RefusedException(new Refusal(422, "too-many-rows", "within", $"超过{Longest}条：请缩短 within，或由镇街、部门分别查看。"));
    }

    private sealed record Count(WorkCalendar Calendar, DateTimeOffset Now, LateSubjects Subjects)
    {
        private readonly DateOnly _today = ShanghaiTime.DateOf(Now);

        public LateRow Row(string kind, SupervisionRecord record, string title, string? owner, DateTimeOffset dueAt)
        {
            // Due times are the instant at which the last day has passed.
            var days = Calendar.WorkingDaysBetween(ShanghaiTime.DateOf(dueAt.AddTicks(-1)), _today);
            var late = dueAt <= Now;
            var subject = Subjects.Of(record);
            return new LateRow(
                kind, record.Id, title, owner, dueAt, late, record.CaseId, record.PlanId, record.Department,
                late ? LateColour.Red : days >= -AmberDays ? LateColour.Amber : LateColour.Green,
                LatePieces.IsOfParty(owner) ? LateSide.Party : LateSide.Unit,
                days, subject?.Number, subject?.Name, subject?.Scenario, record.Area ?? subject?.Area, subject?.LeadId);
        }
    }
}
