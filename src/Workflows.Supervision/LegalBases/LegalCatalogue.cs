using System.Collections.Frozen;
using Workflows.Supervision.Scenarios;

namespace Workflows.Supervision.LegalBases;

/// <summary>A provision of the catalogue for a span of time.</summary>
/// <param name="Law">Title without brackets.</param>
/// <param name="DocumentNumber">Number of a document that is no law, such as 文旅市场发〔2023〕82号; null for laws.</param>
/// <param name="Reference">Article, paragraph, item; null where the whole document is cited.</param>
/// <param name="EffectiveFrom">First day in force.</param>
/// <param name="EffectiveTo">Last day in force, or null.</param>
/// <param name="Text">Gist of the wording, or null.</param>
/// <param name="DoubtNote">What is to be checked with the full text before first use; null if it was read there.</param>
public sealed record CataloguedProvision(
    string Law, string? DocumentNumber, ArticleReference? Reference, DateOnly EffectiveFrom, DateOnly? EffectiveTo, string? Text, string? DoubtNote)
{
    /// <summary>As printed: 《中华人民共和国消防法》第六十条第一款第（三）项.</summary>
    public string Citation => $"《{Law}》{(DocumentNumber is null ? "" : $"（{DocumentNumber}）")}{Reference}";

    /// <summary>True if it was in force on a day.</summary>
    public bool IsInForceOn(DateOnly day) => day >= EffectiveFrom && (EffectiveTo is not { } to || day <= to);
}

/// <summary>
/// Legal bases by code (<c>legal-bases.json</c>): each code stands for one rule, and holds the provision that carried it in each span of
/// time, so that a citation follows the date of the violation. Immutable; read it with <see cref="LegalCatalogueReader"/>.
/// </summary>
public sealed class LegalCatalogue : ILegalCitations
{
    private readonly FrozenDictionary<string, IReadOnlyList<CataloguedProvision>> _bases;

    internal LegalCatalogue(IReadOnlyDictionary<string, IReadOnlyList<CataloguedProvision>> bases) =>
        _bases = bases.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Codes in ordinal order.</summary>
    public IEnumerable<string> Codes => _bases.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether it holds a code.</summary>
    public bool Knows(string code) => _bases.ContainsKey(code);

    /// <summary>Every provision of a code, in order of time; empty if the code is unknown.</summary>
    public IReadOnlyList<CataloguedProvision> Provisions(string code) => _bases.GetValueOrDefault(code, []);

    /// <inheritdoc/>
    public Citation? Find(string code, DateOnly on) =>
        Provisions(code).FirstOrDefault(p => p.IsInForceOn(on)) is { } provision ? new Citation(code, provision.Citation, provision.Text) : null;
}
