using Workflows.Host.Scheduling;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Sample;

/// <summary>
/// Moves the district's clock from one due time to the next, so that everything that falls due on the way happens at its own time and
/// in order, and is done when the move has ended.
/// </summary>
internal sealed class ClockMover(DistrictClock clock, StimulusPump pump, IServiceScopeFactory scopes) : IDisposable
{
    // The longest move, 400 days, with a timer every six minutes.
    private const int MostSteps = 100_000;

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Moves to <paramref name="target"/>; a time that has passed already moves nothing.</summary>
    /// <returns>Timers and messages that were carried out on the way.</returns>
    public async Task<int> MoveToAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var done = await pump.RunUntilIdleAsync(cancellationToken);
            DateTimeOffset? undone = null;
            for (var step = 0; step < MostSteps; step++)
            {
                var next = await NextAsync(cancellationToken);
                // What is due and yet is not done would be due for ever: time goes on without it, and it stands among the incidents.
                if (next is null || next > target || next == undone)
                    break;
                await StepAsync(next.Value, cancellationToken);
                var acted = await ActAsync(cancellationToken) + await pump.RunUntilIdleAsync(cancellationToken);
                // The pump's own loop may have been quicker; what it has done is not due the next time that we look.
                undone = acted == 0 ? next : null;
                done += acted;
            }

            await StepAsync(target, cancellationToken);
            return done + await ActAsync(cancellationToken) + await pump.RunUntilIdleAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
            pump.Wake();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    // The next timer, letter or schedule.
    private async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        var timer = await pump.NextDueAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var coming = await scope.ServiceProvider.GetRequiredService<ScheduleBook>().ComingAsync(cancellationToken);
        return coming is [var schedule, ..] && (timer is null || schedule.DueAt < timer) ? schedule.DueAt : timer;
    }

    // Schedules whose time has come, in order; Quartz finds them done.
    private async Task<int> ActAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var book = scope.ServiceProvider.GetRequiredService<ScheduleBook>();
        var due = (await book.ComingAsync(cancellationToken)).Where(act => act.DueAt <= clock.GetUtcNow()).ToList();
        foreach (var act in due)
            await book.ActAsync(act, cancellationToken);
        return due.Count;
    }

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
