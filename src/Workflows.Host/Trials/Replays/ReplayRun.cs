using System.Text.Json.Nodes;
using Workflows.Activities.Planning;
using Workflows.Engine.Bursts;
using Workflows.Host.Simulation;
using Workflows.Host.Simulation.People;
using Workflows.Host.Trials.History;
using Workflows.Host.Trials.Results;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.Replays;

/// <summary>
/// Feeds real history into instances of the draft, all cases on one virtual clock: each case begins when it really began, each
/// decision is handed in at its real time, and timers fire in between when they are due under the draft.
/// </summary>
/// <param name="world">Engine, activities and store of the trial.</param>
/// <param name="cases">The cases.</param>
/// <param name="drafts">Diagrams of the draft by logical id.</param>
internal sealed class ReplayRun(SimulationWorld world, IReadOnlyList<ReplayedHistory> cases, IReadOnlyDictionary<string, Diagram> drafts)
{
    private const int MostAssumed = 20;
    private static readonly CaseStory Story = new() { Name = "真实案件", Correction = CorrectionStory.AtReinspection };

    private readonly StepAnswering _answering = new(world, seed: 1);
    private readonly Dictionary<string, ReplayedHistory> _byCase = cases.ToDictionary(one => one.History.Case.Id, StringComparer.Ordinal);
    private int _tries;

    /// <summary>Runs until <paramref name="end"/>.</summary>
    public async Task RunAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        var starts = cases.Where(one => one.Stopped is null).ToLookup(one => one.History.Instances[0].CreatedAt);
        var decisions = cases.Where(one => one.Stopped is null).SelectMany(one => one.Decisions.Select(step => (Case: one, Step: step))).ToLookup(entry => entry.Step.EndedAt!.Value);
        foreach (var at in starts.Select(group => group.Key).Concat(decisions.Select(group => group.Key)).Distinct().Order())
        {
            await AdvanceAsync(at, cancellationToken);
            foreach (var one in starts[at])
                await StartAsync(one, cancellationToken);
            await FeedAsync([.. decisions[at]], cancellationToken);
        }

