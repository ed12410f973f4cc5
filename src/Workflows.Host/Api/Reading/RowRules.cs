using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Documents;
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
        Finding { ConcernsMinor: true } or Evidence { ConcernsMinor: true } or OfficialDocument { Restricted: true } => SeesMinors.Contains(actor.Department),
        CaseFiling { Sealed: true } filing => filing.Department == actor.Department,
        _ => true,
    };

    /// <summary>A target without what never leaves the organ unmasked.</summary>
    public static TargetSnapshot Masked(TargetSnapshot target) => target.IdentityNumber is not { Length: > 8 } number
        ? target with { IdentityNumber = null }
        : target with { IdentityNumber = number[..4] + new string('*', number.Length - 8) + number[^4..] };
}
