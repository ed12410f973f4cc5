using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Reading;

/// <summary>What is hidden beyond department and area: data on minors (practice.md 4) and sealed records of the police (practice.md 3).</summary>
internal static class RowRules
{
    private static readonly string[] SeesMinors = ["PSB", "CUL"];

    /// <summary>Whether a row that is in sight by its columns may be shown to <paramref name="actor"/>.</summary>
    public static bool Shows(object row, Actor actor) => row switch
    {
        Finding finding => MinorData.MaySee(actor, finding),
        Evidence evidence => EvidenceGuard.MaySee(actor, evidence),
        OfficialDocument { Restricted: var restricted } => ShowsRestricted(restricted, actor),
        CaseFiling { Sealed: true } filing => filing.Department == actor.Department,
        _ => true,
    };

    /// <summary>Whether an actor sees a paper, issued or not, that may hold data on a minor or be sealed.</summary>
    public static bool ShowsRestricted(bool restricted, Actor actor) => !restricted || SeesMinors.Contains(actor.Department);

    /// <summary>
    /// A visit without what the record says on items whose findings <paramref name="actor"/> may not see: that they were found would tell as much as what was found.
    /// </summary>
    public static Visit Redacted(Visit visit, IReadOnlyList<Finding> findings, Actor actor)
    {
        // What a department is still writing is its own: nobody has signed it, and some of it may come under seal.
        visit = visit with { SectionsInWork = visit.SectionsInWork is null ? null : [.. visit.SectionsInWork.Where(work => work.Section.Department == actor.Department)] };
        var hidden = findings.Where(finding => finding.VisitId == visit.Id && !Shows(finding, actor)).Select(finding => finding.ItemCode).ToHashSet(StringComparer.Ordinal);
        return hidden.Count == 0 ? visit : visit with
        {
            Sections = [.. visit.Sections.Select(section => section with
            {
                Items = [.. section.Items.Select(item => hidden.Contains(item.ItemCode) ? new ItemResult { ItemCode = item.ItemCode, Answer = ItemAnswer.NotChecked, Facts = "（依法不予显示）" } : item)],
            })],
        };
    }

    /// <summary>A target without what never leaves the organ unmasked.</summary>
    public static TargetSnapshot Masked(TargetSnapshot target) => target.IdentityNumber is not { Length: > 8 } number
        ? target with { IdentityNumber = null }
        : target with { IdentityNumber = number[..4] + new string('*', number.Length - 8) + number[^4..] };
}
