namespace Workflows.Supervision.Sessions;

/// <summary>How services read and change records: whatever is saved names its cause and leaves a fact in the audit trail.</summary>
internal static class Recording
{
    public static Cause Cause(this ISupervisionSession session) =>
        new(session.ActivityId, session.Actor.Id, session.Actor.Name, session.Now);

    public static DateOnly Today(this ISupervisionSession session) => Time.ShanghaiTime.DateOf(session.Now);

    /// <summary>The record, or a refusal that names the field and the kind of thing that is missing.</summary>
    public static async ValueTask<T> GetAsync<T>(this ISupervisionSession session, string id, string field, string what, CancellationToken ct)
        where T : class, IAggregate =>
        await session.FindAsync<T>(id, ct) ?? throw Refusal.NotFound($"{field}-not-found", field, $"{what}“{id}”不存在，请核对编号。");

    /// <summary>Saves a new record.</summary>
    public static T Add<T>(this ISupervisionSession session, T record, string kind, params (string Name, string? Value)[] data)
        where T : SupervisionRecord
    {
        session.Save(record);
        session.Note(record, kind, data);
        return record;
    }

    /// <summary>Saves a changed record with the cause of the change.</summary>
    public static T Update<T>(this ISupervisionSession session, T record, string kind, params (string Name, string? Value)[] data)
        where T : SupervisionRecord
    {
        SupervisionRecord plain = record;
        var changed = (T)(plain with { Changed = session.Cause() });
        session.Save(changed);
        session.Note(changed, kind, data);
        return changed;
    }

    private static void Note(this ISupervisionSession session, SupervisionRecord record, string kind, (string Name, string? Value)[] data)
    {
        var facts = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["id"] = record.Id,
            ["caseId"] = record.CaseId,
            ["activityId"] = session.ActivityId,
            ["actor"] = session.Actor.Id,
            ["state"] = record.Index.State,
        };
        foreach (var (name, value) in data)
        {
            facts[name] = value;
        }

        session.Audit(new AuditFact(record.CaseKey, kind, facts));
    }
}

/// <summary>Short forms of refusals.</summary>
internal static class Refusal
{
    public static RuleViolationException Invalid(string code, string field, string message) => new(RefusalKind.Invalid, code, field, message);

    public static RuleViolationException Forbidden(string code, string field, string message) => new(RefusalKind.Forbidden, code, field, message);

    public static RuleViolationException NotFound(string code, string field, string message) => new(RefusalKind.NotFound, code, field, message);

    public static RuleViolationException Conflict(string code, string field, string message) => new(RefusalKind.Conflict, code, field, message);

    /// <summary>Requires a text that a person must give; what nobody sees in it is not kept (<see cref="PlainText"/>).</summary>
    public static string Text(string? value, string field, string name) => value is null || PlainText.Of(value) is not { } text || string.IsNullOrWhiteSpace(text)
        ? throw Invalid("field-missing", field, $"缺少“{name}”，请填写。")
        : text.Length > 4000 ? throw Invalid("field-too-long", field, $"“{name}”超过4000字，请精简。") : text;
}
