using Workflows.Engine.Activities;
using Workflows.Engine.BuiltIn.ControlFlow;
using Workflows.Engine.BuiltIn.Data;
using Workflows.Engine.BuiltIn.Flowcharts;
using Workflows.Engine.Conformance;
using Workflows.Engine.Execution;
using Workflows.Engine.Tests.Kit;

namespace Workflows.Engine.Tests.Programming;

public class ProgrammingModelTests
{
    [Fact]
    public void A_workflow_can_be_built_in_code()
    {
        var count = new Variable<int>("Count", 0);
        var decision = new FlowDecision { Condition = new(context => context.GetVariable<int>("Count") >= 2) };
        var add = new SetVariable { Variable = count, Value = new(context => context.GetVariable<int>("Count") + 1) };
        var end = new WriteLine { Text = new(context => $"n={context.GetVariable<int>("Count")}") };
        var chart = new Flowchart { Start = add, Activities = { decision, add, end }, Connections = { new Connection(add, decision), new Connection(decision, add, "False"), new Connection(decision, end, "True") } };
        var root = new Sequence { Activities = { new WriteLine { Text = "a" }, chart, new If { Condition = true, Then = new WriteLine { Text = new("yes") } } } };
        Assert.Equal("a n=2 yes", new Instance(root, count).Start().Lines);
    }

