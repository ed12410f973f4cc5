namespace Workflows.Storage.Model.Rows;

/// <summary>A key that no two leads share. Its revision is always 1: whoever comes second runs again and sees the first.</summary>
public sealed class LeadKeyRow
{
    /// <summary>The key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The lead.</summary>
    public string LeadId { get; set; } = "";

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Always 1.</summary>
    public long Revision { get; set; } = 1;

    /// <summary>Always 0: there must be none.</summary>
    public long BaseRevision { get; set; }
}

/// <summary>A lead in one of its buckets.</summary>
public sealed class LeadTraceRow
{
    /// <summary>Lead and number of the bucket among its own.</summary>
    public string Id { get; set; } = "";

    /// <summary>The bucket.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>When it was written; old ones are swept away.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The trace as JSON.</summary>
    public string Body { get; set; } = "";
}
