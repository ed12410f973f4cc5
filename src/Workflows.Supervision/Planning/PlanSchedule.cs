using System.Globalization;
using System.Text.Json;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Planning;

/// <summary>What is drawn up each time that a schedule acts.</summary>
/// <param name="Scenario">Code of the scenario; its published version is taken.</param>
/// <param name="Title">Title; the area and the month are added.</param>
/// <param name="AnnualCode">Item of the published annual plan on which it rests.</param>
/// <param name="Areas">Districts or towns (片区): one plan for each.</param>
/// <param name="DrawCount">How many targets are drawn in each area, fewer where the area has fewer; null for the scenario's usual share.</param>
/// <param name="VisitDays">Working days for the visits, from the next working day on.</param>
/// <param name="Departments">Departments that go; empty for the leading and participating ones of the scenario.</param>
/// <param name="CreditClasses">Credit classes that are patrolled at this frequency; empty for all.</param>
public sealed record ScheduledPlans(
    string Scenario, string Title, string AnnualCode, IReadOnlyList<string> Areas, int? DrawCount, int VisitDays, IReadOnlyList<string> Departments, IReadOnlyList<string> CreditClasses);

/// <summary>定期编制计划: plans that recur by area, class and calendar. Each begins as any plan does and waits for its approval.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="flows">Diagrams of the published packages.</param>
public sealed class PlanSchedule(ISupervisionSession session, IScenarioCatalogue scenarios, ILeadFlows flows)
{
    /// <summary>Most areas that one schedule covers.</summary>
    public const int MostAreas = 200;

    /// <summary>Starts the workflow of a plan for each area that has a target of the kind; an area without one needs none.</summary>
    /// <returns>Instances of the plans' workflows, one for each area with a target.</returns>
    /// <exception cref="RuleViolationException"><c>scenario-unknown</c>, <c>plan-areas</c>, <c>plan-count</c>, <c>plan-departments</c>.</exception>
    public async ValueTask<IReadOnlyList<string>> StartAsync(ScheduledPlans plans, CancellationToken cancellationToken = default)
    {
        var flow = await flows.FindPlanAsync(plans.Scenario, cancellationToken)
            ?? throw Refusal.Invalid("scenario-unknown", "scenario", $"场景“{plans.Scenario}”没有已发布的计划流程（plan.json），请先发布。");
        if (plans.Areas.Count is 0 or > MostAreas || plans.Areas.Any(a => a.Length is not (6 or 9) || !a.All(char.IsAsciiDigit)))
        {
            throw Refusal.Invalid("plan-areas", "areas", $"片区应为1至{MostAreas}个区划代码（区县六位或者镇街九位数字）。");
        }

        if (plans.DrawCount is < 1 or > 10_000 || plans.VisitDays is < 1 or > 250)
        {
            throw Refusal.Invalid("plan-count", "drawCount", "每片区抽取数应为1至10000，检查工作日数应为1至250。");
        }

        var scenario = (await scenarios.RequireAsync(flow.PackageVersionId, cancellationToken)).Scenario;
        var departments = DepartmentsOf(scenario, plans.Departments);
        var from = LegalDeadline.Compute(session.Today(), LegalPeriod.WorkingDays(1), session.Calendar).Due;
        var started = new List<string>();
        foreach (var area in plans.Areas.Distinct(StringComparer.Ordinal))
        {
            var targets = await PlanSize.CountAsync(session, scenario, area, plans.CreditClasses, cancellationToken);
            if (targets == 0)
            {
                continue;
            }

            var instance = session.NewId();
            var open = new OpenPlan
            {
                Title = $"{plans.Title}（{area}，{session.Today().ToString("yyyy年M月", CultureInfo.InvariantCulture)}）",
                AnnualItem = new AnnualPlanItem(session.Today().Year, plans.AnnualCode, plans.Title),
                ScenarioCode = scenario.Code,
                PackageVersionId = flow.PackageVersionId,
                Area = area,
                LeadDepartment = scenario.Lead.Code,
                Departments = departments,
                HeadCountLimit = scenario.HeadCountWarning,
                DrawCount = plans.DrawCount is { } count ? Math.Min(count, targets) : scenario.Draw.UsualCount(targets),
                AlternateCount = 0,
                VisitFrom = from,
                VisitTo = LegalDeadline.Compute(from, LegalPeriod.WorkingDays(plans.VisitDays), session.Calendar).Due,
                CreditClasses = plans.CreditClasses,
            };
            var input = JsonSerializer.Serialize(new { plan = open, leadDepartment = open.LeadDepartment }, SupervisionJson.Options);
            session.Start(new DomainStart(flow.DefinitionVersionId, instance, instance, instance, plans.AnnualCode, input));
            started.Add(instance);
        }

        return started;
    }

    private static List<PlanDepartment> DepartmentsOf(Scenario scenario, IReadOnlyList<string> chosen)
    {
        var known = scenario.Departments.ToDictionary(d => d.Code, StringComparer.Ordinal);
        if (chosen.FirstOrDefault(code => !known.ContainsKey(code)) is { } unknown)
        {
            throw Refusal.Invalid("plan-departments", "departments", $"场景“{scenario.Name}”没有部门“{unknown}”，请核对参与部门。");
        }

        var going = chosen.Count > 0 ? chosen : [.. scenario.Departments.Where(d => d.Role is DepartmentRole.Lead or DepartmentRole.Participating).Select(d => d.Code)];
        return [.. going.Distinct(StringComparer.Ordinal).Select(code => new PlanDepartment { Code = code, Name = known[code].Name, Officers = known[code].Officers })];
    }
}
