using System.Globalization;
using Workflows.Host.Packages;
using Workflows.Host.Problems;
using Workflows.Host.Simulation;
using Workflows.Host.Simulation.People;
using Workflows.Host.Trials.Results;
using Workflows.Storage.Model;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.History;

/// <summary>The real cases of a month as they go into a trial: targets under labels, plans at their real times, and people who do what the real ones did, as fast as they did.</summary>
internal sealed class RecordedMonth
{
    private readonly Dictionary<string, CaseHistory> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<WorkTask>> _planSteps = new(StringComparer.Ordinal);
    private readonly List<TrialProblem> _assumptions = [];
    private readonly HashSet<string> _assumed = new(StringComparer.Ordinal);
    private readonly RecordedPace _pace;

    private RecordedMonth(DateTimeOffset now) => _pace = new RecordedPace(now);

    /// <summary>How many cases it has.</summary>
    public int Cases => _cases.Count;

    /// <summary>The rosters of the trial.</summary>
    public required SimulatedRosters Rosters { get; init; }

    /// <summary>The plans of the trial.</summary>
    public required IReadOnlyList<PlanOpening> Plans { get; init; }

    /// <summary>Id of the real case by label of the target.</summary>
    public IReadOnlyDictionary<string, string> RealCases => _cases.ToDictionary(entry => entry.Key, entry => entry.Value.Case.Id, StringComparer.Ordinal);

    /// <summary>What had to be assumed; complete when the trial has run.</summary>
    public IReadOnlyList<TrialProblem> Assumptions => _assumptions;

    /// <summary>What the people of the trial do.</summary>
    public ScriptedPeople Script => new()
    {
        Story = static _ => new CaseStory { Name = "真实案件", Correction = CorrectionStory.AtReinspection },
        Rules = StepRules.All.ToDictionary(entry => entry.Key, entry => new StepRule(step => WhenAsync(step, entry.Value), step => DoAsync(step, entry.Value)), StringComparer.Ordinal),
    };

    /// <summary>Reads the month.</summary>
    /// <exception cref="RefusedException">It has no case of the scenario in the area (422).</exception>
    public static async Task<RecordedMonth> ReadAsync(
        WorkflowsDbContext database, TrialPlan asked, PackageFiles package, string? area, string home, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var scenario = PackageCatalogue.Read(package).Package!.Scenario;
        var (from, to) = (ShanghaiTime.StartOf(asked.From), ShanghaiTime.StartOf(asked.From.AddMonths(1)));
        var (histories, total) = await CaseHistory.ReadAsync(database, asked.Scenario, from, to, area, asked.Targets, withFlow: false, cancellationToken);
        if (histories.Count == 0)
            throw new RefusedException(new Refusal(422, "no-cases", "from", $"{asked.From.Year}年{asked.From.Month}月没有此场景的案件：请换一个月份，或改用样例辖区（sample）。"));
        var planSteps = await CaseHistory.PlanStepsAsync(database, [.. histories.Select(history => history.Plan?.Id).OfType<string>().Distinct()], cancellationToken);
        var rosters = NeutralPlaces.Rosters(scenario, [], home, asked.From, Math.Max(10, 6 + (histories.Count / 12)));
        var plans = new List<PlanOpening>();
        var month = new RecordedMonth(now) { Rosters = rosters, Plans = plans };
        var number = 0;
        foreach (var group in histories.GroupBy(history => history.Plan?.Id ?? ""))
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"LM-{plans.Count + 1}");
            var targets = new List<RosterTarget>();
            foreach (var history in group)
            {
                var label = NeutralPlaces.TargetLabel(++number);
                month._cases[label] = history;
                targets.Add(NeutralPlaces.Target(label, history.Case.Target, scenario, rosters.Towns[0]));
            }

