using System.Globalization;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Papers;

/// <summary>A paper that is being rendered.</summary>
/// <param name="State"><c>Ordered</c>.</param>
/// <param name="Sha256">SHA-256 of the text that is rendered.</param>
/// <param name="Detail">What to do meanwhile, in Chinese.</param>
internal sealed record PaperOrdered(PaperState State, string Sha256, string Detail);

/// <summary>Gives out PDFs of texts: those that are there at once, the others after they were rendered in the background. A text is rendered once, whoever asks.</summary>
internal sealed class PaperDesk(AggregateReader rows, IStimulusGate gate, PaperShelf shelf, ChromiumPrinter printer, IHttpContextAccessor accessor)
{
    /// <summary>Family of the papers.</summary>
    public const string CaseKey = "papers";

    /// <summary>The PDF of a text (200), that it is being rendered (202), or why there is none and what to do instead (409).</summary>
    /// <param name="html">The text.</param>
    /// <param name="name">Name of the file.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<IResult> PdfAsync(string html, string name, CancellationToken cancellationToken)
    {
        var sha256 = PaperShelf.HashOf(html);
        var paper = await rows.FindAsync<Paper>(sha256, cancellationToken);
        if (paper is { State: PaperState.Rendered, PdfSha256: { } hash })
        {
            if (await shelf.ReadAsync(hash, cancellationToken) is { } pdf)
            {
                accessor.HttpContext!.Response.Headers["X-Content-SHA256"] = hash;
                accessor.HttpContext.Response.Headers["X-Source-SHA256"] = sha256;
                return Results.File(pdf, "application/pdf", name);
            }

            await OrderAsync(paper, sha256, html, cancellationToken);
            throw new RefusedException(new Refusal(409, "paper-damaged", "", "保存的PDF丢失或与登记的校验值不符，正在重新生成：请稍后再试，并告知管理员检查存储。"));
        }

        if (printer.Browser is null)
            throw new RefusedException(new Refusal(409, "chromium-missing", "", "本机没有安装Chromium，无法生成PDF：请打开文书后用浏览器打印（版式相同），或请管理员安装Chromium（可用 WORKFLOWS_CHROMIUM 指定路径）。"));
        if (paper is { State: PaperState.Failed })
        {
            await OrderAsync(paper, sha256, html, cancellationToken);
            throw new RefusedException(new Refusal(409, "paper-failed", "", $"上次生成PDF失败（{paper.Error}），已重新排队：请稍后再试，或打开文书后用浏览器打印。"));
        }

        if (paper is null or { State: PaperState.Dropped })
            await OrderAsync(paper, sha256, html, cancellationToken);
        accessor.HttpContext!.Response.Headers.RetryAfter = "2";
        return Results.Json(new PaperOrdered(PaperState.Ordered, sha256, "正在后台生成PDF，请稍后再取。"), Json.HostJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private async Task OrderAsync(Paper? before, string sha256, string html, CancellationToken cancellationToken)
    {
        await shelf.KeepTextAsync(sha256, html, cancellationToken);
        var retries = before is null ? 0 : before.Retries + 1;
        await gate.CommandAsync(
            string.Create(CultureInfo.InvariantCulture, $"paper|{sha256}|{retries}"), CaseKey, Actor.Clock,
            async (session, token) =>
            {
                // Two who ask at once order one rendering.
                var current = await session.FindAsync<Paper>(sha256, token);
                if (current is not null && (before is null || current.Retries >= retries))
                    return false;
                session.Save(current is null
                    ? new Paper { Id = sha256, CaseKey = CaseKey, Created = new Cause(null, session.Actor.Id, session.Actor.Name, session.Now), State = PaperState.Ordered }
                    : current with { State = PaperState.Ordered, Retries = retries, PdfSha256 = null, Length = 0, Error = null });
                session.Send(new OutboxMessage(PaperJob.ChannelName, sha256, "pdf", "", null, null));
                return true;
            },
            cancellationToken: cancellationToken);
    }
}
