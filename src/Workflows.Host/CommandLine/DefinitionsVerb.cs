using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Activities.Planning;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Definitions;
using Workflows.Host.Packages;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.CommandLine;

/// <summary><c>definitions validate|import|export</c>.</summary>
/// <param name="environment">Gives the value of an environment variable or null.</param>
internal sealed class DefinitionsVerb(Func<string, string?> environment) : IVerb
{
    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error) => new("definitions", "流程定义") { Validate(output), Import(output), Export(output) };

    private static Command Validate(TextWriter output)
    {
        var files = new Argument<string[]>("FILE") { Description = "流程定义文件", Arity = ArgumentArity.OneOrMore };
        var command = new Command("validate", "一次列出全部问题；有问题时退出码为 1") { files };
        command.SetAction(parsed =>
        {
            var registry = Registry();
            var read = parsed.GetRequiredValue(files).Select(path => (Path: path, Definition: Read(path))).ToList();
            var known = read.ToLookup(r => r.Definition.DefinitionId, r => r.Definition, StringComparer.Ordinal);
            WorkflowDefinition? Resolve(WorkflowReference reference) => known[reference.DefinitionId ?? ""].FirstOrDefault();
            var (found, noticed) = (0, 0);
            foreach (var (path, definition) in read)
            {
                foreach (var problem in DefinitionValidator.Validate(definition, registry, resolve: Resolve))
                {
                    found++;
                    output.WriteLine($"{Path.GetFileName(path)}：{problem.ActivityId ?? "-"} {problem.Property ?? "-"} {problem.Code} {problem.Message}");
                }

                foreach (var notice in DefinitionValidator.Notices(definition, registry))
                {
                    noticed++;
                    output.WriteLine($"{Path.GetFileName(path)}：提示 {notice.ActivityId ?? "-"} {notice.Property ?? "-"} {notice.Code} {notice.Message}");
                }
            }

            output.WriteLine((found == 0 ? $"没有问题：核对了 {read.Count} 个文件。" : $"发现 {found} 个问题。") + (noticed == 0 ? "" : $"另有 {noticed} 个提示，不影响发布。"));
            return found == 0 ? 0 : 1;
        });
        return command;
    }

    private Command Import(TextWriter output)
    {
        var source = new Argument<string>("FOLDER|FILE") { Description = "场景文件夹（整包发布），或者单个流程定义文件" };
        var force = new Option<bool>("--force") { Description = "即使分析师修改过已发布的版本，也发布文件中的版本" };
        var command = new Command("import", "发布到数据库") { source, force };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(source);
            if (!Directory.Exists(path))
            {
                var text = Read(path).ToJson().ToJsonString();
                Require("FILE", DefinitionSoundness.ProblemsOf(text, Registry()));
                await using var single = await OpenStore.OpenAsync(environment, creates: true, cancellationToken);
                var row = await single.Service<DefinitionStore>().SaveAsync(
                    text, publish: true, "files", $"import|{DefinitionStore.HashOf(text)}", Actor.Clock, cancellationToken: cancellationToken);
                await output.WriteLineAsync($"{row.DefinitionId} 第 {row.Version} 版已发布。");
                return 0;
            }

            var package = PackageFiles.Read(path, HomeFolder.Find(environment));
            Require("FOLDER", DefinitionSoundness.ProblemsOf(package, Registry()));
            await using var store = await OpenStore.OpenAsync(environment, creates: true, cancellationToken);
            var outcome = await store.Service<PackageStore>().PublishAsync(
                package.Name, package.Hash, package.Texts, [.. package.Definitions], PackageVersions.DefinitionVersion, parsed.GetValue(force), cancellationToken);
            await output.WriteLineAsync(outcome switch
            {
                PackageOutcome.Published => $"{package.Name} 已发布。",
                PackageOutcome.Held => $"{package.Name} 没有导入：分析师正在修改它的草稿，--force 发布文件中的版本，草稿退为旧版本。",
                PackageOutcome.Drafted => $"{package.Name} 存为草稿：已发布的版本由分析师修改过，--force 发布文件中的版本。",
                _ => $"{package.Name} 没有变化。",
            });
            foreach (var notice in DefinitionSoundness.NoticesOf(package, Registry()))
            {
                await output.WriteLineAsync($"提示：{notice}");
            }

            return 0;
        });
        return command;
    }

    private Command Export(TextWriter output)
    {
        var id = new Argument<string?>("ID") { Description = "流程编号，或者场景编码（导出整个场景：流程图、场景数据、法律依据和模板）；不填为全部已发布的流程", Arity = ArgumentArity.ZeroOrOne };
        var folder = new Option<string>("--out") { Description = "写入的文件夹", Required = true };
        var command = new Command("export", "把已发布的流程写成文件") { id, folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (wanted, target) = (parsed.GetValue(id), parsed.GetRequiredValue(folder));
            await using var store = await OpenStore.OpenAsync(environment, creates: false, cancellationToken);
            if (wanted is not null && (await store.Service<PackageDraftStore>().VersionsAsync(wanted, cancellationToken)).LastOrDefault(version => version.IsPublished) is { } package)
            {
                await ExportScenarioAsync((await store.Service<PackageDraftStore>().ReadAsync(package.VersionId, cancellationToken))!, target, output, cancellationToken);
                return 0;
            }

            var rows = await store.Service<WorkflowsDbContext>().Set<WorkflowDefinitionRow>().AsNoTracking()
                .Where(row => row.IsPublished && (wanted == null || row.DefinitionId == wanted)).OrderBy(row => row.DefinitionId).ToListAsync(cancellationToken);
            if (rows.Count == 0)
            {
                throw new BadInputException($"ID：没有已发布的流程“{wanted}”。");
            }

            Directory.CreateDirectory(target);
            foreach (var row in rows)
            {
                // An id comes from a definition; it never names a place outside the folder.
                var file = Path.Combine(target, string.Concat(row.DefinitionId.Split(Path.GetInvalidFileNameChars())) + ".json");
                await File.WriteAllTextAsync(file, JsonNode.Parse(row.Json)!.ToJsonString(Indented) + "\n", new UTF8Encoding(false), cancellationToken);
                await output.WriteLineAsync(file);
            }

            return 0;
        });
        return command;
    }

    private static async Task ExportScenarioAsync(PackageText package, string target, TextWriter output, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(target) + Path.DirectorySeparatorChar;
        foreach (var (path, text) in package.Files)
        {
            var file = Path.GetFullPath(Path.Combine(root, path));
            // Paths come from the database; none of them names a place outside the folder.
            if (!file.StartsWith(root, StringComparison.Ordinal))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, new UTF8Encoding(false), cancellationToken);
            await output.WriteLineAsync(file);
        }
    }

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new(StorageJson.Options) { WriteIndented = true, NewLine = "\n" };

    private static ActivityRegistry Registry() => new ActivityRegistry().RegisterFrom(typeof(PackageVersions).Assembly);

    private static void Require(string argument, IEnumerable<string> problems)
    {
        var found = problems.ToList();
        if (found.Count > 0)
        {
            throw new BadInputException($"{argument}：有 {found.Count} 个问题，未发布：{string.Join('；', found)}");
        }
    }

    private static WorkflowDefinition Read(string path)
    {
        try
        {
            return WorkflowDefinition.Parse(InputFile.ReadText(path, "FILE"));
        }
        catch (DefinitionFormatException e)
        {
            throw new BadInputException($"FILE：“{path}”不是流程定义。{e.Message}");
        }
    }
}
