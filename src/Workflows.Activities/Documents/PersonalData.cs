using System.Globalization;

namespace Workflows.Activities.Documents;

/// <summary>Masks personal data in documents that others may see (documents.md 0: masked version for publication).</summary>
public static class PersonalData
{
    /// <summary>An identity number without birthday: 330203********1234; of a short one all but the last two characters are hidden.</summary>
    public static string IdentityNumber(string number) => number.Length switch
    {
        >= 15 => $"{number[..6]}{new string('*', number.Length - 10)}{number[^4..]}",
        > 2 => new string('*', number.Length - 2) + number[^2..],
        _ => new string('*', number.Length),
    };

    /// <summary>A telephone number: 138****8888; the area code of a landline stays: 0574-****0088.</summary>
    public static string Phone(string number)
    {
        var dash = number.IndexOf('-', StringComparison.Ordinal);
        var head = dash >= 0 ? dash + 1 : Math.Min(3, Math.Max(0, number.Length - 8));
        var tail = Math.Min(4, number.Length - head);
        return number.Length - head - tail is var hidden and > 0
            ? $"{number[..head]}{new string('*', hidden)}{number[^tail..]}"
            : new string('*', number.Length);
    }

    /// <summary>A name: its first character, then stars, counted in characters as people see them.</summary>
    public static string Name(string name)
    {
        var characters = new StringInfo(name);
        return characters.LengthInTextElements < 2
            ? "*"
            : characters.SubstringByTextElements(0, 1) + new string('*', characters.LengthInTextElements - 1);
    }
}
