using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>What a person hands in.</summary>
/// <param name="Outcome">Outcome chosen; empty where the domain decides.</param>
/// <param name="Data">What is handed in with it.</param>
/// <param name="Actor">Who does it; null for anybody who may.</param>
/// <param name="Uploads">Evidence that is uploaded just before.</param>
internal sealed record Handing(string Outcome, JsonObject? Data = null, Actor? Actor = null, IReadOnlyList<Evidence>? Uploads = null)
{
    /// <summary>What happens to the roster just before, or null.</summary>
    public Action<ISupervisionSession>? Event { get; init; }

    /// <summary>Hands in a typed record in the form in which the step reads it.</summary>
    public static Handing Of<T>(string outcome, T data, Actor? actor = null, IReadOnlyList<Evidence>? uploads = null) =>
        new(outcome, JsonSerializer.SerializeToNode(data, SupervisionJson.Options)!.AsObject(), actor, uploads);

    /// <summary>A decision with a remark.</summary>
    public static Handing Decision(string outcome, string note) => new(outcome, new JsonObject { ["note"] = note });
}

/// <summary>How people do the steps of one kind.</summary>
/// <param name="When">When the step is done, told when it comes up; null when nobody does it.</param>
/// <param name="Do">What is handed in then; null leaves it.</param>
internal sealed record StepRule(Func<StepContext, ValueTask<DateTimeOffset?>> When, Func<StepContext, ValueTask<Handing?>> Do)
{
    private const int LongestOrdinary = 600;

    /// <summary>A step that is done in the ordinary way: within two days, in time unless the story says otherwise.</summary>
    public static StepRule Ordinary(Func<StepContext, ValueTask<Handing?>> perform) => new(static step => new(Usual(step)), perform);

    /// <summary>An ordinary step of which nothing has to be read.</summary>
    public static StepRule Ordinary(Func<StepContext, Handing> perform) => Ordinary(step => new ValueTask<Handing?>(perform(step)));

    /// <summary>A step that is done at a time of its own, unless the story says that it is late.</summary>
    public static StepRule At(Func<StepContext, DateTimeOffset?> when, Func<StepContext, ValueTask<Handing?>> perform) =>
        new(step => new(step.Story.Late.ContainsKey(step.Task.Kind) && step.Task.DueAt is not null ? Usual(step) : when(step)), perform);

    /// <summary>When an ordinary step is done.</summary>
    public static DateTimeOffset? Usual(StepContext step)
    {
        var at = step.Hours.After(step.Now, 20 + step.Chance.Next(LongestOrdinary));
        if (step.Task.DueAt is not { } due)
        {
            return at;
        }

        var lastDay = ShanghaiTime.DateOf(due.AddTicks(-1));
        if (step.Story.Late.TryGetValue(step.Task.Kind, out var days))
        {
            return step.Hours.On(step.Hours.Calendar.AddWorkingDays(lastDay, days), 60 + step.Chance.Next(60));
        }

        if (at < due)
        {
            return at;
        }

        var soon = step.Hours.After(step.Now, 10 + step.Chance.Next(20));
        // A limit in hours may end outside office hours: then somebody stays on. What came up too late is done at once.
        return soon < due ? soon : due > step.Now ? step.Now + ((due - step.Now) / 2) : soon;
    }
}
