using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Documents;

/// <summary>How far the rendering of a paper has come.</summary>
public enum PaperState
{
    /// <summary>Asked for.</summary>
    Ordered,

    /// <summary>Rendered and kept.</summary>
    Rendered,

    /// <summary>Could not be rendered; see <see cref="Paper.Error"/>.</summary>
    Failed,

    /// <summary>Rendered, kept for its time and dropped; asked for again it is rendered again.</summary>
    Dropped,
}

/// <summary>A text in HTML made into a PDF. Its id is the SHA-256 of the HTML, so that the same text is rendered once; the file is kept by the SHA-256 of the PDF.</summary>
public sealed record Paper : SupervisionRecord
{
    /// <summary>State.</summary>
    public required PaperState State { get; init; }

    /// <summary>SHA-256 of the PDF, lower-case hex; null until it is rendered.</summary>
    public string? PdfSha256 { get; init; }

    /// <summary>Length of the PDF, bytes.</summary>
    public long Length { get; init; }

    /// <summary>How often it was asked for after a failure.</summary>
    public int Retries { get; init; }

    /// <summary>Why it could not be rendered, or null.</summary>
    public string? Error { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();
}
