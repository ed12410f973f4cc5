using Workflows.Host.Api.Reading;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Messages;

/// <summary>Somebody whom a message reaches, and why.</summary>
/// <param name="Account">The account.</param>
/// <param name="Capacity">In which capacity, as people read it.</param>
internal sealed record MessageReceiver(MessageAccount Account, string Capacity);

/// <summary>
/// Finds the accounts behind the addresses of messages. A department is its head and those who work on the matter: of a case with a team the team's officers, else
/// all of its officers in the area. Where no account stands behind an address the supervisors of the area are told instead, so that nothing is lost without a word.
/// </summary>
internal sealed class MessageReceivers(AccountBook accounts, AggregateReader rows)
{
    private const int MostDepartments = 500;
    private static readonly string[] Workers = [Role.Inspector, Role.Dispatcher, Role.Supervisor];

    /// <summary>The accounts behind an address.</summary>
    /// <param name="address">Such as <c>department:FIR</c>, <c>department:FIR/role:department-head</c>, <c>role:supervisor</c>, <c>officer:FIR-01</c> or an account.</param>
    /// <param name="area">Area of the matter, or null.</param>
    /// <param name="caseId">Case, or null.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<IReadOnlyList<MessageReceiver>> FindAsync(string address, string? area, string? caseId, CancellationToken cancellationToken)
    {
        if (address.StartsWith("party:", StringComparison.Ordinal))
            return [];
        var found = await BehindAsync(address, area, caseId, cancellationToken);
        if (found.Count > 0)
            return found;
        return [.. (await accounts.InRoleAsync(Role.Supervisor, cancellationToken)).Where(account => Serves(account.Actor, area))
            .Select(account => new MessageReceiver(account, $"督办人（收件人“{Unmanned(address)}”没有可送达的账号，请转达）"))];
    }

    // Only the accounts that can be meant are read: there are thousands, and a message is for few.
    private async Task<IReadOnlyList<MessageReceiver>> BehindAsync(string address, string? area, string? caseId, CancellationToken cancellationToken)
    {
        var parts = address.Split('/', 2);
        if (parts[0].StartsWith("department:", StringComparison.Ordinal))
        {
            var code = parts[0]["department:".Length..];
            var role = parts is [_, var second] && second.StartsWith("role:", StringComparison.Ordinal) ? second["role:".Length..] : null;
            var members = (await accounts.OfDepartmentAsync(code, cancellationToken)).Where(account => Serves(account.Actor, area)).ToList();
            return await OfDepartmentAsync(code, role, members, area, caseId, cancellationToken);
        }

        if (address.StartsWith("role:", StringComparison.Ordinal))
        {
            var role = address["role:".Length..];
            return [.. (await accounts.InRoleAsync(role, cancellationToken)).Where(account => Serves(account.Actor, area)).Select(account => new MessageReceiver(account, RoleName(role)))];
        }

        if (address == WorkTask.SeveralOfficers)
        {
            var team = await TeamAsync(caseId, cancellationToken);
            return [.. (await accounts.OfOfficersAsync(team, cancellationToken)).Select(account => new MessageReceiver(account, "本案检查小组成员"))];
        }

        var bare = address.StartsWith("user:", StringComparison.Ordinal) || address.StartsWith("officer:", StringComparison.Ordinal) ? address[(address.IndexOf(':', StringComparison.Ordinal) + 1)..] : address;
        return [.. (await accounts.NamedAsync(bare, cancellationToken)).Select(account => new MessageReceiver(account, "指定的收件人"))];
    }

    private async Task<IReadOnlyList<MessageReceiver>> OfDepartmentAsync(
        string code, string? role, IReadOnlyList<MessageAccount> members, string? area, string? caseId, CancellationToken cancellationToken)
    {
        var organ = await OrganAsync(code, area, cancellationToken);
        if (role is not null)
            return [.. members.Where(account => account.Actor.Is(role)).Select(account => new MessageReceiver(account, $"{organ}的{RoleName(role)}"))];
        var team = await TeamAsync(caseId, cancellationToken);
        var hasTeam = members.Any(account => team.Contains(account.Actor.OfficerId ?? ""));
        return
        [
            .. members.Where(account => account.Actor.Is(Role.DepartmentHead)).Select(account => new MessageReceiver(account, $"承办单位{organ}的负责人")),
            .. members.Where(account => !account.Actor.Is(Role.DepartmentHead) && Workers.Any(account.Actor.Is))
                .Where(account => !hasTeam || !account.Actor.Is(Role.Inspector) || team.Contains(account.Actor.OfficerId ?? ""))
                .Select(account => new MessageReceiver(account, $"承办单位{organ}的{(team.Contains(account.Actor.OfficerId ?? "") ? "本案检查小组成员" : RoleName(Workers.First(account.Actor.Is)))}")),
        ];
    }

    private async Task<HashSet<string>> TeamAsync(string? caseId, CancellationToken cancellationToken) => caseId is null
        ? []
        : [.. (await rows.OfCaseAsync<InspectionTeam>(caseId, cancellationToken)).SelectMany(team => team.Members).Where(member => !member.IsAssistant).Select(member => member.OfficerId)];

    private async Task<string> OrganAsync(string code, string? area, CancellationToken cancellationToken)
    {
        var organs = await rows.ListAsync<DepartmentRecord>(query => query.Where(row => row.Department == code), MostDepartments, cancellationToken);
        return (organs.FirstOrDefault(organ => area is null || organ.Area is null || area.StartsWith(organ.Area, StringComparison.Ordinal)) ?? (organs is [var first, ..] ? first : null))?.Unit.Name ?? code;
    }

    private static bool Serves(Actor actor, string? area) => actor.Area is null || area is null || area.StartsWith(actor.Area, StringComparison.Ordinal);

    private static string Unmanned(string address) => address == "role:leader" ? "分管领导" : address;

    /// <summary>A role as people read it.</summary>
    public static string RoleName(string role) => role switch
    {
        Role.Analyst => "场景分析师",
        Role.Inspector => "执法人员",
        Role.Assistant => "辅助人员",
        Role.DepartmentHead => "单位负责人",
        Role.LegalReviewer => "法制审核员",
        Role.Supervisor => "督办人",
        Role.Dispatcher => "调度员",
        Role.PublicationReviewer => "公示审核员",
        Role.Auditor => "执法监督员",
        Role.Administrator => "管理员",
        _ => role,
    };
}
