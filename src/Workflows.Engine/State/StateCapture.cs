using System.Text.Json.Nodes;
using Workflows.Engine.Bursts;
using Workflows.Engine.Compilation;
using Workflows.Engine.BuiltIn;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.State;

/// <summary>Turns a burst into state and state into the beginning of a burst. A state is read, never changed: a burst that throws leaves it as it was.</summary>
internal static class StateCapture
{
    public static WorkflowState Capture(WorkflowExecutionContext run, WorkflowState? before, JsonObject keptInput, DateTimeOffset createdAt)
    {
        var contexts = new List<ActivityContextState>();
        if (run.Root is { } root)
            Capture(root, contexts);
        return new WorkflowState
        {
            Id = run.Id,
            DefinitionId = run.Workflow.DefinitionId,
            DefinitionVersionId = run.Workflow.VersionId,
            DefinitionVersion = run.Workflow.Version,
            ParentWorkflowInstanceId = run.ParentWorkflowInstanceId,
            CorrelationId = run.CorrelationId,
            Name = run.Name,
            Status = run.Status,
            SubStatus = run.SubStatus,
            Bookmarks = [.. run.Bookmarks],
            Incidents = before is null ? run.Incidents : [.. before.Incidents.Where(i => !run.Retried.Contains(i.ActivityInstanceId)), .. run.Incidents],
            CreatedAt = createdAt,
            UpdatedAt = run.Burst.Now,
            FinishedAt = run.FinishedAt,
            ExecutionLogSequence = run.FirstSequence + run.Journal.Count,
            Input = keptInput,
            Output = run.Output,
            Properties = run.Properties ?? [],
            Contexts = contexts,
        };
    }

    public static void Restore(WorkflowExecutionContext run, WorkflowState state)
    {
        run.CorrelationId = state.CorrelationId;
        run.Name = state.Name;
        run.ParentWorkflowInstanceId = state.ParentWorkflowInstanceId;
        run.Output = (JsonObject)state.Output.DeepClone();
        run.Properties = (JsonObject)state.Properties.DeepClone();
        var restored = new Dictionary<string, ActivityExecutionContext>(StringComparer.Ordinal);
        foreach (var kept in state.Contexts)
        {
            var parent = kept.ParentId is null ? null : restored.GetValueOrDefault(kept.ParentId);
            // What a new version no longer has is dropped with everything below it, as in Elsa.
            if (kept.ParentId is not null && parent is null)
                continue;
            if (WorkflowOf(run, parent, kept.NodeId)?.FindNode(kept.NodeId) is not { } node)
                continue;
            var context = Restore(run, node, parent, kept);
            restored[kept.Id] = context;
            if (parent is null)
                run.Root = context;
            else
                parent.AddChild(context);
            if (!context.IsFinal)
                run.LiveContexts++;
        }

        foreach (var bookmark in state.Bookmarks)
        {
            if (restored.TryGetValue(bookmark.ActivityInstanceId, out var context))
                run.Add(bookmark, context);
        }
    }

    private static CompiledWorkflow? WorkflowOf(WorkflowExecutionContext run, ActivityExecutionContext? parent, string nodeId)
    {
        if (parent is null)
            return run.Workflow;
        return parent.Activity is WorkflowDefinitionActivity && nodeId == parent.InnerWorkflow?.Root.NodeId ? parent.InnerWorkflow : parent.Node.Workflow;
    }

    private static void Capture(ActivityExecutionContext context, List<ActivityContextState> contexts)
    {
        contexts.Add(new ActivityContextState
        {
            Id = context.Id,
            ParentId = context.ParentActivityExecutionContext?.Id,
            NodeId = context.Node.NodeId,
            FullNodeId = context.NodeId,
            Status = context.Status,
            StartedAt = context.StartedAt,
            Callback = context.OnCompleted?.Method.Name,
            Tag = ValueConversion.ToJson(context.Tag),
            Counter = context.Counter,
            FaultCount = context.FaultCount,
            IsBackward = context.IsBackward,
            IsBreaking = context.IsBreaking,
            InputsEvaluated = context.InputsEvaluated,
            Inputs = InputsOf(context),
            Properties = (JsonObject?)context.Properties?.DeepClone(),
            Variables = VariablesOf(context),
            Scope = context.Scope is null ? null : context.Activity.SaveScope(context),
            Exception = context.Exception?.Message,
        });
        foreach (var child in context.Children)
            Capture(child, contexts);
    }

    private static JsonObject? InputsOf(ActivityExecutionContext context)
    {
        if (context.InputValues is not { } values || context.IsFinal)
            return null;
        var inputs = new JsonObject();
        foreach (var slot in context.Node.EvaluatedSlots)
        {
            if (!context.Node.SensitiveSlots.Contains(slot))
                inputs[context.Node.InputNames[slot]] = ValueConversion.ToJsonOrNull(values[slot]);
        }

        return inputs;
    }

    private static List<VariableState> VariablesOf(ActivityExecutionContext context)
    {
        var variables = new List<VariableState>();
        foreach (var block in context.Variables ?? [])
        {
            if (block.IsDynamic || block.Declaration.IsPersistent)
                variables.Add(new VariableState(block.Declaration.Id, block.Declaration.Name, ValueConversion.ToJsonOrNull(block.Value), block.IsDynamic || !IsDeclared(context, block)));
        }

        return variables;
    }

    private static bool IsDeclared(ActivityExecutionContext context, VariableBlock block)
    {
        foreach (var declaration in context.Node.Variables)
        {
            if (ReferenceEquals(declaration, block.Declaration))
                return true;
        }

        return false;
    }

    private static ActivityExecutionContext Restore(WorkflowExecutionContext run, ActivityNode node, ActivityExecutionContext? parent, ActivityContextState kept)
    {
        var context = new ActivityExecutionContext(run, node, parent, kept.Id)
        {
            Status = kept.Status,
            StartedAt = kept.StartedAt,
            Tag = ValueConversion.FromJson(kept.Tag),
            Counter = kept.Counter,
            FaultCount = kept.FaultCount,
            IsBackward = kept.IsBackward,
            IsBreaking = kept.IsBreaking,
            InputsEvaluated = kept.InputsEvaluated,
            Properties = (JsonObject?)kept.Properties?.DeepClone(),
            Exception = kept.Exception is null ? null : new InvalidOperationException(kept.Exception),
        };
        if (kept.Callback is { } callback && parent is not null)
            context.OnCompleted = CallbackNames.Resolve<ActivityCompletionCallback>(parent.Activity, callback);
        if (kept.Inputs is { } inputs)
        {
            context.InputValues = new object?[node.Inputs.Length];
            foreach (var slot in node.EvaluatedSlots)
                context.InputValues[slot] = ValueConversion.To(ValueConversion.FromJson(inputs[node.InputNames[slot]]), node.Inputs[slot]!.Type);
        }

        foreach (var variable in kept.Variables)
        {
            if (variable.IsDynamic)
                context.SetOwnVariable(variable.Name, ValueConversion.FromJson(variable.Value), variable.Id);
            else
                context.FindOwnVariableById(variable.Id)?.Set(ValueConversion.FromJson(variable.Value));
        }

        if (kept.Scope is { } scope)
            node.Activity.LoadScope(context, scope);
        return context;
    }
}
