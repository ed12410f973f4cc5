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
/// <param name="ById">Id of whoever entered it.</param>
/// <param name="By">Name of whoever entered it.</param>
public sealed record PlannedEdit(string Key, DateOnly From, IReadOnlyDictionary<string, JsonElement> Fields, string Reason, string ById, string By);

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

    // The trail names people by id alone: of these fields it says that they changed, and not what they say of a person.
    private static readonly HashSet<string> s_personal = new(StringComparer.Ordinal) { "name", "address", "phone", "representative", "leaves" };

    private static readonly Roster<TargetRecord, RosterTarget> s_targets = new(
        "检查对象", record => record.Target, (record, row) => record with { Target = row }, row => row.Planned, (row, planned) => row with { Planned = planned });

    private static readonly Roster<OfficerRecord, RosterOfficer> s_officers = new(
        "执法人员", record => record.Officer, (record, row) => record with { Officer = row }, row => row.Planned, (row, planned) => row with { Planned = planned });

    /// <inheritdoc/>
    public string Kind => "roster.edit";

    /// <summary>Edits a target.</summary>
    /// <param name="id">The target.</param>
    /// <param name="edit">The row as it is to be.</param>
    /// <param name="from">First day on which it holds; null or today for at once.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="RuleViolationException"><c>not-found</c>, <c>field-missing</c>, <c>effective-date</c>, <c>nothing-changes</c>, <c>too-many-planned</c>.</exception>
    public ValueTask<RosterTarget> EditTargetAsync(string id, Func<RosterTarget, RosterTarget> edit, DateOnly? from, string reason, CancellationToken cancellationToken = default) =>
        EditAsync(s_targets, id, edit, from, reason, cancellationToken);

    /// <summary>Edits an officer, as <see cref="EditTargetAsync"/> a target.</summary>
    /// <exception cref="RuleViolationException">As for targets.</exception>
    public ValueTask<RosterOfficer> EditOfficerAsync(string id, Func<RosterOfficer, RosterOfficer> edit, DateOnly? from, string reason, CancellationToken cancellationToken = default) =>
        EditAsync(s_officers, id, edit, from, reason, cancellationToken);

    /// <summary>Takes back a change of a target that has not taken effect.</summary>
    /// <exception cref="RuleViolationException"><c>not-found</c>, <c>field-missing</c>.</exception>
    public ValueTask<RosterTarget> WithdrawTargetAsync(string id, string key, string reason, CancellationToken cancellationToken = default) =>
        WithdrawAsync(s_targets, id, key, reason, cancellationToken);

    /// <summary>Takes back a change of an officer that has not taken effect.</summary>
    /// <exception cref="RuleViolationException"><c>not-found</c>, <c>field-missing</c>.</exception>
    public ValueTask<RosterOfficer> WithdrawOfficerAsync(string id, string key, string reason, CancellationToken cancellationToken = default) =>
        WithdrawAsync(s_officers, id, key, reason, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask WokenAsync(DomainWake wake, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wake);
        if (!await TakeEffectAsync(s_targets, wake, cancellationToken))
        {
            await TakeEffectAsync(s_officers, wake, cancellationToken);
        }
    }

    private async ValueTask<TRow> EditAsync<TRecord, TRow>(Roster<TRecord, TRow> roster, string id, Func<TRow, TRow> edit, DateOnly? from, string reason, CancellationToken cancellationToken)
        where TRecord : SupervisionRecord
    {
        var record = await GetAsync(roster, id, cancellationToken);
        var before = roster.Row(record);
        var after = edit(before);
        var (why, fields, today) = (Refusal.Text(reason, "reason", "修改理由"), Differences(before, after), session.Today());
        if (from is null || from == today)
        {
            Note(record, "roster.edited", why, fields);
            return Save(roster, record, after);
        }

        var planned = roster.Planned(before);
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

        var change = new PlannedEdit(session.NewId(), from.Value, fields, why, session.Actor.Id, session.Actor.Name);
        Note(record, "roster.edit-planned", why, fields, ("from", from.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        session.Wake(new DomainWake("roster", Kind, id, change.Key, ShanghaiTime.StartOf(from.Value)));
        return Save(roster, record, roster.With(before, [.. planned.Add(change).OrderBy(one => one.From)]));
    }

    private async ValueTask<TRow> WithdrawAsync<TRecord, TRow>(Roster<TRecord, TRow> roster, string id, string key, string reason, CancellationToken cancellationToken)
        where TRecord : SupervisionRecord
    {
        var record = await GetAsync(roster, id, cancellationToken);
        var row = roster.Row(record);
        var change = Find(roster.Planned(row), key) ?? throw Refusal.NotFound("not-found", "key", "没有此项待生效的修改：可能已经生效或者撤回，请刷新。");
        Note(record, "roster.edit-withdrawn", Refusal.Text(reason, "reason", "撤回理由"), change.Fields);
        return Save(roster, record, roster.With(row, roster.Planned(row).Remove(change)));
    }

    // False where the roster has no such row; a change that was taken back meanwhile does nothing.
    private async ValueTask<bool> TakeEffectAsync<TRecord, TRow>(Roster<TRecord, TRow> roster, DomainWake wake, CancellationToken cancellationToken)
        where TRecord : SupervisionRecord
    {
        if (await session.FindAsync<TRecord>(wake.Id, cancellationToken) is not { } record)
        {
            return false;
        }

        var row = roster.Row(record);
        if (Find(roster.Planned(row), wake.Wait) is { } change)
        {
            Note(record, "roster.edited", change.Reason, change.Fields, ("by", change.ById));
            Save(roster, record, roster.With(With(row, change.Fields), roster.Planned(row).Remove(change)));
        }

        return true;
    }

    private TRow Save<TRecord, TRow>(Roster<TRecord, TRow> roster, TRecord record, TRow row)
        where TRecord : SupervisionRecord
    {
        SupervisionRecord changed = roster.Of(record, row);
        session.Save((TRecord)(changed with { Changed = session.Cause() }));
        return row;
    }

    private async ValueTask<TRecord> GetAsync<TRecord, TRow>(Roster<TRecord, TRow> roster, string id, CancellationToken cancellationToken)
        where TRecord : SupervisionRecord =>
        await session.FindAsync<TRecord>(id, cancellationToken) is { } known && (session.Actor.Area is not { } own || known.Area?.StartsWith(own, StringComparison.Ordinal) == true)
            ? known
            : throw Refusal.NotFound("not-found", "id", $"名录中没有此{roster.Title}：请刷新后再选。");

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

    /// <summary>How the rows of a roster lie in its records.</summary>
    private sealed record Roster<TRecord, TRow>(
        string Title, Func<TRecord, TRow> Row, Func<TRecord, TRow, TRecord> Of, Func<TRow, ImmutableArray<PlannedEdit>> Planned, Func<TRow, ImmutableArray<PlannedEdit>, TRow> With);
}
