using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.Bursts;
using Workflows.Engine.Compilation;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Execution;

/// <summary>One execution of an activity (Elsa concept): what an activity sees and does.</summary>
public sealed partial class ActivityExecutionContext
{
    private readonly ulong _rawId;
    private string? _id;
    private Dictionary<string, object?>? _journalData;

    internal ActivityExecutionContext(WorkflowExecutionContext run, ActivityNode node, ActivityExecutionContext? parent, string? id = null)
    {
        WorkflowExecutionContext = run;
        Node = node;
        ParentActivityExecutionContext = parent;
        StartedAt = run.Burst.Now;
        if (id is null)
            _rawId = run.Burst.Ids.NextValue();
        else
            _id = id;
        NodeIdPrefix = parent is null || ReferenceEquals(parent.Node.Workflow, node.Workflow) ? parent?.NodeIdPrefix : parent.NodeId + ":";
        if (node.Variables.Count > 0)
            DeclareVariables(node.Variables);
    }

    /// <summary>Id of this execution.</summary>
    public string Id => _id ??= IdSource.Format(_rawId);

    /// <summary>The workflow's execution.</summary>
    public WorkflowExecutionContext WorkflowExecutionContext { get; }

    /// <summary>The execution above, or null for the workflow.</summary>
    public ActivityExecutionContext? ParentActivityExecutionContext { get; }

    /// <summary>The activity.</summary>
    public Activity Activity => Node.Activity;

    /// <summary>Id of the activity in the definition.</summary>
    public string ActivityId => Node.Id;

    /// <summary>Name given by the analyst, or null.</summary>
    public string? ActivityName => Node.Activity.Name;

    /// <summary>Ids from the workflow down, joined by ":".</summary>
    public string NodeId => NodeIdPrefix is null ? Node.NodeId : NodeIdPrefix + Node.NodeId;

    /// <summary>Its status.</summary>
    public ActivityStatus Status { get; internal set; }

    /// <summary>Id of the workflow instance.</summary>
    public string WorkflowInstanceId => WorkflowExecutionContext.Id;

    /// <summary>Correlation id of the workflow instance, or null.</summary>
    public string? CorrelationId
    {
        get => WorkflowExecutionContext.CorrelationId;
        set => WorkflowExecutionContext.CorrelationId = value;
    }

    /// <summary>The time of the stimulus, UTC.</summary>
    public DateTimeOffset Now => WorkflowExecutionContext.Burst.Now;

    /// <summary>Cancelled when the burst is abandoned.</summary>
    public CancellationToken CancellationToken => WorkflowExecutionContext.CancellationToken;

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>When it completed or was cancelled, or null.</summary>
    public DateTimeOffset? CompletedAt { get; internal set; }

    /// <summary>What was given when it was scheduled, or null.</summary>
    public object? Tag { get; internal set; }

    /// <summary>Notes of the activity for its execution record: ids and outcomes only, never case data.</summary>
    public IDictionary<string, object?> JournalData => _journalData ??= new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>
    /// Inputs of the stimulus: of the workflow, and for a resumed activity what the stimulus brought.
    /// </summary>
    public IReadOnlyDictionary<string, JsonNode?> WorkflowInput => ResumeInput ?? WorkflowExecutionContext.Input;

    internal ActivityNode Node { get; }

    internal string? NodeIdPrefix { get; }

    internal bool HasJournalData => _journalData is { Count: > 0 };

    internal bool IsFinal => Status is ActivityStatus.Completed or ActivityStatus.Canceled;

    /// <summary>Children that are not final.</summary>
    internal List<ActivityExecutionContext> Children { get; private set; } = NoChildren;

    /// <summary>Scheduled children that have not begun.</summary>
    internal int QueuedWork { get; set; }

    internal int BookmarkCount { get; set; }

    internal ActivityCompletionCallback? OnCompleted { get; set; }

    internal IReadOnlyList<string>? Outcomes { get; private set; }

    /// <summary>Changed by this burst.</summary>
    internal bool IsTouched { get; set; }

    internal bool IsBackward { get; set; }

    internal bool IsBreaking { get; set; }

    internal bool InputsEvaluated { get; set; }

    /// <summary>Position of a container or loop.</summary>
    internal int Counter { get; set; }

    /// <summary>What the activity keeps besides, such as the counters of a flowchart.</summary>
    internal object? Scope { get; set; }

    internal int FaultCount { get; set; }

    internal Exception? Exception { get; set; }

    /// <summary>The workflow that a workflow used as activity runs.</summary>
    internal CompiledWorkflow? InnerWorkflow { get; set; }

    internal IReadOnlyDictionary<string, JsonNode?>? ResumeInput { get; set; }

    /// <summary>Values of inputs that are not constant, by slot.</summary>
    internal object?[]? InputValues { get; set; }

    internal object?[]? OutputValues { get; set; }

    private static List<ActivityExecutionContext> NoChildren { get; } = [];

    private bool IsClosing { get; set; }

    /// <summary>A service of the burst.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T GetRequiredService<T>()
        where T : notnull =>
        GetService<T>() is { } service ? service : throw new InvalidOperationException($"服务 {typeof(T).Name} 未注册，活动 {ActivityId} 无法执行。");

