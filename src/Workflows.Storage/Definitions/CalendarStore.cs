using System.Security.Cryptography;
using System.Text;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Sessions;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Storage.Definitions;

/// <summary>Takes calendar files over: holidays and make-up workdays of a year, statutory days, local overlays.</summary>
public sealed class CalendarStore
{
    private readonly IStimulusGate _gate;

    internal CalendarStore(IStimulusGate gate) => _gate = gate;

    /// <summary>Adds a file of the form of <c>calendars/china.json</c>; the next stimulus counts with it. The same file twice is one.</summary>
    /// <param name="json">The file.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who loads it.</param>
    /// <param name="idempotency">Key for replay, or null.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The published years after loading.</returns>
    /// <exception cref="Supervision.DomainRuleException">The file cannot be read (<c>calendar-file-invalid</c>); nothing has changed.</exception>
    public async ValueTask<IReadOnlyList<PublishedYear>> LoadAsync(
        string json, string key, Actor actor, IdempotencyKey? idempotency = null, CancellationToken cancellationToken = default) =>
        await _gate.CommandAsync(key, "calendar", actor, (session, _) =>
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
            WorkCalendar calendar = session.Calendar.Load(stream, ShanghaiTime.DateOf(session.Now));
            string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
            ((IRowSession)session).Put(id, new CalendarRow { Id = id, LoadedAt = session.Now, Body = json });
            session.Audit(new AuditFact("calendar", "calendar.loaded", new Dictionary<string, string?>(StringComparer.Ordinal) { ["sha256"] = id, ["version"] = calendar.Version }));
            return ValueTask.FromResult(calendar.PublishedYears);
        }, idempotency, cancellationToken);
}
