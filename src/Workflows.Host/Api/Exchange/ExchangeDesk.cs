using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Api.Changes;
using Workflows.Host.Json;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Exchange;

/// <summary>How a sheet is to be taken.</summary>
/// <param name="DryRun">Only report, change nothing.</param>
/// <param name="AcceptGood">Take the good records of a sheet that has problems.</param>
/// <param name="Actor">Who hands it in.</param>
/// <param name="Idempotency">The caller's key.</param>
internal sealed record ExchangeOrder(bool DryRun, bool AcceptGood, Actor Actor, IdempotencyKey Idempotency);

/// <summary>Takes sheets in: reads them by the mapping, rehearses every record, and only then lets any have its effect.</summary>
internal sealed class ExchangeDesk(ExchangeTasks tasks, ExchangeLists lists, ChangeGate changes, TimeProvider clock)
{
    private const int MostProblems = 1_000;
    private const int MostRecords = 2_000;

    /// <summary>Takes a sheet in.</summary>
    /// <returns>The report, and the change that keeps it with the caller's key; null where nothing was taken.</returns>
    public async Task<(ExchangeReport Report, StimulusResult? Taken)> ImportAsync(
        ExchangePlatform platform, ExchangeKind kind, ExchangeSheet sheet, ExchangeOrder order, CancellationToken cancellationToken)
    {
        if (await changes.IsKeptAsync(order.Idempotency, cancellationToken))
            return (Empty(platform, kind, sheet, order), await KeepAsync(platform, Empty(platform, kind, sheet, order), order, cancellationToken));
        var problems = new List<ImportProblem>();
        var (mapping, rows) = ExchangeSheets.Read(MappingsOf(platform, kind), sheet, problems);
        var records = mapping is null ? [] : ExchangeRecord.Group(kind, rows);
        if (records.Count > MostRecords)
            throw new RefusedException(new Refusal(422, "exchange-too-many", "file", $"一次最多导入{MostRecords}个编号，现有{records.Count}个：请分次导入。"));
        IExchangeTaker taker = kind is ExchangeKind.Leads or ExchangeKind.Receipts or ExchangeKind.Plans ? lists : tasks;
        var looked = new List<ExchangeLook>();
        foreach (var record in records)
            looked.Add(record.HasProblem ? new ExchangeLook(record.Answer(ExchangeOutcome.Refused), null) : await taker.LookAsync(platform, record, order, problems, cancellationToken));
        var report = new ExchangeReport(platform.Id, kind, mapping?.From, sheet.Form, rows.Count, 0, order.DryRun, [.. looked.Select(look => look.Record)], []);
        var isSound = problems.Count == 0 && report.Count(ExchangeOutcome.Refused) + report.Count(ExchangeOutcome.Conflict) == 0;
        var takes = !order.DryRun && mapping is not null && (isSound || order.AcceptGood);
        if (takes)
        {
            var taken = new List<ExchangedRecord>();
            foreach (var (look, record) in looked.Zip(records))
                taken.Add(look.Take is null ? look.Record : await TakeAsync(look, record, problems, taken.Exists(done => done.Outcome == ExchangeOutcome.Taken) ? CancellationToken.None : cancellationToken));
            // What was taken is told and kept, even if the caller is gone meanwhile.
            cancellationToken = CancellationToken.None;
            report = report with { Records = taken };
        }

        var listed = problems.Distinct().OrderBy(problem => problem.Line).ToList();
        report = report with { RowsInError = listed.Where(problem => problem.Line > 0).Select(problem => problem.Line).Distinct().Count(), Problems = [.. listed.Take(MostProblems)] };
        return (report, takes && report.Count(ExchangeOutcome.Taken) + report.Count(ExchangeOutcome.Repeated) > 0 ? await KeepAsync(platform, report, order, cancellationToken) : null);
    }

    // What a rule refuses between looking and taking concerns its own record: those before it have had their effect.
    private static async Task<ExchangedRecord> TakeAsync(ExchangeLook look, ExchangeRecord record, List<ImportProblem> problems, CancellationToken cancellationToken)
    {
        try
        {
            return await look.Take!(problems, cancellationToken);
        }
        catch (RuleViolationException wrong)
        {
            problems.Add(record.Problem(wrong));
        }
        catch (RefusedException wrong)
        {
            problems.Add(new ImportProblem(record.Rows[0].Line, "", record.Number, wrong.Refusal.Detail, $"（{wrong.Refusal.Code}）"));
        }

        return record.Answer(ExchangeOutcome.Refused);
    }

