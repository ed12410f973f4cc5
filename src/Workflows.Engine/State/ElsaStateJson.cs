using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.Execution;

namespace Workflows.Engine.State;

/// <summary>Writes a state as Elsa's instance state JSON, for Studio and for exports: camel case, nulls left out, every object with <c>$id</c>.</summary>
internal sealed class ElsaStateJson
{
    private int _lastId;

    public static JsonObject Write(WorkflowState state) => new ElsaStateJson().Of(state);

    private JsonObject Of(WorkflowState state)
    {
        var o = New();
        o["id"] = state.Id;
        o["definitionId"] = state.DefinitionId;
        o["definitionVersionId"] = state.DefinitionVersionId;
        o["definitionVersion"] = state.DefinitionVersion;
        Put(o, "parentWorkflowInstanceId", state.ParentWorkflowInstanceId);
        Put(o, "correlationId", state.CorrelationId);
        Put(o, "name", state.Name);
        o["status"] = state.Status.ToString();
        o["subStatus"] = state.SubStatus.ToString();
        o["isExecuting"] = false;
        o["bookmarks"] = List(state.Bookmarks, Of);
        o["incidents"] = List(state.Incidents, Of);
        o["isSystem"] = false;
        o["completionCallbacks"] = List(state.Contexts.Where(c => c.Callback is not null), Callback);
        // Newest first, as Elsa writes them.
        o["activityExecutionContexts"] = List(state.Contexts.AsEnumerable().Reverse(), c => Of(c, state.Contexts));
        o["scheduledActivities"] = List(Array.Empty<object>(), _ => New());
        o["executionLogSequence"] = state.ExecutionLogSequence;
        o["input"] = Members(state.Input);
        o["output"] = Members(state.Output);
        o["properties"] = Members(state.Properties);
        o["createdAt"] = Time(state.CreatedAt);
        o["updatedAt"] = Time(state.UpdatedAt);
        if (state.FinishedAt is { } finished)
            o["finishedAt"] = Time(finished);
        return o;
    }

    private JsonObject Of(Bookmark bookmark)
    {
        var o = New();
        o["id"] = bookmark.Id;
        o["name"] = bookmark.Name;
        o["hash"] = bookmark.Hash;
        Put(o, "payload", Island(bookmark.Payload));
        o["activityId"] = bookmark.ActivityId;
        o["activityNodeId"] = bookmark.ActivityNodeId;
        o["activityInstanceId"] = bookmark.ActivityInstanceId;
        o["createdAt"] = Time(bookmark.CreatedAt);
        o["autoBurn"] = bookmark.AutoBurn;
        Put(o, "callbackMethodName", bookmark.CallbackMethodName);
        o["autoComplete"] = bookmark.AutoComplete;
        if (bookmark.Metadata is { Count: > 0 } metadata)
        {
            var m = New();
            foreach (var (name, value) in metadata)
                m[name] = value;
            o["metadata"] = m;
        }

        return o;
    }

    private JsonObject Of(Incident incident)
    {
        var o = New();
        o["activityId"] = incident.ActivityId;
        o["activityNodeId"] = incident.ActivityNodeId;
        o["activityInstanceId"] = incident.ActivityInstanceId;
        o["activityType"] = incident.ActivityType;
        o["message"] = incident.Message;
        if (incident.ExceptionType is { } type)
        {
            var exception = New();
            exception["type"] = type;
            exception["message"] = incident.Cause is null ? incident.Message : $"{incident.Message}: {incident.Cause}";
            o["exception"] = exception;
        }

        o["timestamp"] = Time(incident.Timestamp);
        return o;
    }

    private JsonObject Callback(ActivityContextState context)
    {
        var o = New();
        o["ownerInstanceId"] = context.ParentId;
        o["childNodeId"] = context.FullNodeId;
        o["methodName"] = context.Callback;
        Put(o, "tag", Island(context.Tag));
        return o;
    }

    private JsonObject Of(ActivityContextState context, List<ActivityContextState> all)
    {
        var o = New();
        o["id"] = context.Id;
        Put(o, "parentContextId", context.ParentId);
        o["scheduledActivityNodeId"] = context.FullNodeId;
        Put(o, "ownerActivityNodeId", context.ParentId is null ? null : all.Find(c => c.Id == context.ParentId)?.FullNodeId);
        o["properties"] = PropertiesOf(context);
        o["metadata"] = New();
        o["activityState"] = Members(context.Inputs ?? []);
        o["dynamicVariables"] = List(context.Variables.Where(v => v.IsDynamic), Of);
        o["status"] = context.Status.ToString();
        o["isExecuting"] = false;
        o["faultCount"] = context.FaultCount;
        o["startedAt"] = Time(context.StartedAt);
        Put(o, "tag", Island(context.Tag));
        return o;
    }

    private JsonObject Of(VariableState variable)
    {
        var o = New();
        o["id"] = variable.Id;
        o["name"] = variable.Name;
        Put(o, "value", Island(variable.Value));
        return o;
    }

    private JsonObject PropertiesOf(ActivityContextState context)
    {
        var properties = Members(context.Properties ?? []);
        if (context.Variables.Any(v => !v.IsDynamic && v.Value is not null))
        {
            var variables = New();
            foreach (var variable in context.Variables.Where(v => !v.IsDynamic && v.Value is not null))
                variables[variable.Id] = Island(variable.Value);
            properties["Variables"] = variables;
        }

        if (context.Scope is JsonObject scope && scope["visits"] is JsonObject visits)
        {
            var flow = New();
            flow["activitiesVisitCount"] = Members(visits);
            flow["connectionVisitCount"] = Members((JsonObject)scope["edges"]!);
            flow["connectionLastVisitFollowed"] = Members((JsonObject)scope["followed"]!);
            properties["FlowScope"] = flow;
        }
        else if (context.Scope is JsonObject tokens && tokens["tokens"] is { } list)
        {
            properties["Flowchart.Tokens"] = Island(list);
        }

        if (context.Counter > 0)
            properties["CurrentIndex"] = context.Counter;
        return properties;
    }

    private JsonObject Members(JsonObject source)
    {
        var o = New();
        foreach (var (name, value) in source)
        {
            if (value is not null)
                o[name] = Island(value);
        }

        return o;
    }

    /// <summary>Objects and lists as Elsa's islands: their text, with the alias of their type.</summary>
    private JsonNode? Island(JsonNode? value)
    {
        if (value is not (JsonObject or JsonArray))
            return value?.DeepClone();
        var o = New();
        o["_island"] = value.ToJsonString();
        o["_type"] = value is JsonObject ? "JsonObject" : "JsonArray";
        return o;
    }

    private JsonObject List<T>(IEnumerable<T> items, Func<T, JsonObject> write)
    {
        var o = New();
        var values = new JsonArray();
        foreach (var item in items)
            values.Add(write(item));
        o["$values"] = values;
        return o;
    }

    private JsonObject New() => new() { ["$id"] = (++_lastId).ToString(CultureInfo.InvariantCulture) };

    private static void Put(JsonObject o, string name, JsonNode? value)
    {
        if (value is not null)
            o[name] = value;
    }

    private static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
