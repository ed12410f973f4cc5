namespace Workflows.Storage.Providers;

/// <summary>Lets one writer at a time into a database that has room for one only (SQLite); open to all elsewhere.</summary>
public sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim? _single;

    /// <summary>Creates a gate.</summary>
    /// <param name="single">Whether only one writer may be inside.</param>
    public WriteGate(bool single)
    {
        _single = single ? new SemaphoreSlim(1, 1) : null;
    }

    /// <summary>Waits for the turn to write; disposing the turn lets the next one in.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        if (_single is not null)
            await _single.WaitAsync(cancellationToken);
        return new Turn(_single);
    }

    /// <inheritdoc/>
    public void Dispose() => _single?.Dispose();

    /// <summary>The right to write, until disposed.</summary>
    public readonly struct Turn : IDisposable, IEquatable<Turn>
    {
        private readonly SemaphoreSlim? _single;

        internal Turn(SemaphoreSlim? single) => _single = single;

        /// <inheritdoc/>
        public void Dispose() => _single?.Release();

        /// <inheritdoc/>
        public bool Equals(Turn other) => ReferenceEquals(_single, other._single);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Turn other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => _single?.GetHashCode() ?? 0;

        /// <summary>Whether both are turns of the same gate.</summary>
        public static bool operator ==(Turn left, Turn right) => left.Equals(right);

        /// <summary>Whether they are turns of different gates.</summary>
        public static bool operator !=(Turn left, Turn right) => !left.Equals(right);
    }
}
