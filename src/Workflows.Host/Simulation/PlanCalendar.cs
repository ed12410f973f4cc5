using Workflows.Supervision.Planning;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation;

/// <summary>The plans of a simulation: one a month, as many targets in all as were asked for.</summary>
internal static class PlanCalendar
{
    private const int ShortestRest = 20;
    private const int DaysToVisits = 5;
    private const int VisitDays = 10;

    /// <summary>The plans with the instants at which they are opened.</summary>
    /// <param name="options">Time and targets.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="hours">When people work.</param>
    public static IReadOnlyList<PlanOpening> Of(SimulationOptions options, Scenario scenario, OfficeHours hours)
    {
        var starts = new List<DateOnly> { options.From };
        var last = options.From.AddDays(options.Days - ShortestRest);
        for (var month = new DateOnly(options.From.Year, options.From.Month, 1).AddMonths(1); month <= last; month = month.AddMonths(1))
        {
            starts.Add(month);
        }

        starts = [.. starts.Take(options.Targets)];
        var plans = new List<PlanOpening>();
        for (var i = 0; i < starts.Count; i++)
        {
            var count = (options.Targets / starts.Count) + (i < options.Targets % starts.Count ? 1 : 0);
            var at = hours.On(starts[i], 0);
            plans.Add(new PlanOpening(at, Plan(ShanghaiTime.DateOf(at), count, i + 1, scenario, hours.Calendar)));
        }

        return plans;
    }

    /// <summary>Opens a plan anew on the working day after it was sent back or given up.</summary>
    /// <param name="plan">The plan that came to nothing.</param>
    /// <param name="now">When it did, UTC.</param>
    /// <param name="hours">When people work.</param>
    public static PlanOpening Again(OpenPlan plan, DateTimeOffset now, OfficeHours hours)
    {
        var at = hours.On(hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(now), 1), 0);
        var from = hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(at), DaysToVisits);
        return new PlanOpening(at, plan with
        {
            Title = $"{plan.Title}（重报）",
            AnnualItem = plan.AnnualItem with { Code = $"{plan.AnnualItem.Code}-2" },
            VisitFrom = from,
            VisitTo = hours.Calendar.AddWorkingDays(from, VisitDays),
        });
    }

    /// <summary>A plan that is opened on a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="count">Targets that are drawn.</param>
    /// <param name="ordinal">Its number in the annual plan.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="calendar">The calendar in force.</param>
    public static OpenPlan Plan(DateOnly day, int count, int ordinal, Scenario scenario, WorkCalendar calendar)
    {
        var from = calendar.AddWorkingDays(day, DaysToVisits);
        return new OpenPlan
        {
            Title = $"海曙区{day.Year}年{day.Month}月{scenario.Name}双随机抽查",
            AnnualItem = new AnnualPlanItem(day.Year, $"HS-{day.Year}-{ordinal:00}", $"{scenario.Name}跨部门联合抽查"),
            ScenarioCode = scenario.Code,
            HeadCountLimit = scenario.HeadCountWarning,
            PackageVersionId = "",
            Area = SimulatedDistrict.Code,
            LeadDepartment = scenario.Lead.Code,
            Departments = Departments(scenario),
            DrawCount = count,
            AlternateCount = scenario.Draw.Alternates,
            WeightMode = WeightMode.Weighted,
            VisitFrom = from,
            VisitTo = calendar.AddWorkingDays(from, VisitDays),
        };
    }

    /// <summary>The departments that take part in a plan of the scenario.</summary>
    public static IReadOnlyList<PlanDepartment> Departments(Scenario scenario) =>
    [
        .. scenario.Departments
            .Where(d => d.Role is DepartmentRole.Lead or DepartmentRole.Participating or DepartmentRole.ForItem)
            .Select(d => new PlanDepartment { Code = d.Code, Name = d.Name, Officers = d.Officers, Assistants = d.Assistants, Attends = d.ItemsLeftTo is null, ItemsLeftTo = d.ItemsLeftTo }),
    ];
}
