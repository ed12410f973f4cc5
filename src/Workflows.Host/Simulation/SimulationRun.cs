using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Bursts;
using Workflows.Host.Simulation.People;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Audit;
using Workflows.Storage.Model;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Simulation;

/// <summary>An answer that the rules of the domain refused.</summary>
internal sealed record RefusedAnswer(DateTimeOffset At, string Kind, string ActivityId, string? CaseId, string Story, string Code, string Message);

/// <summary>
/// Lets time pass from one event to the next: what timers bring, what people do, what is opened and sealed by date. One thread,
/// one order: (time, timers before people, order of coming up).
/// </summary>
internal sealed class SimulationRun(SimulationWorld world, SimulationOptions options)
{
    private const int MostTries = 3;
    private const int NextDay = 390;

    private readonly StepAnswering _answering = new(world, options.Seed);
    private readonly StoryBook _book = new(world, options);
    private readonly PriorityQueue<(WorkTask Task, int Try), (long At, long Sequence)> _queue = new();
    private readonly HashSet<(string, long)> _moments = [];
    private readonly PriorityQueue<PlanOpening, long> _plans = new();
    private readonly Dictionary<string, PlanOpening> _opened = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Func<CancellationToken, Task>, (long At, long Sequence)> _events = new();
    private long _sequence;
    private string? _planDefinition;

    /// <summary>Who acted on an instance at a time.</summary>
    public Dictionary<(string InstanceId, long At), Actor> Acts { get; } = [];

    /// <summary>Answers that were refused.</summary>
    public List<RefusedAnswer> Refused { get; } = [];

    /// <summary>Kinds of steps that nobody knows how to do.</summary>
    public SortedSet<string> UnknownKinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Stories by case id.</summary>
    public IReadOnlyDictionary<string, CaseStory> Stories => _book.Cases;

    /// <summary>Stories by lead id.</summary>
    public IReadOnlyDictionary<string, CaseStory> LeadStories => _book.Leads;

    /// <summary>Steps that people did.</summary>
    public int Answers { get; private set; }

    /// <summary>First instant after the simulation.</summary>
    public DateTimeOffset End { get; } = ShanghaiTime.StartOf(options.From.AddDays(options.Days));

    /// <summary>When the next of what people do and of what is opened, reported and registered by date comes; the end of time for never.</summary>
    public DateTimeOffset Next => new[] { NextPlan, NextHappening, NextPerson }.Min();

    private DateTimeOffset NextPlan => _plans.TryPeek(out var coming, out _) ? coming.At : DateTimeOffset.MaxValue;

    private DateTimeOffset NextHappening => _events.TryPeek(out _, out var soonest) ? new DateTimeOffset(soonest.At, TimeSpan.Zero) : DateTimeOffset.MaxValue;

    private DateTimeOffset NextPerson => _queue.TryPeek(out _, out var first) ? new DateTimeOffset(first.At, TimeSpan.Zero) : DateTimeOffset.MaxValue;

