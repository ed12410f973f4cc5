using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.Bursts;
using Workflows.Engine.Journal;
using Workflows.Engine.State;
using Workflows.Storage.Commit;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>Turns what a burst did into changes of the session: state, waits, history, mail and requests to the outside.</summary>
internal sealed class BurstRecorder(IBurstRunner runner)
{
    public async ValueTask<WorkflowInstanceRow> RecordAsync(BatchScope scope, StimulusSession session, Burst burst, WorkflowInstanceRow? before, StartWorkflow? start, string caseKey, CancellationToken cancellationToken)
    {
        WorkflowState state = burst.State;
        WorkflowInstanceRow row = Row(state, before, start, caseKey);
        BatchChanges changes = session.Changes;
        changes.Instances[row.Id] = row;
        bool finished = state.Status == WorkflowStatus.Finished;
        foreach (string id in burst.RemovedBookmarkIds)
        {
            if (!changes.AddedBookmarks.Remove(id))
                changes.RemovedBookmarks.Add(id);
        }
        if (finished)
        {
            // A faulted instance keeps its bookmarks in the state (Elsa); nobody waits for them any more.
            foreach (Bookmark left in state.Bookmarks)
            {
                if (!changes.AddedBookmarks.Remove(left.Id))
                    changes.RemovedBookmarks.Add(left.Id);
            }
        }
        else
        {
            foreach (Bookmark added in burst.AddedBookmarks)
                changes.AddedBookmarks[added.Id] = Wait(added, state, caseKey);
        }
        foreach (JournalRecord record in burst.Journal)
            changes.Journal.Add(Entry(record, state.Id));
        foreach (ActivityExecutionRecord execution in burst.Executions)
            changes.Executions[execution.Id] = Execution(execution, state.Id);
        foreach (BurstEffect effect in burst.Effects)
            Effect(effect, session, state.Id, caseKey);
        if (finished && before?.Status != nameof(WorkflowStatus.Finished) && row is { ReportBookmarkId: { } report, ParentInstanceId: { } parent })
            await ReportAsync(scope, session, Report(state.Status, state.SubStatus, runner.Output(state), state.Id), report, parent, cancellationToken);
        return row;
    }

    /// <summary>Tells who waits for a child that it was cancelled before it began.</summary>
    public static async ValueTask RevokedAsync(BatchScope scope, StimulusSession session, StartWorkflow start, string instanceId, CancellationToken cancellationToken)
    {
        if (start is { ReportBookmarkId: { } report, ParentInstanceId: { } parent })
            await ReportAsync(scope, session, Report(WorkflowStatus.Finished, WorkflowSubStatus.Cancelled, null, instanceId), report, parent, cancellationToken);
    }

    private static JsonObject Report(WorkflowStatus status, WorkflowSubStatus subStatus, JsonNode? output, string instanceId) => new()
    {
        ["status"] = status.ToString(),
        ["subStatus"] = subStatus.ToString(),
        ["output"] = output?.DeepClone(),
        ["instanceId"] = instanceId,
    };

    private static async ValueTask ReportAsync(BatchScope scope, StimulusSession session, JsonObject report, string bookmarkId, string parentId, CancellationToken cancellationToken)
    {
        string caseKey = await scope.CaseKeyOfInstanceAsync(parentId, cancellationToken);
        session.Changes.Mailbox.Add(Mail.Report(session.NewRowId(), bookmarkId, caseKey, report, session.Actor, session.Now));
    }

    private WorkflowInstanceRow Row(WorkflowState state, WorkflowInstanceRow? before, StartWorkflow? start, string caseKey) => new()
    {
        Id = state.Id,
        CaseKey = caseKey,
        DefinitionId = state.DefinitionId,
        DefinitionVersionId = state.DefinitionVersionId,
        DefinitionVersion = state.DefinitionVersion,
        Status = state.Status.ToString(),
        SubStatus = state.SubStatus.ToString(),
        CorrelationId = state.CorrelationId,
        Name = state.Name,
        ParentInstanceId = before is null ? start?.ParentInstanceId : before.ParentInstanceId,
        ReportBookmarkId = before is null ? start?.ReportBookmarkId : before.ReportBookmarkId,
        IncidentCount = state.Incidents.Count,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
        FinishedAt = state.FinishedAt,
        Revision = before?.Revision ?? 1,
        BaseRevision = before?.BaseRevision ?? 0,
        State = runner.Serialize(state),
    };

