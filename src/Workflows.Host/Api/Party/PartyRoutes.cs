using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Documents;
using Workflows.Host.Api.Evidences;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Scores;
using Workflows.Host.Idempotency;
using Workflows.Host.Limits;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scoring;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Party;

/// <summary>A link for the party of a case.</summary>
/// <param name="ValidDays">1–366 days.</param>
internal sealed record NewPartyLink(int ValidDays = 90);

/// <summary>A link as it was opened: the token is shown here and nowhere else.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="Token">What the party holds.</param>
/// <param name="Path">Path of the party's page.</param>
/// <param name="ExpiresAt">Until when it works, UTC.</param>
internal sealed record PartyLinkOpened(string LinkId, string Token, string Path, DateTimeOffset ExpiresAt);

/// <summary>A link in the list of a case: never its token.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="OpenedBy">Who opened it.</param>
/// <param name="ExpiresAt">Until when it works, UTC.</param>
/// <param name="Revoked">Whether it was revoked.</param>
/// <param name="Works">Whether it still opens the case.</param>
internal sealed record PartyLinkRow(string LinkId, DateTimeOffset OpenedAt, string? OpenedBy, DateTimeOffset ExpiresAt, bool Revoked, bool Works)
{
    /// <summary>The row of a link.</summary>
    public static PartyLinkRow Of(PartyLink link, DateTimeOffset now) => new(link.Id, link.Created.At, link.Created.ActorName, link.ExpiresAt, link.Revoked, !link.Revoked && link.ExpiresAt > now);
}

/// <summary>A link that is to work no longer.</summary>
/// <param name="Reason">Why, such as 发错号码.</param>
internal sealed record PartyLinkRevocation(string Reason);

/// <summary>A link as its answer is kept: the token is readable by this service alone.</summary>
internal sealed record SealedPartyLink(string LinkId, string SealedToken, DateTimeOffset ExpiresAt);

/// <summary>整改证明 from the party; it counts from the moment it is received.</summary>
internal sealed record PartyProof(string OrderId, IReadOnlyList<int> Items, string Description, IReadOnlyList<string> EvidenceIds);

/// <summary>延期申请 from the party; it counts from the moment it is received.</summary>
internal sealed record PartyExtension(string OrderId, IReadOnlyList<int> Items, int Length, string Reason, bool ForceMajeure = false);

/// <summary>复检申请 from the party.</summary>
/// <param name="Ordinal">Number of the sample within the visit.</param>
/// <param name="Reason">Why it is to be tested again.</param>
internal sealed record PartyRetest(int Ordinal, string Reason);

/// <summary>陈述申辩 from the party.</summary>
internal sealed record PartyStatementGiven(string Text, string? Subject = null, IReadOnlyList<string>? EvidenceIds = null);

/// <summary>评价 from the party.</summary>
/// <param name="Stars">1 (very poor) to 5 (very good).</param>
/// <param name="Words">The party's words, at most 1,000 characters, or null.</param>
internal sealed record PartyRating(int Stars, string? Words = null);

/// <summary>自我纠错报告 from the party.</summary>
internal sealed record PartySelfCorrection(IReadOnlyList<SelfCorrection> Items, string? Text = null);

/// <summary>守法承诺 from the party.</summary>
/// <param name="Signer">Who signs for the party.</param>
/// <param name="Capacity">In what capacity, such as 项目负责人.</param>
internal sealed record PartyPromiseSigned(string Signer, string Capacity);

/// <summary>What the party is asked to promise.</summary>
/// <param name="Texts">The promises.</param>
/// <param name="Term">How long they hold.</param>
internal sealed record PartyPromiseAsked(IReadOnlyList<string> Texts, LegalPeriod Term);

