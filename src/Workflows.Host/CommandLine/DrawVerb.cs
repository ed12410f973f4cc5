using System.CommandLine;
using Workflows.Supervision;
using Workflows.Supervision.Drawing;

namespace Workflows.Host.CommandLine;

/// <summary><c>draw verify F</c>: replays the exported record of a draw, without database or network.</summary>
internal sealed class DrawVerb : IVerb
{
    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error)
    {
        var file = new Argument<string>("FILE") { Description = "抽取记录（JSON）" };
        var verify = new Command("verify", "离线复核抽取记录；发现问题时退出码为 1") { file };
        verify.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            using (InputFile.ReadJson(path, "FILE"))
            {
                // Only what is JSON at all is a record to judge.
            }

            using var record = InputFile.Open(path, "FILE");
            return Report(DrawVerifier.Verify(record), "行", output);
        });
        return new Command("draw", "双随机抽取") { verify };
    }

    /// <summary>Prints what an offline verifier found; 0 if nothing, else 1.</summary>
    internal static int Report(VerificationReport report, string unit, TextWriter output)
    {
        foreach (var problem in report.Problems)
        {
            output.WriteLine(problem);
        }

        output.WriteLine(report.IsIntact ? $"完好：核对了 {report.Checked} {unit}。" : $"发现 {report.Problems.Length} 处问题，核对了 {report.Checked} {unit}。");
        return report.IsIntact ? 0 : 1;
    }
}
