using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.BuiltIn;
using Workflows.Engine.Bursts;
using Workflows.Engine.Compilation;
using Workflows.Engine.Expressions;
using Workflows.Engine.Journal;
using Workflows.Engine.State;

namespace Workflows.Engine.Execution;

/// <summary>One burst of a workflow instance (Elsa concept): its queue, its executions and what it has done so far.</summary>
public sealed partial class WorkflowExecutionContext
{
    private Dictionary<(CompiledWorkflow Workflow, int Node), object?[]>? _outputs;
    private int _watches;

    internal WorkflowExecutionContext(WorkflowEngine engine, CompiledWorkflow workflow, BurstContext burst, string id, long firstSequence, CancellationToken cancellationToken)
    {
        Engine = engine;
        Workflow = workflow;
        Burst = burst;
        Id = id;
        CancellationToken = cancellationToken;
        FirstSequence = firstSequence;
        Journal = new JournalLog(firstSequence, burst.Now);
    }

    /// <summary>Id of the instance.</summary>
    public string Id { get; }

    /// <summary>Logical id of its definition.</summary>
    public string DefinitionId => Workflow.DefinitionId;

    /// <summary>Version number of its definition.</summary>
    public int DefinitionVersion => Workflow.Version;

    /// <summary>Correlation id, or null.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>Name, or null.</summary>
    public string? Name { get; set; }

    /// <summary>Instance that dispatched this one, or null.</summary>
    public string? ParentWorkflowInstanceId { get; internal set; }

    /// <summary>Main status.</summary>
    public WorkflowStatus Status { get; private set; }

    /// <summary>Finer status.</summary>
    public WorkflowSubStatus SubStatus { get; private set; } = WorkflowSubStatus.Executing;

    /// <summary>Workflow inputs: those kept with the instance and those of the stimulus.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Input { get; internal set; } = EmptyInput;

    /// <summary>Workflow outputs so far.</summary>
    public JsonObject Output { get; internal set; } = [];

    /// <summary>Properties of the instance, such as <c>Flowchart:ExecutionMode</c>.</summary>
    public JsonObject? Properties { get; internal set; }

    /// <summary>What this burst may know of the outside.</summary>
    public BurstContext Burst { get; }

    internal static IReadOnlyDictionary<string, JsonNode?> EmptyInput { get; } = new Dictionary<string, JsonNode?>();

    internal WorkflowEngine Engine { get; }

    internal CompiledWorkflow Workflow { get; }

    internal CancellationToken CancellationToken { get; }

    internal WorkQueue Queue { get; } = new();

    internal JournalLog Journal { get; }

    internal ExecutionLog Executions { get; } = new();

    internal List<BurstEffect> Effects { get; } = [];

    internal List<string> Lines { get; } = [];

    internal List<Bookmark> Bookmarks { get; } = [];

    internal List<Incident> Incidents { get; } = [];

    /// <summary>Executions that faulted in an earlier burst and are tried again in this one.</summary>
    internal HashSet<string> Retried { get; } = [];

    internal ActivityExecutionContext? Root { get; set; }

    internal string? TriggerActivityId { get; set; }

    /// <summary>The burst that starts the instance.</summary>
    internal bool IsStarting { get; set; }

    /// <summary>Executions that are neither completed nor cancelled.</summary>
    internal int LiveContexts { get; set; }

    internal bool CallbacksCleared { get; private set; }

    internal object? LastResult { get; private set; }

    internal long FirstSequence { get; }

    /// <summary>Outcomes that the script of RunJavaScript has chosen.</summary>
    internal string[]? ChosenOutcomes { get; set; }

    internal DateTimeOffset? FinishedAt { get; private set; }

    private Dictionary<string, ActivityExecutionContext> Waiting { get; } = [];

    /// <summary>Writes a line (<c>Elsa.WriteLine</c>).</summary>
    public void WriteLine(string text) => Lines.Add(text);

    /// <summary>Sets an output of the workflow.</summary>
    public void SetOutput(string name, object? value) => Output[name] = ValueConversion.ToJson(value);

    /// <summary>Ends the instance at once: nothing queued or waiting is left (Elsa's Finish).</summary>
    internal void Finish()
    {
        Queue.Clear();
        foreach (var bookmark in Bookmarks.ToArray())
            Remove(bookmark.Id);
        CallbacksCleared = true;
        TransitionTo(WorkflowSubStatus.Finished);
    }

    internal void TransitionTo(WorkflowSubStatus subStatus)
    {
        if (Status == WorkflowStatus.Finished)
            return;
        SubStatus = subStatus;
        if (subStatus is not (WorkflowSubStatus.Finished or WorkflowSubStatus.Cancelled or WorkflowSubStatus.Faulted))
            return;
        Status = WorkflowStatus.Finished;
        FinishedAt = Burst.Now;
    }

    /// <summary>Leaves a faulted instance as it ended.</summary>
    internal void StayFaulted(DateTimeOffset? since)
    {
        TransitionTo(WorkflowSubStatus.Faulted);
        FinishedAt = since;
    }

    /// <summary>Notes that this burst changes an execution.</summary>
    internal void Touch(ActivityExecutionContext context)
    {
        if (context.IsTouched)
            return;
        context.IsTouched = true;
        Executions.Add(context);
    }

    internal void Log(ActivityExecutionContext context, string eventName, string? message = null) => Journal.Add(context, eventName, message);