        await AdvanceAsync(end, cancellationToken);
    }

    private async Task AdvanceAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        while (await world.Pump.NextDueAsync(cancellationToken) is { } due && due <= to)
        {
            cancellationToken.ThrowIfCancellationRequested();
            world.Clock.MoveTo(due);
            await world.Pump.RunUntilIdleAsync(cancellationToken);
        }

        world.Clock.MoveTo(to);
        Notice();
    }

    private async Task StartAsync(ReplayedHistory one, CancellationToken cancellationToken)
    {
        var (matter, root) = (one.History.Case, one.History.Instances[0]);
        try
        {
            await world.CommandAsync($"case|{matter.Id}", matter.CaseKey, session => ReplayStage.Put(session, world, one));
            await world.Pump.SendAsync(
                new StartWorkflow
                {
                    Key = world.Key($"start|{matter.Id}"),
                    Workflow = new WorkflowReference(root.DefinitionId, PackageVersions.DefinitionVersion(world.PackageVersionId, root.DefinitionId)),
                    InstanceId = root.Id,
                    CaseKey = matter.CaseKey,
                    CorrelationId = matter.Id,
                    Input = new Dictionary<string, JsonNode?> { ["caseId"] = matter.Id, ["leadDepartment"] = matter.LeadDepartment, ["caseKey"] = matter.CaseKey },
                },
                cancellationToken);
            await world.Pump.RunUntilIdleAsync(cancellationToken);
            Notice();
        }
        catch (Exception e) when (StepAnswering.IsRefusal(e))
        {
            one.Stop(StepAnswering.CodeOf(e), $"草稿不能启动此案：{e.Message}");
        }
    }

    // What was done at one instant is handed in in whatever order the draft asks for it.
    private async Task FeedAsync(List<(ReplayedHistory Case, WorkTask Step)> decisions, CancellationToken cancellationToken)
    {
        while (decisions.Count > 0)
        {
            var fed = new List<(ReplayedHistory, WorkTask)>();
            foreach (var entry in decisions.Where(entry => entry.Case.Stopped is null))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await FindAsync(entry.Case, entry.Step) is not { } task)
                    continue;
                await HandInAsync(entry.Case, entry.Step, task, cancellationToken);
                fed.Add(entry);
            }

            decisions.RemoveAll(entry => fed.Contains(entry) || entry.Case.Stopped is not null);
            if (fed.Count > 0 || decisions.Count == 0)
                continue;
            // Nothing of it has a place now. A step that only the draft asks for may stand before it.
            var went = false;
            foreach (var one in decisions.Select(entry => entry.Case).Distinct().ToList())
                went |= await AssumeAsync(one, cancellationToken);
            if (went)
                continue;
            foreach (var (one, step) in decisions)
                one.NoPlace.Add(Line(step));
            return;
        }
    }

    private async Task<WorkTask?> FindAsync(ReplayedHistory one, WorkTask real)
    {
        var open = new List<WorkTask>();
        foreach (var asked in one.Asked)
        {
            if (await _answering.FindOpenAsync(asked.Id) is { } task)
                open.Add(task);
        }

        var department = real.Department ?? "";
        var isGone = drafts.TryGetValue(one.History.Instances[0].DefinitionId, out var draft) && draft.Find(real.TaskActivityId) is null;
        // A step that the draft has under another id is found by its kind, but never in place of one that history knows.
        return open.FirstOrDefault(task => task.TaskActivityId == real.TaskActivityId && (task.Department ?? "") == department)
            ?? open.FirstOrDefault(task => task.TaskActivityId == real.TaskActivityId)
            ?? open.FirstOrDefault(task => isGone && task.Kind == real.Kind && (task.Department ?? "") == department && one.History.Tasks.All(known => known.TaskActivityId != task.TaskActivityId));
    }

    private async Task HandInAsync(ReplayedHistory one, WorkTask real, WorkTask task, CancellationToken cancellationToken)
    {
        var step = _answering.Context(task, Story, "replay");
        Handing? handing;
        try
        {
            handing = await RecordedHands.OfAsync(step, one.History, real);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            one.Stop("data-missing", $"步骤“{real.Title}”当时办理的内容在草稿的案件中没有着落：{e.Message}");
            return;
        }

        if (handing is null)
        {
            one.Stop("data-missing", $"步骤“{real.Title}”当时的结果“{real.Outcome}”在草稿中没有对应的出口，或没有留下可以回放的记录。");
            return;
        }

        var answer = await _answering.HandInAsync(step, handing, ++_tries, cancellationToken);
        if (answer.Code is { } code)
        {
            one.Stop(code, $"步骤“{real.Title}”当时的办理在草稿中被拒：{answer.Message}");
            return;
        }

        one.Fed++;
        await world.Pump.RunUntilIdleAsync(cancellationToken);
        Notice();
    }

    private async Task<bool> AssumeAsync(ReplayedHistory one, CancellationToken cancellationToken)
    {
        foreach (var asked in one.Asked.ToList())
        {
            if (one.Knows(asked) || one.Assumed.Count >= MostAssumed || await _answering.FindOpenAsync(asked.Id) is not { } task)
                continue;
            var step = _answering.Context(task, Story, "assume");
            Handing? handing;
            try
            {
                handing = await (StepRules.All.GetValueOrDefault(task.Kind) ?? StepRules.Unknown).Do(step);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                one.Stop("draft-step", $"草稿增加的步骤“{task.Title}”缺少办理所需的记录：{e.Message}");
                return true;
            }

            if (handing is null)
                continue;
            var answer = await _answering.HandInAsync(step, handing, ++_tries, cancellationToken);
            if (answer.Code is { } code)
                one.Stop(code, $"草稿增加的步骤“{task.Title}”不能按通常做法办理：{answer.Message}");
            else
                one.Assumed.Add(new HistoryStep(task.TaskActivityId, task.Kind, task.Title, task.Department, handing.Outcome, step.Now));
            await world.Pump.RunUntilIdleAsync(cancellationToken);
            Notice();
            return true;
        }

        return false;
    }

    private void Notice()
    {
        foreach (var task in world.Watch.TakeNew())
        {
            if (task.CaseId is { } id && _byCase.TryGetValue(id, out var one))
                one.Asked.Add(task);
        }
    }

    private static HistoryStep Line(WorkTask step) => new(step.TaskActivityId, step.Kind, step.Title, step.Department, step.Outcome, step.EndedAt!.Value);
}
