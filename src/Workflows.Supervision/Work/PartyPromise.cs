using Workflows.Supervision.Documents;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Work;

/// <summary>守法承诺: what a party has promised, word for word as it was put before it.</summary>
/// <param name="Signer">Who signed for the party.</param>
/// <param name="Capacity">In what capacity, such as 项目负责人.</param>
/// <param name="Texts">What was promised.</param>
/// <param name="Items">Items of the checklist that it covers; empty for all.</param>
/// <param name="GivenOn">Day of signature.</param>
/// <param name="ValidTo">Last day on which it holds.</param>
public sealed record PartyPromise(string Signer, string Capacity, IReadOnlyList<string> Texts, IReadOnlyList<string> Items, DateOnly GivenOn, DateOnly ValidTo);

/// <summary>A promise as it is signed.</summary>
/// <param name="CaseId">The case in which it is kept.</param>
/// <param name="Signer">Who signs for the party.</param>
/// <param name="Capacity">In what capacity.</param>
/// <param name="EvidenceIds">Picture of the handwriting or of the signed paper; needed where an officer keys it in.</param>
public sealed record GivePromise(string CaseId, string? Signer = null, string? Capacity = null, IReadOnlyList<string>? EvidenceIds = null);

/// <summary>
/// 守法承诺书 (红花 工地管理: 告知书和承诺书 in front of the visit): the scenario says what is promised, for which items and for how long; the party signs on its page or before the officers,
/// the letter is issued and kept in the case file, and whether it was kept or broken weighs in the next draw (<see cref="WeightFactor.Promise"/>).
/// </summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="issuing">Issues the letter.</param>
public sealed class PromiseService(ISupervisionSession session, IScenarioCatalogue scenarios, DocumentIssuing issuing)
{
    /// <summary>Subject of the statements that are promises.</summary>
    public const string Subject = "promise";

    /// <summary>Key of the letter in the catalogue of forms.</summary>
    public const string Form = "promise-letter";

    /// <summary>Takes a promise and issues its letter.</summary>
    /// <exception cref="RuleViolationException"><c>not-own-case</c> (404), <c>promise-not-asked</c>, <c>promise-standing</c> (409), <c>field-missing</c>, <c>evidence-missing</c>.</exception>
    public async ValueTask<PartyStatement> GiveAsync(GivePromise command, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(command.CaseId, "caseId", "案件", cancellationToken);
        var isParty = session.Actor.Is(Role.Party);
        if (isParty)
        {
            Deciders.RequireParty(session.Actor, one.TargetId!);
        }

        var rules = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Promise
            ?? throw Refusal.Conflict("promise-not-asked", "caseId", "本场景没有设置守法承诺的内容（scenario.json 的 promise），不能签署承诺书。");
        var today = session.Today();
        if (await StandingAsync(session, one.TargetId!, rules, today, cancellationToken) is { } standing)
        {
            throw Refusal.Conflict("promise-standing", "caseId", $"该对象已于{ChineseDate.Of(standing.Promise!.GivenOn)}签署承诺书，有效期至{ChineseDate.Of(standing.Promise.ValidTo)}，不必重复签署。");
        }

        if (!isParty && command.EvidenceIds is not { Count: > 0 })
        {
            throw Refusal.Invalid("evidence-missing", "data.evidenceIds", "由执法人员登记的承诺，请上传当事人签名或者已签承诺书的照片。");
        }

        var statement = session.Add(
            new PartyStatement
            {
                Id = session.NewId(), CaseKey = one.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Created = session.Cause(), Department = one.LeadDepartment,
                Subject = Subject, Text = string.Join('；', rules.Texts), EvidenceIds = command.EvidenceIds ?? [], SubmittedAt = session.Now,
                Promise = new PartyPromise(
                    Refusal.Text(command.Signer, "data.signer", "承诺人"), Refusal.Text(command.Capacity, "data.capacity", "承诺人职务"), rules.Texts, rules.Items, today,
                    LegalDeadline.Compute(today, rules.Term, session.Calendar).Raw),
            },
            "promise.given");
        await issuing.IssueAsync(new IssueDocument(Form, statement.Id), cancellationToken);
        return statement;
    }

    /// <summary>The promise of a target that still holds and covers what the scenario asks for now, or null.</summary>
    /// <param name="session">The session.</param>
    /// <param name="targetId">The target.</param>
    /// <param name="rules">What the scenario asks for.</param>
    /// <param name="today">Today.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async ValueTask<PartyStatement?> StandingAsync(
        ISupervisionSession session, string targetId, PromiseRules rules, DateOnly today, CancellationToken cancellationToken = default) =>
        (await session.ListAsync<PartyStatement>(new AggregateFilter { TargetId = targetId }, cancellationToken))
            .LastOrDefault(s => s.Promise is { } promise && promise.ValidTo >= today && promise.Texts.SequenceEqual(rules.Texts, StringComparer.Ordinal));

    /// <summary>How a target stands to its promises: kept while one holds and nothing broke it; broken by a finding on an item that it covers, within its time and after it was given.</summary>
    /// <param name="statements">Statements of the target.</param>
    /// <param name="findings">Findings at the target that count.</param>
    /// <param name="today">Today.</param>
    /// <returns>Null where it never promised, or its promise ran out unbroken.</returns>
    public static PromiseStanding? StandingOf(IEnumerable<PartyStatement> statements, IReadOnlyList<Finding> findings, DateOnly today)
    {
        var promises = statements.Where(s => s.Promise is not null).ToList();
        return promises.Any(s => findings.Any(f => Breaks(f, s))) ? PromiseStanding.Broken
            : promises.Any(s => s.Promise!.ValidTo >= today) ? PromiseStanding.Kept
            : null;
    }

    private static bool Breaks(Finding finding, PartyStatement statement) =>
        finding is { Sealed: false, Disposition: not Disposition.Refuted } && finding.Created.At > statement.SubmittedAt && ShanghaiTime.DateOf(finding.Created.At) <= statement.Promise!.ValidTo
        && (statement.Promise.Items.Count == 0 || statement.Promise.Items.Contains(finding.ItemCode, StringComparer.Ordinal));
}
