using Microsoft.Extensions.DependencyInjection;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Serving;

internal static class Definitions
{
    /// <summary>Saves an Elsa definition as it stands.</summary>
    public static async Task DefinitionAsync(this ServiceUnderTest service, string json, bool publish) =>
        await service.Services.GetRequiredService<DefinitionStore>().SaveAsync(json, publish, "studio", "save-" + Guid.NewGuid(), Actor.Clock);

    /// <summary>Saves an Elsa definition whose root runs some activities one after the other.</summary>
    public static async Task SequenceAsync(this ServiceUnderTest service, string id, bool publish, params string[] activities) =>
        await service.Services.GetRequiredService<DefinitionStore>().SaveAsync(
            $"{{\"definitionId\":\"{id}\",\"name\":\"{id}\",\"root\":{{\"id\":\"root\",\"type\":\"Elsa.Sequence\",\"activities\":[{string.Join(',', activities)}]}}}}",
            publish, "files", "save-" + id + publish, Actor.Clock);
}
