using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Rosters;

/// <summary>A change of a row of a roster that takes effect on a day to come.</summary>
/// <param name="Key">Key of the change within its row.</param>
/// <param name="From">First day on which it holds (Asia/Shanghai).</param>
/// <param name="Fields">The fields that change, with what they will be; what is not named stays as it then is.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Name of whoever entered it.</param>
public sealed record PlannedEdit(string Key, DateOnly From, IReadOnlyDictionary<string, JsonElement> Fields, string Reason, string By);

/// <summary>
/// Edits one row of a roster, at once or from a day to come. Only the fields that differ are changed, so that what others change meanwhile stays; the audit trail names each of them.
/// Plans whose rosters are frozen keep theirs.
/// </summary>
/// <param name="session">The session.</param>
public sealed class RosterEdits(ISupervisionSession session) : IWakeHandler
{
    /// <summary>Days ahead that an edit may take effect.</summary>
    public const int LongestAhead = 366;

    /// <summary>Most edits of one row that wait.</summary>
    public const int MostPlanned = 10;

    // Whoever reads the trail learns that these have changed, and not what they say of a person.
    private static readonly HashSet<string> s_personal = new(StringComparer.Ordinal) { "phone", "representative", "leaves" };

    /// <inheritdoc/>
    public string Kind => "roster.edit";

    /// <summary>Edits a target.</summary>
    /// <param name="id">The target.</param>
    /// <param name="edit">The row as it is to be.</param>
    /// <param name="from">First day on which it holds; null or today for at once.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="RuleViolationException"><c>not-found</c>, <c>field-missing</c>, <c>effective-date</c>, <c>nothing-changes</c>, <c>too-many-planned</c>.</exception>
    public async ValueTask<RosterTarget> EditTargetAsync(string id, Func<RosterTarget, RosterTarget> edit, DateOnly? from, string reason, CancellationToken cancellationToken = default)
    {
        var known = await GetAsync<TargetRecord>(id, "检查对象", cancellationToken);
        var (target, planned) = Edited(known, known.Target, edit(known.Target), known.Target.Planned, from, reason);
        session.Save(known with { Target = target with { Planned = planned }, Changed = session.Cause() });
        return target with { Planned = planned };
    }

    /// <summary>Edits an officer.</summary>
    /// <param name="id">The officer.</param>
    /// <param name="edit">The row as it is to be.</param>
    /// <param name="from">First day on which it holds; null or today for at once.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="RuleViolationException">As for targets.</exception>
    public async ValueTask<RosterOfficer> EditOfficerAsync(string id, Func<RosterOfficer, RosterOfficer> edit, DateOnly? from, string reason, CancellationToken cancellationToken = default)
    {
        var known = await GetAsync<OfficerRecord>(id, "执法人员", cancellationToken);
        var (officer, planned) = Edited(known, known.Officer, edit(known.Officer), known.Officer.Planned, from, reason);
        session.Save(known with { Officer = officer with { Planned = planned }, Changed = session.Cause() });
        return officer with { Planned = planned };
    }

    /// <summary>Takes back a change of a target that has not taken effect.</summary>
    /// <exception cref="RuleViolationException"><c>not-found</c>, <c>field-missing</c>.</exception>
    public async ValueTask<RosterTarget> WithdrawTargetAsync(string id, string key, string reason, CancellationToken cancellationToken = default)
    {
        var known = await GetAsync<TargetRecord>(id, "检查对象", cancellationToken);
        var target = known.Target with { Planned = Without(known, known.Target.Planned, key, reason) };
        session.Save(known with { Target = target, Changed = session.Cause() });
        return target;
    }

    /// <summary>Takes back a change of an officer that has not taken effect.</summary>
    /// <exception cref="RuleViolationException"><c>not-found</c>, <c>field-missing</c>.</exception>
    public async ValueTask<RosterOfficer> WithdrawOfficerAsync(string id, string key, string reason, CancellationToken cancellationToken = default)
    {
        var known = await GetAsync<OfficerRecord>(id, "执法人员", cancellationToken);
        var officer = known.Officer with { Planned = Without(known, known.Officer.Planned, key, reason) };
        session.Save(known with { Officer = officer, Changed = session.Cause() });
        return officer;
    }