/// <summary>What the party sees of its matter.</summary>
internal sealed record PartyView(
    string CaseNumber, string Title, DateOnly Today, string Stage, CaseState State, string TargetName, string Address, PartyVisit? Visit, IReadOnlyList<PartyItem> Items, IReadOnlyList<PartyFile> Files,
    IReadOnlyList<RectificationOrder> Orders, IReadOnlyList<DocumentShape> Documents,
    IReadOnlyList<ExtensionRequest> Extensions, IReadOnlyList<RectificationProof> Proofs, IReadOnlyList<PartyStatement> Statements, IReadOnlyList<PartyTask> Open,
    IReadOnlyList<PartySample> Samples, PartyPromiseAsked? Promise, ScoreView? Score, IReadOnlyList<PartyChecklistItem> Checklist);

/// <summary>An item that the party may report as put right by itself.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">What is checked.</param>
internal sealed record PartyChecklistItem(string Code, string Title);

/// <summary>Something that waits for the party.</summary>
internal sealed record PartyTask(string Kind, string Title, DateTimeOffset? DueAt);

/// <summary>What became of what the party handed in.</summary>
/// <param name="Received">When it was received, UTC.</param>
internal sealed record PartyReceipt(DateTimeOffset Received);

/// <summary>当事人: access by a link, without an account, to its own case only.</summary>
internal static class PartyRoutes
{
    private const string Purpose = "Workflows.PartyLink";

