using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Workflows.Storage.Stimuli;

/// <summary>Runs alone what was too long for a batch, so that it holds nobody else up.</summary>
internal sealed class SlowLane(BatchRunner runner, Action<BatchReport> note, ILogger logger)
{
    private readonly Channel<WorkItem> _items = Channel.CreateUnbounded<WorkItem>(new UnboundedChannelOptions { SingleReader = true });

    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Add(WorkItem item)
    {
        item.Slow = true;
        _items.Writer.TryWrite(item);
    }

    public void Start(CancellationToken stopping) => Completion = Task.Run(() => LoopAsync(stopping), CancellationToken.None);

    private async Task LoopAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (WorkItem item in _items.Reader.ReadAllAsync(stopping))
            {
                logger.LogInformation("{Stimulus} runs in the slow lane", item.Stimulus.Key);
                try
                {
                    note(await runner.RunAsync([item], default, CancellationToken.None));
                }
                catch (Exception e)
                {
                    item.Failure = e;
                    item.Complete();
                }
            }
        }
        catch (OperationCanceledException)
        {
            while (_items.Reader.TryRead(out WorkItem? left))
            {
                left.Failure = new StoreBusyException();
                left.Complete();
            }
        }
    }
}
