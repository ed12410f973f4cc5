using Workflows.Engine.BuiltIn;
using Workflows.Engine.BuiltIn.ControlFlow;
using Workflows.Engine.BuiltIn.Flowcharts;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.Bursts;
using Workflows.Engine.Compilation;
using Workflows.Engine.Execution;
using Workflows.Engine.Journal;
using Workflows.Engine.State;

namespace Workflows.Engine.Alterations;

/// <summary>
/// One migration. First every live execution is matched with a place of the new version; what cannot be matched refuses it. Then what is
/// withdrawn ends under the old version, the state is rewritten, and the instance goes on under the new one. Nothing counts unless all succeeds.
/// </summary>
internal sealed class InstanceMigration(WorkflowEngine engine, CompiledWorkflow from, CompiledWorkflow to, WorkflowState state, Migration migration, BurstContext burst, CancellationToken ct)
{
    private readonly List<MigrationProblem> _problems = [];

    /// <summary>Places in the new version of executions that stay, by the id of the execution.</summary>
    private readonly Dictionary<string, ActivityNode> _places = [];

    /// <summary>Executions that are withdrawn, with what they lead to; below one of them everything is.</summary>
    private readonly Dictionary<string, ActivityNode?> _withdrawn = [];
    private readonly List<ActivityContextState> _tops = [];
    private readonly Dictionary<string, HashSet<string>> _affected = [];

    public async ValueTask<MigratedBurst> RunAsync()
    {
        Check();
        foreach (var kept in state.Contexts)
            Match(kept);
        Refuse();
        var old = _tops.Count == 0 ? null : engine.Restore(from, state, burst, ct);
        var middle = old is null ? state : await WithdrawAsync(old);
        var rewritten = Rewrite(middle);
        Refuse();
        var run = engine.Restore(to, rewritten, burst, ct);
        var told = await GoOnAsync(run);
        if (run.Status == WorkflowStatus.Running && run.Bookmarks.Count == 0)
            Problem("nothing-left", null, "迁移之后实例没有任何等待，将无法继续：请用 activityMap 指明从哪个步骤继续。");
        Refuse();
        return new MigratedBurst(BurstOf(old, run, rewritten), ReportOf(old, run, told));
    }

    private void Check()
    {
        if (state.Status != WorkflowStatus.Running)
            Problem("finished", null, "流程实例已经结束，不需要迁移。");
        else if (from.DefinitionId != to.DefinitionId)
            Problem("other-definition", null, $"目标版本属于流程“{to.DefinitionId}”，实例属于“{from.DefinitionId}”：请选择同一流程的版本。");
        else if (from.VersionId == to.VersionId)
            Problem("same-version", null, $"流程实例已经在版本{to.Version}上。");
        Refuse();
    }

    private void Match(ActivityContextState kept)
    {
        if (kept.ParentId is { } parent && _withdrawn.ContainsKey(parent))
        {
            _withdrawn[kept.Id] = null;
            return;
        }

        if (kept.ParentId is null)
        {
            _places[kept.Id] = to.Root;
            return;
        }

        // Below something that is itself a problem nothing more can be said.
        if (!_places.TryGetValue(kept.ParentId, out var container))
            return;
        if (kept.FullNodeId != kept.NodeId || from.FindNode(kept.NodeId) is not { } before || before.Activity is WorkflowDefinitionActivity)
        {
            Problem("nested-workflow", IdIn(kept), $"实例正在子流程步骤“{IdIn(kept)}”之内：请等子流程办结后再迁移。");
            return;
        }

        var told = migration.ActivityMap.TryGetValue(before.Id, out var goal) && goal != before.Id;
        var place = goal is null && told ? null : to.FindById(told ? goal! : before.Id);
        var same = place is not null && place.TypeName == before.TypeName && place.TypeVersion == before.TypeVersion;
        if (told && !(same && before.Children.Length > 0))
            Withdraw(kept, before, container, goal, place);
        else if (place is null)
            Problem("activity-gone", before.Id, $"实例停在步骤“{before.Activity.Name ?? before.Id}”（{before.Id}），新版本没有此步骤：请在 activityMap 中指明去向，或让其在原版本办结。");
        else if (!same)
            Problem("type-changed", before.Id, $"步骤“{before.Id}”的类型由 {before.TypeName} 变为 {place.TypeName}：请换用新的步骤编号并在 activityMap 中指明去向。");
        else if (!ReferenceEquals(place.Parent, container))
            Problem("other-container", before.Id, $"步骤“{before.Id}”在新版本中移到了“{place.Parent?.Id}”之内：请在 activityMap 中为其所在的容器指明去向。");
        else if (before.Activity is BuiltIn.ControlFlow.Parallel or Fork && !before.Children.Select(c => c.Id).SequenceEqual(place.Children.Select(c => c.Id)))
            Problem("branches-changed", before.Id, $"并行步骤“{before.Id}”的分支有增减，实例正在其中：请等其完成后再迁移。");
        else
            _places[kept.Id] = place;
    }

