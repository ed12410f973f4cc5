using System.Text.Json;
using Workflows.Host.Composition;
using Workflows.Host.Json;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Exchange;

/// <summary>Sees to it that a database knows the platforms that come with the product; one that is known is left as people have changed it.</summary>
internal sealed class ExchangePlatformFiles(IStimulusGate gate, ServeSettings settings)
{
    /// <summary>Keeps each platform of <c>exchange/CODE.json</c> that is unknown.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(settings.HomeFolder, "exchange");
        if (!Directory.Exists(folder))
            return;
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var code = Path.GetFileNameWithoutExtension(path);
            var form = JsonSerializer.Deserialize<ExchangePlatformForm>(await File.ReadAllTextAsync(path, cancellationToken), HostJson.Options)
                ?? throw new InvalidDataException($"{path} is empty.");
            await gate.CommandAsync(
                "exchange-platform|" + code, ExchangePlatform.Family, Actor.Clock,
                async (session, token) => await session.FindAsync<ExchangePlatform>(code, token) ?? await new ExchangeService(session).KeepAsync(code, form, token),
                cancellationToken: cancellationToken);
        }
    }
}