    /// <summary>A service of the burst, or the default.</summary>
    public T? GetService<T>() => (T?)WorkflowExecutionContext.Burst.Services.GetService(typeof(T));

    /// <summary>A new identifier, derived from the stimulus.</summary>
    public string NewId() => WorkflowExecutionContext.Burst.Ids.Next();

    /// <summary>Asks the outside for something, in the commit of this burst; dropped when this execution faults.</summary>
    public void Emit(BurstEffect effect) => WorkflowExecutionContext.Effects.Add(effect);

    /// <summary>Whether this very activity started the run.</summary>
    public bool IsTriggerOfWorkflow() => WorkflowExecutionContext.TriggerActivityId is { } trigger && trigger == ActivityId && ResumeInput is null && WorkflowExecutionContext.IsStarting;

    /// <summary>Resumes, later in this burst, every open bookmark of this instance that has the hash of name and payload.</summary>
    /// <param name="name">Stimulus name.</param>
    /// <param name="payload">Stimulus payload, or null.</param>
    /// <param name="input">What the resumed activities see as <see cref="WorkflowInput"/>.</param>
    /// <returns>How many bookmarks matched.</returns>
    public int SendLocalStimulus(string name, object? payload = null, IReadOnlyDictionary<string, JsonNode?>? input = null) =>
        WorkflowExecutionContext.ResumeMatching(StimulusHasher.Hash(name, payload), input);

    /// <summary>Waits: creates a bookmark.</summary>
    /// <exception cref="InvalidOperationException">The callback is not a method of the activity's class, so its name could not be stored.</exception>
    public Bookmark CreateBookmark(CreateBookmarkArgs args)
    {
        if (args.Callback is { } callback && (callback.Method.DeclaringType is not { } owner || !owner.IsAssignableFrom(Activity.GetType())))
            throw new InvalidOperationException($"书签的回调必须是活动类 {Activity.GetType().Name} 的方法，不能是匿名函数。");
        var name = args.BookmarkName ?? Node.TypeName;
        var bookmark = new Bookmark
        {
            Id = args.BookmarkId ?? NewId(),
            Name = name,
            Hash = StimulusHasher.Hash(name, args.Stimulus, args.IncludeActivityInstanceId ? Id : null),
            Payload = StimulusHasher.ToPayload(args.Stimulus),
            ActivityId = ActivityId,
            ActivityNodeId = NodeId,
            ActivityInstanceId = Id,
            CreatedAt = Now,
            DueAt = args.DueAt,
            WaitName = args.WaitName,
            WaitOwner = args.WaitOwner,
            AutoBurn = args.AutoBurn,
            AutoComplete = args.AutoComplete,
            CallbackMethodName = args.Callback?.Method.Name,
            Metadata = args.Metadata,
            CompletesWith = args.CompletesWith is { Count: > 0 } watched ? [.. watched] : null,
        };
        WorkflowExecutionContext.Add(bookmark, this);
        return bookmark;
    }

    /// <summary>Waits for a stimulus with this payload.</summary>
    public Bookmark CreateBookmark(object? stimulus, ExecuteActivityDelegate? callback = null, bool includeActivityInstanceId = true) =>
        CreateBookmark(new CreateBookmarkArgs { Stimulus = stimulus, Callback = callback, IncludeActivityInstanceId = includeActivityInstanceId });

    /// <summary>Waits for whoever knows the bookmark's id.</summary>
    public Bookmark CreateBookmark(ExecuteActivityDelegate? callback = null) => CreateBookmark(new CreateBookmarkArgs { Callback = callback });

    /// <summary>Removes one of the bookmarks of this execution.</summary>
    public void RemoveBookmark(string bookmarkId) => WorkflowExecutionContext.Remove(bookmarkId);

    /// <summary>Sets which activities on other branches end the wait of one of the bookmarks of this execution; null or empty for none.</summary>
    public void Watch(string bookmarkId, IReadOnlyList<string>? activityIds) =>
        WorkflowExecutionContext.Watch(bookmarkId, activityIds is { Count: > 0 } ? [.. activityIds] : null);

    /// <summary>A property of this execution, kept over bursts.</summary>
    public T? GetProperty<T>(string name) =>
        Properties is not null && Properties.TryGetPropertyValue(name, out var node) ? ValueConversion.To<T>(ValueConversion.FromJson(node)) : default;

    /// <summary>Sets a property of this execution, kept over bursts.</summary>
    public void SetProperty(string name, object? value) => (Properties ??= [])[name] = ValueConversion.ToJson(value);

    internal JsonObject? Properties { get; set; }

    /// <summary>Whether an execution lies in the part of the workflow that this one belongs to: iterations of a loop do not see one another.</summary>
    internal bool StandsBeside(ActivityExecutionContext other)
    {
        for (var ancestor = other.ParentActivityExecutionContext; ancestor is not null; ancestor = ancestor.ParentActivityExecutionContext)
        {
            if (ReferenceEquals(ancestor, ParentActivityExecutionContext))
                return true;
        }

        return false;
    }

    internal void AddChild(ActivityExecutionContext child)
    {
        if (ReferenceEquals(Children, NoChildren))
            Children = [];
        Children.Add(child);
    }

    internal void RemoveChild(ActivityExecutionContext child) => Children.Remove(child);
}
