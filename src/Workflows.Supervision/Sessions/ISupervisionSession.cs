using Workflows.Supervision.Time;

namespace Workflows.Supervision.Sessions;

/// <summary>
/// The only door through which a stimulus reads and changes the domain. Reads see the changes recorded before them;
/// nothing is written until the batch commits, and the changes of one activity execution can be dropped alone.
/// </summary>
public interface ISupervisionSession
{
    /// <summary>Time of the stimulus, UTC.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The calendar of working days in force at the stimulus.</summary>
    WorkCalendar Calendar { get; }

    /// <summary>Who caused the stimulus.</summary>
    Actor Actor { get; }

    /// <summary>Id of the activity that is executing, so that whatever it leaves behind names its cause; null outside a workflow.</summary>
    string? ActivityId { get; }

    /// <summary>The next identifier, derived from the stimulus.</summary>
    string NewId();

    /// <summary>The aggregate with this id, or null.</summary>
    ValueTask<T?> FindAsync<T>(string id, CancellationToken cancellationToken = default)
        where T : class, IAggregate;

    /// <summary>All aggregates that match, in order of creation.</summary>
    ValueTask<IReadOnlyList<T>> ListAsync<T>(AggregateFilter filter, CancellationToken cancellationToken = default)
        where T : class, IAggregate;

    /// <summary>Records a new or changed aggregate.</summary>
    void Save<T>(T aggregate)
        where T : class, IAggregate;

    /// <summary>
    /// Takes the next number of a series, from 1, without gaps: the number counts only if the stimulus commits.
    /// </summary>
    ValueTask<int> TakeNumberAsync(NumberSeries series, CancellationToken cancellationToken = default);

    /// <summary>Appends a fact to the audit chain of its case key.</summary>
    void Audit(AuditFact fact);

    /// <summary>Hands a message to the outbox: delivered at least once, after the commit.</summary>
    void Send(OutboxMessage message);

    /// <summary>Signals a running workflow, or starts one, after this stimulus (a mailbox row of the same commit).</summary>
    void Signal(WorkflowSignal signal);

    /// <summary>
    /// Comes back to the domain at a time (a letter of the same commit that is not ready before): the limit of a wait that no workflow keeps. It is not
    /// taken back when the wait ends early; whoever is woken looks whether the wait still stands.
    /// </summary>
    void Wake(DomainWake wake);

    /// <summary>Starts a workflow after this stimulus (a letter of the same commit). A second start with the same instance id does nothing.</summary>
    void Start(DomainStart start);

    /// <summary>
    /// Publishes an event (Elsa's Event activity) after this stimulus: it resumes whoever waits for it and starts the published definitions that it triggers.
    /// Where nobody waits it is forgotten.
    /// </summary>
    void Publish(DomainEvent published);

    /// <summary>
    /// Ends a workflow with all that it has started, after this stimulus (a mailbox row of the same commit), because what it carried through has ended
    /// otherwise. One that has not begun never begins; one that has ended stays as it is.
    /// </summary>
    /// <param name="rootInstanceId">Root instance of a family.</param>
    /// <param name="reason">Why, as it stands in the journal.</param>
    void EndWorkflow(string rootInstanceId, string reason);
}

/// <summary>A series of document numbers: one for each organ, form and year; towns have their own.</summary>
/// <param name="Organ">Short name of the organ as it stands in the number, such as <c>甬海曙文广旅</c>.</param>
/// <param name="Form">Form code, such as <c>责改</c>.</param>
/// <param name="Year">Year of issue.</param>
public sealed record NumberSeries(string Organ, string Form, int Year);

/// <summary>A fact for the audit trail. Its text names people by id only.</summary>
/// <param name="CaseKey">The chain it belongs to.</param>
/// <param name="Kind">What happened, such as <c>document.issued</c>.</param>
/// <param name="Data">Identifiers and outcomes that describe it, in a fixed order of names.</param>
public sealed record AuditFact(string CaseKey, string Kind, IReadOnlyDictionary<string, string?> Data);

