using Microsoft.Data.Sqlite;
using SQLitePCL;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Sqlite;

/// <summary>Counts with SQLite's own hooks: each statement as it begins (<c>sqlite3_trace</c>), each commit that writes (<c>sqlite3_commit_hook</c>).</summary>
internal sealed class SqliteCounter
{
    // Statements that only frame or set up others.
    private static readonly string[] Framing = ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA"];

    private long _statements;
    private long _commits;

    /// <summary>What was counted so far, over all connections watched.</summary>
    public DatabaseCounts Counts => new(Interlocked.Read(ref _statements), Interlocked.Read(ref _commits));

    /// <summary>Counts what an open connection does from now on.</summary>
    public void Watch(SqliteConnection connection)
    {
        sqlite3 handle = connection.Handle!;
        raw.sqlite3_trace(handle, (_, text) => Began(text), null);
        raw.sqlite3_commit_hook(
            handle,
            _ =>
            {
                Interlocked.Increment(ref _commits);
                return 0;
            },
            null);
    }

    private void Began(string text)
    {
        // SQLite shows the statements of a trigger as comments.
        if (!text.StartsWith("--", StringComparison.Ordinal) && !Framing.Any(f => text.StartsWith(f, StringComparison.OrdinalIgnoreCase)))
            Interlocked.Increment(ref _statements);
    }
}
