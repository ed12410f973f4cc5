using System.Threading.RateLimiting;

namespace Workflows.Host.Limits;

/// <summary>
/// So many permits in each window of time, counted on an injected clock (the framework's limiters read the machine's own).
/// Nobody queues: a request beyond the limit is refused with the time after which to come back.
/// </summary>
internal sealed class WindowRateLimiter(int permits, TimeSpan window, TimeProvider clock) : RateLimiter
{
    private readonly Lock _gate = new();
    private DateTimeOffset _windowStart = clock.GetUtcNow();
    private DateTimeOffset _lastUse = clock.GetUtcNow();
    private int _used;
    private long _granted;
    private long _refused;

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration => clock.GetUtcNow() - _lastUse is var idle && idle >= window ? idle : null;

    /// <inheritdoc/>
    public override RateLimiterStatistics GetStatistics() => new()
    {
        CurrentAvailablePermits = Math.Max(0, permits - _used),
        TotalSuccessfulLeases = _granted,
        TotalFailedLeases = _refused,
    };

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            _lastUse = now;
            if (now - _windowStart >= window || now < _windowStart)
            {
                _windowStart = now;
                _used = 0;
            }

            if (_used + permitCount > permits)
            {
                _refused++;
                return new Lease(_windowStart + window - now);
            }

            _used += permitCount;
            _granted++;
            return new Lease(null);
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = retryAfter;
            return retryAfter is not null && metadataName == MetadataName.RetryAfter.Name;
        }
    }
}
