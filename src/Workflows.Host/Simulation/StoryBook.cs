using Workflows.Host.Simulation.People;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Work;

namespace Workflows.Host.Simulation;

/// <summary>Which story each case, plan and lead of a simulation plays: dealt from the scenario's decks in the order in which matters come up, or told beforehand.</summary>
internal sealed class StoryBook(SimulationWorld world, SimulationOptions options)
{
    private const int RoomForDetours = 45;

    private readonly Dictionary<string, CaseStory> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CaseStory> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CaseStory> _leads = new(StringComparer.Ordinal);
    private readonly Dealer<CaseStory> _planDeck = new(StoryDeck.Of(world.Scenario), options.Seed, "deck");
    private readonly Dealer<CaseStory> _leadDeck = new(StoryDeck.OfLeadCases(world.Scenario), options.Seed, "lead-case-deck");
    private readonly Dealer<EnforcementStory> _enforcementDeck = new(EnforcementDeck.All, options.Seed, "enforcement-deck");
    private readonly Dictionary<string, RosterTarget> _targets = world.Rosters.Targets.ToDictionary(t => t.Id, StringComparer.Ordinal);
    private readonly HashSet<(string Matter, string Choice)> _chosen = [];
    private readonly HashSet<string> _lacking = new(StringComparer.Ordinal);
    private CaseStory _coming = StoryDeck.OrdinaryPlan;

    /// <summary>Story of each case.</summary>
    public IReadOnlyDictionary<string, CaseStory> Cases => _cases;

    /// <summary>Story of each lead.</summary>
    public IReadOnlyDictionary<string, CaseStory> Leads => _leads;

    /// <summary>The story of the plan that is opened now; a plan that goes another way takes longer, so only where its cases still come to something.</summary>
    /// <param name="opened">Plans that were opened before.</param>
    public CaseStory OpenPlan(int opened)
    {
        var now = world.Clock.GetUtcNow();
        var end = Supervision.Time.ShanghaiTime.StartOf(options.From.AddDays(options.Days));
        return _coming = options is { Script: null, Plans: null } && now.AddDays(RoomForDetours) < end
            ? StoryDeck.Plans[new Chance(options.Seed, $"plan|{opened}|{now.UtcTicks}").Next(StoryDeck.Plans.Count)]
            : StoryDeck.OrdinaryPlan;
    }

    /// <summary>The story of a lead, which is known before it is reported.</summary>
    public void Tell(string leadId, CaseStory story) => _leads[leadId] = story;

    /// <summary>The story that a step belongs to.</summary>
    /// <param name="task">The step.</param>
    /// <param name="isLastPlan">Whether no further plan comes, which could draw the target again.</param>
    public CaseStory Of(WorkTask task, bool isLastPlan)
    {
        if (task.CaseId is not { } id)
        {
            return task.PlanId is { } plan ? OfPlan(plan) : _leads[task.Subject["leadId"]];
        }

        if (task.Kind.StartsWith(EnforcementPeople.Kinds, StringComparison.Ordinal) && _cases.GetValueOrDefault(id)?.Enforcement is null)
        {
            var enforcement = _enforcementDeck.Next();
            _cases[id] = (_cases.GetValueOrDefault(id) ?? new CaseStory { Name = enforcement.Name }) with { Enforcement = enforcement };
        }

        if (task.PlanId is null && !_cases.ContainsKey(id))
        {
            _cases[id] = OfLeadCase(task);
        }

        if (!_cases.TryGetValue(id, out var story))
        {
            var ordinal = _planDeck.Dealt;
            var dealt = IsToLackStandby(task.PlanId) ? _planDeck.Next(s => s.Name == StoryDeck.Recused) : _planDeck.Next();
            story = options.Script?.Story?.Invoke(ordinal) ?? dealt;
            story = story.Name == StoryDeck.Replaced && isLastPlan ? story with { Name = "target-gone-not-replaced", Choices = new Dictionary<string, string>() } : story;
            _cases[id] = story = Found(story, task, new Chance(options.Seed, $"breaches|{ordinal}"));
        }

        return story;
    }

    /// <summary>An outcome of the story holds for the first step of its kind, or of its kind and form of document; the next goes the ordinary way.</summary>
    public Handing Chosen(StepContext step, Handing handing)
    {
        var task = step.Task;
        foreach (var choice in new[] { $"{task.Kind}.{task.Subject.GetValueOrDefault("form")}", task.Kind })
        {
            if ((task.CaseId ?? task.PlanId ?? task.Subject.GetValueOrDefault("leadId")) is { } id && step.Story.Choices.TryGetValue(choice, out var outcome) && task.Outcomes.Contains(outcome) && _chosen.Add((id, choice)))
            {
                return handing with { Outcome = outcome };
            }
        }

        return handing;
    }

    // The first step of a plan comes up as the plan is opened.
    private CaseStory OfPlan(string planId) => _plans.TryGetValue(planId, out var story) ? story : _plans[planId] = _coming;

    // Nobody stands by only where a plan is short of officers and one of its cases loses one: two rare stories, which chance alone
    // seldom brings together. The first case of such a plan therefore plays the second of them.
    private bool IsToLackStandby(string? planId) =>
        planId is not null && _plans.GetValueOrDefault(planId)?.Roster == RosterStory.TwoLeft && _lacking.Add(planId);

    private CaseStory OfLeadCase(WorkTask task)
    {
        var ordinal = _leadDeck.Dealt;
        return Found(_leadDeck.Next(), task, new Chance(options.Seed, $"lead-breaches|{ordinal}"));
    }

    private CaseStory Found(CaseStory story, WorkTask task, Chance chance)
    {
        IReadOnlyList<string> tags = task.TargetId is { } target && _targets.TryGetValue(target, out var known) ? known.Tags : [];
        return story with { Breaches = [.. story.Breaches, .. story.Wishes.SelectMany(wish => wish.Choose(world.Scenario, tags, chance)).DistinctBy(b => b.Item)] };
    }
}