            month._planSteps[code] = [.. planSteps[group.Key]];
            plans.Add(Opening(code, group.First(), targets, scenario, from));
            if (group.Key.Length == 0)
                month.Assume("plan-made", null, $"{group.Count()}个案件不是由计划产生的，试运行中按一个计划处理。", from);
        }

        plans.Sort(static (a, b) => a.At.CompareTo(b.At));
        if (total > histories.Count)
            month.Assume("cases-left-out", null, $"该月共有{total}个案件，只取了最早的{histories.Count}个。", from);
        return month;
    }

    private static PlanOpening Opening(string code, CaseHistory first, List<RosterTarget> targets, Scenario scenario, DateTimeOffset earliest)
    {
        var real = first.Plan;
        var opened = real?.Created.At ?? first.Case.Created.At;
        var at = opened > earliest ? opened : earliest.AddHours(9);
        var day = ShanghaiTime.DateOf(at);
        var departments = PlanCalendar.Departments(scenario).Select(department => real?.Departments.FirstOrDefault(known => known.Code == department.Code) is { } known
            ? department with { Attends = known.Attends && department.ItemsLeftTo is null, Officers = known.Officers }
            : department);
        return new PlanOpening(at, new OpenPlan
        {
            HeadCountLimit = scenario.HeadCountWarning,
            Title = $"上月计划{code}",
            AnnualItem = new AnnualPlanItem(day.Year, code, $"{scenario.Name}跨部门联合抽查"),
            ScenarioCode = scenario.Code,
            PackageVersionId = "",
            Area = SimulatedDistrict.Code,
            LeadDepartment = scenario.Lead.Code,
            Departments = [.. departments],
            DrawCount = targets.Count,
            AlternateCount = 0,
            WeightMode = WeightMode.Uniform,
            VisitFrom = real is { } plan && plan.VisitFrom > day ? plan.VisitFrom : day,
            VisitTo = real is { } window && window.VisitTo > day ? window.VisitTo : day.AddDays(30),
        }, targets);
    }

    private async ValueTask<DateTimeOffset?> WhenAsync(StepContext step, StepRule ordinary)
    {
        var real = await RealAsync(step);
        if (real is { State: TaskState.Cancelled })
            return null;
        if (real is not null && _pace.When(step, real) is { } at)
            return at;
        if (step.Task.CaseId is not null)
            Assume(step, "历史中没有这一步的办理，按通常做法办理。");
        return await ordinary.When(step);
    }

    private async ValueTask<Handing?> DoAsync(StepContext step, StepRule ordinary)
    {
        // A plan of the past was approved in the end: what counts of it is how long that took.
        if (step.Task.CaseId is null || await RealAsync(step) is not { State: TaskState.Done } real)
            return await ordinary.Do(step);
        if (await RecordedHands.OfAsync(step, _cases[step.Task.TargetId!], real) is { } handing)
            return handing;
        Assume(step, $"真实案件此步的结果“{real.Outcome}”在草稿中没有对应的出口或记录，按通常做法办理。");
        return await ordinary.Do(step);
    }

    private async ValueTask<WorkTask?> RealAsync(StepContext step)
    {
        var task = step.Task;
        if (task.TargetId is { } label && _cases.TryGetValue(label, out var history))
            return _pace.Match(task, label, history.Tasks);
        if (task.CaseId is not null || task.PlanId is null)
            return null;
        var code = (await step.PlanAsync()).AnnualItem.Code;
        return _planSteps.TryGetValue(code, out var steps) ? _pace.Match(task, code, steps) : null;
    }

    private void Assume(StepContext step, string message)
    {
        // One line for each step of the diagram says enough.
        if (_assumed.Add($"{step.Task.TaskActivityId}|{message}"))
            _assumptions.Add(new TrialProblem("assumption", null, step.Task.TaskActivityId, null, step.Task.Kind, WorkloadLines.OwnerOf(step.Task), null, step.Now, "no-history", $"{step.Task.Title}：{message}"));
    }

    private void Assume(string code, string? activity, string message, DateTimeOffset at) =>
        _assumptions.Add(new TrialProblem("assumption", null, activity, null, null, null, null, at, code, message));
}
