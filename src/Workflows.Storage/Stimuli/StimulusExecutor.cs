using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Bursts;
using Workflows.Engine.State;
using Workflows.Storage.Alterations;
using Workflows.Storage.Commit;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Outbox;
using Workflows.Storage.Sessions;
using Workflows.Supervision;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>Carries out one stimulus in memory. What it changed joins the batch only when it succeeds.</summary>
internal sealed class StimulusExecutor(DefinitionCatalog catalog, CalendarShelf calendars, IBurstRunner runner, IServiceProvider services, PumpOptions options, SqlDialect sql)
{
    private static readonly IReadOnlyDictionary<string, JsonNode?> NoInput = new Dictionary<string, JsonNode?>();

    private readonly BurstRecorder _recorder = new(runner);
    private readonly InstanceAlterer _alterer = new(catalog, runner, new BurstRecorder(runner));

    public async ValueTask RunAsync(BatchScope scope, WorkItem item, CancellationToken cancellationToken)
    {
        Stimulus stimulus = item.Stimulus;
        if (stimulus.Idempotency is { } key && scope.AnswerOf(key) is { } earlier)
        {
            if (earlier.BodyHash != key.BodyHash)
                item.Failure = new IdempotencyConflictException(key);
            else
                item.Result = new StimulusResult { Outcome = StimulusOutcome.Replayed, Answer = earlier.Answer };
            return;
        }
        WorkTarget target = scope.TargetOf(item);
        var session = new StimulusSession(stimulus, item.Now, target.CaseKey, calendars.Current, scope.Reads, scope.Accepted);
        await using var burstServices = new BurstServices(services, session);
        var run = new Run(scope, session, item, new BurstContext
        {
            Now = item.Now,
            Ids = session.Ids,
            Services = burstServices,
            Observer = session,
            Refuses = item.Origin == WorkOrigin.Caller && stimulus.Actor.IsPerson ? static e => e is RuleViolationException or DomainRuleException : static _ => false,
            Limits = item.Slow || options.Deterministic ? options.SlowLimits : options.BatchLimits,
        });
        StimulusResult result = stimulus switch
        {
            StartWorkflow start => await StartAsync(run, start, target.InstanceId!, target.CaseKey, cancellationToken),
            ResumeBookmark resume => await ResumeAsync(run, target, resume.Input, byTimer: false, cancellationToken),
            TimerDue => await ResumeAsync(run, target, NoInput, byTimer: true, cancellationToken),
            SignalWorkflows signal => await SignalAsync(run, signal, target, cancellationToken),
            CancelInstance cancel => await CancelAsync(run, cancel, cancellationToken),
            RetryIncident retry => await RetryAsync(run, retry, cancellationToken),
            AlterInstance alter => await _alterer.AlterAsync(scope, session, run.Context, alter, cancellationToken),
            DeleteInstance delete => await InstanceAlterer.DeleteAsync(scope, session, delete, cancellationToken),
            ImportInstance import => await _alterer.ImportAsync(scope, session, import, cancellationToken),
            OutboxResult delivered => await OutboxAsync(run, delivered, target, cancellationToken),
            WakeDue wake => await WakeAsync(wake.Wake, burstServices, cancellationToken),
            DomainCommand command => await CommandAsync(session, command, burstServices, cancellationToken),
            _ => throw new NotSupportedException($"{stimulus.GetType().Name} is not a stimulus that the pump knows."),
        };
        if (stimulus is AlterInstance { DryRun: true })
        {
            item.Result = result;
            return;
        }
        if (stimulus.Answering is { } say && result.Outcome == StimulusOutcome.Done)
            result = result with { Answer = await say(session, result, cancellationToken) };
        // That there was nothing to do is no answer to keep: it is looked at anew each time.
        if (stimulus.Idempotency is { } kept && result.Outcome == StimulusOutcome.Done)
        {
            string? answer = result.Answer ?? JsonSerializer.Serialize(new { result.InstanceIds, result.SubStatus }, StorageJson.Options);
            session.Changes.Answers.Add(new IdempotencyRow { Scope = kept.Scope, Key = kept.Key, BodyHash = kept.BodyHash, Status = 200, Answer = answer, CreatedAt = item.Now });
            result = result with { Answer = answer };
        }
        scope.Accepted.Merge(session.Changes);
        item.Result = result with { Lines = run.Lines, Response = run.Response, BookmarkIds = [.. session.Changes.AddedBookmarks.Keys], WroteLetters = session.Changes.Mailbox.Any(m => m.AvailableAt <= item.Now) };
    }

