using System.Text.Json.Nodes;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Tasks;

/// <summary>A human step as people see it; what was handed in with it stays with the service that used it.</summary>
internal sealed record TaskShape(
    string Id, string Kind, string Title, string? Role, string? Department, string? Area, IReadOnlyList<string> Assignees, string? CaseId, string? PlanId, string? TargetId,
    DateTimeOffset? DueAt, bool IsDecision, IReadOnlyList<string> Outcomes, IReadOnlyDictionary<string, string> Subject, DateTimeOffset? SeenAt,
    TaskState State, string? Outcome, string? CompletedBy, DateTimeOffset? EndedAt, string ActivityId, DateTimeOffset CreatedAt)
{
    /// <summary>Name of the absent person for whom the reader may do it as deputy; null where it is the reader's own, or not the reader's.</summary>
    public string? ActingFor { get; init; }

    /// <summary>The returned approval that it follows, in the detail of a step alone; null where it follows none, or where the reader neither holds the step nor sees its case.</summary>
    public ReturnNote? Returned { get; init; }

    /// <summary>Whether the last person named has given it back, so that the head hands it out again.</summary>
    public bool IsReturned { get; init; }

    /// <summary>Who passed it on to whoever has it now, and why; in the detail of a step alone and for the same readers as the return.</summary>
    public ReturnNote? PassedOn { get; init; }

    /// <summary>The shape of a task.</summary>
    public static TaskShape Of(WorkTask task) => new(
        task.Id, task.Kind, task.Title, task.Role, task.Department, task.Area, task.Assignees, task.CaseId, task.PlanId, task.TargetId,
        task.DueAt, task.IsDecision, task.Outcomes, task.Subject, task.SeenAt, task.State, task.Outcome, task.CompletedBy, task.EndedAt,
        task.TaskActivityId, task.Created.At)
    {
        IsReturned = task.IsReturned,
    };
}

/// <summary>A completed step.</summary>
/// <param name="Outcome">Outcome, one of the task's where it names them.</param>
/// <param name="Data">What the step asks for; its form follows from the kind of the task.</param>
internal sealed record TaskCompletion(string? Outcome = null, JsonObject? Data = null);

/// <summary>Answer to a change of a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="State">Its state now.</param>
/// <param name="Outcome">Its outcome, or null.</param>
internal sealed record TaskChanged(string TaskId, TaskState State, string? Outcome);

/// <summary>A step handed to somebody else.</summary>
/// <param name="To">Officer of the same department.</param>
/// <param name="Reason">Why.</param>
/// <param name="From">Who of those named is relieved; null for whoever asks or, where a head or supervisor asks, for all who are named of the department.</param>
internal sealed record TaskDelegation(string To, string Reason, string? From = null);

/// <summary>A step that its holder gives back.</summary>
/// <param name="Reason">Why.</param>
internal sealed record TaskRefusal(string Reason);