    /// <inheritdoc/>
    public async ValueTask WokenAsync(DomainWake wake, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wake);
        if (await session.FindAsync<TargetRecord>(wake.Id, cancellationToken) is { } target && Find(target.Target.Planned, wake.Wait) is { } change)
        {
            Note(target, "roster.edited", change.Reason, change.Fields, ("by", change.By));
            session.Save(target with { Target = With(target.Target, change.Fields) with { Planned = target.Target.Planned.Remove(change) }, Changed = session.Cause() });
        }
        else if (await session.FindAsync<OfficerRecord>(wake.Id, cancellationToken) is { } officer && Find(officer.Officer.Planned, wake.Wait) is { } other)
        {
            Note(officer, "roster.edited", other.Reason, other.Fields, ("by", other.By));
            session.Save(officer with { Officer = With(officer.Officer, other.Fields) with { Planned = officer.Officer.Planned.Remove(other) }, Changed = session.Cause() });
        }
    }

    private (T Entry, ImmutableArray<PlannedEdit> Planned) Edited<T>(
        SupervisionRecord record, T before, T after, ImmutableArray<PlannedEdit> planned, DateOnly? from, string reason)
        where T : notnull
    {
        var why = Refusal.Text(reason, "reason", "修改理由");
        var fields = Differences(before, after);
        var today = session.Today();
        if (from is null || from == today)
        {
            Note(record, "roster.edited", why, fields);
            return (after, planned);
        }

        if (from < today || from > today.AddDays(LongestAhead))
        {
            throw Refusal.Invalid("effective-date", "effectiveFrom", "生效日期应在今日至一年以内，请更正；不填的立即生效。");
        }

        if (planned.Length >= MostPlanned)
        {
            throw Refusal.Conflict("too-many-planned", "effectiveFrom", $"此条已有{MostPlanned}项待生效的修改：请先撤回不再需要的。");
        }

        if (fields.Count == 0)
        {
            throw Refusal.Invalid("nothing-changes", "effectiveFrom", "没有改动，不需要生效日期：请修改后再保存。");
        }

        var change = new PlannedEdit(session.NewId(), from.Value, fields, why, session.Actor.Name);
        Note(record, "roster.edit-planned", why, fields, ("from", from.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        session.Wake(new DomainWake("roster", Kind, record.Id, change.Key, ShanghaiTime.StartOf(from.Value)));
        return (before, [.. planned.Add(change).OrderBy(one => one.From)]);
    }

    private ImmutableArray<PlannedEdit> Without(SupervisionRecord record, ImmutableArray<PlannedEdit> planned, string key, string reason)
    {
        var change = Find(planned, key) ?? throw Refusal.NotFound("not-found", "key", "没有此项待生效的修改：可能已经生效或者撤回，请刷新。");
        Note(record, "roster.edit-withdrawn", Refusal.Text(reason, "reason", "撤回理由"), change.Fields);
        return planned.Remove(change);
    }

    private async ValueTask<T> GetAsync<T>(string id, string what, CancellationToken cancellationToken)
        where T : SupervisionRecord =>
        await session.FindAsync<T>(id, cancellationToken) is { } known && (session.Actor.Area is not { } own || known.Area?.StartsWith(own, StringComparison.Ordinal) == true)
            ? known
            : throw Refusal.NotFound("not-found", "id", $"名录中没有此{what}：请刷新后再选。");

    private void Note(SupervisionRecord record, string kind, string reason, IReadOnlyDictionary<string, JsonElement> fields, params (string Name, string Value)[] more)
    {
        var data = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["entry"] = record.Id,
            ["reason"] = reason,
            ["fields"] = string.Join("; ", fields.Select(field => s_personal.Contains(field.Key) ? field.Key : $"{field.Key}={field.Value.GetRawText()}")),
        };
        foreach (var (name, value) in more)
        {
            data[name] = value;
        }

        session.Audit(new AuditFact("roster", kind, data));
    }

    private static PlannedEdit? Find(ImmutableArray<PlannedEdit> planned, string key) => planned.FirstOrDefault(one => one.Key == key);

    // A field that goes is null here, since what is stored leaves it out.
    private static SortedDictionary<string, JsonElement> Differences<T>(T before, T after)
    {
        var (old, now) = (Node(before), Node(after));
        var fields = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in old.Select(field => field.Key).Union(now.Select(field => field.Key)).Where(name => !JsonNode.DeepEquals(old[name], now[name])))
        {
            fields[name] = JsonSerializer.SerializeToElement(now[name]);
        }

        return fields;
    }

    private static T With<T>(T entry, IReadOnlyDictionary<string, JsonElement> fields)
    {
        var node = Node(entry);
        foreach (var (name, value) in fields)
        {
            node.Remove(name);
            if (value.ValueKind != JsonValueKind.Null)
            {
                node[name] = JsonNode.Parse(value.GetRawText());
            }
        }

        return node.Deserialize<T>(SupervisionJson.Options)!;
    }

    private static JsonObject Node<T>(T entry) => JsonSerializer.SerializeToNode(entry, SupervisionJson.Options)!.AsObject();
}
