using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Messages;

/// <summary>
/// Which kinds of messages the product itself sends, read from its sources: each stands in <c>templates/messages/messages.json</c>, or it would be called 通知 outside. Kinds of
/// diagrams need not.
/// </summary>
public sealed partial class KindTests
{
    // Parameters and properties that pass on a kind that is named elsewhere: by a caller, by a rung of a scenario (督办单 is 督办单待签 there) or by a diagram.
    private static readonly string[] PassedOn = ["kind", "rung", "rung.Port", "item.Kind"];

    [Fact]
    public void Every_kind_that_is_sent_has_a_template()
    {
        var sent = Sent();
        // Told by practice.md 14 and the pages: were these not found, the reading of the sources would be broken.
        Assert.All(["派发", "陈述申辩", "撤销", "期限调整", "办不成事", "催办", "督办单", "证件到期提醒", "执法监督线索"], kind => Assert.Contains(kind, sent.Keys));
        var listed = JsonNode.Parse(File.ReadAllText(Path.Combine(ServiceUnderTest.HomeFolder(), "templates", "messages", "messages.json")))!["kinds"]!.AsArray().Select(kind => kind!["kind"]!.GetValue<string>()).ToHashSet();
        Assert.All(sent, kind => Assert.True(listed.Contains(kind.Key), $"“{kind.Key}” ({kind.Value}) has no template."));
    }

    private static Dictionary<string, string> Sent()
    {
        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        var folder = Path.Combine(ServiceUnderTest.HomeFolder(), "src");
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            foreach (var kind in Calls().Matches(text).Select(call => call.Groups["kind"].Value))
            {
                var named = kind[0] == '"' ? kind.Trim('"') : Regex.Match(text, $"const string {Regex.Escape(kind)} = \"(?<text>[^\"]+)\"") is { Success: true } constant ? constant.Groups["text"].Value : null;
                Assert.True(named is not null || PassedOn.Contains(kind), $"{Path.GetRelativePath(folder, file)}: {kind} is no kind that can be read here.");
                if (named is not null)
                    sent[named] = Path.GetRelativePath(folder, file);
            }
        }

        return sent;
    }

    // To one recipient by Tell or as a row of the outbox; to several by the service of notices.
    [GeneratedRegex("""(?:\bTell\([^;()]*(?:\([^()]*\)[^;()]*)*,|new OutboxMessage\(\s*"notice",[^;]*?,|\bSend(?:Async|OnPlan)\(\s*[\w.!]+,\s*(?:\[[^\]]*(?:\[[^\]]*\][^\]]*)*\]|[\w.]+(?:\([^()]*\))?),)\s*(?<kind>"[\p{IsCJKUnifiedIdeographs}]+"|(?:rung\.Port|item\.Kind|kind|rung|[A-Z]\w*Kind))(?=\s*[,)])""")]
    private static partial Regex Calls();
}
