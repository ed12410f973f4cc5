using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.Execution;

namespace Workflows.Engine.State;

public sealed partial class WorkflowState
{
    private const int FormatVersion = 1;
    private const int MaxDepth = 256;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };
    private static readonly JsonSerializerOptions NodeOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    /// <summary>The state as compact UTF-8 JSON with a format version.</summary>
    public byte[] Serialize()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            Write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The state as Elsa's instance state JSON, for Studio and exports: camel case, nulls left out, reference ids. It is not read back.</summary>
    public JsonObject ToElsaJson() => ElsaStateJson.Write(this);

    /// <summary>The values of the workflow's variables that are kept, by variable id; null where a value is null.</summary>
    public IReadOnlyDictionary<string, JsonNode?> WorkflowVariables =>
        Contexts.Find(c => c.ParentId is null)?.Variables.DistinctBy(v => v.Id).ToDictionary(v => v.Id, v => v.Value?.DeepClone()) ?? [];

    /// <summary>The workflow's variables that are kept, in order of their declaration.</summary>
    public IReadOnlyList<WorkflowVariable> Variables =>
        [.. (Contexts.Find(c => c.ParentId is null)?.Variables ?? []).DistinctBy(v => v.Id).Select(v => new WorkflowVariable(v.Id, v.Name, v.Value?.DeepClone()))];

    /// <summary>Ids (in the definition) of the activities that run, wait or have faulted, with their status, ancestors first.</summary>
    public IReadOnlyList<KeyValuePair<string, ActivityStatus>> LiveActivities =>
        [.. Contexts.Where(c => c.Status is not (ActivityStatus.Completed or ActivityStatus.Canceled)).Select(c => KeyValuePair.Create(c.NodeId[(c.NodeId.LastIndexOf(':') + 1)..], c.Status))];

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="FormatException">It is not such a state, or one of a newer version of the engine.</exception>
    public static WorkflowState Deserialize(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (JsonNode.Parse(ref reader) is not JsonObject o || o["v"]?.GetValue<int>() is not { } version)
                throw new FormatException("不是流程实例的状态。");
            return version == FormatVersion ? Read(o) : throw new FormatException($"状态的格式版本 {version} 不受支持，本引擎支持 {FormatVersion}。");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException("流程实例的状态已损坏：" + e.Message, e);
        }
    }

    private void Write(Utf8JsonWriter w)
    {
        w.WriteStartObject();
        w.WriteNumber("v", FormatVersion);
        w.WriteString("id", Id);
        w.WriteString("def", DefinitionId);
        w.WriteString("ver", DefinitionVersionId);
        w.WriteNumber("no", DefinitionVersion);
        WriteText(w, "parent", ParentWorkflowInstanceId);
        WriteText(w, "corr", CorrelationId);
        WriteText(w, "name", Name);
        w.WriteNumber("status", (int)Status);
        w.WriteNumber("sub", (int)SubStatus);
        w.WriteString("created", CreatedAt);
        w.WriteString("updated", UpdatedAt);
        if (FinishedAt is { } finished)
            w.WriteString("finished", finished);
        w.WriteNumber("seq", ExecutionLogSequence);
        WriteNode(w, "in", Input.Count == 0 ? null : Input);
        WriteNode(w, "out", Output.Count == 0 ? null : Output);
        WriteNode(w, "props", Properties.Count == 0 ? null : Properties);
        w.WriteStartArray("bookmarks");
        foreach (var bookmark in Bookmarks)
            Write(w, bookmark);
        w.WriteEndArray();
        w.WriteStartArray("incidents");
        foreach (var incident in Incidents)
            Write(w, incident);
        w.WriteEndArray();
        w.WriteStartArray("ctx");
        foreach (var context in Contexts)
            Write(w, context);
        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, Bookmark b)
    {
        w.WriteStartObject();
        w.WriteString("id", b.Id);
        w.WriteString("name", b.Name);
        w.WriteString("hash", b.Hash);
        WriteNode(w, "payload", b.Payload);
        w.WriteString("act", b.ActivityId);
        w.WriteString("node", b.ActivityNodeId);
        w.WriteString("ctx", b.ActivityInstanceId);
        w.WriteString("at", b.CreatedAt);
        if (b.DueAt is { } due)
            w.WriteString("due", due);
        WriteText(w, "wait", b.WaitName);
        WriteText(w, "owner", b.WaitOwner);
        WriteFlag(w, "keep", !b.AutoBurn);
        WriteFlag(w, "manual", !b.AutoComplete);
        WriteText(w, "call", b.CallbackMethodName);
        if (b.Metadata is { Count: > 0 } metadata)
        {
            w.WriteStartObject("meta");
            foreach (var (name, value) in metadata)
                w.WriteString(name, value);
            w.WriteEndObject();
        }

        if (b.CompletesWith is { Count: > 0 } watched)
        {
            w.WriteStartArray("with");
            foreach (var id in watched)
                w.WriteStringValue(id);
            w.WriteEndArray();
        }

        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, Incident i)
    {
        w.WriteStartObject();
        w.WriteString("act", i.ActivityId);
        w.WriteString("node", i.ActivityNodeId);
        w.WriteString("ctx", i.ActivityInstanceId);
        w.WriteString("type", i.ActivityType);
        w.WriteString("msg", i.Message);
        WriteText(w, "ex", i.ExceptionType);
        WriteText(w, "cause", i.Cause);
        w.WriteString("at", i.Timestamp);
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, ActivityContextState c)
    {
        w.WriteStartObject();
        w.WriteString("id", c.Id);
        WriteText(w, "parent", c.ParentId);
        w.WriteString("node", c.NodeId);
        if (c.FullNodeId != c.NodeId)
            w.WriteString("full", c.FullNodeId);
        w.WriteNumber("status", (int)c.Status);
        w.WriteString("at", c.StartedAt);
        WriteText(w, "call", c.Callback);
        WriteNode(w, "tag", c.Tag);
        if (c.Counter != 0)
            w.WriteNumber("n", c.Counter);
        if (c.FaultCount != 0)
            w.WriteNumber("faults", c.FaultCount);
        WriteFlag(w, "back", c.IsBackward);
        WriteFlag(w, "brk", c.IsBreaking);
        WriteFlag(w, "eval", c.InputsEvaluated);
        WriteNode(w, "in", c.Inputs);
        WriteNode(w, "props", c.Properties);
        if (c.Variables.Count > 0)
        {
            w.WriteStartArray("vars");
            foreach (var variable in c.Variables)
            {
                w.WriteStartObject();
                w.WriteString("id", variable.Id);
                if (variable.Name != variable.Id)
                    w.WriteString("name", variable.Name);
                WriteNode(w, "val", variable.Value);
                WriteFlag(w, "dyn", variable.IsDynamic);
                w.WriteEndObject();
            }

            w.WriteEndArray();
        }

        WriteNode(w, "scope", c.Scope);
        WriteText(w, "ex", c.Exception);
        w.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter w, string name, string? value)
    {
        if (value is not null)
            w.WriteString(name, value);
    }

    private static void WriteFlag(Utf8JsonWriter w, string name, bool value)
    {
        if (value)
            w.WriteBoolean(name, true);
    }

    private static void WriteNode(Utf8JsonWriter w, string name, JsonNode? node)
    {
        if (node is null)
            return;
        w.WritePropertyName(name);
        node.WriteTo(w, NodeOptions);
    }

    private static WorkflowState Read(JsonObject o) => new()
    {
        Id = Need(o, "id").GetValue<string>(),
        DefinitionId = Need(o, "def").GetValue<string>(),
        DefinitionVersionId = Need(o, "ver").GetValue<string>(),
        DefinitionVersion = Need(o, "no").GetValue<int>(),
        ParentWorkflowInstanceId = Text(o, "parent"),
        CorrelationId = Text(o, "corr"),
        Name = Text(o, "name"),
        Status = (WorkflowStatus)Need(o, "status").GetValue<int>(),
        SubStatus = (WorkflowSubStatus)Need(o, "sub").GetValue<int>(),
        CreatedAt = Time(o, "created")!.Value,
        UpdatedAt = Time(o, "updated")!.Value,
        FinishedAt = Time(o, "finished"),
        ExecutionLogSequence = Need(o, "seq").GetValue<long>(),
        Input = Object(o, "in") ?? [],
        Output = Object(o, "out") ?? [],
        Properties = Object(o, "props") ?? [],
        Bookmarks = [.. Objects(o, "bookmarks").Select(ReadBookmark)],
        Incidents = [.. Objects(o, "incidents").Select(ReadIncident)],
        Contexts = [.. Objects(o, "ctx").Select(ReadContext)],
    };

    private static Bookmark ReadBookmark(JsonObject o) => new()
    {
        Id = Need(o, "id").GetValue<string>(),
        Name = Need(o, "name").GetValue<string>(),
        Hash = Need(o, "hash").GetValue<string>(),
        Payload = o["payload"]?.DeepClone(),
        ActivityId = Need(o, "act").GetValue<string>(),
        ActivityNodeId = Need(o, "node").GetValue<string>(),
        ActivityInstanceId = Need(o, "ctx").GetValue<string>(),
        CreatedAt = Time(o, "at")!.Value,
        DueAt = Time(o, "due"),
        WaitName = Text(o, "wait"),
        WaitOwner = Text(o, "owner"),
        AutoBurn = !Flag(o, "keep"),
        AutoComplete = !Flag(o, "manual"),
        CallbackMethodName = Text(o, "call"),
        Metadata = (o["meta"] as JsonObject)?.ToDictionary(p => p.Key, p => p.Value!.GetValue<string>()),
        CompletesWith = (o["with"] as JsonArray)?.Select(n => n!.GetValue<string>()).ToArray(),
    };

    private static Incident ReadIncident(JsonObject o) => new(
        Need(o, "act").GetValue<string>(), Need(o, "node").GetValue<string>(), Need(o, "ctx").GetValue<string>(), Need(o, "type").GetValue<string>(), Need(o, "msg").GetValue<string>(), Text(o, "ex"), Time(o, "at")!.Value) { Cause = Text(o, "cause") };

    private static ActivityContextState ReadContext(JsonObject o) => new()
    {
        Id = Need(o, "id").GetValue<string>(),
        ParentId = Text(o, "parent"),
        NodeId = Need(o, "node").GetValue<string>(),
        FullNodeId = Text(o, "full") ?? Need(o, "node").GetValue<string>(),
        Status = (ActivityStatus)Need(o, "status").GetValue<int>(),
        StartedAt = Time(o, "at")!.Value,
        Callback = Text(o, "call"),
        Tag = o["tag"]?.DeepClone(),
        Counter = o["n"]?.GetValue<int>() ?? 0,
        FaultCount = o["faults"]?.GetValue<int>() ?? 0,
        IsBackward = Flag(o, "back"),
        IsBreaking = Flag(o, "brk"),
        InputsEvaluated = Flag(o, "eval"),
        Inputs = Object(o, "in"),
        Properties = Object(o, "props"),
        Variables = [.. Objects(o, "vars").Select(v => new VariableState(Need(v, "id").GetValue<string>(), Text(v, "name") ?? Need(v, "id").GetValue<string>(), v["val"]?.DeepClone(), Flag(v, "dyn")))],
        Scope = o["scope"]?.DeepClone(),
        Exception = Text(o, "ex"),
    };

    private static JsonNode Need(JsonObject o, string name) => o[name] ?? throw new FormatException($"流程实例的状态缺少成员 {name}。");

    private static string? Text(JsonObject o, string name) => o[name]?.GetValue<string>();

    private static bool Flag(JsonObject o, string name) => o[name]?.GetValue<bool>() ?? false;

    private static DateTimeOffset? Time(JsonObject o, string name) => o[name]?.GetValue<DateTimeOffset>();

    private static JsonObject? Object(JsonObject o, string name) => (JsonObject?)o[name]?.DeepClone();

    private static IEnumerable<JsonObject> Objects(JsonObject o, string name) => o[name] is JsonArray array ? array.OfType<JsonObject>() : [];
}
