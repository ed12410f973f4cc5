using System.Text.Json.Nodes;
using Workflows.Host.Api.Changes;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Exchange;

/// <summary>
/// Results that complete the open steps of a case. Looking does all in the domain that the steps will do and takes it back; taking completes the steps through the gate,
/// and with the last of them commits that the number was taken.
/// </summary>
internal sealed class ExchangeTasks(ExchangeDoor door, ChangeGate changes) : IExchangeTaker
{
    /// <inheritdoc/>
    public async Task<ExchangeLook> LookAsync(
        ExchangePlatform platform, ExchangeRecord record, ExchangeOrder order, ICollection<ImportProblem> problems, CancellationToken cancellationToken)
    {
        // The case is part of the number, so that its lock can be taken first.
        var mark = record.Number.LastIndexOf('-');
        if (mark <= 0 || await door.CaseAsync(platform, record.Number[..mark], cancellationToken) is not { } one)
        {
            record.Rows[0].Report("number", record.Number, "没有这个编号的案件，或者不在该平台的范围内。", "请核对编号；编号以导出的表格为准。");
            return new ExchangeLook(record.Answer(ExchangeOutcome.Refused), null);
        }

        var refused = new ExchangeLook(record.Answer(ExchangeOutcome.Refused) with { CaseId = one.Id }, null);
        try
        {
            var read = await SendAsync(one.CaseKey, order.Actor, (session, services, token) => ReadAsync(platform, record, services, token), cancellationToken);
            if (read is ExchangeEntry taken)
                return new ExchangeLook(record.Again(taken), null);
            if (read is not ExchangeWork work)
                return refused;
            await RehearseAsync(record.Kind, work, problems, record, cancellationToken);
            return new ExchangeLook(
                record.Answer(ExchangeOutcome.Ready) with { CaseId = one.Id, Effect = work.Effect },
                (found, token) => TakeAsync(platform, record, work, one.Area, order, found, token));
        }
        catch (RuleViolationException wrong)
        {
            problems.Add(record.Problem(wrong));
            return refused;
        }
        catch (RehearsalRefusedException)
        {
            return refused;
        }
    }

    private static async ValueTask<object?> ReadAsync(ExchangePlatform platform, ExchangeRecord record, IServiceProvider services, CancellationToken cancellationToken) =>
        (object?)await services.GetRequiredService<ExchangeService>().TakenAsync(platform.Id, record, cancellationToken)
        ?? await ExchangeOf(services, record.Kind).ReadAsync(record, platform, cancellationToken);

