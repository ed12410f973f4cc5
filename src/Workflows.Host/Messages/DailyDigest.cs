using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflows.Host.Access;
using Workflows.Host.Api.Deputies;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Tasks;
using Workflows.Host.Scheduling;
using Workflows.Storage.Definitions;
using Workflows.Storage.Outbox;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Messages;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Messages;

/// <summary>每日提要: tells everybody at 08:30 of each working day what of theirs is overdue, what is due today and what is new since the working day before.</summary>
internal sealed class DailyDigest(IStimulusGate gate, AggregateReader rows, AccountBook accounts, CalendarReader calendars, OutsideChannels outside, SubscriptionWatch watch) : INightlyWork
{
    /// <summary>Kind of the message.</summary>
    public const string Kind = "每日提要";

    /// <summary>Section of what is late.</summary>
    public const string Overdue = "已超期";

    /// <summary>Section of what has to be done by the end of the day.</summary>
    public const string DueToday = "今日到期";

    /// <summary>Section of what has come since the digest before.</summary>
    public const string New = "新收";

    private const int MostMatters = 50_000;
    private const int MostLines = 200;
    private const int AccountsOfCommit = 50;
    private static readonly TimeOnly Hour = new(8, 30);
    private static readonly string[] OpenLeads = [.. Enum.GetValues<LeadState>().Where(state => state is not (LeadState.Merged or LeadState.Closed)).Select(state => state.ToString())];

    /// <inheritdoc/>
    public string Name => "nightly:digest";

    /// <inheritdoc/>
    public string Cron => "0 30 8 * * ?";

    /// <inheritdoc/>
    public async Task RunAsync(DateTimeOffset scheduledFor, CancellationToken cancellationToken)
    {
        var calendar = await calendars.ReadAsync(cancellationToken);
        var today = ShanghaiTime.DateOf(scheduledFor);
        if (!calendar.IsWorkingDay(today))
            return;
        var before = today.AddDays(-1);
        // No calendar has a month without a working day.
        for (var look = 0; look < 31 && !calendar.IsWorkingDay(before); look++)
            before = before.AddDays(-1);
        var since = ShanghaiTime.At(before, Hour);
        var tasks = await rows.ListAsync<WorkTask>(query => query.Where(row => row.State == nameof(TaskState.Open)), MostMatters, cancellationToken);
        var leads = await rows.ListAsync<Lead>(query => query.Where(row => OpenLeads.Contains(row.State)), MostMatters, cancellationToken);
        var known = await accounts.ReadAsync(cancellationToken);
        var principals = await PrincipalsAsync(known, today, cancellationToken);
        var letters = known.Where(account => RouteAccess.CaseWorkers.Any(account.Actor.Is))
            .Select(account => (Account: account, Lines: LinesOf(account.Actor, [.. principals[account.Actor.Id]], tasks, leads, today, since, scheduledFor))).Where(letter => letter.Lines.Count > 0).ToList();
        foreach (var part in letters.Chunk(AccountsOfCommit))
        {
            // Named by whom it is for: the list is made afresh after a crash and may be another one then. Who has got the digest gets no second (PutAsync).
            var key = string.Create(CultureInfo.InvariantCulture, $"{Name}|{scheduledFor.UtcTicks}|{Hash(string.Join('\n', part.Select(letter => letter.Account.Actor.Id)))}");
            await gate.CommandAsync(key, "messages", Actor.Clock, async (session, token) =>
            {
                foreach (var (account, lines) in part)
                    await PutAsync(session, account, lines, today, scheduledFor, token);
                return part.Length;
            }, new IdempotencyKey("schedule", key, ""), cancellationToken);
        }

        await watch.RunAsync(scheduledFor, tasks, known, calendar, cancellationToken);
    }

    // Deputies of the day, as their accounts stand now: the deputy is told of both, the absent person of the own.
    private async Task<ILookup<string, Actor>> PrincipalsAsync(IReadOnlyList<MessageAccount> known, DateOnly today, CancellationToken cancellationToken)
    {
        var actors = known.ToDictionary(account => account.Actor.Id, account => account.Actor, StringComparer.Ordinal);
        return (await rows.ListAsync<Deputy>(query => query.Where(row => row.State == "Active"), MostMatters, cancellationToken)).Where(one => one.HoldsOn(today))
            .Where(one => actors.TryGetValue(one.AccountId, out var absent) && actors.TryGetValue(one.DeputyId, out var deputy) && DeputyService.StandsIn(absent, deputy))
            .ToLookup(one => one.DeputyId, one => actors[one.AccountId], StringComparer.Ordinal);
    }