    /// <summary>Maps <c>/api/cases/{id}/party-links</c> and the routes under <c>/api/party/{token}</c>.</summary>
    public static void MapParty(this IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{id}/party-links", OpenLinkAsync).For(Role.Inspector, Role.DepartmentHead).Idempotent().Produces<PartyLinkOpened>(201)
            .WithTags("当事人").WithSummary("为当事人开通办理链接，令牌只在此返回");
        api.MapGet("/cases/{id}/party-links", ListLinksAsync).For(Role.Inspector, Role.DepartmentHead).WithTags("当事人").WithSummary("本案的当事人办理链接（不含令牌）");
        api.MapPost("/cases/{id}/party-links/{linkId}/revoke", RevokeLinkAsync).For(Role.Inspector, Role.DepartmentHead).Idempotent().Produces<PartyLinkRow>()
            .WithTags("当事人").WithSummary("停用当事人办理链接，须说明理由；停用后立即不能再用");
        var party = api.MapGroup("/party/{token}").WithTags("当事人");
        party.MapGet("", ViewAsync).ForAnybody().WithSummary("本案概况：通知书、待办、已交材料");
        party.MapGet("/documents/{id}", DocumentAsync).ForAnybody().Produces<string>(contentType: "text/html").WithSummary("已送达文书原文");
        party.MapPost("/evidence", EvidenceAsync).ForAnybody().Idempotent().Before(TokenAsync).DisableAntiforgery().Accepts<IFormFile>("multipart/form-data").Produces<Evidence>(201)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RequestLimits.UploadBytes)).WithSummary("上传证据文件");
        party.MapPost("/proofs", (string token, PartyProof body, HttpContext context, PartyDoor door, AggregateReader rows, ChangeGate gate, CancellationToken cancel) =>
            AnswerAsync(token, "party.proof", body.OrderId, JsonSerializer.SerializeToNode(body, SupervisionJson.Options), context, door, rows, gate, cancel))
            .ForAnybody().Idempotent().Before(TokenAsync).Produces<PartyReceipt>().WithSummary("提交整改证明");
        party.MapPost("/extensions", (string token, PartyExtension body, HttpContext context, PartyDoor door, AggregateReader rows, ChangeGate gate, CancellationToken cancel) =>
            AnswerAsync(token, "party.extension", body.OrderId, JsonSerializer.SerializeToNode(body, SupervisionJson.Options), context, door, rows, gate, cancel))
            .ForAnybody().Idempotent().Before(TokenAsync).Produces<PartyReceipt>().WithSummary("申请延期");
        party.MapPost("/retests", RetestAsync).ForAnybody().Idempotent().Before(TokenAsync).Produces<PartyReceipt>().WithSummary("对不合格的检验结论申请复检");
        party.MapPost("/self-corrections", SelfCorrectAsync).ForAnybody().Idempotent().Before(TokenAsync).Produces<PartyStatement>(201).WithSummary("自我纠错报告：检查笔录形成以前自行改正的事项和证明");
        party.MapPost("/promises", PromiseAsync).ForAnybody().Idempotent().Before(TokenAsync).Produces<PartyStatement>(201).WithSummary("签署守法承诺书：内容由场景规定，签后出具承诺书存入案卷");
        party.MapPost("/statements", StatementAsync).ForAnybody().Idempotent().Before(TokenAsync).Produces<PartyStatement>(201).WithSummary("陈述申辩");
        party.MapPost("/rating", RateAsync).ForAnybody().Idempotent().Before(TokenAsync).Produces<VisitRating>(201).WithSummary("评价本次检查，每次检查一次");
    }

    // A token that opens nothing is refused before anything is read for it.
    private static Task TokenAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<PartyDoor>().OpenAsync((string)context.Request.RouteValues["token"]!, context.RequestAborted).AsTask();

    private static async Task<IReadOnlyList<PartyLinkRow>> ListLinksAsync(string id, Viewer viewer, AggregateReader rows, TimeProvider clock, CancellationToken cancellationToken)
    {
        await viewer.CaseAsync(id, cancellationToken);
        return [.. (await rows.OfCaseAsync<PartyLink>(id, cancellationToken)).Select(link => PartyLinkRow.Of(link, clock.GetUtcNow()))];
    }

    private static async Task<IResult> RevokeLinkAsync(
        string id, string linkId, PartyLinkRevocation revocation, HttpContext context, Viewer viewer, ChangeGate gate, TimeProvider clock, CancellationToken cancellationToken)
    {
        var subject = await viewer.CaseAsync(id, cancellationToken);
        return await gate.ServiceAsync<PartyService, PartyLinkRow>(
            context, subject.CaseKey, async (service, token) => PartyLinkRow.Of(await service.RevokeLinkAsync(subject.Id, linkId, revocation.Reason, token), clock.GetUtcNow()), cancellationToken);
    }

    private static async Task<IResult> OpenLinkAsync(
        string id, NewPartyLink request, HttpContext context, Viewer viewer, ChangeGate gate, IDataProtectionProvider protection, CancellationToken cancellationToken)
    {
        return await OpenedAsync(await viewer.CaseAsync(id, cancellationToken), request.ValidDays, context, gate, protection, cancellationToken);
    }

    /// <summary>Opens a link for the party of a case and tells it, the only time; asked again with the same key, it is the same one.</summary>
    /// <param name="subject">The case.</param>
    /// <param name="validDays">1–366 days.</param>
    /// <param name="context">The request.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="protection">Seals the token in the answer that is kept.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="actor">Who opens it; null for whoever is signed in.</param>
    internal static async Task<IResult> OpenedAsync(
        Case subject, int validDays, HttpContext context, ChangeGate gate, IDataProtectionProvider protection, CancellationToken cancellationToken, Actor? actor = null)
    {
        var protector = protection.CreateProtector(Purpose);
        var opened = await gate.SealedAsync<PartyService, SealedPartyLink>(context, subject.CaseKey, async (party, token) =>
        {
            var secret = gate.NewKey() + gate.NewKey();
            var link = await party.OpenLinkAsync(subject.Id, secret, validDays, token);
            return new SealedPartyLink(link.Id, protector.Protect(secret), link.ExpiresAt);
        }, cancellationToken, actor);
        var token = protector.Unprotect(opened.SealedToken);
        return Results.Json(new PartyLinkOpened(opened.LinkId, token, $"/p/{token}", opened.ExpiresAt), Json.HostJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<PartyView> ViewAsync(string token, PartyDoor door, AggregateReader rows, PartyOverview overview, CancellationToken cancellationToken)
    {
        var (_, subject, _) = await door.OpenAsync(token, cancellationToken);
        var tasks = await rows.OfCaseAsync<WorkTask>(subject.Id, cancellationToken);
        IReadOnlyList<RectificationOrder> orders = [.. (await rows.OfCaseAsync<RectificationOrder>(subject.Id, cancellationToken)).Where(order => order.ServedOn is not null)];
        return new PartyView(
            subject.Number, await overview.TitleAsync(subject, cancellationToken), overview.Today, subject.Stage, subject.State, subject.Target.Name, subject.Target.Address,
            await overview.VisitAsync(subject, cancellationToken), await overview.ItemsAsync(subject, orders, cancellationToken), await overview.FilesAsync(subject, cancellationToken),
            orders,
            [.. (await ServedAsync(subject.Id, rows, cancellationToken)).Select(DocumentShape.Of)],
            await rows.OfCaseAsync<ExtensionRequest>(subject.Id, cancellationToken),
            await rows.OfCaseAsync<RectificationProof>(subject.Id, cancellationToken),
            await rows.OfCaseAsync<PartyStatement>(subject.Id, cancellationToken),
            [.. tasks.Where(task => task.State == TaskState.Open && task.Role == Role.Party).Select(task => new PartyTask(task.Kind, task.Title, task.DueAt))],
            await overview.SamplesAsync(subject, cancellationToken), await overview.PromiseAsync(subject, cancellationToken),
            await rows.FindAsync<SupervisionScore>($"score-{subject.TargetId}", cancellationToken) is { } score ? ScoreView.OfParty(score) : null,
            await overview.ChecklistAsync(subject, cancellationToken));
    }

    private static async Task<IResult> DocumentAsync(string token, string id, HttpContext context, PartyDoor door, AggregateReader rows, CancellationToken cancellationToken)
    {
        var (_, subject, _) = await door.OpenAsync(token, cancellationToken);
        return (await ServedAsync(subject.Id, rows, cancellationToken)).FirstOrDefault(document => document.Id == id) is { } served
            ? DocumentRoutes.Html(context, served)
            : throw Viewer.NotFound("文书");
    }

    private static async Task<IResult> AnswerAsync(
        string token, string kind, string orderId, JsonNode? data, HttpContext context, PartyDoor door, AggregateReader rows, ChangeGate gate, CancellationToken cancellationToken)
    {
        var (_, subject, actor) = await door.OpenAsync(token, cancellationToken);
        // An order of another's case does not exist for this party.
        if (await rows.FindAsync<RectificationOrder>(orderId, cancellationToken) is not { } order || order.CaseId != subject.Id)
            throw new RefusedException(new Refusal(404, "not-own-case", "orderId", "该通知书不属于本案：请从本案的通知书中选择。"));
        return await HandInAsync(
            kind, data, kind == "party.proof" ? "本案目前不接收整改证明：请查看办理阶段，或联系执法人员。" : "本案目前不能申请延期：延期须在期限届满前提出，且每项只能延期一次。",
            subject, actor, context, rows, gate, cancellationToken);
    }

    private static async Task<IResult> RetestAsync(
        string token, PartyRetest body, HttpContext context, PartyDoor door, AggregateReader rows, ChangeGate gate, CancellationToken cancellationToken)
    {
        var (_, subject, actor) = await door.OpenAsync(token, cancellationToken);
        return await HandInAsync(
            "party.retest", JsonSerializer.SerializeToNode(body, SupervisionJson.Options), "本案目前不能申请复检：复检须在收到不合格结论之日起七个工作日内提出。", subject, actor, context, rows, gate,
            cancellationToken);
    }

    // Answers the step of the diagram that waits for the party.
    private static async Task<IResult> HandInAsync(
        string kind, JsonNode? data, string nothingWaits, Case subject, Actor actor, HttpContext context, AggregateReader rows, ChangeGate gate, CancellationToken cancellationToken)
    {
        var tasks = (await rows.OfCaseAsync<WorkTask>(subject.Id, cancellationToken)).Where(task => task.Kind == kind).ToList();
        WorkTask? task = null;
        return await gate.OnceAsync(context, async idempotency =>
        {
            task = tasks.LastOrDefault(task => task.State == TaskState.Open);
            if (task is null && await gate.IsKeptAsync(idempotency, cancellationToken))
                task = tasks.LastOrDefault();
            return new ResumeBookmark
            {
                Key = gate.NewKey(),
                Actor = actor,
                Idempotency = idempotency,
                BookmarkId = task?.BookmarkId ?? throw new RefusedException(new Refusal(409, "nothing-waits", "", nothingWaits)),
                Input = new Dictionary<string, JsonNode?> { ["outcome"] = null, ["data"] = data?.DeepClone() },
            };
        }, async (session, _, cancel) => new PartyReceipt((await session.FindAsync<WorkTask>(task!.Id, cancel))?.EndedAt ?? session.Now));
    }

    private static async Task<IResult> StatementAsync(
        string token, PartyStatementGiven body, HttpContext context, PartyDoor door, ChangeGate gate, CancellationToken cancellationToken)
    {
        var (_, subject, actor) = await door.OpenAsync(token, cancellationToken);
        return await gate.ServiceAsync<PartyService, PartyStatement>(
            context, subject.CaseKey, (service, cancel) => service.SubmitStatementAsync(new SubmitStatement(subject.Id, body.Text, body.Subject, body.EvidenceIds), cancel),
            cancellationToken, StatusCodes.Status201Created, actor);
    }

    private static async Task<IResult> RateAsync(string token, PartyRating body, HttpContext context, PartyDoor door, ChangeGate gate, CancellationToken cancellationToken)
    {
        var (_, subject, actor) = await door.OpenAsync(token, cancellationToken);
        return await gate.ServiceAsync<PartyService, VisitRating>(
            context, subject.CaseKey, (service, cancel) => service.RateAsync(subject.Id, body.Stars, body.Words, cancel), cancellationToken, StatusCodes.Status201Created, actor);
    }

    private static async Task<IResult> PromiseAsync(string token, PartyPromiseSigned body, HttpContext context, PartyDoor door, ChangeGate gate, CancellationToken cancellationToken)
    {
        var (_, subject, actor) = await door.OpenAsync(token, cancellationToken);
        return await gate.ServiceAsync<PromiseService, PartyStatement>(
            context, subject.CaseKey, (service, cancel) => service.GiveAsync(new GivePromise(subject.Id, body.Signer, body.Capacity), cancel),
            cancellationToken, StatusCodes.Status201Created, actor);
    }

    private static async Task<IResult> SelfCorrectAsync(
        string token, PartySelfCorrection body, HttpContext context, PartyDoor door, ChangeGate gate, CancellationToken cancellationToken)
    {
        var (_, subject, actor) = await door.OpenAsync(token, cancellationToken);
        return await gate.ServiceAsync<SelfCorrections, PartyStatement>(
            context, subject.CaseKey, (service, cancel) => service.ReportAsync(new ReportSelfCorrection(subject.Id, body.Items, body.Text), cancel),
            cancellationToken, StatusCodes.Status201Created, actor);
    }

    private static async Task<IResult> EvidenceAsync(string token, HttpContext context, PartyDoor door, EvidenceShelf shelf, CancellationToken cancellationToken)
    {
        var (_, subject, actor) = await door.OpenAsync(token, cancellationToken);
        return await shelf.TakeAsync(context, subject, actor, cancellationToken);
    }

    /// <summary>Papers of a case that its party was served with and may read.</summary>
    internal static async Task<IReadOnlyList<OfficialDocument>> ServedAsync(string caseId, AggregateReader rows, CancellationToken cancellationToken)
    {
        var served = (await rows.OfCaseAsync<Workflows.Supervision.Service.ProofOfService>(caseId, cancellationToken)).SelectMany(proof => proof.DocumentIds).ToHashSet(StringComparer.Ordinal);
        return [.. (await rows.OfCaseAsync<OfficialDocument>(caseId, cancellationToken)).Where(document => served.Contains(document.Id) && !document.Restricted)];
    }
}