    private void Withdraw(ActivityContextState kept, ActivityNode before, ActivityNode container, string? goal, ActivityNode? place)
    {
        if (goal is not null && place is null)
            Problem("target-unknown", before.Id, $"activityMap 中“{before.Id}”的去向“{goal}”在新版本中不存在：请核对步骤编号。");
        else if (container.Activity is not Flowchart)
            Problem("not-in-flowchart", before.Id, $"步骤“{before.Id}”不在流程图中，不能改变去向：请等其完成后再迁移。");
        else if (place is not null && !ReferenceEquals(place.Parent, container))
            Problem("target-elsewhere", before.Id, $"“{before.Id}”的去向“{goal}”在另一个容器中：请选择同一流程图中的步骤。");
        else
        {
            _withdrawn[kept.Id] = place;
            _tops.Add(kept);
        }
    }

    private async ValueTask<WorkflowState> WithdrawAsync(WorkflowExecutionContext old)
    {
        var contexts = ById(old);
        foreach (var top in _tops)
        {
            var context = contexts[top.Id];
            await ObservedAsync(context, () => context.WithdrawAsync());
        }

        return StateCapture.Capture(old, state, state.Input, state.CreatedAt);
    }

    private WorkflowState Rewrite(WorkflowState middle) => new()
    {
        Id = middle.Id,
        DefinitionId = to.DefinitionId,
        DefinitionVersionId = to.VersionId,
        DefinitionVersion = to.Version,
        ParentWorkflowInstanceId = middle.ParentWorkflowInstanceId,
        CorrelationId = middle.CorrelationId,
        Name = middle.Name,
        Status = middle.Status,
        SubStatus = middle.SubStatus,
        Bookmarks = [.. middle.Bookmarks.Select(Rewrite)],
        Incidents = middle.Incidents,
        CreatedAt = middle.CreatedAt,
        UpdatedAt = middle.UpdatedAt,
        ExecutionLogSequence = middle.ExecutionLogSequence,
        Input = middle.Input,
        Output = middle.Output,
        Properties = middle.Properties,
        Contexts = [.. middle.Contexts.Select(kept => Rewrite(kept, middle))],
    };

    private Bookmark Rewrite(Bookmark bookmark)
    {
        var place = _places[bookmark.ActivityInstanceId];
        // A watch on a step that is gone would never end anything.
        string[] watched = [.. (bookmark.CompletesWith ?? []).Select(id => migration.ActivityMap.GetValueOrDefault(id) ?? id).Where(id => to.FindById(id) is not null).Distinct()];
        return bookmark with { ActivityId = place.Id, ActivityNodeId = place.NodeId, CompletesWith = watched.Length == 0 ? null : watched };
    }

    private ActivityContextState Rewrite(ActivityContextState kept, WorkflowState middle)
    {
        var before = from.FindNode(kept.NodeId)!;
        var place = _places[kept.Id];
        // Values that the new version asks for under other names are computed when they are next needed.
        var evaluated = kept.InputsEvaluated && place.EvaluatedSlots.All(slot => kept.Inputs?.ContainsKey(place.InputNames[slot]) == true);
        var counter = place.Activity is Sequence && middle.Contexts.Find(c => c.ParentId == kept.Id) is { } child ? _places[child.Id].ChildIndex + 1 : kept.Counter;
        return kept with
        {
            NodeId = place.NodeId,
            FullNodeId = place.NodeId,
            InputsEvaluated = evaluated,
            Inputs = evaluated ? kept.Inputs : null,
            Counter = counter,
            Scope = kept.Scope is { } memory && before.Activity is Flowchart chart ? CarryOver(kept, chart, (Flowchart)place.Activity, memory) : kept.Scope,
        };
    }

