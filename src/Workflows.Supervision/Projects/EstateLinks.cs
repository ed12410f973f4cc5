using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Projects;

/// <summary>A link for the firm or committee of an estate.</summary>
/// <param name="Capacity">物业, 居委会 or 业委会.</param>
/// <param name="Area">Division code of the town, nine digits.</param>
/// <param name="Places">Names of the estates or areas, 1–20 of at most 60 characters.</param>
/// <param name="TargetId">The property firm in the roster; required for 物业, null for a committee.</param>
/// <param name="Name">Name of the committee, at most 60 characters; that of a firm stands in the roster.</param>
/// <param name="ValidDays">1–366 days.</param>
public sealed record NewEstateLink(string Capacity, string Area, IReadOnlyList<string> Places, string? TargetId = null, string? Name = null, int ValidDays = 180);

/// <summary>
/// 物居业三方协同: property firm, residents' committee and owners' committee report what they see on their estates and confirm the milestones for which the firm has to answer. They never inspect,
/// and see nothing of a case.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="intake">The one way in for reports.</param>
/// <param name="register">The register of projects.</param>
public sealed class EstateLinks(ISupervisionSession session, LeadIntake intake, ProjectRegister register)
{
    /// <summary>Source of their reports.</summary>
    public const string Source = "物居业协同";

    /// <summary>Reports that a link remembers.</summary>
    public const int MostReports = 200;

    private const string Firm = "物业";
    private const int MostPlaces = 20;
    private const int LongestName = 60;
    private static readonly string[] s_capacities = [Firm, "居委会", "业委会"];

