namespace Workflows.Storage.Stimuli;

/// <summary>Lets a loop sleep until it is woken or its clock reaches a time.</summary>
internal sealed class WakeSignal(TimeProvider clock) : IDisposable
{
    // One timer cannot wait longer than this; the loop then looks again.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Set()
    {
        try
        {
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has just set it.
        }
    }

    public async Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        TimeSpan pause = until == DateTimeOffset.MaxValue ? Longest : until - clock.GetUtcNow();
        if (pause <= TimeSpan.Zero)
            return;
        await PauseAsync(pause < Longest ? pause : Longest, cancellationToken);
    }

    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var alarm = new CancellationTokenSource(pause, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        try
        {
            await _signal.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // The time has come, or the loop stops; its condition says which.
        }
    }

    public void Dispose() => _signal.Dispose();
}
