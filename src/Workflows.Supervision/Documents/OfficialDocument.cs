using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Documents;

/// <summary>文书 as issued: kept word for word, never overwritten; corrected only by a further document.</summary>
public sealed record OfficialDocument : SupervisionRecord
{
    /// <summary>Number, such as 甬海曙消责改字〔2026〕第0001号.</summary>
    public required string Number { get; init; }

    /// <summary>Key of the form in the catalogue of forms, such as <c>rectification-order</c>.</summary>
    public required string Form { get; init; }

    /// <summary>Title as printed.</summary>
    public required string Title { get; init; }

    /// <summary>Full name of the organ that issues it.</summary>
    public required string Organ { get; init; }

    /// <summary>Series of its number.</summary>
    public required NumberSeries Series { get; init; }

    /// <summary>Place in the series, from 1.</summary>
    public required int Serial { get; init; }

    /// <summary>Local date of issue; its year is the year of the series.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>What it is about: <c>order:{id}</c>, <c>visit:{id}</c> and the like.</summary>
    public required string Subject { get; init; }

    /// <summary>Code by which anybody can verify it.</summary>
    public required string VerificationCode { get; init; }

    /// <summary>Key and version of the template.</summary>
    public required string Template { get; init; }

    /// <summary>SHA-256 of the template's text, lower-case hex.</summary>
    public required string TemplateSha256 { get; init; }

    /// <summary>SHA-256 of the model's canonical JSON, lower-case hex.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>The model, as canonical JSON.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the HTML in UTF-8, lower-case hex.</summary>
    public required string HtmlSha256 { get; init; }

    /// <summary>The HTML as rendered.</summary>
    public required string Html { get; init; }

    /// <summary>Document that this one corrects, or null.</summary>
    public string? CorrectionOf { get; init; }

    /// <summary>Whether it holds data on a minor or is sealed by law.</summary>
    public bool Restricted { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => "Issued";

    /// <inheritdoc/>
    protected override string? KindKey => Form;

    /// <inheritdoc/>
    protected override string? ReferenceKey => Number;
}
