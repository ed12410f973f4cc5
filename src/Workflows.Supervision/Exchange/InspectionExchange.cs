using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Exchange;

/// <summary>
/// 检查任务: the checklist of a visit goes out, a line for each item of each department; what comes back completes the arrival, where it is open, and the record.
/// A line about a minor comes in by hand only, because guardian and police have to be told first.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class InspectionExchange(ISupervisionSession session, IScenarioCatalogue scenarios) : ITaskExchange
{
    private const string Arrive = "visit.arrive";
    private const string Record = "visit.record";
    private const string Mark = "-J";

    private static readonly Dictionary<string, ItemAnswer> Answers = new(StringComparer.Ordinal)
    {
        ["符合"] = ItemAnswer.Compliant, ["不符合"] = ItemAnswer.NonCompliant, ["不适用"] = ItemAnswer.NotApplicable, ["未检查"] = ItemAnswer.NotChecked,
    };

    /// <inheritdoc/>
    public ExchangeKind Kind => ExchangeKind.Inspections;

    /// <inheritdoc/>
    public IReadOnlyList<string> TaskKinds => [Arrive, Record];

    /// <inheritdoc/>
    public string? CaseNumberOf(string number) => ExchangeSteps.CaseNumberOf(number, Mark);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IReadOnlyDictionary<string, string>>> RowsAsync(string caseId, ExchangePlatform platform, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        if ((await ExchangeSteps.OpenAsync(session, caseId, TaskKinds, cancellationToken)).Count == 0 || await VisitAsync(caseId, null, cancellationToken) is not { } visit)
        {
            return [];
        }

        var package = await scenarios.RequireAsync(one.PackageVersionId, cancellationToken);
        var team = await session.GetAsync<InspectionTeam>(visit.TeamId ?? "", "teamId", "检查小组", cancellationToken);
        var day = session.Today();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        foreach (var item in package.Scenario.Items.Where(i => i.AppliesTo(one.Target.Tags)))
        {
            if (one.Departments.FirstOrDefault(d => d.Code == item.SupervisingDepartment) is not { } department || (!department.Attends && department.ItemsLeftTo is null))
            {
                continue;
            }

            var acts = department.Attends ? department.Code : department.ItemsLeftTo!;
            if (!platform.SpeaksFor(acts))
            {
                continue;
            }

            rows.Add(new Dictionary<string, string>(ExchangeSteps.Target(one, NumberOf(one, visit)), StringComparer.Ordinal)
            {
                ["visitDay"] = ExchangeSteps.Day(visit.PlannedOn),
                ["department"] = department.Code,
                ["organ"] = department.Organ,
                ["itemCode"] = item.Code,
                ["itemTitle"] = item.Title,
                ["guidance"] = item.Guidance ?? "",
                ["basis"] = string.Join('；', (item.For(one.Target.Tags) ?? item).Violates.Select(code => package.Law.Find(code, day)?.Text).OfType<string>()),
                ["factsFixedBy"] = department.Attends ? "" : acts,
                ["officers"] = string.Join('、', team.OfficersOf(acts).Select(o => o.CertificateNumber)),
                ["arrivedAt"] = ExchangeSteps.Time(visit.ArrivedAt),
                ["actionCode"] = visit.ActionCode ?? "",
                ["recusalAnswer"] = visit.RecusalAnswer ?? "",
            });
        }

        return rows;
    }

    /// <inheritdoc/>
    public async ValueTask<ExchangeWork?> ReadAsync(ExchangeRecord record, ExchangePlatform platform, CancellationToken cancellationToken = default)
    {
        var one = await ExchangeSteps.CaseAsync(session, CaseNumberOf(record.Number), record.Number, "现场检查", cancellationToken);
        var open = await ExchangeSteps.OpenAsync(session, one.Id, TaskKinds, cancellationToken);
        if (open.Count == 0 || await VisitAsync(one.Id, record.Number, cancellationToken) is not { State: VisitState.Planned or VisitState.Arrived } visit || visit.TeamId is null)
        {
            throw ExchangeSteps.NothingWaits(record.Number, "现场检查");
        }

        var team = await session.GetAsync<InspectionTeam>(visit.TeamId, "teamId", "检查小组", cancellationToken);
        var sheet = new InspectionRecord(record, platform, team, Answers);
        var recorded = sheet.Read(session.Now);
        var task = open[0];
        var signer = team.Members.Where(m => sheet.Came.Contains(m.OfficerId)).Select(m => ExchangeSteps.Officer(m.OfficerId, m.Name, m.Department, one.Area)).FirstOrDefault(a => TaskService.MayDo(a, task));
        if (signer is null && !record.HasProblem)
        {
            record.Rows[0].Report("officers", "", $"到场人员中没有可以办理“{task.Title}”的执法人员。", "请填写承办部门到场执法人员的证号。");
        }

        if (record.HasProblem || signer is null)
        {
            return null;
        }

        var steps = new List<ExchangeStep>();
        if (visit.State == VisitState.Planned)
        {
            steps.Add(new ExchangeStep(Arrive, "已到场", new JsonObject { ["arrival"] = ExchangeSteps.Node(sheet.Arrival), ["certificates"] = ExchangeSteps.Node(sheet.Certificates) }, signer));
        }

        steps.Add(new ExchangeStep(Record, null, new JsonObject { ["record"] = ExchangeSteps.Node(recorded) }, signer));
        return new ExchangeWork(one.Id, one.CaseKey, steps, "现场检查已记录", sheet.Lines);
    }

    /// <inheritdoc/>
    public async ValueTask RehearseAsync(ExchangeWork work, CancellationToken cancellationToken = default)
    {
        var visit = (await VisitAsync(work.CaseId, null, cancellationToken))!;
        var visits = new VisitService(session, scenarios);
        foreach (var step in work.Steps)
        {
            if (step.TaskKind == Arrive)
            {
                await visits.ArriveAsync(visit.Id, step.Data["arrival"].Deserialize<VisitArrival>(SupervisionJson.Options)!, cancellationToken);
                await visits.ShowCertificatesAsync(visit.Id, step.Data["certificates"].Deserialize<CertificatesShown>(SupervisionJson.Options)!, cancellationToken);
            }
            else
            {
                await new VisitRecording(session, scenarios).RecordAsync(visit.Id, step.Data["record"].Deserialize<VisitRecord>(SupervisionJson.Options)!, cancellationToken);
            }
        }
    }

    private static string NumberOf(Case one, Visit visit) => $"{one.Number}{Mark}{visit.Ordinal}";

    private async ValueTask<Visit?> VisitAsync(string caseId, string? number, CancellationToken ct)
    {
        var visits = await session.ListAsync<Visit>(new AggregateFilter { CaseId = caseId }, ct);
        return number is null ? (visits.Count > 0 ? visits[^1] : null) : visits.LastOrDefault(visit => number.EndsWith($"{Mark}{visit.Ordinal}", StringComparison.Ordinal));
    }
}
