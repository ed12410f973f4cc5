namespace Workflows.Templates;

/// <summary>How printed values are made safe for the kind of document that is rendered.</summary>
public enum Escaping
{
    /// <summary>Values are printed as they are, byte for byte as Scriban does.</summary>
    None,

    /// <summary>
    /// Every printed value is escaped for HTML text and quoted attributes. Trusted markup needs the explicit way out
    /// <c>value | html.raw</c> or a <see cref="TrustedMarkup"/> from a host function. Does not make a value safe inside scripts, styles or URLs.
    /// </summary>
    Html,
}

/// <summary>Markup that is printed unescaped under <see cref="Escaping.Html"/>. Make one only from text that was checked or built by the host.</summary>
/// <param name="Html">The markup.</param>
public sealed record TrustedMarkup(string Html)
{
    /// <inheritdoc/>
    public override string ToString() => Html;
}

/// <summary>Finds the templates named by <c>include</c> and <c>include_join</c>.</summary>
public interface ITemplateLoader
{
    /// <summary>The compiled template of that name, or null when there is none. Called on the rendering thread; names come from the template.</summary>
    Template? Load(string name);
}

/// <summary>A value that a template used although the model does not hold it.</summary>
/// <param name="Path">Path of the field as the model has it, for instance <c>party.name</c> or <c>items[2].basis</c>.</param>
/// <param name="TemplateName">Name of the template that used it.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
public sealed record MissingField(string Path, string TemplateName, int Line, int Column);

/// <summary>What one rendering may use and how it behaves.</summary>
public sealed record RenderOptions
{
    /// <summary>Escaping of printed values; none unless set.</summary>
    public Escaping Escaping { get; init; }

    /// <summary>Bounds of this rendering.</summary>
    public TemplateLimits Limits { get; init; } = TemplateLimits.Default;

    /// <summary>Source of <c>date.now</c> and of the total time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Zone in which <c>date.now</c> and dates with an offset are shown.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Templates for <c>include</c>; without a loader an include fails.</summary>
    public ITemplateLoader? Loader { get; init; }

    /// <summary>Functions of the host, beside the built-in ones.</summary>
    public TemplateFunctions? Functions { get; init; }

    /// <summary>When true a variable that was never set is an error; otherwise it is null.</summary>
    public bool StrictVariables { get; init; }

    /// <summary>
    /// Called for each model field that is missing or null where its value is needed, once for each place, at most 1,000 times. A field that the template guards
    /// (<c>??</c>, <c>?.</c>, a condition, a comparison, <c>object.default</c>) is not reported.
    /// </summary>
    public Action<MissingField>? OnMissing { get; init; }

    /// <summary>Plain text, default bounds, no includes.</summary>
    public static RenderOptions Default { get; } = new();
}
