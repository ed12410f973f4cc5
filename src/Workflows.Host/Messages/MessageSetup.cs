using Workflows.Host.Composition;
using Workflows.Host.Messages.Push;
using Workflows.Host.Notifications;
using Workflows.Host.Scheduling;
using Workflows.Storage.Outbox;

namespace Workflows.Host.Messages;

/// <summary>Messages to people as services.</summary>
internal static class MessageSetup
{
    /// <summary>Adds lists, templates, channels and the morning's digest.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services, ServeSettings settings)
    {
        services.AddSingleton(_ => MessageCatalogue.Read(settings));
        services.AddSingleton<OutsideChannels>();
        services.AddSingleton<GatewayClient>();
        services.AddScoped<AccountBook>();
        services.AddScoped<MessageReceivers>();
        services.AddScoped<MessageDesk>();
        services.AddScoped<SubscriptionWatch>();
        services.AddScoped<INightlyWork, DailyDigest>();
        services.AddSingleton<IOutboxChannel, NoticeChannel>();
        services.AddSingleton<IOutboxChannel, NoticeWebhook>();
        services.AddSingleton<IOutboxChannel, DingTalkChannel>();
        services.AddSingleton<IOutboxChannel, WeComChannel>();
        services.AddSingleton<IOutboxChannel, SmsChannel>();
        services.AddSingleton(_ => VapidKey.Read(settings));
        services.AddSingleton(provider => new PushClient(settings, provider.GetRequiredService<VapidKey>(), provider.GetRequiredService<EgressGuard>()));
        services.AddScoped<PushDevices>();
        services.AddSingleton<IOutboxChannel, PushChannel>();
        return services;
    }
}
