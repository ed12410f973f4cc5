using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Exchange;

/// <summary>Makes the sheets that go out; that they went out, and to whom, is a fact of the audit trail.</summary>
internal sealed class ExchangeSending(AggregateReader rows, ExchangeDoor door, ExchangeDesk desk, Viewer viewer, ChangeGate changes)
{
    private const int MostCases = 500;
    private const int MostRows = 5_000;

    /// <summary>The sheet of a kind for a platform.</summary>
    public async Task<(ExchangeMapping Mapping, ExchangeSheet Sheet)> SheetAsync(
        ExchangePlatform platform, ExchangeKind kind, string? caseId, string? planId, string? source, DateOnly? from, string form, CancellationToken cancellationToken)
    {
        var mapping = desk.MappingsOf(platform, kind)[0];
        if (caseId is not null && (await rows.FindAsync<Case>(caseId, cancellationToken) is not { } one || !door.Reaches(platform, one.Area)))
            throw Viewer.NotFound("案件");
        var area = Narrower(platform.Area, viewer.Sight.Area);
        // A platform reads the answers to its own orders, never those of another source.
        source = viewer.Actor.Is(Role.Platform) ? platform.Id : source;
        var result = await changes.SendAsync(
            new DomainCommand
            {
                Key = changes.NewKey(),
                CaseKey = ExchangePlatform.Family,
                Actor = viewer.Actor,
                Execute = async (session, services, token) =>
                {
                    var exchange = services.GetServices<ITaskExchange>().FirstOrDefault(candidate => candidate.Kind == kind);
                    var found = exchange is null
                        ? await services.GetRequiredService<ListExchange>().RowsAsync(kind, platform, new ExchangeSelection(area, caseId, planId, source, from, MostRows), token)
                        : await OpenAsync(session, exchange, platform, area, caseId, planId, token);
                    session.Audit(new AuditFact(ExchangePlatform.Family, ExchangeJournal.Sent, new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["platform"] = platform.Id,
                        ["kind"] = kind.ToString(),
                        ["area"] = area,
                        ["form"] = form,
                        ["rows"] = found.Count.ToString(CultureInfo.InvariantCulture),
                        ["numbers"] = string.Join(' ', found.Select(row => row["number"]).Distinct(StringComparer.Ordinal).Take(50)),
                        ["actor"] = session.Actor.Id,
                    }));
                    return found;
                },
            },
            cancellationToken);
        return (mapping, ExchangeSheets.Write(mapping, (IReadOnlyList<IReadOnlyDictionary<string, string>>)result.Value!));
    }

    private static async ValueTask<IReadOnlyList<IReadOnlyDictionary<string, string>>> OpenAsync(
        ISupervisionSession session, ITaskExchange exchange, ExchangePlatform platform, string? area, string? caseId, string? planId, CancellationToken cancellationToken)
    {
        var tasks = await session.ListAsync<WorkTask>(
            new AggregateFilter { Kinds = exchange.TaskKinds, States = [nameof(TaskState.Open)], AreaPrefix = area, CaseId = caseId, PlanId = planId, Take = MostRows + 1 }, cancellationToken);
        var found = new List<IReadOnlyDictionary<string, string>>();
        var cases = tasks.Select(task => task.CaseId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        // A list that stops in the middle would be read as the whole.
        if (tasks.Count > MostRows || cases.Count > MostCases)
            throw new RuleViolationException(RefusalKind.Invalid, "exchange-too-many", "planId", $"待办案件超过{MostCases}件，不能一次导出：请以 planId 或 caseId 缩小范围。");
        foreach (var one in cases)
            found.AddRange(await exchange.RowsAsync(one, platform, cancellationToken));
        return found;
    }

    private static string? Narrower(string? one, string? other) => one is null ? other : other is null || one.StartsWith(other, StringComparison.Ordinal) ? one : other;
}
