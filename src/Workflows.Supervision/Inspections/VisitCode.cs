using System.Security.Cryptography;
using System.Text;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Inspections;

/// <summary>亮码检查: a code that the officers show at the door and the party scans. The code itself is handed over and never stored.</summary>
public sealed record VisitCode : SupervisionRecord
{
    /// <summary>Scans that are kept with their time; later ones are only counted.</summary>
    public const int MostKept = 50;

    /// <summary>The visit.</summary>
    public required string VisitId { get; init; }

    /// <summary>SHA-256 of the code, lower-case hex.</summary>
    public required string CodeSha256 { get; init; }

    /// <summary>When it was scanned, UTC, oldest first; at most <see cref="MostKept"/>.</summary>
    public IReadOnlyList<DateTimeOffset> Scans { get; init; } = [];

    /// <summary>When it was last scanned, UTC, also where that time is not kept in <see cref="Scans"/>; null until it is.</summary>
    public DateTimeOffset? LastScanAt { get; init; }

    /// <summary>How often it was scanned.</summary>
    public int ScanCount { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => ScanCount == 0 ? "Shown" : "Scanned";

    /// <inheritdoc/>
    protected override string? ReferenceKey => CodeSha256;
}

/// <summary>Codes of visits: made for the officers of a case, scanned by the party.</summary>
/// <param name="session">The session.</param>
public sealed class VisitCodes(ISupervisionSession session)
{
    /// <summary>Scans within this time are one.</summary>
    private static readonly TimeSpan OneScan = TimeSpan.FromMinutes(1);

    /// <summary>The hash under which a code is found.</summary>
    public static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    /// <summary>Makes the code of the last visit of a case.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="code">32 characters or more from the caller's random source.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>token-weak</c>, <c>visit-missing</c>, <c>other-department</c>.</exception>
    public async ValueTask<VisitCode> ShowAsync(string caseId, string code, CancellationToken cancellationToken = default)
    {
        if (code.Length < 32)
        {
            throw Refusal.Invalid("token-weak", "code", "检查码须不少于32个字符。");
        }

        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        if (one.Departments.All(d => d.Code != session.Actor.Department))
        {
            Deciders.RequireDepartment(session.Actor, one.LeadDepartment, "出示检查码");
        }

        if (await session.ListAsync<Visit>(new AggregateFilter { CaseId = caseId }, cancellationToken) is not [.., var visit])
        {
            throw Refusal.Conflict("visit-missing", "caseId", "本案还没有安排上门，组成检查组后才有检查码。");
        }

        return session.Add(
            new VisitCode
            {
                Id = session.NewId(), CaseKey = one.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Created = session.Cause(),
                VisitId = visit.Id,
                CodeSha256 = HashOf(code),
            },
            "visit-code.shown", ("visit", visit.Id));
    }

    /// <summary>Records that somebody at the place scanned the code.</summary>
    /// <exception cref="RuleViolationException"><c>code-not-found</c> (404).</exception>
    public async ValueTask<VisitCode> ScanAsync(string codeId, CancellationToken cancellationToken = default)
    {
        var code = await session.GetAsync<VisitCode>(codeId, "code", "检查码", cancellationToken);
        return (code.LastScanAt ?? code.Scans.Select(at => (DateTimeOffset?)at).LastOrDefault()) is { } last && session.Now - last < OneScan
            ? code
            : session.Update(
                code with { Scans = code.Scans.Count < VisitCode.MostKept ? [.. code.Scans, session.Now] : code.Scans, ScanCount = code.ScanCount + 1, LastScanAt = session.Now }, "visit-code.scanned", ("visit", code.VisitId));
    }
}
