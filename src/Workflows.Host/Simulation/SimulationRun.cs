using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Bursts;
using Workflows.Host.Simulation.People;
using Workflows.Storage.Audit;
using Workflows.Storage.Model;
using Workflows.Storage.Stimuli;
using Workflows.Supervision;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Simulation;

/// <summary>An answer that the rules of the domain refused.</summary>
internal sealed record RefusedAnswer(DateTimeOffset At, string Kind, string? CaseId, string Story, string Code, string Message);

/// <summary>
/// Lets time pass from one event to the next: what timers bring, what people do, what is opened and sealed by date. One thread,
/// one order: (time, timers before people, order of coming up).
/// </summary>
internal sealed class SimulationRun(SimulationWorld world, SimulationOptions options)
{
    private const int MostTries = 3;
    private const int NextDay = 390;

    private readonly PriorityQueue<(WorkTask Task, int Try), (long At, long Sequence)> _queue = new();
    private readonly Dictionary<string, CaseStory> _stories = new(StringComparer.Ordinal);
    private readonly List<CaseStory> _deck = [];
    private readonly HashSet<(string, long)> _moments = [];
    private long _sequence;
    private string? _planDefinition;

    /// <summary>Who acted on an instance at a time.</summary>
    public Dictionary<(string InstanceId, long At), Actor> Acts { get; } = [];

    /// <summary>Answers that were refused.</summary>
    public List<RefusedAnswer> Refused { get; } = [];

    /// <summary>Kinds of steps that nobody knows how to do.</summary>
    public SortedSet<string> UnknownKinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Stories by case id.</summary>
    public IReadOnlyDictionary<string, CaseStory> Stories => _stories;

    /// <summary>Steps that people did.</summary>
    public int Answers { get; private set; }

    /// <summary>First instant after the simulation.</summary>
    public DateTimeOffset End { get; } = ShanghaiTime.StartOf(options.From.AddDays(options.Days));

