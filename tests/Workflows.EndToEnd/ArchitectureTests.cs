using System.Reflection;
using System.Xml.Linq;

namespace Workflows.EndToEnd;

/// <summary>The arrows of docs/architecture.md: who may know whom, in the project files and in what was compiled.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] s_lowest = ["Workflows.Engine", "Workflows.Supervision", "Workflows.Templates"];

    // Project → projects that it may reference; what a project reaches through these follows from the table.
    private static readonly Dictionary<string, string[]> s_arrows = new(StringComparer.Ordinal)
    {
        ["Workflows.Engine"] = [],
        ["Workflows.Supervision"] = [],
        ["Workflows.Templates"] = [],
        ["Workflows.Activities"] = s_lowest,
        ["Workflows.Storage"] = ["Workflows.Engine", "Workflows.Supervision"],
        ["Workflows.Storage.Sqlite"] = ["Workflows.Storage"],
        ["Workflows.Storage.Postgres"] = ["Workflows.Storage"],
        ["Workflows.Storage.SqlServer"] = ["Workflows.Storage"],
        ["Workflows.Host"] = [.. s_lowest, "Workflows.Activities", "Workflows.Storage", "Workflows.Storage.Sqlite", "Workflows.Storage.Postgres", "Workflows.Storage.SqlServer"],
    };

    // Assemblies by which a project would know the web, a database or the scheduler.
    private static readonly string[] s_surroundings = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Data", "System.Data.Common", "Npgsql", "Quartz"];

    public static TheoryData<string> Projects() =>
        [.. Directory.EnumerateDirectories(Repository.Find("src")).Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any()).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_references_only_what_the_arrows_allow(string project)
    {
        var references = XDocument.Load(Repository.Find("src", project, project + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(Allowed(project)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void What_was_compiled_uses_only_what_the_arrows_reach(string project)
    {
        var used = References(project).Where(name => name.StartsWith("Workflows.", StringComparison.Ordinal));

        Assert.Empty(used.Except(Reached(project)));
    }

    [Theory]
    [InlineData("Workflows.Engine")]
    [InlineData("Workflows.Supervision")]
    [InlineData("Workflows.Templates")]
    [InlineData("Workflows.Activities")]
    public void The_lower_projects_know_no_web_no_database_and_no_scheduler(string project) =>
        Assert.DoesNotContain(References(project), name => s_surroundings.Any(outside => name.StartsWith(outside, StringComparison.Ordinal)));

    [Fact]
    public void The_check_sees_what_a_project_uses()
    {
        // Were the references of an assembly not read, the tests above would hold of anything.
        Assert.Contains("Workflows.Engine", References("Workflows.Activities"));
        Assert.Contains("Microsoft.EntityFrameworkCore", References("Workflows.Storage"));
        Assert.DoesNotContain("Workflows.Storage", Reached("Workflows.Activities"));
    }

    private static string[] Allowed(string project) =>
        s_arrows.TryGetValue(project, out var allowed) ? allowed : throw new InvalidOperationException($"{project} is new: give it its arrows here and in docs/architecture.md.");

    private static HashSet<string> Reached(string project)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Allowed(project));
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
                Array.ForEach(Allowed(next), open.Push);
        }

        return reached;
    }

    private static IEnumerable<string> References(string project) =>
        Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, (project == "Workflows.Host" ? "workflows" : project) + ".dll")).GetReferencedAssemblies().Select(name => name.Name!);
}
