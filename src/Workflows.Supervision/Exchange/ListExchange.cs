using System.Globalization;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Exchange;

/// <summary>What a list that goes out is narrowed to.</summary>
/// <param name="AreaPrefix">Area in sight of whoever asks; null for all.</param>
/// <param name="CaseId">One case, or null.</param>
/// <param name="PlanId">One plan, or null.</param>
/// <param name="Source">Source of leads, such as <c>12345</c>; null for all.</param>
/// <param name="From">Only what came to be on this day or later.</param>
/// <param name="Most">Most rows; more are refused with <c>exchange-too-many</c>.</param>
public sealed record ExchangeSelection(string? AreaPrefix, string? CaseId, string? PlanId, string? Source, DateOnly? From, int Most);

/// <summary>
/// Lists that go out: plans, findings, documents, results and the answers to orders of a hotline. Sealed records, data on minors and restricted documents are never in
/// them, nor who reported.
/// </summary>
/// <param name="session">The session.</param>
public sealed class ListExchange(ISupervisionSession session)
{
    /// <summary>The rows of a kind.</summary>
    public async ValueTask<IReadOnlyList<IReadOnlyDictionary<string, string>>> RowsAsync(
        ExchangeKind kind, ExchangePlatform platform, ExchangeSelection selection, CancellationToken cancellationToken = default) => kind switch
        {
            ExchangeKind.Plans => Plans((await ListAsync<InspectionPlan>(selection, null, cancellationToken)).Where(plan => platform.SpeaksFor(plan.LeadDepartment) || plan.Departments.Any(d => platform.SpeaksFor(d.Code)))),
            ExchangeKind.Results => Results((await ListAsync<Case>(selection, null, cancellationToken)).Where(one => one.Departments.Any(d => platform.SpeaksFor(d.Code)))),
            ExchangeKind.Leads => Leads(await ListAsync<Lead>(selection, null, cancellationToken), selection.Source ?? platform.Id, platform),
            ExchangeKind.Findings => await FindingsAsync(await ListAsync<Finding>(selection, platform, cancellationToken), cancellationToken),
            ExchangeKind.Documents => await DocumentsAsync(await ListAsync<OfficialDocument>(selection, platform, cancellationToken), cancellationToken),
            _ => [],
        };

    private async ValueTask<List<T>> ListAsync<T>(ExchangeSelection selection, ExchangePlatform? platform, CancellationToken ct)
        where T : SupervisionRecord
    {
        if ((typeof(T) == typeof(Case) ? selection.CaseId : typeof(T) == typeof(InspectionPlan) ? selection.PlanId : null) is { } id)
        {
            return await session.FindAsync<T>(id, ct) is { } one && (selection.AreaPrefix is not { } prefix || one.Area?.StartsWith(prefix, StringComparison.Ordinal) == true) ? [one] : [];
        }

        var filter = new AggregateFilter
        {
            AreaPrefix = selection.AreaPrefix,
            CaseId = selection.CaseId,
            PlanId = selection.PlanId,
            Departments = platform is { Departments.Count: > 0 } ? platform.Departments : null,
            CreatedFrom = selection.From is { } from ? Time.ShanghaiTime.At(from, TimeOnly.MinValue) : null,
            Take = selection.Most + 1,
        };
        var rows = await session.ListAsync<T>(filter, ct);

        // A list that stops in the middle would be read as the whole.
        return rows.Count <= selection.Most
            ? [.. rows]
            : throw Refusal.Invalid("exchange-too-many", "from", $"超过{selection.Most}行，不能一次导出：请以 from（起始日期）、caseId 或 planId 缩小范围。");
    }