    /// <summary>Runs to the end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Begin();
        var sealing = options.From;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var task in world.Watch.TakeNew())
            {
                await ScheduleAsync(task);
            }

            var timer = await world.Pump.NextDueAsync(cancellationToken) ?? DateTimeOffset.MaxValue;
            var midnight = ShanghaiTime.PassedAt(sealing);
            var next = new[] { timer, Next, midnight }.Min();
            if (next >= End)
            {
                world.Clock.MoveTo(End.AddTicks(-1));
                await world.Service<AuditTrail>().SealAsync(options.From.AddDays(options.Days - 1), cancellationToken);
                return;
            }

            world.Clock.MoveTo(next);
            if (midnight == next)
            {
                await world.Service<AuditTrail>().SealAsync(sealing, cancellationToken);
                sealing = sealing.AddDays(1);
                await TakeReceiptsAsync(cancellationToken);
            }
            else if (timer <= next)
            {
                await world.Pump.RunUntilIdleAsync(cancellationToken);
            }
            else
            {
                await ActAsync(next, cancellationToken);
            }
        }
    }

    /// <summary>Lays out what is opened, reported and registered by date.</summary>
    public void Begin()
    {
        _planDefinition = JsonNode.Parse(world.Package.Texts.GetValueOrDefault("plan.json") ?? throw new CommandLine.BadInputException("SCENARIO：缺少 plan.json。"))?["definitionId"]?.GetValue<string>();
        foreach (var opening in options.Plans ?? PlanCalendar.Of(options, world.Scenario, world.Hours))
        {
            _plans.Enqueue(opening, opening.At.UtcTicks);
        }

        foreach (var opening in options.Leads ?? (options is { Plans: null, Script: null } ? LeadCalendar.Of(world, options) : []))
        {
            Happen(opening.At, token => ReportAsync(opening, token));
        }

        foreach (var opening in options is { Plans: null, Script: null } || options.Leads is not null ? ProjectCalendar.Of(world, options) : [])
        {
            Happen(opening.At, token => RegisterAsync(opening, token));
        }
    }

    /// <summary>Does one thing of those that come at <see cref="Next"/>; the clock stands there.</summary>
    public async Task ActAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (NextPlan <= now)
        {
            await OpenAsync(_plans.Dequeue(), cancellationToken);
        }
        else if (NextHappening <= now)
        {
            await _events.Dequeue()(cancellationToken);
        }
        else
        {
            var (task, attempt) = _queue.Dequeue();
            await AnswerAsync(task, attempt, cancellationToken);
        }
    }

    private async Task OpenAsync(PlanOpening opening, CancellationToken cancellationToken)
    {
        if (opening.Targets is { } targets)
        {
            await world.CommandAsync($"targets|{opening.Plan.AnnualItem.Code}", "rosters", session => SimulationWorld.PutTargets(session, targets));
        }

        // Who takes the place of a target that is gone is a case of an earlier plan: the last plan draws so many fewer.
        var replaced = options.Plans is null && _plans.Count == 0 ? _book.Cases.Values.Count(s => s.Name == StoryDeck.Replaced) : 0;
        var plan = opening.Plan with { PackageVersionId = world.PackageVersionId, DrawCount = Math.Max(1, opening.Plan.DrawCount - replaced) };
        var coming = _book.OpenPlan(_opened.Count);
        if (RosterEvents.BeforePlan(coming, world.Scenario, world.People) is { } leave)
        {
            await world.CommandAsync($"leave|{plan.AnnualItem.Code}", $"roster:{SimulatedDistrict.Code}", leave);
        }

        _opened[plan.AnnualItem.Code] = opening;
        try
        {
            await world.Pump.SendAsync(
                new StartWorkflow
                {
                    Key = world.Key($"plan|{plan.AnnualItem.Code}"),
                    Workflow = new WorkflowReference(_planDefinition),
                    Name = plan.Title,
                    Actor = world.People.Dispatcher,
                    Input = new Dictionary<string, JsonNode?> { ["plan"] = JsonSerializer.SerializeToNode(plan, SupervisionJson.Options) },
                },
                cancellationToken);
        }
        catch (Exception e) when (StepAnswering.IsRefusal(e))
        {
            Refused.Add(new RefusedAnswer(world.Clock.GetUtcNow(), "plan.open", "", null, "plan", StepAnswering.CodeOf(e), e.Message));
        }

        if (opening.Targets is { } drawn)
        {
            // The next plan has its own targets; none of these may be drawn again.
            await world.CommandAsync($"targets-done|{opening.Plan.AnnualItem.Code}", "rosters", session =>
                SimulationWorld.PutTargets(session, drawn.Select(target => target with { Status = TargetStatus.Suspended })));
        }
    }

    private async Task ReportAsync(LeadOpening opening, CancellationToken cancellationToken)
    {
        var taken = await world.ServiceAsync<LeadIntake, IntakeResult>(
            $"report|{opening.Lead.ExternalNumber}", LeadIntake.Family, world.People.Dispatcher, (intake, token) => intake.TakeAsync(opening.Lead, token), cancellationToken);
        var id = taken.LeadId!;
        _book.Tell(id, opening.Story);
        if (!opening.IsDispatched)
        {
            return;
        }

        Happen(opening.At.AddMinutes(2), async stop => await world.ServiceAsync<LeadHandling, Lead>(
            $"dispatch|{id}", id, world.People.Dispatcher, (leads, token) => leads.DispatchAsync(id, new DispatchLead(null, "一键派发"), token), stop));
    }

    /// <summary>Whoever a lead was handed to answers by the next morning, and the dispatcher ends it with the receipt; to be called at midnight.</summary>
    public async Task TakeReceiptsAsync(CancellationToken cancellationToken)
    {
        var waiting = !world.HasLeads ? [] : await world.Reading.Set<AggregateRow<Lead>>().AsNoTracking().Where(row => row.State == nameof(LeadState.Transferred)).Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (var id in waiting.Order(StringComparer.Ordinal))
        {
            Happen(world.Hours.After(world.Clock.GetUtcNow(), 120), async stop =>
            {
                // Meanwhile a receipt that was asked for the day before may have ended it.
                if (await world.Reading.Set<AggregateRow<Lead>>().AsNoTracking().AnyAsync(row => row.Id == id && row.State == nameof(LeadState.Transferred), stop))
                    await world.ServiceAsync<LeadEnding, Lead>(
                        $"receipt|{id}", id, world.People.Dispatcher, (ending, token) => ending.CloseAsync(id, new CloseLead("已移送", "已收到受移送单位回执", null, "已移送有权单位查处"), token), stop);
            });
        }
    }

    private async Task RegisterAsync(ProjectOpening opening, CancellationToken cancellationToken)
    {
        var lead = await world.ServiceAsync<ProjectRegister, Lead>(
            $"project|{opening.Project.Number}", LeadIntake.Family, world.People.Dispatcher, (register, token) => register.RegisterAsync(opening.Project, token), cancellationToken);
        _book.Tell(lead.Id, opening.Story);
        foreach (var milestone in lead.Milestones.Where(m => !m.Before))
        {
            var chance = new Chance(options.Seed, $"milestone|{lead.Id}|{milestone.Code}");
            var day = milestone.PlannedOn.AddDays(milestone.Code == opening.LateMilestone ? ProjectOpening.LateDays : chance.Next(4));
            var at = world.Hours.On(day, 60 + chance.Next(200));
            Happen(at > opening.At ? at : opening.At.AddMinutes(30), async stop => await world.ServiceAsync<ProjectRegister, Lead>(
                $"confirm|{lead.Id}|{milestone.Code}", lead.Id, world.People.Dispatcher, (register, token) => register.ConfirmAsync(lead.Id, milestone.Code, new MilestoneConfirmation("物业"), token), stop));
        }
    }

    private void Happen(DateTimeOffset at, Func<CancellationToken, Task> what) => _events.Enqueue(what, (at.UtcTicks, _sequence++));

    /// <summary>Decides when a step that has come up is done.</summary>
    public async Task ScheduleAsync(WorkTask task)
    {
        var story = _book.Of(task, _plans.Count == 0);
        try
        {
            if (await RuleOf(task.Kind).When(_answering.Context(task, story, "when")) is { } at)
            {
                Enqueue(task, 1, at);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Refused.Add(Refusal(task, "nobody", $"没有人知道何时办理这一步骤：{e.Message}"));
        }
    }

    private async Task AnswerAsync(WorkTask planned, int attempt, CancellationToken cancellationToken)
    {
        if (await _answering.FindOpenAsync(planned.Id) is not { } task)
        {
            return;
        }

        var step = _answering.Context(task, _book.Of(task, _plans.Count == 0), $"do|{attempt}");
        Handing? handing;
        try
        {
            handing = await RuleOf(task.Kind).Do(step);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The diagram came to the step without what the step works on: nobody could do it.
            Refused.Add(Refusal(task, "nobody", $"缺少办理这一步骤所需的记录，请检查流程图中的先后次序：{e.Message}"));
            return;
        }

        if (handing is null)
        {
            return;
        }

        handing = _book.Chosen(step, handing);
        var answer = await _answering.HandInAsync(step, handing, attempt, cancellationToken);
        if (answer.Actor is { } actor)
        {
            Acts[(task.InstanceId, step.Now.UtcTicks)] = actor;
        }

        if (answer.Code is null)
        {
            Answers++;
            if (handing.Outcome is "退回" or "作废计划" && task is { CaseId: null, PlanId: not null } && _opened.Remove((await step.PlanAsync()).AnnualItem.Code, out var opening))
            {
                var again = PlanCalendar.Again(opening.Plan, step.Now, world.Hours);
                _plans.Enqueue(again with { Targets = opening.Targets }, again.At.UtcTicks);
            }

            return;
        }

        Refused.Add(Refusal(task, answer.Code, answer.Message!));
        if (answer.Actor is not null && attempt < MostTries)
        {
            Enqueue(task, attempt + 1, world.Hours.After(step.Now, NextDay));
        }
    }

    private RefusedAnswer Refusal(WorkTask task, string code, string message) =>
        new(world.Clock.GetUtcNow(), task.Kind, task.TaskActivityId, task.CaseId, _book.Of(task, _plans.Count == 0).Name, code, message);

    private StepRule RuleOf(string kind)
    {
        if (options.Script?.Rules.GetValueOrDefault(kind) is { } scripted)
        {
            return scripted;
        }

        if (StepRules.All.GetValueOrDefault(kind) is { } known)
        {
            return known;
        }

        UnknownKinds.Add(kind);
        return StepRules.Unknown;
    }

    // People never act twice on an instance at one instant: the timeline tells by the instant who acted.
    private void Enqueue(WorkTask task, int attempt, DateTimeOffset at)
    {
        var now = world.Clock.GetUtcNow();
        for (at = at > now ? at : now.AddSeconds(1); !_moments.Add((task.InstanceId, at.UtcTicks));)
        {
            at = at.AddSeconds(1);
        }

        _queue.Enqueue((task, attempt), (at.UtcTicks, _sequence++));
    }
}
