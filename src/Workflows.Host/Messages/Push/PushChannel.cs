using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Workflows.Host.Json;
using Workflows.Storage.Outbox;

namespace Workflows.Host.Messages.Push;

/// <summary>What a phone's worker reads: number, due date and link, as everything that leaves the service.</summary>
/// <param name="Id">Id of the message; the same when it comes again, so that it is shown once.</param>
/// <param name="Text">What is shown.</param>
/// <param name="Link">Path on this service at which the matter is seen, or null.</param>
/// <param name="Urgent">Whether it passes quiet hours.</param>
internal sealed record PushedMessage(string Id, string Text, string? Link, bool Urgent);

/// <summary>推送: messages to browsers whose page is closed, each browser an outbox row of its own. Where the push service says that a browser is gone it is forgotten.</summary>
internal sealed class PushChannel(PushClient client, MessageCatalogue catalogue, IServiceScopeFactory scopes) : IOutboxChannel
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "push";

    private const char Separator = '/';

    /// <inheritdoc/>
    public string Name => ChannelName;

    /// <summary>Receiver of a row: account and browser.</summary>
    public static string Recipient(string account, string device) => $"{account}{Separator}{device}";

    /// <inheritdoc/>
    public DateTimeOffset Release(OutboxItem item, DateTimeOffset at) => catalogue.Release(item.Kind, at);

    /// <inheritdoc/>
    public async ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        if (item.Recipient.Split(Separator) is not [var account, var id])
            return OutboxAnswer.Failed($"收件人“{item.Recipient}”应为 账号/设备。");
        await using var scope = scopes.CreateAsyncScope();
        var devices = scope.ServiceProvider.GetRequiredService<PushDevices>();
        // Signed out meanwhile, disabled, or another password: the message stands in the list of the account.
        if (await devices.FindAsync(account, id, cancellationToken) is not { } device)
            return OutboxAnswer.Delivered;
        // Without the link, which the phone opens and does not show.
        var fields = OutsideFields.Of(item.Kind, item.Subject, null);
        var message = new PushedMessage(TopicOf(item.Id), catalogue.Outside(OutsideFields.Of(item.Kind, item.Subject, null, hasAccount: false)), fields.Link, catalogue.IsUrgent(item.Kind));
        var (outcome, error) = await client.PushAsync(device, JsonSerializer.SerializeToUtf8Bytes(message, HostJson.Options), message.Id, message.Urgent, cancellationToken);
        switch (outcome)
        {
            case PushOutcome.Gone:
                await devices.ForgetAsync(account, id, cancellationToken);
                return OutboxAnswer.Delivered;
            case PushOutcome.Failed:
                return OutboxAnswer.Failed(error ?? "推送服务未收下。");
            default:
                return OutboxAnswer.Delivered;
        }
    }

    // At most 32 characters of base64url (RFC 8030, section 5.4): what is sent again takes the place of what still waits at the push service.
    private static string TopicOf(string id) => Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 24));
}
