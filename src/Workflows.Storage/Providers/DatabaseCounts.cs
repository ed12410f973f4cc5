namespace Workflows.Storage.Providers;

/// <summary>What a database itself has counted of the work it was given, as opposed to what a program says that it sent.</summary>
/// <param name="Statements">Statements carried out; those that only begin, end or set up a transaction or a connection are not counted.</param>
/// <param name="Commits">Transactions committed that changed something.</param>
public readonly record struct DatabaseCounts(long Statements, long Commits)
{
    /// <summary>What was counted between two readings.</summary>
    /// <param name="later">The later reading.</param>
    /// <param name="earlier">The earlier reading.</param>
    public static DatabaseCounts operator -(DatabaseCounts later, DatabaseCounts earlier) => Subtract(later, earlier);

    /// <summary>What was counted between two readings.</summary>
    /// <param name="later">The later reading.</param>
    /// <param name="earlier">The earlier reading.</param>
    public static DatabaseCounts Subtract(DatabaseCounts later, DatabaseCounts earlier) => new(later.Statements - earlier.Statements, later.Commits - earlier.Commits);
}
