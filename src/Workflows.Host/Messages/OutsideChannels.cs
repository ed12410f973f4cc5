using Workflows.Host.Composition;
using Workflows.Host.Messages.Push;
using Workflows.Storage.Outbox;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Messages;

/// <summary>
/// Hands messages to the channels that leave the service, each as an outbox row of its own that is tried until it is delivered. The text is rendered from
/// <see cref="OutsideFields"/> alone; in quiet hours a row waits for their end.
/// </summary>
internal sealed class OutsideChannels(ServeSettings settings, MessageCatalogue catalogue)
{
    /// <summary>Receiver of a row for a group robot.</summary>
    public const string Group = "group";

    /// <summary>Whether a group robot is named.</summary>
    public bool HasGroups => settings.DingTalkAddress is not null || settings.WeComAddress is not null;

    /// <summary>To the telephone of an account, and to the browsers in which it has messages pushed.</summary>
    public void ToAccount(ISupervisionSession session, OutboxItem item, MessageAccount account)
    {
        if (settings.SmsAddress is not null && account.Phone is not null)
            Send(session, SmsChannel.ChannelName, $"user:{account.Actor.Id}", item);
        if (settings.PushHosts.Any)
        {
            foreach (var device in account.Devices)
                Send(session, PushChannel.ChannelName, PushChannel.Recipient(account.Actor.Id, device), item);
        }
    }

    /// <summary>To the systems that listen, under the address as it was written, and to the telephone of a party.</summary>
    public void ToAddress(ISupervisionSession session, OutboxItem item)
    {
        if (settings.WebhookAddress is not null)
            Send(session, NoticeWebhook.ChannelName, item.Recipient, item);
        if (settings.SmsAddress is not null && item.Recipient.StartsWith("party:", StringComparison.Ordinal))
            Send(session, SmsChannel.ChannelName, item.Recipient, item, hasAccount: false);
    }

    /// <summary>To the group robots.</summary>
    public void ToGroups(ISupervisionSession session, OutboxItem item)
    {
        if (settings.DingTalkAddress is not null)
            Send(session, DingTalkChannel.ChannelName, Group, item);
        if (settings.WeComAddress is not null)
            Send(session, WeComChannel.ChannelName, Group, item);
    }

    private void Send(ISupervisionSession session, string channel, string recipient, OutboxItem item, bool hasAccount = true) => session.Send(
        new OutboxMessage(channel, recipient, item.Kind, catalogue.Outside(OutsideFields.Of(item.Kind, item.Subject, settings.PublicAddress, hasAccount)), item.CaseId, item.ActivityId)
        {
            Subject = item.Subject,
            NotBefore = catalogue.Release(item.Kind, item.CreatedAt),
        });
}
