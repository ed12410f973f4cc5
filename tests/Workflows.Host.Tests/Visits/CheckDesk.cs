using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Visits;

/// <summary>Checks outside a plan, opened through the API; what lies months back is put there through the gate.</summary>
internal sealed class CheckDesk(ServiceUnderTest service)
{
    /// <summary>Adds a hotel of this credit class to the roster; returns its id.</summary>
    public async Task<string> TargetAsync(string creditClass, params string[] tags) => (await ChangeAsync(async (session, token) =>
    {
        var any = (await session.ListAsync<TargetRecord>(new AggregateFilter { Take = 1000 }, token)).First(record => record.Id.StartsWith("330203-EH", StringComparison.Ordinal) && record.Target.Status == TargetStatus.Normal);
        var id = $"visits-{Guid.NewGuid():N}";
        session.Save(any with { Id = id, CaseKey = id, Target = any.Target with { Id = id, Tags = [.. any.Target.Tags, .. tags], LastInspectedOn = null, OpenedOn = new DateOnly(2020, 1, 1), Credit = new CreditClassification(creditClass, "样例", new DateOnly(2026, 1, 1)) } });
        return id;
    }))!;

    /// <summary>Opens a check that has to be opened.</summary>
    public async Task<JsonObject> OpenAsync(
        string person, string target, string trigger, string? source = null, string? exception = null, string[]? departments = null, string scenario = "esports-hotel", string? repeat = null)
    {
        using var answer = await TryAsync(person, target, trigger, source, exception, departments, scenario, repeat);
        return await answer.SucceededAsync();
    }

    /// <summary>Tries to open a check.</summary>
    public async Task<HttpResponseMessage> TryAsync(
        string person, string target, string trigger, string? source = null, string? exception = null, string[]? departments = null, string scenario = "esports-hotel", string? repeat = null,
        string? lead = null)
    {
        using var client = await service.SamplePersonAsync(person);
        return await client.PostAsync("/api/cases", "check-" + Guid.NewGuid(), new
        {
            scenarioCode = scenario, targetId = target, trigger, occasion = "样例检查事由", departments, sourceReference = source, frequencyExceptionReason = exception, repeatReason = repeat, leadId = lead,
        });
    }

    /// <summary>Everything about a case that a person sees.</summary>
    public async Task<JsonObject> StoryAsync(string person, string caseId)
    {
        using var client = await service.SamplePersonAsync(person);
        using var answer = await client.GetAsync(new Uri($"/api/cases/{caseId}", UriKind.Relative));
        return await answer.SucceededAsync();
    }

    /// <summary>Makes a case one that was opened and closed so many days ago.</summary>
    public Task PastAsync(string caseId, int days) => ChangeAsync(async (session, token) =>
    {
        var one = (await session.FindAsync<Case>(caseId, token))!;
        var then = session.Now.AddDays(-days);
        session.Save(one with { State = CaseState.Closed, Outcome = VisitOutcome.NoProblem, Created = one.Created with { At = then }, TaskEndedAt = then, ClosedAt = then });
        return caseId;
    });

    /// <summary>Withdraws a case before its visit.</summary>
    public async Task WithdrawAsync(string caseId)
    {
        using var head = await service.SamplePersonAsync("cul.head");
        using var withdrawn = await head.PostAsync($"/api/cases/{caseId}/cancel", "withdraw-" + caseId, new { reason = "对象已歇业" });
        await withdrawn.SucceededAsync();
    }

    /// <summary>Changes the domain through the gate.</summary>
    public async Task<T?> ChangeAsync<T>(Func<ISupervisionSession, CancellationToken, ValueTask<T>> change)
        where T : class
    {
        var result = await service.Services.GetRequiredService<StimulusPump>().SendAsync(new DomainCommand
        {
            Key = Guid.NewGuid().ToString(), Actor = Actor.Clock, CaseKey = "test-" + Guid.NewGuid(), Execute = async (session, _, token) => await change(session, token),
        });
        return (T?)result.Value;
    }
}
