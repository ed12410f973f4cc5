using System.Globalization;
using Workflows.Storage.Outbox;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Papers;

/// <summary>Renders papers in the background, one after another. Rendered twice after a crash, the later file stands.</summary>
internal sealed class PaperJob(IStimulusGate gate, PaperShelf shelf, ChromiumPrinter printer, ILogger<PaperJob> log) : IOutboxChannel
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "paper";

    private const int MostTries = 3;

    /// <inheritdoc/>
    public string Name => ChannelName;

    /// <inheritdoc/>
    public bool TakesLong => true;

    /// <inheritdoc/>
    public async ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        var sha256 = item.Recipient;
        try
        {
            var html = await shelf.TextAsync(sha256, cancellationToken) ?? throw new PrintingException("待排版的文本已不在。");
            var pdf = await printer.PrintAsync(html, cancellationToken);
            if (TableOfContents.IsIn(html))
                pdf = await printer.PrintAsync(TableOfContents.Filled(html, pdf), cancellationToken);
            var hash = await shelf.KeepAsync(pdf, cancellationToken);
            await EndAsync(item, paper => paper with { State = PaperState.Rendered, PdfSha256 = hash, Length = pdf.LongLength, Error = null }, cancellationToken);
            shelf.DropText(sha256);
            return OutboxAnswer.Delivered;
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, a full disk or a text that nobody foresaw: after a few tries whoever asked is told, and may ask again.
            log.LogWarning(failed, "The paper {Sha256} could not be rendered", sha256);
            var reason = failed is PrintingException ? failed.Message : $"排版时出错：{failed.GetType().Name}，详见服务日志。";
            if (item.Attempts + 1 < MostTries)
                return OutboxAnswer.Failed(reason);
            await EndAsync(item, paper => paper with { State = PaperState.Failed, Error = reason }, cancellationToken);
            return OutboxAnswer.Delivered;
        }
    }

    private async Task EndAsync(OutboxItem item, Func<Paper, Paper> end, CancellationToken cancellationToken) => await gate.CommandAsync(
        string.Create(CultureInfo.InvariantCulture, $"paper-end|{item.Id}|{item.Attempts}"), PaperDesk.CaseKey, Actor.Clock,
        async (session, token) =>
        {
            if (await session.FindAsync<Paper>(item.Recipient, token) is not { } paper)
                return false;
            session.Save(end(paper) with { Changed = new Cause(null, session.Actor.Id, session.Actor.Name, session.Now) });
            return true;
        },
        cancellationToken: cancellationToken);
}
