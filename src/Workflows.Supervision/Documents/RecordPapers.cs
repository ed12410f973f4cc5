using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Documents;

/// <summary>
/// The paper that an act brings with it wherever it is done, in a diagram or beside one: a transfer that is decided its letter, a consultation that was held its minutes.
/// A scenario wants it by naming the form in its <c>documents</c>.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="issuing">Issues documents.</param>
public sealed class RecordPapers(ISupervisionSession session, IScenarioCatalogue scenarios, DocumentIssuing issuing)
{
    /// <summary>Issues the form on a record of a case.</summary>
    /// <returns>The document; null where the scenario of the case does not name the form.</returns>
    /// <exception cref="RuleViolationException">As <see cref="DocumentIssuing.IssueAsync"/>.</exception>
    public async ValueTask<OfficialDocument?> IssueAsync(string form, SupervisionRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        var one = await session.GetAsync<Case>(record.CaseId ?? "", "caseId", "案件", cancellationToken);
        var package = await scenarios.RequireAsync(one.PackageVersionId, cancellationToken);
        return package.Scenario.Documents.Any(document => document.Form == form) ? await issuing.IssueAsync(new IssueDocument(form, record.Id), cancellationToken) : null;
    }
}
