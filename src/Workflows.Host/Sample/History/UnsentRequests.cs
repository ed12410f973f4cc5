using System.Text.Json.Nodes;
using Workflows.Engine.BuiltIn.Http;
using Workflows.Storage.Outbox;

namespace Workflows.Host.Sample.History;

/// <summary>Requests of diagrams in a history that is only played: none leaves the machine, and the step hears that nobody could be reached.</summary>
internal sealed class UnsentRequests : IOutboxChannel
{
    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken) =>
        ValueTask.FromResult(OutboxAnswer.Answered(new Dictionary<string, JsonNode?> { [HttpAnswer.Error] = "connect" }));
}
