using System.CommandLine;
using Workflows.Storage.Audit;
using Workflows.Supervision.Audit;

namespace Workflows.Host.CommandLine;

/// <summary><c>audit export</c> writes the audit trail of the database; <c>audit verify F</c> verifies such a file without it.</summary>
/// <param name="environment">Gives the value of an environment variable or null.</param>
internal sealed class AuditVerb(Func<string, string?> environment) : IVerb
{
    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error) => new("audit", "审计记录") { Export(output), Verify(output) };

    private Command Export(TextWriter output)
    {
        var file = new Option<string>("--out") { Description = "写入的文件（JSON 行）", Required = true };
        var export = new Command("export", "导出全部审计记录和每日摘要") { file };
        export.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            await using var store = await OpenStore.OpenAsync(environment, creates: false, cancellationToken);
            await using (var stream = Create(path))
            {
                await store.Service<AuditTrail>().ExportAsync(stream, null, cancellationToken);
            }

            await output.WriteLineAsync(path);
            return 0;
        });
        return export;
    }

    private static FileStream Create(string path)
    {
        try
        {
            return File.Create(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--out：无法写入“{path}”，请核对路径和权限。");
        }
    }

    private static Command Verify(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "导出的审计记录（JSON 行）" };
        var root = new Option<string?>("--root") { Description = "另行保存的某日摘要，须在文件中" };
        var verify = new Command("verify", "离线核对审计记录链；发现问题时退出码为 1") { file, root };
        verify.SetAction(parsed =>
        {
            using var export = InputFile.Open(parsed.GetRequiredValue(file), "FILE");
            return DrawVerb.Report(AuditVerifier.Verify(export, parsed.GetValue(root)), "条", output);
        });
        return verify;
    }
}
