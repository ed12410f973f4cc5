using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.StuckMatters;

namespace Workflows.Host.Api.Public;

/// <summary>办不成事, said by somebody without an account.</summary>
/// <param name="Text">What cannot be done and where it stands, 1–1,000 characters.</param>
/// <param name="Area">Code of the town, nine digits.</param>
/// <param name="Number">Receipt of a report or number of a case, at most 60 characters, or null.</param>
/// <param name="Name">Name, at most 60 characters, or null.</param>
/// <param name="Contact">Telephone or the like, at most 60 characters, or null.</param>
/// <param name="Confidential">Whether the supervisor alone may know who said it.</param>
internal sealed record PublicStuckMatter(string? Text, string? Area, string? Number = null, string? Name = null, string? Contact = null, bool Confidential = false);

/// <summary>What somebody who said so gets back.</summary>
/// <param name="Receipt">Number to name when asking about it; it opens nothing.</param>
internal sealed record StuckMatterReceived(string Receipt);

/// <summary>
/// “办不成事”反映窗口 for everybody: as narrow as the door of reports. A number that is known ties the request to its lead or case; the answer is the same whether it is or not, so
/// that nobody learns here which numbers there are.
/// </summary>
internal static class PublicStuckRoutes
{
    private const int LongestText = 1000;
    private const int LongestField = 60;

    /// <summary>Maps <c>POST /api/public/stuck-matters</c>.</summary>
    public static void MapPublicStuckMatters(this IEndpointRouteBuilder api) =>
        api.MapPost("/public/stuck-matters", FileAsync).ForAnybody().Idempotent().Produces<StuckMatterReceived>(201).WithTags("公开")
            .WithSummary("群众、企业反映办不成的事：督办人一个工作日内审查；可附上报编号或者案号");

    private static async Task<IResult> FileAsync(PublicStuckMatter body, HttpContext context, AggregateReader rows, ChangeGate gate, CancellationToken cancellationToken)
    {
        if (body.Text?.Trim() is not { Length: > 0 and <= LongestText } said)
            throw new RefusedException(new Refusal(422, "stuck-text", "text", $"请用1至{LongestText}个字说明什么事办不成、卡在哪一步。"));
        if (body.Area is not { Length: 9 } area || await rows.FindAsync<TownRecord>(area, cancellationToken) is null)
            throw new RefusedException(new Refusal(422, "area-invalid", "area", "请选择事项所在的镇街。"));
        var (number, name, contact) = (Bounded(body.Number, "number", "编号"), Bounded(body.Name, "name", "称呼"), Bounded(body.Contact, "contact", "联系电话"));
        var (subject, id) = await FindAsync(number, rows, cancellationToken);
        var command = new FileStuckMatter(
            subject, subject == StuckSubject.Outside && number is not null ? $"{said}\n（反映人所留编号：{number}）" : said, id, area,
            name is null && contact is null ? null : new LeadReporter(name, contact, null, body.Confidential));
        return await gate.ServiceAsync<StuckMatterService, StuckMatterReceived>(
            context, LeadIntake.Family, async (service, token) => new StuckMatterReceived((await service.FileAsync(command, token)).Id),
            cancellationToken, StatusCodes.Status201Created, new Actor { Id = "public", Name = "公众", Roles = [] });
    }

    private static async ValueTask<(StuckSubject Subject, string? Id)> FindAsync(string? number, AggregateReader rows, CancellationToken cancellationToken) =>
        number is null ? (StuckSubject.Outside, null)
        : await rows.FindAsync<Lead>(number, cancellationToken) is { } lead ? (StuckSubject.Lead, lead.Id)
        : await rows.ReferredAsync<Case>(number, cancellationToken) is { } one ? (StuckSubject.Case, one.Id)
        : (StuckSubject.Outside, null);

    private static string? Bounded(string? text, string field, string words) => text?.Trim() switch
    {
        null or "" => null,
        { Length: <= LongestField } given => given,
        _ => throw new RefusedException(new Refusal(422, "field-too-long", field, $"“{words}”至多{LongestField}个字：请缩短后重试。")),
    };
}
