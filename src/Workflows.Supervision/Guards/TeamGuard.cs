using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Guards;

/// <summary>处罚法 42 and 43: two certified officers for each department that attends, certificates valid on the day, nobody recused.</summary>
public static class TeamGuard
{
    /// <summary>Checks a team for a day.</summary>
    /// <param name="members">Members with their certificates.</param>
    /// <param name="attending">Departments that attend.</param>
    /// <param name="day">Day of the visit.</param>
    /// <param name="recused">Officers who are recused from this target.</param>
    /// <exception cref="RuleViolationException"><c>certificate-invalid</c>, <c>officer-recused</c>, <c>officer-twice</c> or <c>two-officers</c>.</exception>
    public static void Require(IReadOnlyList<TeamMember> members, IReadOnlyList<string> attending, DateOnly day, IReadOnlyCollection<string> recused)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < members.Count; i++)
        {
            // Ids, not names: what the clock brings about is kept as an incident of the workflow, which shows no people.
            var (member, field) = (members[i], $"members[{i}]");
            if (!seen.Add(member.OfficerId))
            {
                throw Refusal.Invalid("officer-twice", field, $"执法人员{member.OfficerId}在小组中重复，请删除一处。");
            }

            if (recused.Contains(member.OfficerId))
            {
                throw Refusal.Conflict("officer-recused", field, $"执法人员{member.OfficerId}与当事人有利害关系，应当回避（行政处罚法第四十三条），请换为候补人员。");
            }

            if (!member.IsAssistant && (string.IsNullOrWhiteSpace(member.CertificateNumber) || member.CertificateValidTo is not { } validTo || validTo < day))
            {
                throw Refusal.Invalid("certificate-invalid", $"{field}.certificate",
                    $"执法人员{member.OfficerId}的执法证件{(member.CertificateValidTo is { } end ? $"有效期至{ChineseDate.Of(end)}，" : "缺失，")}在检查日{ChineseDate.Of(day)}无效，请换为持有效证件的人员。");
            }
        }

        foreach (var department in attending)
        {
            var officers = members.Count(m => m.Department == department && !m.IsAssistant);
            if (officers < 2)
            {
                throw Refusal.Invalid("two-officers", $"members[{department}]",
                    $"部门“{department}”只有{officers}名持证执法人员，不得少于两人（行政处罚法第四十二条），请补足。");
            }
        }
    }

    /// <summary>Checks that two certified members of the team sign for a department.</summary>
    /// <exception cref="RuleViolationException"><c>two-signatures</c> or <c>signature-not-own</c>.</exception>
    public static void RequireSignatures(InspectionTeam team, string department, IReadOnlyList<OfficerSignature> signatures, string field)
    {
        var own = team.OfficersOf(department).ToDictionary(m => m.OfficerId, StringComparer.Ordinal);
        for (var i = 0; i < signatures.Count; i++)
        {
            if (!own.TryGetValue(signatures[i].OfficerId, out var member) || member.CertificateNumber != signatures[i].CertificateNumber)
            {
                throw Refusal.Invalid("signature-not-own", $"{field}[{i}]", $"{signatures[i].Name}不是部门“{department}”在本小组的执法人员或者证号不符，只能由该部门执法人员在本部门栏签名。");
            }
        }

        if (signatures.Select(s => s.OfficerId).Distinct(StringComparer.Ordinal).Count() < 2)
        {
            throw Refusal.Invalid("two-signatures", field, $"部门“{department}”须有两名执法人员签名，请补签。");
        }
    }
}
