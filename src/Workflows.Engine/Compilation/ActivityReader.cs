using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.BuiltIn;
using Workflows.Engine.Definitions;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Compilation;

/// <summary>Makes activity objects from the JSON of a definition. What it cannot read becomes a null input or an unknown activity, as in Elsa; validation reports it.</summary>
internal sealed class ActivityReader(ActivityRegistry registry, WorkflowEngineOptions options)
{
    private int _depth;
    private int _count;

    /// <summary>Where each activity was read from; kept only for validation.</summary>
    public Dictionary<Activity, JsonObject>? Origins { get; init; }

    /// <exception cref="DefinitionFormatException">Nested too deeply or too many activities.</exception>
    public Activity Read(JsonObject json)
    {
        if (++_depth > options.MaxDepth)
            throw new DefinitionFormatException($"活动嵌套超过 {options.MaxDepth} 层（{json.Text("id")}）。");
        if (++_count > options.MaxActivities)
            throw new DefinitionFormatException($"活动超过 {options.MaxActivities} 个。");
        var activity = Create(json);
        _depth--;
        if (Origins is { } origins)
            origins[activity] = json;
        return activity;
    }

    public Activity? ReadOptional(JsonNode? node) => node is JsonObject o && o.Text("type") is not null ? Read(o) : null;

    /// <summary>An expression that stands by itself: <c>{type, value}</c>, or a bare value.</summary>
    public static Expression? ReadExpression(JsonNode? node) => node switch
    {
        null => null,
        JsonObject o when o.Get("expression") is JsonObject inner => ReadExpression(inner),
        JsonObject o when o.ContainsKey("type") || o.ContainsKey("Type") || o.ContainsKey("value") || o.ContainsKey("Value")
            => new Expression(o.Text("type") ?? "Literal", o.Get("value")?.DeepClone()),
        _ => new Expression("Literal", node.DeepClone()),
    };

    private Activity Create(JsonObject json)
    {
        var typeName = json.Text("type") ?? "";
        var type = registry.Find(typeName, json.Number("version"));
        if (type is null)
            return Named(json.ContainsKey("workflowDefinitionId") || json.ContainsKey("workflowDefinitionVersionId") ? new WorkflowDefinitionActivity() : NotFoundActivity.For(json), json);
        var activity = Named(type.Create(), json);
        foreach (var input in type.Inputs)
            ReadInput(activity, input, json);
        foreach (var output in type.Outputs)
        {
            if (json.Get(output.Name) is JsonObject value && value.Get("memoryReference") is JsonObject reference && reference.Text("id") is { } id)
                output.SetValue(activity, Activator.CreateInstance(output.PropertyType, id));
        }

        foreach (var raw in type.RawInputs)
        {
            if (json.Get(raw.Name) is { } node && ValueConversion.TryTo(ValueConversion.FromJson(node), raw.PropertyType, out var value) && value is not null)
                raw.SetValue(activity, value);
        }

        foreach (var embedded in type.Embedded)
        {
            if (ReadOptional(json.Get(embedded.Name)) is { } child && embedded.PropertyType.IsInstanceOfType(child))
                embedded.SetValue(activity, child);
        }

        foreach (var list in type.Lists)
        {
            if (list.GetValue(activity) is not ICollection<Activity> items)
                continue;
            foreach (var child in json.List(list.Name))
            {
                if (ReadOptional(child) is { } item)
                    items.Add(item);
            }
        }

        if (activity is Container container)
        {
            foreach (var variable in VariableReader.Read(json, "variables", activity.Id))
                container.Variables.Add(variable);
        }

        activity.ReadJson(json, this);
        return activity;
    }

    private Activity Named(Activity activity, JsonObject json)
    {
        activity.Id = json.Text("id") ?? "";
        activity.Name = json.Text("name");
        activity.CustomProperties = json.Get("customProperties") as JsonObject;
        activity.CanStartWorkflow = activity.CustomProperties?.Get("canStartWorkflow") is not null
            ? activity.CustomProperties.Flag("canStartWorkflow")
            : json.Flag("canStartWorkflow");
        if (activity is WorkflowDefinitionActivity or NotFoundActivity)
            activity.ReadJson(json, this);
        return activity;
    }

    private static void ReadInput(Activity activity, InputProperty input, JsonObject json)
    {
        var given = json.Get(input.Descriptor.Name);
        if (given is null)
        {
            if (input.Descriptor.DefaultValue is { } value && input.Property.GetValue(activity) is null)
                Set(activity, input, new Expression("Literal", value));
            return;
        }

        if (given is not JsonObject o)
        {
            Set(activity, input, new Expression("Literal", given.DeepClone()));
            return;
        }

        // The genuine reader gives null without a member typeName; Studio writes the member with the value null.
        if (!o.ContainsKey("typeName") && !o.ContainsKey("TypeName"))
            input.Property.SetValue(activity, null);
        else if (o.Get("expression") is JsonObject expression)
            Set(activity, input, new Expression(expression.Text("type") ?? "Literal", expression.Get("value")?.DeepClone()));
        else if (o.Get("memoryReference") is JsonObject reference && reference.Text("id") is { } id)
            Set(activity, input, new Expression("Variable", new JsonObject { ["id"] = id }));
    }

    private static void Set(Activity activity, InputProperty input, Expression expression) =>
        input.Property.SetValue(activity, Activator.CreateInstance(input.Property.PropertyType, expression));
}
