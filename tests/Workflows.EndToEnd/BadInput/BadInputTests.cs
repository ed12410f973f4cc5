using System.Text.RegularExpressions;
using Workflows.EndToEnd.Walkthrough;

namespace Workflows.EndToEnd.BadInput;

/// <summary>Runs the commands of <c>docs/bad-input.md</c> once, in order, and keeps what each printed.</summary>
public sealed class BadInputDocument : IAsyncLifetime
{
    private const string Mark = "=== next block ===";

    internal static IReadOnlyList<ShellBlock> Blocks { get; } = ShellDocument.Read("bad-input.md");

    internal IReadOnlyList<string> Printed { get; private set; } = [];

    internal string Complaints { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await using var service = await ServiceProcess.StartAsync();
        var (_, output, error) = await service.RunAsync(string.Concat(Blocks.Select(block => $"{block.Commands}\necho '{Mark}'\n")));
        (Printed, Complaints) = (output.Split(Mark + "\n"), error);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

public sealed class BadInputTests(BadInputDocument document) : IClassFixture<BadInputDocument>
{
    public static TheoryData<string> Sections() => new(BadInputDocument.Blocks.Where(block => block.Output is not null).Select(block => block.Heading));

    [Theory]
    [MemberData(nameof(Sections))]
    public void What_the_document_says_is_what_is_printed(string section)
    {
        var at = BadInputDocument.Blocks.ToList().FindIndex(block => block.Heading == section);
        var stated = BadInputDocument.Blocks[at].Output!.TrimEnd();
        var printed = at < document.Printed.Count ? document.Printed[at].TrimEnd() : "";
        // … stands for what differs from run to run, within a line.
        var pattern = string.Join("[^\\n]*", stated.Split('…').Select(Regex.Escape));
        Assert.True(Regex.IsMatch(printed, $"^{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(5)), $"Stated:\n{stated}\nPrinted:\n{printed}\n{document.Complaints}");
    }

    [Fact]
    public void Every_item_that_has_to_be_refused_is_in_the_document()
    {
        string[] codes =
        [
            "no-start", "bound-exceeded", "duplicate-id", "definition-malformed", "too-large", "1000000 步", "循环超过上限", "递归层数超过上限", "字符串长度超过上限", "正则表达式运行超过上限",
            "certificate-invalid", "two-officers", "officer-recused", "assistant-decides", "own-legal-review", "extension-after-expiry", "not-own-case", "名录哈希不变",
            "idempotency-replayed: true", "idempotency-key-reused", "provisional",
        ];
        var stated = string.Concat(BadInputDocument.Blocks.Select(block => block.Output));
        Assert.All(codes, code => Assert.Contains(code, stated, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_twelve_faults_are_twelve_lines_over_http_and_from_the_shell() => Assert.Equal(
        [12, 12],
        BadInputDocument.Blocks.Where(block => block.Heading == "A definition with twelve faults")
            .Select(block => block.Output!.TrimEnd().Split('\n').Count(line => line is not ("发现 12 个问题。" or "exit 1"))));
}
