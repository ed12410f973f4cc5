using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Bursts;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>Stimuli as mailbox rows, and back.</summary>
internal static class Mail
{
    /// <summary>Reserved input of a dispatch: the child founds or joins the family that it names; <c>self</c> founds its own.</summary>
    public const string CaseKeyInput = "caseKey";

    public static MailboxRow Signal(string id, WorkflowSignal signal, Actor actor, DateTimeOffset now) => Row(id, signal.CaseKey, now, new SignalWorkflows
    {
        Key = "mail|" + id,
        Actor = actor,
        Name = signal.Name,
        Payload = Canonical(signal.Payload),
        CaseKey = signal.CaseKey,
        Keep = true,
        Input = Object(signal.Input),
    });

    public static MailboxRow Start(string id, DispatchEffect dispatch, string parentInstanceId, string parentCaseKey, Actor actor, DateTimeOffset now)
    {
        string? asked = dispatch.Input.TryGetValue(CaseKeyInput, out JsonNode? value) && value is JsonValue text && text.TryGetValue(out string? key) ? key : null;
        string caseKey = asked switch
        {
            null or "" => parentCaseKey,
            "self" => dispatch.InstanceId,
            _ => asked,
        };
        return Row(id, caseKey, now, new StartWorkflow
        {
            Key = "mail|" + id,
            Actor = actor,
            Workflow = dispatch.Workflow,
            InstanceId = dispatch.InstanceId,
            CaseKey = caseKey,
            CorrelationId = dispatch.CorrelationId,
            Input = dispatch.Input,
            ParentInstanceId = parentInstanceId,
            ReportBookmarkId = dispatch.ReportToBookmarkId,
        });
    }

    /// <summary>A start that the domain asked for.</summary>
    public static MailboxRow Start(string id, DomainStart start, Actor actor, DateTimeOffset now) => Row(id, start.CaseKey, now, new StartWorkflow
    {
        Key = "mail|" + id,
        Actor = actor,
        Workflow = new WorkflowReference(null, start.DefinitionVersionId),
        InstanceId = start.InstanceId,
        CaseKey = start.CaseKey,
        CorrelationId = start.CorrelationId,
        Name = start.Name,
        Input = Object(start.Input),
    });

    /// <summary>A letter that is not ready before its time. The clock sends it, whoever set the time.</summary>
    public static MailboxRow Wake(string id, DomainWake wake, DateTimeOffset now) =>
        Row(id, wake.CaseKey, now, new WakeDue { Key = $"wake|{id}", Wake = wake }, wake.At > now ? wake.At : now);

    /// <summary>An event that the domain publishes.</summary>
    public static MailboxRow Event(string id, DomainEvent published, Actor actor, DateTimeOffset now) => Row(id, published.CaseKey, now, new SignalWorkflows
    {
        Key = "mail|" + id,
        Actor = actor,
        Name = StimulusHash.EventName,
        Payload = EventPayload(published.Name),
        Starts = true,
        CorrelationId = published.CorrelationId,
        Input = new Dictionary<string, JsonNode?> { [StimulusHash.EventInput] = JsonNode.Parse(published.Payload) },
    });

    public static MailboxRow Cancel(string id, string instanceId, string caseKey, string reason, Actor actor, DateTimeOffset now) => Row(id, caseKey, now, new CancelInstance
    {
        Key = "mail|" + id,
        Actor = actor,
        InstanceId = instanceId,
        Reason = reason,
    });

    public static MailboxRow Event(string id, PublishEventEffect published, string instanceId, string caseKey, Actor actor, DateTimeOffset now) => Row(id, caseKey, now, new SignalWorkflows
    {
        Key = "mail|" + id,
        Actor = actor,
        Name = StimulusHash.EventName,
        Payload = EventPayload(published.EventName),
        CorrelationId = published.CorrelationId,
        InstanceId = published.Local ? instanceId : null,
        Starts = !published.Local,
        Input = new Dictionary<string, JsonNode?> { [StimulusHash.EventInput] = published.Payload?.DeepClone() },
    });

    public static MailboxRow Report(string id, string bookmarkId, string caseKey, JsonObject report, Actor actor, DateTimeOffset now) => Row(id, caseKey, now, new ResumeBookmark
    {
        Key = "mail|" + id,
        Actor = actor,
        BookmarkId = bookmarkId,
        Input = report.ToDictionary(p => p.Key, p => p.Value?.DeepClone()),
    });

    public static MailboxRow Again(MailboxClaim claim, DateTimeOffset at) => new()
    {
        Id = claim.Id,
        Kind = claim.Kind,
        CaseKey = claim.CaseKey,
        Body = claim.Body,
        CreatedAt = claim.CreatedAt,
        AvailableAt = at,
        Attempts = claim.Attempts + 1,
    };

    public static MailboxRow Kept(MailboxClaim claim, string hash) => new()
    {
        Id = claim.Id,
        Kind = claim.Kind,
        CaseKey = claim.CaseKey,
        Body = claim.Body,
        CreatedAt = claim.CreatedAt,
        AvailableAt = claim.CreatedAt,
        Attempts = claim.Attempts,
        State = 1,
        Hash = hash,
    };

    /// <summary>The stimulus of a row; one that cannot be read fails when it is run, so that it becomes a dead letter instead of blocking others.</summary>
    public static Stimulus Read(string kind, string body)
    {
        try
        {
            return kind switch
            {
                nameof(StartWorkflow) => JsonSerializer.Deserialize<StartWorkflow>(body, StorageJson.Options)!,
                nameof(ResumeBookmark) => JsonSerializer.Deserialize<ResumeBookmark>(body, StorageJson.Options)!,
                nameof(CancelInstance) => JsonSerializer.Deserialize<CancelInstance>(body, StorageJson.Options)!,
                nameof(WakeDue) => JsonSerializer.Deserialize<WakeDue>(body, StorageJson.Options)!,
                nameof(SignalWorkflows) => JsonSerializer.Deserialize<SignalWorkflows>(body, StorageJson.Options)!,
                _ => new UnreadableLetter { Key = kind },
            };
        }
        catch (JsonException)
        {
            return new UnreadableLetter { Key = kind };
        }
    }

    public static string EventPayload(string eventName) => new JsonObject { ["EventName"] = eventName }.ToJsonString();

    private static MailboxRow Row(string id, string caseKey, DateTimeOffset now, Stimulus stimulus, DateTimeOffset? availableAt = null) => new()
    {
        Id = id,
        Kind = stimulus.GetType().Name,
        CaseKey = caseKey,
        AvailableAt = availableAt ?? now,
        CreatedAt = now,
        Body = JsonSerializer.Serialize(stimulus, stimulus.GetType(), StorageJson.Options),
    };

    private static string? Canonical(string payload) =>
        payload.Length == 0 ? null : JsonNode.Parse(payload)?.ToJsonString();

    private static Dictionary<string, JsonNode?> Object(string json) =>
        json.Length == 0 ? [] : JsonNode.Parse(json)?.AsObject().ToDictionary(p => p.Key, p => p.Value?.DeepClone()) ?? [];
}

/// <summary>A mailbox row that this version cannot read.</summary>
internal sealed record UnreadableLetter : Stimulus;