    private async ValueTask PutAsync(ISupervisionSession session, MessageAccount account, List<MessageLine> lines, DateOnly today, DateTimeOffset scheduledFor, CancellationToken cancellationToken)
    {
        var id = Hash(string.Create(CultureInfo.InvariantCulture, $"{Name}\n{scheduledFor.UtcTicks}\n{account.Actor.Id}"));
        if (await session.FindAsync<PersonalMessage>(id, cancellationToken) is not null)
            return;
        int Count(string section) => lines.Count(line => line.Section == section);
        var text = $"{ChineseDate.WithWeekday(today)}：{Overdue}{Count(Overdue)}件，{DueToday}{Count(DueToday)}件，{New}{Count(New)}件。{(lines.Count > MostLines ? $"下列前{MostLines}件。" : "")}";
        session.Save(new PersonalMessage
        {
            Id = id, CaseKey = "messages", Created = new Cause(null, Actor.Clock.Id, Actor.Clock.Name, scheduledFor), AccountId = account.Actor.Id, Kind = Kind, Text = text, Link = "/tasks",
            Reasons = [new MessageReason($"user:{account.Actor.Id}", "这些事项的承办人", null)], Lines = [.. lines.Take(MostLines)],
        });
        outside.ToAccount(session, new OutboxItem(id, "notice", $"user:{account.Actor.Id}", Kind, text, "messages", null, null, null, 0, scheduledFor, new OutboxSubject(null, today, "/tasks", null)), account);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    private static List<MessageLine> LinesOf(Actor actor, IReadOnlyList<Actor> principals, IReadOnlyList<WorkTask> tasks, IReadOnlyList<Lead> leads, DateOnly today, DateTimeOffset since, DateTimeOffset now)
    {
        bool Waits(Lead lead, Actor whose, IEnumerable<string> owners) =>
            lead.Wait is { } wait && owners.Contains(wait.Owner) && (whose.Area is null || lead.Area is null || lead.Area.StartsWith(whose.Area, StringComparison.Ordinal));
        static (string Title, DateTimeOffset? Due, DateTimeOffset Since, string Link) OfTask(WorkTask task, string whose) => (whose + task.Title, task.DueAt, task.Created.At, $"/tasks/{task.Id}");
        static (string Title, DateTimeOffset? Due, DateTimeOffset Since, string Link) OfLead(Lead lead, string whose) =>
            ($"{whose}线索{lead.Id}：{lead.Wait!.Name}", lead.Wait.DueAt, lead.Steps.Count > 0 ? lead.Steps[^1].At : lead.ReceivedAt, $"/leads/{lead.Id}");
        var owners = Viewer.OwnersOf(actor);
        var matters = tasks.Where(task => TaskAccess.IsFor(task, actor)).Select(task => OfTask(task, ""))
            .Concat(leads.Where(lead => Waits(lead, actor, owners)).Select(lead => OfLead(lead, "")))
            .Concat(tasks.Where(task => principals.Count > 0 && DeputyDesk.ActsFor(task, actor, principals) is not null).Select(task => OfTask(task, $"代{DeputyDesk.ActsFor(task, actor, principals)!.Name}：")))
            .Concat(principals.SelectMany(principal => leads.Where(lead => !Waits(lead, actor, owners) && Waits(lead, principal, Viewer.OfficeOwnersOf(principal))).Select(lead => OfLead(lead, $"代{principal.Name}："))))
            .Where(matter => matter.Since <= now).ToList();
        var tonight = ShanghaiTime.PassedAt(today);
        IEnumerable<MessageLine> Section(string name, Func<(string Title, DateTimeOffset? Due, DateTimeOffset Since, string Link), bool> holds) =>
            matters.Where(holds).OrderBy(matter => matter.Due ?? DateTimeOffset.MaxValue).ThenBy(matter => matter.Link, StringComparer.Ordinal)
                .Select(matter => new MessageLine(name, matter.Title, matter.Due, matter.Link));
        return
        [
            .. Section(Overdue, matter => matter.Due <= now),
            // A limit that ends with the day passes at midnight.
            .. Section(DueToday, matter => matter.Due > now && matter.Due <= tonight),
            .. Section(New, matter => matter.Since > since),
        ];
    }
}