    /// <summary>Opens a link. The token is handed over and never stored; what an earlier link of the same holder in the same town had reported goes on under the new one.</summary>
    /// <param name="given">What it is bound to.</param>
    /// <param name="token">A secret of 32 characters or more, from the caller's random source.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>token-weak</c>, <c>link-days</c>, <c>capacity-unknown</c>, <c>area-invalid</c>, <c>other-area</c>, <c>places-invalid</c>, <c>firm-unknown</c>, <c>field-missing</c>, <c>field-too-long</c>.</exception>
    public async ValueTask<PartyLink> OpenAsync(NewEstateLink given, string token, CancellationToken cancellationToken = default)
    {
        if (token.Length < 32 || given.ValidDays is < 1 or > 366)
        {
            throw Refusal.Invalid(token.Length < 32 ? "token-weak" : "link-days", token.Length < 32 ? "token" : "validDays", "链接口令须不少于32个字符，有效期为1至366日。");
        }

        if (!s_capacities.Contains(given.Capacity, StringComparer.Ordinal))
        {
            throw Refusal.Invalid("capacity-unknown", "capacity", $"身份应为{string.Join('、', s_capacities)}之一。");
        }

        if (given.Area is not { Length: 9 } || await session.FindAsync<TownRecord>(given.Area, cancellationToken) is null)
        {
            throw Refusal.Invalid("area-invalid", "area", "请选择小区所在的镇街（九位代码）。");
        }

        if (session.Actor.Area is { } own && !given.Area.StartsWith(own, StringComparison.Ordinal))
        {
            throw Refusal.Forbidden("other-area", "area", "只能为本区域的小区开通链接。");
        }

        var places = given.Places.Select(place => PlainText.Of(place ?? "").Trim()).Where(place => place.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (places.Count is 0 or > MostPlaces || places.Any(place => place.Length > LongestName))
        {
            throw Refusal.Invalid("places-invalid", "places", $"请填写1至{MostPlaces}个小区或者区域的名称，每个至多{LongestName}字。");
        }

        var name = await NameAsync(given, cancellationToken);
        var earlier = (await session.ListAsync<PartyLink>(new AggregateFilter { Kinds = [EstateBinding.Kind], AreaPrefix = given.Area }, cancellationToken))
            .LastOrDefault(link => link.Estate is { } bound && bound.Capacity == given.Capacity && (given.TargetId is { } firm ? link.TargetId == firm : link.TargetId is null && bound.Name == name));
        var id = session.NewId();
        return session.Add(
            new PartyLink
            {
                Id = id, CaseKey = id, TargetId = given.TargetId, Area = given.Area, Department = session.Actor.Department, Created = session.Cause(), TokenSha256 = PartyLink.HashOf(token),
                ExpiresAt = session.Now.AddDays(given.ValidDays), Reports = earlier?.Reports ?? [],
                Estate = new EstateBinding(given.TargetId ?? earlier?.Estate!.Holder ?? id, name, given.Capacity, places),
            },
            "estate-link.opened", ("holder", given.TargetId ?? earlier?.Estate!.Holder ?? id), ("capacity", given.Capacity));
    }

    /// <summary>停用: the link opens nothing from now on.</summary>
    /// <exception cref="RuleViolationException"><c>linkId-not-found</c> (404), <c>link-revoked</c> (409), <c>field-missing</c>.</exception>
    public async ValueTask<PartyLink> RevokeAsync(string id, string reason, CancellationToken cancellationToken = default)
    {
        var link = await session.GetAsync<PartyLink>(id, "linkId", "链接", cancellationToken);
        return link.Revoked
            ? throw Refusal.Conflict("link-revoked", "linkId", "该链接已经停用。")
            : session.Update(link with { Revoked = true }, "estate-link.revoked", ("link", link.Id), ("reason", Refusal.Text(reason, "reason", "停用理由")));
    }

    /// <summary>Takes a report in as a lead of one of the link's places.</summary>
    /// <param name="linkId">The link.</param>
    /// <param name="place">One of its places.</param>
    /// <param name="given">What is reported; area, source and reporter are those of the link.</param>
    /// <param name="contact">Telephone of whoever reports, or null.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>place-not-own</c>, and those of the intake.</exception>
    public async ValueTask<IntakeResult> ReportAsync(string linkId, string place, NewLead given, string? contact, CancellationToken cancellationToken = default)
    {
        var link = await session.GetAsync<PartyLink>(linkId, "token", "链接", cancellationToken);
        var bound = link.Estate!;
        if (!bound.Places.Contains(place, StringComparer.Ordinal))
        {
            throw Refusal.Invalid("place-not-own", "place", $"请选择本链接的小区或者区域：{string.Join('、', bound.Places)}。");
        }

        var taken = await intake.TakeAsync(
            given with
            {
                Trigger = TriggerKind.Report, Source = Source, Area = link.Area!, Address = given.Address is { } detail ? $"{place} {detail}" : place,
                ReportedBy = new LeadReporter(bound.Name, contact, bound.Capacity),
            },
            cancellationToken);
        // Exactly the same may have come from somebody else: that lead is not theirs.
        if (taken.Outcome == IntakeOutcome.Stored)
        {
            session.Save(link with { Reports = [.. link.Reports.TakeLast(MostReports - 1), taken.LeadId!] });
        }

        return taken;
    }

    /// <summary>The firm confirms the next milestone of a project for which it has to answer; earlier ones come first.</summary>
    /// <exception cref="RuleViolationException"><c>not-own-project</c> (404), <c>milestone-unknown</c> (404), <c>milestone-order</c> (409), <c>lead-state</c>.</exception>
    public async ValueTask<Lead> ConfirmAsync(string linkId, string projectId, string code, CancellationToken cancellationToken = default)
    {
        var link = await session.GetAsync<PartyLink>(linkId, "token", "链接", cancellationToken);
        if (await session.FindAsync<Lead>(projectId, cancellationToken) is not { } project || !AnswersFor(link, project))
        {
            throw Refusal.NotFound("not-own-project", "id", "没有这个项目，或者不由贵单位负责报告。");
        }

        return project.Milestones.FirstOrDefault(m => m is { Before: false, ConfirmedAt: null }) is { } next && next.Code != code && project.Milestones.Any(m => m.Code == code && m is { Before: false, ConfirmedAt: null })
            ? throw Refusal.Conflict("milestone-order", "code", $"请先确认“{next.Title}”节点。")
            : await register.ConfirmAsync(projectId, code, new MilestoneConfirmation(Firm), cancellationToken);
    }

    /// <summary>Whether the holder of a link has to report on a project.</summary>
    public static bool AnswersFor(PartyLink link, Lead project) => link is { TargetId: { } firm, Estate: not null }
        && project.Trigger == TriggerKind.Milestone && project.CaretakerId == firm && project.Place.Area.StartsWith(link.Area!, StringComparison.Ordinal);

    private async ValueTask<string> NameAsync(NewEstateLink given, CancellationToken ct)
    {
        if (given.Capacity == Firm)
        {
            return given.TargetId is { Length: > 0 and <= 100 } id && await session.FindAsync<TargetRecord>(id, ct) is { } firm && firm.Area?[..6] == given.Area[..6]
                ? firm.Target.Name
                : throw Refusal.Invalid("firm-unknown", "targetId", "物业企业不在本区县的检查对象名录中，请先导入名录或者从名录中选择。");
        }

        var name = PlainText.Of(Refusal.Text(given.Name, "name", "单位名称")).Trim();
        return given.TargetId is null && name.Length <= LongestName
            ? name
            : throw Refusal.Invalid(given.TargetId is null ? "field-too-long" : "firm-unknown", given.TargetId is null ? "name" : "targetId", $"居委会、业委会只填名称（至多{LongestName}字），不填名录编号。");
    }
}