    private System.Text.Json.Nodes.JsonNode CarryOver(ActivityContextState kept, Flowchart before, Flowchart now, System.Text.Json.Nodes.JsonNode memory)
    {
        var children = state.Contexts.Where(c => c.ParentId == kept.Id).ToList();
        var renamed = children.Where(c => _places.ContainsKey(c.Id)).DistinctBy(c => c.NodeId).ToDictionary(c => from.FindNode(c.NodeId)!.Id, c => _places[c.Id].Id);
        var move = new FlowMove
        {
            IdOf = id => renamed.GetValueOrDefault(id, id),
            Withdrawn = [.. children.Where(c => _withdrawn.ContainsKey(c.Id)).Select(c => from.FindNode(c.NodeId)!.Id)],
            Live = [.. renamed.Values, .. children.Select(c => _withdrawn.GetValueOrDefault(c.Id)?.Id).OfType<string>()],
            Problems = _problems,
        };
        var carried = CounterMigration.Carry(before, now, memory, move);
        if (move.Affected.Count > 0)
            _affected[kept.Id] = move.Affected;
        return carried;
    }

    private async ValueTask<List<MigratedTimer>> GoOnAsync(WorkflowExecutionContext run)
    {
        var contexts = ById(run);
        run.Log(run.Root!, JournalEvents.Migrated, $"v{from.Version} → v{to.Version}");
        run.Touch(run.Root!);
        foreach (var kept in state.Contexts.Where(c => contexts.TryGetValue(c.Id, out var now) && now.NodeId != c.FullNodeId))
            run.Touch(contexts[kept.Id]);
        foreach (var top in _tops)
        {
            if (_withdrawn[top.Id] is { } place)
                ((FlowScope)contexts[top.ParentId!].Scope!).Schedule(contexts[top.ParentId!], place.ChildIndex, backward: false);
        }

        foreach (var (id, affected) in _affected)
        {
            if (contexts[id].Scope is CounterScope scope)
                await scope.SettleAsync(contexts[id], affected);
        }

        var told = new List<MigratedTimer>();
        var before = state.Contexts.ToDictionary(c => c.Id);
        foreach (var context in contexts.Values.Where(c => c.Status == ActivityStatus.Running && c.Node.Children.Length == 0).OrderBy(c => c.Activity.MigrationOrder))
        {
            var news = new MigrationContext(from.FindNode(before[context.Id].NodeId)!, context, migration.Timers);
            await ObservedAsync(context, () => context.Activity.OnMigratedAsync(context, news));
            told.AddRange(news.Told);
        }

        await run.RunAsync();
        return told;
    }

    private async ValueTask ObservedAsync(ActivityExecutionContext context, Func<ValueTask> act)
    {
        burst.Observer?.Executing(context.ActivityId, context.Id);
        try
        {
            await act();
        }
        finally
        {
            burst.Observer?.Executed(context.ActivityId, context.Id, faulted: false);
        }
    }

    private Burst BurstOf(WorkflowExecutionContext? old, WorkflowExecutionContext run, WorkflowState rewritten)
    {
        var replaced = state.Bookmarks.Where(b => run.Bookmarks.Find(n => n.Id == b.Id) is not { } now || !IsSameRow(b, now)).Select(b => b.Id).ToList();
        return new Burst
        {
            State = StateCapture.Capture(run, rewritten, state.Input, state.CreatedAt),
            AddedBookmarks = [.. run.Bookmarks.Where(b => replaced.Contains(b.Id) || !state.Bookmarks.Exists(o => o.Id == b.Id))],
            RemovedBookmarkIds = replaced,
            Journal = [.. old?.Journal ?? Enumerable.Empty<JournalRecord>(), .. run.Journal],
            Executions = [.. old?.Executions ?? Enumerable.Empty<ActivityExecutionRecord>(), .. run.Executions],
            Effects = [.. old?.Effects ?? Enumerable.Empty<BurstEffect>(), .. run.Effects],
            Lines = run.Lines,
        };
    }