    /// <summary>Runs to the end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _planDefinition = JsonNode.Parse(world.Package.Texts.GetValueOrDefault("plan.json") ?? throw new CommandLine.BadInputException("SCENARIO：缺少 plan.json。"))?["definitionId"]?.GetValue<string>();
        var plans = new Queue<(DateTimeOffset At, OpenPlan Plan)>(PlanCalendar.Of(options, world.Scenario, world.PackageVersionId, world.Hours));
        var sealing = options.From;
        while (!cancellationToken.IsCancellationRequested)
        {
            await ScheduleAsync();
            var timer = await world.Pump.NextDueAsync(cancellationToken) ?? DateTimeOffset.MaxValue;
            var person = _queue.TryPeek(out _, out var first) ? new DateTimeOffset(first.At, TimeSpan.Zero) : DateTimeOffset.MaxValue;
            var plan = plans.TryPeek(out var opening) ? opening.At : DateTimeOffset.MaxValue;
            var midnight = ShanghaiTime.PassedAt(sealing);
            var next = new[] { timer, person, plan, midnight }.Min();
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
            }
            else if (timer <= next)
            {
                await world.Pump.RunUntilIdleAsync(cancellationToken);
            }
            else if (plan <= next)
            {
                await OpenAsync(plans.Dequeue().Plan, cancellationToken);
            }
            else
            {
                var (task, attempt) = _queue.Dequeue();
                await AnswerAsync(task, attempt, cancellationToken);
            }
        }
    }

    private async Task OpenAsync(OpenPlan plan, CancellationToken cancellationToken) => await world.Pump.SendAsync(
        new StartWorkflow
        {
            Key = world.Key($"plan|{plan.AnnualItem.Code}"),
            Workflow = new WorkflowReference(_planDefinition),
            Name = plan.Title,
            Actor = world.People.Dispatcher,
            Input = new Dictionary<string, JsonNode?> { ["plan"] = JsonSerializer.SerializeToNode(plan, SupervisionJson.Options) },
        },
        cancellationToken);

    private async Task ScheduleAsync()
    {
        foreach (var task in world.Watch.TakeNew())
        {
            if (RuleOf(task.Kind) is not { } rule)
            {
                UnknownKinds.Add(task.Kind);
            }
            else if (await rule.When(Context(task, "when")) is { } at)
            {
                Enqueue(task, 1, at);
            }
        }
    }

    private async Task AnswerAsync(WorkTask planned, int attempt, CancellationToken cancellationToken)
    {
        if (await FindAsync(planned.Id) is not { State: TaskState.Open, BookmarkId: { } bookmark } task)
        {
            return;
        }

        var step = Context(task, $"do|{attempt}");
        if (await RuleOf(task.Kind)!.Do(step) is not { } handing)
        {
            return;
        }

        var preferred = task.CaseId is null || handing.Actor is not null ? [] : (await step.AllAsync<Supervision.Inspections.InspectionTeam>()) is [.., var team] ? team.Members.Select(m => m.OfficerId).ToArray() : [];
        if ((handing.Actor ?? world.People.Choose(task, preferred, step.Chance)) is not { } actor)
        {
            Refused.Add(new RefusedAnswer(step.Now, task.Kind, task.CaseId, step.Story.Name, "nobody", "没有人可以办理这一步骤"));
            return;
        }

        if (handing.Uploads is { Count: > 0 } uploads)
        {
            await world.CommandAsync($"upload|{task.Id}|{attempt}", task.CaseKey, session => uploads.ToList().ForEach(session.Save), actor);
        }

        try
        {
            Acts[(task.InstanceId, step.Now.UtcTicks)] = actor;
            await world.Pump.SendAsync(
                new ResumeBookmark
                {
                    Key = world.Key($"task|{task.Id}|{attempt}"),
                    BookmarkId = bookmark,
                    Actor = actor,
                    Input = new Dictionary<string, JsonNode?> { ["outcome"] = handing.Outcome, ["data"] = handing.Data ?? [] },
                },
                cancellationToken);
            Answers++;
        }
        catch (Exception e) when (e is RuleViolationException or DomainRuleException)
        {
            Refused.Add(new RefusedAnswer(step.Now, task.Kind, task.CaseId, step.Story.Name, (e as RuleViolationException)?.Code ?? (e as DomainRuleException)!.Code, e.Message));
            if (attempt < MostTries)
            {
                Enqueue(task, attempt + 1, world.Hours.After(step.Now, NextDay));
            }
        }
    }

    private StepRule? RuleOf(string kind) => options.Script?.Rules.GetValueOrDefault(kind) ?? StepRules.All.GetValueOrDefault(kind);

    private StepContext Context(WorkTask task, string purpose) =>
        new(world.Store, task, StoryOf(task), world.People, world.Hours, world.Scenario, new Chance(options.Seed, $"{task.Id}|{purpose}"), world.Clock.GetUtcNow());

    private CaseStory StoryOf(WorkTask task)
    {
        if (task.CaseId is not { } id)
        {
            return new CaseStory { Name = "plan" };
        }

        if (!_stories.TryGetValue(id, out var story))
        {
            var ordinal = _stories.Count;
            while (_deck.Count <= ordinal)
            {
                _deck.AddRange(new Chance(options.Seed, $"deck|{_deck.Count}").Shuffle(CaseStory.Deck));
            }

            _stories[id] = story = options.Script?.Story?.Invoke(ordinal) ?? _deck[ordinal];
        }

        return story;
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

    private async Task<WorkTask?> FindAsync(string id)
    {
        await using var context = world.Store.CreateContext();
        var body = await context.Set<AggregateRow<WorkTask>>().AsNoTracking().Where(row => row.Id == id).Select(row => row.Body).FirstOrDefaultAsync();
        return body is null ? null : JsonSerializer.Deserialize<WorkTask>(body, SupervisionJson.Options);
    }
}
