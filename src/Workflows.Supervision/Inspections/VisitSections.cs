using Workflows.Supervision.Guards;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Inspections;

/// <summary>
/// The sections of a joint visit while it goes on: each department writes its own and hands it in, on the way as often as it likes; the record takes
/// over what was handed in and signed. So no department overwrites another's, and what was written survives a lost phone.
/// </summary>
/// <param name="session">The session.</param>
public sealed class VisitSections(ISupervisionSession session)
{
    private const int MostItems = 500;
    private const int MostVideos = 50;
    private const int LongestVideo = 100;

    /// <summary>Hands in the own department's section.</summary>
    /// <exception cref="RuleViolationException">
    /// <c>other-department</c>, <c>not-in-team</c> (403); <c>visit-state</c>, <c>section-changed</c> (409); <c>section-too-long</c>, <c>signature-not-own</c>, <c>signature-evidence</c> (422).
    /// </exception>
    public async ValueTask<SectionInWork> HandInAsync(string visitId, HandInSection command, CancellationToken cancellationToken = default)
    {
        var visit = await session.GetAsync<Visit>(visitId, "visitId", "检查", cancellationToken);
        if (visit.State is not (VisitState.Planned or VisitState.Arrived))
        {
            throw Refusal.Conflict("visit-state", "visitId", "本次检查的笔录已经形成，不能再改本部门的检查情况；需要更正的，请办理更正。");
        }

        var (section, actor) = (command.Section, session.Actor);
        Deciders.RequireDepartment(actor, section.Department, "填写本部门检查情况");
        var team = await session.GetAsync<InspectionTeam>(visit.TeamId ?? "", "teamId", "检查小组", cancellationToken);
        if (!actor.Is(Role.Assistant) && team.OfficersOf(section.Department).All(m => m.OfficerId != actor.OfficerId))
        {
            throw Refusal.Forbidden("not-in-team", "actor", "您不是本检查小组的成员，不能填写检查情况；请由小组成员填写或者先办理更换。");
        }

        RequireBounds(section);
        RequireOwnSignatures(team, section);
        await RequireHandwritingAsync(session, visit.CaseId, section, "section", cancellationToken);
        var before = visit.SectionsInWork?.FirstOrDefault(s => s.Section.Department == section.Department);
        if ((before?.Version ?? 0) != command.BasedOn)
        {
            throw Refusal.Conflict("section-changed", "basedOn",
                $"本部门检查情况已由{before?.By ?? "同事"}另行保存（第{before?.Version ?? 0}版），您所见的是第{command.BasedOn}版：请比较后再保存。");
        }

        var work = new SectionInWork(section, command.BasedOn + 1, session.Now, actor.Name);
        var changed = visit with { SectionsInWork = [.. (visit.SectionsInWork ?? []).Where(s => s.Section.Department != section.Department), work] };
        if (IsSigned(section))
        {
            session.Update(changed, "visit.section-signed", ("department", section.Department), ("version", work.Version.ToString()));
        }
        else
        {
            // What is saved on the way is no act: it is kept, and the trail names what was signed.
            session.Save(changed with { Changed = session.Cause() });
        }

        return work;
    }

    /// <summary>
    /// The sections of a record: those it brings, and for departments that it leaves out what they handed in and signed.
    /// </summary>
    /// <param name="brought">Sections of the record.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="own">Department of who records; its own section may replace what it had handed in.</param>
    /// <exception cref="RuleViolationException"><c>section-handed-in</c> (409): the record brings a section that another department has handed in itself.</exception>
    internal static IReadOnlyList<VisitSection> Joined(IReadOnlyList<VisitSection> brought, Visit visit, string? own)
    {
        var signed = (visit.SectionsInWork ?? []).Select(s => s.Section).Where(IsSigned).ToList();
        for (var i = 0; i < brought.Count; i++)
        {
            if (brought[i].Department != own && signed.Any(s => s.Department == brought[i].Department))
            {
                throw Refusal.Conflict("section-handed-in", $"sections[{i}].department", $"部门“{brought[i].Department}”已自行提交并签名，不能由他人代填；请删去该部门栏后提交。");
            }
        }

        return [.. brought, .. signed.Where(s => visit.Attendances.Any(a => a.Department == s.Department) && brought.All(b => b.Department != s.Department))];
    }

    /// <summary>Whether two officers have signed.</summary>
    public static bool IsSigned(VisitSection section) => section.Signatures.Select(s => s.OfficerId).Distinct(StringComparer.Ordinal).Count() >= 2;

    /// <summary>The picture that a signature names is a piece of the same case.</summary>
    /// <exception cref="RuleViolationException"><c>signature-evidence</c> (422).</exception>
    internal static async ValueTask RequireHandwritingAsync(ISupervisionSession session, string? caseId, VisitSection section, string field, CancellationToken cancellationToken)
    {
        for (var i = 0; i < section.Signatures.Count; i++)
        {
            if (section.Signatures[i].EvidenceId is { } id)
            {
                await RequireHandwritingAsync(session, caseId, id, $"{field}.signatures[{i}].evidenceId", cancellationToken);
            }
        }
    }

    /// <summary>The picture that a signature names is a piece of the same case.</summary>
    /// <exception cref="RuleViolationException"><c>signature-evidence</c> (422).</exception>
    internal static async ValueTask RequireHandwritingAsync(ISupervisionSession session, string? caseId, string evidenceId, string field, CancellationToken cancellationToken)
    {
        if ((await session.FindAsync<Evidence>(evidenceId, cancellationToken))?.CaseId is not { } of || of != caseId)
        {
            throw Refusal.Invalid("signature-evidence", field, "签名图片不是本案的证据，请先上传签名图片或者重新签名。");
        }
    }

    private static void RequireBounds(VisitSection section)
    {
        if (section.Items.Count > MostItems || section.VideoNumbers is { } videos && (videos.Count > MostVideos || videos.Any(v => v.Length > LongestVideo)))
        {
            throw Refusal.Invalid("section-too-long", "section", $"检查情况超出上限（事项{MostItems}项、录像编号{MostVideos}个），请核对。");
        }
    }

    private static void RequireOwnSignatures(InspectionTeam team, VisitSection section)
    {
        for (var i = 0; i < section.Signatures.Count; i++)
        {
            var signature = section.Signatures[i];
            if (team.OfficersOf(section.Department).All(m => m.OfficerId != signature.OfficerId || m.CertificateNumber != signature.CertificateNumber))
            {
                throw Refusal.Invalid("signature-not-own", $"section.signatures[{i}]", $"{signature.Name}不是本部门在本小组的执法人员或者证号不符，请核对。");
            }
        }
    }
}