    /// <summary>A callback as a sheet: fields by our names or by the platform's headings.</summary>
    public ExchangeSheet SheetOf(ExchangePlatform platform, ExchangeKind kind, ExchangeCallback callback)
    {
        var mapping = MappingsOf(platform, kind)[0];
        if (callback.Rows.Count is 0 or > ExchangeSheets.MostLines)
            throw new RefusedException(new Refusal(422, "exchange-empty", "rows", $"rows 应有1至{ExchangeSheets.MostLines}行。"));
        var headings = mapping.Columns.Select(column => column.Heading).ToList();
        var lines = new List<ExchangeLine>();
        foreach (var (index, row) in callback.Rows.Index())
        {
            var cells = Enumerable.Repeat("", headings.Count).ToArray();
            foreach (var (name, value) in row)
            {
                var place = mapping.Columns.Index().Where(column => column.Item.Field == name || column.Item.Heading == name || column.Item.Aliases.Contains(name)).Select(column => column.Index).DefaultIfEmpty(-1).First();
                if (place < 0 || value is JsonObject or JsonArray)
                    throw new RefusedException(new Refusal(422, "exchange-field", $"rows[{index}].{name}", place < 0 ? $"没有字段“{name}”：请按映射的字段或列名提交。" : "应为文本或数字。"));
                cells[place] = value is null ? "" : value.GetValueKind() == JsonValueKind.String ? FormulaText.Outward(value.GetValue<string>()) : value.ToJsonString();
            }

            lines.Add(new ExchangeLine(index + 1, cells, []));
        }

        return new ExchangeSheet("api", headings, lines);
    }

    /// <summary>Mappings of a kind in force today, the newest first.</summary>
    public IReadOnlyList<ExchangeMapping> MappingsOf(ExchangePlatform platform, ExchangeKind kind) =>
        platform.MappingsOf(kind, ShanghaiTime.DateOf(clock.GetUtcNow())) is { Count: > 0 } mappings
            ? mappings
            : throw new RefusedException(new Refusal(409, "exchange-mapping-missing", "kind", $"平台“{platform.Name}”还没有生效的“{kind}”映射：请先维护。"));

    private static ExchangeReport Empty(ExchangePlatform platform, ExchangeKind kind, ExchangeSheet sheet, ExchangeOrder order) =>
        new(platform.Id, kind, null, sheet.Form, 0, 0, order.DryRun, [], []);

    private Task<StimulusResult> KeepAsync(ExchangePlatform platform, ExchangeReport report, ExchangeOrder order, CancellationToken cancellationToken) => changes.SendAsync(
        new DomainCommand
        {
            Key = changes.NewKey(),
            CaseKey = ExchangePlatform.Family,
            Actor = order.Actor,
            Idempotency = order.Idempotency,
            Answering = (_, _, _) => ValueTask.FromResult(JsonSerializer.Serialize(report, HostJson.Options)),
            Execute = (session, _, _) =>
            {
                session.Audit(new AuditFact(ExchangePlatform.Family, ExchangeJournal.Imported, new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["platform"] = platform.Id,
                    ["kind"] = report.Kind.ToString(),
                    // Whoever reads the journal sees what people of the own area handed in.
                    ["area"] = order.Actor.Area ?? platform.Area,
                    ["form"] = report.Form,
                    ["rows"] = report.RowsRead.ToString(CultureInfo.InvariantCulture),
                    ["taken"] = report.Count(ExchangeOutcome.Taken).ToString(CultureInfo.InvariantCulture),
                    ["repeated"] = report.Count(ExchangeOutcome.Repeated).ToString(CultureInfo.InvariantCulture),
                    ["actor"] = session.Actor.Id,
                }));
                return ValueTask.FromResult<object?>(report);
            },
        },
        cancellationToken);
}

/// <summary>A record after it was looked at.</summary>
/// <param name="Record">What would become of it.</param>
/// <param name="Take">Lets it have its effect; null where it has none.</param>
internal sealed record ExchangeLook(ExchangedRecord Record, Func<ICollection<ImportProblem>, CancellationToken, Task<ExchangedRecord>>? Take);

/// <summary>Looks at records and takes them.</summary>
internal interface IExchangeTaker
{
    /// <summary>Looks at a record as if it were taken; changes nothing. Problems are added by line.</summary>
    Task<ExchangeLook> LookAsync(ExchangePlatform platform, ExchangeRecord record, ExchangeOrder order, ICollection<ImportProblem> problems, CancellationToken cancellationToken);
}
