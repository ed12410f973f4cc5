using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Work;

/// <summary>One item that the party has put right by itself.</summary>
/// <param name="ItemCode">Item of the checklist.</param>
/// <param name="Wrong">What was wrong.</param>
/// <param name="Correction">What was done about it.</param>
/// <param name="CorrectedAt">When it was put right, UTC.</param>
/// <param name="EvidenceIds">Proof that the party uploaded.</param>
public sealed record SelfCorrection(string ItemCode, string Wrong, string Correction, DateTimeOffset CorrectedAt, IReadOnlyList<string> EvidenceIds);

/// <summary>自我纠错报告 of the party on its own case.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Items">What it has put right, 1 to 50 items.</param>
/// <param name="Text">Further words, or null.</param>
public sealed record ReportSelfCorrection(string CaseId, IReadOnlyList<SelfCorrection> Items, string? Text = null);

/// <summary>
/// 行政违法自我纠错: a party that finds and mends its own breach says so before or during a check. What the officers confirm counts as prompt correction (行政处罚法 33),
/// also where nothing could be put right on the spot, and lowers the weight at the next draw (factor <c>SELF_CHECK</c>).
/// </summary>
/// <param name="session">The session.</param>
public sealed class SelfCorrections(ISupervisionSession session)
{
    /// <summary>Subject of the statements that are such reports.</summary>
    public const string Subject = "self-correction";

    private const int MostItems = 50;

    // The clock of a party's phone may be fast; what it says is kept as no later than the report.
    private static readonly TimeSpan FastClock = TimeSpan.FromMinutes(5);

    /// <summary>Takes a report, as long as no record of the check is signed; after that the party proves its rectification under the order.</summary>
    /// <exception cref="RuleViolationException"><c>not-own-case</c> (404), <c>self-correction-late</c> (409), <c>self-correction-items</c>, <c>field-missing</c>.</exception>
    public async ValueTask<PartyStatement> ReportAsync(ReportSelfCorrection command, CancellationToken cancellationToken = default)
    {
        var one = await session.FindAsync<Case>(command.CaseId, cancellationToken);
        Deciders.RequireParty(session.Actor, one?.TargetId ?? "-");
        if ((await session.ListAsync<Visit>(new AggregateFilter { CaseId = one!.Id, States = [nameof(VisitState.Recorded)], Take = 1 }, cancellationToken)).Count > 0)
        {
            throw Refusal.Conflict("self-correction-late", "items", "检查笔录已经形成，不再接收自我纠错报告；请按责令改正通知书提交整改证明。");
        }

        if (command.Items.Count is 0 or > MostItems)
        {
            throw Refusal.Invalid("self-correction-items", "items", $"请填写1至{MostItems}个自行改正的事项。");
        }

        for (var i = 0; i < command.Items.Count; i++)
        {
            var (item, field) = (command.Items[i], $"items[{i}]");
            Refusal.Text(item.ItemCode, $"{field}.itemCode", "事项编码");
            Refusal.Text(item.Wrong, $"{field}.wrong", "存在的问题");
            Refusal.Text(item.Correction, $"{field}.correction", "改正情况");
            if (item.EvidenceIds.Count == 0 || item.CorrectedAt > session.Now + FastClock)
            {
                throw item.EvidenceIds.Count == 0
                    ? Refusal.Invalid("field-missing", $"{field}.evidenceIds", "缺少改正证明，请先上传照片等材料。")
                    : Refusal.Invalid("self-correction-items", $"{field}.correctedAt", "改正时间不能晚于现在；尚未改正的，请改正后再报告。");
            }
        }

        return session.Add(
            new PartyStatement
            {
                Id = session.NewId(), CaseKey = one.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Created = session.Cause(),
                Department = one.LeadDepartment, Subject = Subject, Text = command.Text is { Length: > 0 } text ? Refusal.Text(text, "text", "说明") : $"自行改正{command.Items.Count}项",
                EvidenceIds = [.. command.Items.SelectMany(i => i.EvidenceIds).Distinct(StringComparer.Ordinal)], Corrections = [.. command.Items.Select(i => i.CorrectedAt > session.Now ? i with { CorrectedAt = session.Now } : i)], SubmittedAt = session.Now,
            },
            "self-correction.reported", ("items", string.Join(',', command.Items.Select(i => i.ItemCode))));
    }

    /// <summary>Reported items of a case with the statement that reports each first.</summary>
    internal static async ValueTask<IReadOnlyDictionary<string, string>> OfAsync(ISupervisionSession session, string caseId, CancellationToken ct)
    {
        var reported = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var statement in await session.ListAsync<PartyStatement>(new AggregateFilter { CaseId = caseId }, ct))
        {
            foreach (var correction in statement.Corrections)
            {
                reported.TryAdd(correction.ItemCode, statement.Id);
            }
        }

        return reported;
    }
}
