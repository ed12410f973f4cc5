using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Leads;

/// <summary>证据 of a lead: what those who act on it bring back from the spot. It belongs to the lead's family and to no case.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by version.</param>
/// <param name="published">Scenarios that are in force.</param>
public sealed class LeadEvidence(ISupervisionSession session, IScenarioCatalogue scenarios, IPublishedScenarios published)
{
    /// <summary>Most pieces that one lead keeps.</summary>
    public const int Most = 60;

    /// <summary>
    /// Keeps a file as evidence of a lead, by its hash. What an officer of a department whose records are under seal brings is sealed, whether or not the upload says so.
    /// </summary>
    /// <param name="leadId">The lead.</param>
    /// <param name="kind">Kind, such as 照片.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="sha256">SHA-256 of the file, lower-case hex.</param>
    /// <param name="length">Length in bytes.</param>
    /// <param name="mediaType">Media type.</param>
    /// <param name="takenAt">When it was taken, UTC; null for now.</param>
    /// <param name="place">Where it was taken, or null.</param>
    /// <param name="isSealed">Whether the upload says that it is under seal.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>lead-ended</c>, <c>evidence-hash</c>, <c>taken-at</c>, <c>evidence-too-many</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Evidence> KeepAsync(
        string leadId, string kind, string title, string sha256, long length, string mediaType, DateTimeOffset? takenAt, string? place, bool isSealed = false, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(leadId, "id", "线索", cancellationToken);
        if (lead.State is LeadState.Closed or LeadState.Merged)
        {
            throw Refusal.Conflict("lead-ended", "id", "该线索已经办结或者并入其他线索，不能再补充证据。");
        }

        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower) || length < 1)
        {
            throw Refusal.Invalid("evidence-hash", "sha256", "证据文件的SHA-256应为64位小写十六进制且文件不能为空，请重新上传。");
        }

        if (takenAt is { } taken && (taken > session.Now + PartyService.ClockSkew || taken < session.Now.AddDays(-PartyService.LongestUnsentDays)))
        {
            throw Refusal.Invalid("taken-at", "takenAt", $"拍摄（制作）时间不能晚于现在，也不能早于上传前{PartyService.LongestUnsentDays}日，请核对手机时间。");
        }

        var earlier = (await session.ListAsync<Evidence>(new AggregateFilter { CaseKey = lead.CaseKey }, cancellationToken)).Count(e => e.CaseId is null);
        if (earlier >= Most)
        {
            throw Refusal.Conflict("evidence-too-many", "file", $"一条线索至多保存{Most}份证据，请只上传必要的照片和录像。");
        }

        return session.Add(
            new Evidence
            {
                Id = session.NewId(), CaseKey = lead.CaseKey, TargetId = lead.TargetId, Area = lead.Area, Created = session.Cause(),
                Ordinal = earlier + 1,
                Kind = Refusal.Text(kind, "kind", "证据种类"),
                Title = Refusal.Text(title, "title", "证据名称"),
                TakenAt = takenAt < session.Now ? takenAt.Value : session.Now,
                Place = place,
                Sha256 = sha256,
                Length = length,
                MediaType = mediaType,
                // Without a department that holds it nobody could ever see it.
                Sealed = session.Actor.Department is not null && (isSealed || await IsUnderSealAsync(lead, cancellationToken)),
                Holder = session.Actor.Department,
                Origin = EvidenceOrigin.Taken,
                Custody = [new CustodyStep(session.Now, session.Actor.Id, session.Actor.Name, session.Actor.Department, "采集", null, sha256)],
            },
            "evidence.kept", ("lead", lead.Id), ("sha256", sha256));
    }

    // 治安管理处罚法 136, as for a case. Before a lead has a scenario, or where its scenario does not know the department, any scenario in force that puts the department's records under seal does.
    private async ValueTask<bool> IsUnderSealAsync(Lead lead, CancellationToken cancellationToken)
    {
        if (session.Actor.Department is not { } code)
        {
            return false;
        }

        var own = lead.Dispatch?.PackageVersionId is { } package ? await scenarios.FindAsync(package, cancellationToken) : null;
        return own?.Scenario.Department(code) is { } unit
            ? unit.SealedRecords
            : (await published.AllAsync(cancellationToken)).Any(scenario => scenario.Department(code)?.SealedRecords == true);
    }
}
