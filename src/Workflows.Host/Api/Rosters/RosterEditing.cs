using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Tasks;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Rosters;

/// <summary>What is edited of a target; all else comes by import and stays.</summary>
/// <param name="Name">Name.</param>
/// <param name="Address">Address.</param>
/// <param name="Status">Whether it can be inspected.</param>
/// <param name="Phone">Telephone, or null.</param>
/// <param name="Representative">Legal representative or person in charge, or null.</param>
/// <param name="ValidTo">Last day of a target that exists for a time, or null.</param>
/// <param name="Reason">Why, as it stands in the audit trail.</param>
/// <param name="EffectiveFrom">First day on which it holds, within a year; null for at once.</param>
internal sealed record TargetEdit(string Name, string? Address, TargetStatus Status, string? Phone, string? Representative, DateOnly? ValidTo, string Reason, DateOnly? EffectiveFrom = null);

/// <summary>What is edited of an officer; all else comes by import and stays.</summary>
/// <param name="Status">Whether the officer serves.</param>
/// <param name="Group">Small group, or null.</param>
/// <param name="CertificateValidTo">Last day on which the certificate is valid, or null.</param>
/// <param name="LargestLoad">Most open tasks at a time.</param>
/// <param name="Leaves">Days of leave.</param>
/// <param name="Reason">Why, as it stands in the audit trail.</param>
/// <param name="EffectiveFrom">First day on which it holds, within a year; null for at once.</param>
internal sealed record OfficerEdit(OfficerStatus Status, string? Group, DateOnly? CertificateValidTo, int LargestLoad, IReadOnlyList<Leave>? Leaves, string Reason, DateOnly? EffectiveFrom = null);

/// <summary>Takes back a change that has not taken effect.</summary>
/// <param name="Reason">Why, as it stands in the audit trail.</param>
internal sealed record PlannedWithdrawal(string Reason);

/// <summary>One row of a roster, edited on its page. Plans whose rosters are frozen keep theirs.</summary>
internal static class RosterEditing
{
    private const int LongestName = 200, LongestAddress = 300, LongestPhone = 40, LongestPerson = 60, MostLeaves = 50, LargestLoad = 1_000;

    /// <summary>Maps them.</summary>
    public static void MapRosterEditing(this RouteGroupBuilder rosters)
    {
        rosters.MapPut("/targets/{id}", EditTargetAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("修改一个检查对象：名称、地址、状态、联系方式和有效期，须说明理由；可以写明生效日期；其余字段不变");
        rosters.MapPut("/officers/{id}", EditOfficerAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("修改一名执法人员：状态、小组、证件有效期、任务上限和休假，须说明理由；可以写明生效日期；其余字段不变");
        rosters.MapPost("/targets/{id}/planned/{key}/withdraw", (string id, string key, PlannedWithdrawal body, HttpContext context, ChangeGate gate, CancellationToken token) =>
            gate.ServiceAsync<RosterEdits, RosterTarget>(context, "roster", (edits, stop) => edits.WithdrawTargetAsync(id, key, TaskHandover.Reason(body.Reason), stop), token))
            .For(Role.Administrator, Role.Dispatcher).Idempotent().Produces<RosterTarget>().WithSummary("撤回一项待生效的修改（检查对象），须说明理由");
        rosters.MapPost("/officers/{id}/planned/{key}/withdraw", (string id, string key, PlannedWithdrawal body, HttpContext context, ChangeGate gate, CancellationToken token) =>
            gate.ServiceAsync<RosterEdits, RosterOfficer>(context, "roster", (edits, stop) => edits.WithdrawOfficerAsync(id, key, TaskHandover.Reason(body.Reason), stop), token))
            .For(Role.Administrator, Role.Dispatcher).Idempotent().Produces<RosterOfficer>().WithSummary("撤回一项待生效的修改（执法人员），须说明理由");
    }

    private static Task<RosterTarget> EditTargetAsync(string id, TargetEdit edit, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var name = Text(edit.Name, "name", "名称", LongestName) ?? throw Wrong("name", "名称不能为空：请填写名称。");
        var (address, phone, person) = (Text(edit.Address, "address", "地址", LongestAddress), Text(edit.Phone, "phone", "联系电话", LongestPhone), Text(edit.Representative, "representative", "负责人", LongestPerson));
        return ChangeAsync(
            viewer, gate,
            (edits, token) => edits.EditTargetAsync(
                id, known => known with { Name = PlainText.Of(name), Address = PlainText.Of(address ?? ""), Status = edit.Status, Phone = phone, Representative = person, ValidTo = edit.ValidTo },
                edit.EffectiveFrom, TaskHandover.Reason(edit.Reason), token),
            cancellationToken);
    }

    private static Task<RosterOfficer> EditOfficerAsync(string id, OfficerEdit edit, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var group = Text(edit.Group, "group", "小组", LongestPerson);
        var leaves = edit.Leaves ?? [];
        if (edit.LargestLoad is < 1 or > LargestLoad)
            throw Wrong("largestLoad", $"任务上限应为1至{LargestLoad}：请更正。");
        if (leaves.Count > MostLeaves)
            throw Wrong("leaves", $"休假超过{MostLeaves}段：请删去已过去的。");
        if (leaves.Any(leave => leave.To < leave.From))
            throw Wrong("leaves", "休假的结束日早于开始日：请更正。");
        return ChangeAsync(
            viewer, gate,
            (edits, token) => edits.EditOfficerAsync(
                id, known => known with { Status = edit.Status, Group = group, CertificateValidTo = edit.CertificateValidTo, LargestLoad = edit.LargestLoad, Leaves = [.. leaves.OrderBy(leave => leave.From)] },
                edit.EffectiveFrom, TaskHandover.Reason(edit.Reason), token),
            cancellationToken);
    }

    private static async Task<T> ChangeAsync<T>(Viewer viewer, ChangeGate gate, Func<RosterEdits, CancellationToken, ValueTask<T>> change, CancellationToken cancellationToken)
        where T : class
    {
        var result = await gate.SendAsync(
            new DomainCommand
            {
                Key = gate.NewKey(), CaseKey = "roster", Actor = viewer.Actor,
                Execute = async (session, _, token) => await change(new RosterEdits(session), token),
            },
            cancellationToken);
        return (T)result.Value!;
    }

    private static string? Text(string? text, string field, string title, int longest) => text?.Trim() switch
    {
        null or "" => null,
        { } kept when kept.Length <= longest => kept,
        _ => throw Wrong(field, $"{title}超过{longest}字：请缩短。"),
    };

    private static RefusedException Wrong(string field, string detail) => new(new Refusal(422, "roster-entry-invalid", field, detail));
}
