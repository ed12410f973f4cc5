using System.Text.RegularExpressions;

namespace Workflows.EndToEnd.Walkthrough;

/// <summary>A block of commands in a document, with the heading above it and the output that the document states.</summary>
/// <param name="Heading">Heading of its section.</param>
/// <param name="Commands">Commands as they stand.</param>
/// <param name="Output">Lines that the document says are printed; null where it says nothing.</param>
internal sealed record ShellBlock(string Heading, string Commands, string? Output);

/// <summary>A document whose shell blocks are run as they stand.</summary>
internal static partial class ShellDocument
{
    public static IReadOnlyList<ShellBlock> Read(string name)
    {
        var blocks = new List<ShellBlock>();
        var heading = "";
        foreach (Match part in Part().Matches(File.ReadAllText(Repository.Find("docs", name)).ReplaceLineEndings("\n")))
        {
            if (part.Groups["heading"].Success)
                heading = part.Groups["heading"].Value;
            else if (part.Groups["language"].Value == "bash")
                blocks.Add(new ShellBlock(heading, part.Groups["text"].Value, null));
            else if (part.Groups["language"].Value == "text")
                blocks[^1] = blocks[^1] with { Output = part.Groups["text"].Value };
        }

        return blocks;
    }

    [GeneratedRegex("^#+ (?<heading>[^\n]+)$|^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Part();
}
