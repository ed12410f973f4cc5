using Workflows.Engine.State;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>
/// Cancelling down the tree of instances. Whoever cancels holds the lock of the parent's family while the children are listed, and a child starts under
/// the lock of its parent's family too (<see cref="BatchScope.ParentsAsync"/>): so each child is either listed and gets a letter, or finds its parent
/// cancelled and never begins, on whatever node.
/// </summary>
internal static class FamilyTree
{
    /// <summary>Writes a letter to each running child.</summary>
    public static async ValueTask CancelChildrenAsync(BatchScope scope, StimulusSession session, string parentId, string reason, CancellationToken cancellationToken)
    {
        foreach ((string child, string caseKey) in await scope.RunningChildrenAsync(parentId, session.Changes, cancellationToken))
            session.Changes.Mailbox.Add(Mail.Cancel(session.NewRowId(), child, caseKey, reason, session.Actor, session.Now));
    }

    /// <summary>Whether a dispatched child must not begin any more: its parent was cancelled, or the case that it was to carry through was withdrawn.</summary>
    public static async ValueTask<bool> IsRevokedAsync(BatchScope scope, StimulusSession session, StartWorkflow start, string instanceId, CancellationToken cancellationToken) =>
        scope.IsCancelled(start.ParentInstanceId!, session.Changes)
        || (await session.ListAsync<Case>(new AggregateFilter { CaseKey = instanceId, States = [nameof(CaseState.Withdrawn)] }, cancellationToken)).Any(c => c.RootInstanceId == instanceId);

    /// <summary>Whether the row of an instance says that it was cancelled.</summary>
    public static bool IsCancelled(WorkflowInstanceRow row) => row.SubStatus == nameof(WorkflowSubStatus.Cancelled);
}
