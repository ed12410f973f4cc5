using Workflows.Engine.Definitions;
using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>The diagrams themselves, and walks through them whatever people choose.</summary>
public sealed partial class DemolitionTests
{
    [Theory]
    [InlineData("home-renovation/demolition.json")]
    [InlineData("home-renovation/project.json")]
    [InlineData("home-renovation/lead.json")]
    [InlineData("braised-meat/lead.json")]
    public void Every_outcome_that_a_person_may_choose_leads_somewhere(string file)
    {
        var path = Path.Combine(RepositoryFiles.Root, "workflow-definitions", file);
        if (!File.Exists(path))
        {
            return;
        }

        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(path));
        var root = document.RootElement.GetProperty("root");
        var connected = root.GetProperty("connections").EnumerateArray().Select(c => c.GetProperty("source")).Select(c => (c.GetProperty("activity").GetString(), c.GetProperty("port").GetString())).ToHashSet();
        var types = typeof(Activities.Work.HumanStep).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Activities.Work.HumanStep)) && !t.IsAbstract)
            .ToDictionary(t => "Supervision." + t.Name, t => t.GetCustomAttributes(typeof(Engine.Activities.FlowNodeAttribute), inherit: false).Cast<Engine.Activities.FlowNodeAttribute>().SingleOrDefault(), StringComparer.Ordinal);
        var dead = root.GetProperty("activities").EnumerateArray()
            .Where(a => types.GetValueOrDefault(a.GetProperty("type").GetString()!) is not null)
            .SelectMany(a => types[a.GetProperty("type").GetString()!]!.Ports.Select(o => (a.GetProperty("id").GetString(), o)))
            .Where(one => one.o != Activities.Work.HumanStep.WithdrawnPort && !connected.Contains(one)).ToList();
        Assert.Empty(dead);
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public async Task Whatever_people_choose_the_matter_waits_for_somebody_until_it_is_over(int walk)
    {
        var run = await OpenedAsync();
        var chance = (uint)walk;
        var day = new DateOnly(2026, 12, 1);
        for (var steps = 0; run.Case.State == CaseState.Open && steps < 120; steps++)
        {
            Assert.Empty(run.State.Incidents);
            // Nobody acts on a holiday or before the day that was announced.
            var open = run.Tasks().Where(t => t.Kind.StartsWith("enforcement.", StringComparison.Ordinal) && t.Kind != "enforcement.supply").ToList();
            Assert.True(open.Count > 0 || run.State.Bookmarks.Any(b => b.DueAt is not null && b.ActivityId is not ("DecisionLimit" or "DecisionLadder")), string.Join('\n', run.Completed()));
            if (open.Count == 0 || (open.TrueForAll(t => t.Kind == "enforcement.choice") && Next(3) == 0) || Next(4) == 0)
            {
                day = day.AddDays(1 + Next(30));
                while (!run.Session.Calendar.IsWorkingDay(day))
                    day = day.AddDays(1);
                await run.UntilAsync(day.Month, day.Day, year: day.Year);
                continue;
            }

            var task = open[Next(open.Count)];
            var outcome = task.Outcomes[Next(task.Outcomes.Count)];
            var actor = task.Role == Role.DepartmentHead ? People.Head(task.Department!) : People.Officer(task.Department!);
            object data = (task.Kind, outcome) is ("enforcement.execute", "已完成")
                ? new ExecutionReport(run.Session.Now, "样例见证人", "V-1", "无贵重物品")
                : Report with { ServedOn = day, PerformBy = day.AddDays(task.Subject.GetValueOrDefault("stage") == "Reminder" ? 10 : 15) };
            await run.DoAsync(task.Kind, actor, outcome, data, task.Department);
        }

        var last = run.Case.Enforcement[^1];
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.True(
            last is { Stage: EnforcementStage.Verification or EnforcementStage.Execution, Outcome: "已完成" } or { Stage: EnforcementStage.Remedy, Outcome: "撤销" } or { Stage: EnforcementStage.Confirmation, Outcome: "不构成违法" },
            string.Join('\n', run.Completed()));
        Assert.DoesNotContain(run.Tasks(), t => t.Kind.StartsWith("enforcement.", StringComparison.Ordinal));
        Assert.DoesNotContain(run.State.Bookmarks, b => b.DueAt is not null);

        int Next(int below)
        {
            chance = unchecked((chance * 1664525) + 1013904223);
            return (int)((chance >> 8) % (uint)below);
        }
    }

    public static TheoryData<int> Walks => new(Enumerable.Range(1, 40));

    [Fact]
    public void Its_diagram_is_clean() => Assert.Empty(DefinitionValidator.Validate(
        CaseRun.Named("home-renovation/demolition.json"), new Engine.Activities.ActivityRegistry().RegisterFrom(typeof(Activities.Work.HumanStep).Assembly)));
}
