using Workflows.Host.Packages;

namespace Workflows.Host.CommandLine;

/// <summary>A scenario named on the command line: one of <c>workflow-definitions</c>, or any folder with <c>scenario.json</c> and its diagrams.</summary>
internal static class ScenarioFolder
{
    /// <summary>Reads its files, and the law of the home folder where it brings none of its own.</summary>
    /// <param name="named">Code of a scenario, or path of a folder.</param>
    /// <param name="home">Home folder.</param>
    /// <exception cref="BadInputException">There is no such scenario, or it cannot be read.</exception>
    public static PackageFiles Read(string named, string home)
    {
        var folder = FolderOf(named, home);
        var files = PackageFiles.Read(folder, home);
        if (!files.Texts.ContainsKey("scenario.json"))
        {
            throw new BadInputException($"SCENARIO：文件夹“{folder}”中没有 scenario.json。");
        }

        // A copy of a scenario lies anywhere; the law stays where it is.
        var law = Path.Combine(home, "workflow-definitions", "legal-bases.json");
        return files.Texts.ContainsKey("legal-bases.json")
            ? files
            : files with { Texts = new SortedDictionary<string, string>(files.Texts.ToDictionary(), StringComparer.Ordinal) { ["legal-bases.json"] = InputFile.ReadText(law, "legalBases") } };
    }

    private static string FolderOf(string named, string home)
    {
        var known = Path.Combine(home, "workflow-definitions", named);
        var folder = named.AsSpan().IndexOfAny('/', '\\') < 0 && Directory.Exists(known) ? known : named;
        return Directory.Exists(folder)
            ? Path.GetFullPath(folder)
            : throw new BadInputException($"SCENARIO：没有场景“{named}”，也没有这个文件夹；已有的场景在 workflow-definitions 中。");
    }
}