    private async ValueTask<StimulusResult> StartAsync(Run run, StartWorkflow start, string instanceId, string caseKey, CancellationToken cancellationToken)
    {
        if (run.Scope.InstanceOf(instanceId, run.Session.Changes) is { } existing)
            return new StimulusResult { Outcome = StimulusOutcome.NothingToDo, InstanceIds = [instanceId], SubStatus = existing.SubStatus };
        if (start.ParentInstanceId is not null && await FamilyTree.IsRevokedAsync(run.Scope, run.Session, start, instanceId, cancellationToken))
        {
            await BurstRecorder.RevokedAsync(run.Scope, run.Session, start, instanceId, cancellationToken);
            return new StimulusResult { Outcome = StimulusOutcome.NothingToDo };
        }
        WorkflowDefinitionRow definition = await run.Scope.DefinitionAsync(start.Workflow, cancellationToken)
            ?? throw new UnknownWorkflowException($"找不到已发布的流程定义“{start.Workflow.VersionId ?? start.Workflow.DefinitionId}”：请先导入并发布该流程。");
        Burst burst = await runner.StartAsync(
            definition,
            new BurstStart(instanceId, start.Input, start.CorrelationId, start.Name, start.ParentInstanceId, start.TriggerActivityId),
            await ContextAsync(run, definition, cancellationToken),
            cancellationToken);
        WorkflowInstanceRow row = await _recorder.RecordAsync(run.Scope, run.Session, burst, null, start, caseKey, cancellationToken);
        run.Add(burst);
        return new StimulusResult { Outcome = StimulusOutcome.Done, InstanceIds = [instanceId], SubStatus = row.SubStatus };
    }

    private async ValueTask<StimulusResult> ResumeAsync(Run run, WorkTarget target, IReadOnlyDictionary<string, JsonNode?> input, bool byTimer, CancellationToken cancellationToken)
    {
        var resumed = new List<string>();
        string? subStatus = null;
        foreach ((string instanceId, string bookmarkId, string caseKey) in target.Waits)
        {
            WorkflowInstanceRow? row = run.Scope.InstanceOf(instanceId, run.Session.Changes);
            Burst? burst = row is null ? null : await runner.ResumeAsync(
                await DefinitionOfAsync(run, row, cancellationToken),
                row.State,
                new BurstResume(bookmarkId, input, byTimer),
                await ContextAsync(run, await DefinitionOfAsync(run, row, cancellationToken), cancellationToken),
                cancellationToken);
            if (burst is not { Changed: true })
            {
                // The wait is gone from the state: its row has no meaning any more.
                run.Session.Changes.RemovedBookmarks.Add(bookmarkId);
                continue;
            }
            row = await _recorder.RecordAsync(run.Scope, run.Session, burst, row, null, caseKey, cancellationToken);
            if (byTimer && burst.State.Bookmarks.Exists(b => b.Id == bookmarkId))
                run.Session.Changes.SpentTimers.Add(bookmarkId);
            run.Add(burst);
            resumed.Add(instanceId);
            subStatus = row.SubStatus;
        }
        return new StimulusResult { Outcome = resumed.Count > 0 ? StimulusOutcome.Done : StimulusOutcome.NothingToDo, InstanceIds = resumed, SubStatus = subStatus };
    }

    private async ValueTask<StimulusResult> SignalAsync(Run run, SignalWorkflows signal, WorkTarget target, CancellationToken cancellationToken)
    {
        string hash = BatchScope.HashOf(signal);
        var touched = new List<string>();
        if (signal is { Starts: true, InstanceId: null })
        {
            foreach (TriggerRow trigger in run.Scope.TriggeredBy(hash))
            {
                string id = run.Session.NewRowId();
                var start = new StartWorkflow
                {
                    Key = signal.Key,
                    Workflow = new WorkflowReference(trigger.DefinitionId, trigger.DefinitionVersionId),
                    InstanceId = id,
                    CorrelationId = signal.CorrelationId,
                    Input = signal.Input,
                    TriggerActivityId = trigger.ActivityId,
                };
                await StartAsync(run, start, id, id, cancellationToken);
                touched.Add(id);
            }
        }
        StimulusResult resumed = await ResumeAsync(run, target, signal.Input, byTimer: false, cancellationToken);
        touched.AddRange(resumed.InstanceIds);
        if (touched.Count == 0 && signal.Keep && run.Item.Mail is { } claim)
            run.Session.Changes.Mailbox.Add(Mail.Kept(claim, hash));
        return resumed with { Outcome = touched.Count > 0 ? StimulusOutcome.Done : StimulusOutcome.NothingToDo, InstanceIds = touched };
    }

    private async ValueTask<StimulusResult> OutboxAsync(Run run, OutboxResult delivered, WorkTarget target, CancellationToken cancellationToken)
    {
        run.Session.Changes.Further.Add(delivered.Mark(sql, run.Session.Now));
        if (delivered.Letter(run.Session.Now) is { } letter)
            run.Session.Changes.DeadLetters.Add(letter);
        return delivered.BookmarkId is null
            ? new StimulusResult { Outcome = StimulusOutcome.Done }
            : await ResumeAsync(run, target, delivered.Input, byTimer: false, cancellationToken);
    }

