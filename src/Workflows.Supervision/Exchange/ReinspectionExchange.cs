using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Exchange;

/// <summary>复查任务: the open items of the orders go out, a line for each; the opinions that come back complete the re-inspection.</summary>
/// <param name="session">The session.</param>
/// <param name="rosters">The rosters, for certificates.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class ReinspectionExchange(ISupervisionSession session, IRosterDirectory rosters, IScenarioCatalogue scenarios) : ITaskExchange
{
    private readonly Dictionary<string, Dictionary<string, OfficerRecord>> _registers = new(StringComparer.Ordinal);
    private const string Record = "reinspection.record";
    private const string Mark = "-F";

    private static readonly Dictionary<string, ItemOpinion> Opinions = new(StringComparer.Ordinal)
    {
        ["已改正"] = ItemOpinion.Rectified, ["部分改正"] = ItemOpinion.Partly, ["未改正"] = ItemOpinion.NotRectified,
    };

    /// <inheritdoc/>
    public ExchangeKind Kind => ExchangeKind.Reinspections;

    /// <inheritdoc/>
    public IReadOnlyList<string> TaskKinds => [Record];

    /// <inheritdoc/>
    public string? CaseNumberOf(string number) => ExchangeSteps.CaseNumberOf(number, Mark);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IReadOnlyDictionary<string, string>>> RowsAsync(string caseId, ExchangePlatform platform, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        if ((await ExchangeSteps.OpenAsync(session, caseId, TaskKinds, cancellationToken)).Count == 0)
        {
            return [];
        }

        var number = await NumberAsync(one, cancellationToken);
        // Police records and what concerns minors never leave the house (治安管理处罚法 136).
        var kept = (await session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }, cancellationToken)).Where(f => f.Sealed || f.ConcernsMinor).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. (await OpenOrdersAsync(one.Id, cancellationToken)).Where(order => platform.SpeaksFor(order.Department)).SelectMany(order => order.Items.Where(item => item.IsOpen && !kept.Contains(item.FindingId)).Select(item => new Dictionary<string, string>(ExchangeSteps.Target(one, number), StringComparer.Ordinal)
            {
                ["department"] = order.Department ?? "",
                ["organ"] = one.Departments.FirstOrDefault(d => d.Code == order.Department)?.Organ ?? "",
                ["orderNumber"] = order.DocumentNumber ?? "",
                ["ordinal"] = item.Ordinal.ToString(CultureInfo.InvariantCulture),
                ["requirement"] = item.Requirement,
                ["due"] = ExchangeSteps.Day(item.Due),
            })),
        ];
    }

    /// <inheritdoc/>
    public async ValueTask<ExchangeWork?> ReadAsync(ExchangeRecord record, ExchangePlatform platform, CancellationToken cancellationToken = default)
    {
        var one = await ExchangeSteps.CaseAsync(session, CaseNumberOf(record.Number), record.Number, "复查", cancellationToken);
        var tasks = await ExchangeSteps.OpenAsync(session, one.Id, TaskKinds, cancellationToken);
        if (tasks.Count == 0 || record.Number != await NumberAsync(one, cancellationToken))
        {
            throw ExchangeSteps.NothingWaits(record.Number, "复查");
        }

        var orders = await OpenOrdersAsync(one.Id, cancellationToken);
        var officers = new Dictionary<string, OfficerSignature>(StringComparer.Ordinal);
        var signers = new List<Actor>();
        var (opinions, lines) = (new List<OpinionOnItem>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var row in record.Rows)
        {
            var order = orders.FirstOrDefault(o => o.DocumentNumber == row.Text("orderNumber"));
            var ordinal = row.Number("ordinal", 1, 999);
            if (order is null)
            {
                row.Report("orderNumber", row.Text("orderNumber") ?? "", "不是本案未办结的责令改正文号。", "请核对文号。");
                continue;
            }

            if (!platform.SpeaksFor(order.Department))
            {
                row.Report("orderNumber", order.DocumentNumber ?? "", "该平台不能代此部门报送。", "请由该部门自行记录，或者调整互联平台的部门范围。");
            }

            await ReadOfficersAsync(row, order.Department!, one.Area, officers, signers, cancellationToken);
            // An item whose term still runs may be left out of a re-inspection.
            if (row.Text("opinion") is null && row.Text("found") is null)
            {
                continue;
            }

            lines[$"opinions[{opinions.Count}]"] = row.Line;
            opinions.Add(new OpinionOnItem(order.Id, ordinal ?? 0, row.Needed("found"), row.Choice("opinion", Opinions) ?? Missing(row), row.List("evidence")));
        }

        var signer = signers.FirstOrDefault(actor => TaskService.MayDo(actor, tasks[0]));
        if (signer is null && !record.HasProblem)
        {
            record.Rows[0].Report("officers", "", $"复查人员中没有可以办理“{tasks[0].Title}”的执法人员。", "请填写承办部门执法人员的证号。");
        }

        var command = new RecordReinspection(one.Id, record.With("method").Text("method") ?? "现场", [.. officers.Values], opinions, record.With("partyView").Text("partyView"), ExchangeSteps.HomeEntry(record, session.Now));
        return record.HasProblem || signer is null
            ? null
            : new ExchangeWork(one.Id, one.CaseKey, [new ExchangeStep(Record, null, (JsonObject)ExchangeSteps.Node(command)!, signer)], "复查意见已记录", lines);
    }

    /// <inheritdoc/>
    public async ValueTask RehearseAsync(ExchangeWork work, CancellationToken cancellationToken = default) =>
        await new ReinspectionService(session, rosters, scenarios).RecordAsync(work.Steps[0].Data.Deserialize<RecordReinspection>(SupervisionJson.Options)!, cancellationToken);

    private static ItemOpinion Missing(ExchangeRow row)
    {
        row.Needed("opinion");
        return ItemOpinion.NotRectified;
    }

    private async ValueTask ReadOfficersAsync(
        ExchangeRow row, string department, string? area, Dictionary<string, OfficerSignature> officers, List<Actor> signers, CancellationToken ct)
    {
        foreach (var certificate in row.List("officers").Where(c => !officers.ContainsKey(c)))
        {
            // A joint re-inspection is signed by officers of several departments.
            if (((await RegisterAsync(department, ct)).GetValueOrDefault(certificate) ?? (await RegisterAsync(null, ct)).GetValueOrDefault(certificate)) is not { } known)
            {
                row.Report("officers", certificate, "执法人员名录中没有此证号。", "请核对证号。");
                continue;
            }

            officers[certificate] = new OfficerSignature(known.Id, known.Officer.Name, certificate, session.Now);
            signers.Add(ExchangeSteps.Officer(known.Id, known.Officer.Name, known.Officer.Department, area));
        }
    }

    // A register has tens of thousands of officers and a sheet many certificates: each register is read once for a hand-in.
    private async ValueTask<Dictionary<string, OfficerRecord>> RegisterAsync(string? department, CancellationToken ct)
    {
        if (!_registers.TryGetValue(department ?? "", out var register))
        {
            var filter = department is null ? new AggregateFilter() : new AggregateFilter { Departments = [department] };
            register = new Dictionary<string, OfficerRecord>(StringComparer.Ordinal);
            foreach (var officer in await session.ListAsync<OfficerRecord>(filter, ct))
            {
                if (officer.Officer.CertificateNumber is { } number)
                {
                    register.TryAdd(number, officer);
                }
            }

            _registers[department ?? ""] = register;
        }

        return register;
    }

    private async ValueTask<string> NumberAsync(Case one, CancellationToken ct) =>
        $"{one.Number}{Mark}{(await session.ListAsync<Reinspection>(new AggregateFilter { CaseId = one.Id }, ct)).Count + 1}";

    private async ValueTask<List<RectificationOrder>> OpenOrdersAsync(string caseId, CancellationToken ct) =>
        [.. (await session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = caseId }, ct)).Where(o => o.State == OrderState.Served && o.Items.Any(i => i.IsOpen))];
}