    private static void Effect(BurstEffect effect, StimulusSession session, string instanceId, string caseKey)
    {
        BatchChanges changes = session.Changes;
        switch (effect)
        {
            case DispatchEffect dispatch:
                changes.Mailbox.Add(Mail.Start(session.NewRowId(), dispatch, instanceId, caseKey, session.Actor, session.Now));
                break;
            case PublishEventEffect published:
                changes.Mailbox.Add(Mail.Event(session.NewRowId(), published, instanceId, caseKey, session.Actor, session.Now));
                break;
            case RunTaskEffect task:
                changes.Outbox.Add(Request(session, caseKey, effect, "task", task.TaskName, task.TaskId, null, new { task.TaskId, task.TaskName, task.Payload, instanceId }));
                break;
            case JobEffect job:
                changes.Outbox.Add(Request(session, caseKey, effect, job.Channel, job.Subject, "job", job.BookmarkId, job.Order));
                break;
            case HttpRequestEffect http:
                changes.Outbox.Add(Request(session, caseKey, effect, "http", http.Url, http.Method, http.BookmarkId, http));
                break;
        }
    }

    private static OutboxRow Request(StimulusSession session, string caseKey, BurstEffect effect, string channel, string recipient, string kind, string? bookmarkId, object body) => new()
    {
        Id = session.NewRowId(),
        Channel = channel,
        Recipient = recipient,
        Kind = kind,
        Body = JsonSerializer.Serialize(body, body.GetType(), StorageJson.Options),
        CaseKey = caseKey,
        ActivityId = effect.ActivityId,
        BookmarkId = bookmarkId,
        State = "Pending",
        NextAttemptAt = session.Now,
        CreatedAt = session.Now,
    };

    private static BookmarkRow Wait(Bookmark b, WorkflowState state, string caseKey) => new()
    {
        Id = b.Id,
        InstanceId = state.Id,
        CaseKey = caseKey,
        CorrelationId = state.CorrelationId,
        Name = b.Name,
        Hash = b.Hash,
        ActivityId = b.ActivityId,
        ActivityInstanceId = b.ActivityInstanceId,
        WaitName = b.WaitName,
        WaitOwner = b.WaitOwner,
        Payload = b.Payload?.ToJsonString(StorageJson.Options),
        CreatedAt = b.CreatedAt,
        DueAt = b.DueAt,
        FireAt = b.DueAt,
    };

    private static JournalRow Entry(JournalRecord r, string instanceId) => new()
    {
        InstanceId = instanceId,
        Sequence = r.Sequence,
        Timestamp = r.Timestamp,
        EventName = r.EventName,
        ActivityInstanceId = r.ActivityInstanceId,
        ParentActivityInstanceId = r.ParentActivityInstanceId,
        ActivityId = r.ActivityId,
        ActivityType = r.ActivityType,
        ActivityTypeVersion = r.ActivityTypeVersion,
        ActivityName = r.ActivityName,
        ActivityNodeId = r.ActivityNodeId,
        Message = r.Message,
        Payload = r.Payload?.ToJsonString(StorageJson.Options),
    };

    private static ActivityExecutionRow Execution(ActivityExecutionRecord e, string instanceId) => new()
    {
        Id = e.Id,
        InstanceId = instanceId,
        ActivityId = e.ActivityId,
        ActivityNodeId = e.ActivityNodeId,
        ActivityType = e.ActivityType,
        ActivityTypeVersion = e.ActivityTypeVersion,
        ActivityName = e.ActivityName,
        ParentId = e.ParentId,
        Status = e.Status,
        HasBookmarks = e.HasBookmarks,
        FaultCount = e.AggregateFaultCount,
        StartedAt = e.StartedAt,
        CompletedAt = e.CompletedAt,
        Body = JsonSerializer.Serialize(e, StorageJson.Options),
    };
}
