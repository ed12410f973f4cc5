using System.CommandLine;
using Workflows.Supervision.Audit;

namespace Workflows.Host.CommandLine;

/// <summary><c>audit verify F</c>: verifies an export of the audit trail without the database.</summary>
internal sealed class AuditVerb : IVerb
{
    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error) => new("audit", "审计记录") { Verify(output) };

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
