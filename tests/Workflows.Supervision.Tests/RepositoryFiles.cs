namespace Workflows.Supervision.Tests;

/// <summary>Files of the repository that tests read in place.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static Stream Open(string relativePath) => File.OpenRead(Path.Combine(Root, relativePath));

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Workflows.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests must run from within the repository.");
    }
}
