using System.Collections;
using Workflows.Engine.Activities;
using Workflows.Engine.BuiltIn;
using Workflows.Engine.Definitions;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Compilation;

/// <summary>Turns a tree of activities into numbered nodes: gives ids, compiles inputs, finds triggers.</summary>
internal sealed class GraphBuilder(ActivityRegistry registry, WorkflowEngineOptions options, ExpressionCompiler? expressions)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counters = new(StringComparer.Ordinal);

    /// <summary>Gives ids and places, without inputs and triggers.</summary>
    public void Number(CompiledWorkflow workflow, Workflow root)
    {
        root.Id = "Workflow1";
        CollectIds(root, 0);
        AddNode(workflow, root, null, "Root", 0);
    }

    public void Build(CompiledWorkflow workflow, Workflow root)
    {
        Number(workflow, root);
        foreach (var node in workflow.Nodes)
            BindValues(node);
        foreach (var node in workflow.Nodes)
            node.Activity.Compiled(node);
        workflow.Triggers = [.. TriggerIndex.Of(workflow)];
    }

    internal static List<EmbeddedActivity> ChildrenOf(Activity activity, ActivityType type)
    {
        var children = new List<EmbeddedActivity>();
        foreach (var property in type.Embedded)
        {
            if (property.GetValue(activity) is Activity child)
                children.Add(new EmbeddedActivity(property.Name, child));
        }

        foreach (var property in type.Lists)
        {
            foreach (var child in (IEnumerable?)property.GetValue(activity) ?? Array.Empty<Activity>())
                children.Add(new EmbeddedActivity(property.Name, (Activity)child!));
        }

        activity.CollectChildren(children);
        return children;
    }

    private void CollectIds(Activity activity, int depth)
    {
        if (depth > options.MaxDepth)
            throw new DefinitionFormatException($"活动嵌套超过 {options.MaxDepth} 层（{activity.Id}）。");
        if (activity.Id.Length > 0)
            _ids.Add(activity.Id);
        foreach (var child in ChildrenOf(activity, registry.Of(activity)))
            CollectIds(child.Activity, depth + 1);
    }

    private ActivityNode AddNode(CompiledWorkflow workflow, Activity activity, ActivityNode? parent, string port, int childIndex)
    {
        var type = registry.Of(activity);
        if (activity.Id.Length == 0)
            activity.Id = NewId(type.Descriptor.Name);
        var node = new ActivityNode(workflow, activity, type, parent, port, workflow.Nodes.Count) { ChildIndex = childIndex, TypeName = activity.StoredTypeName ?? type.TypeName };
        activity.Node = node;
        workflow.Add(node);
        var children = ChildrenOf(activity, type);
        node.Children = new ActivityNode[children.Count];
        for (var i = 0; i < children.Count; i++)
            node.Children[i] = AddNode(workflow, children[i].Activity, node, children[i].Port, i);
        return node;
    }

    private string NewId(string shortType)
    {
        string id;
        do
        {
            var number = _counters[shortType] = _counters.GetValueOrDefault(shortType) + 1;
            id = shortType + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        while (!_ids.Add(id));
        return id;
    }

    private void BindValues(ActivityNode node)
    {
        var compiler = expressions ?? throw new InvalidOperationException("Nodes are bound by a builder that compiles expressions.");
        var type = node.Type;
        var inputs = new List<(string Name, Input? Input, InputDescriptor? Descriptor)>();
        foreach (var property in type.Inputs)
            inputs.Add((property.Descriptor.Name, (Input?)property.Property.GetValue(node.Activity), property.Descriptor));
        foreach (var (name, input) in node.Activity.FurtherInputs)
            inputs.Add((name, input, null));
        node.Inputs = [.. inputs.Select(i => i.Input)];
        node.InputNames = [.. inputs.Select(i => i.Name)];
        var evaluated = new List<int>();
        for (var slot = 0; slot < inputs.Count; slot++)
        {
            if (inputs[slot].Input is not { } input)
                continue;
            input.Slot = slot;
            input.CompileLeniently(compiler);
            if (inputs[slot].Descriptor?.IsSensitive is true)
                node.SensitiveSlots.Add(slot);
            if (!input.IsConstant && inputs[slot].Descriptor?.AutoEvaluate is not false)
                evaluated.Add(slot);
        }

        node.EvaluatedSlots = [.. evaluated];
        node.Outputs = new Output[type.Outputs.Length];
        for (var slot = 0; slot < type.Outputs.Length; slot++)
        {
            var property = type.Outputs[slot];
            if (property.GetValue(node.Activity) is not Output output)
            {
                output = (Output)Activator.CreateInstance(property.PropertyType)!;
                property.SetValue(node.Activity, output);
            }

            output.Name = property.Name;
            output.Slot = slot;
            node.Outputs[slot] = output;
        }

        node.Variables = [.. node.Activity.DeclaredVariables];
        var named = new List<NamedExpression>();
        node.Activity.CollectExpressions(named);
        foreach (var entry in named)
            entry.Expression.Compiled = compiler.CompileLeniently(entry.Expression, entry.Type);
    }
}
