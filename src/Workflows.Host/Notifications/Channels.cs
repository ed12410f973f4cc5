using Workflows.Host.Elsa.Resuming;
using Workflows.Storage.Outbox;

namespace Workflows.Host.Notifications;

/// <summary>Messages to other systems.</summary>
internal sealed class WebhookChannel(WebhookClient webhook, ILogger<WebhookChannel> log) : IOutboxChannel
{
    /// <inheritdoc/>
    public string Name => "webhook";

    /// <inheritdoc/>
    public ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        if (webhook.IsConfigured)
            return webhook.DeliverAsync(item, cancellationToken);
        log.LogInformation("Message {Id} ({Kind}) has no webhook to go to: set WORKFLOWS_WEBHOOK_URL", item.Id, item.Kind);
        return ValueTask.FromResult(OutboxAnswer.Delivered);
    }
}

/// <summary>
/// Tasks that a workflow asks of an outside worker (RunTask): told to the webhook with the signed address at which the worker answers, or answered
/// by <c>POST /api/workflow-tasks/{taskId}/complete</c>.
/// </summary>
internal sealed class TaskChannel(WebhookClient webhook, ResumeTickets tickets, ILogger<TaskChannel> log) : IOutboxChannel
{
    /// <inheritdoc/>
    public string Name => "task";

    /// <inheritdoc/>
    public ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        if (webhook.IsConfigured)
            return webhook.DeliverAsync(item, $"{ResumingRoutes.ResumePath}?t={tickets.Issue(new ResumeTicket { TaskId = item.Kind })}", cancellationToken);
        log.LogInformation("Task {Id} ({Kind}) waits for a worker", item.Id, item.Kind);
        return ValueTask.FromResult(OutboxAnswer.Delivered);
    }
}