/// <summary>A message to the outside: to a person, a unit or another system.</summary>
/// <param name="Channel"><c>notice</c> for people, <c>webhook</c> for systems.</param>
/// <param name="Recipient">A user, an officer or <c>department:FIR</c>, <c>party:…</c>.</param>
/// <param name="Kind">Kind of message, such as <c>提醒</c>.</param>
/// <param name="Text">What the receiver reads: number, due date and link, never names or facts (practice.md 14).</param>
/// <param name="CaseId">Case it speaks of, or null.</param>
/// <param name="ActivityId">Activity that caused it, or null.</param>
public sealed record OutboxMessage(string Channel, string Recipient, string Kind, string Text, string? CaseId, string? ActivityId)
{
    /// <summary>What the message is about, by which its texts are rendered; null where it is about no matter.</summary>
    public OutboxSubject? Subject { get; init; }

    /// <summary>Not to be delivered before, UTC; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}

/// <summary>What a message is about. Texts for the outside are rendered from number, due date and link and from nothing else (practice.md 14).</summary>
/// <param name="Number">Number of the matter or document, or null.</param>
/// <param name="Due">Last day (Asia/Shanghai), or null.</param>
/// <param name="Link">Path on this service, or null.</param>
/// <param name="Area">Code of the district or town in which it lies, or null; bounds who is told.</param>
public sealed record OutboxSubject(string? Number, DateOnly? Due, string? Link, string? Area);

/// <summary>A signal from the domain to workflows.</summary>
/// <param name="CaseKey">The family of instances it is for.</param>
/// <param name="Name">Name of the stimulus.</param>
/// <param name="Payload">What is hashed with the name, as JSON text.</param>
/// <param name="Input">What the resumed activity receives, as JSON text of an object.</param>
public sealed record WorkflowSignal(string CaseKey, string Name, string Payload, string Input);

/// <summary>A time at which the domain wants to be asked again.</summary>
/// <param name="CaseKey">Family under whose lock it is asked.</param>
/// <param name="Kind">Whom to ask, see <see cref="IWakeHandler.Kind"/>.</param>
/// <param name="Id">Identifier of the record that waits.</param>
/// <param name="Wait">Which of its waits; a wait that begins anew has another name.</param>
/// <param name="At">When, UTC.</param>
public sealed record DomainWake(string CaseKey, string Kind, string Id, string Wait, DateTimeOffset At);

/// <summary>Is asked when a time has come that was set with <see cref="ISupervisionSession.Wake"/>.</summary>
public interface IWakeHandler
{
    /// <summary>Kind of the wakes that it answers.</summary>
    string Kind { get; }

    /// <summary>Does what the passing of the time brings about; nothing where the wait has ended. It may come more than once.</summary>
    ValueTask WokenAsync(DomainWake wake, CancellationToken cancellationToken = default);
}

/// <summary>A workflow to be started by the domain.</summary>
/// <param name="DefinitionVersionId">Version of the definition.</param>
/// <param name="InstanceId">Id of the new instance.</param>
/// <param name="CaseKey">Family that it joins or founds.</param>
/// <param name="CorrelationId">The record that it carries through.</param>
/// <param name="Name">Name of the instance; shows no words of people.</param>
/// <param name="Input">Workflow inputs, as JSON text of an object: ids and codes only.</param>
public sealed record DomainStart(string DefinitionVersionId, string InstanceId, string CaseKey, string CorrelationId, string Name, string Input);

/// <summary>An event for the workflows of whoever wants to hear it.</summary>
/// <param name="CaseKey">Family under whose lock its letter waits.</param>
/// <param name="Name">Name of the event, such as <c>Lead.RS-04</c>.</param>
/// <param name="CorrelationId">The record that it is about; becomes the correlation of an instance that it starts.</param>
/// <param name="Payload">Ids and codes, as JSON text of an object.</param>
public sealed record DomainEvent(string CaseKey, string Name, string CorrelationId, string Payload);
