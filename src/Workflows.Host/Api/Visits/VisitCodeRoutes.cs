using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Visits;

/// <summary>A code as it is shown at the door.</summary>
/// <param name="VisitId">The visit.</param>
/// <param name="Code">The code; it is given out here and nowhere else.</param>
/// <param name="Path">Path that the picture of the code leads to.</param>
internal sealed record VisitCodeShown(string VisitId, string Code, string Path);

/// <summary>A code as its answer is kept: readable by this service alone.</summary>
internal sealed record SealedVisitCode(string VisitId, string SealedCode);

/// <summary>亮码检查: the officers show a code, the party scans it and sees who is there, on what ground, and afterwards the result.</summary>
internal static class VisitCodeRoutes
{
    private const string Purpose = "Workflows.VisitCode";

    /// <summary>Maps <c>/api/cases/{id}/visit-code</c> and the routes under <c>/api/public/visits/{code}</c>.</summary>
    public static void MapVisitCodes(this IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{id}/visit-code", ShowAsync).For(Role.Inspector, Role.Assistant, Role.DepartmentHead).Idempotent().Produces<VisitCodeShown>(201)
            .WithTags("亮码检查").WithSummary("生成本次上门的检查码，供当事人扫码核验；检查码只在此返回");
        var open = api.MapGroup("/public/visits/{code}").WithTags("亮码检查");
        open.MapGet("", async (string code, AggregateReader rows, VisitWindow window, CancellationToken token) =>
            await window.FindAsync(await CodeAsync(code, rows, token), token) ?? throw Unknown()).ForAnybody().WithSummary("检查码所示：检查人员及证号、依据、事项，检查后的结果（不计为扫码）");
        open.MapPost("/scans", ScanAsync).ForAnybody().Produces<ScannedVisit>().WithSummary("扫码：记录扫码时间并返回所示内容；一分钟内重复扫码只记一次");
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, Viewer viewer, ChangeGate gate, IDataProtectionProvider protection, CancellationToken cancellationToken)
    {
        var subject = await viewer.CaseAsync(id, cancellationToken);
        var protector = protection.CreateProtector(Purpose);
        var kept = await gate.SealedAsync<VisitCodes, SealedVisitCode>(context, subject.CaseKey, async (codes, token) =>
        {
            var code = gate.NewKey();
            var shown = await codes.ShowAsync(subject.Id, code, token);
            return new SealedVisitCode(shown.VisitId, protector.Protect(code));
        }, cancellationToken);
        var open = protector.Unprotect(kept.SealedCode);
        return Results.Json(new VisitCodeShown(kept.VisitId, open, $"/public/visits/{open}"), Json.HostJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<ScannedVisit> ScanAsync(string code, AggregateReader rows, VisitWindow window, ChangeGate gate, CancellationToken cancellationToken)
    {
        var found = await CodeAsync(code, rows, cancellationToken);
        var result = await gate.SendAsync(
            new DomainCommand
            {
                Key = gate.NewKey(),
                Actor = new Actor { Id = $"party:{found.TargetId}", Name = "当事人", Roles = [Role.Party], Area = found.Area },
                CaseKey = found.CaseKey,
                Execute = async (_, services, token) => await services.GetRequiredService<VisitCodes>().ScanAsync(found.Id, token),
            },
            cancellationToken);
        return await window.FindAsync((VisitCode)result.Value!, cancellationToken) ?? throw Unknown();
    }

    private static async ValueTask<VisitCode> CodeAsync(string code, AggregateReader rows, CancellationToken cancellationToken) =>
        code.Length is >= 32 and <= 128 && await rows.ReferredAsync<VisitCode>(VisitCodes.HashOf(code), cancellationToken) is { } found ? found : throw Unknown();

    private static RefusedException Unknown() => new(new Refusal(404, "code-unknown", "code", "检查码无效：请检查人员重新出示，或拨打12345核实。"));
}
