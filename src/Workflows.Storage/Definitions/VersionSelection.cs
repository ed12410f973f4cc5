using System.Globalization;

namespace Workflows.Storage.Definitions;

/// <summary>Which versions of a definition are meant (Elsa's VersionOptions).</summary>
public enum VersionKind
{
    /// <summary>All of them.</summary>
    AllVersions,

    /// <summary>What is not published.</summary>
    Draft,

    /// <summary>The newest.</summary>
    Latest,

    /// <summary>The published one.</summary>
    Published,

    /// <summary>The newest and the published one.</summary>
    LatestOrPublished,

    /// <summary>The newest, where it is published.</summary>
    LatestAndPublished,

    /// <summary>One by its number.</summary>
    Specific,
}

/// <summary>Which versions of a definition are meant.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Number">The number for <see cref="VersionKind.Specific"/>, 1 or more.</param>
public readonly record struct VersionSelection(VersionKind Kind, int Number = 0)
{
    /// <summary>Reads Elsa's text: a name in any case, or a number.</summary>
    /// <returns>Whether it is one of them.</returns>
    public static bool TryParse(string text, out VersionSelection selection)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
        {
            selection = new VersionSelection(VersionKind.Specific, number);
            return true;
        }
        bool known = Enum.TryParse(text, ignoreCase: true, out VersionKind kind) && kind != VersionKind.Specific && Enum.IsDefined(kind) && !char.IsAsciiDigit(text[0]);
        selection = new VersionSelection(known ? kind : VersionKind.AllVersions);
        return known;
    }
}
