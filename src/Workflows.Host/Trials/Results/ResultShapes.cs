namespace Workflows.Host.Trials.Results;

/// <summary>A step of the timeline of a trial.</summary>
/// <param name="Seq">Position, from 1, without gaps.</param>
/// <param name="At">When, virtual time, UTC.</param>
/// <param name="Case">Number of the case, or title of the plan; null for what belongs to neither.</param>
/// <param name="Instance">Workflow instance, or null.</param>
/// <param name="Definition">Logical id of its definition, or null.</param>
/// <param name="ActivityId">Activity of the diagram, or null.</param>
/// <param name="Port">Port or ports by which it was left, joined by 、, or null.</param>
/// <param name="Actor">Id of the simulated person, <c>party:…</c> or <c>clock</c>.</param>
/// <param name="Role">Role of the actor, or null.</param>
/// <param name="Department">Department of the actor, or null.</param>
/// <param name="Kind"><c>waiting</c>, <c>completed</c>, <c>cancelled</c> or <c>faulted</c> for a step; else what the audit trail calls it, such as <c>document.issued</c>.</param>
internal sealed record TimelineStep(
    int Seq, DateTimeOffset At, string? Case, string? Instance, string? Definition, string? ActivityId, string? Port, string Actor, string? Role, string? Department, string Kind);

/// <summary>A case of a trial.</summary>
/// <param name="Number">Number.</param>
/// <param name="Instance">Workflow instance.</param>
/// <param name="Definition">Logical id of its definition.</param>
/// <param name="Target">Label of the target.</param>
/// <param name="Story">What was going to happen in it, by name.</param>
/// <param name="State">Open, AwaitingFiling or Closed.</param>
/// <param name="Stage">Stage as people read it.</param>
/// <param name="Outcome">Outcome of the check, or null.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="ClosedAt">When it was closed, UTC, or null.</param>
/// <param name="Incidents">Incidents of its instance.</param>
/// <param name="RealCase">Id of the real case from which it was made, or null.</param>
internal sealed record TrialCase(
    string Number, string Instance, string? Definition, string? Target, string? Story, string State, string Stage, string? Outcome,
    DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, int Incidents, string? RealCase);

/// <summary>A document that the trial issued.</summary>
internal sealed record TrialDocument(
    string Id, string Number, string Form, string Title, string Organ, DateOnly IssuedOn, DateTimeOffset IssuedAt, string? Case, string? Department, string? ActivityId, int Length);

/// <summary>The day on which a unit had most to do.</summary>
/// <param name="Date">The day, Asia/Shanghai.</param>
/// <param name="Tasks">Steps that came up on it.</param>
/// <param name="Notices">Messages on it.</param>
internal sealed record BusyDay(DateOnly Date, int Tasks, int Notices);

/// <summary>Steps of a kind.</summary>
internal sealed record KindCount(string Kind, string Title, int Count);

/// <summary>Whom the draft bothers: one role of one department.</summary>
/// <param name="Department">Department, or null for the parties.</param>
/// <param name="Role">Role; null for the department as a whole.</param>
/// <param name="Tasks">Steps that came up for it.</param>
/// <param name="Done">Steps that it did.</param>
/// <param name="Late">Steps that it did late, or that were late and open at the end.</param>
/// <param name="Notices">Messages to it.</param>
/// <param name="BusiestDay">Its busiest day, or null.</param>
/// <param name="Kinds">Its steps by kind, most first.</param>
internal sealed record TrialWorkload(string? Department, string? Role, int Tasks, int Done, int Late, int Notices, BusyDay? BusiestDay, IReadOnlyList<KindCount> Kinds);

/// <summary>A time limit, a rung of a ladder or the due date of a step, and how it was kept.</summary>
/// <param name="Kind"><c>limit</c> (step of the diagram), <c>rung</c> (of a ladder) or <c>task</c> (due date of a human step).</param>
/// <param name="Definition">Logical id of the definition, or null.</param>
/// <param name="ActivityId">Activity of the diagram.</param>
/// <param name="Name">Rule of the limit, rung, or title of the step.</param>
/// <param name="Case">Case or plan.</param>
/// <param name="HeldBy">Who is held: <c>department:CUL</c>, <c>party:…</c>, <c>role:…</c>.</param>
/// <param name="StartedAt">From when it ran, UTC.</param>
/// <param name="LastDay">Last day, Asia/Shanghai; null for a limit in hours or minutes.</param>
/// <param name="Due">First instant at which it has passed, UTC.</param>
/// <param name="Actual">When what it bounds was done, or the rung acted, UTC; null when it was not within the trial.</param>
/// <param name="Broken">Whether it passed before that.</param>
internal sealed record TrialLimit(
    string Kind, string? Definition, string ActivityId, string Name, string? Case, string? HeldBy, DateTimeOffset StartedAt, DateOnly? LastDay, DateTimeOffset Due, DateTimeOffset? Actual, bool Broken);

/// <summary>How often a limit was met, and by whom it was broken.</summary>
internal sealed record LimitTotal(string Kind, string? Definition, string ActivityId, string Name, string? HeldBy, int Count, int Broken);

/// <summary>How often an activity was entered, or left by a port.</summary>
/// <param name="Definition">Logical id of the definition.</param>
/// <param name="ActivityId">Activity.</param>
/// <param name="ActivityName">Its name, or null.</param>
/// <param name="ActivityType">Its type.</param>
/// <param name="Port">Port; null for the activity itself.</param>
/// <param name="Connected">Whether a connection starts from the port; true for the activity itself.</param>
/// <param name="Count">How often.</param>
/// <param name="NeverTaken">Whether it is a part of the diagram that the trial never came to: connected and never taken.</param>
internal sealed record TrialBranch(string Definition, string ActivityId, string? ActivityName, string ActivityType, string? Port, bool Connected, int Count, bool NeverTaken);

/// <summary>Something that an analyst has to look at.</summary>
/// <param name="Kind"><c>incident</c>, <c>refused</c> (the rules refused what people handed in), <c>nobody</c> (nobody can do the step), <c>unknown-step</c> (a kind of step that people of a trial do not know), <c>dead-letter</c>, <c>open-wait</c> (waits at the end), <c>validation</c> (keeps the diagram from being published) or <c>assumption</c> (what history does not tell).</param>
/// <param name="Definition">Logical id of the definition, or null.</param>
/// <param name="ActivityId">Activity, or null.</param>
/// <param name="Case">Case or plan, or null.</param>
/// <param name="Step">Kind of human step, or what is waited for.</param>
/// <param name="Owner">Who has to act, or null.</param>
/// <param name="Due">Due time, UTC, or null.</param>
/// <param name="At">When it came up, UTC.</param>
/// <param name="Code">Code of the refusal, or null.</param>
/// <param name="Message">What happened, in Chinese.</param>
internal sealed record TrialProblem(
    string Kind, string? Definition, string? ActivityId, string? Case, string? Step, string? Owner, DateTimeOffset? Due, DateTimeOffset At, string? Code, string Message);

/// <summary>What a simulated trial came to, in numbers.</summary>
internal sealed record TrialSummary(
    int Plans, int Cases, int Closed, int Answers, int TimelineSteps, int Documents, int LimitsBroken, int BranchesNeverTaken, int Incidents, int Refused, int Problems,
    IReadOnlyDictionary<string, int> Outcomes, IReadOnlyDictionary<string, int> DocumentForms);
