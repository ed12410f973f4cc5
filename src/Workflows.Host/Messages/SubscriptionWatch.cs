using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Tasks;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Measures;
using Workflows.Supervision.Messages;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Messages;

/// <summary>阈值订阅: looks with the morning's digest at the figures that accounts subscribed to, and tells those whose threshold was passed since the look before.</summary>
internal sealed class SubscriptionWatch(IStimulusGate gate, AggregateReader rows, Measuring measuring)
{
    /// <summary>Kind of the message.</summary>
    public const string Kind = "订阅提醒";

    private const int MostSubscriptions = 20_000;

    /// <summary>Looks at all subscriptions of accounts that are in use.</summary>
    /// <param name="scheduledFor">When the digest is due, UTC.</param>
    /// <param name="tasks">All open steps.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="calendar">The calendar.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task RunAsync(DateTimeOffset scheduledFor, IReadOnlyList<WorkTask> tasks, IReadOnlyList<MessageAccount> accounts, WorkCalendar calendar, CancellationToken cancellationToken)
    {
        var subscriptions = await rows.ListAsync<MessageSubscription>(query => query.Where(row => row.State == "Active"), MostSubscriptions, cancellationToken);
        if (subscriptions.Count == 0)
            return;
        var known = accounts.ToDictionary(account => account.Actor.Id, account => account.Actor, StringComparer.Ordinal);
        var units = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in await rows.ListAsync<DepartmentRecord>(query => query, MostSubscriptions, cancellationToken))
            units[record.Unit.Code] = record.Unit.Name;
        foreach (var one in subscriptions)
        {
            if (!known.TryGetValue(one.AccountId, out var actor) || await ValueAsync(one, actor, tasks, scheduledFor, calendar, cancellationToken) is not { } value || one.Holds(value) == one.Reached)
                continue;
            var key = string.Create(CultureInfo.InvariantCulture, $"subscription|{one.Id}|{scheduledFor.UtcTicks}");
            await gate.CommandAsync(key, "messages", Actor.Clock, async (session, token) =>
            {
                if (await session.FindAsync<MessageSubscription>(one.Id, token) is not { Ended: false } current)
                    return false;
                session.Save(current with { Reached = current.Holds(value) });
                if (current.Holds(value))
                    session.Save(MessageOf(current, value, units, scheduledFor));
                return true;
            }, new IdempotencyKey("schedule", key, ""), cancellationToken);
        }
    }

    /// <summary>What a subscription is called, such as 消防超期未办达到5件.</summary>
    /// <param name="one">The subscription.</param>
    /// <param name="units">Names of departments by their codes.</param>
    public static string NameOf(MessageSubscription one, IReadOnlyDictionary<string, string> units)
    {
        var unit = one.Unit is null ? "" : units.GetValueOrDefault(one.Unit, one.Unit);
        var threshold = Shown(one.Measure, one.Threshold);
        var what = one.Measure switch
        {
            MessageSubscription.Overdue => "超期未办",
            MessageSubscription.DueSoon => "下一工作日前到期",
            _ => MeasureCatalogue.Find(one.Measure)?.Name ?? one.Measure,
        };
        return $"{unit}{what}{(one.Comparison == SubscriptionComparison.AtLeast ? "达到" : "低于")}{threshold}";
    }

    private async Task<decimal?> ValueAsync(MessageSubscription one, Actor actor, IReadOnlyList<WorkTask> tasks, DateTimeOffset now, WorkCalendar calendar, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.DateOf(now);
        var until = one.Measure == MessageSubscription.DueSoon ? ShanghaiTime.PassedAt(calendar.AddWorkingDays(today, 1)) : now;
        if (one.Measure is MessageSubscription.Overdue or MessageSubscription.DueSoon)
        {
            return tasks.Count(task => task.Role != Role.Party && task.DueAt <= until && (one.Measure == MessageSubscription.Overdue || task.DueAt > now)
                && (one.Unit is null || task.Department == one.Unit) && TaskAccess.IsVisible(task, actor));
        }

        var sight = Sight.Of(actor);
        if (MeasureCatalogue.Find(one.Measure) is not { } definition)
            return null;
        var scope = new MeasureScope(new DateOnly(today.Year, 1, 1), today, sight.Area, sight.AllDepartments ? one.Unit : sight.Department ?? "-");
        var (value, _) = await measuring.CountAsync(definition, scope, calendar, today, cancellationToken);
        return value.Value;
    }

    private static PersonalMessage MessageOf(MessageSubscription one, decimal value, IReadOnlyDictionary<string, string> units, DateTimeOffset at) => new()
    {
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Kind}\n{one.Id}\n{at.UtcTicks}"))))[..32],
        CaseKey = "messages",
        Created = new Cause(null, Actor.Clock.Id, Actor.Clock.Name, at),
        AccountId = one.AccountId,
        Kind = Kind,
        Text = $"{NameOf(one, units)}：现为{Shown(one.Measure, value)}。",
        Link = one.Measure is MessageSubscription.Overdue or MessageSubscription.DueSoon
            ? $"/desk/wall?colour={(one.Measure == MessageSubscription.Overdue ? "Red" : "Amber")}&kind=task{(one.Unit is null ? "" : $"&department={one.Unit}")}"
            : $"/desk/measures?code={one.Measure}{(one.Unit is null ? "" : $"&department={one.Unit}")}",
        Reasons = [new MessageReason($"user:{one.AccountId}", $"“{NameOf(one, units)}”的订阅人", null)],
    };

    private static string Shown(string measure, decimal value) => measure is MessageSubscription.Overdue or MessageSubscription.DueSoon
        ? string.Create(CultureInfo.InvariantCulture, $"{value:0}件")
        : MeasureCatalogue.Find(measure)?.Form is MeasureForm.Rate or MeasureForm.Growth ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.##}%") : string.Create(CultureInfo.InvariantCulture, $"{value:0.##}");
}
