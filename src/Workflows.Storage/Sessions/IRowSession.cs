namespace Workflows.Storage.Sessions;

/// <summary>
/// The session of a stimulus as the store's own work sees it (publishing definitions, loading calendars, keeping schedules):
/// rows of the model join the same commit. The session given to a domain command implements it.
/// </summary>
public interface IRowSession
{
    /// <summary>Records a new or changed row.</summary>
    /// <typeparam name="T">Type of the row.</typeparam>
    /// <param name="key">Its primary key as text, to tell rows apart; any unique text where the key has several columns.</param>
    /// <param name="row">The row.</param>
    void Put<T>(string key, T row)
        where T : class;

    /// <summary>Records the removal of a row with a single text key.</summary>
    /// <typeparam name="T">Type of the row.</typeparam>
    /// <param name="key">Its primary key.</param>
    void Remove<T>(string key)
        where T : class;

    /// <summary>What the batch has changed so far and the database does not show yet, by key; null for a removed row.</summary>
    /// <typeparam name="T">Type of the rows.</typeparam>
    IReadOnlyDictionary<string, T?> Pending<T>()
        where T : class;
}