    private static List<Dictionary<string, string>> Plans(IEnumerable<InspectionPlan> plans) =>
    [
        .. plans.Select(plan => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = plan.Id, ["title"] = plan.Title, ["year"] = plan.AnnualItem.Year.ToString(CultureInfo.InvariantCulture), ["annualCode"] = plan.AnnualItem.Code, ["annualTitle"] = plan.AnnualItem.Title,
            ["scenario"] = plan.ScenarioCode, ["area"] = plan.Area ?? "", ["leadDepartment"] = plan.LeadDepartment, ["departments"] = string.Join('、', plan.Departments.Select(d => d.Code)),
            ["drawCount"] = plan.DrawCount.ToString(CultureInfo.InvariantCulture), ["alternateCount"] = plan.AlternateCount.ToString(CultureInfo.InvariantCulture),
            ["visitFrom"] = ExchangeSteps.Day(plan.VisitFrom), ["visitTo"] = ExchangeSteps.Day(plan.VisitTo), ["surprise"] = plan.Surprise ? "是" : "否", ["state"] = plan.State.ToString(),
            ["cases"] = string.Join('、', plan.CaseIds),
        }),
    ];

    private static List<Dictionary<string, string>> Results(IEnumerable<Case> cases) =>
    [
        .. cases.Select(one => new Dictionary<string, string>(ExchangeSteps.Target(one, one.Number), StringComparer.Ordinal)
        {
            ["scenario"] = one.ScenarioCode, ["stage"] = one.Stage, ["outcome"] = one.Outcome ?? "", ["closureReason"] = one.ClosureReason ?? "", ["publicResult"] = one.PublicResult ?? "",
            ["checkedAt"] = ExchangeSteps.Time(one.TaskEndedAt), ["closedAt"] = ExchangeSteps.Time(one.ClosedAt),
        }),
    ];

    // A merged report is answered under each of its numbers, and once: where it was merged into. What a platform handed in itself it may always read the answer to.
    private List<Dictionary<string, string>> Leads(List<Lead> leads, string source, ExchangePlatform platform) =>
    [
        .. leads.Where(lead => lead.State != LeadState.Merged && (source == platform.Id || platform.SpeaksFor(lead.Department))).SelectMany(lead => lead.Numbers.Where(alias => alias.Source == source && alias.ExternalNumber.Length > 0)
            .Select(alias => new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["number"] = alias.ExternalNumber, ["area"] = lead.Area ?? "", ["address"] = lead.Place.Address ?? "", ["matterCode"] = lead.MatterCode ?? "",
                ["receivedAt"] = ExchangeSteps.Time(lead.ReceivedAt), ["replyDueAt"] = ExchangeSteps.Time(alias.ReplyDueAt), ["state"] = lead.State.ToString(), ["department"] = lead.Department ?? "",
                ["outcome"] = lead.Closing?.Outcome ?? "", ["reply"] = lead.Closing?.Reply ?? "", ["closedAt"] = ExchangeSteps.Time(lead.Closing?.At),
                ["late"] = alias.ReplyDueAt is { } due && (lead.Closing?.At ?? session.Now) > due ? "是" : "否",
            })),
    ];

    private async ValueTask<IReadOnlyList<IReadOnlyDictionary<string, string>>> FindingsAsync(List<Finding> findings, CancellationToken ct)
    {
        var rows = new List<Dictionary<string, string>>();
        foreach (var finding in findings.Where(f => f is { Sealed: false, ConcernsMinor: false }))
        {
            if (await session.FindAsync<Case>(finding.CaseId ?? "", ct) is { } one)
            {
                rows.Add(new Dictionary<string, string>(ExchangeSteps.Target(one, one.Number), StringComparer.Ordinal)
                {
                    ["itemCode"] = finding.ItemCode, ["itemTitle"] = finding.ItemTitle, ["department"] = finding.SupervisingDepartment, ["penaltyDepartment"] = finding.PenaltyDepartment,
                    ["facts"] = finding.Facts, ["violatedOn"] = ExchangeSteps.Day(finding.ViolatedOn), ["basis"] = string.Join('；', finding.Violates.Select(c => c.Text)),
                    ["disposition"] = DispositionOf(finding), ["evidence"] = string.Join('、', finding.EvidenceIds),
                });
            }
        }

        return rows;
    }

    private async ValueTask<IReadOnlyList<IReadOnlyDictionary<string, string>>> DocumentsAsync(List<OfficialDocument> documents, CancellationToken ct)
    {
        var rows = new List<Dictionary<string, string>>();
        foreach (var document in documents.Where(d => !d.Restricted))
        {
            if (await session.FindAsync<Case>(document.CaseId ?? "", ct) is { } one)
            {
                rows.Add(new Dictionary<string, string>(ExchangeSteps.Target(one, one.Number), StringComparer.Ordinal)
                {
                    ["documentNumber"] = document.Number, ["title"] = document.Title, ["organ"] = document.Organ, ["issuedOn"] = ExchangeSteps.Day(document.IssuedOn),
                    ["sha256"] = document.HtmlSha256, ["verificationCode"] = document.VerificationCode,
                });
            }
        }

        return rows;
    }

    private static string DispositionOf(Finding finding) =>
        System.Text.Json.JsonSerializer.SerializeToNode(finding.Disposition, SupervisionJson.Options)!.GetValue<string>();
}
