using System.Security.Cryptography;
using System.Text;
using Workflows.Storage.Outbox;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Messages;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Messages;

/// <summary>
/// Messages to people: finds the accounts, puts the message into the list of each with the reason why, and hands what leaves the service to its channels.
/// All of it is one commit, kept by the id of the message: delivered again after a crash it changes nothing.
/// </summary>
internal sealed class NoticeChannel(IServiceScopeFactory scopes, IStimulusGate gate, MessageCatalogue catalogue, OutsideChannels outside, ILogger<NoticeChannel> log) : IOutboxChannel
{
    /// <inheritdoc/>
    public string Name => "notice";

    /// <inheritdoc/>
    public async ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        if (item.Attempts == 0)
            log.LogInformation("Notice {Id} ({Kind}) to {Recipient}", item.Id, item.Kind, item.Recipient);
        IReadOnlyList<MessageReceiver> receivers;
        await using (var scope = scopes.CreateAsyncScope())
            receivers = await scope.ServiceProvider.GetRequiredService<MessageReceivers>().FindAsync(item.Recipient, item.Subject?.Area, item.CaseId, cancellationToken);
        var text = catalogue.Inside(item);
        var happening = Happening(item);
        await gate.CommandAsync(
            $"notice|{item.Id}", item.CaseKey, Actor.Clock,
            async (session, token) =>
            {
                foreach (var receiver in receivers)
                {
                    // Who is told of the same thing in two capacities reads it once, with both reasons.
                    if (await PutAsync(session, item, receiver, text, happening, token))
                        outside.ToAccount(session, item, receiver.Account);
                }

                outside.ToAddress(session, item);
                return receivers.Count;
            },
            new IdempotencyKey("notice", item.Id, ""), cancellationToken);
        // A group hears of a thing once, however many addresses it has.
        if (outside.HasGroups)
        {
            await gate.CommandAsync(
                $"notice-group|{item.Id}", item.CaseKey, Actor.Clock,
                (session, _) =>
                {
                    outside.ToGroups(session, item);
                    return ValueTask.FromResult(true);
                },
                new IdempotencyKey("notice-group", happening, ""), cancellationToken);
        }

        return OutboxAnswer.Delivered;
    }

    /// <summary>Id of the message of a happening to an account.</summary>
    public static string MessageId(string happening, string accountId) => Hash($"{happening}\n{accountId}");

    private async ValueTask<bool> PutAsync(ISupervisionSession session, OutboxItem item, MessageReceiver receiver, string text, string happening, CancellationToken cancellationToken)
    {
        var reason = new MessageReason(item.Recipient, receiver.Capacity, item.ActivityId);
        var id = MessageId(happening, receiver.Account.Actor.Id);
        if (await session.FindAsync<PersonalMessage>(id, cancellationToken) is { } known)
        {
            if (!known.Reasons.Contains(reason))
                session.Save(known with { Reasons = [.. known.Reasons, reason] });
            return false;
        }

        session.Save(new PersonalMessage
        {
            Id = id, CaseKey = item.CaseKey, CaseId = item.CaseId, Area = item.Subject?.Area, Created = new Cause(item.ActivityId, Actor.Clock.Id, Actor.Clock.Name, item.CreatedAt),
            AccountId = receiver.Account.Actor.Id, Kind = item.Kind, Text = text, Number = item.Subject?.Number, Due = item.Subject?.Due, Link = item.Subject?.Link,
            Urgent = catalogue.IsUrgent(item.Kind), Reasons = [reason],
        });
        return true;
    }

    // What one step said at one time, whoever it was said to.
    private static string Happening(OutboxItem item) => Hash($"{item.CaseKey}\n{item.CreatedAt.UtcTicks}\n{item.ActivityId}\n{item.Kind}\n{item.Body}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
