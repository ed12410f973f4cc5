namespace Workflows.Engine.Tests;

internal static class RepositoryFiles
{
    public static string Path(params string[] parts)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Workflows.slnx")))
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The repository's root was not found above " + AppContext.BaseDirectory);
        return System.IO.Path.Combine([folder, .. parts]);
    }

    public static string Read(params string[] parts) => File.ReadAllText(Path(parts));
}
