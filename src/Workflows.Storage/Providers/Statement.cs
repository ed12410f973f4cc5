using System.Data.Common;

namespace Workflows.Storage.Providers;

/// <summary>A statement with its parameters and, for writes that must hit, the number of rows it has to affect.</summary>
/// <param name="Sql">Text with parameters; from a fixed set, so that it is prepared once.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Expected">Rows that must be affected; null where any number is right.</param>
/// <param name="Table">Table it writes, for messages.</param>
internal sealed record Statement(string Sql, DbParameter[] Parameters, int? Expected = null, string Table = "")
{
    /// <summary>Told how many rows were affected.</summary>
    public Action<int>? Affected { get; init; }
}
