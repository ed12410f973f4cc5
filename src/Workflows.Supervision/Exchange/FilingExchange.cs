using System.Text.Json.Nodes;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Exchange;

/// <summary>
/// 案件办理中: what was filed goes to the system of the organ that handles it, and number and outcome come back. Sealed cases (治安管理处罚法 136) go to
/// a platform only where it speaks for that organ alone.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class FilingExchange(ISupervisionSession session, IScenarioCatalogue scenarios) : ITaskExchange
{
    private const string Result = "filing.result";
    private const string Mark = "-L";

    /// <inheritdoc/>
    public ExchangeKind Kind => ExchangeKind.Filings;

    /// <inheritdoc/>
    public IReadOnlyList<string> TaskKinds => [Result];

    /// <inheritdoc/>
    public string? CaseNumberOf(string number) => ExchangeSteps.CaseNumberOf(number, Mark);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IReadOnlyDictionary<string, string>>> RowsAsync(string caseId, ExchangePlatform platform, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        return
        [
            .. (await FilingsAsync(caseId, cancellationToken)).Index().Where(pair => pair.Item.State == FilingState.InProgress && MayHave(platform, pair.Item)).Select(pair =>
                new Dictionary<string, string>(ExchangeSteps.Target(one, $"{one.Number}{Mark}{pair.Index + 1}"), StringComparer.Ordinal)
                {
                    ["department"] = pair.Item.Department ?? "",
                    ["organ"] = pair.Item.Organ,
                    ["reason"] = pair.Item.Reason,
                    ["filedOn"] = ExchangeSteps.Day(pair.Item.FiledOn),
                    ["decideBy"] = ExchangeSteps.Day(pair.Item.DecideBy),
                    ["procedure"] = pair.Item.Procedure?.Title ?? "",
                    ["filingNumber"] = pair.Item.FilingNumber ?? "",
                }),
        ];
    }

    /// <inheritdoc/>
    public async ValueTask<ExchangeWork?> ReadAsync(ExchangeRecord record, ExchangePlatform platform, CancellationToken cancellationToken = default)
    {
        var one = await ExchangeSteps.CaseAsync(session, CaseNumberOf(record.Number), record.Number, "案件办理中", cancellationToken);
        var filings = await FilingsAsync(one.Id, cancellationToken);
        var filing = filings.Index().Where(pair => record.Number == $"{one.Number}{Mark}{pair.Index + 1}").Select(pair => pair.Item).FirstOrDefault();
        var waits = filing is { State: FilingState.InProgress } && MayHave(platform, filing)
            && (await ExchangeSteps.OpenAsync(session, one.Id, TaskKinds, cancellationToken)).Any(task => task.Department == filing.Department);
        if (!waits)
        {
            throw ExchangeSteps.NothingWaits(record.Number, "案件办理中");
        }

        var row = record.Rows[^1];
        if (record.Rows.Count > 1)
        {
            row.Report("number", record.Number, "同一编号有多行。", "每个立案编号只填一行。");
        }

        var signer = new Actor { Id = $"platform:{platform.Id}", Name = platform.Name, Roles = [Role.Inspector], Department = filing!.Department, Area = one.Area };
        var data = new JsonObject { ["number"] = row.Text("filingNumber"), ["outcome"] = row.Text("outcome"), ["filingId"] = filing.Id };
        return record.HasProblem
            ? null
            : new ExchangeWork(one.Id, one.CaseKey, [new ExchangeStep(Result, null, data, signer)], "案号和办理结果已回填", new Dictionary<string, int> { [""] = row.Line });
    }

    /// <inheritdoc/>
    public async ValueTask RehearseAsync(ExchangeWork work, CancellationToken cancellationToken = default)
    {
        var (data, service) = (work.Steps[0].Data, new CaseFilingService(session, scenarios));
        var id = data["filingId"]!.GetValue<string>();
        await service.AssignNumberAsync(id, data["number"]!.GetValue<string>(), cancellationToken);
        await service.ConcludeAsync(id, data["outcome"]!.GetValue<string>(), cancellationToken);
    }

    private static bool MayHave(ExchangePlatform platform, CaseFiling filing) => filing.Sealed
        ? platform.Departments.Count == 1 && platform.Departments[0] == filing.Department
        : platform.SpeaksFor(filing.Department);

    private ValueTask<IReadOnlyList<CaseFiling>> FilingsAsync(string caseId, CancellationToken ct) =>
        session.ListAsync<CaseFiling>(new AggregateFilter { CaseId = caseId }, ct);
}
