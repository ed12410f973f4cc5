using System.Collections.Frozen;

namespace Workflows.Host.Web;

/// <summary>
/// The files of the pages, as the web project built them: its own pages and assets, and Elsa Studio's package under <c>studio/</c>.
/// Published programs carry them in <c>web/</c> beside the program; programs run from the clone find the web project's <c>dist/</c>.
/// Only a path that was there at start can be asked for, so a request never reaches the file system by a name of its own.
/// </summary>
internal sealed class WebRoot
{
    private readonly FrozenDictionary<string, WebFile> _files;

    private WebRoot(string? folder, FrozenDictionary<string, WebFile> files)
    {
        Folder = folder;
        _files = files;
    }

    /// <summary>Where the files lie; null where the pages were not built.</summary>
    public string? Folder { get; }

    /// <summary>The file under this path, relative and with <c>/</c>; null where there is none.</summary>
    public WebFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>Looks beside the program, then upwards for the web project.</summary>
    /// <param name="programFolder">Folder of the program.</param>
    public static WebRoot Locate(string programFolder)
    {
        var candidates = new List<string> { Path.Combine(programFolder, "web") };
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
            candidates.Add(Path.Combine(folder.FullName, "src", "Workflows.Web", "dist"));
        return candidates.Find(Directory.Exists) is { } found ? Read(found) : new WebRoot(null, FrozenDictionary<string, WebFile>.Empty);
    }

    /// <summary>All files of <paramref name="folder"/>; compressed siblings belong to their file.</summary>
    public static WebRoot Read(string folder)
    {
        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).ToHashSet(StringComparer.Ordinal);
        return new WebRoot(folder, names.Where(name => !IsSibling(name, names)).ToFrozenDictionary(
            name => name, name => new WebFile(Path.Combine(folder, name), name, names.Contains(name + ".br"), names.Contains(name + ".gz")), StringComparer.Ordinal));
    }

    private static bool IsSibling(string name, HashSet<string> names) =>
        (name.EndsWith(".br", StringComparison.Ordinal) || name.EndsWith(".gz", StringComparison.Ordinal)) && names.Contains(name[..^3]);
}