    private async Task RehearseAsync(ExchangeKind kind, ExchangeWork work, ICollection<ImportProblem> problems, ExchangeRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(
                work.CaseKey, work.Steps[0].Signer,
                async (_, services, token) =>
                {
                    await ExchangeOf(services, kind).RehearseAsync(work, token);
                    throw ExchangeAnswers.RehearsalOver;
                },
                cancellationToken);
        }
        catch (RuleViolationException over) when (over.Code == ExchangeAnswers.Rehearsed)
        {
        }
        catch (RuleViolationException wrong)
        {
            problems.Add(record.Problem(wrong, work.LineOf(wrong.Field)));
            throw new RehearsalRefusedException();
        }
    }

    private async Task<ExchangedRecord> TakeAsync(
        ExchangePlatform platform, ExchangeRecord record, ExchangeWork work, string? area, ExchangeOrder order, ICollection<ImportProblem> problems, CancellationToken cancellationToken)
    {
        try
        {
            // Another record of the same request may have used the number since it was looked at.
            if (await TakenAsync(platform, record, work, order, cancellationToken) is { } earlier)
                return record.Again(earlier);
            foreach (var (index, step) in work.Steps.Index())
            {
                var bookmark = (string?)await SendAsync(work.CaseKey, order.Actor, (session, _, token) => BookmarkAsync(session, work, step, token), cancellationToken);
                var isLast = index == work.Steps.Count - 1;
                if (bookmark is null || !await CompleteAsync(step, bookmark, isLast ? (session, token) => RememberAsync(session, platform, record, work, area, order, token) : null, cancellationToken))
                    return await OvertakenAsync(platform, record, work, order, problems, cancellationToken);
            }
        }
        catch (RuleViolationException wrong)
        {
            problems.Add(record.Problem(wrong, work.LineOf(wrong.Field)));
            return record.Answer(ExchangeOutcome.Refused) with { CaseId = work.CaseId };
        }

        return record.Answer(ExchangeOutcome.Taken) with { CaseId = work.CaseId, Effect = work.Effect };
    }

    private async Task<bool> CompleteAsync(ExchangeStep step, string bookmark, Func<ISupervisionSession, CancellationToken, ValueTask>? remember, CancellationToken cancellationToken)
    {
        var result = await changes.SendAsync(
            new ResumeBookmark
            {
                Key = changes.NewKey(),
                Actor = step.Signer,
                BookmarkId = bookmark,
                Input = new Dictionary<string, JsonNode?> { ["outcome"] = step.Outcome, ["data"] = step.Data.DeepClone() },
                Answering = async (session, _, token) =>
                {
                    if (remember is not null)
                        await remember(session, token);
                    return "";
                },
            },
            cancellationToken);
        return result.Outcome != StimulusOutcome.NothingToDo;
    }

    // Somebody completed the step between looking and taking: perhaps the same sheet, handed in twice at once.
    private async Task<ExchangedRecord> OvertakenAsync(
        ExchangePlatform platform, ExchangeRecord record, ExchangeWork work, ExchangeOrder order, ICollection<ImportProblem> problems, CancellationToken cancellationToken)
    {
        if (await TakenAsync(platform, record, work, order, cancellationToken) is { } taken)
            return record.Again(taken);
        problems.Add(new ImportProblem(record.Rows[0].Line, "", record.Number, "此步骤已由他人办结或撤回。", "请刷新后核对案件。"));
        return record.Answer(ExchangeOutcome.Refused) with { CaseId = work.CaseId };
    }

    private async Task<ExchangeEntry?> TakenAsync(ExchangePlatform platform, ExchangeRecord record, ExchangeWork work, ExchangeOrder order, CancellationToken cancellationToken) =>
        (ExchangeEntry?)await SendAsync(
            work.CaseKey, order.Actor, async (_, services, token) => await services.GetRequiredService<ExchangeService>().TakenAsync(platform.Id, record, token), cancellationToken);

    // The entry is read in the session that adds it, so that the commit fails where another case used the number meanwhile.
    private static async ValueTask RememberAsync(
        ISupervisionSession session, ExchangePlatform platform, ExchangeRecord record, ExchangeWork work, string? area, ExchangeOrder order, CancellationToken cancellationToken)
    {
        var service = new ExchangeService(session);
        if (await service.TakenAsync(platform.Id, record, cancellationToken) is not null)
            throw new RuleViolationException(RefusalKind.Conflict, "exchange-twice", "number", $"编号“{record.ExternalId}”刚刚已被另一记录使用，请核对后重新导入。");
        service.Take(platform, record, work.CaseKey, work.CaseId, area, null, work.Effect, order.Actor);
    }

    private static async ValueTask<object?> BookmarkAsync(ISupervisionSession session, ExchangeWork work, ExchangeStep step, CancellationToken cancellationToken) =>
        (await session.ListAsync<WorkTask>(new AggregateFilter { CaseId = work.CaseId, Kinds = [step.TaskKind], States = [nameof(TaskState.Open)] }, cancellationToken))
            .FirstOrDefault(task => TaskService.MayDo(step.Signer, task))?.BookmarkId;

    private static ITaskExchange ExchangeOf(IServiceProvider services, ExchangeKind kind) => services.GetServices<ITaskExchange>().FirstOrDefault(exchange => exchange.Kind == kind)
        ?? throw new RefusedException(new Refusal(405, "exchange-out-only", "kind", "此类内容只能导出，不能导入。"));

    private async Task<object?> SendAsync(
        string caseKey, Actor actor, Func<ISupervisionSession, IServiceProvider, CancellationToken, ValueTask<object?>> execute, CancellationToken cancellationToken) =>
        (await changes.SendAsync(new DomainCommand { Key = changes.NewKey(), CaseKey = caseKey, Actor = actor, Execute = execute }, cancellationToken)).Value;

    /// <summary>A rule of the domain refused the rehearsal; the line is reported.</summary>
    private sealed class RehearsalRefusedException : Exception;
}