    private MigrationReport ReportOf(WorkflowExecutionContext? old, WorkflowExecutionContext run, List<MigratedTimer> told)
    {
        var live = state.Contexts.Where(c => c.ParentId is not null && c.Status is not (ActivityStatus.Completed or ActivityStatus.Canceled)).ToList();
        var leaves = live.Where(c => from.FindNode(c.NodeId)!.Children.Length == 0).ToList();
        var known = state.Contexts.Select(c => c.Id).ToHashSet();
        return new MigrationReport
        {
            FromVersion = from.Version,
            ToVersion = to.Version,
            Kept = [.. leaves.Where(c => _places.ContainsKey(c.Id)).Select(c => Told(c, null))],
            Moved = [.. live.Where(c => _withdrawn.GetValueOrDefault(c.Id) is not null).Select(c => Told(c, _withdrawn[c.Id]!.Id)),
                .. live.Where(c => _places.TryGetValue(c.Id, out var place) && place.Id != IdIn(c)).Select(c => Told(c, _places[c.Id].Id))],
            Dropped = [.. live.Where(c => _withdrawn.TryGetValue(c.Id, out var place) && place is null).Select(c => Told(c, null))],
            Started = [.. run.Executions.Where(e => !known.Contains(e.Id)).Select(e => new MigratedActivity(e.ActivityId, e.ActivityType, e.ActivityName))],
            Scopes = [.. live.Where(c => _places.TryGetValue(c.Id, out var place) && place.Children.Length > 0).Select(c => _places[c.Id].Id)],
            KeptVariables = [.. VariablesOf(from).Intersect(VariablesOf(to))],
            DroppedVariables = [.. VariablesOf(from).Except(VariablesOf(to))],
            AddedVariables = [.. VariablesOf(to).Except(VariablesOf(from))],
            Timers = [.. Timers(run), .. told],
        };
    }

    private IEnumerable<MigratedTimer> Timers(WorkflowExecutionContext run)
    {
        var after = run.Bookmarks.Where(b => b.DueAt is not null).ToList();
        foreach (var bookmark in state.Bookmarks.Where(b => b.DueAt is not null))
        {
            var now = after.Find(b => b.ActivityInstanceId == bookmark.ActivityInstanceId);
            if (now is not null)
                after.Remove(now);
            yield return new MigratedTimer(bookmark.ActivityId, bookmark.WaitName, bookmark.DueAt, now?.DueAt);
        }

        foreach (var bookmark in after)
            yield return new MigratedTimer(bookmark.ActivityId, bookmark.WaitName, null, bookmark.DueAt);
    }

    private static bool IsSameRow(Bookmark one, Bookmark other) =>
        one.DueAt == other.DueAt && one.ActivityId == other.ActivityId && one.Name == other.Name && one.Hash == other.Hash && one.WaitName == other.WaitName && one.WaitOwner == other.WaitOwner;

    private static IEnumerable<string> VariablesOf(CompiledWorkflow workflow) => workflow.Root.Variables.Select(v => v.Id);

    private static Dictionary<string, ActivityExecutionContext> ById(WorkflowExecutionContext run)
    {
        var all = new Dictionary<string, ActivityExecutionContext>(StringComparer.Ordinal);
        var open = new Stack<ActivityExecutionContext>();
        if (run.Root is { } root)
            open.Push(root);
        while (open.TryPop(out var context))
        {
            all[context.Id] = context;
            foreach (var child in context.Children)
                open.Push(child);
        }

        return all;
    }

    private MigratedActivity Told(ActivityContextState kept, string? to)
    {
        var node = from.FindNode(kept.NodeId)!;
        return new MigratedActivity(node.Id, node.TypeName, node.Activity.Name, to);
    }

    private static string IdIn(ActivityContextState kept) => kept.NodeId[(kept.NodeId.LastIndexOf(':') + 1)..];

    private void Problem(string code, string? activityId, string message) => _problems.Add(new MigrationProblem(code, activityId, message));

    private void Refuse()
    {
        if (_problems.Count > 0)
            throw new MigrationRefusedException([.. _problems]);
    }
}
