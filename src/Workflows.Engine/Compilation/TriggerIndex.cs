using Workflows.Engine.Activities;
using Workflows.Engine.Bookmarks;

namespace Workflows.Engine.Compilation;

/// <summary>Finds the ways in which a workflow starts.</summary>
internal static class TriggerIndex
{
    public static IEnumerable<WorkflowTrigger> Of(CompiledWorkflow workflow)
    {
        var context = new TriggerIndexingContext();
        foreach (var node in workflow.Nodes)
        {
            if (!node.Activity.CanStartWorkflow || node.Activity is not Trigger trigger)
                continue;
            foreach (var payload in trigger.GetTriggerPayloads(context))
                yield return new WorkflowTrigger(node.Id, node.TypeName, StimulusHasher.Hash(node.TypeName, payload), StimulusHasher.ToPayload(payload), trigger.TriggerKind);
        }
    }
}