    internal void Add(Bookmark bookmark, ActivityExecutionContext context)
    {
        Bookmarks.Add(bookmark);
        Waiting[bookmark.Id] = context;
        context.BookmarkCount++;
        if (bookmark.CompletesWith is not null)
            _watches++;
    }

    internal ActivityExecutionContext? WaitingAt(string bookmarkId) => Waiting.GetValueOrDefault(bookmarkId);

    internal void Remove(string bookmarkId)
    {
        if (!Waiting.Remove(bookmarkId, out var context))
            return;
        context.BookmarkCount--;
        var index = Bookmarks.FindIndex(b => b.Id == bookmarkId);
        if (Bookmarks[index].CompletesWith is not null)
            _watches--;
        Bookmarks.RemoveAt(index);
    }

    internal void Watch(string bookmarkId, IReadOnlyList<string>? activityIds)
    {
        var index = Bookmarks.FindIndex(b => b.Id == bookmarkId);
        if (index < 0)
            return;
        _watches += (activityIds is null ? 0 : 1) - (Bookmarks[index].CompletesWith is null ? 0 : 1);
        Bookmarks[index] = Bookmarks[index] with { CompletesWith = activityIds };
    }

    internal void RemoveBookmarksOf(ActivityExecutionContext context)
    {
        for (var i = Bookmarks.Count - 1; i >= 0 && context.BookmarkCount > 0; i--)
        {
            if (ReferenceEquals(Waiting[Bookmarks[i].Id], context))
                Remove(Bookmarks[i].Id);
        }
    }

    internal int ResumeMatching(string hash, IReadOnlyDictionary<string, JsonNode?>? input)
    {
        var matched = 0;
        foreach (var bookmark in Bookmarks.ToArray())
        {
            if (bookmark.Hash == hash)
            {
                EnqueueResume(bookmark, input ?? EmptyInput);
                matched++;
            }
        }

        return matched;
    }

    internal void NotifyWatchers(ActivityExecutionContext ended)
    {
        for (var i = 0; _watches > 0 && i < Bookmarks.Count; i++)
        {
            if (Bookmarks[i].CompletesWith is { } watched && watched.Contains(ended.ActivityId) && Waiting[Bookmarks[i].Id].StandsBeside(ended))
                EnqueueResume(Bookmarks[i], new Dictionary<string, JsonNode?> { ["Watched"] = ended.ActivityId });
        }
    }

    internal void EnqueueResume(Bookmark bookmark, IReadOnlyDictionary<string, JsonNode?>? input)
    {
        var context = Waiting[bookmark.Id];
        if (input is not null && Input.Count > 0)
        {
            var merged = new Dictionary<string, JsonNode?>(Input);
            foreach (var (name, value) in input)
                merged[name] = value;
            input = merged;
        }

        Queue.Enqueue(new WorkItem(context.Node, null, null, new WorkItemDetails { Existing = context, Bookmark = bookmark, Input = input }));
    }

    /// <summary>Queues executions that faulted; below one that starts over nothing is left to retry.</summary>
    internal void EnqueueRetries(IReadOnlyCollection<string>? ids)
    {
        if (Root is { } root)
            EnqueueRetries(root, ids);
    }

    private void EnqueueRetries(ActivityExecutionContext context, IReadOnlyCollection<string>? ids)
    {
        if (context.Status == ActivityStatus.Faulted && ids?.Contains(context.Id) != false)
        {
            foreach (var again in context.WithFaultedBelow())
            {
                again.UndoFault();
                Retried.Add(again.Id);
            }

            Queue.Enqueue(new WorkItem(context.Node, null, null, new WorkItemDetails { Existing = context, StartsOver = true }));
            return;
        }

        foreach (var child in context.Children.ToArray())
            EnqueueRetries(child, ids);
    }

    internal void RecordOutput(ActivityExecutionContext context, Output output, object? value)
    {
        if (output.Name == "Result")
            LastResult = value;
        if (context.OutputValues is { } values)
            (_outputs ??= [])[(context.Node.Workflow, context.Node.Index)] = values;
    }

    /// <summary>An output of an activity that ran in this burst.</summary>
    internal object? OutputOf(ActivityNode node, string? name)
    {
        if (_outputs is null || !_outputs.TryGetValue((node.Workflow, node.Index), out var values))
            return null;
        foreach (var output in node.Outputs)
        {
            if (name is null ? output.Name == "Result" || node.Outputs.Length == 1 : string.Equals(output.Name, name, StringComparison.Ordinal))
                return values[output.Slot];
        }

        return null;
    }

    internal bool TrySetWorkflowOutput(ActivityExecutionContext from, string idOrName, object? value)
    {
        for (var context = from.ParentActivityExecutionContext; context is not null; context = context.ParentActivityExecutionContext)
        {
            if (context.Activity is WorkflowDefinitionActivity composite && composite.TrySetOutput(context, idOrName, value))
                return true;
        }

        var declared = Workflow.Outputs.FirstOrDefault(o => o.Name == idOrName || o.Id == idOrName);
        if (declared is null)
            return false;
        SetOutput(declared.Name, value);
        return true;
    }

    internal object? InputDefault(string name) =>
        Workflow.Inputs.FirstOrDefault(i => i.Name == name)?.DefaultValue is { } value ? ValueConversion.FromJson(value) : null;
}
