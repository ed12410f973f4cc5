using Workflows.Storage.Stimuli;

namespace Workflows.Host.Sample;

/// <summary>
/// Moves the district's clock from one due time to the next, so that everything that falls due on the way happens at its own time and
/// in order, and is done when the move has ended.
/// </summary>
internal sealed class ClockMover(DistrictClock clock, StimulusPump pump, IServiceScopeFactory scopes) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Moves to <paramref name="target"/>; a time that has passed already moves nothing.</summary>
    /// <returns>Timers and messages that were carried out on the way.</returns>
    public async Task<int> MoveToAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var done = await pump.RunUntilIdleAsync(cancellationToken);
            while (true)
            {
                var next = await pump.NextDueAsync(cancellationToken);
                var last = next is null || next > target;
                await StepAsync(last ? target : next!.Value, cancellationToken);
                done += await pump.RunUntilIdleAsync(cancellationToken);
                if (last)
                    return done;
            }
        }
        finally
        {
            _one.Release();
            pump.Wake();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task StepAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var missing = instant - clock.GetUtcNow();
        if (missing <= TimeSpan.Zero)
            return;
        var ahead = clock.Ahead + missing;
        // Kept before it is shown: after a crash time never stands before something that has happened.
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SampleDistrict>().KeepClockAsync(ahead, cancellationToken);
        clock.RunAhead(ahead);
    }
}
