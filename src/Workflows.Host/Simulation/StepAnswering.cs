using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Bursts;
using Workflows.Host.Simulation.People;
using Workflows.Storage.Model;
using Workflows.Storage.Stimuli;
using Workflows.Supervision;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Simulation;

/// <summary>What became of something that was handed in.</summary>
/// <param name="Actor">Who handed it in; null when nobody may.</param>
/// <param name="Code">Why it was refused, or null when it was taken.</param>
/// <param name="Message">The same for people.</param>
internal sealed record HandedIn(Actor? Actor, string? Code = null, string? Message = null);

/// <summary>Hands in what the people of a simulation do: finds who may, uploads the evidence and completes the step, as the API would.</summary>
internal sealed class StepAnswering(SimulationWorld world, long seed)
{
    /// <summary>What a person knows of a step now.</summary>
    /// <param name="task">The step.</param>
    /// <param name="story">What is going to happen in the case.</param>
    /// <param name="purpose">What is decided; each purpose has its own chance.</param>
    public StepContext Context(WorkTask task, CaseStory story, string purpose) =>
        new(world.Reading, task, story, world.People, world.Hours, world.Scenario, new Chance(seed, $"{task.Id}|{purpose}"), world.Clock.GetUtcNow());

    /// <summary>The step as it stands, if it is still to be done.</summary>
    public async Task<WorkTask?> FindOpenAsync(string id)
    {
        var body = await world.Reading.Set<AggregateRow<WorkTask>>().AsNoTracking().Where(row => row.Id == id).Select(row => row.Body).FirstOrDefaultAsync();
        return body is null ? null : JsonSerializer.Deserialize<WorkTask>(body, SupervisionJson.Options) is { State: TaskState.Open, BookmarkId: not null } task ? task : null;
    }

    /// <summary>Completes a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="handing">What is handed in.</param>
    /// <param name="attempt">Which try it is, from 1.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<HandedIn> HandInAsync(StepContext step, Handing handing, int attempt, CancellationToken cancellationToken)
    {
        var task = step.Task;
        IReadOnlyCollection<string> preferred = task.CaseId is null || handing.Actor is not null ? []
            : (await step.AllAsync<InspectionTeam>()) is [.., var team] ? [.. team.Members.Select(m => m.OfficerId)] : [];
        if ((handing.Actor ?? world.People.Choose(task, preferred, step.Chance)) is not { } actor)
        {
            return new HandedIn(null, "nobody", "没有人可以办理这一步骤");
        }

        try
        {
            if (handing.Uploads is { Count: > 0 } uploads)
            {
                await world.CommandAsync($"upload|{task.Id}|{attempt}", task.CaseKey, session => uploads.ToList().ForEach(session.Save), actor);
            }

            if (handing.Event is { } happens)
            {
                await world.CommandAsync($"event|{task.Id}|{attempt}", $"roster:{SimulatedDistrict.Code}", happens);
            }

            await world.Pump.SendAsync(
                new ResumeBookmark
                {
                    Key = world.Key($"task|{task.Id}|{attempt}"),
                    BookmarkId = task.BookmarkId!,
                    Actor = actor,
                    Input = new Dictionary<string, JsonNode?> { ["outcome"] = handing.Outcome, ["data"] = handing.Data ?? [] },
                },
                cancellationToken);
            return new HandedIn(actor);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            return new HandedIn(actor, CodeOf(e), e.Message);
        }
    }

    /// <summary>Whether somebody was refused, or a diagram cannot go on, as against a fault of the program or the end of the run.</summary>
    public static bool IsRefusal(Exception e) => e is RuleViolationException or DomainRuleException or BurstLimitException or UnknownWorkflowException;

    /// <summary>The code of a refusal.</summary>
    public static string CodeOf(Exception e) => e switch
    {
        RuleViolationException rule => rule.Code,
        DomainRuleException broken => broken.Code,
        BurstLimitException => "burst-limit",
        _ => "workflow-unknown",
    };
}