    [Fact]
    public void A_callback_must_be_a_method_of_the_activity()
    {
        var instance = new Instance(new Lambda()).Start();
        Assert.Equal("Faulted", instance.Status);
        Assert.Contains("匿名函数", instance.State.Incidents[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_of_an_execution_survive_a_burst()
    {
        var instance = new Instance(new Counting()).Start();
        instance.ResumeBookmark(instance.State.Bookmarks[0].Id);
        instance.ResumeBookmark(instance.State.Bookmarks[0].Id);
        Assert.Equal(("3", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public async Task Instances_of_one_compiled_workflow_run_side_by_side_and_share_no_values()
    {
        var workflow = new Instance(Json.Definition(Json.Sequence("s", Json.SetVar("a", "L", Json.Expr("Literal", new System.Text.Json.Nodes.JsonArray(1, 2))), Json.Act("r", "RunJavaScript", ("script", Json.Lit("variables.L.push(variables.L.length)"))), Json.WriteJs("w", "toJson(getL())")), ("variables", new System.Text.Json.Nodes.JsonArray(Json.Var("L"))))).Workflow;
        var engine = new WorkflowEngine(ElsaConformance.Registry());
        var runs = Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            var context = new Bursts.BurstContext { Now = Instance.Begin, Ids = new Bursts.IdSource($"{i}") };
            return (await engine.StartAsync(workflow, new StartWorkflow { InstanceId = $"i{i}" }, context)).Lines.Single();
        }));
        Assert.All(await Task.WhenAll(runs), line => Assert.Equal("[1,2,2]", line));
    }

    [Fact]
    public void An_activity_whose_precondition_fails_stays_pending()
    {
        var instance = new Instance(new Sequence { Activities = { new Never() } }).Start();
        Assert.Equal("Suspended", instance.Status);
        Assert.Contains(instance.Last.Journal, j => j.EventName == "Precondition Failed");
        Assert.Contains(instance.Unfinished, u => u.EndsWith("=Pending", StringComparison.Ordinal));
    }

    [Fact]
    public void An_ancestor_can_handle_a_fault()
    {
        var instance = new Instance(new Sequence { Activities = { new Guard { Body = new Engine.BuiltIn.ControlFlow.Fault { Message = "x" } }, new WriteLine { Text = "after" } } }).Start();
        Assert.Equal(("after", "Finished", ""), (instance.Lines, instance.Status, instance.Incidents));
    }

    [Fact]
    public void Missing_ids_are_made_from_the_type()
    {
        var instance = new Instance(new Sequence { Activities = { new WriteLine { Text = "a" }, new WriteLine { Text = "b" } } }).Start();
        Assert.Equal(["Workflow1", "Sequence1", "WriteLine1", "WriteLine2"], instance.Last.Executions.Select(e => e.ActivityId));
    }

    [Fact]
    public void Descriptors_tell_studio_what_it_needs()
    {
        var registry = ElsaConformance.Registry().Register<LimitStep>();
        Assert.True(registry.TryGet("Test.LimitStep", 1, out var descriptor));
        Assert.Equal(("限期办理", "测试", ActivityKind.Task), (descriptor.DisplayName, descriptor.Category, descriptor.Kind));
        Assert.Equal([("办结", false), ("逾期未办", true)], descriptor.Ports.Select(p => (p.Name, p.MeansTimeLimitPassed)));
        Assert.Equal(["Mode", "Limit", "Department"], descriptor.Inputs.Select(i => i.Name));
        Assert.Equal([("甲", "a"), ("乙", "b")], descriptor.Inputs[0].Options.Select(o => (o.Text, o.Value)));
        Assert.Equal(("dropdown", "TimeSpan", true, "dropdown"), (descriptor.Inputs[0].UIHint, descriptor.Inputs[1].TypeName, descriptor.Inputs[1].IsRequired, descriptor.Inputs[2].UIHint));
        Assert.NotNull(descriptor.Inputs[2].OptionsProvider);
        Assert.Equal("Officer", Assert.Single(descriptor.Outputs).Name);
    }

    [Fact]
    public void Every_built_in_activity_is_there_with_Chinese_name_and_help()
    {
        string[] names =
        [
            "Break", "BulkDispatchWorkflows", "Complete", "Correlate", "Cron", "Delay", "DispatchWorkflow", "End", "Event", "ExecuteWorkflow", "Fault", "Finish", "Flowchart", "FlowDecision", "FlowFork", "FlowJoin",
            "FlowSwitch", "For", "ForEach", "Fork", "If", "NotFoundActivity", "Parallel", "ParallelForEach", "PublishEvent", "RunJavaScript", "RunTask", "Sequence", "SetName", "SetOutput", "SetVariable", "Start", "StartAt",
            "Switch", "Timer", "While", "Workflow", "WriteLine", "HttpEndpoint", "WriteHttpResponse", "SendHttpRequest", "FlowSendHttpRequest",
        ];
        var descriptors = new ActivityRegistry().Descriptors;
        Assert.Empty(names.Except(descriptors.Select(d => d.TypeName["Elsa.".Length..])));
        Assert.All(descriptors, d =>
        {
            Assert.Matches("[\u4e00-\u9fff]", d.DisplayName);
            Assert.Matches("[\u4e00-\u9fff].*。", d.Description);
            Assert.All(d.Inputs.Where(i => i.IsBrowsable), i => Assert.Matches("[\u4e00-\u9fff]", i.DisplayName + i.Description));
        });
        Assert.True(descriptors.Single(d => d.TypeName == "Elsa.Flowchart").IsContainer);
        Assert.True(descriptors.Single(d => d.TypeName == "Elsa.Start").IsStart);
        Assert.True(descriptors.Single(d => d.TypeName == "Elsa.Break").IsTerminal);
        Assert.Equal(["ChildCompleted", "ChildFaulted", "Completed", "Canceled", "Done"], descriptors.Single(d => d.TypeName == "Elsa.BulkDispatchWorkflows").Ports.Select(p => p.Name));
    }

    [Fact]
    public void The_benchmark_runs_whole_instances() =>
        Assert.True(EngineBenchmark.Run(null, TimeSpan.FromMilliseconds(1)) > 0);

    [Activity("Test")]
    private sealed class Lambda : Activity
    {
        protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            context.CreateBookmark(_ => context.CompleteActivityAsync());
            return default;
        }
    }

    [Activity("Test")]
    private sealed class Counting : Activity
    {
        protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context) => StepAsync(context);

        private ValueTask StepAsync(ActivityExecutionContext context)
        {
            var count = context.GetProperty<int>("Count") + 1;
            context.SetProperty("Count", count);
            if (count == 3)
            {
                context.WorkflowExecutionContext.WriteLine("3");
                return context.CompleteActivityAsync();
            }

            context.CreateBookmark(StepAsync);
            return default;
        }
    }

    [Activity("Test")]
    private sealed class Never : CodeActivity
    {
        protected internal override ValueTask<bool> CanExecuteAsync(ActivityExecutionContext context) => new(false);
    }

    [Activity("Test")]
    private sealed class Guard : Activity
    {
        public Activity? Body { get; set; }

        protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.ScheduleActivityAsync(Body);

        protected internal override ValueTask OnSignalReceivedAsync(object signal, SignalContext context)
        {
            if (signal is not FaultSignal fault)
                return default;
            fault.IsHandled = true;
            context.StopPropagation();
            return context.ReceiverActivityExecutionContext.CompleteActivityAsync();
        }
    }
}
