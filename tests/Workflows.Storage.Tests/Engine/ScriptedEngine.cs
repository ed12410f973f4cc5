using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Alterations;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.Bursts;
using Workflows.Engine.Journal;
using Workflows.Engine.State;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Engine;

/// <summary>
/// An engine of a few words, so that the store is tested without the real one. A definition's JSON is a list of steps:
/// <c>wait:NAME</c>, <c>delay:PT1H</c>, <c>save:ID</c>, <c>number</c>, <c>audit</c>, <c>message</c>, <c>dispatch:DEFINITION[:caseKey]</c> (waits for its end),
/// <c>publish:EVENT</c>, <c>fault</c> (an activity that saves and then faults), <c>refuse</c>, <c>crash</c>, <c>slow</c>, <c>http:URL</c>, <c>job:CHANNEL</c>.
/// The log sequence is the program counter.
/// </summary>
internal sealed class ScriptedEngine : IBurstRunner
{
    public ValueTask<Burst> StartAsync(WorkflowDefinitionRow definition, BurstStart start, BurstContext context, CancellationToken cancellationToken)
    {
        var state = new WorkflowState
        {
            Id = start.InstanceId,
            DefinitionId = definition.DefinitionId,
            DefinitionVersionId = definition.VersionId,
            DefinitionVersion = definition.Version,
            CorrelationId = start.CorrelationId,
            Name = start.Name,
            ParentWorkflowInstanceId = start.ParentInstanceId,
            CreatedAt = context.Now,
        };
        return RunAsync(definition, state, [], context);
    }

    public async ValueTask<Burst> ResumeAsync(WorkflowDefinitionRow definition, string state, BurstResume resume, BurstContext context, CancellationToken cancellationToken)
    {
        WorkflowState read = Deserialize(state);
        if (read.Status == WorkflowStatus.Finished || read.Bookmarks.RemoveAll(b => b.Id == resume.BookmarkId) == 0)
            return new Burst { State = read, Changed = false };
        return await RunAsync(definition, read, [resume.BookmarkId], context);
    }

    public ValueTask<Burst> CancelAsync(WorkflowDefinitionRow definition, string state, string reason, BurstContext context, CancellationToken cancellationToken)
    {
        WorkflowState read = Deserialize(state);
        if (read.Status == WorkflowStatus.Finished)
            return ValueTask.FromResult(new Burst { State = read, Changed = false });
        string[] removed = [.. read.Bookmarks.Select(b => b.Id)];
        read.Bookmarks.Clear();
        read.Status = WorkflowStatus.Finished;
        read.SubStatus = WorkflowSubStatus.Cancelled;
        return ValueTask.FromResult(new Burst { State = read, RemovedBookmarkIds = removed });
    }

    public ValueTask<Burst> RetryAsync(WorkflowDefinitionRow definition, string state, IReadOnlyList<string>? activityInstanceIds, BurstContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new Burst { State = Deserialize(state), Changed = false });