    private async ValueTask<StimulusResult> CancelAsync(Run run, CancelInstance cancel, CancellationToken cancellationToken)
    {
        bool isLetter = run.Item.Origin == WorkOrigin.Mailbox;
        WorkflowInstanceRow? row = run.Scope.InstanceOf(cancel.InstanceId, run.Session.Changes);
        // A letter may overtake the start that it revokes; the start then finds out by itself.
        if (row is null && isLetter)
            return new StimulusResult { Outcome = StimulusOutcome.NothingToDo };
        if (row is { Status: nameof(WorkflowStatus.Running) } && await OpenMatters.OfAsync(run.Session, row.Id, cancellationToken) is { } matter)
        {
            return isLetter
                ? new StimulusResult { Outcome = StimulusOutcome.NothingToDo, InstanceIds = [row.Id], SubStatus = row.SubStatus }
                : throw OpenMatters.NotByInstance(matter, row.Id);
        }
        StimulusResult result = await OnInstanceAsync(
            run, cancel.InstanceId, (definition, state, context) => runner.CancelAsync(definition, state, cancel.Reason, context, cancellationToken), cancellationToken);
        if (result.Outcome == StimulusOutcome.Done)
            await FamilyTree.CancelChildrenAsync(run.Scope, run.Session, cancel.InstanceId, cancel.Reason, cancellationToken);
        return result;
    }

    private ValueTask<StimulusResult> RetryAsync(Run run, RetryIncident retry, CancellationToken cancellationToken) => OnInstanceAsync(
        run, retry.InstanceId, (definition, state, context) => runner.RetryAsync(definition, state, retry.ActivityInstanceIds, context, cancellationToken), cancellationToken);

    private async ValueTask<StimulusResult> OnInstanceAsync(
        Run run, string instanceId, Func<WorkflowDefinitionRow, string, BurstContext, ValueTask<Burst>> act, CancellationToken cancellationToken)
    {
        WorkflowInstanceRow row = run.Scope.InstanceOf(instanceId, run.Session.Changes)
            ?? throw new UnknownWorkflowException($"找不到流程实例“{instanceId}”：请核对实例编号。");
        WorkflowDefinitionRow definition = await DefinitionOfAsync(run, row, cancellationToken);
        Burst burst = await act(definition, row.State, await ContextAsync(run, definition, cancellationToken));
        if (!burst.Changed)
            return new StimulusResult { Outcome = StimulusOutcome.NothingToDo, InstanceIds = [row.Id], SubStatus = row.SubStatus };
        row = await _recorder.RecordAsync(run.Scope, run.Session, burst, row, null, row.CaseKey, cancellationToken);
        run.Add(burst);
        return new StimulusResult { Outcome = StimulusOutcome.Done, InstanceIds = [row.Id], SubStatus = row.SubStatus };
    }

    private static async ValueTask<StimulusResult> CommandAsync(StimulusSession session, DomainCommand command, IServiceProvider services, CancellationToken cancellationToken)
    {
        object? value = await command.Execute(session, services, cancellationToken);
        string? answer = command.Idempotency is null || command.Answering is not null || value is null ? null : JsonSerializer.Serialize(value, value.GetType(), StorageJson.Options);
        return new StimulusResult { Outcome = StimulusOutcome.Done, Value = value, Answer = answer };
    }

    private static async ValueTask<StimulusResult> WakeAsync(DomainWake wake, BurstServices services, CancellationToken cancellationToken)
    {
        // A letter for whom nobody answers must become a dead letter, never be lost.
        IWakeHandler handler = services.GetServices<IWakeHandler>().FirstOrDefault(h => h.Kind == wake.Kind)
            ?? throw new InvalidOperationException($"Nobody answers wakes of kind {wake.Kind}.");
        await handler.WokenAsync(wake, cancellationToken);
        return new StimulusResult { Outcome = StimulusOutcome.Done };
    }

    private static async ValueTask<WorkflowDefinitionRow> DefinitionOfAsync(Run run, WorkflowInstanceRow row, CancellationToken cancellationToken) =>
        await run.Scope.DefinitionAsync(new WorkflowReference(row.DefinitionId, row.DefinitionVersionId, row.DefinitionVersion), cancellationToken)
        ?? throw new UnknownWorkflowException($"流程实例“{row.Id}”所用的定义版本“{row.DefinitionVersionId}”已不存在：请重新导入该版本。");

    private async ValueTask<BurstContext> ContextAsync(Run run, WorkflowDefinitionRow definition, CancellationToken cancellationToken) =>
        await runner.BindAsync(run.Context, definition, catalog, run.Scope.Connection, cancellationToken);

    /// <summary>One stimulus under way.</summary>
    private sealed record Run(BatchScope Scope, StimulusSession Session, WorkItem Item, BurstContext Context)
    {
        public List<string> Lines { get; } = [];

        public HttpResponseEffect? Response { get; private set; }

        public void Add(Burst burst)
        {
            Lines.AddRange(burst.Lines);
            Response = burst.Effects.OfType<HttpResponseEffect>().LastOrDefault() ?? Response;
        }
    }
}
