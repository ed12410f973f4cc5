using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Exchange;

/// <summary>What the exchanges of steps share.</summary>
internal static class ExchangeSteps
{
    /// <summary>The case behind a number with a mark, such as <c>…-J1</c>.</summary>
    public static string? CaseNumberOf(string number, string mark)
    {
        var at = number.LastIndexOf(mark, StringComparison.Ordinal);
        return at > 0 && int.TryParse(number.AsSpan(at + mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? number[..at] : null;
    }

    /// <summary>The case of a number that went out for such a step.</summary>
    public static async ValueTask<Case> CaseAsync(ISupervisionSession session, string? caseNumber, string number, string step, CancellationToken ct) =>
        caseNumber is not null && await session.ListAsync<Case>(new AggregateFilter { Reference = caseNumber, Take = 1 }, ct) is [var one] ? one : throw NothingWaits(number, step);

    /// <summary>Open steps of these kinds in a case.</summary>
    public static ValueTask<IReadOnlyList<WorkTask>> OpenAsync(ISupervisionSession session, string caseId, IReadOnlyList<string> kinds, CancellationToken ct) =>
        session.ListAsync<WorkTask>(new AggregateFilter { CaseId = caseId, Kinds = kinds, States = [nameof(TaskState.Open)] }, ct);

    /// <summary>The columns that name the target.</summary>
    public static Dictionary<string, string> Target(Case one, string number) => new(StringComparer.Ordinal)
    {
        ["number"] = number, ["targetName"] = one.Target.Name, ["creditCode"] = one.Target.CreditCode ?? "", ["address"] = one.Target.Address, ["area"] = one.Target.Area ?? one.Area ?? "",
    };

    /// <summary>A date as it stands in a sheet.</summary>
    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A time as it stands in a sheet: that of Beijing.</summary>
    public static string Time(DateTimeOffset? at) => at?.ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A command as data of a step.</summary>
    public static JsonNode? Node<T>(T command) => JsonSerializer.SerializeToNode(command, SupervisionJson.Options);

    /// <summary>
    /// An officer who signed in another system. The id is that of the roster, so that nobody reviews or decides here what he signed there.
    /// </summary>
    public static Actor Officer(string id, string name, string department, string? area) =>
        new() { Id = id, Name = name, Roles = [Role.Inspector], Department = department, Area = area, OfficerId = id };

    /// <summary>How a home was entered, as a sheet says it; null where it says nothing.</summary>
    /// <param name="record">The lines of a number.</param>
    /// <param name="at">When somebody consented, UTC: sheets tell the time of the arrival alone.</param>
    public static HomeEntry? HomeEntry(ExchangeRecord record, DateTimeOffset at)
    {
        string? Text(string field) => record.With(field).Text(field);
        var (person, ground, left) = (Text("consentPerson"), Text("entryGround"), Text("noticeLeft"));
        return (person ?? ground ?? left) is null
            ? null
            : new HomeEntry(person is null ? null : new EntryConsent(person, Text("consentCapacity") ?? "", at), ground, left is "是");
    }

    /// <summary>The refusal of what no step waits for.</summary>
    public static RuleViolationException NothingWaits(string number, string step) =>
        Refusal.Conflict("nothing-waits", "number", $"编号“{number}”没有等待“{step}”的步骤：可能已经办结、撤回，或者还没有到这一步。");
}