    public ValueTask<MigratedBurst> MigrateAsync(WorkflowDefinitionRow from, WorkflowDefinitionRow to, string state, Migration migration, BurstContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<Burst> SetVariablesAsync(WorkflowDefinitionRow definition, string state, IReadOnlyDictionary<string, JsonNode?> values, BurstContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public string Serialize(WorkflowState state) => JsonSerializer.Serialize(state);

    public JsonNode? Output(WorkflowState state) => new JsonObject { ["steps"] = state.ExecutionLogSequence };

    public ValueTask<BurstContext> BindAsync(BurstContext context, WorkflowDefinitionRow definition, DefinitionCatalog catalog, StoreConnection connection, CancellationToken cancellationToken) =>
        ValueTask.FromResult(context);

    public IReadOnlyList<TriggerRow> Triggers(WorkflowDefinitionRow definition) => [];

    public IReadOnlyList<ScheduleRow> Schedules(WorkflowDefinitionRow definition) => [];

    private static WorkflowState Deserialize(string state) => JsonSerializer.Deserialize<WorkflowState>(state)!;

    private static async ValueTask<Burst> RunAsync(WorkflowDefinitionRow definition, WorkflowState state, string[] removed, BurstContext context)
    {
        string[] steps = JsonSerializer.Deserialize<string[]>(definition.Json)!;
        var run = new Script(state, context);
        while (state.ExecutionLogSequence < steps.Length)
        {
            string step = steps[state.ExecutionLogSequence];
            string activity = $"step{state.ExecutionLogSequence}";
            run.Log(activity, step);
            if (await run.StepAsync(activity, step))
                break;
        }
        state.UpdatedAt = context.Now;
        bool waits = state.Bookmarks.Count > 0;
        state.Status = waits ? WorkflowStatus.Running : WorkflowStatus.Finished;
        state.SubStatus = waits ? WorkflowSubStatus.Suspended : WorkflowSubStatus.Finished;
        state.FinishedAt = waits ? null : context.Now;
        return new Burst
        {
            State = state,
            RemovedBookmarkIds = removed,
            AddedBookmarks = run.Added,
            Journal = run.Journal,
            Executions = run.Executions,
            Effects = run.Effects,
        };
    }

    private sealed class Script(WorkflowState state, BurstContext context)
    {
        private readonly ISupervisionSession _session = context.Services.GetRequiredService<ISupervisionSession>();

        public List<Bookmark> Added { get; } = [];

        public List<JournalRecord> Journal { get; } = [];

        public List<ActivityExecutionRecord> Executions { get; } = [];

        public List<BurstEffect> Effects { get; } = [];

        public void Log(string activity, string step)
        {
            Journal.Add(new JournalRecord { Sequence = state.ExecutionLogSequence++, Timestamp = context.Now, EventName = "Started", ActivityInstanceId = activity, ActivityId = activity, ActivityType = step, ActivityNodeId = activity });
            Executions.Add(new ActivityExecutionRecord { Id = state.Id + activity, ActivityId = activity, ActivityNodeId = activity, ActivityType = step, Status = "Completed", StartedAt = context.Now });
        }

        public async ValueTask<bool> StepAsync(string activity, string step)
        {
            string[] words = step.Split(':', 2);
            string argument = words.Length > 1 ? words[1].Replace("$id", state.Id, StringComparison.Ordinal) : "";
            context.Observer?.Executing(activity, activity);
            bool faulted = false;
            try
            {
                switch (words[0])
                {
                    case "wait":
                        Wait(argument, StimulusHash.Of(argument, null), null);
                        return true;
                    case "delay":
                        Wait("Delay", StimulusHash.Of("Delay", state.Id), context.Now + XmlConvert.ToTimeSpan(argument));
                        return true;
                    case "save":
                        _session.Save(Thing(argument, "saved"));
                        break;
                    case "number":
                        int number = await _session.TakeNumberAsync(new NumberSeries("organ", "form", 2026));
                        _session.Save(Thing(_session.NewId(), number.ToString(CultureInfo.InvariantCulture)));
                        break;
                    case "audit":
                        _session.Audit(new AuditFact(state.Id, "step", new Dictionary<string, string?> { ["activity"] = activity }));
                        break;
                    case "message":
                        _session.Send(new OutboxMessage("notice", "department:FIR", "提醒", argument, null, null));
                        break;
                    case "dispatch":
                        string bookmark = Wait("child", StimulusHash.Of("child", state.Id), null);
                        string[] parts = argument.Split(':');
                        Effects.Add(new DispatchEffect
                        {
                            ActivityId = activity,
                            ActivityInstanceId = activity,
                            Workflow = new WorkflowReference(parts[0]),
                            InstanceId = context.Ids.Next(),
                            Input = parts.Length > 1 ? new Dictionary<string, JsonNode?> { ["caseKey"] = parts[1] } : new Dictionary<string, JsonNode?>(),
                            ReportToBookmarkId = bookmark,
                        });
                        return true;
                    case "publish":
                        Effects.Add(new PublishEventEffect { ActivityId = activity, ActivityInstanceId = activity, EventName = argument });
                        break;
                    case "event":
                        Wait("Elsa.Event", StimulusHash.Of("Elsa.Event", Mail.EventPayload(argument)), null);
                        return true;
                    case "http":
                        string answer = Wait("http", StimulusHash.Of("http", state.Id), null);
                        Effects.Add(new HttpRequestEffect { ActivityId = activity, ActivityInstanceId = activity, BookmarkId = answer, Url = argument, Method = "GET" });
                        return true;
                    case "job":
                        string result = Wait("job", StimulusHash.Of("job", state.Id), null);
                        Effects.Add(new JobEffect { ActivityId = activity, ActivityInstanceId = activity, BookmarkId = result, Channel = argument, Subject = state.Id, Order = new JsonObject { ["of"] = state.Id } });
                        return true;
                    case "fault":
                        _session.Save(Thing("of-the-faulted-" + state.Id, "lost"));
                        await _session.TakeNumberAsync(new NumberSeries("organ", "form", 2026));
                        _session.Audit(new AuditFact(state.Id, "lost", new Dictionary<string, string?>()));
                        faulted = true;
                        state.Incidents.Add(new Incident(activity, activity, activity, step, "fault", null, context.Now));
                        break;
                    case "refuse":
                        var refusal = new RuleViolationException(RefusalKind.Invalid, "refused", "field", "不行");
                        if (context.Refuses(refusal))
                            throw refusal;
                        state.Incidents.Add(new Incident(activity, activity, activity, step, refusal.Message, null, context.Now));
                        break;
                    case "crash":
                        throw new InvalidOperationException("The engine itself failed.");
                    case "slow":
                        if (context.Limits.MaxActivityExecutions < BurstLimits.Default.MaxActivityExecutions)
                            throw new BurstLimitException("too long");
                        break;
                }
                return false;
            }
            finally
            {
                context.Observer?.Executed(activity, activity, faulted);
            }
        }

        private Thing Thing(string id, string text) => new(id, state.Id, text, _session.Now) { Department = "FIR", Area = "330203" };

        private string Wait(string name, string hash, DateTimeOffset? due)
        {
            var bookmark = new Bookmark
            {
                Id = context.Ids.Next(),
                Name = name,
                Hash = hash,
                ActivityId = "a",
                ActivityNodeId = "a",
                ActivityInstanceId = "a",
                CreatedAt = context.Now,
                DueAt = due,
                WaitName = "等待" + name,
                WaitOwner = due is null ? "department:FIR" : null,
            };
            state.Bookmarks.Add(bookmark);
            Added.Add(bookmark);
            return bookmark.Id;
        }
    }
}
