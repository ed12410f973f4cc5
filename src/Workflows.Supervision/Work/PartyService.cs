using Workflows.Supervision.Evidences;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Work;

/// <summary>A party states its view.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Text">The party's words.</param>
/// <param name="Subject">What it is about, or null.</param>
/// <param name="EvidenceIds">Evidence.</param>
public sealed record SubmitStatement(string CaseId, string Text, string? Subject = null, IReadOnlyList<string>? EvidenceIds = null);

/// <summary>The party's way in, and its statements (陈述申辩).</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version: they say whose records are under seal.</param>
public sealed class PartyService(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>How long before its receipt a file may have been taken: phones are without a network for days, not for months.</summary>
    public const int LongestUnsentDays = 30;

    /// <summary>Subject of a statement by which the party asks that the officers look again: all is put right, and photos cannot show it.</summary>
    public const string Reinspection = "申请复查";

    // Clocks of phones run a little ahead of the service's; what they say then is the time of receipt.
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>Opens a link for the party of a case. The token itself is handed over and never stored.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="token">A secret of 32 characters or more, from the caller's random source.</param>
    /// <param name="validDays">1 to 366 days.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>token-weak</c>, <c>link-days</c>.</exception>
    public async ValueTask<PartyLink> OpenLinkAsync(string caseId, string token, int validDays, CancellationToken cancellationToken = default)
    {
        if (token.Length < 32 || validDays is < 1 or > 366)
        {
            throw Refusal.Invalid(token.Length < 32 ? "token-weak" : "link-days", token.Length < 32 ? "token" : "validDays", "链接口令须不少于32个字符，有效期为1至366日。");
        }

        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        return session.Add(
            new PartyLink
            {
                Id = session.NewId(), CaseKey = one.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Created = session.Cause(),
                TokenSha256 = PartyLink.HashOf(token), ExpiresAt = session.Now.AddDays(validDays),
            },
            "party-link.opened");
    }

    /// <summary>停用: a link opens nothing from now on. Another that was opened for the same case goes on.</summary>
    /// <exception cref="RuleViolationException"><c>not-found</c> (404), <c>link-revoked</c> (409), <c>field-missing</c>.</exception>
    public async ValueTask<PartyLink> RevokeLinkAsync(string caseId, string linkId, string reason, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<PartyLink>(linkId, cancellationToken) is not { } link || link.CaseId is null || link.CaseId != caseId)
        {
            throw Refusal.NotFound("not-found", "linkId", $"链接“{linkId}”不属于本案，请从列表中选择。");
        }

        return link.Revoked
            ? throw Refusal.Conflict("link-revoked", "linkId", "该链接已经停用。")
            : session.Update(link with { Revoked = true }, "party-link.revoked", ("link", link.Id), ("reason", Refusal.Text(reason, "reason", "停用理由")));
    }

    /// <summary>The party that holds a token, or null where it is unknown, expired or revoked.</summary>
    public async ValueTask<Actor?> FindPartyAsync(string token, CancellationToken cancellationToken = default)
    {
        var links = await session.ListAsync<PartyLink>(new AggregateFilter { Reference = PartyLink.HashOf(token), Take = 1 }, cancellationToken);
        return links is [{ Revoked: false, Estate: null } link] && link.ExpiresAt > session.Now ? link.Holder : null;
    }

    /// <summary>
    /// Takes a statement of the party on its own case. The lead department is told at once and answers it; of a request for a re-inspection those are told besides whose orders run.
    /// </summary>
    /// <exception cref="RuleViolationException"><c>not-own-case</c> (404), <c>field-missing</c>.</exception>
    public async ValueTask<PartyStatement> SubmitStatementAsync(SubmitStatement command, CancellationToken cancellationToken = default)
    {
        var one = await session.FindAsync<Case>(command.CaseId, cancellationToken);
        Deciders.RequireParty(session.Actor, one?.TargetId ?? "-");
        var statement = session.Add(
            new PartyStatement
            {
                Id = session.NewId(), CaseKey = one!.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Created = session.Cause(),
                Department = one.LeadDepartment,
                Subject = command.Subject,
                Text = Refusal.Text(command.Text, "text", "陈述申辩内容"),
                EvidenceIds = command.EvidenceIds ?? [],
                SubmittedAt = session.Now,
            },
            "statement.submitted");
        // Who has to answer hears of it at once: nothing in a diagram waits for a statement. Who ordered what is to be looked at again goes there.
        if (command.Subject == Reinspection)
        {
            var orders = await session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = one.Id }, cancellationToken);
            await new NoticeService(session).SendAsync(
                one.Id, [$"department:{one.LeadDepartment}", .. orders.Where(order => order.State == OrderState.Served).Select(order => $"department:{order.Department}")], "申请复查", null,
                cancellationToken: cancellationToken);
        }
        else
        {
            await new NoticeService(session).SendAsync(one.Id, [$"department:{one.LeadDepartment}"], "陈述申辩", null, cancellationToken: cancellationToken);
        }

        return statement;
    }

    /// <summary>Takes what the party thought of the last visit that has ended; once for each visit.</summary>
    /// <exception cref="RuleViolationException"><c>not-own-case</c> (404), <c>rating-stars</c>, <c>field-too-long</c>, <c>visit-not-over</c>, <c>rating-given</c>.</exception>
    public async ValueTask<VisitRating> RateAsync(string caseId, int stars, string? words, CancellationToken cancellationToken = default)
    {
        var one = await session.FindAsync<Case>(caseId, cancellationToken);
        Deciders.RequireParty(session.Actor, one?.TargetId ?? "-");
        if (stars is < 1 or > 5 || words?.Length > 1000)
        {
            throw Refusal.Invalid(stars is < 1 or > 5 ? "rating-stars" : "field-too-long", stars is < 1 or > 5 ? "stars" : "words", "评价为1至5星，文字至多1000字，请更正。");
        }

        var visit = (await session.ListAsync<Visit>(new AggregateFilter { CaseId = caseId }, cancellationToken)).LastOrDefault(v => v.State is VisitState.Recorded or VisitState.Refused)
            ?? throw Refusal.Conflict("visit-not-over", "", "检查尚未结束，请在检查结束后评价。");
        if (visit.Rating is not null)
        {
            throw Refusal.Conflict("rating-given", "", "本次检查已经评价过，感谢您的意见。");
        }

        var rating = new VisitRating(stars, string.IsNullOrWhiteSpace(words) ? null : words.Trim(), session.Now);
        session.Update(visit with { Rating = rating }, "visit.rated");
        return rating;
    }

    /// <summary>Answers a statement, once; by an officer or the head of the department that it was made to.</summary>
    /// <exception cref="RuleViolationException"><c>assistant-decides</c>, <c>other-department</c>, <c>already-decided</c>, <c>field-missing</c>.</exception>
    public async ValueTask<PartyStatement> AnswerStatementAsync(string statementId, string answer, CancellationToken cancellationToken = default)
    {
        var statement = await session.GetAsync<PartyStatement>(statementId, "statementId", "陈述申辩", cancellationToken);
        Deciders.RequireOfficer(session.Actor, "答复陈述申辩");
        if (statement.Department is { } department && session.Actor.Department != department)
        {
            throw Refusal.Forbidden("other-department", "actor", "陈述申辩由承办部门答复，请由该部门的执法人员或者负责人办理。");
        }

        if (statement.Answer is not null)
        {
            throw Refusal.Conflict("already-decided", "statementId", "该陈述申辩已经答复，请刷新后再看。");
        }

        return session.Update(statement with { Answer = Refusal.Text(answer, "answer", "答复"), AnsweredAt = session.Now }, "statement.answered");
    }

    /// <summary>
    /// Keeps a piece of evidence; a file of the party or of an officer, by hash. An officer may say when it was taken, which is kept beside the time of
    /// receipt; what an officer of a department whose records are under seal brings is sealed, whether or not the upload says so.
    /// </summary>
    /// <exception cref="RuleViolationException"><c>evidence-hash</c>, <c>field-missing</c>, <c>taken-at</c>, <c>case-closed</c>, <c>evidence-full</c>.</exception>
    public async ValueTask<Evidence> KeepEvidenceAsync(
        string caseId, string kind, string title, string sha256, long length, string mediaType, DateTimeOffset? takenAt = null, string? place = null,
        bool concernsMinor = false, MonitoringSource? monitoring = null, bool isSealed = false, CancellationToken cancellationToken = default)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower) || length < 1)
        {
            throw Refusal.Invalid("evidence-hash", "sha256", "证据文件的SHA-256应为64位小写十六进制且文件不能为空，请重新上传。");
        }

        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        if (session.Actor.Is(Role.Party))
        {
            Deciders.RequireParty(session.Actor, one.TargetId);
        }

        var byParty = session.Actor.Is(Role.Party);
        if (!byParty && takenAt is { } taken && (taken > session.Now + ClockSkew || taken < session.Now.AddDays(-LongestUnsentDays)))
        {
            throw Refusal.Invalid("taken-at", "takenAt", $"拍摄（制作）时间不能晚于现在，也不能早于上传前{LongestUnsentDays}日，请核对手机时间。");
        }

        if (monitoring is not null && monitoring.PlacePublishedOn > session.Today())
        {
            throw Refusal.Invalid("monitoring-place", "placePublishedOn", "电子技术监控设备的设置地点应当在记录之前向社会公布（行政处罚法第四十一条），请核对公布日期。");
        }

        var earlier = await session.ListAsync<Evidence>(new AggregateFilter { CaseId = caseId, Take = EvidenceRoom.MostOfCase }, cancellationToken);
        EvidenceRoom.Require(one, earlier, length, session.Actor);
        return session.Add(
            new Evidence
            {
                Id = session.NewId(), CaseKey = one.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Created = session.Cause(),
                Ordinal = earlier.Count + 1,
                Kind = Refusal.Text(kind, "kind", "证据种类"),
                Title = Refusal.Text(title, "title", "证据名称"),
                TakenAt = !byParty && takenAt < session.Now ? takenAt.Value : session.Now,
                Place = place,
                Sha256 = sha256,
                Length = length,
                MediaType = mediaType,
                ConcernsMinor = concernsMinor,
                Sealed = !byParty && (isSealed || await IsUnderSealAsync(one, cancellationToken)),
                Holder = byParty ? null : session.Actor.Department,
                Origin = byParty ? EvidenceOrigin.Party : monitoring is null ? EvidenceOrigin.Taken : EvidenceOrigin.Monitoring,
                Monitoring = byParty ? null : monitoring,
                Custody = [new CustodyStep(session.Now, session.Actor.Id, session.Actor.Name, session.Actor.Department, byParty ? "当事人提交" : monitoring is null ? "采集" : "设备记录导入", monitoring?.Device, sha256)],
            },
            "evidence.kept", ("sha256", sha256));
    }

    // 治安管理处罚法 136: what the department holds is its own, however its officers' devices send it.
    private async ValueTask<bool> IsUnderSealAsync(Case one, CancellationToken cancellationToken) =>
        session.Actor.Department is { } code && (await scenarios.FindAsync(one.PackageVersionId, cancellationToken))?.Scenario.Department(code)?.SealedRecords == true;
}
